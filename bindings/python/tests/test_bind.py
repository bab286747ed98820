# SPDX-License-Identifier: ISC
"""bind(): what a class gets of a configuration, by its annotations."""
import collections.abc
import concurrent.futures
import copy
import dataclasses
import decimal
import enum
import gc
import json
import math
import os
import pathlib
import pickle
import sys
import typing
import unittest
import weakref
from dataclasses import InitVar, dataclass, field
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import (Any, ClassVar, Dict, FrozenSet, List, Literal, Mapping, NamedTuple, NewType,
                    Optional, Sequence, Set, Tuple, TypedDict, Union)

import deploycfg
from deploycfg import BindError, FrozenMap, Nanoseconds, Secret, Size, _plan
from deploycfg._errors import READ_ERRORS
from support import parse


class Color(enum.Enum):
    RED = "red"
    BLUE = "blue"
    NAVY = "blue"


class Level(enum.IntEnum):
    LOW = 1
    HIGH = 2


class Odd(enum.Enum):
    PAIR = (1, 2)
    TRUE = True


class Access(enum.Flag):
    READ = 1
    WRITE = 2
    RUN = 4


Port = NewType("Port", int)


@dataclass(frozen=True)
class Fixed:
    value: Any
    limits: Mapping[str, Any] = field(default_factory=FrozenMap)
    own: Dict[str, Any] = field(default_factory=dict)
    items: Tuple[Any, ...] = ()


@dataclass(frozen=True)
class Pool:
    size: int
    names: Tuple[str, ...] = ()


@dataclass
class Database:
    host: str
    port: int = 5432
    pool: Optional[Pool] = None
    timeout: timedelta = timedelta(seconds=5)


@dataclass
class One:
    kind: Literal["one"]
    a: int


@dataclass
class Other:
    kind: Literal["other"]
    b: int


@dataclass
class Node:
    name: str
    children: List["Node"] = field(default_factory=list)


@dataclass
class Base:
    DEFAULT: ClassVar[int] = 5
    first: str = "a"


@dataclass
class Rich(Base):
    second: InitVar[int] = 2
    made: int = field(init=False, default=0)
    doubled: int = field(init=False)
    items: List[int] = field(default_factory=lambda: [1])

    def __post_init__(self, second):
        self.doubled = 2 * second


class Point(NamedTuple):
    x: int
    y: int = 7


class Server(TypedDict):
    host: str


class Optionally(Server, total=False):
    port: int


class Slots:
    """No class that is made of named fields."""

    __slots__ = ("a",)


def bound(annotation, value, **options):
    """What a value of YAML is as an annotation wants it."""
    return parse(f"value: {value}\n", **options).bind(annotation, "value")


class Scalars(unittest.TestCase):
    def check(self, annotation, rows):
        for value, expected in rows:
            with self.subTest(value):
                if isinstance(expected, str) and expected.startswith("!"):
                    with self.assertRaises(BindError) as caught:
                        bound(annotation, value)
                    self.assertEqual([problem.code for problem in caught.exception.errors],
                                     [expected[1:]])
                else:
                    self.assertEqual(repr(bound(annotation, value)), repr(expected))

    def test_int(self):
        self.check(int, [
            ("5", 5), ('"5"', 5), ("0x1F", 31), ("-7", -7), ("9223372036854775807", 2**63 - 1),
            ('"9223372036854775808"', "!out-of-range"), ("5.0", "!wrong-type"),
            ("true", "!wrong-type"), ("5x", "!bad-value"), ('""', "!bad-value"),
            ("null", "!wrong-type"), ("[5]", "!wrong-type"), ("{a: 5}", "!wrong-type")])

    def test_float(self):
        self.check(float, [
            ("1.5", 1.5), ("5", 5.0), ('"1e3"', 1000.0), (".inf", math.inf),
            ("9007199254740993", "!out-of-range"), ("x", "!bad-value"), ("true", "!wrong-type")])

    def test_bool(self):
        self.check(bool, [
            ("true", True), ('"no"', False), ("1", True), ("off", False), ("2", "!bad-value"),
            ("maybe", "!bad-value"), ("null", "!wrong-type"), ("1.0", "!wrong-type")])

    def test_str_is_the_source_text(self):
        self.check(str, [
            ("hello", "hello"), ("1.10", "1.10"), ("0x1F", "0x1F"), ("true", "true"),
            ('""', ""), ("null", "!wrong-type"), ("[]", "!wrong-type"), ("{}", "!wrong-type")])

    def test_decimal_is_that_of_the_text(self):
        self.check(Decimal, [
            ("1.10", Decimal("1.10")), ("5", Decimal(5)), ('"-2.50e3"', Decimal("-2.50e3")),
            ('".5"', Decimal("0.5")), (".inf", "!wrong-type"), ("0x1F", Decimal(31)),
            ('"-0x10"', "!bad-value"), ('"+0o7"', "!bad-value"), ("1_000", "!bad-value"), ('" 1"', "!bad-value"), ("x", "!bad-value"),
            ("null", "!wrong-type")])

    def test_timedelta(self):
        self.check(timedelta, [
            ("250ms", timedelta(milliseconds=250)), ("1h30m", timedelta(minutes=90)),
            ("0", timedelta()), ('"0"', timedelta()), ("2w", timedelta(weeks=2)),
            ("1us", timedelta(microseconds=1)), ("1us500ns", "!out-of-range"),
            ("5", "!bad-value"), ("5 s", "!bad-value"), ("1.5s", "!bad-value"),
            ("null", "!wrong-type"), ("[1s]", "!wrong-type")])

    def test_nanoseconds_and_size_are_ints_of_text_with_units(self):
        self.check(Nanoseconds, [
            ("1us500ns", 1500), ("0", 0), ("1s", 10**9), ("x", "!bad-value")])
        self.check(Size, [
            ("64MiB", 2**26), ("512", 512), ("1kB", 1000), ("64 MiB", "!bad-value"),
            ("null", "!wrong-type")])

    def test_path_is_as_it_was_written(self):
        self.check(Path, [
            ("a/../b", Path("a/../b")), ("/x", Path("/x")), ("5", Path("5")),
            ('""', "!bad-value"), ("null", "!wrong-type"), ("[a]", "!wrong-type")])
        for annotation in (pathlib.PurePath, os.PathLike, "os.PathLike[str]"):
            kind = typing.cast(Any, eval(annotation) if isinstance(annotation, str)
                               else annotation)
            self.assertEqual(bound(kind, "x"), Path("x"))

    def test_any_is_what_is_there(self):
        self.check(Any, [
            ("5", 5), ("null", None), ("[1, {a: b}]", [1, {"a": "b"}]), ("{}", {})])
        self.assertEqual(bound(object, "5"), 5)

    def test_new_types_are_what_they_are_made_of(self):
        self.check(Port, [("5", 5), ("x", "!bad-value")])
        if sys.version_info >= (3, 12):
            names = {}
            exec("type Ports = list[int]", names)
            self.assertEqual(bound(names["Ports"], "[5]"), [5])

    def test_enum_by_value_then_by_name(self):
        self.check(Color, [
            ("red", Color.RED), ("RED", Color.RED), ("blue", Color.BLUE), ("NAVY", Color.BLUE),
            ("Red", "!not-a-choice"), ("null", "!wrong-type"), ("[red]", "!wrong-type")])
        self.check(Level, [
            ("1", Level.LOW), ('"2"', Level.HIGH), ("HIGH", Level.HIGH), ("3", "!not-a-choice"),
            ("true", "!not-a-choice"), ("1.0", "!not-a-choice")])
        self.check(Odd, [("PAIR", Odd.PAIR), ("yes", Odd.TRUE), ("x", "!not-a-choice")])

    def test_flags_are_a_list_of_names(self):
        self.check(Access, [
            ("[READ, RUN]", Access.READ | Access.RUN), ("WRITE", Access.WRITE),
            ("2", Access.WRITE), ("[]", Access(0)), ("[READ, X]", "!not-a-choice"),
            ("{READ: 1}", "!wrong-type")])

    def test_literal(self):
        kind = Literal["auto", 5, True, None]
        self.check(kind, [
            ("auto", "auto"), ("5", 5), ('"5"', 5), ("yes", True), ("null", None),
            ("6", "!not-a-choice"), ("Auto", "!not-a-choice"), ("[auto]", "!wrong-type")])
        self.check(Literal["null"], [("null", "!wrong-type"), ('"null"', "null")])
        self.check(Literal[Color.RED], [
            ("red", Color.RED), ("RED", Color.RED), ("blue", "!not-a-choice")])


class Agreement(unittest.TestCase):
    """What an annotation reads is what the getter reads, and refuses alike."""

    TEXTS = ["5", "-5", '"5"', "0", '"0"', "0x1F", '"0o17"', '"007"', "1.5", '"1e3"', ".inf",
             ".nan", "true", '"no"', '"ON"', "x", '""', '" 5"', "null", "[]", "[1]", "{}", "{a: 1}", "1h",
             "1h30m", '"30m1h"', "1kB", "64MiB", "1us", '"1ns"', "9223372036854775807",
             '"9223372036854775808"', '"-9223372036854775809"', "9007199254740993", '"1_000"']

    @staticmethod
    def outcome(read):
        try:
            return repr(read())
        except BindError as error:
            return [problem.code for problem in error.errors]
        except deploycfg.ReadError as error:
            kinds = {kind: [code] for code, kind in READ_ERRORS.items()}
            return kinds[type(error)]

    def test_of_annotations_and_getters(self):
        cfg = parse("".join(f"k{number}: {text}\n" for number, text in enumerate(self.TEXTS)))
        for annotation, getter in [(int, cfg.get_int), (float, cfg.get_float),
                                   (bool, cfg.get_bool), (str, cfg.get_str),
                                   (Size, cfg.get_size), (Nanoseconds, cfg.get_duration),
                                   (Path, cfg.get_path),
                                   (list, lambda key: [*cfg.get_list(key)]),
                                   (dict, lambda key: {**cfg.get_map(key)})]:
            for number, text in enumerate(self.TEXTS):
                with self.subTest(f"{annotation}: {text}"):
                    self.assertEqual(self.outcome(lambda: cfg.bind(annotation, f"k{number}")),
                                     self.outcome(lambda: getter(f"k{number}")))

    def test_of_threads(self):
        kinds = [dataclasses.make_dataclass(f"Kind{number}", [("d", Database), ("n", Node)])
                 for number in range(20)]
        cfg = parse("{d: {host: h}, n: {name: a, children: [{name: b}]}}")

        def bind_all(_):
            return [cfg.bind(kind) for kind in kinds]

        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            found = list(pool.map(bind_all, range(8)))
        self.assertEqual(found, [bind_all(0)] * 8)


class Containers(unittest.TestCase):
    def test_lists_are_what_the_annotation_says(self):
        for annotation, expected in [
                (List[int], [1, 2]), (list, [1, "2"]), (Tuple[int, ...], (1, 2)),
                (tuple, (1, "2")), (Tuple[int, str], (1, "2")), (Sequence[int], (1, 2)),
                (Set[int], {1, 2}), (FrozenSet[str], frozenset("12")),
                (collections.abc.Sequence, (1, "2")), (collections.abc.Set, {1, "2"}),
                (collections.abc.Iterable, (1, "2")), (List[Any], [1, "2"])]:
            with self.subTest(str(annotation)):
                value = bound(annotation, '[1, "2"]')
                self.assertEqual(value, expected)
                self.assertIs(type(value), type(expected) if expected != {1, "2"} else frozenset)
        self.assertEqual(bound(List[int], "[]"), [])

    def test_maps_have_any_names(self):
        for annotation in (Dict[str, int], Mapping[str, int], dict, Mapping,
                           collections.abc.MutableMapping):
            value = bound(annotation, "{b: 1, \"a.x\": 2}")
            self.assertEqual(value, {"b": 1, "a.x": 2})
            self.assertIs(type(value), FrozenMap if annotation in (Mapping, Mapping[str, int])
                          else dict)
        self.assertEqual(bound(Dict[str, Pool], "{a: {size: 1}}"), {"a": Pool(1)})

    def test_a_frozen_class_holds_what_cannot_be_changed(self):
        cfg = parse("value: {a: [1, {b: 2}]}\nlimits: {x: [1]}\nown: {y: [1]}\nitems: [[1]]\n")
        made = cfg.bind(Fixed)
        self.assertEqual(made, Fixed({"a": (1, {"b": 2})}, {"x": (1,)}, {"y": (1,)}, ((1,),)))
        for given in (made.value, made.value["a"][1], made.limits):
            for change in (lambda each: each.update(z=1), lambda each: each.pop("z", None),
                           lambda each: each.setdefault("z", 1), lambda each: each.clear(),
                           lambda each: each.popitem(),
                           lambda each: each.__setitem__("z", 1),
                           lambda each: each.__delitem__("a"),
                           lambda each: each.__ior__({"z": 1})):
                with self.assertRaisesRegex(TypeError, "cannot be changed"):
                    change(given)
        made.own["z"] = 1
        self.assertEqual(bound(Any, "{a: [1]}"), {"a": [1]})

    def test_what_cannot_be_changed_does_not_show_what_is_masked(self):
        made = parse("value: {db: {password: hunter2}, l: [{token: t}]}\n"
                     "limits: {api_key: k, rate: 1}").bind(Fixed)
        self.assertEqual((made.value["db"]["password"], made.limits["api_key"]), ("hunter2", "k"))
        for shown in (repr(made), repr(pickle.loads(pickle.dumps(made)))):
            self.assertIn("Fixed(value={'db': {'password': '******'}, "
                          "'l': ({'token': '******'},)}, "
                          "limits={'api_key': '******', 'rate': 1}", shown)
        made.limits.__init__({"rate": 2})
        self.assertEqual(made.limits["rate"], 1)

    def test_what_cannot_be_changed_can_be_copied(self):
        made = parse("value: {a: {b: [1]}}\nlimits: {}").bind(Fixed)
        for again in (copy.deepcopy(made), copy.copy(made), pickle.loads(pickle.dumps(made))):
            self.assertEqual(again, made)
            self.assertIs(type(again.value["a"]), FrozenMap)
        self.assertEqual(json.loads(json.dumps(dataclasses.asdict(made)))["value"],
                         {"a": {"b": [1]}})
        self.assertIs(type(made.value.copy()), dict)

    def test_items_and_members_are_all_told(self):
        with self.assertRaises(BindError) as caught:
            bound(Dict[str, List[int]], "{a: [1, x, null], b: 5, c: [y]}")
        self.assertEqual([(problem.key, problem.code) for problem in caught.exception.errors],
                         [("value.a[1]", "bad-value"), ("value.a[2]", "wrong-type"),
                          ("value.b", "wrong-type"), ("value.c[0]", "bad-value")])

    def test_a_tuple_has_as_many_items_as_it_says(self):
        self.assertEqual(bound(Tuple[str, int], "[a, 1]"), ("a", 1))
        with self.assertRaises(BindError) as caught:
            bound(Tuple[str, int], "[a]")
        problem, = caught.exception.errors
        self.assertEqual((problem.code, problem.message),
                         ("out-of-range", "expected a list of 2 items, found 1"))

    @unittest.skipIf(sys.version_info < (3, 9), "tuple[()] is of Python 3.9")
    def test_a_tuple_of_nothing_has_no_items(self):
        for empty in (eval("tuple[()]"), Tuple[()]):
            self.assertEqual(bound(empty, "[]"), ())
            with self.assertRaises(BindError) as caught:
                bound(empty, "[1]")
            self.assertEqual(caught.exception.errors[0].code, "out-of-range")
        self.assertEqual((bound(tuple, "[1]"), bound(Tuple, "[1]")), ((1,), (1,)))

    def test_what_no_set_can_hold_is_told_before_anything_is_read(self):
        for kind in (Set[List[int]], FrozenSet[Dict[str, int]], Set[Database],
                     Set[Tuple[int, List[int]]], Set[Optional[Database]]):
            with self.assertRaisesRegex(TypeError, "no set can hold"):
                bound(kind, "[]")
        self.assertEqual(bound(Set[Tuple[int, ...]], "[[1], [1]]"), {(1,)})
        self.assertEqual(bound(set, "[1, x]"), {1, "x"})
        with self.assertRaises(BindError) as caught:
            bound(set, "[[1]]")
        self.assertEqual(caught.exception.errors[0].code, "wrong-type")

    def test_text_is_no_list(self):
        with self.assertRaises(BindError) as caught:
            bound(List[str], "a, b")
        problem, = caught.exception.errors
        self.assertEqual((problem.code, problem.hint),
                         ("wrong-type", "write a list, such as [a, b]"))


def shown(value):
    return ("a Secret of", value.reveal()) if isinstance(value, Secret) else value


class Unions(unittest.TestCase):
    def test_optional_takes_null(self):
        self.assertIsNone(bound(Optional[int], "null"))
        self.assertEqual(bound(Optional[int], '"5"'), 5)
        with self.assertRaises(BindError) as caught:
            bound(Optional[int], "x")
        self.assertIn("expected an int, found the string 'x'", str(caught.exception))
        self.assertIsNone(bound(type(None), "null"))

    def test_a_value_keeps_the_type_that_it_has(self):
        for value, expected in [("5", 5), ("1.0", 1.0), ("true", True), ('"5"', True)]:
            found = bound(Union[bool, int, float], value if value != '"5"' else "yes")
            self.assertEqual(repr(found), repr(expected))

    def test_a_string_of_yaml_is_no_number_while_it_is_something_else(self):
        for kind, value, expected in [
                (Union[int, str], '"5"', "5"), (Union[bool, str], "yes", "yes"),
                (Union[float, Literal[5], str], "'5'", "5"), (Union[Decimal, str], "'1'", "1"),
                (Union[Decimal, str], "1.50", Decimal("1.50")),
                (Union[int, timedelta], "'0'", timedelta()), (Union[int, bool], "'1'", 1),
                (Union[Literal[5, "a"], str], "'a'", "a"), (Union[float, Literal[5]], "5", 5),
                (Union[timedelta, str], "5s", timedelta(seconds=5)),
                (Union[Size, str], "'5'", "5"), (Union[Nanoseconds, str], "'0'", "0"),
                (Union[Size, Literal["auto"], str], "'0x10'", "0x10"),
                (Union[Size, str], "64MiB", 64 << 20), (Union[Nanoseconds, str], "1us", 1000),
                (Union[Level, str], "'1'", "1"), (Union[Level, str], "LOW", Level.LOW),
                (Union[Odd, str], "yes", "yes"), (Union[Access, str], "'1'", "1"),
                (Union[Access, str], "READ", Access.READ), (Union[Level, bool], "'1'", Level.LOW),
                (Union[Secret[Level], Secret[str]], "'1'", Secret("1")),
                (Optional[Union[int, str]], "null", None)]:
            with self.subTest(f"{kind}: {value}"):
                self.assertEqual(repr(shown(bound(kind, value))), repr(shown(expected)))

    def test_a_number_is_no_text_while_it_is_something_else(self):
        for kind, value, expected in [
                (Union[str, Size], "5", 5), (Union[str, Nanoseconds], "0", 0),
                (Union[str, Nanoseconds], "5", "5"), (Union[str, Size], "-5", "-5"),
                (Union[str, float], "5", 5.0), (Union[str, float, int], "5", 5),
                (Union[str, Decimal], "5", Decimal(5)), (Union[str, Level], "2", Level.HIGH),
                (Union[str, Access], "1", Access.READ), (Union[str, int], "5.0", "5.0"),
                (Union[str, Secret[Size]], "5", Secret(5)), (Union[str, Literal[5]], "6", "6")]:
            with self.subTest(f"{kind}: {value}"):
                self.assertEqual(repr(shown(bound(kind, value))), repr(shown(expected)))

    def test_other_text_is_the_first_that_it_reads_as(self):
        for cfg in (deploycfg.loads("value = 1", syntax="ini", env="none", environ={}),
                    parse("value: x", overrides={"value": "1"}),
                    deploycfg.loads("value: x", prefix="SHOP", env="none",
                                    environ={"SHOP__VALUE": "1"})):
            self.assertEqual(cfg.bind(Union[int, str], "value"), 1)
            self.assertEqual(cfg.bind(Union[str, int], "value"), "1")
            self.assertIs(cfg.bind(Union[bool, str], "value"), True)

    def test_text_is_the_first_that_it_reads_as(self):
        self.assertEqual(bound(Union[str, int], '"5"'), "5")
        self.assertEqual(bound(Union[str, int], "5"), 5)
        self.assertEqual(bound(Union[int, timedelta], "5s"), timedelta(seconds=5))
        self.assertEqual(bound(Union[Color, str], "red"), Color.RED)
        self.assertEqual(bound(Union[Color, str], "rouge"), "rouge")
        self.assertEqual(bound(Union[Literal["auto"], int], "auto"), "auto")

    def test_a_choice_has_the_type_of_its_value(self):
        for choices, value, expected in [((True, 1), "1", 1), (("1", 1), "1", 1),
                                         ((1, "1"), "'1'", "1"), ((1, True), "true", True),
                                         ((1.0, 1), "1", 1), (("1",), "1", "1")]:
            self.assertEqual(repr(bound(Literal[choices], value)), repr(expected))

    def test_lists_and_maps_have_their_own(self):
        kind = Union[str, List[str], Dict[str, int]]
        self.assertEqual(bound(kind, "a"), "a")
        self.assertEqual(bound(kind, "[a]"), ["a"])
        self.assertEqual(bound(kind, "{a: 1}"), {"a": 1})
        with self.assertRaises(BindError) as caught:
            bound(kind, "{a: x}")
        self.assertEqual([problem.key for problem in caught.exception.errors], ["value.a"])

    def test_of_classes_the_one_that_fits(self):
        kind = Union[Pool, Database]
        self.assertEqual(bound(kind, "{host: h}"), Database("h"))
        self.assertEqual(bound(kind, "{size: 3}"), Pool(3))
        with self.assertRaises(BindError) as caught:
            bound(kind, "{size: x, names: []}")
        self.assertEqual([problem.key for problem in caught.exception.errors], ["value.size"])

    def test_of_classes_the_one_whose_literals_match(self):
        kind = Union[One, Other]
        self.assertEqual(bound(kind, "{kind: other, b: 2}"), Other("other", 2))
        with self.assertRaises(BindError) as caught:
            bound(kind, "{kind: one, b: 3}")
        self.assertNotIn("other", str(caught.exception))
        self.assertIn("value.a: this key is not set", str(caught.exception))

    def test_what_none_of_them_reads_is_one_problem(self):
        with self.assertRaises(BindError) as caught:
            bound(Union[int, bool], "x")
        problem, = caught.exception.errors
        self.assertEqual((problem.code, problem.message, problem.expected), (
            "bad-value", "expected an int or a bool, found the string 'x'", "int or a bool"))
        for kind, value, code in [(Union[int, bool], "null", "wrong-type"),
                                  (Union[int, bool], "[1]", "wrong-type"),
                                  (Union[bool, timedelta], "5", "bad-value")]:
            with self.assertRaises(BindError) as caught:
                bound(kind, value)
            self.assertEqual(caught.exception.errors[0].code, code)

    @unittest.skipIf(sys.version_info < (3, 10), "X | Y is of Python 3.10")
    def test_may_be_written_with_a_bar(self):
        self.assertIsNone(bound(eval("int | None"), "null"))
        self.assertEqual(bound(eval("list[int] | int"), "[5]"), [5])


class Classes(unittest.TestCase):
    def test_dataclass(self):
        cfg = parse("""
            database:
              host: h
              port: "99"
              pool: {size: 3, names: [a, b]}
              timeout: 250ms
            """)
        expected = Database("h", 99, Pool(3, ("a", "b")), timedelta(milliseconds=250))
        self.assertEqual(cfg.bind(Database, "database"), expected)
        self.assertEqual(cfg.section("database").bind(Database), expected)
        self.assertEqual(cfg.section("database").bind(Pool, "pool"), expected.pool)
        self.assertEqual(cfg.section("database").section("pool").bind(Pool), expected.pool)
        self.assertEqual(cfg.bind(Dict[str, Database]), {"database": expected})

    def test_what_is_missing_or_null_takes_the_default(self):
        expected = Database("h")
        self.assertEqual(bound(Database, "{host: h}"), expected)
        self.assertEqual(bound(Database, "{host: h, port: null, timeout: null}"), expected)
        self.assertEqual(bound(Database, "{host: h, pool: null}"), expected)

    def test_a_default_is_made_anew_for_each(self):
        one, two = bound(Node, "{name: a}"), bound(Node, "{name: a}")
        self.assertEqual(one, two)
        self.assertIsNot(one.children, two.children)

    def test_a_class_may_hold_itself(self):
        self.assertEqual(bound(Node, "{name: a, children: [{name: b, children: [{name: c}]}]}"),
                         Node("a", [Node("b", [Node("c")])]))

    def test_inherited_class_variables_init_only_and_computed_fields(self):
        rich = bound(Rich, "{first: x, second: 21, items: [3]}")
        self.assertEqual((rich.first, rich.doubled, rich.made, rich.items), ("x", 42, 0, [3]))
        self.assertEqual(bound(Rich, "{}").doubled, 4)
        for key in ("DEFAULT", "made", "doubled"):
            with self.assertRaises(BindError):
                bound(Rich, f"{{{key}: 1}}")

    @unittest.skipIf(sys.version_info < (3, 10), "keyword-only fields are of Python 3.10")
    def test_keyword_only_fields_and_slots(self):
        kind = dataclasses.make_dataclass("Kind", [("a", int, 1), ("b", int)], kw_only=True,
                                          slots=True)
        self.assertEqual(bound(kind, "{b: 2}"), kind(a=1, b=2))

    def test_a_field_may_have_another_key(self):
        kind = dataclasses.make_dataclass("Kind", [
            ("max_size", int, field(metadata={"key": "max-size"})),
            ("odd", str, field(default="", metadata={"key": "a.b"}))])
        self.assertEqual(bound(kind, '{max-size: 5, "a.b": x}'), kind(5, "x"))
        with self.assertRaises(BindError) as caught:
            bound(kind, '{"a.b": x}')
        self.assertEqual(caught.exception.errors[0].key, "value.max-size")

    def test_a_field_may_have_a_function_that_converts(self):
        kind = dataclasses.make_dataclass("Kind", [
            ("pair", complex, field(metadata={"convert": complex})),
            ("maybe", Optional[complex], field(default=1j, metadata={"convert": complex}))])
        self.assertEqual(bound(kind, "{pair: 1+2j, maybe: null}"), kind(1 + 2j, None))
        self.assertEqual(bound(kind, "{pair: 5}"), kind(5 + 0j))
        with self.assertRaises(BindError) as caught:
            bound(kind, "{pair: x, maybe: [1]}")
        first, second = caught.exception.errors
        self.assertIn("the string 'x' does not do: complex() arg is a malformed string",
                      first.message)
        self.assertEqual(second.code, "wrong-type")
        self.assertIsInstance(caught.exception.__cause__, ValueError)

    def test_a_function_that_converts_may_be_decimal(self):
        kind = dataclasses.make_dataclass("Priced", [
            ("price", Decimal, field(metadata={"convert": Decimal}))])
        self.assertEqual(bound(kind, "{price: '1_0'}"), kind(Decimal(10)))
        with self.assertRaises(BindError) as caught:
            bound(kind, "{price: x}")
        self.assertEqual(caught.exception.errors[0].code, "bad-value")

    def test_what_a_class_says_of_its_values_is_a_problem_too(self):
        @dataclass
        class Range:
            low: int
            high: int

            def __post_init__(self):
                if self.low > self.high:
                    raise ValueError("low is above high")

        with self.assertRaises(BindError) as caught:
            parse("a: {low: 5, high: 3}\nb: {low: x, high: 3}\nc: {low: 9, high: 1}\n").bind(
                Dict[str, Range])
        self.assertEqual([(problem.key, problem.message[:6])
                          for problem in caught.exception.errors],
                         [("a", "Range:"), ("b.low", "expect"), ("c", "Range:")])
        self.assertIn("a: Range: low is above high", str(caught.exception))
        self.assertIn("low is above high", str(caught.exception.__cause__))

    def test_named_tuple(self):
        self.assertEqual(bound(Point, "{x: 1}"), Point(1, 7))
        self.assertEqual(bound(List[Point], "[{x: 1, y: 2}]"), [Point(1, 2)])
        with self.assertRaises(BindError):
            bound(Point, "{y: 1}")

    def test_typed_dict(self):
        self.assertEqual(bound(Optionally, "{host: h}"), {"host": "h"})
        self.assertEqual(bound(Optionally, "{host: h, port: 5}"), {"host": "h", "port": 5})
        with self.assertRaises(BindError) as caught:
            bound(Optionally, "{port: x}")
        self.assertEqual([problem.code for problem in caught.exception.errors],
                         ["missing-key", "bad-value"])

    @unittest.skipIf(sys.version_info < (3, 11), "Required is of Python 3.11")
    def test_typed_dict_with_required_members(self):
        kind = TypedDict("Kind", {"a-b": "typing.Required[int]",
                                  "c": "typing.NotRequired[int]"}, total=False)
        self.assertEqual(bound(kind, "{a-b: 1}"), {"a-b": 1})
        with self.assertRaises(BindError):
            bound(kind, "{c: 1}")

    def test_of_a_class_that_is_gone_nothing_is_kept(self):
        def once():
            kind = dataclasses.make_dataclass("Kind", [("a", int), ("b", List[Pool])])
            self.assertEqual(bound(kind, "{a: 1, b: []}"), kind(1, []))
            return weakref.ref(kind)

        before = len(_plan._plans)
        gone = once()
        gc.collect()
        self.assertIsNone(gone())
        self.assertLessEqual(len(_plan._plans), before + 1)


class Models(unittest.TestCase):
    """A class that validates as those of pydantic do."""

    class Invalid(ValueError):
        def __init__(self, *errors):
            super().__init__("secret input")
            self._errors = errors

        def errors(self):
            return [dict(zip(("loc", "msg", "type"), error)) for error in self._errors]

    class Model:
        def __init__(self, **values):
            self.values = values

        @classmethod
        def model_validate(cls, values):
            if "wrong" in values:
                raise Models.Invalid(
                    (("hosts", 1), "not a host", "value_error"),
                    (("pool", "size"), "Field required", "missing"),
                    (("wrong",), "Extra inputs are not permitted", "extra_forbidden"),
                    (("hosts", 7, "x"), "no such place", "value_error"),
                    ((), "all of it", "value_error"))
            return cls(**values)

    TEXT = "model:\n  hosts: [a, b]\n  pool: {}\n"

    def test_get_plain_values(self):
        cfg = parse(self.TEXT)
        self.assertEqual(cfg.bind(self.Model, "model").values, {"hosts": ["a", "b"], "pool": {}})
        self.assertEqual(cfg.bind(Dict[str, self.Model])["model"].values["pool"], {})

    def test_problems_are_told_at_their_places(self):
        with self.assertRaises(BindError) as caught:
            parse(self.TEXT + "  wrong: 1\n").bind(self.Model, "model")
        self.assertEqual([(problem.code, problem.key, problem.line, problem.column)
                          for problem in caught.exception.errors],
                         [("bad-value", "model", 2, 3), ("bad-value", "model.hosts", 2, 10),
                          ("bad-value", "model.hosts[1]", 2, 14),
                          ("missing-key", "model.pool.size", 3, 9),
                          ("unknown-key", "model.wrong", 4, 10)])
        self.assertIsNone(caught.exception.__cause__)

    def test_other_errors_are_theirs(self):
        class Broken:
            @classmethod
            def parse_obj(cls, values):
                raise ValueError("broken")

        with self.assertRaises(ValueError) as caught:
            parse(self.TEXT).bind(Broken, "model")
        self.assertIs(type(caught.exception), ValueError)

    def test_pydantic(self):
        try:
            import pydantic
        except ImportError:
            self.skipTest("pydantic is not installed")
        kind = pydantic.create_model("Kind", hosts=(List[str], ...), pool=(Dict[str, int], ...),
                                     size=(int, 5))
        self.assertEqual(parse(self.TEXT).bind(kind, "model").hosts, ["a", "b"])
        with self.assertRaises(BindError) as caught:
            parse("model: {hosts: [a, {}], size: x}\n").bind(kind, "model")
        self.assertEqual([(problem.code, problem.key) for problem in caught.exception.errors],
                         [("missing-key", "model.pool"), ("bad-value", "model.hosts[1]"),
                          ("bad-value", "model.size")])


    def test_many_problems_are_counted_and_looked_up_once(self):
        class Wrong:
            @classmethod
            def model_validate(cls, values):
                raise Models.Invalid(*(((name,), "no", "value_error") for name in values))

        text = "".join(f"  k{number}: 1\n" for number in range(20000))
        with self.assertRaises(BindError) as caught:
            parse("model:\n" + text).bind(Wrong, "model")
        self.assertEqual(caught.exception.errors[1000].message,
                         "19000 more problems are not shown, 1000 is the limit")


class Meant(unittest.TestCase):
    """Annotations that cannot be meant are the program's mistake, told before any value."""

    def refused(self, annotation):
        with self.assertRaises(TypeError) as caught:
            parse("").bind(annotation, "nothing")
        self.assertNotIsInstance(caught.exception, deploycfg.Error)
        return str(caught.exception)

    def test_kinds_that_no_value_is_read_as(self):
        for annotation in (bytes, complex, Slots, type, List[bytes], Dict[int, str],
                           Optional[bytes], typing.TypeVar("T"), collections.abc.Callable,
                           Tuple[bytes, int], Literal[b"x"], decimal.Context, 5):
            with self.subTest(str(annotation)):
                self.refused(annotation)

    def test_are_told_with_their_field(self):
        inner = dataclasses.make_dataclass("Inner", [("data", List[bytes])])
        outer = dataclasses.make_dataclass("Outer", [("inner", Optional[inner])])
        text = self.refused(outer)
        self.assertTrue(text.startswith("Inner.data: no value is read as bytes; "), text)

    def test_names_that_cannot_be_resolved(self):
        kind = dataclasses.make_dataclass("Kind", [("a", "Nowhere")])
        self.assertIn("an annotation of Kind cannot be resolved: name 'Nowhere'",
                      self.refused(kind))

    def test_metadata(self):
        for metadata in ({"key": ""}, {"key": 5}, {"convert": 5}):
            self.refused(dataclasses.make_dataclass("Kind", [
                ("a", int, field(metadata=metadata))]))
        text = self.refused(dataclasses.make_dataclass("Kind", [
            ("a", int), ("b", int, field(metadata={"key": "a"}))]))
        self.assertEqual(text, "Kind.b and Kind.a take one key, 'a'")

    def test_extra(self):
        for wrong in ("allow", "", True):
            with self.assertRaises(ValueError):
                parse("").bind(dict, extra=wrong)

    def test_keys(self):
        with self.assertRaises(deploycfg.BadKey):
            parse("a: 1\n").bind(int, "a..b")
        with self.assertRaises(TypeError):
            parse("a: 1\n").bind(int, 5)


if __name__ == "__main__":
    unittest.main()
