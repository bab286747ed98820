# SPDX-License-Identifier: ISC
"""One call of bind(): what is bound, and what was wrong with it so far.

Knows entries and how a problem is told; not which values are wanted.
"""
from __future__ import annotations

import re
from typing import Any, Iterator, Optional, Protocol

from deploycfg import _native
from deploycfg._errors import BadKey, BindError, Collector, Problem
from deploycfg._library import lib, printed
from deploycfg._native import INT, LIST, MAP, STRING
from deploycfg._origin import Origin, is_hidden, is_masked, origin, sources
from deploycfg._read import absence, describe, get_string
from deploycfg._secret import MASK
from deploycfg._values import entries

_CONTAINERS = frozenset((LIST, MAP))
_READ = frozenset((INT, STRING))  # by their text; a bool or a float is of another type

_PROBLEMS_MAX = 1000  # kept, as the library does it; more are only counted

_LONG = 6  # characters of a text that nobody writes by chance

#: what a reader returns that has told a problem
FAILED: Any = object()


class Reader(Protocol):
    """Makes a value of an entry, or tells the job why it cannot."""

    expected: str  #: in words, such as "an int"
    exact: frozenset[int]  #: types of entries that are this and nothing else
    nullable: bool  #: whether null is a value
    conceals: bool  #: whether repr() of what it makes of a scalar shows no secret

    def read(self, job: Job, entry: _native.Entry) -> Any: ...


class Told:
    """Problems, as many as are worth keeping."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.left_out = 0

    def __len__(self) -> int:
        return len(self.problems) + self.left_out

    def is_full(self) -> bool:
        """Whether one more would only be counted; then it is."""
        full = len(self.problems) >= _PROBLEMS_MAX
        self.left_out += full
        return full

    def add(self, problem: Problem) -> None:
        if not self.is_full():
            self.problems.append(problem)


class Job:
    def __init__(self, snapshot: _native.Snapshot, forbid: bool, has_schema: bool) -> None:
        self.snapshot = snapshot
        self.forbid = forbid  # keys that nobody takes
        self.has_schema = has_schema  # that has judged all keys
        self.advice = ""  # where repr() shows what is read: what to do about it
        self.reveals = False  # secrets, because they are to be in a Secret
        self.freezes = False  # what nobody asks to be a dict or a list
        self.value = _native.Value()  # for who fills it in and looks at once
        self.told = Told()
        self._masked: dict[str, list[str]] = {}  # texts at and below a path
        self.cause: Optional[Exception] = None

    def tell(self, entry: _native.Entry, code: str, message: str, *, key: str = "",
             expected: str = "", hint: str = "", related: tuple[Problem, ...] = ()) -> Any:
        """Adds a problem at an entry's place; gives FAILED."""
        if self.told.is_full():
            return FAILED
        where = origin(entry)
        if not key:
            related = _history(where)
        self.told.add(Problem(code, "error", message, key or path_of(entry), where.file,
                              where.line, where.column, expected, hint, related))
        return FAILED

    def refuse(self, entry: _native.Entry, reader: Reader, hint: str = "") -> Any:
        """Tells that a value is not what a reader expects."""
        kind = lib.deploycfg_entry_type(entry)
        may_read = not reader.exact or not reader.exact <= _CONTAINERS
        code = "bad-value" if may_read and (kind in _READ or kind > MAP) else "wrong-type"
        return self.tell(entry, code, f"expected {reader.expected}, found {describe(entry)}",
                         expected=without_article(reader.expected), hint=hint)

    def exposes(self, entry: _native.Entry, advice: Optional[str] = None) -> bool:
        """Whether a secret would be shown; then that is told."""
        advice = self.advice if advice is None else advice
        if not advice or not is_hidden(entry):
            return False
        ways = advice + ("; in classes that are made of the schema, by `secret: true` there"
                              if self.has_schema else "")
        self.tell(entry, "secret", "is a secret, and repr() of the object would show it",
                  hint=ways)
        return True

    def text(self, entry: _native.Entry) -> Any:
        """The text of a scalar, also of a secret; FAILED where the snapshot has none."""
        text = lib.deploycfg_entry_text(entry, None)
        if text is not None:
            return text.decode()
        with Collector() as errors:
            told = get_string(self.snapshot, lib.deploycfg_entry_path(entry), errors.out)
            return self.collect(entry, errors) if errors.handle else told

    def foreign(self, entry: _native.Entry, said: str,
                cause: Optional[Exception] = None) -> str:
        """What a class says of what is at an entry and below, without what is masked there;
        the cause is shown where there is nothing of that kind."""
        if len(self.told.problems) >= _PROBLEMS_MAX:
            return ""  # nobody reads it
        path = path_of(entry)
        if path not in self._masked:
            self._masked[path] = sorted(self._masked_below(entry), key=len, reverse=True)
        texts = self._masked[path]
        if not texts:
            self.cause = cause or self.cause
        for text in texts:
            for form in {text, repr(text)[1:-1]}:
                said = said.replace(form, MASK) if len(form) >= _LONG else \
                    re.sub(rf"(?<!\w){re.escape(form)}(?!\w)", MASK, said) if form else said
        return said

    def _masked_below(self, top: _native.Entry) -> Iterator[str]:
        for entry in entries(self.snapshot, top):
            if is_masked(entry):
                text = lib.deploycfg_entry_text(entry, None)
                if text is None:
                    text = lib.deploycfg_get_string(
                        self.snapshot, lib.deploycfg_entry_path(entry), None)
                yield (text or b"").decode()

    def collect(self, entry: _native.Entry, errors: Collector) -> Any:
        """Takes over what the library told of an entry; gives FAILED."""
        if self.told.is_full():
            return FAILED
        history = _history(origin(entry))
        for problem in errors.problems():
            self.told.add(problem._replace(related=history))
        return FAILED

    def attempt(self, reader: Reader, entry: _native.Entry) -> tuple[Any, Told]:
        """What a reader makes of an entry, and what it would have told."""
        before, self.told = self.told, Told()
        try:
            return reader.read(self, entry), self.told
        finally:
            self.told = before

    def take(self, told: Told) -> Any:
        """Adds what an attempt would have told; gives FAILED."""
        for problem in told.problems:
            self.told.add(problem)
        self.told.left_out += told.left_out
        return FAILED

    def absent(self, key: str) -> Any:
        """Tells that what is to be bound is not there; BadKey where it cannot be."""
        problem = absence(self.snapshot, key)
        if problem.code == "bad-key":
            raise BadKey(f"{key}: {problem.message}; {problem.hint}", key)
        self.told.add(problem)
        return FAILED

    def missing(self, parent: _native.Entry, key: str, why: str, expected: str,
                hint: str) -> None:
        """Tells that a key is not set in the map that should hold it."""
        if self.told.is_full():
            return
        name = printed(lib.deploycfg_path_variable, key.encode(),
                       lib.deploycfg_snapshot_prefix(self.snapshot))
        ways = "set it in a configuration file" + (f", or by the variable {name}" if name else "")
        if self.has_schema:
            ways += "; where no schema declares it, the program asks for the wrong key"
        self.tell(parent, "missing-key", f"this key is not set, and {why}", key=key,
                  expected=without_article(expected), hint=hint or ways,
                  related=absence(self.snapshot, key).related)

    def error(self) -> BindError:
        """All problems, in the order of sources and lines."""
        order = {source.name: index for index, source in enumerate(sources(self.snapshot))}
        problems = tuple(sorted(self.told.problems, key=lambda problem: (
            order.get(problem.file, len(order)), problem.line, problem.column)))
        if self.told.left_out:
            problems += (_rest(self.told.left_out),)
        return BindError("".join(f"{problem}\n" for problem in problems), problems)


#: what is said of values that lost, by how
_PAST = {"shadowed": "overrides this value", "input": "is made of this value"}


def _history(where: Origin) -> tuple[Problem, ...]:
    return tuple(Problem("", "note", _PAST[past.relation], "", past.file, past.line, past.column)
                 for past in where.overridden if past.relation in _PAST)


def _rest(count: int) -> Problem:
    return Problem("limit", "error", f"{count} more problem{' is' if count == 1 else 's are'} not"
                   f" shown, {_PROBLEMS_MAX} is the limit")


def path_of(entry: _native.Entry) -> str:
    return str(lib.deploycfg_entry_path(entry).decode())


def without_article(expected: str) -> str:
    article, _, rest = expected.partition(" ")
    return rest if article in ("a", "an") else expected
