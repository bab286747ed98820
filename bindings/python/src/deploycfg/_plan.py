# SPDX-License-Identifier: ISC
"""From annotations to readers: what the fields of a class want of a configuration.

Knows typing and dataclasses; no configuration. A class is looked at once.
"""
from __future__ import annotations

import collections.abc as abc
import dataclasses
import enum
import types
import typing
import weakref
from datetime import timedelta
from typing import Annotated, Any, Callable, Iterable, Iterator, Mapping, Optional

from deploycfg._concealed import Concealed
from deploycfg._job import Reader
from deploycfg._models import Model, validator
from deploycfg._readers import (ANYTHING, BOOL_, DECIMAL, FLOAT_, INT_, NANOSECONDS, PATH_,
                                SIZE_, STRING_, TIMEDELTA, Choice, Combination, Converted,
                                FromText, Items, Members, Tuple, Union)
from deploycfg._record import Field, Plan, Record
from deploycfg._secret import Secret
from deploycfg._units import Unit
from deploycfg._values import FrozenMap


_plans: weakref.WeakKeyDictionary[type, Plan] = weakref.WeakKeyDictionary()


def plan_of(cls: type) -> Plan:
    """The plan of a class that is made of named fields, and with it those of the classes in
    it: a mistake in any of them is told before anything is read."""
    if cls not in _plans:
        made: dict[type, Plan] = {}
        waiting = [cls]
        while waiting:
            each = waiting.pop()
            if each not in made and each not in _plans:
                made[each] = Plan(tuple(_fields(each, waiting)), each.__name__,
                                  _is_frozen(each))
        _plans.update(made)
    return _plans[cls]


def reader_of(annotation: Any) -> Reader:
    """A reader for anything that a field may be annotated with; TypeError for all else."""
    waiting: list[type] = []
    reader = _reader(annotation, "bind()", waiting)
    for cls in waiting:
        plan_of(cls)
    return reader


def _fields(cls: type, waiting: list[type]) -> Iterator[Field]:
    hints = _hints(cls)
    taken: dict[str, str] = {}
    for name, required, metadata, way in _named(cls, hints):
        where = f"{cls.__name__}.{name}"
        key = metadata.get("key", name)
        if not isinstance(key, str) or not key:
            raise TypeError(f"{where}: the key in its metadata is a str, not {key!r}")
        if key in taken:
            raise TypeError(f"{where} and {taken[key]} take one key, {key!r}")
        taken[key] = where
        advice = f"annotate {where} as deploycfg.Secret{way}" if way is not None else ""
        yield Field(name, key, _field_reader(hints[name], metadata, where, waiting), required,
                    advice)


def _field_reader(annotation: Any, metadata: Mapping[Any, Any], where: str,
                  waiting: list[type]) -> Reader:
    convert = metadata.get("convert")
    if convert is None:
        return _reader(annotation, where, waiting)
    if not callable(convert):
        raise TypeError(f"{where}: convert in its metadata is a function, not {convert!r}")
    return Union([Converted(convert)], type(None) in typing.get_args(annotation))


# ------------------------------------------------------------------- fields of classes


def _is_record(cls: Any) -> bool:
    return isinstance(cls, type) and (dataclasses.is_dataclass(cls) or _is_typed_dict(cls)
                                      or _is_named_tuple(cls))


def _is_frozen(cls: type) -> bool:
    return bool(getattr(getattr(cls, "__dataclass_params__", None), "frozen", False))


def _is_typed_dict(cls: type) -> bool:
    return issubclass(cls, dict) and hasattr(cls, "__required_keys__")


def _is_named_tuple(cls: type) -> bool:
    return issubclass(cls, tuple) and hasattr(cls, "_field_defaults")


def _hints(cls: type) -> dict[str, Any]:
    try:
        return typing.get_type_hints(cls, include_extras=True)
    except (NameError, TypeError, SyntaxError, AttributeError) as error:
        raise TypeError(f"an annotation of {cls.__name__} cannot be resolved: {error}; names in"
                        " annotations have to be names of the module") from error


def _named(cls: Any, hints: Mapping[str, Any]
           ) -> Iterator[tuple[str, bool, Mapping[Any, Any], Optional[str]]]:
    """Of all that a class is made of: name, whether it is required, metadata, and, where
    repr() shows it, how to prevent that."""
    if _is_typed_dict(cls):
        for name, hint in hints.items():
            yield name, _required(hint, name in cls.__required_keys__), {}, ""
    elif _is_named_tuple(cls):
        for name in cls._fields:
            yield name, name not in cls._field_defaults, {}, ""
    else:
        shows = any(base.__dict__["__dataclass_params__"].repr for base in cls.__mro__
                    if "__dataclass_params__" in base.__dict__)
        for field in cls.__dataclass_fields__.values():
            if field.init and field._field_type is not _CLASSVAR:
                yield field.name, (field.default is dataclasses.MISSING and
                                   field.default_factory is dataclasses.MISSING), \
                    field.metadata, _REPR if shows and _is_shown(field) else None


_CLASSVAR = getattr(dataclasses, "_FIELD_CLASSVAR")
_INITVAR = getattr(dataclasses, "_FIELD_INITVAR")
_REPR = ", or write field(repr=False)"


def _is_shown(field: Any) -> bool:
    return bool(field.repr) and field._field_type is not _INITVAR


def _required(hint: Any, otherwise: bool) -> bool:
    """Of a TypedDict's member; what the class says is wrong for annotations in strings."""
    return {"Required": True, "NotRequired": False}.get(_form(hint), otherwise)


# ------------------------------------------------------------------------- annotations

_SIMPLE: dict[Any, Reader] = {
    bool: BOOL_, int: INT_, float: FLOAT_, str: STRING_, timedelta: TIMEDELTA, Any: ANYTHING,
    object: ANYTHING}

#: classes that are secrets of their own, as pydantic's are, and what they are made of
_SECRETS: dict[tuple[str, str], Callable[[str], Any]] = {
    ("pydantic", "SecretStr"): str, ("pydantic", "SecretBytes"): str.encode}

#: by module and name, so that the module need not be imported
_NAMED: dict[tuple[str, str], Reader] = {
    ("decimal", "Decimal"): DECIMAL, ("pathlib", "Path"): PATH_, ("pathlib", "PurePath"): PATH_,
    ("pathlib", "PosixPath"): PATH_, ("pathlib", "PurePosixPath"): PATH_,
    ("os", "PathLike"): PATH_}

_UNITS = {"size": SIZE_, "duration": NANOSECONDS}

_LISTS: dict[Any, Callable[[list[Any]], Any]] = {
    list: list, abc.MutableSequence: list, tuple: tuple, abc.Sequence: tuple,
    abc.Collection: tuple, abc.Iterable: tuple, frozenset: frozenset, abc.Set: frozenset,
    set: set, abc.MutableSet: set}
_SETS: tuple[Any, ...] = (set, frozenset)
_UNHASHABLE: tuple[Any, ...] = (list, set)
_MAPS: dict[Any, Callable[[dict[str, Any]], Any]] = {
    dict: dict, abc.MutableMapping: dict, abc.Mapping: FrozenMap}
_UNIONS = (typing.Union, getattr(types, "UnionType", typing.Union))

#: what says something of a value that does not matter here
_WRAPPERS = ("Required", "NotRequired", "ReadOnly", "Final")


def _form(annotation: Any) -> str:
    """The name of a special form with arguments, such as Required."""
    return str(getattr(typing.get_origin(annotation), "_name", ""))


def _reader(annotation: Any, where: str, waiting: list[type]) -> Reader:
    annotation = _bare(annotation)
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is Annotated:
        for unit in arguments[1:]:
            if isinstance(unit, Unit):
                return _UNITS[unit.name]
        return _reader(arguments[0], where, waiting)
    if origin in _UNIONS:
        return _union(arguments, where, waiting)
    if origin is typing.Literal:
        return _literal(arguments, where)
    if Secret in (origin, annotation):
        return Concealed(_reader(arguments[0], where, waiting) if arguments else STRING_)
    if origin is not None or annotation in _LISTS or annotation in _MAPS:
        return _container(annotation, origin or annotation, arguments, where, waiting)
    return _plain(annotation, where, waiting)


def _bare(annotation: Any) -> Any:
    """Without what gives it a name or says how it is used."""
    while True:
        if annotation is None:
            return type(None)
        if isinstance(annotation, dataclasses.InitVar):
            annotation = annotation.type
        elif hasattr(annotation, "__supertype__"):  # of NewType
            annotation = annotation.__supertype__
        elif type(annotation).__name__ == "TypeAliasType":
            annotation = annotation.__value__
        elif _form(annotation) in _WRAPPERS:
            annotation = typing.get_args(annotation)[0]
        else:
            return annotation


def _plain(annotation: Any, where: str, waiting: list[type]) -> Reader:
    if not isinstance(annotation, type):
        return ANYTHING if annotation is Any else _refused(annotation, where)
    if annotation in _SIMPLE:
        return _SIMPLE[annotation]
    if issubclass(annotation, enum.Enum):
        return _enum(annotation)
    if annotation is type(None):
        return Union([], True)
    if validator(annotation):
        return Model(annotation)
    if _is_record(annotation):
        waiting.append(annotation)
        return Record(annotation, plan_of)
    named = (annotation.__module__.partition(".")[0], annotation.__qualname__)
    if named in _SECRETS:
        given = _SECRETS[named]
        return FromText("a string", lambda text: annotation(given(text)), conceals=True)
    return _NAMED.get(named) or _refused(annotation, where)


def _refused(annotation: Any, where: str) -> Reader:
    name = annotation.__name__ if isinstance(annotation, type) else repr(annotation)
    raise TypeError(f"{where}: no value is read as {name}; another annotation does, or"
                    " field(metadata={'convert': function}) with a function that makes one of"
                    " text")


def _union(arguments: Iterable[Any], where: str, waiting: list[type]) -> Reader:
    members = [each for each in arguments if each is not type(None)]
    return Union([_reader(each, where, waiting) for each in members],
                 type(None) in arguments)


def _container(annotation: Any, origin: Any, arguments: tuple[Any, ...], where: str,
               waiting: list[type]) -> Reader:
    if (origin is tuple and annotation not in (tuple, typing.Tuple)
            and arguments[-1:] != (Ellipsis,)):
        arguments = () if arguments == ((),) else arguments
        return Tuple([_reader(each, where, waiting) for each in arguments])
    if origin in _LISTS:
        item = arguments[0] if arguments else Any
        if _LISTS[origin] in _SETS and not _is_hashable(item):
            raise TypeError(f"{where}: no set can hold {item!r}; a list or tuple can")
        return Items(_reader(item, where, waiting), _LISTS[origin])
    if origin in _MAPS:
        name, member = arguments or (str, Any)
        if _bare(name) not in (str, Any):
            raise TypeError(f"{where}: names in a map are str, not {name!r}")
        return Members(_reader(member, where, waiting), _MAPS[origin])
    named = _NAMED.get((origin.__module__, origin.__qualname__)) if isinstance(origin, type) \
        else None
    return named or _refused(annotation, where)


def _is_hashable(annotation: Any) -> bool:
    """Whether what is read can be in a set; true where only the value can tell."""
    annotation = _bare(annotation)
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is Annotated:
        return _is_hashable(arguments[0])
    kind = origin or annotation
    if kind in _MAPS or _LISTS.get(kind) in _UNHASHABLE:
        return False
    if kind in _LISTS or kind in _UNIONS:
        return all(each in ((), Ellipsis) or _is_hashable(each) for each in arguments)
    return not isinstance(kind, type) or kind.__hash__ is not None


def _literal(values: Iterable[Any], where: str) -> Reader:
    choices: list[tuple[Any, Any]] = []
    names: dict[str, Any] = {}
    for value in values:
        if isinstance(value, enum.Enum):
            names[value.name] = value
            choices += [(value._value_, value)] if _is_writable(value._value_) else []
        elif _is_writable(value):
            choices.append((value, value))
        else:
            _refused(value, where)
    return Choice(choices, names)


def _enum(cls: type[enum.Enum]) -> Reader:
    choice = Choice([(member._value_, member) for member in cls
                     if _is_writable(member._value_)], dict(cls.__members__))
    if issubclass(cls, enum.Flag):
        return Combination(choice, cls(0))
    return choice


def _is_writable(value: Any) -> bool:
    return value is None or type(value) in (bool, int, float, str)
