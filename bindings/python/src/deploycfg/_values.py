# SPDX-License-Identifier: ISC
"""From entries of a snapshot to Python's values, one by one or all at once.

Knows how values are read; nothing of sections or how a snapshot came to be.
"""
from __future__ import annotations

import weakref
from ctypes import c_size_t
from datetime import timedelta
from operator import attrgetter
from types import MappingProxyType
from typing import Any, Callable, Dict, Iterator, Mapping, NamedTuple, NoReturn, Union

from deploycfg import _native
from deploycfg._errors import OutOfRange, ReadError
from deploycfg._library import lib, without_result
from deploycfg._native import DURATION, FLAGS, INT, LIST, MAP, NULL, SIZE, STRING
from deploycfg._origin import is_masked, origin
from deploycfg._read import reveal
from deploycfg._secret import MASK, Secret, Unshown, secret_of

#: None bool int float str timedelta, a Secret of one of these, a tuple for a list, a
#: read-only mapping for a map
Value = Union[None, bool, int, float, str, timedelta, Secret[Any], "tuple[Any, ...]",
              "Mapping[str, Any]"]

# Names of this module, because looking them up in `lib` would cost at every read.
_Value = _native.Value
_find_value = without_result("deploycfg_find_value")
_SECRET, _MASKED = FLAGS["SECRET"], FLAGS["MASKED"]
_entry_value = lib.deploycfg_entry_value
_path = lib.deploycfg_entry_path
_name = lib.deploycfg_entry_name
_next_entry = lib.deploycfg_next_entry
_first_child = lib.deploycfg_first_child
_next_sibling = lib.deploycfg_next_sibling


# A length, SIZE_MAX. Already a C number it is passed on faster than any int.
_UP_TO_NUL = c_size_t(-1)


EMPTY: Mapping[str, Any] = MappingProxyType({})


UNEVEN = "the duration is no whole number of microseconds, as a timedelta is"


class Absent(Exception):
    """A key has no value. Never leaves this package."""


def _absent(_: _native.Value) -> NoReturn:
    raise Absent


def _text(value: _native.Value) -> str:
    return str(value.text.decode())


#: by enum deploycfg_type, where it is a scalar and any entry of it will do: what makes a
#: Python value of a filled-in struct
_SCALARS: Any = (_absent, lambda value: None, lambda value: value.integer != 0,
                 attrgetter("integer"), attrgetter("number"), _text, None, None, None,
                 attrgetter("integer"), _text, _text)


class Values(Unshown[Value]):
    """The values read so far by key; asks the library for one that is not here yet."""

    __slots__ = ("snapshot",)

    def __init__(self, snapshot: _native.Snapshot) -> None:
        super().__init__()
        self.snapshot = snapshot

    # The first read of a key, written for speed. The struct is its own: one that threads,
    # signal handlers or finalizers share would change under its reader.
    def __missing__(self, key: str) -> Value:
        try:
            path = key.encode()
        except UnicodeEncodeError:  # half a character is no part of any key
            raise Absent from None
        except AttributeError:
            raise TypeError(f"a key is a str, not {type(key).__name__}") from None
        if "\0" in key:  # where the library would take the key to end
            raise Absent
        value = _Value()
        _find_value(self.snapshot, path, _UP_TO_NUL, value)
        kind = value.type
        found: Value
        if value.flags & _SECRET or not _SCALARS[kind]:
            entry = lib.deploycfg_find(self.snapshot, path, _UP_TO_NUL)
            found = convert(self.snapshot, entry, FROZEN)
            return self.setdefault(key, found)  # the same for all threads
        if kind == STRING:
            found = value.text.decode()
        elif kind == INT:
            found = value.integer
        else:
            found = _SCALARS[kind](value)
        self[key] = found
        return found


def own(snapshot: _native.Snapshot) -> Values:
    """The values of a snapshot, of which a reference is given back when all that reads it
    is gone."""
    end = weakref.finalize(snapshot, lib.deploycfg_snapshot_unref,
                           _native.Snapshot(snapshot.value))
    end.atexit = False  # a daemon thread may still read
    return Values(snapshot)


def unseen_names(snapshot: _native.Snapshot, entry: _native.Entry) -> frozenset[str]:
    """The names in a map whose values no display shows."""
    return frozenset(_name(child).decode() for child in children(snapshot, entry)
                     if _is_unseen(child))


def _masked(members: dict[str, Any], unseen: frozenset[str]) -> str:
    return repr({name: MASK if name in unseen else value for name, value in members.items()})


class Members(Dict[str, Any]):
    """What is in a map: a dict that does not show what is masked."""

    __slots__ = ("_snapshot", "_entry")

    def __init__(self, snapshot: _native.Snapshot, entry: _native.Entry,
                 members: dict[str, Any]) -> None:
        super().__init__(members)
        self._snapshot = snapshot
        self._entry = entry

    def __repr__(self) -> str:
        return _masked(self, unseen_names(self._snapshot, self._entry))

    def copy(self) -> Members:
        return Members(self._snapshot, self._entry, self)

    def __reduce_ex__(self, protocol: Any) -> tuple[Any, ...]:
        return dict, (dict(self),)


class FrozenMap(Dict[str, Any]):
    """A map that nobody changes: a dict to all who read it, such as json and
    dataclasses.asdict(). It does not show what is masked."""

    __slots__ = ("_unseen",)
    _unseen: frozenset[str]

    def __new__(cls, members: Mapping[str, Any] = MappingProxyType({}),
                unseen: frozenset[str] = frozenset()) -> FrozenMap:
        made = super().__new__(cls)
        dict.update(made, members)
        made._unseen = unseen
        return made

    def __init__(self, *_: Any) -> None:
        """What is in it was put there when it was made."""

    def __repr__(self) -> str:
        return _masked(self, self._unseen)

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise TypeError("this map cannot be changed: dict() makes one of it that can")

    __setitem__ = __delitem__ = __ior__ = _refuse  # type: ignore[assignment]
    clear = pop = popitem = setdefault = update = _refuse  # type: ignore[assignment]

    def __reduce_ex__(self, protocol: Any) -> tuple[Any, ...]:
        return FrozenMap, (dict(self), self._unseen)


class Shape(NamedTuple):
    """What is made of values."""

    of_list: Callable[[list[Any]], Any]
    of_map: Callable[[_native.Snapshot, _native.Entry, dict[str, Any]], Any]
    of_scalar: Callable[[_native.Snapshot, _native.Entry, _native.Value], Any]


def convert(snapshot: _native.Snapshot, entry: _native.Entry, shape: Shape) -> Any:
    """The value of an entry, and all that it holds."""
    try:
        return _convert(snapshot, entry, _Value(), *shape)
    except ReadError as error:  # without what was converted before, for who shows variables
        raise error.with_traceback(None) from None


# No comprehensions: each would double the depth of a recursion that the library's limit of
# nesting bounds.
def _convert(snapshot: _native.Snapshot, entry: _native.Entry, value: _native.Value,
             of_list: Any, of_map: Any, of_scalar: Any) -> Any:
    _entry_value(entry, value)
    kind = value.type
    if kind != LIST and kind != MAP:
        return of_scalar(snapshot, entry, value)
    if kind == LIST:
        items = []
        for child in children(snapshot, entry):
            items.append(_convert(snapshot, child, value, of_list, of_map, of_scalar))
        return of_list(items)
    members = {}
    for child in children(snapshot, entry):
        members[_name(child).decode()] = _convert(snapshot, child, value, of_list, of_map,
                                                  of_scalar)
    return of_map(snapshot, entry, members)


def scalar(snapshot: _native.Snapshot, entry: _native.Entry, value: _native.Value) -> Any:
    """The value of an entry that is neither list nor map, from the struct it filled in."""
    if value.text is None:
        return secret_of(lambda: _plain(snapshot, entry, _Value()))
    return _told(entry, value)


def _plain(snapshot: _native.Snapshot, entry: _native.Entry, value: _native.Value) -> Any:
    """The same, told whatever it is."""
    _entry_value(reveal(snapshot, entry), value)
    return _told(entry, value)


def literal(snapshot: _native.Snapshot, entry: _native.Entry, value: _native.Value) -> Any:
    """The same for those who show it: durations and sizes are their texts."""
    if value.flags & _MASKED and value.type != NULL:
        return MASK
    if value.type == DURATION or value.type == SIZE:
        return _text(value)
    return _SCALARS[value.type](value)


def _told(entry: _native.Entry, value: _native.Value) -> Any:
    if value.type == DURATION:
        return duration(entry, value.integer)
    return _SCALARS[value.type](value)


def _is_unseen(entry: _native.Entry) -> bool:
    """Whether a value of its own would show what is masked."""
    return is_masked(entry) or (lib.deploycfg_entry_type(entry) == LIST and
                                bool(lib.deploycfg_entry_flags(entry) & _MASKED))


#: new dicts and lists
PLAIN = Shape(list, lambda snapshot, entry, members: members, scalar)
#: the same, without a Secret
REVEALED = PLAIN._replace(of_scalar=_plain)
#: these two for a class that is frozen: it shows what it shows of all its fields
FIXED = Shape(tuple, lambda snapshot, entry, members:
              FrozenMap(members, unseen_names(snapshot, entry)), scalar)
FIXED_REVEALED = FIXED._replace(of_scalar=_plain)
#: what nobody can change, and that does not show what is masked
FROZEN = Shape(tuple, lambda *of_members: MappingProxyType(Members(*of_members)), scalar)


def duration(entry: _native.Entry, nanoseconds: int) -> timedelta:
    microseconds, rest = divmod(nanoseconds, 1000)
    if rest:
        where, key = origin(entry), _path(entry).decode()
        raise OutOfRange(f"{where.place}: {key}: {UNEVEN}; get_duration() gives nanoseconds",
                         key, "timedelta", "duration", where)
    return timedelta(microseconds=microseconds)


def children(snapshot: _native.Snapshot, parent: _native.Entry) -> Iterator[_native.Entry]:
    child = _first_child(snapshot, parent)
    while child:
        yield child
        child = _next_sibling(snapshot, child)


def entries(snapshot: _native.Snapshot, top: _native.Entry) -> Iterator[_native.Entry]:
    """In path order `top` and all that is below it."""
    entry = top
    while entry:
        yield entry
        entry = _next_entry(snapshot, top, entry)


def leaves(snapshot: _native.Snapshot, top: _native.Entry, above: int,
           of_scalar: Callable[..., Any] = scalar) -> dict[str, Value]:
    """In path order all below `top` that has nothing below itself: scalars, and lists and
    maps that are empty. above: bytes of each path that its key does not have."""
    value = _Value()
    found: dict[str, Value] = Unshown()
    for entry in entries(snapshot, top):
        _entry_value(entry, value)
        kind = value.type
        if kind != LIST and kind != MAP:
            found[_path(entry)[above:].decode()] = of_scalar(snapshot, entry, value)
        elif not value.length:
            found[_path(entry)[above:].decode()] = () if kind == LIST else EMPTY
    found.pop("", None)  # of `top`, where that is empty itself
    return found
