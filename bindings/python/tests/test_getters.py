# SPDX-License-Identifier: ISC
"""Typed getters: what each reads out of each value, and what it says where it cannot."""
import math
import pickle
import unittest

import deploycfg
from deploycfg import BadValue, MissingKey, OutOfRange, ReadError, WrongType
from support import parse

TEXT = """
    int: 5
    hex: 0x1F
    big: 9223372036854775807
    float: 1.10
    whole: 3.0
    inf: .inf
    yes: true
    text: hello
    empty: ""
    "null": null
    "int as text": "-5"
    "float as text": "1e3"
    "yes as text": "Yes"
    "one as text": "1"
    "too big": "9223372036854775808"
    "nearly int": "5x"
    "padded": " 5"
    "leading zero": "007"
    one: 1
    uneven: 9007199254740993
    list: [1, two, [3]]
    map: {a: 1, b: {c: 2}}
    "empty list": []
    "empty map": {}
    """


def quoted(name):
    return deploycfg.key(name)


class Reading(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.cfg = parse(TEXT)

    def check(self, getter, rows):
        for name, expected in rows:
            with self.subTest(name):
                if isinstance(expected, type) and issubclass(expected, Exception):
                    with self.assertRaises(expected) as caught:
                        getter(quoted(name))
                    self.assertIs(type(caught.exception), expected)
                    with self.assertRaises(expected):
                        getter(quoted(name), None)
                else:
                    self.assertEqual(repr(getter(quoted(name))), repr(expected))
                    self.assertEqual(repr(getter(quoted(name), None)), repr(expected))

    def test_int(self):
        self.check(self.cfg.get_int, [
            ("int", 5), ("hex", 31), ("big", 2**63 - 1), ("int as text", -5), ("one", 1),
            ("one as text", 1), ("too big", OutOfRange), ("nearly int", BadValue),
            ("padded", BadValue), ("leading zero", BadValue), ("empty", BadValue),
            ("text", BadValue), ("float as text", BadValue), ("whole", WrongType),
            ("float", WrongType), ("yes", WrongType), ("list", WrongType),
            ("map", WrongType)])

    def test_float(self):
        self.check(self.cfg.get_float, [
            ("float", 1.1), ("whole", 3.0), ("inf", math.inf), ("int", 5.0),
            ("float as text", 1000.0), ("int as text", -5.0), ("uneven", OutOfRange),
            ("text", BadValue), ("empty", BadValue), ("yes", WrongType), ("list", WrongType),
            ("empty map", WrongType)])

    def test_bool(self):
        self.check(self.cfg.get_bool, [
            ("yes", True), ("yes as text", True), ("one as text", True), ("one", True),
            ("text", BadValue), ("empty", BadValue), ("int", BadValue),
            ("float", WrongType), ("list", WrongType), ("map", WrongType)])

    def test_str_is_the_source_text(self):
        self.check(self.cfg.get_str, [
            ("text", "hello"), ("empty", ""), ("float", "1.10"), ("hex", "0x1F"),
            ("yes", "true"), ("int as text", "-5"), ("list", WrongType), ("map", WrongType),
            ("empty list", WrongType)])

    def test_list(self):
        self.check(self.cfg.get_list, [
            ("list", (1, "two", (3,))), ("empty list", ()), ("map", WrongType),
            ("text", WrongType), ("int", WrongType), ("empty", WrongType)])

    def test_map(self):
        self.assertEqual(self.cfg.get_map("map"), {"a": 1, "b": {"c": 2}})
        self.assertEqual(self.cfg.get_map(quoted("empty map"), None), {})
        self.check(self.cfg.get_map, [
            ("list", WrongType), ("empty list", WrongType), ("text", WrongType)])

    def test_the_default_is_for_missing_and_null(self):
        cfg, default = self.cfg, object()
        for getter in (cfg.get_int, cfg.get_float, cfg.get_bool, cfg.get_str, cfg.get_list,
                       cfg.get_map, cfg.get):
            with self.subTest(getter.__name__):
                self.assertIs(getter("nothing", default), default)
                self.assertIs(getter("nothing.at.all", default), default)
                self.assertIs(getter("null", default), default)
                self.assertIsNone(getter("null", None))
                self.assertIsNone(getter("null", default=None))

    def test_without_a_default_missing_and_null_are_two_errors(self):
        cfg = self.cfg
        for getter in (cfg.get_int, cfg.get_float, cfg.get_bool, cfg.get_str, cfg.get_list,
                       cfg.get_map):
            with self.subTest(getter.__name__):
                with self.assertRaises(MissingKey):
                    getter("nothing")
                with self.assertRaises(WrongType) as caught:
                    getter("null")
                self.assertEqual(caught.exception.actual, "null")

    def test_is_the_same_below_a_section(self):
        section = self.cfg.section("map")
        self.assertEqual(section.get_int("b.c"), 2)
        self.assertEqual(section.get_str("a", "x"), "1")
        self.assertEqual(section.get_int("z", 9), 9)
        with self.assertRaises(WrongType) as caught:
            section.get_bool("b")
        self.assertEqual(caught.exception.key, "map.b")


class Telling(unittest.TestCase):
    def error(self, text, getter, key):
        with self.assertRaises(ReadError) as caught:
            getattr(parse(text), getter)(key)
        return caught.exception

    def test_place_key_found_and_advice(self):
        error = self.error("server:\n  port: 80x\n", "get_int", "server.port")
        self.assertEqual(str(error), "<string>:2:9: server.port: expected an int, found the"
                                     " string '80x'; write a whole number, without leading"
                                     " zeros or a unit, such as 8080")
        self.assertEqual((error.key, error.expected, error.actual),
                         ("server.port", "int", "string"))
        self.assertEqual((error.origin.file, error.origin.line, error.origin.text),
                         ("<string>", 2, "80x"))
        self.assertIsInstance(error, ValueError)
        self.assertIsInstance(error, deploycfg.Error)

    def test_lists_and_maps(self):
        for text, getter, told in [
                ("a: x\n", "get_list", "<string>:1:4: a: expected a list, found the string 'x'"),
                ("a: 5\n", "get_map", "<string>:1:4: a: expected a map, found the int '5'"),
                ("a: null\n", "get_map", "<string>:1:4: a: expected a map, found null"),
                ("a: [1]\n", "get_map", "<string>:1:4: a: expected a map, found a list of 1 item"),
                ("a: {b: 1}\n", "get_list", "<string>:1:4: a: expected a list, found a map of 1 key"),
                (f"a: {'x' * 200}\n", "get_list", "<string>:1:4: a: expected a list, found the"
                                                  f" string '{'x' * 80}...'")]:
            error = self.error(text, getter, "a")
            self.assertEqual(str(error), told)
            self.assertIs(type(error), WrongType)
            self.assertIsInstance(error, TypeError)

    def test_out_of_range_is_no_syntax(self):
        error = self.error('a: "9223372036854775808"\n', "get_int", "a")
        self.assertIs(type(error), OutOfRange)
        self.assertIn("64 bits", str(error))

    def test_survives_the_way_to_another_process(self):
        error = self.error("a: x\n", "get_int", "a")
        again = pickle.loads(pickle.dumps(error))
        self.assertIs(type(again), BadValue)
        self.assertEqual((str(again), again.key, again.expected, again.actual, again.origin),
                         (str(error), "a", "int", "string", error.origin))


if __name__ == "__main__":
    unittest.main()
