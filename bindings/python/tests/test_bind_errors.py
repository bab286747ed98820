# SPDX-License-Identifier: ISC
"""BindError: every problem of a bind at once, each with its place and what to do."""
import dataclasses
import pickle
import unittest
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Dict, List, Optional, Union

import deploycfg
from deploycfg import BindError, Problem
from support import Case, parse


@dataclass(frozen=True)
class Pool:
    size: int
    max_size: int = 10


@dataclass(frozen=True)
class Database:
    host: str
    port: int = 5432
    pool: Optional[Pool] = None
    hosts: List[str] = field(default_factory=list)


def errors_of(text, cls, key="", **options):
    extra = options.pop("extra", None)
    try:
        parse(text, **options).bind(cls, key, extra=extra)
    except BindError as error:
        return error.errors
    raise AssertionError("it did bind")


class Layers(Case):
    files = {
        "base.yaml": """
            database:
              host: [a]
              prot: 5432
              pool:
                size: big
                max-size: 5
            """,
        "production.yaml": """
            database:
              port: 80x
              hosts: [one, null, {}]
            """,
        "local.ini": "",
    }

    def test_every_problem_in_file_order_with_place_and_advice(self):
        cfg = self.load(overrides={"database.pool.max_size": "x"})
        with self.assertRaises(BindError) as caught:
            cfg.bind(Database, "database")
        text = str(caught.exception).replace(self.directory + "/", "")
        self.assertEqual(text, """\
base.yaml:2:9: error[wrong-type]: database.host: expected a string, found a list of 1 item
  hint: write a single value
base.yaml:3:9: error[unknown-key]: database.prot: Database has no field for this key
  hint: write 'port' if that is meant
base.yaml:5:11: error[bad-value]: database.pool.size: expected an int, found the string 'big'
  hint: write a whole number, without leading zeros or a unit, such as 8080
base.yaml:6:15: error[unknown-key]: database.pool.max-size: Pool has no field for this key
  hint: write 'max_size' if that is meant, or give the field metadata={'key': 'max-size'}
production.yaml:2:9: error[bad-value]: database.port: expected an int, found the string '80x'
  hint: write a whole number, without leading zeros or a unit, such as 8080
production.yaml:3:16: error[wrong-type]: database.hosts[1]: expected a string, found null
  hint: write a single value
production.yaml:3:22: error[wrong-type]: database.hosts[2]: expected a string, found a map of 0 keys
  hint: write a single value
override[1]: error[bad-value]: database.pool.max_size: expected an int, found the string 'x'
  hint: write a whole number, without leading zeros or a unit, such as 8080
""")

    def test_the_values_that_lost_are_told_too(self):
        self.write("production.yaml", "database: {pool: {size: huge}}\n")
        with self.assertRaises(BindError) as caught:
            self.load().bind(Pool, "database.pool", extra="ignore")
        problem, = caught.exception.errors
        self.assertEqual([(other.severity, other.message, other.line)
                          for other in problem.related],
                         [("note", "overrides this value", 5)])
        self.assertIn(f"\n  {self.directory}/base.yaml:5:11: note: overrides this value\n",
                      str(caught.exception))

    def test_a_key_that_is_missing_names_its_variable_and_its_past(self):
        self.write("base.yaml", "database: {pool: {size: 3}}\n")
        self.write("production.yaml", "database:\n  pool:\n    size: !unset\n    max_size: 1\n")
        with self.assertRaises(BindError) as caught:
            self.load().bind(Pool, "database.pool")
        problem, = caught.exception.errors
        self.assertEqual((problem.code, problem.key, problem.expected),
                         ("missing-key", "database.pool.size", "int"))
        self.assertEqual(problem.message,
                         "this key is not set, and Pool.size has no default")
        self.assertEqual(problem.hint, "set it in a configuration file, or by the variable"
                                       " SHOP__DATABASE__POOL__SIZE")
        self.assertEqual([(other.message, other.line) for other in problem.related],
                         [("was unset here", 3)])


class Keys(unittest.TestCase):
    def test_nobody_takes_are_refused_or_ignored(self):
        text = "a: {host: h, extra: 1, pool: {size: 1, also: 2}}\n"
        problems = errors_of(text, Database, "a")
        self.assertEqual([(problem.code, problem.key) for problem in problems],
                         [("unknown-key", "a.extra"), ("unknown-key", "a.pool.also")])
        self.assertEqual(problems[1].hint, "Pool takes size, max_size")
        self.assertEqual(errors_of(text, Database, "a", extra="forbid"), problems)
        self.assertEqual(parse(text).bind(Database, "a", extra="ignore"),
                         Database("h", pool=Pool(1)))

    def test_that_are_very_many_are_counted(self):
        text = "a: {host: h, " + ", ".join(f"prot{number}: 1" for number in range(1200)) + "}"
        errors = errors_of(text, Database, "a")
        self.assertEqual((len(errors), errors[-1].message), (
            1001, "200 more problems are not shown, 1000 is the limit"))

    def test_that_are_misspelt_and_missing_are_one_problem(self):
        problem, = errors_of("a: {hots: h}\n", Database, "a")
        self.assertEqual((problem.code, problem.key, problem.hint),
                         ("unknown-key", "a.hots", "write 'host', which Database needs"))
        problem, = errors_of("a: {hots: h}\n", Database, "a", extra="ignore")
        self.assertEqual((problem.code, problem.key, problem.hint),
                         ("missing-key", "a.host", "write 'host' instead of 'hots' if that is meant"))

    def test_of_other_capitals_or_dashes_are_suggested_however_long(self):
        kind = dataclasses.make_dataclass("Kind", [("maxIdleConnections", int, 1),
                                                   ("a_b_c_d", int, 1), ("ab", int, 1)])
        problems = errors_of("{MAX-idle: 1, MAXIDLECONNECTIONS: 1, a-b-c-d: 1, xy: 1}", kind)
        self.assertEqual([problem.hint for problem in problems], [
            "Kind takes maxIdleConnections, a_b_c_d, ab",
            "write 'maxIdleConnections' if that is meant",
            "write 'a_b_c_d' if that is meant, or give the field metadata={'key': 'a-b-c-d'}",
            "Kind takes maxIdleConnections, a_b_c_d, ab"])

    def test_what_is_bound_may_be_missing_itself(self):
        with self.assertRaises(BindError) as caught:
            parse("database: {host: h}\n").bind(Database, "databsae")
        self.assertEqual(str(caught.exception), "error[missing-key]: databsae: this key is not"
                                                " set\n  hint: write 'database' if that is"
                                                " meant\n")

    def test_an_empty_configuration_has_no_place(self):
        problem, = errors_of("", Database)
        self.assertEqual((problem.key, problem.code), ("host", "missing-key"))

    def test_odd_names_are_quoted_and_never_shown_raw(self):
        problems = errors_of('a: {"x\\e[31m.y": 1, host: h}\n', Database, "a")
        self.assertEqual(problems[0].key, 'a."x\x1b[31m.y"')
        self.assertNotIn("\x1b", str(problems[0]))


class Schemas(Case):
    files = {"schema.yaml": """
                schema: 1
                keys:
                - {key: server.port, type: int}
                - {key: server.timeout, type: duration}
                """,
             "base.yaml": "server: {port: 80, timeout: 30s}\n"}

    def told(self, *fields):
        with self.assertRaises(BindError) as caught:
            self.load("none").bind(dataclasses.make_dataclass("S", fields), "server")
        return [(problem.code, problem.key, problem.hint) for problem in caught.exception.errors]

    def test_a_field_that_no_key_is_meant_for_is_told_to_the_program(self):
        self.assertEqual(self.told(("prt", int), ("nope", int)), [
            ("missing-key", "server.prt", "let S.prt take the key 'port' if that is meant"),
            ("missing-key", "server.nope",
             "set it in a configuration file, or by the variable SHOP__SERVER__NOPE; where no"
             " schema declares it, the program asks for the wrong key")])

    def test_what_is_declared_is_to_be_read_as_that(self):
        self.assertEqual(self.told(("timeout", float)), [
            ("bad-value", "server.timeout",
             "the schema declares it a duration: the program has to read it as one")])


class Told(unittest.TestCase):
    def test_no_more_problems_are_kept_than_in_c(self):
        text = "[" + ", ".join(["x"] * 1500) + "]"
        for kind in (List[int], List[Optional[Union[int, bool]]]):
            errors = errors_of(f"a: {text}", kind, "a")
            self.assertEqual((len(errors), errors[-1].code, errors[-1].message, errors[-1].file), (
                1001, "limit", "500 more problems are not shown, 1000 is the limit", ""))
        errors = errors_of(f"a: {text[:-1]}, {{a: {{}}}}]", List[Dict[str, Database]],
                           "a")
        self.assertEqual(errors[-1].message,
                         "501 more problems are not shown, 1000 is the limit")

    def test_null_without_a_default(self):
        problems = errors_of("a: {host: null}\nb: {size: ~}\n", Dict[str, Database])
        self.assertEqual(problems[0].message, "expected a string, found null")

    def test_a_list_or_map_where_there_is_none(self):
        problem, = errors_of("a: {host: h, pool: 5}\n", Database, "a")
        self.assertEqual((problem.code, problem.message, problem.expected),
                         ("wrong-type", "expected a map, found the int '5'", "map"))
        problem, = errors_of("a: [1]\n", Database, "a")
        self.assertEqual(problem.message, "expected a map, found a list of 1 item")

    def test_choices_are_listed_and_the_nearest_suggested(self):
        from typing import Literal
        problem, = errors_of("a: productoin\n", Literal["production", "testing", 5], "a")
        self.assertEqual((problem.code, problem.message, problem.hint, problem.expected), (
            "not-a-choice", "expected one of production, testing, 5, found the string"
            " 'productoin'", "write production if that is meant",
            "one of production, testing, 5"))

    def test_durations_that_a_timedelta_cannot_hold(self):
        problem, = errors_of("a: {b: [1500ns]}\n", Dict[str, List[timedelta]], "a")
        self.assertEqual((problem.code, problem.key, problem.line, problem.column),
                         ("out-of-range", "a.b[0]", 1, 9))
        self.assertIn("deploycfg.Nanoseconds", problem.hint)

    def test_is_an_error_of_this_package_and_a_value_error(self):
        with self.assertRaises(deploycfg.Error) as caught:
            parse("a: x\n").bind(int, "a")
        self.assertIsInstance(caught.exception, ValueError)
        self.assertNotIsInstance(caught.exception, deploycfg.LoadError)

    def test_survives_the_way_to_another_process(self):
        with self.assertRaises(BindError) as caught:
            parse("a: {host: [1], port: x}\n").bind(Database, "a")
        again = pickle.loads(pickle.dumps(caught.exception))
        self.assertIs(type(again), BindError)
        self.assertEqual((str(again), again.errors), (str(caught.exception),
                                                      caught.exception.errors))
        self.assertIsInstance(again.errors[0], Problem)


class Reports(Case):
    def test_a_problem_is_shown_as_the_library_shows_it(self):
        self.write("base.yaml", "server: {port: 8080}\na: 1\na: 2\n")
        error = self.refused()
        lines = [line for line in str(error).splitlines() if "| " not in line]
        self.assertEqual("\n".join(map(str, error.errors)).splitlines(), lines)


if __name__ == "__main__":
    unittest.main()
