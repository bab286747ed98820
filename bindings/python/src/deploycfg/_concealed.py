# SPDX-License-Identifier: ISC
"""A reader for fields that are Secrets. Knows other readers and jobs; nothing of annotations."""
from __future__ import annotations

from typing import Any

from deploycfg import _native
from deploycfg._job import FAILED, Job, Reader
from deploycfg._origin import is_hidden
from deploycfg._secret import Secret, secret_of


class Concealed:
    """What another reader makes, in a Secret."""

    conceals = True

    def __init__(self, inside: Reader) -> None:
        self.expected, self.exact, self.nullable = inside.expected, inside.exact, inside.nullable
        self.texts = getattr(inside, "texts", ())
        self._inside = inside

    def read(self, job: Job, entry: _native.Entry) -> Any:
        before = job.advice, job.reveals
        job.advice, job.reveals = "", True
        try:
            value = self._inside.read(job, entry)
        finally:
            job.advice, job.reveals = before
        if value is FAILED:
            return FAILED
        if not is_hidden(entry):
            return Secret(value)
        snapshot, freezes = job.snapshot, job.freezes
        return secret_of(lambda: self._again(snapshot, entry, freezes))

    def _again(self, snapshot: _native.Snapshot, entry: _native.Entry, freezes: bool) -> Any:
        """What was read without a problem once."""
        job = Job(snapshot, False, False)
        job.reveals, job.freezes = True, freezes
        return self._inside.read(job, entry)
