# SPDX-License-Identifier: ISC
"""Secrets: where they come from, who tells them, and that nothing else shows one.

A canary is a text that nobody else writes; no way of showing anything may hold one."""
import base64
import contextlib
import copy
import dataclasses
import enum
import io
import json
import logging
import os
import pathlib
import pickle
import pprint
import pydoc
import re
import reprlib
import string
import subprocess
import sys
import traceback
import types
import typing
import unittest
import warnings
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Any, Dict, FrozenSet, List, Literal, NamedTuple, Optional, Tuple, Union

import deploycfg
from deploycfg import BindError, LoadError, Secret, SecretError
from support import Case, command, parse

MASK = "******"


def canary(name):
    """16 characters that are plainly a secret's, and whose they are."""
    return (name + "Kq7Zx9Wv3Jt5Rb1M")[:16]


def forms(text):
    """A text, and as those write it who mean well."""
    raw = text.encode()
    yield from (text, raw.hex(), raw.hex().upper(), text[:8], text[8:])
    for before in range(3):  # what does not depend on what stands around it
        whole = base64.b64encode(b"x" * before + raw).decode()
        yield whole[4 if before else 0:len(whole) // 4 * 4 - 4]


SCHEMA = """
    schema: 1
    keys:
      - {key: db.host, type: string, default: localhost}
      - {key: db.password, type: string, secret: true}
      - {key: db.pin, type: int, secret: true}
      - {key: db.wait, type: duration, secret: true}
      - {key: db.room, type: size, secret: true}
      - {key: db.on, type: bool, secret: true}
      - {key: db.ratio, type: float, secret: true}
      - {key: db.file, type: path, secret: true}
      - {key: db.kind, type: enum, choices: [one, two], secret: true}
      - {key: db.hidden, type: string, secret: true, default: hiddenKq7Zx9Wv3J}
      - {key: keys, type: list, items: string, secret: true}
      - {key: vault, type: map, open: true, secret: true}
      - {key: public.token, type: string, secret: false}
      - {key: url, type: string}
      - {key: mail.password, type: string, secret: true}
    """

VALUES = {
    "db.password": canary("pw"), "db.pin": 8207193465120977, "db.wait": timedelta(days=48271),
    "db.room": 7310984265103498, "db.on": True, "db.ratio": 0.7391846205518273,
    "db.file": "/" + canary("file"), "db.kind": "two", "db.hidden": canary("hidden"),
    "keys[0]": canary("first"), "keys[1]": canary("second"), "vault.a": canary("a"),
    "vault.b.c[0]": canary("c"), "url": f"postgres://u:{canary('pw')}@db"}

CANARIES = [canary("pw"), canary("file"), canary("hidden"), canary("first"), canary("second"),
            canary("a"), canary("c"), canary("lost"), canary("file2"), "8207193465120977",
            "48271d", "7310984265103498", "0.7391846205518273"]

FILES = {
    "schema.yaml": SCHEMA,
    "base.yaml": f"""
        db:
          password: {canary("lost")}
          pin: 8207193465120977
          wait: 48271d
          room: 7310984265103498
          on: true
          ratio: 0.7391846205518273
          file: /{canary("file")}
          kind: two
        keys: [{canary("first")}, {canary("second")}]
        vault: {{a: {canary("a")}, b: {{c: [{canary("c")}]}}}}
        public: {{token: known}}
        url: postgres://u:${{db.password}}@db
        mail: {{password: null}}
        """,
    "production.yaml": f"db: {{password: {canary('pw')}}}\n",
}


class Shop(Case):
    files = FILES

    def nothing_in(self, *shown, but=()):
        for text in shown:
            for each in CANARIES:
                for form in forms(each) if len(each) == 16 else [each]:
                    if form not in but:
                        self.assertNotIn(form, text)

    def raised(self, kinds, function):
        """What a function raises, with the frames that assertRaises() takes away."""
        try:
            function()
        except kinds as error:
            return error
        self.fail("nothing is raised")

    def shown(self, thing):
        """All ways of showing a thing without meaning to tell what is in it."""
        out = io.StringIO()
        print(thing, file=out)
        pprint.pprint(thing, stream=out)
        if sys.version_info >= (3, 10):  # older ones look into every dict
            pprint.pprint(thing, stream=out, width=1)
        log = logging.Logger("secrets")
        log.addHandler(logging.StreamHandler(out))
        log.error("%s %r", thing, thing)
        log.error(thing)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with contextlib.suppress(ImportError):  # which newer ones do not have
                import cgitb
                try:
                    raise RuntimeError(thing)
                except RuntimeError:
                    out.write(cgitb.html(sys.exc_info()) + cgitb.text(sys.exc_info()))
        raised = thing if isinstance(thing, BaseException) else RuntimeError(thing)
        out.writelines(traceback.format_exception(type(raised), raised, raised.__traceback__))
        out.writelines(traceback.TracebackException(
            type(raised), raised, raised.__traceback__, capture_locals=True).format())
        return "\n".join([
            out.getvalue(), repr(thing), str(thing), f"{thing}", f"{thing!r}", "%s" % (thing,),
            "{:>60}".format(str(thing)), ascii(thing), reprlib.repr(thing), repr([thing]),
            pydoc.html.repr(thing), pydoc.text.repr(thing),
            getattr(thing, "_repr_html_", str)(), string.Template("$x").substitute(x=thing), json.dumps([thing], default=str),
            json.dumps([thing], default=repr)])


class Telling(Shop):
    """Who asks for a secret by name gets it."""

    def test_values_are_secrets_that_reveal_what_they_are(self):
        cfg = self.load()
        for key, value in VALUES.items():
            with self.subTest(key):
                self.assertIs(type(cfg[key]), Secret)
                self.assertEqual(cfg[key].reveal(), value)
                self.assertIs(type(cfg[key].reveal()), type(value))
                self.assertIs(cfg[key], cfg[key])
        self.assertEqual(cfg["public.token"], "known")
        self.assertEqual(cfg["db.host"], "localhost")

    def test_lists_and_maps_hold_them_and_null_is_none(self):
        cfg = self.load()
        self.assertEqual([each.reveal() for each in cfg["keys"]],
                         [canary("first"), canary("second")])
        self.assertEqual(cfg["vault"]["b"]["c"][0].reveal(), canary("c"))
        self.assertIsNone(cfg["mail.password"])
        self.assertEqual(cfg.get("mail.password", "none"), "none")
        self.assertEqual(cfg.get_str("mail.password", "none"), "none")

    def test_getters_of_a_type_tell_them_plainly(self):
        cfg = self.load()
        self.assertEqual(cfg.get_str("db.password"), canary("pw"))
        self.assertEqual(cfg.get_str("db.pin"), "8207193465120977")
        self.assertEqual(cfg.get_int("db.pin"), 8207193465120977)
        self.assertEqual(cfg.get_float("db.ratio"), 0.7391846205518273)
        self.assertIs(cfg.get_bool("db.on"), True)
        self.assertEqual(cfg.get_size("db.room"), 7310984265103498)
        self.assertEqual(cfg.get_duration("db.wait"), 48271 * 86400 * 10**9)
        self.assertEqual(cfg.get_path("db.file"), pathlib.Path("/" + canary("file")))
        self.assertEqual(cfg.section("db").get_str("password", "x"), canary("pw"))
        self.assertIs(type(cfg.get_list("keys")[0]), Secret)
        self.assertIs(type(cfg.get_map("vault")["a"]), Secret)

    def test_all_of_them_where_that_is_asked_for(self):
        cfg = self.load()
        self.assertIs(type(cfg.as_dict()["db"]["password"]), Secret)
        plain = cfg.as_dict(reveal=True)
        self.assertEqual(plain["db"]["password"], canary("pw"))
        self.assertEqual(plain["vault"], {"a": canary("a"), "b": {"c": [canary("c")]}})
        text = cfg.dumps(reveal=True)
        self.assertIn(f"  password: {canary('pw')}\n", text)
        again = deploycfg.loads(text, env="production", environ={},
                                schema=os.path.join(self.directory, "schema.yaml"))
        self.assertEqual(again.as_dict(reveal=True), plain)
        self.assertEqual(again.section("db"), cfg.section("db"))
        self.assertEqual(again["url"], cfg["url"].reveal())  # which no schema says is one
        self.write("base.yaml", "db: {pin: 5}\n")
        again = deploycfg.loads(self.load().dumps(reveal=True), env="production", environ={},
                                schema=os.path.join(self.directory, "schema.yaml"))
        self.assertEqual(again, self.load())

    def test_flags_say_which_they_are(self):
        cfg = self.load()
        self.assertTrue(cfg.flags("db.password").secret and cfg.flags("db.password").masked)
        self.assertTrue(cfg.flags("url").secret)
        self.assertFalse(cfg.flags("public.token").masked or cfg.flags("db.host").secret)

    def test_one_is_told_as_long_as_it_lives(self):
        secret = self.load()["db.password"]
        for _ in range(3):
            self.assertEqual(secret.reveal(), canary("pw"))

    def test_overrides_may_be_secrets(self):
        cfg = self.load(overrides={"db.password": Secret("p"), "db.pin": Secret(5),
                                   "keys": [Secret("k")]})
        self.assertEqual(cfg["db.password"], Secret("p"))
        self.assertEqual(cfg["db.pin"], Secret(5))
        self.assertEqual(cfg["keys"], (Secret("k"),))
        again = cfg.with_overrides({"db.password": cfg["db.password"]})
        self.assertEqual(again["db.password"], Secret("p"))

    def test_a_secret_that_is_not_given_with_a_pickled_config_is_an_error(self):
        cfg = self.load()
        for copied in (pickle.loads(pickle.dumps(cfg)),
                       pickle.loads(pickle.dumps(cfg.section("db")))):
            key = "db.password" if copied.path == "" else "password"
            self.assertIn("Secret", repr(copied[key]))
            self.assertEqual(copied.get_str(key.replace("password", "host")), "localhost")
            for ask in (copied[key].reveal, lambda: copied.get_str(key),
                        lambda: copied.dumps(reveal=True), lambda: copied.as_dict(reveal=True)):
                with self.assertRaises(SecretError) as caught:
                    ask()
                self.assertIn("the image came without its secrets", str(caught.exception))
            self.assertEqual(caught.exception.key[:3], "db.")
            for kind in (str, Any, Secret, Secret[Any], Union[str, int], Literal["x"], Decimal):
                with self.subTest(str(kind)):
                    if kind is Any:
                        copied.bind(kind, key)
                        continue
                    with self.assertRaises(BindError) as told:
                        copied.bind(kind, key)
                    self.assertEqual(told.exception.errors[0].code, "secret")
        self.assertEqual(pickle.loads(pickle.dumps(cfg)), cfg)


class Objects(unittest.TestCase):
    """Secret by itself."""

    def test_shows_a_mask(self):
        for value in ("hunter2", "", 5, None, [1]):
            secret = Secret(value)
            self.assertEqual(repr(secret), "Secret('******')")
            self.assertEqual((str(secret), f"{secret}", f"{secret:>8}", "%s" % secret),
                             (MASK, MASK, "  ******", MASK))

    def test_has_no_attribute_that_shows_it(self):
        secret = Secret("hunter2")
        for name in dir(secret):
            if name not in ("reveal", "__doc__"):
                self.assertNotIn("hunter2", repr(getattr(secret, name)))

    def test_is_equal_where_type_and_value_are(self):
        self.assertEqual(Secret("a"), Secret("a"))
        self.assertNotEqual(Secret("a"), Secret("b"))
        self.assertNotEqual(Secret("5"), Secret(5))
        self.assertNotEqual(Secret(1), Secret(True))
        self.assertNotEqual(Secret("a"), "a")
        self.assertEqual(Secret("\ud800ä"), Secret("\ud800ä"))
        self.assertEqual(len({Secret("a"), Secret("a"), Secret("b")}), 2)
        self.assertNotEqual(hash(Secret(5)), hash(5))
        self.assertNotEqual(hash(Secret("a")), hash("a"))

    def test_compares_in_constant_time(self):
        from unittest import mock
        with mock.patch("hmac.compare_digest", side_effect=lambda a, b: a == b) as compare:
            self.assertFalse(Secret("a") == Secret("b"))
        compare.assert_called_once()

    def test_is_true_as_its_value_is(self):
        self.assertTrue(Secret("a"))
        self.assertFalse(Secret(""))
        self.assertFalse(Secret(False))

    def test_is_copied_and_never_pickled(self):
        secret = Secret("a")
        self.assertIs(copy.copy(secret), secret)
        self.assertIs(copy.deepcopy([secret])[0], secret)
        for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
            with self.assertRaises(TypeError) as caught:
                pickle.dumps({"x": secret}, protocol)
            self.assertIn("reveal()", str(caught.exception))
        with self.assertRaises(TypeError):
            json.dumps(secret)


class Showing(Shop):
    """No canary in anything that is shown."""

    def things(self, cfg):
        yield from (cfg, cfg.section("db"), cfg.section("vault"), dict(cfg), cfg.as_dict(),
                    cfg.items(), cfg.values(), cfg.keys(), list(cfg.items()))
        yield from (cfg[key] for key in ("db", "keys", "vault", *VALUES))
        yield from (cfg.origin(key) for key in VALUES)
        yield from (cfg.get_map("db"), cfg.get_list("keys"), cfg.sources)

    def test_the_canaries_would_be_found(self):
        plain = self.load().as_dict(reveal=True)
        for each in (plain["db"]["password"], str(plain["db"]["pin"])):
            self.assertIn(each, self.shown(plain))
            with self.assertRaises(AssertionError):
                self.nothing_in(self.shown(plain))
        for form in (str.encode, lambda text: base64.b64encode(text.encode()).decode(),
                     lambda text: text.encode().hex()):
            with self.assertRaises(AssertionError):
                self.nothing_in(str(form(canary("pw"))))

    def test_things(self):
        cfg = self.load()
        for thing in self.things(cfg):
            self.nothing_in(self.shown(thing))
        for thing in self.things(pickle.loads(pickle.dumps(cfg))):
            self.nothing_in(self.shown(thing))

    def test_schemas(self):
        found = deploycfg.schema(self.directory)
        self.nothing_in(self.shown(found), self.shown(found["keys"]), found.dumps(),
                        found.explain(""))

    def test_texts(self):
        cfg = self.load()
        self.nothing_in(cfg.dumps(), cfg.section("db").dumps(), cfg.explain(""), cfg.summary(),
                        cfg.values_digest, cfg.image_digest,
                        *(cfg.explain(key) for key in VALUES))

    def test_pickles(self):
        cfg = self.load()
        for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
            for thing in (cfg, cfg.section("db")):
                self.nothing_in(pickle.dumps(thing, protocol).decode("latin-1"))

    def test_dumps_are_masked_and_do_not_load(self):
        cfg = self.load()
        text = cfg.section("db").dumps()
        self.assertIn("password: !secret '******'\n", text)
        self.assertIn("host: localhost\n", text)
        with self.assertRaises(LoadError):
            deploycfg.loads(text, env="none", environ={})
        self.assertIn("mail:\n  password: null\n", cfg.dumps())

    def test_dumps_and_stories_are_the_command_s(self):
        cfg = self.load()
        run = ["--dir", self.directory, "--env", "production"]
        self.assertEqual(cfg.dumps(), command(self, "dump", *run))
        self.assertEqual(cfg.dumps(reveal=True), command(self, "dump", "--show-secrets", *run))
        for key in ("db", "db.password", "url", "keys", "vault"):
            self.assertEqual(cfg.explain(key), command(self, "explain", key, *run))

    def test_stories_and_origins(self):
        cfg = self.load()
        self.assertIn("db.password  (secret)\n", cfg.explain("db.password"))
        self.assertEqual(cfg.explain("db.password").count(MASK), 2)
        where = cfg.origin("db.password")
        self.assertEqual((where.text, where.overridden[0].text), (MASK, MASK))
        where = cfg.origin("url")
        self.assertEqual([(past.relation, past.text) for past in where.overridden],
                         [("template", MASK), ("input", MASK)])

    def test_errors_of_getters(self):
        cfg = self.load()
        for key in VALUES:
            for ask in (cfg.get_int, cfg.get_float, cfg.get_bool, cfg.get_duration,
                        cfg.get_size, cfg.get_list, cfg.get_map, cfg.section):
                try:
                    ask(key)
                except deploycfg.Error as error:
                    self.nothing_in(self.shown(error), repr(error.args), repr(vars(error)))
        with self.assertRaises(deploycfg.BadValue) as caught:
            cfg.get_int("db.password")
        self.assertIn("found a secret string", str(caught.exception))
        self.assertEqual((caught.exception.origin.line, caught.exception.origin.text), (1, MASK))

    def test_errors_of_loading(self):
        for text in ("db: {password: [%s]}", "db: {pin: %s}", "db: {wait: %s}", "db: {on: %s}",
                     "db: {kind: %s}", "db: {password: ${%s}}", "db: {password: !bad %s}",
                     "db: {password: \"%s}", "keys: %s", "vault: %s", "db: {room: 1%s}"):
            self.write("production.yaml", text % canary("pw") + "\n")
            error = self.refused()
            self.nothing_in(self.shown(error), repr(error.errors), str(error))

    def test_variables_in_tracebacks(self):
        self.write("production.yaml", "db: {pin: x}\n")
        overrides = {"db.password": Secret(canary("pw")), "keys": [Secret(canary("a"))]}
        self.nothing_in(self.shown(self.refused(overrides=overrides)))
        self.write("production.yaml", f"db: {{password: {canary('pw')}}}\n")

        @dataclass(init=False)
        class Database:
            password: str = field(repr=False)

            def __init__(self, password):  # one that is made has it as a variable
                del password
                raise RuntimeError("no")

        def refuse(text):
            del text
            raise RuntimeError("no")

        asked = dataclasses.make_dataclass("Asked", [
            ("password", Any, field(metadata={"convert": refuse}))])
        for kind in (Database, asked):
            self.nothing_in(self.shown(self.raised(
                RuntimeError, lambda: self.load().bind(kind, "db", extra="ignore"))))

    def test_warnings(self):
        self.write("more.yaml", "schema: 1\nkeys:\n  - {key: old, type: string, secret: true,"
                   " deprecated: true}\n")
        self.write("production.yaml", f"old: {canary('pw')}\n")
        with self.assertWarns(deploycfg.ConfigWarning) as caught:
            self.load(schema=os.path.join(self.directory, "more.yaml"))
        self.nothing_in(self.shown(caught.warning))


class Colour(enum.Enum):
    RED = "red"


class Binding(Shop):
    def bound(self, *fields, key="db", **options):
        kind = dataclasses.make_dataclass("Database", fields, **options)
        return self.load().bind(kind, key, extra="ignore")

    def told(self, *fields, key="db", **options):
        error = self.raised(BindError, lambda: self.bound(*fields, key=key, **options))
        self.nothing_in(self.shown(error), repr(error.errors))
        return error.errors

    def test_secrets_are_secrets(self):
        made = self.bound(("password", Secret), ("pin", Optional[Secret[int]]),
                          ("wait", Secret[timedelta]), ("room", Secret[deploycfg.Size]),
                          ("on", Secret[bool]), ("ratio", Secret[float]),
                          ("file", Secret[pathlib.Path]), ("hidden", Optional[Secret]),
                          ("kind", Secret[Literal["one", "two"]]))
        for name in ("password", "pin", "wait", "room", "on", "ratio", "hidden", "kind"):
            self.assertEqual(getattr(made, name).reveal(), VALUES["db." + name], name)
            self.assertEqual(getattr(made, name), self.load()["db." + name])
        self.assertEqual(made.file.reveal(), pathlib.Path(VALUES["db.file"]))
        self.nothing_in(self.shown(made), self.shown(dataclasses.asdict(made)))
        with self.assertRaises(TypeError):
            pickle.dumps(dataclasses.asdict(made))

    def test_a_secret_is_of_text_where_nothing_else_is_said(self):
        made = self.bound(("pin", Secret), ("on", Secret[str]))
        self.assertEqual((made.pin.reveal(), made.on.reveal()), ("8207193465120977", "true"))

    def test_a_secret_may_be_of_what_is_none(self):
        made = self.bound(("host", Secret), ("ratio", Secret[Any]))
        self.assertEqual(made.host, Secret("localhost"))
        self.assertEqual(made.ratio.reveal(), VALUES["db.ratio"])

    def test_null_is_for_optional_ones(self):
        self.assertIsNone(self.bound(("password", Optional[Secret]), key="mail").password)
        errors = self.told(("password", Secret), key="mail")
        self.assertEqual((errors[0].code, errors[0].key), ("wrong-type", "mail.password"))

    def test_lists_maps_and_anything_hold_them(self):
        cfg = self.load()
        self.assertEqual(cfg.bind(Tuple[Secret[str], ...], "keys")[0], Secret(canary("first")))
        self.assertEqual(cfg.bind(Secret[List[str]], "keys").reveal(),
                         [canary("first"), canary("second")])
        self.assertEqual(cfg.bind(Secret[Any], "vault").reveal(),
                         {"a": canary("a"), "b": {"c": [canary("c")]}})
        self.assertEqual(len(cfg.bind(FrozenSet[Secret[str]], "keys")), 2)
        for kind, key in ((Dict[str, Any], "vault"), (Any, "vault"), (Any, "keys"),
                          (Dict[str, Union[Secret[str], Dict[str, Any]]], "vault")):
            self.nothing_in(self.shown(cfg.bind(kind, key)))
        made = self.bound(("keys", Any), ("vault", Dict[str, Any]), key="")
        self.assertEqual(made.keys[0].reveal(), canary("first"))
        self.nothing_in(self.shown(made))

    def test_who_asks_for_one_plain_value_gets_it(self):
        cfg = self.load()
        self.assertEqual(cfg.bind(str, "db.password"), canary("pw"))
        self.assertEqual(cfg.bind(int, "db.pin"), 8207193465120977)
        self.assertEqual(cfg.bind(List[str], "keys")[0], canary("first"))
        self.assertEqual(cfg.bind(Decimal, "db.ratio"), Decimal("0.7391846205518273"))
        self.assertEqual(cfg.bind(Literal["one", "two"], "db.kind"), "two")

    def test_a_field_that_is_shown_takes_no_plain_one(self):
        for name, kind in (("password", str), ("password", Optional[str]), ("pin", int),
                           ("pin", Union[int, str]), ("wait", timedelta), ("file", pathlib.Path),
                           ("ratio", Decimal), ("ratio", float), ("on", bool),
                           ("room", deploycfg.Size), ("kind", Literal["one", "two"]),
                           ("kind", Colour), ("pin", Union[str, Colour])):
            with self.subTest(f"{name}: {kind}"):
                errors = self.told((name, kind))
                self.assertEqual([(each.code, each.key, each.hint) for each in errors],
                                 [("secret", "db." + name, f"annotate Database.{name} as"
                                   " deploycfg.Secret, or write field(repr=False); in classes"
                                   " that are made of the schema, by `secret: true` there")])
                self.assertGreater(errors[0].line, 0)
        self.assertEqual(len(self.told(("keys", List[str]), key="")), 2)
        self.assertEqual(len(self.told(("vault", Dict[str, Union[str, Dict[str, List[str]]]]),
                                       key="")), 2)

    def test_one_of_a_union_may_be_a_secret(self):
        made = self.bound(("password", Union[str, Secret[str]]), ("host", Union[str, Secret[str]]))
        self.assertEqual((made.password, made.host), (Secret(canary("pw")), "localhost"))

    def test_a_field_that_is_not_shown_takes_a_plain_one(self):
        made = self.bound(("password", str, field(repr=False)), ("host", str))
        self.assertEqual(made.password, canary("pw"))
        self.nothing_in(repr(made), str(made))
        self.assertEqual(self.bound(("password", str), repr=False).password, canary("pw"))

    def test_a_class_that_inherits_what_shows_it_shows_it(self):
        base = dataclasses.make_dataclass("Base", [("password", str)])

        @dataclass(repr=False)
        class Database(base):
            host: str = ""

        with self.assertRaises(BindError):
            self.load().bind(Database, "db", extra="ignore")

    def test_an_argument_that_is_no_field_is_not_shown(self):
        @dataclass
        class Database:
            password: dataclasses.InitVar[str]
            length: int = field(init=False)

            def __post_init__(self, password):
                self.length = len(password)

        self.assertEqual(self.load().bind(Database, "db", extra="ignore").length, 16)

    def test_tuples_and_dicts_show_what_they_hold(self):
        class Pair(NamedTuple):
            password: str

        class Member(typing.TypedDict):
            password: str

        for kind in (Pair, Member):
            with self.assertRaises(BindError) as caught:
                self.load().bind(kind, "db", extra="ignore")
            self.assertEqual(caught.exception.errors[0].hint.split(";")[0],
                             f"annotate {kind.__name__}.password as deploycfg.Secret")

    def test_classes_in_classes(self):
        inner = dataclasses.make_dataclass("Inner", [("password", str)])
        outer = dataclasses.make_dataclass("Outer", [("db", inner, field(repr=False))])
        with self.assertRaises(BindError):
            self.load().bind(outer, extra="ignore")
        outer = dataclasses.make_dataclass("Outer", [("db", Secret[inner])])
        made = self.load().bind(outer, extra="ignore")
        self.nothing_in(self.shown(made))
        self.assertEqual(made.db.reveal().password, canary("pw"))

    def test_functions_may_make_what_does_not_show_it(self):
        def converting(function, **options):
            return ("password", Any, field(metadata={"convert": function}, **options))

        self.assertEqual(self.bound(converting(len)).password, 16)
        self.assertEqual(self.bound(converting(Secret)).password, Secret(canary("pw")))
        self.assertEqual(self.told(converting(str.strip))[0].code, "secret")
        self.assertEqual(self.told(converting(lambda text: [text]))[0].code, "secret")
        self.assertEqual(self.bound(converting(str.lower, repr=False)).password,
                         canary("pw").lower())

    def test_what_functions_and_classes_say_is_masked(self):
        def refuse(text):
            raise ValueError(f"{text!r} is weak, as {text} is")

        errors = self.told(("password", Any, field(metadata={"convert": refuse})))
        self.assertEqual(errors[0].message,
                         "a secret string does not do: '******' is weak, as ****** is")

        @dataclass
        class Database:
            password: str = field(repr=False)
            host: str = ""

            def __post_init__(self):
                raise ValueError(f"{self.host}: {self.password} is weak")

        error = self.raised(BindError, lambda: self.load().bind(Database, "db", extra="ignore"))
        self.assertEqual(error.errors[0].message, "Database: localhost: ****** is weak")
        self.assertIsNone(error.__cause__)
        self.nothing_in(self.shown(error))

    def test_short_secrets_are_masked_as_words(self):
        @dataclass
        class Kind:
            pin_token: str

            def __post_init__(self):
                raise ValueError(f"no {self.pin_token}, none of 1234{self.pin_token}")

        with self.assertRaises(BindError) as caught:
            parse("pin_token: '42'").bind(Kind)
        self.assertEqual(caught.exception.errors[0].message, "Kind: no ******, none of 123442")

    def test_errors_tell_types_alone(self):
        for name, kind in (("password", Secret[int]), ("password", Secret[timedelta]),
                           ("password", Secret[Literal["a", "b"]]), ("password", Secret[Colour]),
                           ("password", Secret[Decimal]), ("password", Secret[bool]),
                           ("pin", Secret[timedelta]), ("password", Dict[str, str]),
                           ("password", List[str]), ("password", Secret[Union[int, bool]])):
            with self.subTest(f"{name}: {kind}"):
                errors = self.told((name, kind))
                self.assertEqual(errors[0].key, "db." + name)
                self.assertIn("found a secret ", errors[0].message)

    def test_pydantic(self):
        try:
            import pydantic
        except ImportError:
            self.skipTest("pydantic is not installed")
        secret, cfg = pydantic.SecretStr, self.load()

        class Mail(pydantic.BaseModel):
            password: Optional[secret]

        class Database(pydantic.BaseModel):
            password: secret
            room: Optional[secret]
            pin: int = pydantic.Field(repr=False)
            host: str

        class Shop(pydantic.BaseModel):
            database: Database = pydantic.Field(alias="db")
            mail: Mail
            keys: List[secret]
            vault: Any
            more: Dict[str, Any] = pydantic.Field({}, alias="vault")

        made = cfg.bind(Shop)
        self.assertEqual(made.database.password.get_secret_value(), canary("pw"))
        self.assertEqual(made.database.pin, 8207193465120977)
        self.assertEqual(made.database.room.get_secret_value(), "7310984265103498")
        self.assertEqual(made.keys[1].get_secret_value(), canary("second"))
        self.assertEqual(made.vault["a"], Secret(canary("a")))
        self.assertIsNone(made.mail.password)
        self.nothing_in(self.shown(made))

        class Showing(pydantic.BaseModel):
            password: str
            keys: Dict[str, str] = {}

        with self.assertRaises(BindError) as caught:
            cfg.bind(Showing, "db")
        self.assertEqual([(each.code, each.key, each.hint.split(";")[0])
                          for each in caught.exception.errors],
                         [("secret", "db.password", "annotate Showing.password as"
                           " pydantic.SecretStr, or write Field(repr=False)")])

        class Strict(pydantic.BaseModel):
            password: secret

            @pydantic.validator("password")
            def strong(cls, value):
                raise ValueError(f"{value.get_secret_value()} is weak")

        error = self.raised(BindError, lambda: cfg.bind(Strict, "db"))
        problem, = error.errors
        self.assertEqual(problem.key, "db.password")
        self.assertRegex(problem.message, r"^(Value error, )?\*{6} is weak$")  # pydantic 2, 1
        self.nothing_in(self.shown(error))
        made = self.bound(("password", secret), ("hidden", Optional[pydantic.SecretBytes]))
        self.assertEqual(made.password.get_secret_value(), canary("pw"))
        self.assertEqual(made.hidden.get_secret_value(), canary("hidden").encode())
        self.nothing_in(self.shown(made))

    def test_models_of_newer_pydantics(self):
        class SecretStr:
            pass

        class Info:
            def __init__(self, annotation, alias=None, shown=True):
                self.annotation, self.alias, self.repr = annotation, alias, shown

        class Model:
            model_fields = {"one": Info(Optional[SecretStr], "password"), "pin": Info(int),
                            "hidden": Info(str, None, False), "wait": Info(Secret[str])}

            @classmethod
            def model_validate(cls, values):
                return values

        with self.assertRaises(BindError) as caught:
            self.load().bind(Model, "db")
        self.assertEqual([each.key for each in caught.exception.errors], ["db.pin"])
        del Model.model_fields["pin"]
        values = self.load().bind(Model, "db")
        self.assertEqual((values["password"], values["hidden"]), (canary("pw"), canary("hidden")))
        self.assertEqual({type(values[name]) for name in ("wait", "pin", "room")}, {Secret})


class Generated(Shop):
    def test_classes_have_secrets(self):
        text = command(self, "schema", "--dir", self.directory, "--format", "python")
        self.nothing_in(text)
        self.assertIn("    password: typing.Optional[deploycfg.Secret[str]] = None\n", text)
        self.assertIn("    kind: typing.Optional[deploycfg.Secret[str]] = None\n", text)
        self.assertIn("    keys: tuple[deploycfg.Secret[str], ...] = ()\n", text)
        module = sys.modules["generated"] = types.ModuleType("generated")
        self.addCleanup(sys.modules.pop, "generated")
        exec(text, vars(module))
        with self.assertRaises(BindError) as caught:  # made of a secret, and declared as none
            module.load(self.load())
        self.assertEqual([each.key for each in caught.exception.errors], ["url"])
        self.assertIn("`secret: true`", caught.exception.errors[0].hint)
        base = pathlib.Path(self.directory, "base.yaml")
        base.write_text(re.sub(r"url: postgres.*", "url: plain", base.read_text()))
        made = module.load(self.load())
        self.assertEqual(made.db.password.reveal(), canary("pw"))
        self.assertEqual(made.db.wait.reveal(), VALUES["db.wait"])
        self.assertEqual(made.keys[0].reveal(), canary("first"))
        self.nothing_in(self.shown(made))


class Arguments(Shop):
    """What is given to a load is a local variable of its frames."""

    def test_are_in_no_traceback_of_a_load_that_fails(self):
        cfg = self.load()
        for fail in (
                lambda: deploycfg.load(
                    self.directory, env="prodution", prefix="SHOP",
                    environ={"SHOP__DB__PASSWORD": canary("pw")},
                    constants={"TESTING": True, "a": canary("a")},
                    overrides={"db.password": canary("pw"), "vault": {"a": canary("a")}},
                    texts=deploycfg.Text(f"url: {canary('file')}"),
                    schema_text=SCHEMA + f"  - {{key: b, default: {canary('c')}}}\n"),
                lambda: deploycfg.loads(
                    f"db: {{password: {canary('pw')}}}", env="prodution", prefix="SHOP",
                    environ={"SHOP__DB__PASSWORD": canary("pw")},
                    overrides={"db.password": canary("pw")},
                    schema_text={"s": SCHEMA + f"  - {{key: b, default: {canary('c')}}}\n"}),
                lambda: cfg.with_overrides({"db.password": canary("pw"), "b": {}, "b.c": 1}),
                lambda: deploycfg.schema(
                    schema_text=f"schema: 2\nkeys:\n  - {{key: b, default: {canary('c')}}}\n"),
                lambda: deploycfg.environments(
                    self.directory, texts=[deploycfg.Text(f"url: {canary('file')}", layer=100)],
                    prefix="shop")):
            self.nothing_in(self.shown(self.raised(LoadError, fail)))


class Names(Shop):
    """Keys that are only named like secrets: plain to who asks, and masked where shown."""

    files = {"base.yaml": f"""
        password: {canary("pw")}
        db: {{api-key: {canary("a")}, port: 5432, refresh_token: null}}
        credentials: {{user: {canary("first")}, more: [{canary("second")}]}}
        hosts: [{{secret: {canary("c")}}}]
        """, "production.yaml": ""}

    def test_are_plain(self):
        cfg = self.load()
        self.assertEqual(cfg["password"], canary("pw"))
        self.assertEqual(cfg["db"]["api-key"], canary("a"))
        self.assertEqual(cfg["hosts"], ({"secret": canary("c")},))
        self.assertEqual(dict(cfg.items())["credentials.user"], canary("first"))
        self.assertEqual(cfg.as_dict()["credentials"]["more"], [canary("second")])
        self.assertTrue(cfg.flags("password").masked)
        self.assertFalse(cfg.flags("password").secret)

    def test_are_masked(self):
        cfg = self.load()
        for thing in (cfg, cfg.section("db"), cfg.section("credentials"), cfg["db"],
                      cfg["credentials"], cfg["hosts"], cfg.items(), cfg.values(),
                      cfg.origin("password"), cfg.get_map("credentials")):
            self.nothing_in(self.shown(thing))
        self.nothing_in(cfg.dumps(), cfg.explain(""))
        self.assertEqual(repr(cfg.section("db")), "Section('db', {'api-key': '******', 'port':"
                         " 5432, 'refresh_token': None})")
        self.assertEqual(repr(cfg["db"]), "mappingproxy({'api-key': '******', 'port': 5432,"
                         " 'refresh_token': None})")
        self.assertIn("password: !secret '******'\n", cfg.dumps())
        self.assertIn("password  (likely a secret)\n", cfg.explain("password"))

    def test_are_masked_in_tracebacks_with_variables(self):
        self.write("schema.yaml", """
            schema: 1
            keys:
              - {key: password, type: string}
              - {key: z, type: duration}
            """)
        self.write("base.yaml", f"password: {canary('pw')}\nz: 1ns\n")
        cfg = self.load()
        for ask in (lambda: cfg.get_int("password"), lambda: cfg.get_list("password"),
                    lambda: cfg.get_bool("password", None), lambda: cfg.section("password"),
                    lambda: cfg["z"], lambda: cfg[""], lambda: dict(cfg), cfg.as_dict,
                    cfg.items().__iter__, cfg.values().__iter__,
                    lambda: cfg[5], lambda: cfg["none"], lambda: cfg.bind(Dict[str, Any])):
            cfg["password"]
            len(cfg)
            self.nothing_in(self.shown(self.raised((deploycfg.Error, TypeError), ask)))

    def test_are_masked_in_errors(self):
        cfg = self.load()
        self.nothing_in(self.shown(self.raised(deploycfg.BadValue,
                                               lambda: cfg.get_int("password"))))
        for kind, key in ((int, "password"), (Colour, "password"), (Dict[str, int], "credentials"),
                          (Literal["x"], "db.api-key"), (Decimal, "password")):
            self.nothing_in(self.shown(self.raised(BindError, lambda: cfg.bind(kind, key))))

    def test_are_no_secrets_to_classes(self):
        kind = dataclasses.make_dataclass("Kind", [("password", str)])
        self.assertEqual(self.load().bind(kind, extra="ignore").password, canary("pw"))

    def test_dumps_are_the_command_s(self):
        self.assertEqual(self.load().dumps(),
                         command(self, "dump", "--dir", self.directory, "--env", "production"))

    def test_copies_of_maps_are_dicts(self):
        found = self.load()["db"].copy()
        self.nothing_in(repr(found), str(found), pprint.pformat(found))
        self.assertEqual(found, {"api-key": canary("a"), "port": 5432, "refresh_token": None})
        found["port"] = 1
        self.assertEqual(type(pickle.loads(pickle.dumps(found))), dict)
        self.assertEqual(copy.deepcopy(found), found)
        self.assertIs(type(found | {}), dict)

    def test_views_are_those_of_a_dict(self):
        cfg = self.load()
        plain = dict(cfg)
        self.assertEqual(list(cfg.items()), list(plain.items()))
        self.assertEqual(list(cfg.values()), list(plain.values()))
        self.assertEqual(list(reversed(cfg.items())), list(reversed(plain.items())))
        self.assertEqual(list(reversed(cfg.values())), list(reversed(plain.values())))
        self.assertEqual(cfg.items(), plain.items())
        self.assertIn(("db.port", 5432), cfg.items())
        self.assertIn(5432, cfg.values())
        self.assertEqual((len(cfg.items()), len(cfg.values())), (len(plain), len(plain)))


class Files(Case):
    files = {"base.yaml": "db: {account: base, port: 1}\n"}

    def put(self, name, text):
        os.makedirs(os.path.join(self.directory, "s"), exist_ok=True)
        path = os.path.join(self.directory, "s", name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def load(self, **options):
        options.setdefault("environ", {})
        return deploycfg.load(self.directory, env="none", **options)

    def secrets(self):
        return os.path.join(self.directory, "s")


class Sources(Files):
    def test_come_from_a_directory(self):
        self.put("db.account", "shop\n")
        self.put("db.port", "5432\n")
        cfg = self.load(secrets=self.secrets())
        self.assertEqual(cfg["db.account"], Secret("shop"))
        self.assertEqual(cfg["db.port"], Secret(5432))
        self.assertEqual(cfg.origin("db.port").layer, "secret")
        text = deploycfg.loads("db: {account: x}", env="none", environ={},
                               secrets=pathlib.Path(self.secrets()))
        self.assertEqual(text["db.account"], Secret("shop"))

    def test_come_from_the_directory_of_the_service_manager(self):
        self.put("db.account", "shop\n")
        cfg = self.load(environ={"CREDENTIALS_DIRECTORY": self.secrets()})
        self.assertEqual(cfg["db.account"], Secret("shop"))

    def test_come_from_the_file_that_a_variable_names(self):
        path = self.put("some", "shop\n")
        cfg = self.load(prefix="APP", environ={"APP__DB__ACCOUNT__FILE": path})
        self.assertEqual(cfg["db.account"], Secret("shop"))

    def test_make_secret_what_refers_to_them(self):
        self.put("db.account", "shop\n")
        cfg = self.load(secrets=self.secrets(), texts=deploycfg.Text("url: u:${db.account}@h"))
        self.assertEqual(cfg["url"], Secret("u:shop@h"))
        self.assertNotIn("shop", cfg.explain("").replace(self.directory, ""))

    def test_must_be_there_unless_they_are_optional(self):
        self.load(secrets="optional:" + self.secrets())
        with self.assertRaises(LoadError):
            self.load(secrets=[self.secrets()])

    def test_are_not_told_of(self):
        self.put("db.port", "hunter2\n")
        with self.assertRaises(LoadError) as caught:
            self.load(secrets=self.secrets())
        self.assertNotIn("hunter2", str(caught.exception))

    def test_have_a_limit(self):
        self.put("db.account", "shop\n")
        with self.assertRaises(LoadError):
            self.load(secrets=self.secrets(), limits={"secret_file": 4})


@unittest.skipUnless(sys.platform == "linux", "no memory to look into")
class Memory(Files):
    """What a secret of a file leaves in a process that shows all it has, and tells nothing."""

    PROGRAM = """if True:
        import gc, sys
        import deploycfg
        cfg = deploycfg.load(sys.argv[1], secrets=sys.argv[1] + "/s", env="none", environ={})
        secret = cfg["db.account"]
        shown = [repr(cfg), str(secret), cfg.dumps(), cfg.explain(""), repr(cfg.as_dict())]
        try:
            cfg.get_int("db.account")
        except deploycfg.BadValue as error:
            shown.append(repr(error))
        try:
            cfg.bind(dict[str, int], "db")
        except deploycfg.BindError as error:
            shown.append(str(error))
        print("loaded", flush=True)
        sys.stdin.readline()
        del cfg, secret
        gc.collect()
        print("released", flush=True)
        sys.stdin.readline()
        """

    def found(self, process, text):
        """How often a text is in a process's memory."""
        count = 0
        with open(f"/proc/{process}/maps", encoding="utf-8") as maps, \
                open(f"/proc/{process}/mem", "rb", 0) as memory:
            lines = maps.readlines()
            if any("libasan" in line or "clang_rt" in line for line in lines):
                self.skipTest("a sanitizer keeps what is freed, and maps more than there is")
            for line in lines:
                begin, end = (int(each, 16) for each in line.split()[0].split("-"))
                with contextlib.suppress(OSError, ValueError, OverflowError):
                    memory.seek(begin)
                    count += memory.read(end - begin).count(text)
        return count

    def test_is_none_once_the_config_is_gone(self):
        self.put("db.account", canary("memory"))
        with subprocess.Popen([sys.executable, "-c", self.PROGRAM, self.directory], text=True,
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
            self.assertEqual(process.stdout.readline(), "loaded\n")
            try:
                found = self.found(process.pid, canary("memory").encode())
            except PermissionError:
                process.kill()
                self.skipTest("the memory of another process cannot be read")
            except unittest.SkipTest:
                process.kill()
                raise
            self.assertEqual(found, 1)  # where the library keeps it
            process.stdin.write("\n")
            process.stdin.flush()
            self.assertEqual(process.stdout.readline(), "released\n")
            self.assertEqual(self.found(process.pid, canary("memory").encode()), 0)
            process.stdin.write("\n")


class Trust(Files):
    def test_is_of_root_and_oneself(self):
        base = os.path.join(self.directory, "base.yaml")
        self.load(trust="owner")
        os.chmod(base, 0o646)
        self.load()
        with self.assertRaises(LoadError) as caught:
            self.load(trust="owner")
        self.assertEqual(caught.exception.errors[0].code, "world-writable")
        self.assertIn("chmod o-w", caught.exception.errors[0].hint)

    def test_is_of_schemas_and_manifests_too(self):
        path = self.write("schema.yaml", "schema: 1\nkeys: []\n")
        os.chmod(path, 0o646)
        deploycfg.schema(self.directory)
        with self.assertRaises(LoadError):
            deploycfg.schema(self.directory, trust="owner")
        with self.assertRaises(LoadError):
            deploycfg.loads("", env="none", environ={}, schema=path, trust="owner")
        path = self.write("deploycfg.yaml", "deploycfg: 1\nenvironments: []\n")
        os.chmod(path, 0o646)
        deploycfg.environments(self.directory)
        with self.assertRaises(LoadError):
            deploycfg.environments(self.directory, trust="owner")

    @unittest.skipIf(os.geteuid(), "only root gives files away")
    def test_may_be_given_to_others(self):
        base = os.path.join(self.directory, "base.yaml")
        os.chown(base, 12345, 12345)
        os.chmod(base, 0o664)
        with self.assertRaises(LoadError):
            self.load(trust="owner", trust_groups=[12345])
        with self.assertRaises(LoadError):
            self.load(trust="owner", trust_users=[12345])
        self.load(trust="owner", trust_users=[12345], trust_groups=[12345])

    def test_refuses_what_cannot_be_meant(self):
        for options in ({"trust": "me"}, {"trust_users": [-1]}, {"trust_groups": [2**32 - 1]}):
            with self.assertRaises(ValueError):
                self.load(**options)
        with self.assertRaises(TypeError):
            self.load(trust_users=["root"])


if __name__ == "__main__":
    unittest.main()
