# SPDX-License-Identifier: ISC
"""Stories of keys as `deploycfg explain` prints them: aligned lines of place, layer, value.

Knows entries and history; nothing of sections.
"""
from __future__ import annotations

import math
from typing import Any, Iterable, Iterator, NamedTuple

from deploycfg import _native
from deploycfg._library import lib
from deploycfg._native import DURATION, LIST, MAP, NONE, SIZE
from deploycfg._origin import Origin, flags, is_masked, origin, related
from deploycfg._read import entry_of
from deploycfg._secret import MASK
from deploycfg._show import shown
from deploycfg._values import PLAIN, convert, entries

#: by relation of an entry to the value
_WORDS = {"winner": "set", "shadowed": "overridden", "unset": "unset", "skipped": "skipped",
          "input": "used", "appended": "appended", "template": "expanded",
          "prepended": "prepended"}

_COLUMN_MAX = 60


class _Line(NamedTuple):
    """One entry of a story; only `word` where it is the story's heading."""

    word: str
    place: str = ""
    label: str = ""
    value: str = ""
    reason: str = ""


def tell(snapshot: _native.Snapshot, key: str) -> str:
    """The stories of a key and of all below it; "" where nobody mentions the key."""
    entry = entry_of(snapshot, key)
    known = entry or _history_of(snapshot, key)
    top = _path(known) if known else key
    lines = list(_values(snapshot, entry)) if entry else []
    told = bool(lines)
    for past in _history(snapshot):
        below = _is_at_or_below(_path(past), top)
        told |= below
        if below or _is_at_or_below(top, _path(past)):
            lines += _story(snapshot, past)
    return _aligned(lines) if told else ""


def _values(snapshot: _native.Snapshot, top: _native.Entry) -> Iterator[_Line]:
    """Of lists and maps only what happened to them as a whole; what they hold tells the
    rest."""
    for entry in entries(snapshot, top):
        if _path(entry) and (not lib.deploycfg_entry_count(entry)
                             or lib.deploycfg_entry_related(entry)):
            yield from _story(snapshot, entry)


def _story(snapshot: _native.Snapshot, entry: _native.Entry) -> Iterator[_Line]:
    has_value = lib.deploycfg_entry_type(entry) != NONE
    yield _Line(shown(_path(entry)) + ("" if has_value else " is not set") + _remarks(entry))
    if has_value:
        yield _line(snapshot, entry)
    for other in related(entry):
        yield _line(snapshot, other)


def _remarks(entry: _native.Entry) -> str:
    """What a key's value does not show."""
    said = flags(entry)
    return ("  (secret)" if said.secret else "  (likely a secret)" if said.masked
            else "") \
        + ("  (deprecated)" if said.deprecated else "") \
        + ("  (a change needs a restart)" if said.restart else "")


def _line(snapshot: _native.Snapshot, entry: _native.Entry) -> _Line:
    where = origin(entry)
    source = lib.deploycfg_entry_source(entry)
    reason = source and where.relation == "skipped" and lib.deploycfg_source_reason(source)
    return _Line(_WORDS[where.relation], shown(where.place),
                 f"({shown(where.layer or '-')})",
                 _used(entry, where) + _literal(snapshot, entry),
                 shown(reason.decode()) if reason else "")


def _used(entry: _native.Entry, where: Origin) -> str:
    """The key that a reference used; of a variable the place says it."""
    path = _path(entry)
    return f"{shown(path)} = " if where.relation == "input" and path != where.file else ""


def _literal(snapshot: _native.Snapshot, entry: _native.Entry) -> str:
    """As Python writes the value, of lists and maps only whether they are empty."""
    kind = lib.deploycfg_entry_type(entry)
    if kind == NONE:
        return ""
    if kind in (LIST, MAP):
        inside = "..." if lib.deploycfg_entry_count(entry) else ""
        return f"[{inside}]" if kind == LIST else f"{{{inside}}}"
    if is_masked(entry):
        return repr(MASK)
    if kind in (DURATION, SIZE):
        return repr(lib.deploycfg_entry_text(entry, None).decode())
    value = convert(snapshot, entry, PLAIN)
    if isinstance(value, float) and not math.isfinite(value):
        return f"float('{value}')"
    return repr(value)


def _aligned(lines: list[_Line]) -> str:
    place = _width(line.place for line in lines)
    label = _width(line.label for line in lines)
    text = ""
    for line in lines:
        if not line.place:
            text += line.word + "\n"
            continue
        begin = f"  {line.word:12}{line.place:{place}}  {line.label}"
        told = f"{begin:{14 + place + 2 + label}}  {line.value}"
        text += told.rstrip() + (f"  {line.reason}" if line.reason else "") + "\n"
    return text


def _width(cells: Iterable[str]) -> int:
    """What is wider than _COLUMN_MAX does not push all others away."""
    return max((len(cell) for cell in cells if len(cell) <= _COLUMN_MAX), default=0)


def _history(snapshot: _native.Snapshot) -> Iterator[_native.Entry]:
    past = lib.deploycfg_next_history(snapshot, None)
    while past:
        yield past
        past = lib.deploycfg_next_history(snapshot, past)


def _history_of(snapshot: _native.Snapshot, key: str) -> Any:
    path = key.encode("utf-8", "replace")
    return lib.deploycfg_find_history(snapshot, path, len(path))


def _path(entry: _native.Entry) -> str:
    return str(lib.deploycfg_entry_path(entry).decode())


def _is_at_or_below(path: str, top: str) -> bool:
    return not top or path == top or path.startswith((top + ".", top + "["))
