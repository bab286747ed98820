# SPDX-License-Identifier: ISC
"""bind(): what is below a key as an object of a class, or all that is in the way.

Reads nothing itself: _plan knows what a class wants, _readers how it is read.
"""
from __future__ import annotations

from typing import Optional, TypeVar

from deploycfg import _native
from deploycfg._job import Job
from deploycfg._library import lib
from deploycfg._plan import reader_of
from deploycfg._read import entry_of

T = TypeVar("T")

_EXTRA = ("forbid", "ignore")


def bind(snapshot: _native.Snapshot, cls: type[T], key: str, extra: Optional[str]) -> T:
    """What is at a full key path, as `cls` wants it."""
    if extra is not None and extra not in _EXTRA:
        raise ValueError(f"extra is one of {', '.join(_EXTRA)}, or None, not {extra!r}")
    reader = reader_of(cls)
    has_schema = bool(lib.deploycfg_snapshot_has_schema(snapshot))
    if extra is None:
        extra = "ignore" if has_schema else "forbid"
    job = Job(snapshot, extra == "forbid", has_schema)
    entry = entry_of(snapshot, key)
    value: T = reader.read(job, entry) if entry else job.absent(key)
    if job.told:
        raise job.error() from job.cause
    return value
