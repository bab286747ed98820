# SPDX-License-Identifier: ISC
"""Python's arguments as calls that fill a loader of the library.

Refuses what cannot be meant, by TypeError and ValueError; decides nothing else.
"""
from __future__ import annotations

import os
from collections.abc import Mapping
from ctypes import c_char_p
from types import ModuleType
from typing import Any, Iterable, Iterator, NamedTuple, Optional, Tuple, Union

from deploycfg._flow import flow
from deploycfg._native import (CHECKS, LAYER_BASE, LIMITS, PROPERTIES, SYNTAXES, TRUST,
                               UNKNOWN, VARIABLES)
from deploycfg._secret import Secret

#: a function of the library, without "deploycfg_loader_", and what follows the loader; what
#: may hold secrets is a Secret, since tracebacks are shown with variables
Call = Tuple[str, Tuple[Any, ...]]
#: never changed, so that the same calls can be made again
Calls = Tuple[Call, ...]

Path = Union[str, bytes, "os.PathLike[Any]"]
Paths = Union[Path, Iterable[Path], None]
Names = Union[str, Iterable[str], None]
Constants = Union[str, ModuleType, Mapping[str, Any], None]
SchemaText = Union[str, bytes, Mapping[str, Union[str, bytes]], None]
Environments = Union[Mapping[str, Optional[Mapping[str, Any]]], Iterable[str], None]

FLAGS = ("TESTING", "DEVELOPMENT", "PRODUCTION")

# Options of an environment: those that are a property, with their numbers, and all.
_PROPERTIES: dict[str, dict[Any, int]] = {
    "hermetic": {True: PROPERTIES["HERMETIC"], False: PROPERTIES["NOT_HERMETIC"]},
    "local": {True: PROPERTIES["LOCAL"], False: PROPERTIES["NOT_LOCAL"]},
    "layer": {"optional": PROPERTIES["LAYER_OPTIONAL"],
              "required": PROPERTIES["LAYER_REQUIRED"]},
    "unknown": {"warn": PROPERTIES["LENIENT"], "error": PROPERTIES["NOT_LENIENT"]},
}
_OPTIONS = ("aliases", "inherits", *_PROPERTIES)


class Text(NamedTuple):
    """A text to be read as if it were a file: defaults that come with a program, or a
    document that was fetched.
    """

    text: Union[str, bytes]  #: str, or bytes in UTF-8
    name: str = "<string>"  #: how origins name it: a path, a URI, name@revision
    layer: int = LAYER_BASE  #: strength from 1 to 1000, such as 100 for defaults
    syntax: str = "yaml"  #: "yaml" or "ini"


def optional(function: str, value: Optional[str], what: str) -> Iterator[Call]:
    if value is not None:
        yield function, (text(value, what),)


def paths(function: str, given: Paths) -> Iterator[Call]:
    if given is None:
        return
    if isinstance(given, (str, bytes, os.PathLike)):
        given = [given]
    for path in given:
        yield function, (no_nul(os.fsencode(path), "a path"),)


def installed(project: Optional[str], root: Optional[Path]) -> Iterator[Call]:
    if project is None and root is not None:
        raise ValueError("root is where a project is looked for, and needs project")
    yield from optional("set_project", project, "project")
    yield from paths("set_root", None if root is None else [root])


def names(function: str, given: Names, what: str) -> Iterator[Call]:
    for name in several(given):
        yield function, (text(name, what),)


def texts(given: Union[Text, Iterable[Text]]) -> Iterator[Call]:
    for one in [given] if isinstance(given, Text) else given:
        given_text, name, layer, syntax = one
        body = encoded(given_text)
        yield "add_text", (number(layer, "a layer", 1, 1000), text(name, "a text's name"),
                           one_of(SYNTAXES, syntax, "syntax"), Secret(body), len(body))


def schemas(files: Paths, texts: SchemaText) -> Iterator[Call]:
    yield from paths("add_schema", files)
    if texts is None or isinstance(texts, (str, bytes)):
        texts = {} if texts is None else {"<schema>": texts}
    for name, given in texts.items():
        body = encoded(given)
        yield "add_schema_text", (text(name, "a schema's name"), Secret(body), len(body))


def checks(unknown: str, check: str) -> Iterator[Call]:
    yield "set_unknown", (one_of(UNKNOWN, unknown, "unknown"),)
    yield "set_check", (one_of(CHECKS, check, "check"),)


def trusted(whom: str, users: Iterable[int], groups: Iterable[int]) -> Iterator[Call]:
    yield "set_trust", (one_of(TRUST, whom, "trust"),)
    for user in users:
        yield "trust_user", (number(user, "a user", 0, 2**32 - 2),)
    for group in groups:
        yield "trust_group", (number(group, "a group", 0, 2**32 - 2),)


def encoded(given: Union[str, bytes]) -> bytes:
    if isinstance(given, str):
        return given.encode("utf-8", "surrogatepass")
    if not isinstance(given, bytes):
        raise TypeError(f"a text is a str or bytes, not {type(given).__name__}")
    return given


def environ(given: Optional[Mapping[str, str]]) -> Iterator[Call]:
    """A NULL-terminated array of NAME=value, in the bytes that the system uses."""
    variables = dict(os.environ if given is None else given)
    if given is not None and any(not name or "=" in name for name in variables):
        raise ValueError("a variable's name is not empty and holds no '='")
    words = [no_nul(os.fsencode(name) + b"=" + os.fsencode(value), "a variable")
             for name, value in variables.items()]
    yield "set_environ", ((c_char_p * (len(words) + 1))(*words, None),)


def variables(mode: str) -> Iterator[Call]:
    yield "set_variables", (one_of(VARIABLES, mode, "variables"),)


def mapped(given: Optional[Mapping[str, str]]) -> Iterator[Call]:
    for name, key in (given or {}).items():
        yield "map_variable", (text(name, "a variable's name"), text(key, "a key"))


def overrides(given: Optional[Mapping[str, Any]], source: Optional[str] = None
              ) -> Iterator[Call]:
    origin = None if source is None else text(source, "a source")
    for key, value in (given or {}).items():
        if isinstance(value, Secret):
            value = value.reveal()
        if isinstance(value, str):
            yield "override", (text(key, "a key"), Secret(text(value, "an override")), origin)
        else:
            yield "override_value", (text(key, "a key"),
                                     Secret(text(flow(value), "an override")), origin)


def limits(given: Optional[Mapping[str, int]]) -> Iterator[Call]:
    known = {name: index for index, name in enumerate(LIMITS)}
    for name, value in (given or {}).items():
        yield "set_limit", (one_of(known, name, "a limit"),
                            number(value, f"the limit {name}", 0, 2**64 - 1))


def environments(declared: Environments, env: Optional[str]) -> Iterator[Call]:
    """What is declared, and which one is asked for: of none at all that is "none"."""
    if isinstance(declared, (str, bytes)):
        raise TypeError("environments is a mapping, or several names")
    if declared is not None and not isinstance(declared, Mapping):
        declared = {name: None for name in declared}
    for name, options in (declared or {}).items():
        yield declaration(name, options or {})
    if declared is not None and not declared:
        if env not in (None, "none"):
            raise ValueError(f"environments is empty, so env cannot be {env!r}")
        env = "none"
    yield from optional("set_environment", env, "env")


def declaration(name: str, options: Mapping[str, Any]) -> Call:
    for option in options:
        if option not in _OPTIONS:
            raise TypeError(f"an option of the environment {name!r} is one of"
                            f" {', '.join(_OPTIONS)}, not {option!r}")
    inherits = options.get("inherits")
    return "declare_environment", (
        text(name, "an environment"), aliases(options.get("aliases")),
        None if inherits is None else text(inherits, "inherits"),
        sum(property_of(option, options.get(option)) for option in _PROPERTIES))


def property_of(option: str, value: Any) -> int:
    known = _PROPERTIES[option]
    if value is None:
        return 0
    if type(value) is not type(next(iter(known))):
        raise TypeError(f"{option} is {' or '.join(map(repr, known))}, not {value!r}")
    return one_of(known, value, option)


def aliases(given: Names) -> Optional[bytes]:
    """Parted by commas; None for those of the built-in environment of the name."""
    if given is None:
        return None
    words = [text(alias, "an alias") for alias in several(given)]
    if any(b"," in word for word in words):
        raise ValueError("an alias holds no comma")
    return b",".join(words)


def constants(given: Constants) -> Iterator[Call]:
    if given is None or isinstance(given, str):
        yield from optional("set_constants", given, "constants")
        return
    found = vars(given) if isinstance(given, ModuleType) else given
    if not isinstance(found, Mapping):
        raise TypeError("constants is a str, a module or a mapping such as globals(),"
                        f" not {type(given).__name__}")
    words = [f"{flag}={_flag(flag, found[flag]):d}" for flag in FLAGS if flag in found]
    if "DEPLOYCFG_ENVIRONMENT" in found:
        words.append("DEPLOYCFG_ENVIRONMENT=" + _name(found["DEPLOYCFG_ENVIRONMENT"]))
    yield "set_constants", (text(" ".join(words), "constants"),)


def _flag(name: str, value: Any) -> bool:
    if value is not True and value is not False:
        raise TypeError(f"{name} is exactly True or False, not {value!r}")
    return bool(value)


def _name(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"DEPLOYCFG_ENVIRONMENT is a str, not {type(value).__name__}")
    if not value or any(character.isspace() for character in value):
        raise ValueError(f"DEPLOYCFG_ENVIRONMENT names an environment, not {value!r}")
    return value


def several(given: Names) -> Iterable[str]:
    return () if given is None else (given,) if isinstance(given, str) else given


def one_of(numbers: Mapping[Any, int], word: Any, what: str) -> int:
    if word not in numbers:
        raise ValueError(f"{what} is one of {', '.join(numbers)}, not {word!r}")
    return numbers[word]


def number(value: Any, what: str, least: int, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"{what} is an int, not {type(value).__name__}")
    if not least <= value <= most:
        raise ValueError(f"{what} is from {least} to {most}, not {value}")
    return value


def text(value: Any, what: str) -> bytes:
    if not isinstance(value, str):
        raise TypeError(f"{what} is a str, not {type(value).__name__}")
    return no_nul(value.encode("utf-8", "surrogateescape"), what)


def no_nul(value: bytes, what: str) -> bytes:
    if b"\0" in value:
        raise ValueError(f"{what} holds no NUL character")
    return value
