# SPDX-License-Identifier: ISC
"""with_overrides(): the same load again, with something stronger on top."""
import os
import pickle
import unittest
import warnings

import deploycfg
from support import Case, parse


class Derived(Case):
    def test_has_the_overrides_over_everything(self):
        cfg = self.load(environ={"SHOP__SERVER__PORT": "9090"}, overrides={"server.tls": True})
        other = cfg.with_overrides({"server.port": "7", "server.host": "h", "new": [1]})
        self.assertEqual((other["server.port"], other["server.host"], other["new"]),
                         (7, "h", (1,)))
        self.assertIs(other["server.tls"], True)
        self.assertEqual((cfg["server.port"], "new" in cfg), (9090, False))
        self.assertEqual([lost.text for lost in other.origin("server.port").overridden],
                         ["9090", "8443", "8080"])

    def test_lays_mappings_over_maps(self):
        cfg = self.load(overrides={"server": {"port": "x"}})
        self.assertEqual((cfg["server.port"], cfg["server.host"]), ("x", "127.0.0.1"))
        self.assertIsNone(cfg.with_overrides({"server": None})["server"])

    def test_names_them_as_it_is_told(self):
        cfg = self.load(overrides={"server.tls": True})
        self.assertEqual(cfg.with_overrides({"server.port": 1}).origin("server.port").file,
                         "override[2]")
        named = cfg.with_overrides({"server.port": 1, "new": "x"}, source="test_shop.py:31")
        self.assertEqual(named.origin("server.port").file, "test_shop.py:31")
        self.assertEqual(named.origin("new").file, "test_shop.py:31")

    def test_can_be_derived_from(self):
        cfg = self.load().with_overrides({"server.port": 1}).with_overrides({"server.port": 2})
        self.assertEqual(cfg["server.port"], 2)
        self.assertEqual(cfg.origin("server.port").overridden[0].text, "1")

    def test_without_overrides_is_equal(self):
        cfg = self.load()
        self.assertEqual(cfg.with_overrides({}), cfg)
        self.assertIsNot(cfg.with_overrides({}), cfg)

    def test_has_the_variables_of_the_first_load(self):
        os.environ["SHOP__SERVER__PORT"] = "9091"
        self.addCleanup(os.environ.pop, "SHOP__SERVER__PORT", None)
        cfg = deploycfg.load(self.directory, env="production", prefix="SHOP")
        del os.environ["SHOP__SERVER__PORT"]
        os.environ["SHOP__SERVER__HOST"] = "later"
        self.addCleanup(os.environ.pop, "SHOP__SERVER__HOST")
        other = cfg.with_overrides({"new": 1})
        self.assertEqual((other["server.port"], other["server.host"]), (9091, "127.0.0.1"))

    def test_does_not_see_what_the_caller_does_to_the_arguments(self):
        environ, overrides, files = {"SHOP__SERVER__PORT": "9"}, {"new": [1]}, []
        cfg = deploycfg.load(self.directory, env="production", prefix="SHOP", environ=environ,
                             overrides=overrides, files=files)
        environ["SHOP__SERVER__PORT"] = "10"
        overrides["new"].append(2)
        files.append("/nowhere.yaml")
        other = cfg.with_overrides({"server.host": "h"})
        self.assertEqual((other["server.port"], other["new"]), (9, (1,)))

    def test_takes_iterators_as_arguments(self):
        more = self.write("more.yaml", "server: {port: 5}\n")
        cfg = self.load(files=iter([more]), overlays=iter([]))
        self.assertEqual(cfg.with_overrides({"new": 1})["server.port"], 5)

    def test_reads_the_files_again(self):
        cfg = self.load()
        self.write("production.yaml", "server: {port: 1}\n")
        self.assertEqual(cfg.with_overrides({})["server.port"], 1)
        self.write("production.yaml", "server: {port: [}\n")
        with self.assertRaises(deploycfg.LoadError):
            cfg.with_overrides({})
        self.assertEqual(cfg["server.port"], 8443)

    def test_of_a_text_reads_the_text(self):
        cfg = parse("a: 1\nb: 2\n", name="text").with_overrides({"a": 5})
        self.assertEqual((cfg.as_dict(), cfg.origin("b").file), ({"a": 5, "b": 2}, "text"))

    def test_that_is_wrong_is_a_load_error_and_misuse_is_not(self):
        cfg = self.load()
        with self.assertRaises(deploycfg.LoadError) as caught:
            cfg.with_overrides({"server.port": "x"}, source="here.py:1")
        self.assertEqual(caught.exception.errors[0].file, "here.py:1")
        with self.assertRaises(TypeError):
            cfg.with_overrides({"server.port": object()})
        with self.assertRaises(TypeError):
            cfg.with_overrides({"server.port": 1}, source=5)

    def test_of_a_pickled_one_is_an_error_that_says_so(self):
        cfg = pickle.loads(pickle.dumps(self.load()))
        with self.assertRaises(deploycfg.Error) as caught:
            cfg.with_overrides({"server.port": 1})
        self.assertIn("pickled", str(caught.exception))

    def test_warns_at_the_callers_place(self):
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            cfg = self.load(environ={"SHOP__SERVER__PROT": "1"})
            caught.clear()
            cfg.with_overrides({})
        self.assertEqual([one.filename for one in caught], [__file__])


if __name__ == "__main__":
    unittest.main()
