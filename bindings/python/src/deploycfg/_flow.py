# SPDX-License-Identifier: ISC
"""Python values as YAML flow text, and texts in quotes. Knows nothing of the library."""
from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

# YAML looks for the ":" behind a key in 1024 characters; a longer key begins with "? ".
KEY_MAX = 1000

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
    raise TypeError("a value is None, bool, int, float, str, a list, tuple or mapping,"
                    f" not {type(value).__name__}")


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
