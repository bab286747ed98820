# SPDX-License-Identifier: ISC
"""Layered configuration in, one immutable and explainable answer out.

    import deploycfg

    cfg = deploycfg.load("config", prefix="SHOP", constants=globals())
    cfg["server.port"]               # 8443, an int where the files have one
    cfg.get_int("server.port")       # 8443, be it an int or the text of one; typed
    cfg.get("server.name", "shop")   # 'shop', where the key is missing or null
    cfg.section("server")["port"]    # 8443
    cfg.bind(Server, "server")       # a Server, a dataclass of yours, all of it typed
    cfg["database.password"].reveal()  # of a secret, which nothing else tells
    print(cfg.explain("server.port"))  # where it was written, and what it overrode

`load` reads base and environment files in INI and YAML, variables <prefix>__* and
overrides; what it returns never changes. The work is done by libdeploycfg, the file that
`LIBRARY` names.
"""
from deploycfg._arguments import Text
from deploycfg._config import Config
from deploycfg._errors import (BadKey, BadValue, BindError, ConfigWarning, Error,
                               LoadError, MissingKey, OutOfRange, Problem, ReadError,
                               SecretError, WrongType)
from deploycfg._key import key
from deploycfg._library import LIBRARY, lib as _lib
from deploycfg._load import environments, load, loads, schema
from deploycfg._origin import Flags, Origin, Source
from deploycfg._secret import Secret
from deploycfg._section import Section
from deploycfg._units import Nanoseconds, Size
from deploycfg._values import FrozenMap, Value

__all__ = ["BadKey", "BadValue", "BindError", "Config", "ConfigWarning", "Error", "Flags",
           "FrozenMap", "LIBRARY", "LoadError", "MissingKey", "Nanoseconds", "Origin",
           "OutOfRange", "Problem", "ReadError", "Secret", "SecretError", "Section", "Size",
           "Source", "Text", "Value", "WrongType", "environments", "key", "load", "loads",
           "schema"]

#: version of the library that was found
__version__ = _lib.deploycfg_version().decode()
