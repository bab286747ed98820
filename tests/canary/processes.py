# SPDX-License-Identifier: ISC
"""What is left in memory: in a core dump while a snapshot is held, and in the process itself once
nothing is held any more. It holds for secrets that came from files of their own."""

import os
import pathlib
import subprocess

import stage
from sources import BASE, DIR

_SECRETS = (*DIR, "--secrets", "s")
_HEAVY = "x" * 5000


def _settings():
    """Secrets that come from files alone, by what is done to them."""
    plain = {"config/base.yaml": BASE}

    def files(title, base, *more, **given):
        return stage.Setting(title, {"config/base.yaml": base, "s/db.pin": "@A@\n",
                                     **given.pop("files", {})}, (*_SECRETS, *more), **given)

    yield files("a file", BASE)
    yield stage.Setting("a sub-directory", {**plain, "s/db/pin": "@A:odd@"}, _SECRETS)
    yield stage.Setting("kubernetes", {**plain, "s/..2024/db.pin": "@A@"}, _SECRETS,
                        links={"s/..data": "..2024", "s/db.pin": "..data/db.pin"})
    yield stage.Setting("credentials", {**plain, "s/db.pin": "@A@"}, DIR,
                        {"CREDENTIALS_DIRECTORY": "@HERE@/s"})
    yield stage.Setting("a file variable", {**plain, "s/any": "@A@\n"}, (*DIR, "--prefix", "APP"),
                        {"APP__DB__PIN__FILE": "@HERE@/s/any"})
    yield files("inside text", BASE + 'url: "pg://u:${db.pin}@h/"\n')
    yield files("by a chain", BASE + 'a: "1${b}"\nb: "2${c}"\nc: "3${db.pin}"\n')
    yield files("by a map", BASE + 'copy: "${db}"\n')
    yield files("in a list", BASE + 'urls: [a, "x${db.pin}y", "${db.pin}"]\n')
    yield files("in long text", BASE + f'url: "{_HEAVY}${{db.pin}}{_HEAVY}"\n')
    yield files("overridden by --set", BASE, "--set", "db.pin=other")
    yield files("over another", BASE, "--secrets", "t", files={"t/db.pin": "@B@"})
    yield stage.Setting("a list", {"config/base.yaml": "db: {pin: x}\npins: [a]\n",
                                   "s/pins": "x,@A@,@B@"}, _SECRETS)
    for title, text in (("a list in brackets", "[@A@, @B@]"), ("quoted", '["@A@", \'@B@\']'),
                        ("with escapes", '["\\t@A@\\n", @B|hex@]'),
                        ("nested", '[[@A@], {user: ["x @B@"]}]'),
                        ("long", '["%s", @B@]' % ("@A@ " * 300)),
                        ("of several lines", '["@A@\n  x", y @B@\n  z]')):
        yield stage.Setting(f"list {title}", {"config/base.yaml": "db: {pin: x}\npins: [a]\n",
                                              "s/pins": text}, _SECRETS, keys=("pins[0]",))
    yield stage.Setting("an int", {"config/base.yaml": "db: {pin: 1}\n", "s/db.pin": "@A:number@"},
                        _SECRETS)
    yield stage.Setting("lines", {**plain, "s/db.pin": "-----\n@A@\n" + _HEAVY}, _SECRETS)


def _refused():
    schema = "schema: 1\nkeys:\n  - {key: db.pin, %s}\n  - {key: db.host}\n"

    def rule(title, entry, text="@A@"):
        return stage.Setting(title, {"config/schema.yaml": schema % entry, "s/db.pin": text},
                             _SECRETS)

    for title, text in (("no end", "[@A@, @B@"), ("no quote", '[@A@, "@B@]'),
                        ("no escape", '["@A@\\q", @B@]'), ("an anchor", "[&a @A@, *a]"),
                        ("keys that are one", "[{k: @A@, k: @B@}]")):
        yield stage.Setting(f"list with {title}", {"config/base.yaml": "pins: [a]\n",
                                                   "s/pins": text}, _SECRETS)
    yield rule("no int", "type: int")
    yield rule("no duration", "type: duration")
    yield rule("too great", "type: int, max: 5", "@A:number@")
    yield rule("no choice", "type: enum, choices: [a, b]")
    yield rule("not by the pattern", 'pattern: "[0-9]"')
    yield stage.Setting("not UTF-8", {"config/base.yaml": BASE, "s/db.pin": "@A@\udce4"}, _SECRETS)
    yield stage.Setting("over a map", {"config/base.yaml": "db: {pin: {x: 1}}\n",
                                       "s/db.pin": "@A@"}, _SECRETS)
    yield stage.Setting("a bad layer", {"config/base.yaml": BASE, "s/db.pin": "@A@",
                                        "config/base.d/1.yaml": "a: 'b\n"}, _SECRETS)
    yield stage.Setting("a reference that is none", {
        "config/base.yaml": BASE + 'a: "${db.pin}${none}"\n', "s/db.pin": "@A@"}, _SECRETS)
    yield stage.Setting("a reference that is no int", {
        "config/schema.yaml": schema % "type: string" + "  - {key: a, type: int}\n",
        "config/base.yaml": 'a: "1${db.pin}"\n', "s/db.pin": "@A@"}, _SECRETS)


def is_sanitized(program, variables):
    try:
        shown = subprocess.run(["ldd", *program], capture_output=True, text=True, check=False,
                               env=variables).stdout
    except OSError:
        return False
    return "libasan" in shown or "clang_rt" in shown


def _core_pattern():
    try:
        return pathlib.Path("/proc/sys/kernel/core_pattern").read_text(encoding="ascii").strip()
    except OSError:
        return "|"


def _core_of(programs, setting, scratch, masked):
    staged = stage.Stage(setting, scratch, masked)
    answer = staged.run(programs.holder, ("core",), programs.variables(masked))
    cores = [path for path in staged.path.iterdir() if path.name.startswith("core")]
    data = cores[0].read_bytes() if cores else b""
    for path in cores:
        path.unlink()
    return data, staged.hits(data), answer


def check_cores(tally, programs, scratch):
    pattern = _core_pattern()
    if pattern.startswith("|") or "/" in pattern or not pattern.startswith("core"):
        tally.skip("core dumps", f"they go elsewhere: {pattern}")
        return
    for setting in _settings():
        data, hits, answer = _core_of(programs, setting, scratch, True)
        if not data:
            tally.skip("core dumps", f"none was written (status {answer.status})")
            return
        tally.scenario("core", setting.title, hits)
        tally.expect(f"core: {setting.title} holds secrets",
                     b" secrets" in answer.err and not answer.err.startswith(b"0 "), answer.err)
        if programs.unmasked:
            tally.bite("core", _core_of(programs, setting, scratch, False)[1])


def _memory_of(programs, verb, setting, scratch, masked=True):
    staged = stage.Stage(setting, scratch, masked)
    answer = staged.run(programs.holder, (verb, "memory.out"), programs.variables(masked))
    path = staged.path / "memory.out"
    data = path.read_bytes() if path.exists() else b""
    if path.exists():
        path.unlink()
    return data, staged.hits(data), answer


def check_memory(tally, programs, scratch):
    for verb, settings in (("memory", _settings()), ("bind", _settings()),
                           ("refused", _refused())):
        for setting in settings:
            data, hits, answer = _memory_of(programs, verb, setting, scratch)
            tally.scenario("memory", f"{verb}: {setting.title}", hits)
            tally.expect(f"memory: {verb}: {setting.title} is read", len(data) > 100000
                         and answer.status == 0, answer.err.decode(errors="replace"))
            if programs.unmasked:
                tally.bite("memory", _memory_of(programs, verb, setting, scratch, False)[1])


def check(tally, programs, scratch):
    if programs.sanitized:
        tally.skip("memory and core dumps", "sanitizers keep what is freed")
        return
    if not os.access("/proc/self/mem", os.R_OK):
        tally.skip("memory", "there is no /proc/self/mem")
    else:
        check_memory(tally, programs, scratch)
    check_cores(tally, programs, scratch)
