# SPDX-License-Identifier: ISC
"""Objects of classes with named fields: dataclasses, named tuples and typed dicts.

Knows what a field wants and how a map is read; nothing of annotations.
"""
from __future__ import annotations

import weakref
from typing import Any, Callable, NamedTuple

from deploycfg import _native
from deploycfg._job import FAILED, Job, Reader, path_of
from deploycfg._key import key
from deploycfg._library import lib
from deploycfg._native import MAP, NULL
from deploycfg._nearest import nearest
from deploycfg._readers import name_of
from deploycfg._secret import Unshown
from deploycfg._values import children

_FIELDS_MAX = 10  # named in a message


class Field(NamedTuple):
    name: str  #: of the class's argument
    key: str  #: in the map
    reader: Reader
    required: bool
    advice: str  #: what else to write, where repr() of the object shows what a secret is


class Plan(NamedTuple):
    """How a class is made of a map."""

    fields: tuple[Field, ...]
    title: str  #: the class's name, for messages
    frozen: bool  #: what its fields hold cannot be changed, where they do not ask for it


class Record:
    """Made of a map: what fails in it is told, and then the object is not made."""

    expected, exact, nullable, conceals = "a map", frozenset((MAP,)), False, False

    def __init__(self, cls: type, plan_of: Callable[[type], Plan]) -> None:
        self._cls = weakref.ref(cls)  # so that the plan of a class does not keep it alive
        self._plan_of = plan_of

    def read(self, job: Job, entry: _native.Entry) -> Any:
        if lib.deploycfg_entry_type(entry) != MAP:
            return job.refuse(entry, self)
        cls: Any = self._cls()
        plan = self._plan_of(cls)
        before = len(job.told)
        members = {name_of(child): child for child in children(job.snapshot, entry)}
        values, missing = _values(job, plan, members)
        if job.forbid and members:
            _tell_unknown(job, plan, members, missing)
        for field in missing:
            _tell_missing(job, plan, entry, field, members)
        if len(job.told) > before:
            return FAILED
        return _made(job, entry, cls, values)


def _values(job: Job, plan: Plan, members: dict[str, _native.Entry]
            ) -> tuple[dict[str, Any], list[Field]]:
    """Values of fields by name, and fields that have none; takes members that have one."""
    values: dict[str, Any] = Unshown()
    missing = []
    for field in plan.fields:
        child = members.pop(field.key, None)
        if child is None:
            if field.required:
                missing.append(field)
        elif (field.required or field.reader.nullable
              or lib.deploycfg_entry_type(child) != NULL):  # null takes the default
            values[field.name] = _read(job, plan, field, child)
    return values, missing


def _read(job: Job, plan: Plan, field: Field, entry: _native.Entry) -> Any:
    before = job.advice, job.freezes
    job.advice, job.freezes = "" if job.reveals else field.advice, plan.frozen
    try:
        return field.reader.read(job, entry)
    finally:
        job.advice, job.freezes = before


def _tell_unknown(job: Job, plan: Plan, members: dict[str, _native.Entry],
                  missing: list[Field]) -> None:
    """One that is likely a field that is missing is one problem, not two."""
    for name, child in members.items():
        if job.told.is_full():  # and nobody reads which key was meant
            continue
        wanted = {field.key: field for field in missing}
        near = nearest(name, wanted) or nearest(name, [field.key for field in plan.fields])
        hint = f"write {near!r} if that is meant" if near else _known(plan)
        if near in wanted:
            missing.remove(wanted[near])
            hint = f"write {near!r}, which {plan.title} needs"
        if near and near.replace("_", "-") == name:
            hint += f", or give the field metadata={{'key': {name!r}}}"
        job.tell(child, "unknown-key", f"{plan.title} has no field for this key", hint=hint)


def _known(plan: Plan) -> str:
    keys = [field.key for field in plan.fields]
    more = ", ..." if len(keys) > _FIELDS_MAX else ""
    return f"{plan.title} takes {', '.join(keys[:_FIELDS_MAX]) or 'no keys'}{more}"


def _tell_missing(job: Job, plan: Plan, entry: _native.Entry, field: Field,
                  members: dict[str, _native.Entry]) -> None:
    path = ".".join(filter(None, (path_of(entry), key(field.key))))
    near = nearest(field.key, members)
    hint = ""
    if near and job.has_schema:  # which lets nobody write another key in its place
        hint = f"let {plan.title}.{field.name} take the key {near!r} if that is meant"
    elif near:
        hint = f"write {field.key!r} instead of {near!r} if that is meant"
    job.missing(entry, path, f"{plan.title}.{field.name} has no default",
                field.reader.expected, hint)


def _made(job: Job, entry: _native.Entry, cls: Any, values: dict[str, Any]) -> Any:
    """The object; a ValueError is what the class itself says of its values."""
    try:
        return cls(**values)
    except ValueError as error:
        said = job.foreign(entry, str(error), error)
        return job.tell(entry, "bad-value", f"{cls.__name__}: {said}")
