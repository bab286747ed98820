# SPDX-License-Identifier: ISC
"""Key paths from their parts. Knows how paths are written, and no configuration."""
from __future__ import annotations

import re
from typing import Union

_UNQUOTED = re.compile(r"[A-Za-z0-9_\x80-\U0010ffff-]+")


def key(*parts: Union[str, int]) -> str:
    """The path of a key from names and, of list items, numbers from 0:
    `key("limits", "api.v1", 0)` is `limits."api.v1"[0]`. Names may hold anything.
    """
    path = ""
    for part in parts:
        if isinstance(part, bool) or not isinstance(part, (str, int)):
            raise TypeError("a part of a key is a str or an int,"
                            f" not {type(part).__name__}")
        if isinstance(part, int):
            if part < 0 or not path:
                raise ValueError("a list item has a number from 0 on, and a list before it")
            path += f"[{part}]"
        elif not part:
            raise ValueError("a part of a key is not empty")
        else:
            path += ("." if path else "") + _segment(part)
    return path


def _segment(name: str) -> str:
    if _UNQUOTED.fullmatch(name):
        return name
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
