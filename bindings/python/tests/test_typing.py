# SPDX-License-Identifier: ISC
"""The annotations of the package, as mypy --strict sees them, where there is one."""
import importlib.util
import os
import subprocess
import sys
import tempfile
import unittest

import deploycfg

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.path.dirname(os.path.dirname(os.path.abspath(deploycfg.__file__)))


@unittest.skipUnless(importlib.util.find_spec("mypy"), "mypy is not installed")
class Annotations(unittest.TestCase):
    def mypy(self, *arguments):
        with tempfile.TemporaryDirectory() as cache:
            done = subprocess.run([sys.executable, "-m", "mypy", "--strict", "--cache-dir",
                                   cache, *arguments], env={**os.environ, "MYPYPATH": SOURCE},
                                  stdout=subprocess.PIPE, encoding="utf-8")
        self.assertEqual(done.returncode, 0, done.stdout)

    def test_of_the_package_hold(self):
        self.mypy("-p", "deploycfg")

    def test_give_users_the_types_they_expect(self):
        self.mypy(os.path.join(HERE, "typed.py"))


if __name__ == "__main__":
    unittest.main()
