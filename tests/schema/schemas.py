# SPDX-License-Identifier: ISC
"""All schemas that the tests have, for those who make something of each: one for each group of
values.yaml, odd.yaml, and those of tests/cases."""

import json
import os
import pathlib
import shutil
import subprocess
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
CASES = HERE.parent / "cases"
EXAMPLE = HERE.parents[1] / "examples" / "service" / "config"
COMMAND = os.path.abspath(os.environ.get("DEPLOYCFG") or "deploycfg")


def run(*arguments, cwd):
    environment = {name: os.environ[name] for name in os.environ
                   if name in ("PATH", "LOCPATH", "LC_ALL", "LD_LIBRARY_PATH")
                   or name.endswith("SAN_OPTIONS")}
    return subprocess.run([COMMAND, *arguments], cwd=cwd, env=environment, text=True,
                          encoding="utf-8", errors="surrogateescape", stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60)


def option_values(case, name):
    """What a case gives an option."""
    arguments = (case / "args").read_text(errors="replace").split("\n")
    for at, argument in enumerate(arguments):
        if argument == name and at + 1 < len(arguments):
            yield arguments[at + 1]
        elif argument.startswith(name + "="):
            yield argument.partition("=")[2]


def folders(tree):
    """Directories with schemas."""
    return sorted({path.parent for path in tree.rglob("schema.yaml")} |
                  {path.parent for path in tree.rglob("schema.d") if path.is_dir()})


def has_schema(case):
    tree = case / "tree"
    return tree.is_dir() and not (case / "setup").exists() and \
        bool(folders(tree) or list(option_values(case, "--schema")))


def cases(names=()):
    found = {path.parent for name in names or ["."] for path in (CASES / name).rglob("args")}
    return sorted(filter(has_schema, found))


def documents(folder, into):
    """Copies what a directory says of its layers, and no layer."""
    into.mkdir()
    for name in ("deploycfg.yaml", "schema.yaml"):
        if (folder / name).is_file():
            shutil.copy(folder / name, into / name)
    if (folder / "schema.d").is_dir():
        shutil.copytree(folder / "schema.d", into / "schema.d")


def with_name(entry, name):
    return dict(entry, key=entry["key"].replace("K", name, 1))


def declare(group, count):
    """`count` keys that are all declared as a group of values.yaml says: k0, k1, ..."""
    for number in range(count):
        if "entry" in group:
            yield dict(group["entry"], key=f"k{number}")
        for entry in group.get("more", ()):
            yield with_name(entry, f"k{number}")


def groups():
    import yaml
    return yaml.safe_load((HERE / "values.yaml").read_text())


def generated(form):
    """(title, text) of every schema that is valid, and once more with what it has of secrets."""
    with tempfile.TemporaryDirectory(prefix="deploycfg-schemas.") as folder:
        folder = pathlib.Path(folder)
        for title, cwd, options in _all(folder):
            done = run("schema", "--format", form, *options, cwd=cwd)
            if done.returncode:
                continue
            yield title, done.stdout
            shown = run("schema", "--format", form, "--show-secrets", *options, cwd=cwd).stdout
            if shown != done.stdout:
                yield f"{title}, with secrets", shown


def _all(folder):
    yield "examples/service", EXAMPLE, ["--dir", "."]
    yield "odd.yaml", HERE, ["--schema", "odd.yaml", "--prefix", "ODD_ONE"]
    for number, group in enumerate(groups()):
        place = folder / f"group{number}"
        place.mkdir()
        keys = list(declare(group, 2))
        (place / "schema.yaml").write_text(json.dumps({"schema": 1, "keys": keys}))
        yield f"values.yaml: {keys[0]}", place, ["--dir", "."]
    for case in cases():
        named = [option for name in option_values(case, "--schema")
                 for option in ("--schema", name)]
        for place in folders(case / "tree") or [None]:
            yield (str(case.relative_to(CASES)), case / "tree",
                   named + (["--dir", str(place)] if place else []))
