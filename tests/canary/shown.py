# SPDX-License-Identifier: ISC
"""All that Python shows of configurations: reads settings as JSON, writes what it showed of each.

The answer is a list by setting of [title, text] pairs.
"""

import copy
import dataclasses
import html
import io
import json
import logging
import os
import pickle
import pprint
import sys
import traceback
import typing
import warnings

import deploycfg

_MANY = {"--dir": "directory", "--file": "files", "--env-file": "env_files",
         "--secrets": "secrets", "--overlay": "overlays", "--schema": "schema"}
_ONE = {"--env": "env", "--prefix": "prefix", "--project": "project", "--root": "root"}


def options_of(words, stdin):
    """The arguments of load() for those of the command; None where it has none of that kind."""
    given = {}
    for name, word in zip(words[::2], words[1::2]):
        if name == "--file" and word == "-":
            given["texts"] = [deploycfg.Text(stdin, layer=750, name="-")]
        elif name in _MANY:
            given.setdefault(_MANY[name], []).append(word)
        elif name in _ONE:
            given[_ONE[name]] = word
        elif name == "--map-env":
            variable, _, key = word.partition("=")
            given.setdefault("map_env", {})[variable] = key
        elif name == "--set" and "=" in word and ":=" not in word:
            key, _, text = word.partition("=")
            given.setdefault("overrides", {})[key] = text
        else:
            return None
    return given if len(words) % 2 == 0 else None


@dataclasses.dataclass
class Number:
    pin: int


@dataclasses.dataclass
class Plain:
    pin: str


@dataclasses.dataclass
class Numbers:
    db: dict[str, int]


@dataclasses.dataclass
class Choice:
    pin: typing.Literal["a", "b"]


def told(call, capture=True):
    """What a user sees of a call: the value as it is shown, or the error in every dress, local
    variables of the module too unless they are what the user gave."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    logger = logging.Logger("canary")
    logger.addHandler(handler)
    try:
        shown = call()
        logger.warning("%s and %r", shown, shown)
        return f"{shown}\n{shown!r}\n{stream.getvalue()}"
    except Exception as error:  # what it is does not matter here
        logger.exception("%s", error)
        inner = traceback.TracebackException.from_exception(error, capture_locals=capture)
        _forget_own_locals(inner)
        fields = [repr(each) for each in getattr(error, "errors", ())]
        return "\n".join((str(error), repr(error), repr(error.args), repr(vars(error)), *fields,
                          html.escape(str(error)), *inner.format(), stream.getvalue()))


def _forget_own_locals(told_of):
    """Of frames of this file, which know what was given to load()."""
    while told_of:
        for frame in told_of.stack:
            if frame.filename == __file__:
                frame.locals = None
        told_of = told_of.__cause__ or told_of.__context__


def _origins(cfg, key):
    found = cfg.origin(key)
    return f"{found} {found!r} {cfg.flags(key)}"


def views(cfg, setting):
    yield "repr", lambda: cfg
    yield "format", lambda: f"{cfg!s:>10}"
    yield "dumps", cfg.dumps
    yield "explain", lambda: cfg.explain("")
    yield "sources", lambda: cfg.sources
    yield "summary", cfg.summary
    yield "html", lambda: getattr(cfg, "_repr_html_", str)()
    yield "variables", lambda: vars(cfg) if hasattr(cfg, "__dict__") else ""
    yield "copy", lambda: copy.copy(cfg)
    yield "digest", lambda: (cfg.values_digest, cfg.image_digest)
    if not setting["by_name"]:
        yield "pickle", lambda: pickle.dumps(cfg)
        yield "as_dict", lambda: pprint.pformat(cfg.as_dict())
        yield "json", lambda: json.dumps(cfg.as_dict(), default=str)
        yield "items", lambda: list(cfg.items())
        yield "values", lambda: list(cfg.values())
    for key in setting["keys"]:
        yield from views_of_key(cfg, setting, key)
    yield "bind a number", lambda: cfg.bind(Number, "db")
    yield "bind a text", lambda: cfg.bind(Plain, "db") if not setting["by_name"] else None
    yield "bind numbers", lambda: cfg.bind(Numbers)
    yield "bind a choice", lambda: cfg.bind(Choice, "db")


def views_of_key(cfg, setting, key):
    above = key.rpartition(".")[0]
    yield f"explain {key}", lambda: cfg.explain(key)
    yield f"origin {key}", lambda: _origins(cfg, key)
    if above:
        yield f"section {above}", lambda: cfg.section(above)
        yield f"dumps {above}", lambda: cfg.section(above).dumps()
        yield f"explain {above}", lambda: cfg.explain(above)
    for kind in ("bool", "duration", "size", "list", "map"):
        yield f"get_{kind} {key}", lambda kind=kind: _not_got(cfg, kind, key)
    if not setting["by_name"]:
        yield f"value {key}", lambda: cfg[key]
        yield f"pickle {key}", lambda: pickle.dumps(cfg[key])
        yield f"value of {above}", lambda: cfg[above]
        yield f"get {key}", lambda: [cfg.get(key), {"pin": cfg.get(key)}]


def _not_got(cfg, kind, key):
    """The error of a getter; a value is what was asked for."""
    getattr(cfg, f"get_{kind}")(key)
    return ""


def show(setting):
    options = options_of(setting["words"], setting["stdin"])
    if options is None:
        return []
    os.chdir(setting["path"])
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            cfg = deploycfg.load(environ=setting["variables"], check="lint", **options)
        except deploycfg.Error:
            shown = [["load", told(lambda: deploycfg.load(environ=setting["variables"],
                                                          **options), False)]]
        else:
            shown = [[title, told(call)] for title, call in views(cfg, setting)]
    return shown + [["warnings", "\n".join(f"{each.message} {each.message!r}"
                                           for each in caught)]]


json.dump([show(setting) for setting in json.load(sys.stdin)], sys.stdout)
