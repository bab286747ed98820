# SPDX-License-Identifier: ISC
"""The shared library: where it is found, and its functions, bound as the table says.

Knows files and the dynamic linker; what the functions are for it need not know.
"""
from __future__ import annotations

import importlib
import os
import sys
from ctypes import create_string_buffer
from types import SimpleNamespace
from typing import Any, Callable

from deploycfg._native import LONG, PROTOTYPES, SHORT

SONAME = "libdeploycfg.so.0"


def candidates(environ: Any = os.environ) -> list[str]:
    """The files to try, in order. DEPLOYCFG_LIBRARY, where it may speak, stands alone."""
    privileged = os.geteuid() != os.getuid() or os.getegid() != os.getgid()
    chosen = environ.get("DEPLOYCFG_LIBRARY")
    if chosen and not privileged and not sys.flags.isolated:
        return [os.path.abspath(chosen)]
    bundled = os.path.join(os.path.dirname(os.path.abspath(__file__)), "_lib", SONAME)
    found = [bundled] if os.path.exists(bundled) else []
    try:
        built = importlib.import_module("deploycfg._build_info")
    except ImportError:
        return found + [SONAME]
    return found + [os.path.join(built.LIBDIR, built.SONAME), built.SONAME]


def bind(path: str) -> SimpleNamespace:
    """Every function of the table; OSError or AttributeError says why not."""
    libraries = {mode: mode(path) for mode in (SHORT, LONG)}
    functions = SimpleNamespace()
    for name, restype, argtypes, mode in PROTOTYPES:
        function = getattr(libraries[mode], name)
        function.restype = restype
        function.argtypes = argtypes
        setattr(functions, name, function)
    return functions


def find() -> tuple[str, SimpleNamespace]:
    """The first candidate that has every function, and its functions."""
    reasons = []
    for path in candidates():
        try:
            return path, bind(path)
        except (OSError, AttributeError) as reason:
            reasons.append(f"\n  {path}: {reason}")
    raise ImportError("no usable libdeploycfg; tried" + "".join(reasons)
                      + "\nset DEPLOYCFG_LIBRARY to the file to use", name=__package__)


LIBRARY, lib = find()


def printed(function: Callable[..., int], *arguments: Any) -> str:
    """The text that a function writes behind these arguments, as snprintf() would."""
    size = function(*arguments, None, 0) + 1
    buffer = create_string_buffer(size)
    function(*arguments, buffer, size)
    return buffer.value.decode()


def without_result(name: str) -> Any:
    """A function once more, for callers who want what it fills in and not its result: to
    make a handle of that costs time."""
    function = getattr(SHORT(LIBRARY), name)
    function.restype = None
    function.argtypes = getattr(lib, name).argtypes
    return function
