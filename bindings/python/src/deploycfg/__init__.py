# SPDX-License-Identifier: ISC
"""Layered configuration in, one immutable and explainable answer out.

    import deploycfg

    cfg = deploycfg.load("config", prefix="SHOP", constants=globals())
    cfg["server.port"]              # 8443
    cfg.get("server.name", "shop")  # 'shop', where the key is missing or null
    cfg.origin("server.port")       # Origin(file='config/production.yaml', line=4, ...)

`load` reads base and environment files in INI and YAML, variables <prefix>__* and
overrides; what it returns never changes. The work is done by libdeploycfg, the file that
`LIBRARY` names.
"""
from deploycfg._config import Config, Origin, Value
from deploycfg._errors import ConfigWarning, Error, LoadError, MissingKey, Problem
from deploycfg._load import load
from deploycfg._native import LIBRARY, lib as _lib

__all__ = ["Config", "ConfigWarning", "Error", "LIBRARY", "LoadError", "MissingKey",
           "Origin", "Problem", "Value", "load"]

#: version of the library that was found
__version__ = _lib.deploycfg_version().decode()
