# SPDX-License-Identifier: ISC
"""What an int of a class may count, for text that has a unit. Knows no configuration."""
from __future__ import annotations

from typing import Annotated, NamedTuple


class Unit(NamedTuple):
    name: str


#: an int of bytes, of text such as 64MiB
Size = Annotated[int, Unit("size")]
#: an int of nanoseconds, of text such as 1500ns
Nanoseconds = Annotated[int, Unit("duration")]
