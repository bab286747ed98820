# SPDX-License-Identifier: ISC
"""Models of pydantic, which has its own rules: it gets plain values, and what it says is told
at the places they come from. Asks for methods and fields, and imports nothing.
"""
from __future__ import annotations

import collections.abc as abc
import typing
from typing import Any, Iterable, Iterator, NamedTuple, Optional

from deploycfg import _native
from deploycfg._job import FAILED, Job, path_of
from deploycfg._key import key
from deploycfg._library import lib
from deploycfg._native import LIST, MAP, NULL
from deploycfg._origin import is_hidden
from deploycfg._readers import ANYTHING, name_of
from deploycfg._secret import Secret
from deploycfg._values import children

_CODES = {"missing": "missing-key", "extra_forbidden": "unknown-key",
          "value_error.missing": "missing-key", "value_error.extra": "unknown-key"}


def validator(cls: Any) -> Any:
    """The function that makes a model of values; None for classes that are no models."""
    return getattr(cls, "model_validate", None) or getattr(cls, "parse_obj", None)


class Model:
    expected, exact, nullable, conceals = "a map", frozenset((MAP,)), False, False

    def __init__(self, cls: Any) -> None:
        self._cls = cls

    def read(self, job: Job, entry: _native.Entry) -> Any:
        before = len(job.told)
        values = Secret(_Giver(job).give(entry, _Wanted(frozenset((self._cls,)))))
        if len(job.told) > before:
            return FAILED
        try:
            return validator(self._cls)(values.reveal())
        except ValueError as error:
            if not callable(getattr(error, "errors", None)):
                raise
            below = _Below(job)
            for told in error.errors():  # type: ignore[attr-defined]
                _tell(job, below, entry, told["loc"], told["msg"], told["type"])
            return FAILED


# ------------------------------------------------------------------ what a model is given


class _Wanted(NamedTuple):
    """What a model says of a value."""

    classes: frozenset[Any]
    advice: str = ""  #: what else to write, where repr() of the model shows what a secret is


#: what says nothing of scalars; Any is a class since Python 3.11
_ANYTHING: frozenset[Any] = frozenset((Any, object, dict, list, tuple, set, frozenset))

_UNKNOWN = _Wanted(frozenset())


class _Giver:
    """Makes plain values, secrets too where the model does not show them."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._known: dict[frozenset[Any], Optional[dict[str, _Wanted]]] = {}

    # Depth is bounded by the library's limit of nesting.
    def give(self, entry: _native.Entry, wanted: _Wanted) -> Any:
        kind = lib.deploycfg_entry_type(entry)
        if kind == LIST:
            return [self.give(child, wanted) for child in children(self._job.snapshot, entry)]
        if kind != MAP:
            return self._scalar(entry, wanted)
        fields = self._fields(wanted.classes)
        return {name_of(child): self.give(child, wanted if fields is None else
                                          fields.get(name_of(child), _UNKNOWN))
                for child in children(self._job.snapshot, entry)}

    def _scalar(self, entry: _native.Entry, wanted: _Wanted) -> Any:
        job, names = self._job, {each.__name__ for each in wanted.classes}
        if names & {"SecretStr", "SecretBytes"} and lib.deploycfg_entry_type(entry) != NULL:
            return job.text(entry)
        if not is_hidden(entry):
            return ANYTHING.read(job, entry)
        if Secret in wanted.classes or wanted.classes <= _ANYTHING:
            return _read(job, entry, False)
        shows = not job.reveals and not any(name.startswith("Secret") for name in names)
        return FAILED if shows and job.exposes(entry, wanted.advice) else _read(job, entry, True)

    def _fields(self, classes: frozenset[Any]) -> Optional[dict[str, _Wanted]]:
        """By name and alias the fields of the model among classes; None where there is none."""
        if classes not in self._known:
            models = [cls for cls in classes if validator(cls)]
            self._known[classes] = dict(_named(models[0])) if models else None
        return self._known[classes]


def _read(job: Job, entry: _native.Entry, reveals: bool) -> Any:
    before, job.reveals = job.reveals, reveals
    try:
        return ANYTHING.read(job, entry)
    finally:
        job.reveals = before


def _named(cls: Any) -> Iterator[tuple[str, _Wanted]]:
    known = getattr(cls, "model_fields", None) or getattr(cls, "__fields__", None) or {}
    for name, field in known.items():
        annotation = getattr(field, "outer_type_", None) or getattr(field, "annotation", None)
        shown = getattr(getattr(field, "field_info", field), "repr", True)
        wanted = _Wanted(frozenset(_classes(annotation)),
                         f"annotate {cls.__name__}.{name} as pydantic.SecretStr, or write"
                         " Field(repr=False)" if shown else "")
        for alias in (name, getattr(field, "alias", None),
                      getattr(field, "validation_alias", None)):
            if isinstance(alias, str):
                yield alias, wanted


def _classes(annotation: Any) -> Iterator[type]:
    """Those of which an annotation says that values are, containers aside."""
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if isinstance(annotation, type) and not arguments:
        yield annotation
        return
    if isinstance(origin, type) and not issubclass(origin, abc.Collection):
        yield origin
    is_map = isinstance(origin, type) and issubclass(origin, abc.Mapping)
    for argument in arguments[is_map:]:
        yield from _classes(argument)


# --------------------------------------------------------------------- what a model says


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
    job.tell(entry, code, job.foreign(entry, message), key=path)
