# SPDX-License-Identifier: ISC
"""Section: all that is below one key of a snapshot, read through the library.

Knows how a snapshot is read; nothing of how it came to be, which is load()'s.
"""
from __future__ import annotations

from collections.abc import ItemsView, KeysView, Mapping, ValuesView
from ctypes import c_size_t, string_at
from types import MappingProxyType
from typing import Any, Iterator, Optional, TypeVar, Union, overload

from deploycfg import _native
from deploycfg._dump import dump
from deploycfg._errors import Collector
from deploycfg._library import lib, printed
from deploycfg._native import MAP
from deploycfg._origin import Origin, origin
from deploycfg._read import check, entry_of, get_string, missing, read, wrong_type
from deploycfg._story import tell
from deploycfg._values import Absent, Value, Values, convert, leaves, own

D = TypeVar("D")
S = TypeVar("S", bound="Section")

#: stands for "no default": None is one
REQUIRED: Any = object()


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
    it overrides. The `get_...` methods read any scalar's text as one type instead.

    Methods that take a key raise MissingKey, which is a KeyError, where it has no value,
    and BadKey, which is a MissingKey and a ValueError, where it is no key path.
    """

    __slots__ = ("_values", "_above", "_leaves", "__weakref__")

    _values: Values  # of the whole snapshot, by full path
    _above: str  # what full paths have before a key: "", or a path and its dot
    _leaves: Optional[dict[str, Value]]

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
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def keys(self) -> KeysView[str]:
        return self._all().keys()

    def values(self) -> ValuesView[Value]:
        return self._all().values()

    def items(self) -> ItemsView[str, Value]:
        return self._all().items()

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
        """The source text of any scalar: 1.10 is '1.10'.

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
        text OutOfRange. The default is for a key that is missing or null.
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
    def get_list(self, key: str) -> tuple[Any, ...]: ...
    @overload
    def get_list(self, key: str, default: D) -> Union[tuple[Any, ...], D]: ...

    def get_list(self, key: str, default: Any = REQUIRED) -> Any:
        """A list, as a tuple of its values; nothing else reads as one. The default is for a
        key that is missing or null.
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

    def explain(self, key: str) -> str:
        """Where the value of a key was written, then all that it overrode and all that was
        unset, skipped or appended, strongest first; of a map or list this for everything
        below. It is what `deploycfg explain` prints, but for rare characters that only one
        of the two escapes. Keys that lost their value have a story too; MissingKey is for
        those that nobody mentions.
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

    def as_dict(self) -> dict[str, Any]:
        """Everything as new nested dicts and lists, in path order."""
        snapshot = self._values.snapshot
        return convert(snapshot, self._entry(self.path), list, dict)  # type: ignore

    def dumps(self) -> str:
        """Everything as YAML that keeps types and source texts: what `loads()` makes of it
        has the same values.
        """
        return dump(self._values.snapshot, self._entry(self.path))

    def __repr__(self) -> str:
        shown = {key: value if value != {} else {} for key, value in self.items()}
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

    def _typed(self, key: str, default: Any, kind: type, getter: Any, expected: str) -> Any:
        path = self._full(key)
        value = self._look(path, optional=default is not REQUIRED)
        if type(value) is kind:
            return value
        if value is None and default is not REQUIRED:
            return default
        if getter is None:
            raise wrong_type(self._values.snapshot, path, expected)
        return read(self._values.snapshot, path, getter, expected)


def make(kind: type[S], values: Values, path: str) -> S:
    """The section of a path that is a map, as a Section or Config."""
    section = object.__new__(kind)
    section._values = values
    section._above = path + "." if path else ""
    section._leaves = None
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
