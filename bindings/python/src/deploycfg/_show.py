# SPDX-License-Identifier: ISC
"""Text as a terminal may get it. Knows nothing of what it says."""
from __future__ import annotations

_SHORT = {"\n": "\\n", "\t": "\\t", "\r": "\\r"}


def shown(text: str) -> str:
    """As it is, but nothing that would not show, or would do something to a terminal."""
    return "".join(each if each.isprintable() else _escaped(each) for each in text)


def _escaped(character: str) -> str:
    code = ord(character)
    return _SHORT.get(character) or (f"\\x{code:02X}" if code < 0x100 else f"\\u{{{code:X}}}")
