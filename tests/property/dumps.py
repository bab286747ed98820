# SPDX-License-Identifier: ISC
"""Reads back what `deploycfg dump` prints, with as little of deploycfg as possible."""

import ast
import json
import math
import os
import pathlib
import re
import shutil
import subprocess
import unicodedata

PASSED_ON = ("PATH", "LOCPATH", "LC_ALL", "LD_PRELOAD", "LD_LIBRARY_PATH", "ASAN_OPTIONS",
             "UBSAN_OPTIONS", "LSAN_OPTIONS")
HIDDEN = {"Cc", "Cf", "Co", "Cs", "Zl", "Zp", "Zs"}  # controls, formats, private use, blanks


class Failed(ValueError):
    pass


def program():
    """The command and its environment; what libtool wraps it in would take most of the time."""
    command = pathlib.Path(os.environ.get("DEPLOYCFG") or "deploycfg").absolute()
    environment = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    inner = command.parent / ".libs" / command.name
    library = command.parents[1] / "libdeploycfg/.libs"
    if inner.is_file() and library.is_dir():
        return str(inner), {**environment, "LD_LIBRARY_PATH": str(library)}
    return str(command), environment


COMMAND, ENVIRONMENT = program()


def run(*arguments, cwd=None, environment=None):
    done = subprocess.run([COMMAND, *arguments], stdin=subprocess.DEVNULL, capture_output=True,
                          cwd=cwd, env={**ENVIRONMENT, **(environment or {})})
    if done.returncode:
        raise Failed(f"{' '.join(arguments)}: status {done.returncode}\n"
                     + done.stderr.decode(errors="backslashreplace"))
    return done.stdout


def dump(directory, form, *options):
    text = run("dump", "--dir", str(directory), "--env", "development", "--format", form, *options)
    return text.decode()


# -------------------------------------------------------------------------- comparing


def canonical(value):
    """A text that two values share where they are the same: 1 is not True and not 1.0."""
    if isinstance(value, dict):
        held = sorted((key.encode(), canonical(each)) for key, each in value.items())
        return f"{{{', '.join(f'{key!r}: {each}' for key, each in held)}}}"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(canonical, value))}]"
    return repr(value)


def difference(expected, found, title="values"):
    if canonical(expected) == canonical(found):
        return None
    return f"{title}\nexpected {canonical(expected)}\nfound    {canonical(found)}"


def segment(name):
    if re.fullmatch(r"(?:[A-Za-z0-9_-]|[^\x00-\x7f])+", name):
        return name
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


def leaves(value, path=""):
    """(path, value) of scalars and of empty lists and maps, the root aside."""
    if isinstance(value, dict) and (value or not path):
        for key, held in value.items():
            yield from leaves(held, f"{path}.{segment(key)}" if path else segment(key))
    elif isinstance(value, list) and value:
        for index, held in enumerate(value):
            yield from leaves(held, f"{path}[{index}]")
    else:
        yield path, value


# ---------------------------------------------------------------------------- formats


def check_yaml(expected, directory, load):
    """Equal values and texts, and the second dump is the first."""
    text = dump(directory, "yaml")
    again = directory.parent / "again"
    again.mkdir()
    for schema in directory.glob("schema.yaml"):
        shutil.copy(schema, again)
    (again / "base.yaml").write_text(text, encoding="utf-8", newline="")
    (again / "development.yaml").write_text("{}\n")
    if load(again).values_digest != load(directory).values_digest:
        return difference(expected, load(again).as_dict()) or f"texts differ:\n{text}"
    return None if dump(again, "yaml") == text else f"the second dump differs:\n{text}"


def without_infinities(value):
    if isinstance(value, dict):
        return {key: without_infinities(held) for key, held in value.items()}
    if isinstance(value, list):
        return [without_infinities(held) for held in value]
    if isinstance(value, float) and not math.isfinite(value):
        return ".nan" if math.isnan(value) else ".inf" if value > 0 else "-.inf"
    return value


def unprintable(text):
    """Characters that must not reach a terminal as they are."""
    return [each for each in text.replace("\n", " ")
            if each != " " and unicodedata.category(each) in HIDDEN]


def in_order(pairs):
    keys = [key.encode() for key, _ in pairs]
    if keys != sorted(set(keys)):
        raise Failed(f"JSON: keys not in order or twice: {keys}")
    return dict(pairs)


def check_json(expected, directory, load):
    text = dump(directory, "json")
    if unprintable(text):
        return f"JSON prints {unprintable(text)!r}"
    return difference(without_infinities(expected), json.loads(text, object_pairs_hook=in_order),
                      "JSON")


def evaluated(text):
    infinite = re.fullmatch(r"float\('(-?inf|nan)'\)", text)
    return float(infinite.group(1)) if infinite else ast.literal_eval(text)


def check_repr(expected, directory, load):
    """Paths are compared as printed: what a line cannot show is escaped there."""
    text = dump(directory, "repr")
    if unprintable(text):
        return f"repr prints {unprintable(text)!r}"
    found = []
    for line in text.splitlines():
        path = re.match(r'(?:"(?:[^"\\]|\\.)*"|[^" ])+(?= = )', line)
        found.append(evaluated(line[path.end() + 3:]))
    wanted = [held for _, held in sorted(leaves(expected), key=lambda leaf: order(leaf[0]))]
    return difference(wanted, found, "repr")


def order(path):
    """Segments as bytes, list indices as numbers."""
    parts = re.findall(r'"((?:[^"\\]|\\.)*)"|\[(\d+)\]|([^."\[]+)', path)
    return [(int(index), b"") if index else (0, (re.sub(r"\\(.)", r"\1", quoted, flags=re.S)
                                                 or plain).encode())
            for quoted, index, plain in parts]


def whole(value, path=()):
    """(segments, value) of what INI and variables keep whole: scalars, lists, empty maps."""
    if isinstance(value, dict) and (value or not path):
        for key, held in value.items():
            yield from whole(held, (*path, key))
    else:
        yield path, value


def means(text, value):
    """Whether a text is that of a scalar; a list or map is only recognised."""
    if value == {}:
        return text in ({}, "{}")
    if isinstance(value, str):
        return text == value
    if value is None:
        return text == "" or text.lower() in ("null", "~")
    if isinstance(value, bool):
        return text.lower() == str(value).lower()
    if isinstance(value, int):
        return int(text, 0) == value
    if isinstance(value, float):
        return repr(float(re.sub(r"\.(?=[a-z])", "", text.lower()))) == repr(value)
    return text[:1] + text[-1:] == "[]"


def with_texts_for_nulls(value):
    """Text over null is a string; inside lists null is what it was."""
    if isinstance(value, dict):
        return {key: with_texts_for_nulls(held) for key, held in value.items()}
    return "" if value is None else value


def check_texts(form, expected, found, left_out):
    """What is not there has to be in a comment."""
    wanted = dict(whole(expected))
    for path, text in found.items():
        emptied = text == {} and any(other[:len(path)] == path for other in wanted)
        if not emptied and (path not in wanted or not means(text, wanted[path])):
            return f"{form}: {path} is {text!r}, not {wanted.get(path)!r}"
    missing = [path for path in wanted if path not in found]
    if len(missing) != left_out:
        return f"{form}: {left_out} comments for the keys that are left out: {missing}"
    return None


def check_ini(expected, directory, load):
    """Alone it gives the same texts; over what it was made of it changes nothing."""
    text = dump(directory, "ini")
    if unprintable(text):
        return f"ini prints {unprintable(text)!r}"
    alone = directory.parent / "alone"
    alone.mkdir()
    (alone / "base.ini").write_text(text, encoding="utf-8", newline="")
    (alone / "development.yaml").write_text("{}\n")
    found = dict(whole(load(alone).as_dict()))
    (alone / "base.ini").rename(alone / "development.ini")
    (alone / "base.yaml").write_text(dump(directory, "yaml"), encoding="utf-8", newline="")
    over = load(alone).as_dict()
    return (check_texts("ini", expected, found, comments(text))
            or (None if comments(text) else
                difference(with_texts_for_nulls(expected), over, "ini over its source")))


def comments(text):
    return sum(line.startswith("# ") for line in text.splitlines())


def sourced(text, directory):
    """Variables as sh reads them."""
    path = directory.parent / "variables"
    path.write_text(text, encoding="utf-8", newline="")
    done = subprocess.run(["sh", "-c", f"set -a; . {path}; env -0"], capture_output=True,
                          env={"PATH": os.environ["PATH"]}, check=True)
    pairs = (pair.split("=", 1) for pair in done.stdout.decode().split("\0")[:-1])
    return {name: value for name, value in pairs
            if name.startswith("APP__") and value != "{}"}  # no text goes over a map


def check_env(expected, directory, load):
    """Sourced by sh they are the same texts; over what they were made of they change nothing."""
    text = dump(directory, "env", "--prefix", "APP")
    found = sourced(text, directory)
    return difference(expected, load(directory, prefix="APP", environ=found).as_dict(),
                      "variables over their source")


def check(expected, directory, load):
    """The first thing that is wrong with any format, or None."""
    return (difference(expected, load(directory).as_dict())
            or next(filter(None, (each(expected, directory, load) for each in CHECKS)), None))


CHECKS = [check_yaml, check_json, check_repr, check_ini, check_env]
