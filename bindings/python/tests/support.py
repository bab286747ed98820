# SPDX-License-Identifier: ISC
"""A directory of layer files per test, and nothing of the process's own variables."""
import os
import subprocess
import tempfile
import textwrap
import unittest

import deploycfg

SHOP = {
    "base.yaml": """
        server: {host: 127.0.0.1, port: 8080, timeout: 2.5, tls: false}
        database:
          url: null
          pool: {size: 5, names: [a, b]}
        hosts: [one, two]
        servers:
          - {host: alpha, weight: 1}
          - {host: beta, weight: 2}
        empty: {list: [], map: {}, text: ""}
        "odd.name": {"a b": 1}
        """,
    "production.yaml": """
        server:
          port: 8443
          timeout: !unset
        hosts: !append [three]
        """,
    "testing.ini": """
        [server]
        port = 18080
        tls = yes
        """,
}


def parse(text, **options):
    """A Config of one text, for tests that need no files."""
    options.setdefault("env", "none")
    return deploycfg.loads(textwrap.dedent(text), environ={}, **options)


def command(test, *arguments, environ=()):
    """What the command prints, where there is one."""
    path = os.environ.get("DEPLOYCFG")
    if not path or not os.path.exists(path):
        test.skipTest("DEPLOYCFG is not set")
    inherited = {name: value for name, value in os.environ.items()
                 if not name.startswith(("SHOP_", "DEPLOYCFG_ENV"))}
    return subprocess.run([path, *arguments], env={**inherited, **dict(environ)}, check=True,
                          encoding="utf-8", stdout=subprocess.PIPE).stdout


class Case(unittest.TestCase):
    files = SHOP

    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.directory = scratch.name
        for name, text in self.files.items():
            self.write(name, text)

    def write(self, name, text):
        path = os.path.join(self.directory, name)
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write(textwrap.dedent(text).lstrip("\n"))
        return path

    def load(self, env="production", environ=(), **options):
        options.setdefault("prefix", "SHOP")
        return deploycfg.load(self.directory, env=env, environ=dict(environ), **options)

    def refused(self, *args, **options):
        with self.assertRaises(deploycfg.LoadError) as caught:
            self.load(*args, **options)
        return caught.exception
