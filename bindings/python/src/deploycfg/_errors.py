# SPDX-License-Identifier: ISC
"""What can go wrong, as Python sees it: exceptions, and the diagnostics they carry.

Turns the library's diagnostics into Python objects; knows nothing of values.
"""
from __future__ import annotations

import os
from ctypes import byref
from typing import TYPE_CHECKING, Any, Callable, Iterator, NamedTuple

from deploycfg import _native
from deploycfg._library import lib
from deploycfg._show import shown

if TYPE_CHECKING:
    from deploycfg._origin import Origin

SEVERITIES = {_native.ERROR: "error", _native.WARNING: "warning", _native.NOTE: "note"}


class Problem(NamedTuple):
    """One diagnostic. Empty text and 0 stand for "none"."""

    code: str  #: stable name of the kind of failure, such as "duplicate-key"
    severity: str  #: "error", "warning", or "note" for the other places involved
    message: str  #: what happened, one line without place
    key: str = ""  #: key path involved
    file: str = ""  #: file, "env:NAME" of a variable, or the name of a text or override
    line: int = 0  #: from 1
    column: int = 0  #: in characters, from 1
    expected: str = ""  #: what should be there, such as "int", where that is known
    hint: str = ""  #: what to do about it
    related: tuple[Problem, ...] = ()  #: the other places involved

    def __str__(self) -> str:
        """As the library reports it, without an excerpt: FILE:LINE:COLUMN: error[CODE]: KEY:
        MESSAGE, then the other places and the hint, each on a line of its own.
        """
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part)
        code = f"[{self.code}]" if self.code not in ("", "ok") else ""
        head = filter(None, (place, self.severity + code, self.key, self.message))
        lines = [shown(": ".join(head))]
        for other in self.related:
            lines += [f"  {line}" for line in str(other).split("\n")]
        if self.hint:
            lines.append(f"  hint: {shown(self.hint)}")
        return "\n".join(lines)


class Error(Exception):
    """Everything that deploycfg raises on its own account."""


class _Report(Error):
    """All that is wrong, told at once."""

    def __init__(self, report: str, errors: tuple[Problem, ...] = ()) -> None:
        super().__init__(report, errors)
        self.errors = errors  #: tuple of Problem, errors and warnings in order

    def __str__(self) -> str:
        return str(self.args[0])


class LoadError(_Report):
    """A configuration, or an image of one, that is not valid.

    `str(error)` is the whole report, with an excerpt of the source at each place.
    """


class BindError(_Report, ValueError):
    """Values that are not what a class is made of.

    `str(error)` is the whole report: a line for each problem, and what to do about it.
    """


class MissingKey(Error, KeyError):
    """A key without a value; the text names the nearest key there is."""

    def __init__(self, message: str, key: str) -> None:
        super().__init__(message, key)
        self.key = key  #: full path of the key that was asked for

    def __str__(self) -> str:
        return str(self.args[0])


class BadKey(MissingKey, ValueError):
    """What was asked for is no key path, such as `a..b`; `key()` writes such paths."""


class ReadError(Error):
    """A value that is there and does not read as what was asked for."""

    def __init__(self, message: str, key: str, expected: str, actual: str,
                 origin: Origin) -> None:
        super().__init__(message, key, expected, actual, origin)
        self.key = key  #: full path of the key
        self.expected = expected  #: type that was asked for, such as "int"
        self.actual = actual  #: type of what is there, such as "string" or "null"
        self.origin = origin  #: where that was written, with its text unless that is secret

    def __str__(self) -> str:
        return str(self.args[0])


class WrongType(ReadError, TypeError):
    """A value of another type: null, a list or a map, a bool for a number."""


class OutOfRange(ReadError, ValueError):
    """A number that the type cannot hold."""


class BadValue(ReadError, ValueError):
    """Text that does not read as the type, such as `90x` as an int."""


class SecretError(ReadError):
    """A secret of a Config that came without its secrets, since it was pickled."""


#: what a getter raises for each code of a diagnostic
READ_ERRORS = {"wrong-type": WrongType, "out-of-range": OutOfRange, "bad-value": BadValue,
               "secret": SecretError}


class ConfigWarning(UserWarning):
    """Something in a configuration that loads and may not be what was meant."""


def _problem(error: _native.Error) -> Problem:
    return Problem(
        code=lib.deploycfg_status_code(lib.deploycfg_error_status(error)).decode(),
        severity=SEVERITIES[lib.deploycfg_error_severity(error)],
        message=_text(lib.deploycfg_error_message(error)),
        key=_text(lib.deploycfg_error_key(error)),
        file=os.fsdecode(lib.deploycfg_error_file(error)),
        line=lib.deploycfg_error_line(error),
        column=lib.deploycfg_error_column(error),
        expected=_text(lib.deploycfg_error_expected(error)),
        hint=_text(lib.deploycfg_error_hint(error)),
        related=tuple(map(_problem, _each(lib.deploycfg_error_related, error))))


def _text(text: bytes) -> str:
    return text.decode("utf-8", "surrogateescape")


def _each(at: Callable[..., Any], owner: Any) -> Iterator[_native.Error]:
    index = 0
    while item := at(owner, index):
        yield item
        index += 1


class Collector:
    """A list of diagnostics, from before the call that fills it to its release.

        with Collector() as errors:
            handle = lib.deploycfg_...(..., errors.out)
    """

    def __init__(self) -> None:
        self.handle = _native.Errors()
        self.out = byref(self.handle)

    def __enter__(self) -> Collector:
        return self

    def __exit__(self, *_: object) -> None:
        lib.deploycfg_errors_free(self.handle)
        self.handle.value = None

    def problems(self) -> list[Problem]:
        """Errors and warnings; notes are for those who check a configuration."""
        return [_problem(error) for error in self._reported()]

    def reports(self) -> list[str]:
        """For each problem its text with place, code, excerpt and hint, and newlines."""
        return [_text(lib.deploycfg_error_text(error)) for error in self._reported()]

    def load_error(self) -> LoadError:
        if not self.handle:  # even the list could not be had
            raise MemoryError("libdeploycfg is out of memory")
        return LoadError("".join(self.reports()), tuple(self.problems()))

    def _reported(self) -> list[_native.Error]:
        return [error for error in _each(lib.deploycfg_errors_at, self.handle)
                if lib.deploycfg_error_severity(error) != _native.NOTE]
