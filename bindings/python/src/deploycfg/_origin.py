# SPDX-License-Identifier: ISC
"""Where values come from: origins of entries, and the sources that were considered.

Copies what the library recorded; opens no file and knows no values.
"""
from __future__ import annotations

import os
from typing import Iterator, NamedTuple

from deploycfg import _native
from deploycfg._library import lib
from deploycfg._secret import MASK

_WITHOUT_TEXT = frozenset((_native.NONE, _native.NULL, _native.LIST, _native.MAP))


class Origin(NamedTuple):
    """Where a value was written, as the library recorded it when it read the source.

    That is nowhere, all "" and 0, for the root of an empty configuration.
    `eval(repr(origin))` gives an equal one.
    """

    file: str  #: path as it was given, "env:NAME", or the name of a text or override
    line: int  #: from 1; 0 where the source has no lines, such as a variable
    column: int  #: in characters, from 1; 0 likewise
    layer: str  #: "base", "production", "variable", ...
    #: source text of a scalar, "" for lists and maps, "******" where it is not to be shown
    text: str
    #: "winner" "shadowed" "unset" "skipped" "input" "appended" "template" "prepended"
    relation: str = "winner"
    overridden: tuple[Origin, ...] = ()  #: what lost, strongest first

    @property
    def place(self) -> str:
        """FILE:LINE:COLUMN, or the file alone where it has no lines; "-" for nowhere."""
        if self.line:
            return f"{self.file}:{self.line}:{self.column}"
        return self.file or "-"


class Flags(NamedTuple):
    """What is known of a key: by its schema, but for `secret` and `masked`."""

    secret: bool = False  #: by its schema or source: its value is a Secret
    default: bool = False  #: its value is the schema's default
    deprecated: bool = False  #: it should not be set any more
    restart: bool = False  #: a change needs a restart
    replaces: bool = False  #: written into a layer, its value needs !replace
    masked: bool = False  #: a secret, or named like one: its value is not shown


class Source(NamedTuple):
    """A file, directory, text, variable or override that a load considered."""

    name: str  #: path as it was given, "env:NAME", or the name of a text or override
    kind: str  #: "file" "directory" "text" "variable" "override"
    layer: int  #: number of its layer, higher is stronger; 0 where it is in none
    label: str  #: name of its layer, such as "base" or "production"
    state: str  #: "read" "missing" "masked" "replaced" "ignored" "not a layer" "skipped"
    reason: str  #: why, in words; "" where the state says it all


def related(entry: _native.Entry) -> Iterator[_native.Entry]:
    """What lost against an entry, strongest first."""
    other = lib.deploycfg_entry_related(entry)
    while other:
        yield other
        other = lib.deploycfg_entry_next_related(other)


def origin(entry: _native.Entry) -> Origin:
    source = lib.deploycfg_entry_source(entry)
    return Origin(
        file=os.fsdecode(lib.deploycfg_source_name(source)) if source else "",
        line=lib.deploycfg_entry_line(entry),
        column=lib.deploycfg_entry_column(entry),
        layer=lib.deploycfg_source_label(source).decode() if source else "",
        text=MASK if is_masked(entry) else lib.deploycfg_entry_text(entry, None).decode(),
        relation=_native.RELATIONS[lib.deploycfg_entry_relation(entry)],
        overridden=tuple(map(origin, related(entry))))


def is_masked(entry: _native.Entry) -> bool:
    """Whether a mask is shown for the value. Lists, maps and null are no secrets: what they
    hold is."""
    return bool(lib.deploycfg_entry_flags(entry) & _native.FLAGS["MASKED"]) \
        and lib.deploycfg_entry_type(entry) not in _WITHOUT_TEXT


def is_hidden(entry: _native.Entry) -> bool:
    """Whether the entry alone does not tell its value: that of a secret."""
    return lib.deploycfg_entry_text(entry, None) is None


def flags(entry: _native.Entry) -> Flags:
    bits = lib.deploycfg_entry_flags(entry)
    return Flags(*(bool(bits & bit) for bit in _native.FLAGS.values()))


def sources(snapshot: _native.Snapshot) -> Iterator[Source]:
    """All sources: files and texts weakest first, then variables and overrides."""
    for index in range(lib.deploycfg_snapshot_sources(snapshot)):
        source = lib.deploycfg_snapshot_source(snapshot, index)
        yield Source(
            name=os.fsdecode(lib.deploycfg_source_name(source)),
            kind=_native.SOURCE_KINDS[lib.deploycfg_source_kind(source)],
            layer=lib.deploycfg_source_layer(source),
            label=lib.deploycfg_source_label(source).decode(),
            state=_native.SOURCE_STATES[lib.deploycfg_source_state(source)],
            reason=lib.deploycfg_source_reason(source).decode())
