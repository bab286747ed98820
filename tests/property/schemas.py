# SPDX-License-Identifier: ISC
"""Random schemas, and layers that mostly are what these want, as Python values for trees.py.

Knows the contract of a schema; nothing of how deploycfg judges by one.
"""

from trees import UNSET, Tagged, Text

TEXTS = ["", "a", "b c", "true", "5", "1h", "~", "x: y", "${a}", "é"]
SCALARS = {
    "bool": [True, False, "yes", "off", "1"],
    "int": [0, 7, -3, 10**12, "5", "0x10"],
    "float": [0.5, -0.0, 2, 1e22, "1e3", ".5"],
    "string": TEXTS,
    "duration": ["0", "1h30m", "250ms", "9s"],
    "size": ["0", "512", "64MiB", "1kB"],
    "enum": ["x", "y z", "true"],
    "path": ["/srv/a", "a b", "5"],
}
EVERY = [*SCALARS, "list", "list", "list", "map", None]
SHAPES = ["a", "b", "c", "d", "e", "g.x", "g.y", "g.h.z", "m.*.v", "m.*.l", "r[].h", "r[].l"]


def scalar(rng, kind):
    return rng.choice(SCALARS[kind or rng.choice(list(SCALARS))])


def anything(rng, depth=2, name=""):
    """What a key may hold of which nothing is declared; mostly what others think it holds."""
    kind = name if rng.random() < 0.97 else rng.choice("pqrs")
    if depth and kind == "s":
        return open_map(rng, depth - 1)
    if depth and kind == "r":
        return [anything(rng, depth - 1) for _ in range(rng.randrange(3))]
    return scalar(rng, None)


def open_map(rng, depth=2):
    return {key: anything(rng, depth, key) for key in rng.sample("pqrs", rng.randrange(4))}


def value(rng, entry):
    """One that the key may have."""
    kind = entry.get("type")
    if kind == "list":
        items = entry.get("items")
        return [scalar(rng, items) for _ in range(rng.randrange(4))]
    if kind == "map":
        return open_map(rng)
    return scalar(rng, kind) if kind else anything(rng, 2, "pprs"["abcd".find(entry["key"])])


def entry(rng, key):
    found = {"key": key}
    kind = rng.choice(EVERY)
    if kind:
        found["type"] = kind
    if kind == "enum":
        found["choices"] = SCALARS["enum"]
    if kind == "map":
        found["open"] = True
    if kind == "list":
        found["items"] = rng.choice(list(SCALARS)[:4])
        found["merge"] = rng.choice(["replace", "append", "unique"])
    if rng.random() < 0.5:
        found["default"] = value(rng, found)
    elif rng.random() < 0.1:
        found["required"] = True
    return found


def bound(rng, entries):
    """Some keys go with others, or do not."""
    plain = [each["key"] for each in entries if each["key"].isalpha()]
    for each in entries:
        if each["key"] in plain and len(plain) > 1 and rng.random() < 0.15:
            other = rng.choice([key for key in plain if key != each["key"]])
            each[rng.choice(["conflicts", "requires"])] = [other]
    return entries


def schema(rng):
    keys = rng.sample(SHAPES, rng.randrange(1, len(SHAPES)))
    return {"schema": 1, "keys": bound(rng, [entry(rng, key) for key in keys])}


def tagged(rng, held, with_nulls):
    """What a layer does with a key that it sets to something."""
    chance = rng.random()
    if chance < 0.05:
        return UNSET
    if chance < 0.12 and isinstance(held, list):
        return Tagged(rng.choice(["append", "prepend"]), held)
    if chance < 0.25:
        return Tagged("replace", held)
    if chance < 0.32 and with_nulls:
        return rng.choice([None, Tagged("replace", None)])
    return held


def put(rng, layer, path, held, inside=False):
    """Sets a key as a schema writes it; no operator can stand inside a list."""
    name, dot, rest = path.partition(".")
    if name == "*":
        name = rng.choice(["k", "l"])
    if name.endswith("[]"):
        items = layer.setdefault(name[:-2], [{}, {}][:rng.randrange(1, 3)])
        for item in items:
            put(rng, item, rest, held, True)
    elif dot:
        below = layer.setdefault(name, {})
        if isinstance(below, dict):
            put(rng, below, rest, held, inside)
    else:
        layer[name] = held.value if inside and isinstance(held, Tagged) else held
        if inside and held is UNSET:
            del layer[name]


def layer(rng, declared, with_nulls=True):
    """Sets some of the declared keys."""
    found = {}
    for each in declared["keys"]:
        if rng.random() < 0.5:
            put(rng, found, each["key"], tagged(rng, value(rng, each), with_nulls))
    for name in ("g", "m"):
        if with_nulls and name in found and rng.random() < 0.1:
            found[name] = Tagged("replace", None)
    return found


def text(held):
    """As an INI file writes a scalar."""
    return str(held).lower() if isinstance(held, bool) else str(held)


def in_texts(held):
    """A layer as an INI file can have it: scalars, and lists that it adds to."""
    found = {}
    for key, each in held.items():
        if isinstance(each, dict):
            found[key] = in_texts(each)
        elif each is UNSET:
            found[key] = each
        elif isinstance(each, list) and not any(isinstance(item, (dict, list)) for item in each):
            found[key] = Text(*map(text, each), appends=True)
        elif isinstance(each, (str, bool, int, float)):
            found[key] = Text(text(each))
    return {key: each for key, each in found.items() if each != {}}
