# SPDX-License-Identifier: ISC
"""Schemas: what they make of a load, the types that only they give, and what they say."""
import dataclasses
import enum
import os
import pathlib
import pickle
import unittest
import warnings
from dataclasses import dataclass
from datetime import timedelta
from typing import Dict, List, Literal, Optional, Union

import deploycfg
from deploycfg import BadValue, BindError, ConfigWarning, Flags, LoadError, OutOfRange, WrongType
from support import Case, command, parse

SCHEMA = """
    schema: 1
    keys:
      - {key: server.host, type: string, required: true}
      - {key: server.port, type: int, default: 8080, min: 1, max: 65535}
      - {key: server.tls, type: bool}
      - {key: cache.ttl, type: duration, default: 5m, restart: true}
      - {key: cache.tick, type: duration}
      - {key: cache.size, type: size, default: 64MiB}
      - {key: cache.dir, type: path, default: /var/cache/shop}
      - {key: cache.steps, type: list, items: duration}
      - {key: log.level, type: enum, choices: [debug, info], default: info}
      - {key: log.old, type: string, deprecated: true, replaced_by: log.level}
    """

FILES = {
    "schema.yaml": SCHEMA,
    "base.yaml": """
        server: {host: shop, tls: "no"}
        cache: {ttl: 1h30m, steps: [1s, 250ms]}
        """,
    "production.yaml": "server: {port: '8443'}\n",
}


class Schema(Case):
    files = FILES


class Loading(Schema):
    def test_gives_values_their_types_and_absent_keys_their_defaults(self):
        self.assertEqual(self.load().as_dict(), {
            "server": {"host": "shop", "port": 8443, "tls": False},
            "cache": {"ttl": timedelta(minutes=90), "size": 2**26, "dir": "/var/cache/shop",
                      "steps": [timedelta(seconds=1), timedelta(milliseconds=250)]},
            "log": {"level": "info"}})

    def test_tells_every_violation_with_its_place(self):
        self.write("production.yaml", "server: {port: 99999, colour: x}\ncache: {ttl: soon}\n")
        self.write("base.yaml", "server: {}\nlog: {level: inof}\n")
        error = self.refused()
        self.assertEqual({(problem.code, problem.key) for problem in error.errors}, {
            ("out-of-range", "server.port"), ("unknown-key", "server.colour"),
            ("bad-value", "cache.ttl"), ("not-a-choice", "log.level"),
            ("missing-key", "server.host")})
        by_key = {problem.key: problem for problem in error.errors}
        self.assertEqual((by_key["server.port"].file, by_key["server.port"].line,
                          by_key["server.port"].column),
                         (self.directory + "/production.yaml", 1, 16))
        self.assertIn("info", by_key["log.level"].hint)

    def test_takes_more_schemas_from_files_and_texts(self):
        self.write("more.yaml", "schema: 1\nkeys:\n  - {key: extra.a, type: int, default: 1}\n")
        text = "schema: 1\nkeys:\n  - {key: extra.b, type: int, default: 2}\n"
        for given in (text, text.encode(), {"shop/schema.yaml": text}):
            cfg = self.load(schema=os.path.join(self.directory, "more.yaml"), schema_text=given)
            self.assertEqual(cfg["extra"], {"a": 1, "b": 2})
        self.assertEqual(cfg.origin("extra.b").place, "shop/schema.yaml:3:40")
        cfg = self.load(schema=[pathlib.Path(self.directory, "more.yaml"),
                                "optional:/nowhere.yaml"])
        self.assertEqual(cfg["extra.a"], 1)
        self.assertEqual(self.refused(schema="/nowhere/schema.yaml").errors[0].code, "not-found")

    def test_tells_what_is_wrong_with_a_schema(self):
        error = self.refused(schema_text={"mine": "schema: 1\nkeys:\n  - {key: a, typ: int}\n"})
        self.assertEqual((error.errors[0].file, error.errors[0].line), ("mine", 3))

    def test_unknown_keys_are_errors_or_warnings(self):
        self.write("production.yaml", "new: {key: 5}\n")
        self.assertEqual(self.refused().errors[0].code, "unknown-key")
        with self.assertWarns(ConfigWarning) as caught:
            cfg = self.load(unknown="warn")
        self.assertIn("unknown-key", str(caught.warning))
        self.assertEqual(cfg["new.key"], 5)
        self.refused(unknown="error")
        self.refused(unknown="warn", check="strict")

    def test_unknown_keys_may_be_a_property_of_an_environment(self):
        self.write("production.yaml", "new: {key: 5}\n")
        environments = {"production": {"unknown": "warn"}}
        with self.assertWarns(ConfigWarning):
            self.assertEqual(self.load(environments=environments)["new.key"], 5)
        self.refused(environments={"production": {"unknown": "error"}})
        with self.assertRaises(ValueError):
            self.load(environments={"production": {"unknown": "default"}})

    def test_lint_warns_of_what_is_likely_not_meant(self):
        self.write("production.yaml", "server: {host: shop}\n")
        with warnings.catch_warnings():
            warnings.simplefilter("error", ConfigWarning)
            self.load()
        with self.assertWarns(ConfigWarning) as caught:
            self.load(check="lint")
        self.assertIn("[lint]", str(caught.warning))

    def test_variables_are_those_of_the_schema(self):
        cfg = self.load(environ={"SHOP__CACHE__TTL": "10s", "SHOP__CACHE__SIZE": "1kB"})
        self.assertEqual((cfg["cache.ttl"], cfg["cache.size"]), (timedelta(seconds=10), 1000))
        error = self.refused(environ={"SHOP__CACHE__TTTL": "10s"})
        self.assertEqual((error.errors[0].code, error.errors[0].file),
                         ("unknown-key", "env:SHOP__CACHE__TTTL"))

    def test_arguments_that_cannot_be_are_refused(self):
        for options in ({"unknown": "ignore"}, {"check": "none"}, {"schema_text": {"a\0": ""}},
                        {"schema": "a\0b"}):
            with self.assertRaises(ValueError):
                self.load(**options)
        for options in ({"unknown": ["warn"]}, {"schema": 5}, {"schema_text": {"a": 5}},
                        {"schema_text": {5: ""}}):
            with self.assertRaises(TypeError):
                self.load(**options)

    def test_overrides_may_be_durations_and_paths(self):
        cfg = self.load(overrides={"cache.ttl": timedelta(days=1, milliseconds=5),
                                   "cache.dir": pathlib.Path("/x"),
                                   "cache.steps": [timedelta(), timedelta(microseconds=1)]})
        self.assertEqual(cfg["cache.ttl"], timedelta(days=1, milliseconds=5))
        self.assertEqual(cfg.origin("cache.ttl").text, "1d5ms")
        self.assertEqual((cfg["cache.dir"], cfg["cache.steps[1]"]),
                         ("/x", timedelta(microseconds=1)))
        with self.assertRaises(ValueError):
            self.load(overrides={"cache.ttl": timedelta(seconds=-1)})

    def test_judges_what_is_derived_too(self):
        cfg = self.load(schema_text="schema: 1\nkeys: [{key: a, type: size}]\n")
        self.assertEqual(cfg.with_overrides({"a": "1kB"})["a"], 1000)
        for wrong in ({"a": "1KB"}, {"b": 1}, {"server.port": 0}):
            with self.assertRaises(LoadError):
                cfg.with_overrides(wrong)

    def test_loads_takes_one_too(self):
        cfg = deploycfg.loads("a: 5s\n", env="none", environ={},
                              schema_text="schema: 1\nkeys: [{key: a, type: duration}]\n")
        self.assertEqual(cfg["a"], timedelta(seconds=5))


class Types(Schema):
    files = {**FILES, "production.yaml": "cache: {tick: 1500ns, size: 512}\n"}

    def test_duration(self):
        cfg = self.load()
        self.assertEqual(cfg["cache.ttl"], timedelta(minutes=90))
        self.assertEqual(cfg.get("cache.ttl"), timedelta(minutes=90))
        self.assertEqual(cfg.get_duration("cache.ttl"), 5400 * 10**9)
        self.assertEqual(cfg.get_str("cache.ttl"), "1h30m")
        self.assertEqual(cfg.get_duration("cache.none", 7), 7)
        for getter in (cfg.get_int, cfg.get_float, cfg.get_bool, cfg.get_size):
            with self.assertRaises(BadValue):
                getter("cache.ttl")

    def test_duration_that_a_timedelta_cannot_hold_names_the_getter_that_can(self):
        cfg = self.load()
        for read in (lambda: cfg["cache.tick"], lambda: cfg.get("cache.tick"),
                     lambda: cfg["cache"], cfg.as_dict, lambda: dict(cfg),
                     lambda: cfg.section("cache")["tick"], lambda: list(cfg.values()),
                     lambda: list(cfg.items())):
            with self.assertRaises(OutOfRange) as caught:
                read()
        error = caught.exception
        self.assertEqual((error.key, error.expected, error.actual, error.origin.text),
                         ("cache.tick", "timedelta", "duration", "1500ns"))
        self.assertEqual(str(error), f"{self.directory}/production.yaml:1:15: cache.tick: the"
                         " duration is no whole number of microseconds, as a timedelta is;"
                         " get_duration() gives nanoseconds")
        self.assertEqual(pickle.loads(pickle.dumps(error)).origin, error.origin)
        self.assertEqual(cfg.get_duration("cache.tick"), 1500)
        self.assertEqual(cfg.get_duration("cache.tick", None), 1500)
        self.assertEqual(cfg.get_str("cache.tick"), "1500ns")
        self.assertIn("cache.tick", cfg)
        self.assertIn("'tick': '1500ns'", repr(cfg.section("cache")))
        with self.assertRaises(WrongType):
            cfg.get_list("cache.tick")

    def test_duration_that_a_timedelta_cannot_hold_is_no_matter_to_keys(self):
        cfg, whole = self.load(), self.load(overrides={"cache.tick": "1us"})
        self.assertEqual(list(cfg), list(whole))
        self.assertEqual(cfg.keys(), whole.keys())
        self.assertEqual((len(cfg), len(cfg.items())), (len(whole), len(whole)))
        section = cfg.section("cache")
        self.assertEqual([*section], [*whole.section("cache")])
        self.assertIn("tick", section.keys())

    def test_size(self):
        cfg = self.load("production")
        self.assertEqual((cfg["cache.size"], cfg.get_size("cache.size")), (512, 512))
        cfg = self.load(overrides={"cache.size": "2MiB"})
        self.assertEqual((cfg["cache.size"], cfg.get_size("cache.size"),
                          cfg.get_int("cache.size"), cfg.get_str("cache.size")),
                         (2**21, 2**21, 2**21, "2MiB"))

    def test_path_and_enum_are_str(self):
        cfg = self.load()
        self.assertEqual((cfg["cache.dir"], cfg["log.level"]), ("/var/cache/shop", "info"))
        self.assertEqual(cfg.get_path("cache.dir"), pathlib.Path("/var/cache/shop"))
        self.assertEqual(cfg.get_str("log.level"), "info")

    def test_are_shown_as_texts(self):
        cfg = self.load(overrides={"cache.size": "1kB"})
        self.assertEqual(repr(cfg.section("cache")), "Section('cache', {'dir': "
                         "'/var/cache/shop', 'size': '1kB', 'steps[0]': '1s', 'steps[1]': "
                         "'250ms', 'tick': '1500ns', 'ttl': '1h30m'})")
        self.assertIn("'1h30m'", cfg.explain("cache.ttl"))
        self.assertIn("ttl: 1h30m\n", cfg.dumps())

    def test_are_written_and_told_as_the_command_does(self):
        options = "--dir", self.directory, "--env", "production"
        cfg = self.load()
        self.assertEqual(cfg.dumps(), command(self, "dump", *options))
        for key in ("cache", "server", "log.level"):
            self.assertEqual(cfg.explain(key), command(self, "explain", key, *options))

    def test_load_back_with_their_schema(self):
        cfg = self.load()
        again = deploycfg.loads(cfg.dumps(), env="production", environ={}, schema=os.path.join(
            self.directory, "schema.yaml"))
        self.assertEqual(again, cfg)
        self.assertEqual(again.dumps(), cfg.dumps())
        self.assertEqual(again.values_digest, cfg.values_digest)

    def test_survive_the_way_to_another_process(self):
        cfg = self.load(overrides={"cache.tick": "1us"})
        again = pickle.loads(pickle.dumps(cfg))
        self.assertEqual((again, again.as_dict()), (cfg, cfg.as_dict()))
        self.assertEqual(again.flags("cache.ttl"), cfg.flags("cache.ttl"))


class Texts(unittest.TestCase):
    """The getters without a schema: of any scalar's text."""

    def setUp(self):
        self.cfg = parse("d: 1h30m\ns: 64MiB\np: a/b\nzero: 0\nn: 5\nnull: null\n"
                         'negative: -5\nempty: ""\nlist: [1]\nbig: 400w\nhuge: 9999999w\n'
                         .replace("null: null", '"null": null'))

    def test_duration(self):
        cfg = self.cfg
        self.assertEqual((cfg.get_duration("d"), cfg.get_duration("zero")), (5400 * 10**9, 0))
        self.assertEqual((cfg.get_duration("x", 5), cfg.get_duration("null", None)), (5, None))
        for key, kind in [("s", BadValue), ("n", BadValue), ("list", WrongType),
                          ("null", WrongType), ("empty", BadValue), ("huge", OutOfRange),
                          ("x", deploycfg.MissingKey)]:
            with self.subTest(key), self.assertRaises(kind) as caught:
                cfg.get_duration(key)
        self.assertEqual(cfg.get_duration("big"), 400 * 7 * 86400 * 10**9)

    def test_size(self):
        cfg = self.cfg
        self.assertEqual((cfg.get_size("s"), cfg.get_size("n")), (2**26, 5))
        self.assertEqual((cfg.get_size("x", 5), cfg.get_size("null", None)), (5, None))
        for key, kind in [("d", BadValue), ("list", WrongType), ("empty", BadValue)]:
            with self.subTest(key), self.assertRaises(kind):
                cfg.get_size(key)
        with self.assertRaises(deploycfg.ReadError):
            cfg.get_size("negative")

    def test_path(self):
        cfg = self.cfg
        self.assertEqual((cfg.get_path("p"), cfg.get_path("n")),
                         (pathlib.Path("a/b"), pathlib.Path("5")))
        default = object()
        self.assertIs(cfg.get_path("x", default), default)
        self.assertIs(cfg.get_path("null", default), default)
        for key, kind in [("list", WrongType), ("empty", BadValue), ("null", WrongType),
                          ("x", deploycfg.MissingKey)]:
            with self.subTest(key), self.assertRaises(kind):
                cfg.get_path(key)


class Saying(Schema):
    def test_flags_are_what_the_schema_says(self):
        cfg = self.load()
        self.assertEqual(cfg.flags("cache.ttl"), Flags(restart=True))
        self.assertEqual(cfg.flags("cache.size"), Flags(default=True))
        self.assertTrue(cfg.section("log").flags("level").default)
        self.assertEqual(cfg.flags("server.port"), Flags())
        with self.assertWarns(ConfigWarning):
            self.assertTrue(self.load(overrides={"log.old": "x"}).flags("log.old").deprecated)
        with self.assertRaises(deploycfg.MissingKey):
            cfg.flags("nothing")
        self.assertEqual(parse("a: 1\n").flags("a"), Flags())

    def test_what_would_join_its_default_is_written_with_replace(self):
        schema = ("schema: 1\nkeys:\n- {key: l, type: list, merge: append, default: [1]}\n"
                  "- {key: g.x, default: 5}\n- {key: z, default: 1, conflicts: [l]}\n")
        cfg = parse("l: [2]\ng: !replace null\n", schema_text=schema)
        self.assertEqual(cfg.as_dict(), {"g": None, "l": [1, 2], "z": 1})
        self.assertEqual((cfg.flags("l"), cfg.flags("g"), cfg.flags("z")),
                         (Flags(replaces=True), Flags(replaces=True), Flags(default=True)))
        self.assertEqual(cfg.dumps(), "g: !replace null\nl: !replace\n  - 1\n  - 2\nz: 1\n")
        self.assertEqual(parse(cfg.dumps(), schema_text=schema), cfg)

    def test_secrets_are_not_quoted(self):
        schema = "schema: 1\nkeys: [{key: a.key, secret: true}, {key: a.kind}]\n"
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConfigWarning)
            cfg = parse("a: {key: hunter2, kind: hunter2}\n", schema_text=schema)
        self.assertTrue(cfg.flags("a.key").secret)

        def convert(text):
            raise ValueError(f"no {text}")

        kinds = [int, bool, timedelta, Literal["hunter"], List[str], Union[int, bool]]
        for field in [*(("key", kind) for kind in kinds),
                      ("key", str, dataclasses.field(metadata={"convert": convert}))]:
            kind = dataclasses.make_dataclass("Kind", [field])
            with self.assertRaises(BindError) as caught:
                cfg.bind(kind, "a", extra="ignore")
            self.assertNotIn("hunter2", str(caught.exception))
            self.assertIsNone(caught.exception.__cause__)
        for getter in (cfg.get_int, cfg.get_list, cfg.get_duration):
            with self.assertRaises(deploycfg.ReadError) as caught:
                getter("a.key")
            self.assertNotIn("hunter2", str(caught.exception))

    def test_the_schemas_are_a_configuration_themselves(self):
        found = deploycfg.schema(self.directory, prefix="SHOP")
        self.assertEqual(found["prefix"], "SHOP")
        keys = {entry["key"]: entry for entry in found["keys"]}
        self.assertEqual(list(keys), sorted(keys))
        self.assertEqual(keys["server.port"], {
            "key": "server.port", "type": "int", "default": 8080, "min": 1, "max": 65535,
            "variable": "SHOP__SERVER__PORT"})
        self.assertEqual(found.origin("keys[0].key").file, self.directory + "/schema.yaml")
        with self.assertRaises(deploycfg.Error):
            found.with_overrides({"prefix": "X"})

    def test_no_schema_declares_no_keys(self):
        os.unlink(os.path.join(self.directory, "schema.yaml"))
        self.assertEqual(deploycfg.schema(self.directory)["keys"], ())
        text = "schema: 1\nkeys: [{key: a, type: int}]\n"
        self.assertEqual(deploycfg.schema(schema_text=text)["keys[0].key"], "a")
        self.assertNotIn("docs", deploycfg.schema(schema_text=text))
        found = deploycfg.schema(schema_text={
            "a": text, "b": "doc: All.\n" + text.replace("a,", "b,")})
        self.assertEqual((found["docs"], found.origin("docs[0]").place), (("All.",), "b:1:6"))
        with self.assertRaises(LoadError):
            deploycfg.schema(schema_text="schema: 2\n")

    def test_environments_are_those_to_check(self):
        self.assertEqual(deploycfg.environments(self.directory), ("production",))
        self.assertEqual(deploycfg.environments(self.directory, environments=["a", "b"]),
                         ("a", "b"))
        self.assertEqual(deploycfg.environments(self.directory, environments=[]), ())
        self.write("deploycfg.yaml", "deploycfg: 1\nenvironments: {production: {}, staging: "
                                     "{inherits: production}}\n")
        self.assertEqual(deploycfg.environments(self.directory), ("production", "staging"))
        self.write("deploycfg.yaml", "deploycfg: 9\n")
        with self.assertRaises(LoadError):
            deploycfg.environments(self.directory)


class Level(enum.Enum):
    DEBUG = "debug"
    INFO = "info"


@dataclass(frozen=True)
class Cache:
    ttl: timedelta
    size: int
    dir: pathlib.Path
    steps: "tuple[timedelta, ...]" = ()
    tick: Optional[deploycfg.Nanoseconds] = None


@dataclass(frozen=True)
class Log:
    level: Level


class Binding(Schema):
    def test_takes_the_types_of_the_schema(self):
        cfg = self.load(overrides={"cache.tick": "5ns"})
        self.assertEqual(cfg.bind(Cache, "cache"), Cache(
            timedelta(minutes=90), 2**26, pathlib.Path("/var/cache/shop"),
            (timedelta(seconds=1), timedelta(milliseconds=250)), 5))
        self.assertEqual(cfg.bind(Log, "log"), Log(Level.INFO))
        self.assertEqual(cfg.bind(Union[int, timedelta], "cache.ttl"), timedelta(minutes=90))
        self.assertEqual(cfg.bind(Union[str, int], "cache.size"), 2**26)
        self.assertEqual(cfg.bind(Dict[str, str], "log"), {"level": "info"})

    def test_keys_that_no_field_takes_were_judged_by_the_schema(self):
        cfg = self.load()
        kind = dataclasses.make_dataclass("Kind", [("host", str)])
        self.assertEqual(cfg.bind(kind, "server"), kind("shop"))
        with self.assertRaises(BindError):
            cfg.bind(kind, "server", extra="forbid")
        self.assertEqual(pickle.loads(pickle.dumps(cfg)).bind(kind, "server"), kind("shop"))


if __name__ == "__main__":
    unittest.main()
