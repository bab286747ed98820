# SPDX-License-Identifier: ISC
"""explain() and sources: where values come from, told as the command tells it."""
import os
import unittest

from deploycfg import MissingKey, Source
from support import Case, command, parse

FILES = {
    "base.yaml": """
        server: {host: 127.0.0.1, port: 8080, timeout: 2.5}
        hosts: [one, two]
        gone: {deep: 1, list: [1, 2]}
        flags: {x: true, y: false}
        floats: [.inf, -.inf, .nan, 1e300, 0.1, 1e16]
        odd: ["it's", 'say "hi"', "tab\\t", "\u20ac", "\\u202e", '', "{}"]
        empty: {list: [], map: {}}
        """,
    "production.yaml": """
        server:
          port: 8443
          timeout: !unset
        hosts: !append [three]
        gone: !unset
        flags: !replace {z: 1}
        never: !unset
        empty: {list: [1]}
        """,
}

VARIABLES = {"SHOP__SERVER__HOST": "", "SHOP__SERVER__PORT": "9090", "SHOP__HOSTS__0": "1st",
             "SHOP__NEW": ""}


class Stories(Case):
    files = FILES

    def told(self, key, **options):
        """The words of each line, with the directory left out."""
        story = self.load(environ=VARIABLES, **options).explain(key)
        return [line.replace(self.directory + "/", "").split()
                for line in story.splitlines()]

    def test_begin_with_the_value_and_go_on_with_what_lost(self):
        self.assertEqual(self.told("server.port", overrides={"server.port": 1}), [
            ["server.port"],
            ["set", "override[1]", "(override)", "1"],
            ["overridden", "env:SHOP__SERVER__PORT", "(variable)", "9090"],
            ["overridden", "production.yaml:2:9", "(production)", "8443"],
            ["overridden", "base.yaml:1:33", "(base)", "8080"]])

    def test_say_why_something_was_skipped(self):
        self.assertEqual(self.told("server.host")[-1],
                         ["skipped", "env:SHOP__SERVER__HOST", "(variable)", "''", "it", "is",
                          "empty"])

    def test_are_there_for_keys_that_only_history_knows(self):
        self.assertEqual(self.told("server.timeout"), [
            ["server.timeout", "is", "not", "set"],
            ["unset", "production.yaml:3:12", "(production)"],
            ["overridden", "base.yaml:1:48", "(base)", "2.5"]])
        self.assertEqual(self.told("never")[0], ["never", "is", "not", "set"])
        self.assertEqual(self.told("gone.deep")[0], ["gone", "is", "not", "set"])
        self.assertEqual(self.told("new")[0], ["new", "is", "not", "set"])

    def test_of_a_map_are_those_of_all_below(self):
        heads = [line[0] for line in self.told("server") if line[0].startswith("server")]
        self.assertEqual(heads, ["server.host", "server.port", "server.timeout"])
        self.assertEqual(self.told("flags")[0], ["flags"])

    def test_that_nobody_tells_are_a_missing_key(self):
        cfg = self.load()
        for key in ("nobody", "server.port.deeper", "gone.shallow", "hosts[9]"):
            with self.assertRaises(MissingKey) as caught:
                cfg.explain(key)
            self.assertEqual(caught.exception.key, key)

    def test_are_those_of_the_command(self):
        told = {key: command(self, "explain", "--dir", self.directory, "--env", "production",
                             "--prefix", "SHOP", key, environ=VARIABLES)
                for key in ("", "server", "server.port", "server.host", "server.timeout",
                            "gone", "gone.deep", "gone.list", "gone.list[0]", "never", "new",
                            "hosts", "hosts[0]", "flags", "flags.x", "floats", "odd", "empty",
                            '"odd"')}
        cfg = self.load(environ=VARIABLES)
        for key, text in told.items():
            with self.subTest(key):
                self.assertEqual(cfg.explain(key), text)

    def test_are_those_of_the_command_in_odd_places(self):
        os.mkdir(os.path.join(self.directory, "d" * 70))
        self.write("d" * 70 + "/\u202e.yaml", r'"\e\n\u202e\u20ac": 2' + "\nserver: {host: far}\n")
        paths = [os.path.join(self.directory, "d" * 70, "\u202e.yaml")]
        told = command(self, "explain", "", "--dir", self.directory, "--env", "production",
                       "--file", *paths)
        self.assertIn("\\x1B\\n\\u{202E}\u20ac", told)
        self.assertEqual(self.load(prefix=None, files=paths).explain(""), told)

    def test_of_nothing_at_all_is_empty(self):
        self.assertEqual(parse("").explain(""), "")


class Places(Case):
    def test_are_file_line_and_column(self):
        cfg = self.load(environ={"SHOP__SERVER__HOST": "h"})
        self.assertEqual(cfg.origin("server.port").place, self.directory + "/production.yaml:2:9")
        self.assertEqual(cfg.origin("server.host").place, "env:SHOP__SERVER__HOST")
        self.assertEqual(parse("").origin("").place, "-")


class Variables(Case):
    def test_are_named_by_the_prefix_and_the_key(self):
        cfg = self.load()
        for key, name in [("server.port", "SHOP__SERVER__PORT"), ("hosts[1]", "SHOP__HOSTS__1"),
                          ("database", "SHOP__DATABASE"), ('"odd.name"."a b"', None), ("", None)]:
            self.assertEqual(cfg.variable(key), name)
        self.assertEqual(cfg.section("server").variable("port"), "SHOP__SERVER__PORT")
        self.assertIsNone(self.load(prefix=None).variable("server.port"))
        with self.assertRaises(MissingKey):
            cfg.variable("server.prot")


class Sources(Case):
    def test_tell_what_became_of_everything_considered(self):
        self.write("logging.yaml", "a: 1\n")
        cfg = self.load(environ={"SHOP__SERVER__PORT": "1"}, overrides={"server.tls": True})
        sources = {source.name.replace(self.directory + "/", ""): source
                   for source in cfg.sources}
        self.assertIsInstance(cfg.sources[0], Source)
        self.assertEqual(sources["base.yaml"][1:],
                         ("file", 200, "base", "read", ""))
        self.assertEqual(sources["production.yaml"].layer, 400)
        self.assertEqual(sources["logging.yaml"].state, "not a layer")
        self.assertEqual(sources["env:SHOP__SERVER__PORT"].kind, "variable")
        self.assertEqual(sources["override[1]"][1:3], ("override", 1000))
        self.assertEqual(eval(repr(cfg.sources)), cfg.sources)


if __name__ == "__main__":
    unittest.main()
