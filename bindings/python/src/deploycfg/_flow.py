# SPDX-License-Identifier: ISC
"""Python values as YAML flow text, and texts in quotes. Knows nothing of the library."""
from __future__ import annotations

import math
import os
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from deploycfg._secret import Secret

# YAML looks for the ":" behind a key in 1024 characters; a longer key begins with "? ".
KEY_MAX = 1000

_UNITS = (("d", 86_400_000_000), ("h", 3_600_000_000), ("m", 60_000_000), ("s", 1_000_000),
          ("ms", 1000), ("us", 1))

_SHORT = {'"': '"', "\\": "\\", "\n": "n", "\t": "t", "\r": "r"}


def flow(value: Any) -> str:
    """The YAML that reads back as the value; TypeError for what YAML has no word for."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return int.__repr__(value)
    if isinstance(value, float):
        return _float(value)
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(flow, value)) + "]"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(key)}{flow(value[key])}" for key in value) + "}"
    if isinstance(value, timedelta):
        return quoted(duration(value))
    if isinstance(value, os.PathLike):
        return quoted(os.fsdecode(value))
    if isinstance(value, Secret):
        return flow(value.reveal())
    raise TypeError("a value is None, bool, int, float, str, timedelta, a path, list, tuple,"
                    f" mapping or Secret, not {type(value).__name__}")


def duration(value: timedelta) -> str:
    """The text that reads as a duration, such as 1h30m."""
    if value < timedelta(0):
        raise ValueError(f"a duration is not negative, as {value!r} is")
    text, rest = "", value // timedelta(microseconds=1)
    for unit, size in _UNITS:
        count, rest = divmod(rest, size)
        text += f"{count}{unit}" if count else ""
    return text or "0s"


def _float(value: float) -> str:
    if math.isnan(value):
        return ".nan"
    if math.isinf(value):
        return ".inf" if value > 0 else "-.inf"
    return float.__repr__(value)


def _key(key: Any) -> str:
    if not isinstance(key, str):
        raise TypeError(f"a key is a str, not {type(key).__name__}")
    text = quoted(key)
    return f"{text}: " if len(text) <= KEY_MAX else f"? {text} : "


def quoted(text: str) -> str:
    """The text between double quotes."""
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(character: str) -> str:
    if character in _SHORT:
        return "\\" + _SHORT[character]
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\x{code:02X}" if code < 0x100 else \
        f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"
