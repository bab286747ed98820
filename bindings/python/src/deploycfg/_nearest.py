# SPDX-License-Identifier: ISC
"""The word that was meant, by the rule of the library's own suggestions. Knows only words."""
from __future__ import annotations

from typing import Iterable, Optional


def nearest(word: str, words: Iterable[str]) -> Optional[str]:
    """The first of the words that are the fewest edits away, if these are few enough."""
    best, most = None, _near_enough(len(word))
    for each in words:
        edits = _distance(_plain(word), _plain(each), most)
        if edits <= most:
            best, most = each, edits - 1
    return best


def _near_enough(letters: int) -> int:
    return 0 if letters < 3 else 1 if letters < 6 else 2


def _plain(word: str) -> str:
    return word.replace("-", "_").lower()


def _distance(a: str, b: str, most: int) -> int:
    """How many letters to change, add, take away or swap with their neighbours."""
    if abs(len(a) - len(b)) > most:
        return most + 1
    before: list[int] = []
    above = list(range(len(b) + 1))
    for i, letter in enumerate(a, 1):
        row = [i]
        for j, other in enumerate(b, 1):
            row.append(min(above[j] + 1, row[-1] + 1, above[j - 1] + (letter != other)))
            if i > 1 and j > 1 and letter == b[j - 2] and a[i - 2] == other:
                row[j] = min(row[j], before[j - 2] + 1)
        before, above = above, row
    return above[-1]
