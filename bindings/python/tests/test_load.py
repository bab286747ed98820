# SPDX-License-Identifier: ISC
"""load(): what its arguments mean, and that it leaves the process alone."""
import os
import pathlib
import sys
import types
import unittest
import warnings

import deploycfg
from deploycfg._flow import flow
from support import Case


class Selection(Case):
    def test_nothing_selected_is_an_error(self):
        error = self.refused(env=None)
        self.assertEqual(error.errors[0].code, "environment")
        for word in ("SHOP_ENV", "production", "TESTING"):
            self.assertIn(word, str(error))

    def test_a_variable_selects(self):
        cfg = self.load(env=None, environ={"SHOP_ENV": "testing"})
        self.assertEqual((cfg.environment, cfg.selected_by), ("testing", "SHOP_ENV"))

    def test_constants_select_by_text_mapping_and_module(self):
        module = types.ModuleType("program")
        module.TESTING = True
        for constants in ("TESTING=1", {"TESTING": True}, module,
                          {"TESTING": True, "PRODUCTION": False},
                          {"DEPLOYCFG_ENVIRONMENT": "testing"}):
            cfg = self.load(env=None, constants=constants)
            self.assertEqual(cfg.environment, "testing")
        self.assertEqual(self.load(env=None, constants=module).selected_by, "TESTING")

    def test_a_false_constant_selects_nothing_but_forbids(self):
        self.refused(env=None, constants={"PRODUCTION": False})
        self.refused(env=None, constants={"PRODUCTION": False},
                     environ={"SHOP_ENV": "production"})

    def test_constants_that_disagree_are_an_error_but_an_argument_wins(self):
        both = {"TESTING": True, "PRODUCTION": True}
        self.refused(env=None, constants=both)
        self.refused(env=None, constants={"TESTING": True}, environ={"SHOP_ENV": "production"})
        cfg = self.load(env="production", constants={"TESTING": True})
        self.assertEqual(cfg.environment, "production")

    def test_a_constant_is_exactly_true_or_false(self):
        for value in (1, 0, "yes", None, "True", [True]):
            with self.assertRaises(TypeError):
                self.load(env=None, constants={"TESTING": value})
        for value in (1, None, True):
            with self.assertRaises(TypeError):
                self.load(env=None, constants={"DEPLOYCFG_ENVIRONMENT": value})
        for value in ("", "a b", "testing PRODUCTION=1"):
            with self.assertRaises(ValueError):
                self.load(env=None, constants={"DEPLOYCFG_ENVIRONMENT": value})
        with self.assertRaises(TypeError):
            self.load(env=None, constants=["TESTING"])

    def test_other_names_of_a_module_do_not_count(self):
        self.refused(env=None, constants={"testing": True, "Testing": True, "STAGING": 1})

    def test_none_is_a_program_without_environments(self):
        self.assertEqual(self.load(env="none").environment, "")


class Variables(Case):
    def test_override_files_and_take_their_type(self):
        cfg = self.load(environ={"SHOP__SERVER__PORT": "9090", "SHOP__HOSTS": "a, b"})
        self.assertEqual(cfg["server.port"], 9090)
        self.assertEqual(cfg["hosts"], ("a", "b"))

    def test_and_overrides_set_an_element_of_a_list(self):
        cfg = self.load(environ={"SHOP__SERVERS__1__HOST": "gamma"},
                        overrides={"hosts[0]": "first"})
        self.assertEqual(cfg["servers"][1], {"host": "gamma", "weight": 2})
        self.assertEqual(cfg["hosts"], ("first", "two", "three"))

    def test_come_from_the_process_where_nothing_is_given(self):
        os.environ["SHOP__SERVER__PORT"] = "9091"
        self.addCleanup(os.environ.pop, "SHOP__SERVER__PORT")
        cfg = deploycfg.load(self.directory, env="production", prefix="SHOP")
        self.assertEqual(cfg["server.port"], 9091)
        self.assertEqual(self.load()["server.port"], 8443)

    def test_have_no_say_in_testing_unless_asked(self):
        environ = {"SHOP__SERVER__PORT": "9090"}
        with self.assertWarns(deploycfg.ConfigWarning):
            self.assertEqual(self.load("testing", environ)["server.port"], 18080)
        told = self.load("testing", environ, variables="always")
        self.assertEqual(told["server.port"], 9090)
        with self.assertWarns(deploycfg.ConfigWarning):
            never = self.load("production", environ, variables="never")
        self.assertEqual(never["server.port"], 8443)
        with self.assertRaises(ValueError):
            self.load(variables="sometimes")

    def test_of_other_names_are_mapped(self):
        cfg = self.load(environ={"DATABASE_URL": "pg://x"},
                        map_env={"DATABASE_URL": "database.url"})
        self.assertEqual(cfg["database.url"], "pg://x")
        self.assertEqual(cfg.origin("database.url").file, "env:DATABASE_URL")

    def test_that_are_no_utf_8_are_an_error_not_a_crash(self):
        error = self.refused(environ={"SHOP__SERVER__HOST": "\udcff"})
        self.assertEqual(error.errors[0].file, "env:SHOP__SERVER__HOST")
        self.assertEqual(self.load(environ={"OTHER": "\udcff"})["server.port"], 8443)

    def test_that_cannot_be_are_refused(self):
        with self.assertRaises(ValueError):
            self.load(environ={"SHOP__SERVER__HOST": "a\0b"})
        with self.assertRaises(TypeError):
            self.load(environ={"SHOP__SERVER__HOST": 5})

    def test_a_new_key_is_one_warning_at_the_callers_place(self):
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            cfg = deploycfg.load(self.directory, env="production", prefix="SHOP",
                                 environ={"SHOP__SERVER__PROT": "1"})
        self.assertEqual(cfg["server.prot"], "1")
        self.assertEqual([one.category for one in caught], [deploycfg.ConfigWarning])
        self.assertIn("SHOP__SERVER__PROT", str(caught[0].message))
        self.assertEqual(caught[0].filename, __file__)


class Arguments(Case):
    def test_paths_are_text_bytes_path_objects_or_several(self):
        more = self.write("more.yaml", "server: {host: more}\n")
        for directory in (self.directory, os.fsencode(self.directory),
                          pathlib.Path(self.directory), [self.directory]):
            cfg = deploycfg.load(directory, env="production", environ={}, files=more)
            self.assertEqual(cfg["server.host"], "more")
        cfg = deploycfg.load(env="none", files=[pathlib.Path(more)], environ={})
        self.assertEqual(cfg.as_dict(), {"server": {"host": "more"}})

    def test_a_path_with_odd_bytes_is_read(self):
        odd = os.path.join(os.fsencode(self.directory), b"\xff.yaml")
        with open(odd, "wb") as file:
            file.write(b"a: 1\n")
        cfg = deploycfg.load(env="none", files=odd, environ={})
        self.assertEqual(cfg["a"], 1)
        self.assertTrue(cfg.origin("a").file.endswith(".yaml"))

    def test_of_the_wrong_kind_are_refused(self):
        for options in ({"env": 5}, {"prefix": b"SHOP"}, {"overrides": {5: 1}},
                        {"overrides": {"a": object()}}, {"overrides": {"a": {1: 2}}},
                        {"overrides": {"a": b"x"}}, {"map_env": {"A": 5}}):
            with self.assertRaises(TypeError, msg=options):
                self.load(**options)
        for options in ({"env": "a\0b"}, {"prefix": "\0"}, {"overrides": {"a\0": "x"}},
                        {"files": "a\0b"}, {"environ": {"SHOP__A=": "x"}},
                        {"environ": {"": "x"}}, {"root": "/mnt"}):
            with self.assertRaises(ValueError, msg=options):
                self.load(**options)
        for function in (deploycfg.schema, deploycfg.environments):
            with self.assertRaisesRegex(ValueError, "root"):
                function(self.directory, root="/mnt")

    def test_a_wrong_prefix_or_name_is_the_librarys_to_refuse(self):
        self.refused(prefix="shop_")
        self.refused(env="prodution")

    def test_nothing_is_remembered_between_loads(self):
        first = self.load(overrides={"server.port": 1})
        self.assertEqual(self.load()["server.port"], 8443)
        self.assertEqual(first["server.port"], 1)


class Overrides(Case):
    def test_text_takes_the_type_and_values_bring_theirs(self):
        cfg = self.load(overrides={"server.port": "9", "server.tls": "yes",
                                   "database.url": "x",
                                   "database.pool.size": 2.5, "new.key": [1, "1", None]})
        self.assertEqual(cfg["server.port"], 9)
        self.assertIs(cfg["server.tls"], True)
        self.assertEqual(cfg["database.pool.size"], 2.5)
        self.assertEqual(cfg["new.key"], (1, "1", None))

    def test_every_value_comes_back_as_it_was(self):
        for value in (None, True, False, 0, -2**63, 2**63 - 1, 1.5, -0.0, 1e300, 5e-324,
                      1e16, float("inf"), float("-inf"), [], [[]], {"a": []},
                      ["", " ", "no", "5", "null", "~", "a: b", "#", "'", '"', "\\", "\n\r\t",
                       "\x7f\x85\u2028\u2029\ufeff", "Grüße \U0001f600", "!x", "&a", "*a"],
                      {"5": {"a.b": "c"}, "yes": 1}):
            with self.subTest(repr(value)):
                got = self.load(overrides={"new": value}).as_dict()["new"]
                self.assertEqual(repr(got), repr(value))

    def test_a_key_may_be_as_long_as_a_path(self):
        for size in range(990, 1030, 3):
            value = {"k" * size: {"\n" * (size // 10): 1}, "after": [{"x" * 2500: [2]}]}
            with self.subTest(size):
                got = self.load(overrides={"new": value}).as_dict()["new"]
                self.assertEqual(got, value)

    def test_what_is_too_big_is_an_error_with_its_place(self):
        error = self.refused(overrides={"new": 2**63})
        self.assertEqual(error.errors[0].file, "override[1]")

    def test_a_dollar_brace_is_literal(self):
        cfg = self.load(overrides={"new": ["${x}", "$${y}"], "server.host": "${z}"})
        self.assertEqual(cfg["new"], ("${x}", "$${y}"))
        self.assertEqual(cfg["server.host"], "${z}")

    def test_flow_text_is_yaml(self):
        self.assertEqual(flow({"a": [1, True, None, 2.0, float("nan"), "x\x00"]}),
                         '{"a": [1, true, null, 2.0, .nan, "x\\x00"]}')


class Surroundings(Case):
    def test_the_environment_is_never_changed(self):
        seen = []
        sys.addaudithook(lambda event, _: seen.append(event)
                         if event in ("os.putenv", "os.unsetenv") else None)
        before = dict(os.environ)
        self.load(environ={"SHOP__SERVER__PORT": "9"})
        self.refused(env=None)
        self.assertEqual(dict(os.environ), before)
        with open("/proc/self/environ", "rb") if os.path.exists("/proc/self/environ") \
                else open(os.devnull, "rb") as file:
            self.assertNotIn(b"SHOP__", file.read())
        self.assertEqual(seen, [])

    def test_the_mapping_given_is_not_changed_and_not_kept(self):
        environ = {"SHOP__SERVER__PORT": "9"}
        cfg = deploycfg.load(self.directory, env="production", prefix="SHOP", environ=environ)
        environ["SHOP__SERVER__PORT"] = "10"
        self.assertEqual(cfg["server.port"], 9)
        self.assertEqual(environ, {"SHOP__SERVER__PORT": "10"})


if __name__ == "__main__":
    unittest.main()
