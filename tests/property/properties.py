# SPDX-License-Identifier: ISC
"""What holds for every configuration, tried on random ones: the merge law against a model,
dumps in every format read back, also under schemas, whose types load what they let pass,
references against what they lead to, what is shown against other secrets, and that nothing
around a load changes it.

usage: DEPLOYCFG=path DEPLOYCFG_LIBRARY=path tests/property/run [SEED]...

PROPERTY_EXAMPLES says how many of each (300). What failed names its seed, and its files
are kept where PROPERTY_KEEP names a directory.
"""

import os
import pathlib
import random
import shutil
import sys
import tempfile
import types
import warnings

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1] / "bindings/python/src")]

import deploycfg  # noqa: E402
import dumps  # noqa: E402
import model  # noqa: E402
import references  # noqa: E402
import schemas  # noqa: E402
import surroundings  # noqa: E402
import trees  # noqa: E402

EXAMPLES = int(os.environ.get("PROPERTY_EXAMPLES") or 300)
KEEP = os.environ.get("PROPERTY_KEEP")
TEXTS = [
    "", "5", "-7", "+3", "0x1F", "0o17", "007", "90x", "1.5", "-2e3", ".5", "2.", "yes",
    "False", "ON", "maybe", "a", "a b", "a, b", "1,2", "1.5, 2", "a\\, b, c", "true,no",
    ",", "a,", "[]", "[1, 2]", "[a, true, 1.5]", "9223372036854775808", "null", "a;b",
    "$${x}", "é\n\x01\u202e"]
ENVIRONMENT = "development"
EVERY_LAYER = ("base", "base.d/10-more", "platform-vms", "platform-vms.d/a", "development",
               "development.d/50-site", "program-web", "program-web.d/z", "overlay-eu",
               "overlay-blue", "overlay-blue.d/b", "local", "../named-1")
NAMED = ("../named-2", "../named-3")
TEXT_DROP_INS = ("development.d/60-text", "development.d/70-text")
CLASHES = {"type-clash", "bad-operator", "bad-value", "out-of-range"}
counts = {"passed": 0, "failed": 0, "skipped": 0}


def random_list(rng):
    typed = rng.choice([None, None, [True, False], [1, 2, 3], [1.5, -0.0, 1e22]])
    return [rng.choice(typed) if typed else trees.random_value(rng, 1)
            for _ in range(rng.randrange(4))]


def of_kind(rng, kind, depth):
    if kind == "m":
        return random_layer(rng, depth - 1) if depth else {}
    return random_list(rng) if kind == "l" else trees.random_scalar(rng)


def layer_value(rng, key, depth):
    """Mostly of the kind that the key's name says, so that few layers clash."""
    kind = key[0] if rng.random() < 0.97 else rng.choice("mls")
    chance = rng.random()
    if chance < 0.05:
        return trees.UNSET
    if chance < 0.12 and kind == "l":
        return trees.Tagged(rng.choice(["append", "prepend"]), random_list(rng))
    if chance < 0.16:
        return trees.Tagged("replace", of_kind(rng, rng.choice("mls"), depth))
    if chance < 0.18 and kind != "m":
        return None
    return trees.EMPTY if chance < 0.185 else of_kind(rng, kind, depth)


def random_layer(rng, depth=3):
    keys = ["m1", "m2", "l1", "l2", "s1", "s2", "s.x", "l[0]"]
    return {key: layer_value(rng, key, depth) for key in rng.sample(keys, rng.randrange(5))}


def text_value(rng, key, depth):
    """What an INI file says of a key, mostly of a kind as above."""
    kind = key[0] if rng.random() < 0.97 else rng.choice("mls")
    if rng.random() < 0.05:
        return trees.UNSET
    if kind == "m":
        return text_layer(rng, depth - 1) if depth else {}
    if kind == "l" and rng.random() < 0.5:
        return trees.Text(*rng.choices(TEXTS, k=rng.randrange(1, 4)), appends=True)
    return trees.Text(rng.choice(TEXTS))


def text_layer(rng, depth=3):
    keys = ["m1", "m2", "l1", "l2", "s1", "s2", "s.x", "l[0]"]
    held = {key: text_value(rng, key, depth) for key in rng.sample(keys, rng.randrange(3))}
    return {key: value for key, value in held.items() if value != {}}


def write(rng, directory, layers):
    for name, (syntax, layer) in layers.items():
        path = directory / f"{name}.{syntax}"
        path.parent.mkdir(parents=True, exist_ok=True)
        style = trees.Style(rng.random())
        style.expands = name not in (*EVERY_LAYER[-1:], *NAMED)
        text = trees.yaml(style, layer) if syntax == "yaml" else trees.ini(style, layer)
        path.write_text(text, encoding="utf-8", newline="")


def random_layers(rng, names, text_names):
    """By file name without suffix, in the order in which they count."""
    layers = {name: ("yaml", random_layer(rng)) for name in names
              if name == ENVIRONMENT or rng.random() < 0.5}
    if rng.random() < 0.4:
        layers.update({name: ("ini", text_layer(rng)) for name in text_names})
    return layers


def merged(layers):
    return model.fold(layer for _, layer in layers.values())


def load(directory, **options):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return deploycfg.load(directory, env=ENVIRONMENT, **{"environ": {}, **options})


def load_every_layer(directory):
    return load(directory, platform="vms", program="web",
                overlays=[name for name in ("eu", "blue")
                          if any(directory.glob(f"overlay-{name}.*"))],
                files=sorted(directory.parent.glob("named-*")))


def merges(rng, directory):
    """The merge law: what comes out is what the model says, or neither takes it."""
    layers = random_layers(rng, EVERY_LAYER, NAMED)
    write(rng, directory, layers)
    try:
        expected = merged(layers)
    except model.Clash as clash:
        try:
            result = load_every_layer(directory).as_dict()
        except deploycfg.LoadError as error:
            codes = {each.code for each in error.errors if each.severity == "error"}
            return None if codes <= CLASHES else f"{clash}, but:\n{error}"
        return f"it loads, though {clash}:\n{result}"
    return dumps.difference(expected, load_every_layer(directory).as_dict())


def dumped(rng, directory):
    """Every format reads back; from several layers, or from one that holds anything."""
    layers = random_layers(rng, (*EVERY_LAYER[:2], ENVIRONMENT), TEXT_DROP_INS)
    try:
        expected = merged(layers) if rng.random() < 0.3 else None
    except model.Clash:
        expected = None
    if expected is None:
        expected = {f"tree{i}": trees.random_map(rng, 4) for i in range(10)}
        expected = rng.choice([expected, expected["tree0"]])
        layers = {"base": ("yaml", expected), ENVIRONMENT: ("yaml", {})}
    write(rng, directory, layers)
    return dumps.check(expected, directory, load)


def write_judged(rng, directory, with_nulls):
    """A schema, and layers that mostly are what it wants."""
    declared = schemas.schema(rng)
    layers = {name: ("yaml", schemas.layer(rng, declared, with_nulls))
              for name in ("base", "base.d/10-more", ENVIRONMENT)}
    if rng.random() < 0.5:
        held = schemas.layer(rng, declared, with_nulls)
        layers["base.d/20-text"] = "ini", schemas.in_texts(held)
    write(rng, directory, layers)
    (directory / "schema.yaml").write_text(trees.yaml(trees.Style(rng.random()), declared),
                                           encoding="utf-8", newline="")


def load_judged(rng, directory, with_nulls=True):
    """The first of many random ones that its schema lets pass."""
    for _ in range(100):
        try:
            write_judged(rng, directory, with_nulls)
            return load(directory)
        except deploycfg.LoadError as error:
            refused = error
    raise refused


def judged(rng, directory):
    """Under a schema, what is dumped as YAML reads back."""
    expected = load_judged(rng, directory).as_dict()
    return dumps.check_yaml(expected, directory, load)


def bound(rng, directory):
    """What a schema lets pass binds to the types that are made of it."""
    cfg = load_judged(rng, directory, False)
    text = dumps.run("schema", "--dir", str(directory), "--format", "python").decode()
    module = sys.modules["made"] = types.ModuleType("made")
    exec(compile(text, "made", "exec"), module.__dict__)
    module.load(cfg)


def expanded(rng, directory):
    return references.expanded(rng, directory, load)


def outcome(title, check, seed, config):
    """"passed", "skipped" or "failed", and why."""
    try:
        problem = check(random.Random(f"{title} {seed}"), config)
        return "failed" if problem else "passed", problem
    except surroundings.Skipped as reason:
        return "skipped", reason
    except (deploycfg.Error, OSError, ValueError, SyntaxError) as error:
        return "failed", f"{type(error).__name__}: {error}"


def attempt(title, check, seed):
    """Runs one example in a directory of its own."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="deploycfg-property."))
    config = folder / "config"
    config.mkdir()
    result, why = outcome(title, check, seed, config)
    counts[result] += 1
    if result != "passed":
        print(f"{'FAIL' if result == 'failed' else '#'} {title} seed={seed}")
        print("    " + str(why).replace("\n", "\n    "), flush=True)
    if result == "failed" and KEEP:
        shutil.copytree(folder, pathlib.Path(KEEP) / f"{title}-{seed}", dirs_exist_ok=True)
    shutil.rmtree(folder)


def main(seeds):
    for seed in seeds or range(EXAMPLES):
        attempt("merge", merges, seed)
        attempt("references", expanded, seed)
    for seed in seeds or range(EXAMPLES // 10):
        attempt("dump", dumped, seed)
        attempt("schema", judged, seed)
        attempt("bind", bound, seed)
        attempt("secrets", references.hidden, seed)
    for name, check in surroundings.CHECKS.items():
        attempt(name, check, 0)
    print(f"{counts['passed']} passed, {counts['failed']} failed, {counts['skipped']} skipped")
    return counts["failed"] > 0


if __name__ == "__main__":
    sys.exit(main([int(each) for each in sys.argv[1:]]))
