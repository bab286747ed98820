# SPDX-License-Identifier: ISC
"""Config: one immutable snapshot, read through the library and remembered.

Knows how a snapshot is read; nothing of how it came to be, which is load()'s.
"""
from __future__ import annotations

import os
import weakref
from ctypes import byref, c_size_t, string_at
from types import MappingProxyType
from typing import Any, Callable, Dict, Iterator, Mapping, NamedTuple, NoReturn, Union

from deploycfg import _native
from deploycfg._errors import Collector, MissingKey
from deploycfg._native import BOOL, FLOAT, INT, LIST, NULL, STRING, lib

#: None bool int float str, a tuple of these for a list, a read-only mapping for a map
Value = Union[None, bool, int, float, str, "tuple[Any, ...]", "Mapping[str, Any]"]

_find = lib.deploycfg_find
_type = lib.deploycfg_entry_type
_bool = lib.deploycfg_entry_bool
_int = lib.deploycfg_entry_int
_float = lib.deploycfg_entry_double
_text = lib.deploycfg_entry_text
_name = lib.deploycfg_entry_name
_first_child = lib.deploycfg_first_child
_next_sibling = lib.deploycfg_next_sibling


class Origin(NamedTuple):
    """Where a value was written, as the library recorded it when it read the source.

    That is nowhere, all "" and 0, for the root of an empty configuration.
    `eval(repr(origin))` gives an equal one.
    """

    file: str  #: path as it was given, "env:NAME", or the name of a text or override
    line: int  #: from 1; 0 where the source has no lines, such as a variable
    column: int  #: in characters, from 1; 0 likewise
    layer: str  #: "base", "production", "variable", ...
    text: str  #: source text of a scalar, "" for lists and maps
    relation: str = "winner"  #: "winner" "shadowed" "unset" "skipped" "input" "appended"
    overridden: tuple[Origin, ...] = ()  #: what lost, strongest first


class Values(Dict[str, Value]):
    """The values read so far by key; asks the library for one that is not here yet."""

    __slots__ = ("snapshot",)

    snapshot: _native.Snapshot

    def __missing__(self, key: str) -> Value:
        entry = _entry(self.snapshot, key)
        if not entry:
            _missing(self.snapshot, key)
        return self.setdefault(key, _value(self.snapshot, entry, tuple, MappingProxyType))


class Config:
    """A configuration that never changes: `cfg["server.port"]`.

    Made by `deploycfg.load()`. Keys are paths such as `database.pool.size`,
    `servers[0].host` or `limits."api.v1"`; "" is everything. Values are None, bool, int
    (64 bits), float, str; a list is a tuple of these, a map a read-only mapping. Types
    are those that the files gave; text from INI files and variables has the type of what
    it overrides.

    Any number of threads may read one Config. Two are equal when their values and
    environment are. It can be pickled: the copy holds origins too, and reads no file.
    """

    __slots__ = ("_snapshot", "_values", "__weakref__")

    _snapshot: _native.Snapshot
    _values: Values
    __iter__ = None  # or Python would try cfg[0], cfg[1], ...

    def __init__(self) -> None:
        raise TypeError("a Config is made by deploycfg.load()")

    def __getitem__(self, key: str) -> Value:
        """The value of a key; MissingKey, which is a KeyError, where there is none."""
        return self._values[key]

    def get(self, key: str, default: Any = None) -> Any:
        """The value of a key; the default where the key is missing or null."""
        if key not in self._values and not _entry(self._snapshot, key):
            return default
        value = self._values[key]
        return default if value is None else value

    def __contains__(self, key: str) -> bool:
        """Whether the key has a value; null is one."""
        return key in self._values or bool(_entry(self._snapshot, key))

    def origin(self, key: str) -> Origin:
        """Where the value of a key comes from and what it overrode.

        MissingKey where there is no value. Read from the snapshot, not from the files.
        """
        entry = _entry(self._snapshot, key)
        if not entry:
            _missing(self._snapshot, key)
        return _origin(entry)

    def as_dict(self) -> dict[str, Any]:
        """Everything as new nested dicts and lists, in path order."""
        root = lib.deploycfg_root(self._snapshot)
        return _value(self._snapshot, root, list, dict)  # type: ignore

    @property
    def environment(self) -> str:
        """The selected environment, such as "production"; "" for a program without."""
        return str(lib.deploycfg_snapshot_environment(self._snapshot).decode())

    @property
    def selected_by(self) -> str:
        """Who selected it: "argument", a constant's or a variable's name."""
        return str(lib.deploycfg_snapshot_selected_by(self._snapshot).decode())

    @property
    def values_digest(self) -> str:
        """32 hexadecimal digits, equal where keys, types, values and environment are."""
        return str(lib.deploycfg_snapshot_values_digest(self._snapshot).decode())

    @property
    def image_digest(self) -> str:
        """32 hexadecimal digits of everything, origins and history included."""
        return str(lib.deploycfg_snapshot_image_digest(self._snapshot).decode())

    def __repr__(self) -> str:
        keys, sources = _leaves(self._snapshot), _sources(self._snapshot)
        return (f"<deploycfg.Config env={self.environment!r} keys={keys}"
                f" sources={sources} values={self.values_digest[:8]}>")

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Config):
            return NotImplemented
        return self.values_digest == other.values_digest

    def __hash__(self) -> int:
        return hash(self.values_digest)

    def __copy__(self) -> Config:
        return self

    def __deepcopy__(self, memo: Any) -> Config:
        return self

    def __reduce__(self) -> tuple[Callable[[bytes], Config], tuple[bytes]]:
        length = c_size_t()
        image = lib.deploycfg_snapshot_image(self._snapshot, byref(length))
        return from_image, (string_at(image, length.value),)


def adopt(snapshot: _native.Snapshot) -> Config:
    """A Config that owns one reference to the snapshot and gives it back in the end."""
    config = object.__new__(Config)
    config._snapshot = snapshot
    config._values = Values()
    config._values.snapshot = snapshot
    end = weakref.finalize(config, lib.deploycfg_snapshot_unref, snapshot)
    end.atexit = False  # a daemon thread may still read
    return config


def from_image(image: bytes) -> Config:
    """What pickle calls; LoadError where a byte of the image is not as it must be."""
    with Collector() as errors:
        snapshot = lib.deploycfg_snapshot_from_image(image, len(image), errors.out)
        if not snapshot:
            raise errors.load_error()
    return adopt(snapshot)


def _entry(snapshot: _native.Snapshot, key: str) -> Any:
    try:
        path = key.encode()
    except UnicodeEncodeError:  # half a character is no part of any key
        return None
    except AttributeError:
        raise TypeError(f"a key is a str, not {type(key).__name__}") from None
    return _find(snapshot, path, len(path))


def _missing(snapshot: _native.Snapshot, key: str) -> NoReturn:
    path = key.encode("utf-8", "backslashreplace").replace(b"\0", b"\\0")
    with Collector() as errors:
        lib.deploycfg_get_string(snapshot, path, errors.out)
        problems = errors.problems()
    texts = [text for problem in problems for text in (problem.message, problem.hint)]
    raise MissingKey(f"{key}: " + "; ".join(filter(None, texts)), key) from None


def _value(snapshot: _native.Snapshot, entry: Any, of_list: Any, of_map: Any) -> Any:
    """Scalars as they are, lists and maps as what `of_list` and `of_map` make of them."""
    kind = _type(entry)
    if kind == STRING:
        return _text(entry, None).decode()
    if kind == INT:
        return _int(entry, None)
    if kind == BOOL:
        return _bool(entry, None)
    if kind == FLOAT:
        return _float(entry, None)
    if kind == NULL:
        return None
    items = ((_name(child).decode(), _value(snapshot, child, of_list, of_map))
             for child in _children(snapshot, entry))
    if kind == LIST:
        return of_list(value for _, value in items)
    return of_map(dict(items))


def _children(snapshot: _native.Snapshot, parent: Any) -> Iterator[Any]:
    child = _first_child(snapshot, parent)
    while child:
        yield child
        child = _next_sibling(snapshot, child)


def _origin(entry: Any) -> Origin:
    source = lib.deploycfg_entry_source(entry)
    related = []
    other = lib.deploycfg_entry_related(entry)
    while other:
        related.append(_origin(other))
        other = lib.deploycfg_entry_next_related(other)
    return Origin(
        file=os.fsdecode(lib.deploycfg_source_name(source)) if source else "",
        line=lib.deploycfg_entry_line(entry),
        column=lib.deploycfg_entry_column(entry),
        layer=lib.deploycfg_source_label(source).decode() if source else "",
        text=_text(entry, None).decode(),
        relation=_native.RELATIONS[lib.deploycfg_entry_relation(entry)],
        overridden=tuple(related))


def _leaves(snapshot: _native.Snapshot) -> int:
    """Number of scalars, empty lists and empty maps, the root aside."""
    root = entry = lib.deploycfg_root(snapshot)
    count = 0
    while entry := lib.deploycfg_next_entry(snapshot, root, entry):
        count += lib.deploycfg_entry_count(entry) == 0
    return count


def _sources(snapshot: _native.Snapshot) -> int:
    """Number of sources that were read: files, texts, variables and overrides."""
    sources = (lib.deploycfg_snapshot_source(snapshot, index)
               for index in range(lib.deploycfg_snapshot_sources(snapshot)))
    return sum(lib.deploycfg_source_state(source) == _native.SOURCE_READ
               and lib.deploycfg_source_kind(source) != _native.SOURCE_DIRECTORY
               for source in sources)
