# SPDX-License-Identifier: ISC
"""Settings: small configurations with secrets in them, and how they are looked at.

A text of a setting holds tokens: @A@ is a canary, @B@ another, @A:odd@ one of odd characters,
@A:number@ one of digits. @A|json@ is written the way a function of WRITERS has it. A lone
surrogate is a byte that is no UTF-8.
"""

import dataclasses
import json
import pathlib
import re
import subprocess
import tempfile

import needles

_TOKEN = re.compile(r"@([A-Z])(?::(odd|number))?(?:\|([a-z0-9]+))?@")
_MAKERS = {None: needles.text, "odd": needles.odd, "number": needles.number}
WRITERS = {
    None: lambda text: text,
    "json": json.dumps,
    "yaml": lambda text: json.dumps(text, ensure_ascii=False),
    "hex": lambda text: '"' + "".join(f"\\x{ord(letter):02x}" for letter in text) + '"',
    "folded": lambda text: text[:8] + "\\\n      " + text[8:],
    "single": lambda text: "'" + text.replace("'", "''") + "'",
    "begin": lambda text: text[:9],
}
# What a test build cannot switch off is switched off in the schema itself.
_MARK = re.compile(r"secret: true")


@dataclasses.dataclass
class Setting:
    title: str
    files: dict
    arguments: tuple = ()
    variables: dict = dataclasses.field(default_factory=dict)
    stdin: str = ""
    keys: tuple = ("db.pin",)   # secret ones
    code: str = ""              # the error that is expected
    links: dict = dataclasses.field(default_factory=dict)
    by_name: bool = False       # masked for its name alone: `get` prints it
    is_example: bool = False    # what is never shown, not even where it is asked for
    canaries: dict = dataclasses.field(default_factory=dict)

    def fill(self, text):
        """A text with canaries for its tokens; what has been filled is remembered."""
        def put(token):
            letter, kind, writer = token.groups()
            if letter not in self.canaries:
                self.canaries[letter] = _MAKERS[kind](f"{self.title} {letter}")
            return WRITERS[writer](self.canaries[letter])

        return _TOKEN.sub(put, text)

    def filled(self):
        """(arguments, variables, standard input)"""
        return ([self.fill(each) for each in self.arguments],
                {name: self.fill(value) for name, value in self.variables.items()},
                self.fill(self.stdin).encode())


@dataclasses.dataclass
class Answer:
    status: int
    out: bytes
    err: bytes


class Stage:
    """A setting on disk, with or without masks."""

    def __init__(self, setting, root, masked):
        self.setting, self.masked = setting, masked
        self.path = pathlib.Path(tempfile.mkdtemp(dir=root))
        self.path.chmod(0o755)
        for name, text in setting.files.items():
            self._write(name, text)
        for name, target in setting.links.items():
            link = self.path / name
            link.parent.mkdir(parents=True, exist_ok=True)
            link.symlink_to(target)
        self.arguments, self.variables, self.stdin = setting.filled()

    def _write(self, name, text):
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = self.setting.fill(text)
        if not self.masked:
            text = _MARK.sub("secret: false", text)
        path.write_bytes(text.encode(errors="surrogateescape"))

    def environment(self, more=None):
        given = {name: value.replace("@HERE@", str(self.path))
                 for name, value in self.variables.items()}
        return {**given, **(more or {})}

    def words(self):
        return [each.replace("@HERE@", str(self.path)) for each in self.arguments]

    def run(self, command, words, more=None, **options):
        given = self.words()
        if "--all-envs" in words and "--env" in given:
            at = given.index("--env")
            del given[at:at + 2]
        done = subprocess.run([*command, *words, *given], cwd=self.path, input=self.stdin,
                              env=self.environment(more), capture_output=True, timeout=60,
                              check=False, **options)
        return Answer(done.returncode, done.stdout, done.stderr)

    def sweep(self, program, most, words, more):
        """(status, all that was printed, hits) of a command whose allocations fail."""
        pairs = [f"{name}={value}" for name, value in self.environment().items()]
        (self.path / "stdin").write_bytes(self.stdin)  # it is read again and again
        with open(self.path / "stdin", "rb") as stdin:
            done = subprocess.run(
                [program, "--show", str(most), *pairs, "--", *words, *self.words()], stdin=stdin,
                cwd=self.path, env=more, timeout=120, check=False, stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT)
        return done.returncode, done.stdout.decode(errors="replace"), self.hits(done.stdout)

    def hits(self, *texts):
        return needles.hits(self.setting.canaries.values(), b"\0".join(texts))
