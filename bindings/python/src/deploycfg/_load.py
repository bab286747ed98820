# SPDX-License-Identifier: ISC
"""load(): Python arguments in, one Config out.

Hands everything to a loader of the library; reads no file and decides nothing itself.
"""
from __future__ import annotations

import os
import warnings
from collections.abc import Mapping
from ctypes import c_char_p
from types import ModuleType
from typing import Any, Iterable, Optional, Union

from deploycfg import _native
from deploycfg._config import Config, adopt
from deploycfg._errors import Collector, ConfigWarning
from deploycfg._flow import flow
from deploycfg._native import lib

Path = Union[str, bytes, "os.PathLike[Any]"]
Paths = Union[Path, Iterable[Path], None]
Constants = Union[str, ModuleType, Mapping[str, Any], None]

FLAGS = ("TESTING", "DEVELOPMENT", "PRODUCTION")


def load(directory: Paths = None, *, env: Optional[str] = None,
         prefix: Optional[str] = None, constants: Constants = None,
         environ: Optional[Mapping[str, str]] = None,
         variables: str = "default", files: Paths = (),
         overrides: Optional[Mapping[str, Any]] = None,
         map_env: Optional[Mapping[str, str]] = None) -> Config:
    """Read a configuration and return it as a Config, or raise LoadError.

    directory -- path of a directory of layer files, or several, weakest first; each must
        exist; there is no default
    env -- the environment: a name such as "production", or "none" for a program without
        environments; None lets the constants, then <prefix>_ENV or DEPLOYCFG_ENV decide
    prefix -- of variables, such as "SHOP"; None reads only DEPLOYCFG_ENV and `map_env`
    constants -- the program's own choice: `globals()` or a module, of which TESTING,
        DEVELOPMENT, PRODUCTION (True or False, anything else is a TypeError) and
        DEPLOYCFG_ENVIRONMENT (a name) count, or text such as "TESTING=1"
    environ -- variables by name; None takes a copy of os.environ
    variables -- whether variables may carry values: "default" (yes, but not into
        testing), "always" or "never" (nor may they select the environment)
    files -- path of a file stronger than all directories, or several, weakest first
    overrides -- values by key, stronger than all else: a str is text and takes the type
        of what it overrides, as `--set KEY=TEXT`; None, bool, int, float, lists, tuples
        and mappings set value and type, as `--set KEY:=VALUE`
    map_env -- key paths by variable name, such as {"DATABASE_URL": "database.url"}

    Nothing is read later, os.environ is never changed, and no environment is ever the
    default: without one, loading fails. Warnings are issued as ConfigWarning.
    LoadError carries every problem found, with its place. TypeError and ValueError tell
    of arguments that cannot be meant.
    """
    loader = lib.deploycfg_loader_new()
    if not loader:
        raise MemoryError("libdeploycfg is out of memory")
    try:
        for path in _paths(directory):
            lib.deploycfg_loader_add_dir(loader, path)
        for path in _paths(files):
            lib.deploycfg_loader_add_file(loader, path)
        lib.deploycfg_loader_set_environment(loader, _optional(env, "env"))
        lib.deploycfg_loader_set_prefix(loader, _optional(prefix, "prefix"))
        lib.deploycfg_loader_set_constants(loader, _constants(constants))
        lib.deploycfg_loader_set_variables(loader, _mode(variables))
        lib.deploycfg_loader_set_environ(loader, _environ(environ))
        for name, key in (map_env or {}).items():
            lib.deploycfg_loader_map_variable(loader, _bytes(name, "a variable's name"),
                                              _bytes(key, "a key"))
        for key, value in (overrides or {}).items():
            _override(loader, _bytes(key, "a key"), value)
        return _run(loader)
    finally:
        lib.deploycfg_loader_free(loader)


def _run(loader: _native.Loader) -> Config:
    with Collector() as errors:
        snapshot = lib.deploycfg_loader_load(loader, errors.out)
        if not snapshot:
            raise errors.load_error()
        config = adopt(snapshot)
        reports = errors.reports()
    for report in reports:
        warnings.warn(report.rstrip("\n"), ConfigWarning, stacklevel=3)
    return config


def _override(loader: _native.Loader, key: bytes, value: Any) -> None:
    if isinstance(value, str):
        lib.deploycfg_loader_override(loader, key, _bytes(value, "an override"), None)
    else:
        text = _bytes(flow(value), "an override")
        lib.deploycfg_loader_override_value(loader, key, text, None)


def _paths(paths: Paths) -> list[bytes]:
    if paths is None:
        return []
    if isinstance(paths, (str, bytes, os.PathLike)):
        paths = [paths]
    return [_no_nul(os.fsencode(path), "a path") for path in paths]


def _mode(variables: str) -> int:
    if variables not in _native.VARIABLES:
        raise ValueError(f"variables is one of {', '.join(_native.VARIABLES)},"
                         f" not {variables!r}")
    return _native.VARIABLES[variables]


def _environ(environ: Optional[Mapping[str, str]]) -> Any:
    """A NULL-terminated array of NAME=value, in the bytes that the system uses."""
    variables = dict(os.environ if environ is None else environ)
    if environ is not None and any(not name or "=" in name for name in variables):
        raise ValueError("a variable's name is not empty and holds no '='")
    words = [_no_nul(os.fsencode(name) + b"=" + os.fsencode(value), "a variable")
             for name, value in variables.items()]
    return (c_char_p * (len(words) + 1))(*words, None)


def _constants(constants: Constants) -> Optional[bytes]:
    if constants is None or isinstance(constants, str):
        return _optional(constants, "constants")
    names = vars(constants) if isinstance(constants, ModuleType) else constants
    if not isinstance(names, Mapping):
        raise TypeError("constants is a str, a module or a mapping such as globals(),"
                        f" not {type(constants).__name__}")
    words = [f"{flag}={_flag(flag, names[flag]):d}" for flag in FLAGS if flag in names]
    if "DEPLOYCFG_ENVIRONMENT" in names:
        words.append("DEPLOYCFG_ENVIRONMENT=" + _name(names["DEPLOYCFG_ENVIRONMENT"]))
    return _bytes(" ".join(words), "constants")


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


def _optional(value: Optional[str], what: str) -> Optional[bytes]:
    return None if value is None else _bytes(value, what)


def _bytes(value: str, what: str) -> bytes:
    if not isinstance(value, str):
        raise TypeError(f"{what} is a str, not {type(value).__name__}")
    return _no_nul(value.encode("utf-8", "surrogateescape"), what)


def _no_nul(value: bytes, what: str) -> bytes:
    if b"\0" in value:
        raise ValueError(f"{what} holds no NUL character")
    return value
