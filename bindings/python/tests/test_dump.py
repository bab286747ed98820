# SPDX-License-Identifier: ISC
"""dumps() and loads(): what is written loads back equal, types and source texts included."""
import random
import unittest

import deploycfg
from deploycfg._flow import quoted
from support import Case, command, parse

#: texts that YAML could take for something else, or for nothing
TEXTS = ["", " ", "no", "Yes", "null", "~", "true", "5", "-5", "0x1F", "0o17", "007", "1.0",
         "1e3", ".inf", ".nan", "1.2.3", "1:2", "12:30:45", "2001-01-01", "a: b", "a #b", "#",
         "- a", "-", "?", ": ", "[", "{a}", "&a", "*a", "!x", "|", ">", "%", "@", "`", "'", '"',
         "\\", "it's", "a\nb", "\n", "\r", "\t", "a\tb", " a", "a ", "${x}", "$${x}", "$$${x}",
         "$", "${", "\x7f", "\x85", "\xa0", "\xad", "\u2028", "\u202e", "\ufeff", "\U0001f600",
         "Gr\u00fc\u00dfe", "plain", "a/b", "a,b", "http://x/?a=b&c", "when@production", "...",
         "---", "<<", "=", "x" * 3000, "y z " * 500 + "."]

LITERALS = ["5", "-0", "0x1F", "0o17", "9223372036854775807", "true", "False", "null", "~",
            "1.10", "1e3", "-0.0", ".inf", "-.INF", ".nan", "[]", "{}", "1.", "+5"]


def tree(random_of, depth=0):
    """YAML flow text of a value."""
    kind = random_of.randrange(8 if depth < 4 else 5)
    if kind < 2:
        return written(random_of.choice(TEXTS))
    if kind < 5:
        return random_of.choice(LITERALS)
    if kind < 6:
        return "[" + ", ".join(tree(random_of, depth + 1)
                               for _ in range(random_of.randrange(4))) + " ]"
    return mapping(random_of, depth + 1)


def mapping(random_of, depth=0):
    names = random_of.sample([text for text in TEXTS if text and "\x00" not in text],
                             random_of.randrange(6))
    return "{" + ", ".join(f"? {written(name)} : {tree(random_of, depth)}"
                           for name in names) + " }"


def written(text):
    """YAML for a string that holds this text."""
    return quoted(text.replace("${", "$${"))


class Back(unittest.TestCase):
    def assertLoadsBack(self, cfg):
        text = cfg.dumps()
        again = parse(text)
        self.assertEqual(again.dumps(), text)
        self.assertEqual(again, cfg)
        self.assertEqual(again.values_digest, cfg.values_digest)

    def test_every_text_as_a_value_and_as_a_key(self):
        for text in TEXTS:
            with self.subTest(text[:20]):
                yaml = written(text)
                self.assertLoadsBack(parse(f"a: [{yaml}, {{b: {yaml}}}]\nc: {yaml}\n"))
                if text:
                    self.assertLoadsBack(parse(f"? {yaml}\n: 1\nl: [{{? {yaml} : 2}}]\n"))

    def test_every_literal_with_its_text(self):
        for literal in LITERALS:
            with self.subTest(literal):
                cfg = parse(f"a: {literal}\nb: [{literal}]\n")
                self.assertLoadsBack(cfg)
                if literal[0] not in "[{":
                    self.assertEqual(parse(cfg.dumps()).origin("a").text, cfg.origin("a").text)

    def test_generated_trees(self):
        random_of = random.Random(20240517)
        for number in range(150):
            text = mapping(random_of)
            with self.subTest(number=number):
                self.assertLoadsBack(parse(text))

    def test_text_that_took_a_type(self):
        cfg = parse("a: 5\nb: 1.5\nc: true\nd: [1, 2]\n",
                    overrides={"a": "0x10", "b": "2", "c": "no", "d": "3, 4"})
        self.assertLoadsBack(cfg)
        self.assertEqual(cfg.as_dict(), {"a": 16, "b": 2.0, "c": False, "d": [3, 4]})

    def test_ini(self):
        cfg = deploycfg.loads("[a]\nport = 5\nno = yes\nc = '${x}'\n", syntax="ini", env="none",
                              environ={})
        self.assertLoadsBack(cfg)
        self.assertEqual(cfg["a.port"], "5")

    def test_nothing(self):
        self.assertEqual(parse("").dumps(), "{}\n")
        self.assertLoadsBack(parse(""))

    def test_deep(self):
        self.assertLoadsBack(parse("a: " + "[" * 60 + "1" + "]" * 60 + "\n"))
        self.assertLoadsBack(parse("{a: " * 60 + "1" + "}" * 60 + "\n"))
        cfg = parse("a: " + "[{b: " * 126 + "1" + "}]" * 126 + "\n", limits={"depth": 256})
        again = deploycfg.loads(cfg.dumps(), env="none", environ={}, limits={"depth": 256})
        self.assertEqual((again, again.as_dict()), (cfg, cfg.as_dict()))


class Environments(Case):
    def test_are_part_of_what_is_equal(self):
        cfg = self.load()
        self.assertEqual(deploycfg.loads(cfg.dumps(), env="production", environ={}), cfg)
        self.assertNotEqual(deploycfg.loads(cfg.dumps(), env="testing", environ={}), cfg)
        self.assertEqual(deploycfg.loads(cfg.dumps(), env="none", environ={}).as_dict(),
                         cfg.as_dict())

    def test_that_are_declared_are_declared_again(self):
        environments = {"staging": {"inherits": "production"}, "production": None}
        self.write("staging.yaml", "server: {port: 1}\n")
        cfg = self.load("staging", environments=environments)
        again = deploycfg.loads(cfg.dumps(), env="staging", environments=environments,
                                environ={})
        self.assertEqual(again, cfg)

    def test_must_be_selected_here_too(self):
        with self.assertRaises(deploycfg.LoadError):
            deploycfg.loads("a: 1\n", environ={})
        cfg = deploycfg.loads("a: 1\n", environ={"DEPLOYCFG_ENV": "testing"})
        self.assertEqual((cfg.environment, cfg.selected_by), ("testing", "DEPLOYCFG_ENV"))

    def test_with_overlays_only_values_are_equal(self):
        self.write("overlay-eu.yaml", "server: {port: 1}\n")
        cfg = self.load(overlays="eu")
        again = deploycfg.loads(cfg.dumps(), env="production", environ={})
        self.assertEqual(again.as_dict(), cfg.as_dict())
        self.assertEqual(again.dumps(), cfg.dumps())
        self.assertNotEqual(again, cfg)


class Text(Case):
    def test_is_that_of_the_command(self):
        self.assertEqual(self.load().dumps(), command(
            self, "dump", "--dir", self.directory, "--env", "production"))

    def test_of_a_section_is_that_of_its_map(self):
        section = self.load().section("database")
        self.assertEqual(section.dumps(), "pool:\n  names:\n    - a\n    - b\n  size: 5\n"
                                          "url: null\n")
        self.assertEqual(parse(section.dumps()).as_dict(), section.as_dict())


class Loading(unittest.TestCase):
    def test_origins_name_the_text(self):
        cfg = deploycfg.loads("a:\n  b: 1\n", name="https://x/y@7", env="production", environ={})
        self.assertEqual(cfg.origin("a.b")[:3], ("https://x/y@7", 2, 6))
        self.assertEqual(parse("a: 1\n").origin("a").file, "<string>")

    def test_errors_show_the_text(self):
        with self.assertRaises(deploycfg.LoadError) as caught:
            parse("a: 1\na: 2\n", name="here")
        self.assertTrue(str(caught.exception).startswith("here:2:1: error[duplicate-key]: "))
        self.assertIn("a: 2", str(caught.exception))

    def test_bytes_are_utf_8(self):
        cfg = deploycfg.loads("a: Gr\u00fc\u00dfe\n".encode(), env="none", environ={})
        self.assertEqual(cfg["a"], "Gr\u00fc\u00dfe")
        for wrong in (b"a: \xff\n", "a: \udcff\n", "a: \ud800\n", b"a: 1\0\n", "a: \0\n"):
            with self.assertRaises(deploycfg.LoadError):
                deploycfg.loads(wrong, env="none", environ={})

    def test_variables_and_overrides_are_stronger(self):
        cfg = deploycfg.loads("a: 1\nb: 1\nc: 1\n", env="production", prefix="SHOP",
                              environ={"SHOP__A": "2", "DB": "3"}, map_env={"DB": "b"},
                              overrides={"c": "4"})
        self.assertEqual(cfg.as_dict(), {"a": 2, "b": 3, "c": 4})

    def test_arguments_that_cannot_be_are_refused(self):
        for wrong in (None, 5, ["a: 1"], {"a": 1}):
            with self.assertRaises(TypeError):
                deploycfg.loads(wrong, env="none", environ={})
        for options in ({"syntax": "json"}, {"syntax": "YAML"}, {"name": "a\0b"},
                        {"limits": {"size": 1}}):
            with self.assertRaises(ValueError):
                deploycfg.loads("", env="none", environ={}, **options)


if __name__ == "__main__":
    unittest.main()
