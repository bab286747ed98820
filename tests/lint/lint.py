# SPDX-License-Identifier: ISC
"""What the lint tests share: where the tree is, its C files, and TAP."""

import os
import pathlib
import re
import sys

SOURCE = pathlib.Path(os.environ.get("srcdir") or pathlib.Path(__file__).parents[2]).resolve()
BUILD = pathlib.Path(os.environ.get("builddir") or SOURCE / "build").resolve()

_count = 0
_failed = 0


def expect(title, problems):
    """One test: passes where the list of problems is empty."""
    global _count, _failed
    problems = list(problems)
    _count += 1
    _failed += bool(problems)
    print(f"{'not ok' if problems else 'ok'} {_count} - {title}")
    for problem in problems:
        print(f"#   {problem}")


def skip(title, why):
    global _count
    _count += 1
    print(f"ok {_count} - {title} # SKIP {why}")


def finish():
    print(f"1..{_count}")
    sys.exit(1 if _failed else 0)


def name(path):
    return path.relative_to(SOURCE).as_posix()


def c_files(*folders):
    found = [path for folder in folders for path in (SOURCE / folder).rglob("*.[ch]")]
    return sorted(path for path in found if path.is_file())


_TOKENS = re.compile(r"""//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'""", re.DOTALL)


def code(text, keep_strings=False):
    """C without comments and without what strings hold; lines stay where they are."""

    def blank(match):
        token = match.group()
        if token.startswith("/"):
            return " " + "\n" * token.count("\n")
        return token if keep_strings else token[0] * 2

    return _TOKENS.sub(blank, text)
