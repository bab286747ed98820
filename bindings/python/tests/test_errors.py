# SPDX-License-Identifier: ISC
"""Errors carry every problem with its place, and survive the way to another process."""
import pickle
import os
import unittest

import deploycfg
from deploycfg import LoadError, MissingKey, Problem
from support import Case


class Loading(Case):
    def test_tells_every_problem_with_its_place(self):
        self.write("base.yaml", "server: {port: 8080}\na: 1\na: 2\n")
        self.write("production.yaml", "server: 5\nb: ${x}\n")
        error = self.refused()
        self.assertIsInstance(error, deploycfg.Error)
        by_code = {problem.code: problem for problem in error.errors}
        duplicate = by_code["duplicate-key"]
        self.assertEqual(duplicate.file, self.directory + "/base.yaml")
        self.assertEqual((duplicate.line, duplicate.column), (3, 1))
        self.assertEqual((duplicate.key, duplicate.severity), ("a", "error"))
        other, = duplicate.related
        self.assertEqual((other.file, other.line, other.severity),
                         (self.directory + "/base.yaml", 2, "note"))

    def test_is_the_report_as_text(self):
        self.write("base.yaml", "server: {port: 8080}\na: 1\na: 2\n")
        text = str(self.refused())
        self.assertIn("base.yaml:3:1: error[duplicate-key]: ", text)
        self.assertIn("a: 2", text)
        self.assertIn("^", text)
        self.assertTrue(text.endswith("\n"))

    def test_a_clash_names_both_places(self):
        self.write("production.yaml", "server: 5\n")
        clash, = self.refused().errors
        self.assertEqual((clash.code, clash.key), ("type-clash", "server"))
        self.assertTrue(clash.file.endswith("/production.yaml"))
        self.assertTrue(clash.related[0].file.endswith("/base.yaml"))
        self.assertTrue(clash.hint)

    def test_a_directory_that_is_not_there_is_named(self):
        with self.assertRaises(LoadError) as caught:
            deploycfg.load(self.directory + "/nowhere", env="production", environ={})
        problem, = caught.exception.errors
        self.assertEqual(problem.code, "not-found")
        self.assertIn("/nowhere", str(caught.exception))

    def test_a_file_that_is_a_fifo_is_named_and_does_not_block(self):
        path = self.directory + "/fifo.yaml"
        os.mkfifo(path)
        error = self.refused(files=path)
        self.assertEqual(error.errors[0].code, "not-a-regular-file")

    def test_text_that_is_no_number_names_the_variable(self):
        error = self.refused(environ={"SHOP__SERVER__PORT": "90x"})
        self.assertEqual(error.errors[0].file, "env:SHOP__SERVER__PORT")
        self.assertEqual(error.errors[0].key, "server.port")


class Pickled(Case):
    def test_a_load_error_keeps_everything(self):
        self.write("production.yaml", "server: 5\n")
        error = self.refused()
        again = pickle.loads(pickle.dumps(error))
        self.assertIs(type(again), LoadError)
        self.assertEqual((str(again), again.errors), (str(error), error.errors))
        self.assertIsInstance(again.errors[0], Problem)

    def test_a_missing_key_keeps_everything(self):
        with self.assertRaises(MissingKey) as caught:
            self.load()["server.prot"]
        again = pickle.loads(pickle.dumps(caught.exception))
        self.assertEqual((str(again), again.key), (str(caught.exception), "server.prot"))


if __name__ == "__main__":
    unittest.main()
