# SPDX-License-Identifier: ISC
"""What can go wrong, as Python sees it: exceptions, and the diagnostics they carry.

Turns the library's diagnostics into Python objects; knows nothing of values.
"""
from __future__ import annotations

import os
from ctypes import byref
from typing import Any, Callable, NamedTuple

from deploycfg import _native
from deploycfg._native import lib

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
    hint: str = ""  #: what to do about it
    related: tuple[Problem, ...] = ()  #: the other places involved


class Error(Exception):
    """Everything that deploycfg raises on its own account."""


class LoadError(Error):
    """A configuration, or an image of one, that is not valid.

    `str(error)` is the whole report, with an excerpt of the source at each place.
    """

    def __init__(self, report: str, errors: tuple[Problem, ...] = ()) -> None:
        super().__init__(report, errors)
        self.errors = errors  #: tuple of Problem, errors and warnings in order

    def __str__(self) -> str:
        return str(self.args[0])


class MissingKey(Error, KeyError):
    """A key without a value; the text names the nearest key there is."""

    def __init__(self, message: str, key: str) -> None:
        super().__init__(message, key)
        self.key = key  #: the key path that was asked for

    def __str__(self) -> str:
        return str(self.args[0])


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
        hint=_text(lib.deploycfg_error_hint(error)),
        related=tuple(_each(lib.deploycfg_error_related, error, _problem)))


def _text(text: bytes) -> str:
    return text.decode("utf-8", "surrogateescape")


def _report(error: _native.Error) -> str:
    return _text(lib.deploycfg_error_text(error))


def _each(at: Callable[..., Any], owner: Any, convert: Callable[[Any], Any]) -> Any:
    index = 0
    while item := at(owner, index):
        yield convert(item)
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
        return list(_each(lib.deploycfg_errors_at, self.handle, _problem))

    def reports(self) -> list[str]:
        """For each problem its text with place, code, excerpt and hint, and newlines."""
        return list(_each(lib.deploycfg_errors_at, self.handle, _report))

    def load_error(self) -> LoadError:
        if not self.handle:  # even the list could not be had
            raise MemoryError("libdeploycfg is out of memory")
        return LoadError("".join(self.reports()), tuple(self.problems()))
