# SPDX-License-Identifier: ISC
"""What the library's getters make of a value's text, and what they say where they cannot.

Knows one snapshot and full key paths; remembers nothing.
"""
from __future__ import annotations

import re
from typing import Any, Callable

from deploycfg import _native
from deploycfg._errors import (READ_ERRORS, BadKey, Collector, MissingKey, Problem,
                               ReadError, WrongType)
from deploycfg._library import lib
from deploycfg._native import LIST, MAP, NULL
from deploycfg._origin import is_masked, origin

_SHOWN_MAX = 80  # characters of a text in a message

# Key paths as almost all are; of others the library is asked.
_PLAIN = re.compile(r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*")


def entry_of(snapshot: _native.Snapshot, key: str) -> Any:
    """The entry of a key that has a value, or what is false."""
    try:
        path = key.encode()
    except UnicodeEncodeError:  # half a character is no part of any key
        return None
    return lib.deploycfg_find(snapshot, path, len(path))


def read(snapshot: _native.Snapshot, key: str, getter: Callable[..., Any],
         expected: str) -> Any:
    """What a getter of the library returns for a key that has a value."""
    with Collector() as errors:
        value = getter(snapshot, key.encode(), errors.out)
        for problem in errors.problems():
            raise read_error(READ_ERRORS[problem.code], snapshot, key, expected,
                              _sentence(problem))
    return value


def get_string(snapshot: _native.Snapshot, path: bytes, errors: Any) -> Any:
    text = lib.deploycfg_get_string(snapshot, path, errors)
    return None if text is None else text.decode()


def reveal(snapshot: _native.Snapshot, entry: _native.Entry) -> _native.Entry:
    """The entry that tells the value of a secret; of all else itself."""
    with Collector() as errors:
        twin: _native.Entry = lib.deploycfg_entry_reveal(snapshot, entry, errors.out)
        for problem in errors.problems():
            raise read_error(READ_ERRORS[problem.code], snapshot, problem.key,
                             _type_name(entry), _sentence(problem))
    return twin


def wrong_type(snapshot: _native.Snapshot, key: str, expected: str) -> ReadError:
    """The error for a key whose value is not the list or map that was asked for."""
    found = describe(entry_of(snapshot, key))
    return read_error(WrongType, snapshot, key, expected,
                       f"expected a {expected}, found {found}")


def missing(snapshot: _native.Snapshot, key: str) -> MissingKey:
    """The error for a key without a value: the nearest key, or what is wrong with it."""
    return _missing(key, absence(snapshot, key))


def absence(snapshot: _native.Snapshot, key: str) -> Problem:
    """The same as the library tells it, with what became of the key."""
    with Collector() as errors:
        lib.deploycfg_get_string(snapshot, _asked(key), errors.out)
        return errors.problems()[0]


def check(snapshot: _native.Snapshot, key: str) -> None:
    """Raises BadKey where a key that has no value is no key path at all."""
    if _PLAIN.fullmatch(key):
        return
    with Collector() as errors:
        lib.deploycfg_get_string_or(snapshot, _asked(key), None, errors.out)
        if errors.handle:
            raise _missing(key, errors.problems()[0])


def _asked(key: str) -> bytes:
    """A key as C takes it; what C cannot take becomes an escape that no key can have."""
    return key.encode("utf-8", "backslashreplace").replace(b"\0", b"\\0")


def _missing(key: str, problem: Problem) -> MissingKey:
    kind = BadKey if problem.code == "bad-key" else MissingKey
    return kind(f"{key}: {_sentence(problem)}", key)


def read_error(kind: type[ReadError], snapshot: _native.Snapshot, key: str, expected: str,
                sentence: str) -> ReadError:
    entry = entry_of(snapshot, key)
    where = origin(entry)
    return kind(f"{where.place}: {key}: {sentence}", key, expected, _type_name(entry),
                where)


def describe(entry: _native.Entry) -> str:
    """What was found, in words; of what is masked not its text."""
    kind = lib.deploycfg_entry_type(entry)
    if kind == NULL:
        return "null"
    if kind in (LIST, MAP):
        count, what = lib.deploycfg_entry_count(entry), "item" if kind == LIST else "key"
        return f"a {_type_name(entry)} of {count} {what}{'' if count == 1 else 's'}"
    if is_masked(entry):
        return f"a secret {_type_name(entry)}"
    text = lib.deploycfg_entry_text(entry, None).decode()
    shown = text if len(text) <= _SHOWN_MAX else text[:_SHOWN_MAX] + "..."
    return f"the {_type_name(entry)} {shown!r}"


def _type_name(entry: _native.Entry) -> str:
    return str(lib.deploycfg_type_name(lib.deploycfg_entry_type(entry)).decode())


def _sentence(problem: Problem) -> str:
    return "; ".join(filter(None, (problem.message, problem.hint)))
