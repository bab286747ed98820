# SPDX-License-Identifier: ISC
"""Config: a whole snapshot, what was chosen when it was loaded, and how to load it again.

Knows which calls made it; what they mean is the business of _load and the library.
"""
from __future__ import annotations

import warnings
from typing import Any, Callable, Mapping, Optional

from deploycfg._arguments import Calls, overrides as calls_of
from deploycfg._errors import Collector, ConfigWarning, Error
from deploycfg._library import lib, printed
from deploycfg._origin import Source, sources
from deploycfg._read import missing
from deploycfg._secret import Secret
from deploycfg._section import Section, image_of, make, values_of
from deploycfg._values import Absent, Value, Values, own


class Config(Section):
    """A configuration that never changes: `cfg["server.port"]`.

    Made by `deploycfg.load()` and `deploycfg.loads()`. It is the Section of all keys, and
    knows besides what was chosen.

    Two are equal when their keys, types, source texts, environment and overlays are; secrets
    need only be set in both. It can be pickled: the copy holds origins too, and reads no
    file. It holds no secrets: to ask it for the value of one is a SecretError.
    """

    __slots__ = ("_calls",)

    _calls: Optional[Calls]

    def __getitem__(self, key: str) -> Value:  # once more, because here it can be fast
        """The value of a key."""
        try:
            return self._values[key]
        except Absent:
            raise missing(self._values.snapshot, key) from None

    def with_overrides(self, overrides: Mapping[str, Any],
                       source: Optional[str] = None) -> Config:
        """A new Config, loaded again with overrides that are stronger than all else.

        overrides -- values by key, as for `load()`
        source -- how origins name them, such as "test_shop.py:31"; None for "override[N]"

        Everything else is as it was given to `load()`: variables too are those of then,
        whatever os.environ holds by now. Files are read again, so what was written to them
        since counts, and relative paths start at the current directory. Raises LoadError
        as `load()` does, and Error for a Config that knows no files, since it was pickled
        or is a schema.
        """
        if self._calls is None:
            raise Error("this Config knows not what it was loaded from, because it was"
                        " pickled or is a schema; make others of the one that load()"
                        " returned")
        calls = (*self._calls, *calls_of(overrides, source))
        del overrides  # which may be shown with a traceback
        return from_calls(calls)

    @property
    def environment(self) -> str:
        """The selected environment, such as "production"; "" for a program without."""
        return self._text(lib.deploycfg_snapshot_environment)

    @property
    def selected_by(self) -> str:
        """Who selected it: "argument", a constant's or a variable's name."""
        return self._text(lib.deploycfg_snapshot_selected_by)

    @property
    def overlays(self) -> tuple[str, ...]:
        """The overlays, weakest first."""
        names = self._text(lib.deploycfg_snapshot_overlays)
        return tuple(names.split(",")) if names else ()

    @property
    def overlays_by(self) -> str:
        """Who chose them: "argument" or a variable's name; "" where there are none."""
        return self._text(lib.deploycfg_snapshot_overlays_by)

    @property
    def prefix(self) -> str:
        """The prefix of variables, such as "SHOP"; "" for none."""
        return self._text(lib.deploycfg_snapshot_prefix)

    @property
    def sources(self) -> tuple[Source, ...]:
        """All that was considered and what became of it: files and texts weakest first,
        then variables and overrides.
        """
        return tuple(sources(self._values.snapshot))

    @property
    def values_digest(self) -> str:
        """32 hexadecimal digits, equal where keys, types, values, source texts, environment
        and overlays are; a secret counts as set.
        """
        return self._text(lib.deploycfg_snapshot_values_digest)

    @property
    def image_digest(self) -> str:
        """32 hexadecimal digits of everything, origins and history included."""
        return self._text(lib.deploycfg_snapshot_image_digest)

    def summary(self) -> str:
        """The line to log at a start, such as "env=production (SHOP_ENV) keys=63 sources=5
        values=9f3c2a11".
        """
        return printed(lib.deploycfg_snapshot_summary, self._values.snapshot)

    def __repr__(self) -> str:
        return f"<deploycfg.Config {self.summary()}>"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Config):  # as Section compares itself
            return super().__eq__(other)
        return self.values_digest == other.values_digest

    def __hash__(self) -> int:
        return hash(self.values_digest)

    def __reduce__(self) -> tuple[Any, ...]:
        return from_image, (image_of(self._values.snapshot),)

    def _text(self, property_of: Callable[..., bytes]) -> str:
        return property_of(self._values.snapshot).decode()


def from_calls(calls: Calls) -> Config:
    """What loading gives after these calls; warns at the place that called the caller."""
    snapshot, told = _run(lib.deploycfg_loader_load, calls)
    values = own(snapshot)
    _warn(told)
    return adopt(values, calls)


def schema_of(calls: Calls) -> Config:
    """The schemas that loading would judge by after these calls."""
    snapshot, told = _run(lib.deploycfg_loader_schema, calls)
    values = own(snapshot)
    _warn(told)
    return adopt(values, None)


def environments_of(calls: Calls) -> tuple[str, ...]:
    names, told = _run(lib.deploycfg_loader_environments, calls)
    _warn(told)
    return tuple(names.decode().split(",")) if names else ()


def _run(function: Callable[..., Any], calls: Calls) -> tuple[Any, list[str]]:
    """What a function gives for a loader after these calls, and its warnings; LoadError
    where it gives nothing."""
    loader = lib.deploycfg_loader_new()
    if not loader:
        raise MemoryError("libdeploycfg is out of memory")
    try:
        for setter, following in calls:
            getattr(lib, f"deploycfg_loader_{setter}")(loader, *map(_given, following))
        with Collector() as errors:
            result = function(loader, errors.out)
            if not result and result != b"":
                raise errors.load_error()
            return result, [report.rstrip("\n") for report in errors.reports()]
    finally:
        lib.deploycfg_loader_free(loader)


def _given(argument: Any) -> Any:
    return argument.reveal() if isinstance(argument, Secret) else argument


def _warn(told: list[str]) -> None:
    for warning in told:
        warnings.warn(warning, ConfigWarning, stacklevel=4)


def adopt(values: Values, calls: Optional[Calls]) -> Config:
    """A Config of a snapshot's values, and of the calls that load it, if they are known."""
    config = make(Config, values, "")
    config._calls = calls
    return config


def from_image(image: bytes) -> Config:
    """What pickle calls."""
    return adopt(values_of(image), None)
