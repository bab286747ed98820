# SPDX-License-Identifier: ISC
"""Config and Section as mappings: what they iterate over, and what a section is."""
import collections.abc
import copy
import gc
import os
import pickle
import unittest

import deploycfg
from deploycfg import MissingKey, Section, WrongType
from support import Case, command, parse

KEYS = ["database.pool.names[0]", "database.pool.names[1]", "database.pool.size",
        "database.url", "empty.list", "empty.map", "empty.text", "hosts[0]", "hosts[1]",
        "hosts[2]", '"odd.name"."a b"', "server.host", "server.port", "server.tls",
        "servers[0].host", "servers[0].weight", "servers[1].host", "servers[1].weight"]


class Iteration(Case):
    def test_goes_over_all_that_has_a_value_of_its_own_in_path_order(self):
        cfg = self.load()
        self.assertEqual(list(cfg), KEYS)
        self.assertEqual(len(cfg), len(KEYS))
        self.assertEqual(list(cfg.keys()), KEYS)
        self.assertEqual(list(cfg.items()), [(key, cfg[key]) for key in KEYS])
        self.assertEqual(list(cfg.values()), [cfg[key] for key in KEYS])
        self.assertEqual(dict(cfg), {key: cfg[key] for key in KEYS})
        self.assertIn(f"keys={len(cfg)} ", cfg.summary())

    def test_order_is_by_segment_and_number(self):
        cfg = parse("a-b: 1\na: {z: 1, b: {c: 2}}\na0: 1\nB: 1\n"
                    f"list: {list(range(11))}\n\u00e4: 1\n")
        self.assertEqual(list(cfg), ["B", "a.b.c", "a.z", "a-b", "a0",
                                     *(f"list[{n}]" for n in range(11)), "\u00e4"])

    def test_each_key_finds_its_value_again(self):
        cfg = self.load()
        for key, value in cfg.items():
            self.assertIn(key, cfg)
            self.assertEqual(cfg[key], value)
            self.assertEqual(cfg.get(key, value), value)

    def test_types_are_kept(self):
        cfg = parse("a: 5\nb: '5'\nc: 5.0\nd: true\ne: null\nf: .nan\n")
        self.assertEqual(repr(dict(cfg)), "{'a': 5, 'b': '5', 'c': 5.0, 'd': True, 'e': None,"
                                          " 'f': nan}")

    def test_empty_is_empty(self):
        cfg = parse("")
        self.assertEqual((len(cfg), list(cfg), dict(cfg), bool(cfg)), (0, [], {}, False))

    def test_views_are_sets_and_cannot_change_it(self):
        cfg = self.load()
        self.assertIsInstance(cfg, collections.abc.Mapping)
        self.assertEqual(cfg.keys() & {"server.port", "nobody"}, {"server.port"})
        self.assertIn(("server.port", 8443), cfg.items())
        for word in ("__setitem__", "__delitem__", "pop", "update", "clear", "setdefault"):
            self.assertFalse(hasattr(cfg, word), word)
        with self.assertRaises(AttributeError):
            cfg.anything = 1

    def test_a_map_passes_as_keyword_arguments(self):
        self.assertEqual(dict(**self.load()["server"]),
                         {"host": "127.0.0.1", "port": 8443, "tls": False})
        self.assertEqual({**self.load().section("server")}, dict(self.load()["server"]))

    def test_is_what_the_command_lists(self):
        listed = command(self, "dump", "--format", "repr", "--dir", self.directory,
                         "--env", "production")
        self.assertEqual(listed, "".join(
            f"{key} = {[] if value == () else {} if value == {} else value!r}\n"
            for key, value in self.load().items()))


class Sections(Case):
    def test_read_by_relative_keys(self):
        server = self.load().section("server")
        self.assertIs(type(server), Section)
        self.assertEqual(server.path, "server")
        self.assertEqual(server["port"], 8443)
        self.assertEqual(dict(server), {"host": "127.0.0.1", "port": 8443, "tls": False})
        self.assertEqual(len(server), 3)
        self.assertIn("tls", server)
        self.assertNotIn("server.tls", server)
        self.assertNotIn("timeout", server)
        self.assertEqual(server.get("timeout", 5), 5)
        self.assertEqual(server.get_str("port"), "8443")
        self.assertEqual(server.as_dict(), {"host": "127.0.0.1", "port": 8443, "tls": False})

    def test_nest(self):
        cfg = self.load()
        pool = cfg.section("database").section("pool")
        self.assertEqual((pool.path, pool["size"]), ("database.pool", 5))
        self.assertEqual(list(pool), ["names[0]", "names[1]", "size"])
        self.assertEqual(pool["names"], ("a", "b"))
        self.assertEqual(pool["names[1]"], "b")
        self.assertEqual(cfg.section("servers[1]")["host"], "beta")
        self.assertEqual(cfg.section("").as_dict(), cfg.as_dict())

    def test_have_the_path_as_the_library_writes_it(self):
        cfg = self.load()
        self.assertEqual(cfg.section('"server"').path, "server")
        odd = cfg.section('"odd.name"')
        self.assertEqual((odd.path, list(odd)), ('"odd.name"', ['"a b"']))
        self.assertEqual(odd['"a b"'], 1)
        wide = parse("\u00e4\u20ac: {\U0001f600: {x: 1}}\n").section("\u00e4\u20ac")
        self.assertEqual(dict(wide), {"\U0001f600.x": 1})

    def test_of_an_empty_map_are_empty(self):
        empty = self.load().section("empty.map")
        self.assertEqual((list(empty), empty.as_dict(), empty.dumps()), ([], {}, "{}\n"))
        self.assertEqual(repr(empty), "Section('empty.map', {})")

    def test_are_of_maps_alone(self):
        cfg = self.load()
        for key, kind in (("server.port", "int"), ("hosts", "list"), ("database.url", "null")):
            with self.assertRaises(WrongType) as caught:
                cfg.section(key)
            self.assertEqual((caught.exception.key, caught.exception.expected,
                              caught.exception.actual), (key, "map", kind))
        with self.assertRaises(MissingKey) as caught:
            cfg.section("servr")
        self.assertIn("server", str(caught.exception))

    def test_tell_full_paths_in_errors_and_origins(self):
        server = self.load().section("server")
        with self.assertRaises(MissingKey) as caught:
            server["prot"]
        self.assertEqual(caught.exception.key, "server.prot")
        self.assertIn("server.port", str(caught.exception))
        self.assertEqual(server.origin("port").file, self.directory + "/production.yaml")
        self.assertTrue(server.explain("port").startswith("server.port\n"))
        self.assertIn("server.timeout is not set\n", server.explain(""))

    def test_show_types(self):
        cfg = parse("a: {b: 5, c: '5', d: {}, e: [], f: [1.0]}\n")
        self.assertEqual(repr(cfg.section("a")),
                         "Section('a', {'b': 5, 'c': '5', 'd': {}, 'e': (), 'f[0]': 1.0})")

    def test_are_equal_where_keys_and_values_are(self):
        cfg = parse("a: {x: 1, y: [2]}\nb: {x: 1, y: [2]}\nc: {x: '1', y: [2]}\n")
        a, b, c = (cfg.section(name) for name in "abc")
        self.assertEqual(a, b)
        self.assertEqual(a, {"x": 1, "y[0]": 2})
        self.assertNotEqual(a, c)
        self.assertNotEqual(cfg, {"a.x": 1})
        with self.assertRaises(TypeError):
            hash(a)

    def test_outlive_their_config(self):
        cfg = self.load()
        server, items = cfg.section("server"), cfg.section("database").items()
        del cfg
        gc.collect()
        self.assertEqual((server["port"], dict(items)["pool.size"]), (8443, 5))

    def test_are_copied_and_pickled(self):
        server = self.load().section("server")
        self.assertIs(copy.copy(server), server)
        self.assertIs(copy.deepcopy(server), server)
        again = pickle.loads(pickle.dumps(server))
        self.assertIs(type(again), Section)
        self.assertEqual((again, again.path), (server, "server"))
        self.assertEqual(again.origin("port"), server.origin("port"))


class Keys(unittest.TestCase):
    def test_are_written_from_parts(self):
        for parts, path in [((), ""), (("a", "b"), "a.b"), (("a", 0, 12, "b"), "a[0][12].b"),
                            (("limits", "api.v1"), 'limits."api.v1"'), (("a b",), '"a b"'),
                            (('q"', "b\\"), '"q\\""."b\\\\"'), (("0",), "0"),
                            (("\u00e4", "x-y_z"), "\u00e4.x-y_z")]:
            self.assertEqual(deploycfg.key(*parts), path)

    def test_of_any_name_find_it(self):
        for name in ("a.b", "a b", '"', "\\", "\\\"", "[0]", "\u00e4", "\n", "a\u2028", "'", "$x",
                     "@"):
            cfg = deploycfg.loads("{}", env="none", environ={},
                                  overrides={deploycfg.key("top", name): 1})
            self.assertEqual(cfg.as_dict(), {"top": {name: 1}})
            self.assertEqual(list(cfg), [deploycfg.key("top", name)])

    def test_that_cannot_be_are_refused(self):
        for parts in (("",), (0,), ("a", -1)):
            with self.assertRaises(ValueError):
                deploycfg.key(*parts)
        for parts in ((None,), ("a", 1.0), ("a", True), (b"a",)):
            with self.assertRaises(TypeError):
                deploycfg.key(*parts)


if __name__ == "__main__":
    unittest.main()
