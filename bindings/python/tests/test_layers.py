# SPDX-License-Identifier: ISC
"""load(): layers, projects, environments by declaration, texts and limits."""
import os
import pathlib
import unittest
import warnings

import deploycfg
from deploycfg import Text
from support import Case


class Layers(Case):
    files = {
        "base.yaml": "who: base\n",
        "production.yaml": "",
        "platform-plan9.yaml": "who: platform\nplatform: plan9\n",
        "program-web.yaml": "program: web\n",
        "overlay-eu.yaml": "who: eu\noverlay: eu\n",
        "overlay-blue.ini": "who = blue\n",
    }

    def test_platform_and_program_are_named(self):
        cfg = self.load(platform="plan9", program="web")
        self.assertEqual(cfg.as_dict(), {"who": "platform", "platform": "plan9",
                                         "program": "web"})
        self.assertEqual(self.load(platform="linux").as_dict(), {"who": "base"})

    def test_overlays_are_named_in_order(self):
        cfg = self.load(overlays=["blue", "eu"])
        self.assertEqual((cfg["who"], cfg.overlays, cfg.overlays_by),
                         ("eu", ("blue", "eu"), "argument"))
        self.assertIn(" overlays=blue,eu ", cfg.summary())
        self.assertEqual(self.load(overlays="blue")["who"], "blue")
        self.assertEqual((self.load().overlays, self.load().overlays_by), ((), ""))
        self.assertNotIn("overlays", self.load().summary())

    def test_overlays_may_come_from_the_variable(self):
        environ = {"SHOP_OVERLAYS": "eu,blue"}
        cfg = self.load(environ=environ)
        self.assertEqual((cfg["who"], cfg.overlays, cfg.overlays_by),
                         ("blue", ("eu", "blue"), "SHOP_OVERLAYS"))
        self.assertEqual(self.load(environ=environ, overlays="eu").overlays, ("eu",))

    def test_overlays_are_part_of_what_is_equal(self):
        self.write("overlay-same.yaml", "who: eu\noverlay: eu\n")
        first, second = self.load(overlays="eu"), self.load(overlays="same")
        self.assertEqual(first.as_dict(), second.as_dict())
        self.assertNotEqual(first, second)

    def test_an_overlay_must_exist_and_be_named_once(self):
        for overlays in (["nowhere"], ["eu", "eu"]):
            self.assertEqual(self.refused(overlays=overlays).errors[0].code, "layer")

    def test_env_files_are_weaker_than_the_environment(self):
        first = self.write("first.env", "SHOP__WHO='first'\nSHOP__PROGRAM=x\n")
        second = self.write("second.env", "# comment\nexport SHOP__WHO=second\n")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a new key
            cfg = self.load(env_files=[first, pathlib.Path(second)])
            self.assertEqual((cfg["who"], cfg["program"]), ("second", "x"))
            self.assertEqual(cfg.origin("who").file, second)
            cfg = self.load(env_files=first, environ={"SHOP__WHO": "environ"})
            self.assertEqual(cfg["who"], "environ")

    def test_paths_may_be_optional(self):
        nowhere = "optional:" + self.directory + "/nowhere"
        cfg = deploycfg.load([self.directory, nowhere], env="production", environ={},
                             files=nowhere + ".yaml", env_files=nowhere + ".env")
        self.assertEqual(cfg["who"], "base")
        for option in ("files", "env_files"):
            self.refused(**{option: nowhere[9:] + ".yaml"})

    def test_notes_are_no_warnings(self):
        self.write("base.yaml~", "who: old\n")
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            self.load()


class Projects(Case):
    files = {}

    def project(self, *texts):
        """Writes texts as base.yaml of /usr/lib/shop, /run/shop and /etc/shop."""
        for top, text in zip(("usr/lib", "run", "etc"), texts):
            directory = os.path.join(self.directory, top, "web-shop")
            os.makedirs(directory)
            if text is not None:
                self.write(os.path.join(directory, "base.yaml"), text)
            self.write(os.path.join(directory, "production.yaml"), "{}\n")

    def test_are_looked_for_below_the_root(self):
        self.project("a: 1\nb: 1\n", None, "a: 2\n")
        for root in (self.directory, os.fsencode(self.directory), pathlib.Path(self.directory)):
            cfg = deploycfg.load(project="web-shop", root=root, env="production", environ={})
            self.assertEqual(cfg.as_dict(), {"a": 2})

    def test_give_the_prefix(self):
        self.project("a: 1\n")
        cfg = deploycfg.load(project="web-shop", root=self.directory,
                             environ={"WEB_SHOP_ENV": "production", "WEB_SHOP__A": "2"})
        self.assertEqual((cfg["a"], cfg.prefix, cfg.selected_by),
                         (2, "WEB_SHOP", "WEB_SHOP_ENV"))

    def test_are_weaker_than_directories(self):
        self.project("a: 1\nb: 1\n")
        self.write("base.yaml", "a: 3\n")
        cfg = deploycfg.load(self.directory, project="web-shop", root=self.directory,
                             env="production", environ={})
        self.assertEqual(cfg.as_dict(), {"a": 3, "b": 1})

    def test_that_are_nowhere_are_an_error(self):
        with self.assertRaises(deploycfg.LoadError):
            deploycfg.load(project="web-shop", root=self.directory, env="none", environ={})

    def test_a_root_is_one_path(self):
        with self.assertRaises(TypeError):
            deploycfg.load(project="web-shop", root=[self.directory], env="none", environ={})


class Environments(Case):
    files = {"base.yaml": "who: base\n", "production.yaml": "who: production\nlog: info\n",
             "staging.yaml": "who: staging\n", "local.yaml": "local: true\n"}

    def test_are_declared_and_inherit(self):
        cfg = self.load("staging", environments={"staging": {"inherits": "production"},
                                                 "production": {}})
        self.assertEqual(cfg.as_dict(), {"who": "staging", "log": "info"})

    def test_by_names_alone(self):
        for names in (["staging", "production"], ("staging",), {"staging"}, iter(["staging"]),
                      {"staging": None}):
            self.assertEqual(self.load("staging", environments=names)["who"], "staging")

    def test_that_are_declared_are_all_there_are(self):
        self.assertEqual(self.refused("development", environments=["staging"]).errors[0].code,
                         "environment")
        self.refused("staging")

    def test_have_aliases(self):
        for aliases in ("stage", ["stage", "qa"]):
            cfg = self.load("stage", environments={"staging": {"aliases": aliases}})
            self.assertEqual(cfg.environment, "staging")
        self.assertEqual(self.load("prod", environments=["production"]).environment,
                         "production")
        self.refused("prod", environments={"production": {"aliases": []}})

    def test_are_hermetic_or_not(self):
        environ = {"SHOP__WHO": "variable"}
        cfg = self.load("staging", environ, environments={"staging": {"hermetic": False}})
        self.assertEqual(cfg["who"], "variable")
        with self.assertWarns(deploycfg.ConfigWarning):
            cfg = self.load("staging", environ, environments={"staging": {"hermetic": True}})
        self.assertEqual(cfg["who"], "staging")

    def test_take_local_files_or_not(self):
        for local in (True, False):
            cfg = self.load("staging", environments={"staging": {"local": local}})
            self.assertEqual("local" in cfg, local)

    def test_need_a_layer_or_not(self):
        self.refused("empty", environments={"empty": {"layer": "required"}})
        self.refused("empty", environments={"empty": {}})
        cfg = self.load("empty", environments={"empty": {"layer": "optional"}})
        self.assertEqual((cfg.environment, cfg["who"]), ("empty", "base"))

    def test_there_may_be_none(self):
        for nothing in ([], {}, ()):
            self.assertEqual(self.load(None, environments=nothing).environment, "")
            self.assertEqual(self.load("none", environments=nothing).environment, "")
            with self.assertRaises(ValueError):
                self.load("production", environments=nothing)

    def test_that_make_no_sense_are_the_librarys_to_refuse(self):
        for environments in ({"Staging": {}}, {"staging": {"inherits": "nothing"}},
                             {"a": {"inherits": "b"}, "b": {"inherits": "a"}},
                             {"staging": {"aliases": ["staging"]}}, ["base"]):
            self.refused("staging", environments=environments)

    def test_that_cannot_be_meant_are_refused(self):
        for wrong in ("staging", b"staging", {"staging": {"parent": "production"}}, [5],
                      {"staging": {"hermetic": "yes"}}, {"staging": {"local": 1}},
                      {"staging": {"layer": True}}, {"staging": {"inherits": 5}},
                      {"staging": {"aliases": [5]}}, {"staging": "production"}, {5: None}):
            with self.assertRaises(TypeError, msg=wrong):
                self.load("staging", environments=wrong)
        for wrong in ({"staging": {"layer": "maybe"}}, {"staging": {"aliases": ["a,b"]}}):
            with self.assertRaises(ValueError, msg=wrong):
                self.load("staging", environments=wrong)


class Texts(Case):
    def test_are_layers(self):
        cfg = self.load(texts=[Text("server: {port: 1, new: 1}\n", "defaults", 100),
                               Text("[server]\nhost = x\n", "late", layer=800, syntax="ini"),
                               Text(b"a: 1\n")])
        self.assertEqual((cfg["server.port"], cfg["server.new"], cfg["server.host"], cfg["a"]),
                         (8443, 1, "x", 1))
        self.assertEqual(cfg.origin("server.new").file, "defaults")
        self.assertEqual(cfg.origin("a").file, "<string>")

    def test_one_is_enough(self):
        self.assertEqual(self.load(texts=Text("a: 1\n"))["a"], 1)

    def test_that_cannot_be_are_refused(self):
        for text in (Text("", layer=0), Text("", layer=1001), Text("", syntax="toml"),
                     Text("", name="\0")):
            with self.assertRaises((ValueError, deploycfg.LoadError), msg=text):
                self.load(texts=text)
        with self.assertRaisesRegex(ValueError, "from 1 to 1000, not 0"):
            self.load(texts=Text("", layer=0))
        for text in (Text(None), Text("", layer="base"), Text("", layer=True), Text("", name=5)):
            with self.assertRaises(TypeError, msg=text):
                self.load(texts=text)


class Limits(Case):
    def test_are_set_by_name(self):
        for limits, code in [({"keys": 3}, "limit"), ({"depth": 1}, "limit"),
                             ({"sources": 1}, "limit"), ({"value": 4}, "limit"),
                             ({"path": 5}, "limit"), ({"file": 10}, "file-too-big"),
                             ({"total": 20}, "file-too-big")]:
            with self.subTest(limits):
                self.assertEqual(self.refused(limits=limits).errors[0].code, code)
        self.assertEqual(self.load(limits={"keys": 1000, "file": 2**20})["server.port"], 8443)

    def test_that_cannot_be_are_refused(self):
        for wrong in ({"size": 1}, {"keys": -1}, {"keys": 2**64}):
            with self.assertRaises(ValueError, msg=wrong):
                self.load(limits=wrong)
        for wrong in ({"keys": "1"}, {"keys": 1.0}, {"keys": True}):
            with self.assertRaises(TypeError, msg=wrong):
                self.load(limits=wrong)
        self.refused(limits={"depth": 100000})


if __name__ == "__main__":
    unittest.main()
