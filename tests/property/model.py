# SPDX-License-Identifier: ISC
"""The merge law once more, in a few lines and from the contract alone.

A layer is a map of Python values, trees.Tagged, trees.Text, trees.UNSET and trees.EMPTY; what
comes out is a map of values.
"""

import re

from trees import EMPTY, UNSET, Tagged, Text

ABSENT = object()


class Clash(Exception):
    """The layers do not fit together."""


class Untyped(str):
    """A text that nothing gave a type."""


BOOLS = {"true": True, "yes": True, "on": True, "1": True,
         "false": False, "no": False, "off": False, "0": False}
INT = r"[-+]?(0|[1-9][0-9]*)|0x[0-9A-Fa-f]+|0o[0-7]+"
FLOAT = r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?"
ZERO_LED = r"[-+]?0[0-9]+"
FLOWS = {"[]": [], "[1, 2]": [1, 2], "[a, true, 1.5]": ["a", True, 1.5]}  # no texts: typed


def kind(value):
    return "map" if isinstance(value, dict) else "list" if isinstance(value, list) else "scalar"


def merge_maps(below, over):
    result = dict(below)
    for key, held in over.items():
        value = merge(result.pop(key, ABSENT), held)
        if value is not ABSENT:
            result[key] = value
    return result


def merge_plain(below, over):
    """Without an operator."""
    if over is EMPTY and below not in (ABSENT, None):
        raise Clash("an empty value would drop what is below")
    if over is None or over is EMPTY:
        if kind(below) == "map":
            raise Clash("null over a map")
        return None
    if below is not ABSENT and below is not None and kind(below) != kind(over):
        raise Clash(f"{kind(over)} over {kind(below)}")
    if kind(over) == "map":
        return merge_maps(below if kind(below) == "map" else {}, over)
    return over


def merge_tagged(below, over):
    if over.tag == "replace":
        return merge_plain(ABSENT, over.value)
    if below is ABSENT or below is None:
        return over.value
    if kind(below) != "list":
        raise Clash(f"{over.tag} to a {kind(below)}")
    return below + over.value if over.tag == "append" else over.value + below


def as_float(text):
    """A whole number only where a float holds it exactly."""
    if re.fullmatch(INT, text) and int(float(text)) != int(text):
        raise Clash(f"no float is {text}")
    return float(text)


def as_typed(text, like):
    """The text as the type of a value."""
    if isinstance(like, bool) and text.lower() in BOOLS:
        return BOOLS[text.lower()]
    if type(like) is int and re.fullmatch(INT, text) and -2**63 <= int(text, 0) < 2**63:
        return int(text, 0)
    if isinstance(like, float) and re.fullmatch(FLOAT, text) and not re.fullmatch(ZERO_LED, text):
        return as_float(text)
    if isinstance(like, float) and re.fullmatch(INT, text):
        return float(int(text, 0))
    if isinstance(like, (bool, int, float)):
        raise Clash(f"{text!r} over {like!r}")
    return Untyped(text)


def split(text):
    """A text as the list that it is over one."""
    if text.startswith("["):
        return FLOWS[text]
    if not text.strip():
        return []
    items = re.findall(r"((?:\\,|[^,])*)(?:,|$)", text + ",")[:-1]
    return [Untyped(item.strip().replace("\\,", ",")) for item in items]


def take_types(items, below):
    """Texts among the items take the type that all items below have."""
    types = {type(item) for item in below}
    common = types <= {bool} or types <= {int} or types <= {float}
    if not below or not common:
        return items
    return [as_typed(item, below[0]) if isinstance(item, Untyped) else item for item in items]


def merge_text(below, over):
    if below is ABSENT or below is None:
        below = Untyped()
    if kind(below) == "map":
        raise Clash("text over a map")
    if over.appends:
        items = [Untyped(text) for text in over.texts]
        if isinstance(below, Untyped):
            below = split(below)
        if kind(below) == "scalar":
            raise Clash("+= to a scalar")
        return below + take_types(items, below)
    text, = over.texts
    if kind(below) == "scalar":
        return as_typed(text, below)
    return take_types(split(text), below)


def merge(below, over):
    if over is UNSET:
        return ABSENT
    if isinstance(over, Text):
        return merge_text(below, over)
    return merge_tagged(below, over) if isinstance(over, Tagged) else merge_plain(below, over)


def fold(layers):
    """The outcome of layers, weakest first; Clash where there is none."""
    result = {}
    for layer in layers:
        result = merge_maps(result, layer)
    return result
