# SPDX-License-Identifier: ISC
"""Secret: a value that nothing shows by accident, and what else keeps values from view.

Knows neither snapshots nor keys: what a secret is read from comes as a function.
"""
from __future__ import annotations

import os
from typing import Any, Callable, Dict, Generic, NoReturn, TypeVar

T_co = TypeVar("T_co", covariant=True)
V = TypeVar("V")

#: stands for what is not shown, however long that is
MASK = "******"

_KEY = os.urandom(16)  # of digests: nobody can try values against one


class Secret(Generic[T_co]):
    """A value that only `reveal()` tells: `connect(password=cfg["db.password"].reveal())`.

    What is printed, formatted, logged or found in a traceback is `******`. Two are equal
    where their values are, which takes as long whatever they are; a Secret equals nothing
    else. It is true where its value is. Copies are the Secret itself, and pickling one is a
    TypeError: what is to leave the process is revealed first.

    One of a Config keeps no copy of its value, but reads it from the snapshot whenever it
    is asked. `Secret(value)` makes one of a value, for tests, defaults and overrides.
    """

    __slots__ = ("_tell", "__weakref__")

    # A function, since those who walk over attributes would show a value.
    _tell: Callable[[], T_co]

    def __init__(self, value: T_co) -> None:
        self._tell = lambda: value

    def reveal(self) -> T_co:
        """The value. SecretError where the Config came without its secrets."""
        return self._tell()

    def __repr__(self) -> str:
        return f"Secret({MASK!r})"

    def __str__(self) -> str:
        return MASK

    def __format__(self, spec: str) -> str:
        return format(MASK, spec)

    def __bool__(self) -> bool:
        return bool(self.reveal())

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        from hmac import compare_digest  # few compare them, and it takes long to import
        return self is other or compare_digest(_digest(self), _digest(other))

    def __hash__(self) -> int:
        return int.from_bytes(_digest(self)[:8], "big")

    def __copy__(self) -> Secret[T_co]:
        return self

    def __deepcopy__(self, memo: Any) -> Secret[T_co]:
        return self

    def __reduce_ex__(self, protocol: Any) -> NoReturn:
        raise TypeError("a Secret cannot be pickled: pickle what reveal() gives, if it may"
                        " leave the process")


def secret_of(tell: Callable[[], T_co]) -> Secret[T_co]:
    """A Secret of a value that a function reads when it is asked for it."""
    secret: Secret[T_co] = Secret.__new__(Secret)
    secret._tell = tell
    return secret


def _digest(secret: Secret[Any]) -> bytes:
    """Of the value and its type, so that nothing depends on how long it is."""
    from hmac import digest
    value = secret.reveal()
    text = f"{type(value).__name__}:{value!r}"
    return digest(_KEY, text.encode("utf-8", "surrogatepass"), "sha256")


class Unshown(Dict[str, V]):
    """A dict that those who show a program's variables do not look into."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<{len(self)} values>"
