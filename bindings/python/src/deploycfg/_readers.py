# SPDX-License-Identifier: ISC
"""How values of each kind are read: scalars by the library's getters, lists and maps item by
item, unions by trying.

Knows entries and jobs; nothing of annotations or classes.
"""
from __future__ import annotations

import re
from operator import attrgetter
from typing import Any, Callable, Iterable, Mapping, Sequence

from deploycfg import _native
from deploycfg._errors import Collector, OutOfRange, Problem, SecretError
from deploycfg._flow import flow
from deploycfg._job import FAILED, Job, Reader, Told, without_article
from deploycfg._library import lib
from deploycfg._native import (BOOL, DURATION, ENUM, FLOAT, INT, LIST, MAP, NULL, PATH, SIZE,
                               STRING, SYNTAXES)
from deploycfg._nearest import nearest
from deploycfg._origin import is_hidden, is_masked
from deploycfg._read import describe, entry_of, get_string
from deploycfg._secret import Secret
from deploycfg._values import (FIXED, FIXED_REVEALED, PLAIN, REVEALED, UNEVEN, FrozenMap, children,
                               convert, duration, unseen_names)

_entry_value = lib.deploycfg_entry_value

_TEXT = frozenset((BOOL, INT, FLOAT, STRING, DURATION, SIZE, ENUM, PATH))
_TEXTS = frozenset((STRING,))
_NUMERIC = frozenset((BOOL, INT, FLOAT))
_NONE: frozenset[int] = frozenset()

_CHOICES_MAX = 20  # shown in a message


class Scalar:
    """Fetched where it is stored as what is wanted, else read from its text by a getter."""

    nullable = conceals = False

    def __init__(self, expected: str, kind: str, stored: Iterable[int],
                 fetch: Callable[[_native.Value], Any], also: Iterable[int] = ()) -> None:
        self.expected = expected
        self._stored = frozenset(stored)
        self.exact = self._stored.union(also)
        self._of_entry = getattr(lib, f"deploycfg_entry_{kind}")
        self._of_key = getattr(lib, f"deploycfg_get_{kind}")
        self._fetch = fetch

    def read(self, job: Job, entry: _native.Entry) -> Any:
        value = job.value
        _entry_value(entry, value)
        hidden = value.text is None
        if hidden and job.exposes(entry):
            return FAILED
        if value.type in self._stored and not hidden:
            return self._fetch(value)
        with Collector() as errors:
            found = self._of_key(job.snapshot, lib.deploycfg_entry_path(entry), errors.out) \
                if hidden else self._of_entry(entry, errors.out)
            return job.collect(entry, errors) if errors.handle else found


class String(Scalar):
    """Any scalar's text, which is why no type is exactly this one."""

    def __init__(self) -> None:
        super().__init__("a string", "string", _TEXT, lambda value: value.text.decode())
        self.exact = _NONE
        self._of_key = get_string


class Duration(Scalar):
    """A timedelta, which has whole microseconds."""

    def read(self, job: Job, entry: _native.Entry) -> Any:
        nanoseconds = super().read(job, entry)
        return FAILED if nanoseconds is FAILED else _whole(job, duration, entry, nanoseconds)


class Anything:
    """Whatever is there, in dicts and lists of its own, which a frozen class has none of."""

    expected, exact, nullable, conceals = "a value", _NONE, True, True

    def read(self, job: Job, entry: _native.Entry) -> Any:
        shapes = (FIXED, FIXED_REVEALED) if job.freezes else (PLAIN, REVEALED)
        return _whole(job, convert, job.snapshot, entry, shapes[job.reveals])


class FromText:
    """What a function makes of a scalar's text; it raises ValueError where it cannot."""

    nullable = False

    def __init__(self, expected: str, make: Callable[[str], Any], stored: Iterable[int] = (),
                 *, conceals: bool = False) -> None:
        self.expected = expected
        self.exact = frozenset(stored)
        self.conceals = conceals
        self._make = make

    def read(self, job: Job, entry: _native.Entry) -> Any:
        if lib.deploycfg_entry_type(entry) not in _TEXT:
            return job.refuse(entry, self)
        if not self.conceals and job.exposes(entry):
            return FAILED
        text = Secret(job.text(entry))
        if text.reveal() is FAILED:
            return FAILED
        try:
            return self._make(text.reveal())
        except (ValueError, ArithmeticError):  # the latter is Decimal's
            return job.refuse(entry, self)


class Converted(FromText):
    """What a function of the program makes of it, which may tell why it cannot. That it is no
    secret any more is looked at."""

    def __init__(self, make: Callable[[str], Any]) -> None:
        super().__init__("a text", make, conceals=True)

    def read(self, job: Job, entry: _native.Entry) -> Any:
        if lib.deploycfg_entry_type(entry) not in _TEXT:
            return job.refuse(entry, self)
        text = Secret(job.text(entry))  # from those who show variables when the function fails
        if text.reveal() is FAILED:
            return FAILED
        try:
            made = self._make(text.reveal())
        except (ValueError, ArithmeticError) as error:
            said = job.foreign(entry, str(error), error)
            return job.tell(entry, "bad-value", f"{describe(entry)} does not do: {said}")
        shown = job.advice and is_hidden(entry) and _is_in(text.reveal(), repr(made))
        return FAILED if shown and job.exposes(entry) else made


class Choice:
    """One of several values, each known by a scalar or by a name. Those of the type that the
    value has already come before those that its text reads as."""

    conceals = False

    def __init__(self, choices: Sequence[tuple[Any, Any]], names: Mapping[str, Any]) -> None:
        self._choices = choices  # what is written, and what it means
        self._names = names
        self.nullable = any(written is None for written, _ in choices)
        self.exact = frozenset(_KINDS[type(written)] for written, _ in choices
                               if written is not None) | (_TEXTS if names else _NONE)
        self.texts = frozenset(each for each, _ in choices if isinstance(each, str)).union(names)
        self._words = _words(choices, names)
        self.expected = "one of " + ", ".join(self._words[:_CHOICES_MAX]) + (
            ", ..." if len(self._words) > _CHOICES_MAX else "")

    def read(self, job: Job, entry: _native.Entry) -> Any:
        kind = lib.deploycfg_entry_type(entry)
        if kind not in _TEXT and not (kind == NULL and self.nullable):
            return job.refuse(entry, self)
        if job.exposes(entry):
            return FAILED
        found = {str: FAILED, type(None): None} if kind == NULL else \
            {str: job.text(entry), type(None): FAILED}
        if kind != NULL and found[str] is FAILED:
            return FAILED
        own = _OWN.get(kind, str)
        for written, meant in sorted(self._choices, key=lambda each: type(each[0]) is not own):
            if type(written) not in found:
                found[type(written)], _ = job.attempt(NUMBERS[type(written)], entry)
            if found[type(written)] == written:
                return meant
        if found[str] in self._names:
            return self._names[found[str]]
        near = None if is_masked(entry) else nearest(found[str], self._words)
        return job.tell(entry, "not-a-choice",
                        f"expected {self.expected}, found {describe(entry)}",
                        expected=self.expected, hint=f"write {near} if that is meant" if near
                        else "")


class Combination:
    """Several choices in a list, joined by |; or one."""

    nullable = conceals = False

    def __init__(self, choice: Choice, nothing: Any) -> None:
        self.exact = choice.exact | {LIST}
        self.texts = choice.texts
        self.expected = f"a list of {choice.expected}"
        self._choice = choice
        self._nothing = nothing

    def read(self, job: Job, entry: _native.Entry) -> Any:
        if lib.deploycfg_entry_type(entry) != LIST:
            return self._choice.read(job, entry)
        result = self._nothing
        for value in _items(job, entry, self._choice):
            failed = value is FAILED or result is FAILED
            result = FAILED if failed else result | value
        return result


class Items:
    """A list of one kind of items, as many as there are."""

    expected, exact, nullable, conceals = "a list", frozenset((LIST,)), False, False

    def __init__(self, item: Reader, make: Callable[[list[Any]], Any]) -> None:
        self._item = item
        self._make = make

    def read(self, job: Job, entry: _native.Entry) -> Any:
        if lib.deploycfg_entry_type(entry) != LIST:
            return job.refuse(entry, self, _LIST_HINT)
        items = list(_items(job, entry, self._item))
        try:
            return FAILED if _failed(items) else self._make(items)
        except TypeError:  # a set of anything
            return job.tell(entry, "wrong-type", "a list or a map cannot be in a set",
                            expected="list of scalars")


class Tuple:
    """A list of so many items, each of its own kind."""

    exact, nullable, conceals = frozenset((LIST,)), False, False

    def __init__(self, items: Sequence[Reader]) -> None:
        self._items = items
        self.expected = f"a list of {len(items)} item{'' if len(items) == 1 else 's'}"

    def read(self, job: Job, entry: _native.Entry) -> Any:
        if lib.deploycfg_entry_type(entry) != LIST:
            return job.refuse(entry, self, _LIST_HINT)
        found = list(children(job.snapshot, entry))
        if len(found) != len(self._items):
            return job.tell(entry, "out-of-range",
                            f"expected {self.expected}, found {len(found)}",
                            expected=without_article(self.expected))
        values = [item.read(job, child) for item, child in zip(self._items, found)]
        return FAILED if _failed(values) else tuple(values)


class Members:
    """A map of any names, its values of one kind."""

    expected, exact, nullable, conceals = "a map", frozenset((MAP,)), False, False

    def __init__(self, member: Reader, make: Callable[[dict[str, Any]], Any]) -> None:
        self._member = member
        self._make = make

    def read(self, job: Job, entry: _native.Entry) -> Any:
        if lib.deploycfg_entry_type(entry) != MAP:
            return job.refuse(entry, self)
        values = {name_of(child): self._member.read(job, child)
                  for child in children(job.snapshot, entry)}
        if _failed(values.values()):
            return FAILED
        if self._make is FrozenMap:
            return FrozenMap(values, unseen_names(job.snapshot, entry))
        return self._make(values)


class Union:
    """The kind that the value has already, else the first that it reads as. A number is no
    text, and a string of YAML no number, while another member takes it, but a text with a unit
    may be; the text of INI, of variables and overrides may be any."""

    def __init__(self, members: Sequence[Reader], nullable: bool) -> None:
        self._members = members
        self._optional = nullable
        self.nullable = nullable or any(member.nullable for member in members)
        self.conceals = any(member.conceals for member in members)
        self.exact = _NONE.union(*(member.exact for member in members))
        self.expected = " or ".join(member.expected for member in members)

    def read(self, job: Job, entry: _native.Entry) -> Any:
        kind = lib.deploycfg_entry_type(entry)
        if kind == NULL and self._optional:
            return None
        members = self._members
        if is_hidden(entry):  # that it cannot be told is no matter of members
            if job.advice:
                members = [member for member in members if member.conceals]
            if (not members and job.exposes(entry)) or job.text(entry) is FAILED:
                return FAILED
        if len(members) == 1:
            return members[0].read(job, entry)
        exact = [member for member in members if kind in member.exact - _TEXTS]
        others = [member for member in members if member not in exact]
        if kind in _NUMERIC:
            others.sort(key=lambda member: not member.exact & _NUMERIC)
        elif kind == STRING and _is_typed(entry):
            text = Secret(job.text(entry))
            if not _WITH_UNIT.fullmatch(text.reveal()):
                others.sort(key=lambda member: _is_numeric(member, text))
        tried: list[Told] = []
        for member in exact + others:
            value, told = job.attempt(member, entry)
            if value is not FAILED:
                return value
            tried.append(told)
        if kind in _TEXT or not exact:
            return job.refuse(entry, self)
        # A word that is none of the choices likely tells another member from this one.
        return job.take(min(tried[:len(exact)], key=lambda told: (
            any(problem.code == "not-a-choice" for problem in told.problems), len(told))))


def _is_numeric(member: Reader, text: Secret[str]) -> bool:
    """Whether a member may take a text for the number or the bool that it reads as."""
    return bool(member.exact & _NUMERIC) and text.reveal() not in getattr(member, "texts", ())


def _is_typed(entry: _native.Entry) -> bool:
    """Whether a string is one because of how it was written."""
    source = lib.deploycfg_entry_source(entry)
    return bool(source) and lib.deploycfg_source_syntax(source) == SYNTAXES["yaml"]


_LIST_HINT = "write a list, such as [a, b]"


def _words(choices: Sequence[tuple[Any, Any]], names: Mapping[str, Any]) -> list[str]:
    """How choices are shown; values that nobody would guess by their names."""
    words = [written if isinstance(written, str) else flow(written) for written, _ in choices]
    known = [meant for written, meant in choices if isinstance(written, str)]
    if names and not known:
        return list(names)
    return words


def _items(job: Job, entry: _native.Entry, item: Reader) -> Iterable[Any]:
    return (item.read(job, child) for child in children(job.snapshot, entry))


def _failed(values: Iterable[Any]) -> bool:
    return any(value is FAILED for value in values)


def _whole(job: Job, read: Callable[..., Any], *arguments: Any) -> Any:
    """What a function gives; durations that timedelta cannot hold are told."""
    try:
        return read(*arguments)
    except SecretError as error:
        entry = entry_of(job.snapshot, error.key)
        with Collector() as errors:
            lib.deploycfg_entry_reveal(job.snapshot, entry, errors.out)
            return job.collect(entry, errors)
    except OutOfRange as error:
        job.told.add(Problem(
            "out-of-range", "error", UNEVEN, error.key, *error.origin[:3], expected="timedelta",
            hint="write whole microseconds, or annotate the field as deploycfg.Nanoseconds"))
        return FAILED


def _is_in(text: str, shown: str) -> bool:
    return text != "" and (text in shown or repr(text)[1:-1] in shown)


def name_of(entry: _native.Entry) -> str:
    return str(lib.deploycfg_entry_name(entry).decode())


def _decimal(text: str) -> Any:
    from decimal import Decimal  # few want one
    if _HEXADECIMAL.fullmatch(text):
        return Decimal(int(text, 0))
    if not _NUMBER.fullmatch(text):
        raise ValueError
    return Decimal(text)


def _path(text: str) -> Any:
    if not text:
        raise ValueError
    from pathlib import Path
    return Path(text)


_HEXADECIMAL = re.compile("0(?:x[0-9A-Fa-f]+|o[0-7]+)")
_WITH_UNIT = re.compile("(?!0[xo])(?:[0-9]+[A-Za-z]+)+")
_NUMBER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)(?:\.[0-9]*)?(?:[eE][-+]?[0-9]+)?"
                     r"|[-+]?\.[0-9]+(?:[eE][-+]?[0-9]+)?")

ANYTHING = Anything()
STRING_ = String()
BOOL_ = Scalar("a bool", "bool", [BOOL], lambda value: value.integer != 0)
INT_ = Scalar("an int", "int", [INT, SIZE], attrgetter("integer"))
FLOAT_ = Scalar("a float", "double", [FLOAT], attrgetter("number"))
SIZE_ = Scalar("a size", "size", [SIZE], attrgetter("integer"), [INT])
NANOSECONDS = Scalar("a duration", "duration", [DURATION], attrgetter("integer"), [INT])
TIMEDELTA = Duration("a duration", "duration", [DURATION], attrgetter("integer"))
DECIMAL = FromText("a decimal number", _decimal, [FLOAT])
PATH_ = FromText("a path", _path, [PATH])

_OWN = {BOOL: bool, INT: int, FLOAT: float}
_KINDS = {bool: BOOL, int: INT, float: FLOAT, str: STRING}

#: scalars that a choice may be
NUMBERS: Mapping[type, Reader] = {bool: BOOL_, int: INT_, float: FLOAT_}
