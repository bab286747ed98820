# SPDX-License-Identifier: ISC
"""Section: all that is below one key of a snapshot, read through the library.

Knows how a snapshot is read; nothing of how it came to be, which is load()'s.
"""
from __future__ import annotations

from collections.abc import ItemsView, KeysView, Mapping, ValuesView
from ctypes import c_size_t, string_at
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Iterator, Optional, TypeVar, Union, overload

from deploycfg import _native
from deploycfg._dump import dump
from deploycfg._errors import BadValue, Collector, OutOfRange
from deploycfg._library import lib, printed
from deploycfg._native import MAP
from deploycfg._origin import Flags, Origin, flags, origin
from deploycfg._read import (check, entry_of, get_string, missing, read, read_error,
                             wrong_type)
from deploycfg._story import tell
from deploycfg._values import (PLAIN, REVEALED, Absent, Value, Values, convert, leaves,
                               literal, own)

if TYPE_CHECKING:
    from pathlib import Path

D = TypeVar("D")
T = TypeVar("T")
S = TypeVar("S", bound="Section")

#: stands for "no default": None is one
REQUIRED: Any = object()

#: stands for a value that is not there, or is none of Python's
_ABSENT: Any = object()


class Section(Mapping[str, Value]):
    """What is below one key, by keys relative to it: `cfg.section("server")["port"]`.

    It reads its Config's snapshot, never changes, and may be read by any number of
    threads. It is a mapping of all that has a value of its own, in path order: scalars,
    and lists and maps that are empty. `len()`, iteration, `keys()`, `items()`, `values()`
    and `==` are of these: `pool.size`, `hosts[0]`, `hosts[1]`. `[]`, `get()` and `in` also
    take keys of lists and maps, and give these whole: to pass a map to a function as
    keyword arguments, write `connect(**cfg["database"])`.

    Keys are paths such as `pool.size`, `servers[0].host` or `limits."api.v1"`, which
    `deploycfg.key()` writes from parts; "" is all of the section. Values are None, bool,
    int (64 bits), float, str; a list is a tuple of these, a map a read-only mapping. Types
    are those that the files gave; text from INI files and variables has the type of what
    it overrides. A schema says of its keys what they are, and knows four types more: a
    duration is a timedelta (OutOfRange where it has parts of a microsecond, which only
    `get_duration()` reads: keys, `len()` and `dumps()` do without its value), a size an int of
    bytes, a choice and a path are str. The `get_...` methods read any scalar's text as one
    type instead, and `bind()` does so for all that a class has annotations for.

    The value of a secret is a Secret, which tells it by `reveal()`; `get_str()` and its kin
    tell it too. What is merely named like a secret, such as `db.password` without a schema,
    is a value like others, but `repr()`, `dumps()`, `explain()`, origins and errors mask it
    as they mask secrets.

    Methods that take a key raise MissingKey, which is a KeyError, where it has no value,
    and BadKey, which is a MissingKey and a ValueError, where it is no key path.
    """

    __slots__ = ("_values", "_above", "_leaves", "_names", "__weakref__")

    _values: Values  # of the whole snapshot, by full path
    _above: str  # what full paths have before a key: "", or a path and its dot
    _leaves: Optional[dict[str, Value]]
    _names: Optional[Mapping[str, Any]]

    def __init__(self) -> None:
        raise TypeError("a Config is made by deploycfg.load(), a Section by its section()")

    # ------------------------------------------------------------------ as a mapping

    def __getitem__(self, key: str) -> Value:
        """The value of a key."""
        path = self._full(key)
        try:
            return self._values[path]
        except Absent:
            raise missing(self._values.snapshot, path) from None

    def __contains__(self, key: object) -> bool:
        """Whether the key has a value; null is one."""
        path = self._full(key)
        return path in self._values or bool(entry_of(self._values.snapshot, path))

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys())

    def __len__(self) -> int:
        return len(self._keys())

    def keys(self) -> KeysView[str]:
        return self._keys().keys()

    def values(self) -> ValuesView[Value]:
        return _Values(self)

    def items(self) -> ItemsView[str, Value]:
        return _Items(self)

    @overload
    def get(self, key: str) -> Value: ...
    @overload
    def get(self, key: str, default: D) -> Union[Value, D]: ...

    def get(self, key: str, default: Any = None) -> Any:
        """The value of a key; the default where the key is missing or null."""
        value = self._look(self._full(key), optional=True)
        return default if value is None else value

    # ----------------------------------------------------------------- typed getters

    @overload
    def get_str(self, key: str) -> str: ...
    @overload
    def get_str(self, key: str, default: D) -> Union[str, D]: ...

    def get_str(self, key: str, default: Any = REQUIRED) -> Any:
        """The source text of any scalar, also of a secret: 1.10 is '1.10'.

        The default is for a key that is missing or null. Without one, null is a WrongType,
        as are lists and maps in any case.
        """
        return self._typed(key, default, str, get_string, "string")

    @overload
    def get_int(self, key: str) -> int: ...
    @overload
    def get_int(self, key: str, default: D) -> Union[int, D]: ...

    def get_int(self, key: str, default: Any = REQUIRED) -> Any:
        """A scalar's text as an int of 64 bits: optional sign, decimal without leading
        zeros, or 0x or 0o. 5 and '5' are 5; '5x' is a BadValue, 5.0 a WrongType, 2**63 in
        text OutOfRange; of a size it is the bytes. The default is for a key that is missing
        or null.
        """
        return self._typed(key, default, int, lib.deploycfg_get_int, "int")

    @overload
    def get_float(self, key: str) -> float: ...
    @overload
    def get_float(self, key: str, default: D) -> Union[float, D]: ...

    def get_float(self, key: str, default: Any = REQUIRED) -> Any:
        """A scalar's text as a float: 0.5, '1e3', .inf, and an int that a float holds
        exactly. The default is for a key that is missing or null.
        """
        return self._typed(key, default, float, lib.deploycfg_get_double, "float")

    @overload
    def get_bool(self, key: str) -> bool: ...
    @overload
    def get_bool(self, key: str, default: D) -> Union[bool, D]: ...

    def get_bool(self, key: str, default: Any = REQUIRED) -> Any:
        """A scalar's text as a bool: true false yes no on off 1 0, in any case. The default
        is for a key that is missing or null.
        """
        return self._typed(key, default, bool, lib.deploycfg_get_bool, "bool")

    @overload
    def get_duration(self, key: str) -> int: ...
    @overload
    def get_duration(self, key: str, default: D) -> Union[int, D]: ...

    def get_duration(self, key: str, default: Any = REQUIRED) -> Any:
        """A scalar's text as a duration, in nanoseconds: 250ms, 1h30m, units ns us ms s m h
        d w in descending order, or a bare 0. The default is for a key that is missing or
        null.
        """
        return self._typed(key, default, None, lib.deploycfg_get_duration, "duration")

    @overload
    def get_size(self, key: str) -> int: ...
    @overload
    def get_size(self, key: str, default: D) -> Union[int, D]: ...

    def get_size(self, key: str, default: Any = REQUIRED) -> Any:
        """A scalar's text as a size, in bytes: 512, 64MiB, units B kB MB GB TB (of 1000) KiB
        MiB GiB TiB (of 1024). The default is for a key that is missing or null.
        """
        return self._typed(key, default, None, lib.deploycfg_get_size, "size")

    @overload
    def get_path(self, key: str) -> Path: ...
    @overload
    def get_path(self, key: str, default: D) -> Union[Path, D]: ...

    def get_path(self, key: str, default: Any = REQUIRED) -> Any:
        """A scalar's text as a pathlib.Path, which is as it was written: where a relative
        one starts is the program's to say. Empty text is a BadValue. The default is for a
        key that is missing or null.
        """
        from pathlib import Path  # takes longer than all of this package
        text = self._typed(key, default if default is REQUIRED else _ABSENT, str, get_string,
                           "path")
        if text is _ABSENT:
            return default
        if not text:
            raise read_error(BadValue, self._values.snapshot, self._full(key), "path",
                             "expected a path, found the empty text")
        return Path(text)

    @overload
    def get_list(self, key: str) -> tuple[Any, ...]: ...
    @overload
    def get_list(self, key: str, default: D) -> Union[tuple[Any, ...], D]: ...

    def get_list(self, key: str, default: Any = REQUIRED) -> Any:
        """A list, as a tuple of its values; nothing else reads as one. Those of a secret list
        are Secrets. The default is for a key that is missing or null.
        """
        return self._typed(key, default, tuple, None, "list")

    @overload
    def get_map(self, key: str) -> Mapping[str, Any]: ...
    @overload
    def get_map(self, key: str, default: D) -> Union[Mapping[str, Any], D]: ...

    def get_map(self, key: str, default: Any = REQUIRED) -> Any:
        """A map, as a read-only mapping of the names in it; nothing else reads as one. The
        default is for a key that is missing or null.
        """
        return self._typed(key, default, MappingProxyType, None, "map")

    # ---------------------------------------------------------------- as an object

    def bind(self, cls: type[T], key: str = "", *, extra: Optional[str] = None) -> T:
        """What is below a key as an object of a class: a dataclass, NamedTuple, TypedDict or
        model of pydantic, or any type that a field of one may have.

            @dataclass(frozen=True)
            class Database:
                host: str
                port: int = 5432
                timeout: timedelta = timedelta(seconds=5)
                replicas: tuple[str, ...] = ()

            database = cfg.bind(Database, "database")

        A field takes the key of its name, or the one in `field(metadata={"key": "max-size"})`
        where that is no name. Annotations may be bool, int, float, str, Decimal, timedelta,
        Path, `deploycfg.Size` and `deploycfg.Nanoseconds` (ints, of text with units), Enum
        (by value, else by name), Literal, Optional and other unions, NewType, Any, lists,
        sets and tuples, `dict[str, ...]` and Mapping, and classes as above. Of anything else
        `field(metadata={"convert": function})` makes a value from its text. A Mapping is a
        `deploycfg.FrozenMap`, a dict that nobody can change; what a field of Any holds are
        lists and dicts, but in a frozen dataclass tuples and such maps.

        A secret is for `deploycfg.Secret`, of its text, or `Secret[int]` and the like, which
        take other values, too; a field of Any gets one as well. Pydantic's SecretStr does. Any
        other annotation gets the plain value, where the field is none that `repr()` of the
        object shows, as with `field(repr=False)`; else that is an error. What is merely named
        like a secret is given to any field, and the object's `repr()` shows it unless the
        field says otherwise: write `repr=False` or Secret there, too.

        Scalars are read as the getters do it: '5' is an int, true is none. A field with a
        default may be missing or null, one without is needed, and null is a value for
        Optional alone. In a union a number, a bool, a list and a map are what their file
        says, and a string of YAML is a number or a bool only where no other member takes it;
        text with a unit, and that of INI files, variables and overrides, is the first member
        that it reads as.

        extra -- what becomes of a key that no field takes: "forbid" or "ignore"; None
            forbids it unless a schema was loaded, since that has judged all keys

        BindError tells all problems at once, each with the place of the value (also where the
        key is wrong: a snapshot remembers no place of keys), ValueErrors that a class raises
        included. TypeError tells of annotations that cannot be meant.
        """
        from deploycfg._bind import bind
        return bind(self._values.snapshot, cls, self._full(key), extra)

    # ------------------------------------------------------- where values come from

    def section(self, key: str) -> Section:
        """What is below a key whose value is a map; WrongType where that is none."""
        path = self._full(key)
        entry = self._entry(path)
        if lib.deploycfg_entry_type(entry) != MAP:
            raise wrong_type(self._values.snapshot, path, "map")
        return make(Section, self._values, lib.deploycfg_entry_path(entry).decode())

    def origin(self, key: str) -> Origin:
        """Where the value of a key comes from and what it overrode.

        Read from the snapshot, not from the files.
        """
        return origin(self._entry(self._full(key)))

    def flags(self, key: str) -> Flags:
        """What is known of a key: whether it is secret, deprecated, needs a restart, whether
        its value is the schema's default, and whether it is masked where it is shown.
        """
        return flags(self._entry(self._full(key)))

    def explain(self, key: str) -> str:
        """Where the value of a key was written, then all that it overrode and all that was
        unset, skipped, appended or prepended, strongest first; of a map or list this for
        everything below. Secrets, and what is named like one, are masked. It is what
        `deploycfg explain` prints, but for rare characters that only one of the two escapes.
        Keys that lost their value have a story too; MissingKey is for those that nobody
        mentions.
        """
        path = self._full(key)
        story = tell(self._values.snapshot, path)
        if not story and not entry_of(self._values.snapshot, path):
            raise missing(self._values.snapshot, path)
        return story

    def variable(self, key: str) -> Optional[str]:
        """Name of the variable that sets a key, such as SHOP__SERVER__PORT; None without a
        prefix, and where a variable cannot have that name. That no other key has it too is
        not looked at; `deploycfg env-names` tells.
        """
        entry = self._entry(self._full(key))
        prefix = lib.deploycfg_snapshot_prefix(self._values.snapshot)
        return printed(lib.deploycfg_entry_variable, entry, prefix) or None

    # ------------------------------------------------------------------- as a whole

    @property
    def path(self) -> str:
        """Full path of the section's own key; "" for a Config."""
        return self._above[:-1]

    def as_dict(self, *, reveal: bool = False) -> dict[str, Any]:
        """Everything as new nested dicts and lists, in path order. Secrets are Secrets,
        unless `reveal` is true.
        """
        shape = REVEALED if reveal else PLAIN
        return convert(self._values.snapshot, self._entry(self.path), shape)  # type: ignore

    def dumps(self, *, reveal: bool = False) -> str:
        """Everything as YAML that keeps types and source texts: what `loads()` makes of it
        has the same values. Secrets, and what is named like one, are `!secret '******'`, which
        does not load, unless `reveal` is true.
        """
        return dump(self._values.snapshot, self._entry(self.path), reveal)

    def __repr__(self) -> str:
        snapshot, above = self._values.snapshot, len(self._above.encode())
        shown = {key: value if value != {} else {} for key, value in
                 leaves(snapshot, self._entry(self.path), above, literal).items()}
        return f"Section({self.path!r}, {shown!r})"

    def __copy__(self: S) -> S:
        return self

    def __deepcopy__(self: S, memo: Any) -> S:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return restore, (image_of(self._values.snapshot), self.path)

    # ---------------------------------------------------------------------- inside

    def _full(self, key: object) -> str:
        if not isinstance(key, str):
            raise TypeError(f"a key is a str, not {type(key).__name__}")
        return self._above + key if key else self.path

    def _entry(self, path: str) -> Any:
        entry = entry_of(self._values.snapshot, path)
        if not entry:
            raise missing(self._values.snapshot, path)
        return entry

    def _all(self) -> dict[str, Value]:
        if self._leaves is None:
            top = self._entry(self.path)
            self._leaves = leaves(self._values.snapshot, top, len(self._above.encode()))
            if not self._above:  # `dict(cfg)` asks for the keys, and then for each value
                self._values.update(self._leaves)
        return self._leaves

    def _keys(self) -> Mapping[str, Any]:
        """The same for those who ask for no value: that one is none of Python's is not theirs
        to know."""
        if self._names is None:
            try:
                self._names = self._all()
            except OutOfRange:
                self._names = leaves(self._values.snapshot, self._entry(self.path),
                                     len(self._above.encode()), lambda *_: None)
        return self._names

    def _look(self, path: str, optional: bool) -> Value:
        """The value, None where there is none and that is no error."""
        try:
            return self._values[path]
        except Absent:
            pass
        if not optional:
            raise missing(self._values.snapshot, path)
        check(self._values.snapshot, path)
        return None

    def _typed(self, key: str, default: Any, kind: Optional[type], getter: Any,
               expected: str) -> Any:
        path = self._full(key)
        try:
            value = self._look(path, optional=default is not REQUIRED)
        except OutOfRange:  # a duration that only this way of reading it cannot hold
            value = _ABSENT
        if type(value) is kind:
            return value
        if value is None and default is not REQUIRED:
            return default
        del value  # which those may show who show variables of a traceback
        if getter is None:
            raise wrong_type(self._values.snapshot, path, expected)
        return read(self._values.snapshot, path, getter, expected)


class _Values(ValuesView[Value]):
    """Fast, and shown as the section is: without what is masked."""

    _mapping: Section

    def __iter__(self) -> Iterator[Value]:
        return iter(self._mapping._all().values())

    def __reversed__(self) -> Iterator[Value]:
        return reversed(self._mapping._all().values())


class _Items(ItemsView[str, Value]):
    _mapping: Section

    def __iter__(self) -> Iterator[tuple[str, Value]]:
        return iter(self._mapping._all().items())

    def __reversed__(self) -> Iterator[tuple[str, Value]]:
        return reversed(self._mapping._all().items())


def make(kind: type[S], values: Values, path: str) -> S:
    """The section of a path that is a map, as a Section or Config."""
    section = object.__new__(kind)
    section._values = values
    section._above = path + "." if path else ""
    section._leaves = section._names = None
    return section


def restore(image: bytes, path: str) -> Section:
    """What pickle calls."""
    return make(Section, values_of(image), path)


def image_of(snapshot: _native.Snapshot) -> bytes:
    length = c_size_t()
    image = lib.deploycfg_snapshot_image(snapshot, length)
    return string_at(image, length.value)


def values_of(image: bytes) -> Values:
    """LoadError where a byte of the image is not as it must be."""
    with Collector() as errors:
        snapshot = lib.deploycfg_snapshot_from_image(image, len(image), errors.out)
        if not snapshot:
            raise errors.load_error()
    return own(snapshot)
