# SPDX-License-Identifier: ISC
"""Canaries, and the forms in which one may leak."""

import base64
import functools
import hashlib
import html
import json
import string
import urllib.parse

PART = 8  # bytes of a canary that are a leak already
_LETTERS = string.ascii_letters + string.digits
_ODD = "\"\\%<&'é$"


def _pick(title, letters):
    digest = hashlib.sha256(title.encode()).digest()
    return "".join(letters[byte % len(letters)] for byte in digest)


def text(title):
    """16 letters and digits that occur nowhere else; a word in every dialect."""
    return "Q" + _pick(title, _LETTERS)[:14] + "z"


def odd(title):
    """16 bytes, half of them written otherwise in one dialect or another."""
    letters, odd_ones = _pick(title, _LETTERS), iter(_ODD)
    return "".join(letter + next(odd_ones) for letter in letters[:8])[:15]


def number(title):
    """16 digits."""
    return "7" + _pick(title, "123456789")[:15]


def _base64(part):
    """What of a text's base64 a part of it decides, wherever in the text it stands."""
    for before in range(3):
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            coded = encode(b"\0" * before + part + b"\0\0").decode()
            yield coded[-(-before * 8 // 6):(before + len(part)) * 8 // 6]


def _written(part):
    """A part of a text as one dialect or another writes it."""
    yield part
    for ascii_only in (False, True):
        yield json.dumps(part, ensure_ascii=ascii_only)[1:-1]
    yield urllib.parse.quote(part, safe="")
    yield urllib.parse.quote(part, safe="").lower()
    yield urllib.parse.quote_plus(part)
    yield urllib.parse.quote(part)
    yield html.escape(part)
    yield repr(part)[1:-1]
    yield ascii(part)[1:-1]
    yield part.replace("'", "''")
    yield part.replace("'", "'\\''")
    coded = part.encode()
    yield coded.hex()
    yield coded.hex().upper()
    yield from _base64(coded)


@functools.lru_cache(maxsize=None)
def forms(canary):
    """All that must not be found, as bytes."""
    found = set()
    width = PART
    while len(canary[:width].encode()) < PART:
        width -= 1
    for begin in range(len(canary) - width + 1):
        found.update(_written(canary[begin:begin + width]))
    if canary.isdigit():
        found.update((f"{int(canary):x}", f"{int(canary):X}"))
    return sorted(form.encode() for form in found)


def hits(canaries, data):
    """The forms of canaries that are in the data, longest first."""
    found = {form for canary in canaries for form in forms(canary) if form in data}
    return sorted(found, key=len, reverse=True)
