# SPDX-License-Identifier: ISC
"""Models of pydantic, which has its own rules: it gets plain values, and what it says is told
at the places they come from. Asks for two methods and imports nothing.
"""
from __future__ import annotations

from typing import Any, Callable, Iterable

from deploycfg import _native
from deploycfg._job import FAILED, Job, path_of
from deploycfg._key import key
from deploycfg._library import lib
from deploycfg._native import LIST, MAP
from deploycfg._readers import ANYTHING, name_of
from deploycfg._values import children

_CODES = {"missing": "missing-key", "extra_forbidden": "unknown-key",
          "value_error.missing": "missing-key", "value_error.extra": "unknown-key"}


def validator(cls: Any) -> Any:
    """The function that makes a model of values; None for classes that are no models."""
    return getattr(cls, "model_validate", None) or getattr(cls, "parse_obj", None)


class Model:
    expected, exact, nullable = "a map", frozenset((MAP,)), False

    def __init__(self, validate: Callable[[Any], Any]) -> None:
        self._validate = validate

    def read(self, job: Job, entry: _native.Entry) -> Any:
        values = ANYTHING.read(job, entry)
        if values is FAILED:
            return FAILED
        try:
            return self._validate(values)
        except ValueError as error:
            if not callable(getattr(error, "errors", None)):
                raise
            below = _Below(job)
            for told in error.errors():  # type: ignore[attr-defined]
                _tell(job, below, entry, told["loc"], told["msg"], told["type"])
            return FAILED


class _Below:
    """What is in lists and maps, each of which is gone through once."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._known: dict[str, dict[Any, _native.Entry]] = {}

    def find(self, entry: _native.Entry, part: Any) -> Any:
        """The member or item that a part of a model's place means; None for none."""
        kind = lib.deploycfg_entry_type(entry)
        if kind != (MAP if isinstance(part, str) else LIST):
            return None
        path = path_of(entry)
        if path not in self._known:
            part_of = name_of if kind == MAP else lib.deploycfg_entry_index
            self._known[path] = {part_of(child): child
                                 for child in children(self._job.snapshot, entry)}
        return self._known[path].get(part)


def _tell(job: Job, known: _Below, entry: _native.Entry, where: Iterable[Any], message: str,
          kind: str) -> None:
    """At the deepest entry on the way that is there."""
    code = _CODES.get(kind, "bad-value")
    path = ""
    for part in where:
        below = known.find(entry, part)
        if below is None:
            if code == "missing-key" and isinstance(part, str) and part:
                path = ".".join(filter(None, (path_of(entry), key(part))))
            break
        entry = below
    job.tell(entry, code, message, key=path)
