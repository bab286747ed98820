# SPDX-License-Identifier: ISC
"""References and secrets. What references lead to, written by hand in their place, is an equal
configuration. And what is shown of a configuration is the same whatever its secrets are.
"""

import copy
import random
import re
import string
import subprocess

import dumps
import trees

ENVIRON = {"HOME_OF_IT": "/srv/a b", "ODD": "${x} é\n", "EMPTY": ""}
OTHER_LETTERS = str.maketrans(string.ascii_lowercase,
                              string.ascii_lowercase[1:] + string.ascii_lowercase[0])
BASE, MORE, LAST = "base", "base.d/10-more", "development"


# -------------------------------------------------------------------------- references


def nodes(value, path):
    """(path, value) of it and of all below it that a reference can name."""
    if "${" in path:
        return
    yield path, value
    if isinstance(value, dict):
        for key, held in value.items():
            yield from nodes(held, f"{path}.{dumps.segment(key)}")
    elif isinstance(value, list):
        for index, held in enumerate(value):
            yield from nodes(held, f"{path}[{index}]")


def text_of(value):
    return value if isinstance(value, str) else trees.scalar_text(trees.Settled(), value)


def literal(rng):
    """As it is meant, and as it is written; a `$` before a reference would escape it."""
    text = trees.random_string(rng).rstrip("$")
    return text, text.replace("${", "$${")


def default(rng):
    return rng.choice(["", "5", "true", "a b", "$x", "[1, 2]", ":-", "$", "é\n"])


def whole(rng, known):
    """What a value is that is one reference, and how that is written."""
    path, value = rng.choice(known)
    name, text = rng.choice(list(ENVIRON.items()))
    kind = rng.randrange(6)
    fallback = default(rng)
    if kind < 3:
        return value, "${%s}" % path
    if kind == 3:
        return fallback if value is None else value, "${%s:-%s}" % (path, fallback)
    if kind == 4:
        return fallback, "${%s:-%s}" % (rng.choice(["no.such", "env:NO_SUCH"]), fallback)
    return text or fallback, "${env:%s:-%s}" % (name, fallback)


def inside(rng, known):
    """The same of a text that holds several."""
    meant, written = literal(rng)
    for _ in range(rng.randrange(1, 4)):
        value, reference = whole(rng, known)
        if value is None or isinstance(value, (dict, list)):
            continue
        more, more_written = literal(rng)
        meant += text_of(value) + more
        written += reference + more_written
    return meant, written


def with_reference(rng, known):
    meant, written = rng.choice([whole, inside])(rng, known)
    return copy.deepcopy(meant), trees.Template(written)


def value_with_references(rng, known):
    """One, or a list or a map of some, as meant and as written."""
    kind = rng.randrange(4)
    if kind < 2:
        return with_reference(rng, known)
    parts = [with_reference(rng, known) for _ in range(rng.randrange(1, 4))]
    if kind == 2:
        return [meant for meant, _ in parts], [written for _, written in parts]
    return ({f"k{i}": meant for i, (meant, _) in enumerate(parts)},
            {f"k{i}": written for i, (_, written) in enumerate(parts)})


def weaker(rng, meant):
    """What a weaker layer may say of a key that all the same is what the stronger one says."""
    if isinstance(meant, (dict, list)) or rng.random() < 0.7:
        return []
    return [rng.choice([5, True, None, trees.Template("${no.such}"), "a"])]


def write(rng, directory, name, layer):
    path = directory / f"{name}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(trees.yaml(trees.Settled(rng.random()), layer), encoding="utf-8", newline="")


def expanded(rng, directory, load):
    """By hand, or by the library: equal values, types and texts."""
    meant = {f"v{i}": trees.random_value(rng, 2) for i in range(6)}
    layers = {BASE: {}, MORE: {}, LAST: {}}
    for key, value in meant.items():
        layers[rng.choice(list(layers))][key] = value
    known = [node for key, value in meant.items() for node in nodes(value, key)]
    for i in range(rng.randrange(1, 10)):
        meant[f"r{i}"], written = value_with_references(rng, known)
        known += nodes(meant[f"r{i}"], f"r{i}")
        layers[rng.choice([MORE, LAST])][f"r{i}"] = written
        for value in weaker(rng, meant[f"r{i}"]):
            layers[BASE][f"r{i}"] = value
    by_hand = directory.parent / "by-hand"
    write(rng, by_hand, BASE, meant)
    write(rng, by_hand, LAST, {})
    for name, layer in layers.items():
        write(rng, directory, name, layer)
    found, expected = (load(each, environ=ENVIRON) for each in (directory, by_hand))
    if found.values_digest == expected.values_digest:
        return None
    return (dumps.difference(expected.as_dict(), found.as_dict()) or
            f"texts differ:\n{expected.dumps()}\n{found.dumps()}")


# ----------------------------------------------------------------------------- secrets


def secret(rng):
    """Long enough to be nothing else by accident."""
    text = "".join(rng.choices(string.ascii_lowercase, k=rng.randrange(8, 20)))
    return text + rng.choice(["", "", " ", "#", ": ", "'", '"', "\\", "${", "\n", "é"]) + text


def secrets_in(rng):
    """A value that is secret, or holds what is."""
    return rng.choice([secret(rng), [secret(rng), {"a": secret(rng)}], {"b": secret(rng)}])


def others(value):
    """The same with other secrets, of equal lengths."""
    if isinstance(value, dict):
        return {key: others(held) for key, held in value.items()}
    if isinstance(value, list):
        return [others(held) for held in value]
    return value.translate(OTHER_LETTERS)


TYPES = {str: ["string"] * 9 + ["int", "duration"], list: ["list"] * 5 + ["string"],
         dict: ["map"] * 5 + ["list"]}


def declaration(key, type_, **fields):
    return {"key": key, "type": type_, **fields, **({"open": True} if type_ == "map" else {})}


def secretive(rng):
    """A schema, public values and references, and secrets by key and by file."""
    hidden = {"s0": secret(rng), "s1": secrets_in(rng), "s2": {"b": secret(rng)},
              "db_password": secret(rng)}
    files = {"f0": secret(rng), "f1": secret(rng)}
    public = {f"v{i}": trees.random_map(rng, 2) for i in range(2)}
    public["r0"] = trees.Template("${s0}")
    public["r1"] = trees.Template("a ${db_password} ${f0}")
    public["r2"] = trees.Template("${s2.b}")
    by_name = {"db_password"} if rng.random() < 0.5 else set()
    keys = [declaration(key, rng.choice(TYPES[type(value)]), secret=True)
            for key, value in hidden.items() if key not in by_name]
    keys += [declaration(key, "map") for key in public if key[0] == "v"]
    keys += [{"key": key} for key in ("r0", "r1", "r2", *by_name, *files)]
    return {"schema": 1, "keys": keys}, public, hidden, files


def store(seed, place, schema, public, hidden, files):
    rng = random.Random(seed)
    config = place / "config"
    for name, layer in ((BASE, {**public, **hidden}), (LAST, {}), ("schema", schema)):
        write(rng, config, name, layer)
    (place / "files").mkdir()
    for key, text in files.items():
        (place / "files" / key).write_text(text, encoding="utf-8", newline="")


def seen(place, digest):
    """All that is shown of it: status, output and diagnostics of each view, with the digest of
    values or without.
    """
    where = ("--dir", "config", "--env", "development", "--secrets", "files")
    views = [("dump", "--format", form, "--origin", "--overridden")
             for form in ("yaml", "json", "repr")]
    views += [("dump", "--format", "ini"), ("dump", "--format", "env", "--prefix", "APP"),
              ("explain", "s0"), ("explain", "r1"), ("get", "r0"), ("layers",),
              ("check", "--lint", "--error-format", "json")]
    for verb, *options in views:
        done = subprocess.run([dumps.COMMAND, verb, *where, *options], cwd=place,
                              stdin=subprocess.DEVNULL, capture_output=True, env=dumps.ENVIRONMENT)
        shown = done.stdout if digest else re.sub(rb" values=[0-9a-f]{8}$", b"", done.stdout)
        yield verb, options, done.returncode, shown, done.stderr


def hidden(rng, directory):
    """Other secrets, and nothing that is shown is another."""
    schema, public, kept, files = secretive(rng)
    seed = rng.random()
    places = [directory.parent / name for name in ("one", "other")]
    store(seed, places[0], schema, public, kept, files)
    store(seed, places[1], schema, public, others(kept), others(files))
    # In the digest what is secret by its name alone counts as any value.
    digest = {"key": "db_password"} not in schema["keys"]
    for one, other in zip(*(seen(place, digest) for place in places)):
        if one != other:
            return f"seen of one: {one}\nseen of the other: {other}"
        if one[2] not in (0, 1, 3):
            return f"neither shown nor refused: {one}"
    return None
