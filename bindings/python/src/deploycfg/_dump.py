# SPDX-License-Identifier: ISC
"""YAML that loads back to an equal configuration, as `deploycfg dump` prints it: source
texts as they are, and strings that cannot be taken for anything else.

Knows entries; nothing of where values come from. A mask is a tag that does not load.
"""
from __future__ import annotations

import re
from typing import List

from deploycfg import _native
from deploycfg._flow import KEY_MAX, quoted
from deploycfg._library import lib
from deploycfg._native import ENUM, FLAGS, FLOAT, LIST, MAP, NULL, PATH, STRING
from deploycfg._origin import is_masked
from deploycfg._read import reveal
from deploycfg._secret import MASK
from deploycfg._values import children

# Plain texts that are strings for certain, for readers of YAML 1.1 too: all of it is
# harmless, and it is no word of YAML, and no number, date or time: with a digit first it
# has a character that these never have, or as many dots as an address or a version.
_HARMLESS = re.compile(r"[A-Za-z0-9_/\x80-\U0010ffff]"
                       r"(?:[A-Za-z0-9_/.+@%=~,;()$*!?\x80-\U0010ffff-]|[ :](?=[^ ]))*")
_WORD = re.compile("null|true|false|yes|no|on|off|y|n", re.ASCII | re.IGNORECASE)
_NEVER_IN_NUMBERS = re.compile("[/g-np-su-wy]", re.ASCII | re.IGNORECASE)


def dump(snapshot: _native.Snapshot, top: _native.Entry, reveals: bool) -> str:
    """A document of what is in a map. reveals: secrets, too."""
    lines = _Lines(snapshot, reveals)
    lines.block(top, "", "")
    return "\n".join(lines or ["{}"]) + "\n"


class _Lines(List[str]):
    def __init__(self, snapshot: _native.Snapshot, reveals: bool) -> None:
        super().__init__()
        self._snapshot = snapshot
        self._reveals = reveals

    def block(self, parent: _native.Entry, before: str, indent: str) -> None:
        """Appends what is in a map or list. before: what the first line begins with, and
        indent what the others do. Depth is bounded by the library's limit of nesting."""
        of_map = lib.deploycfg_entry_type(parent) == MAP
        for child in children(self._snapshot, parent):
            leaf = "" if lib.deploycfg_entry_count(child) else " " + self._value(child)
            if of_map:
                key = _key(lib.deploycfg_entry_name(child).decode()) + self._operator(child)
                self.append(before + key.replace("\n", "\n" + indent) + leaf)
            elif leaf:
                self.append(before + "-" + leaf)
            if not leaf:
                inside = indent + "  "
                self.block(child, inside if of_map else before + "- ", inside)
            before = indent

    def _value(self, entry: _native.Entry) -> str:
        if self._reveals:
            return _leaf(reveal(self._snapshot, entry))
        return f"!secret '{MASK}'" if is_masked(entry) else _leaf(entry)

    def _operator(self, entry: _native.Entry) -> str:
        """What stands before the value of a key, so that it comes alone. A mask has a tag
        already."""
        replaces = lib.deploycfg_entry_flags(entry) & FLAGS["REPLACES"]
        return " !replace" if replaces and (self._reveals or not is_masked(entry)) else ""


def _key(name: str) -> str:
    """A key with its colon. A plain one with an @ could be a block for an environment."""
    text = name if _is_plain(name) and "@" not in name else quoted(name)
    return f"{text}:" if len(text) <= KEY_MAX else f"? {text}\n:"


def _leaf(entry: _native.Entry) -> str:
    kind = lib.deploycfg_entry_type(entry)
    text: str = lib.deploycfg_entry_text(entry, None).decode()
    if kind in (STRING, ENUM, PATH):  # alone a ${ would be a reference
        return text if _is_plain(text) else quoted(text.replace("${", "$${"))
    if kind == FLOAT and _looks_whole(text):
        return f"!!float {text}"
    return {NULL: "null", LIST: "[]", MAP: "{}"}.get(kind, text)


def _looks_whole(text: str) -> bool:
    """Whether YAML would take a float's text for an int: 5, 0xff."""
    return re.search("[xo]", text) is not None or re.search("[.eE]", text) is None


def _is_plain(text: str) -> bool:
    return (text.isprintable() and _HARMLESS.fullmatch(text) is not None
            and not _WORD.fullmatch(text) and not _may_be_number(text))


def _may_be_number(text: str) -> bool:
    return (text[0] in "0123456789" and not _NEVER_IN_NUMBERS.search(text)
            and (text.count(".") < 2 or ":" in text))
