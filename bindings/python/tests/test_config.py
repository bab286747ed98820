# SPDX-License-Identifier: ISC
"""What is read: values, origins, equality, and the lifetime of what was read."""
import copy
import gc
import os
import pickle
import subprocess
import sys
import textwrap
import threading
import time
import types
import warnings
import weakref

import deploycfg
from deploycfg import Origin, _library
from support import SHOP, Case


class Values(Case):
    def test_have_the_types_of_the_files(self):
        cfg = self.load()
        for key, value in [("server.host", "127.0.0.1"), ("server.port", 8443),
                           ("server.tls", False), ("database.url", None),
                           ("empty.text", ""), ("servers[1].host", "beta"),
                           ("servers[0].weight", 1), ('"odd.name"."a b"', 1)]:
            with self.subTest(key):
                self.assertEqual(cfg[key], value)
                self.assertIs(type(cfg[key]), type(value))

    def test_floats_integers_and_text_keep_every_bit(self):
        self.write("base.yaml", """
            ints: [-9223372036854775808, 9223372036854775807, 0o17, 0x10]
            floats: [0.1, 1e300, -0.0, 5e-324, .inf, 3.0]
            nan: .nan
            text: "Grüße \\U0001f600 \\t"
            """)
        self.write("production.yaml", "")
        cfg = self.load()
        self.assertEqual(cfg["ints"], (-2**63, 2**63 - 1, 15, 16))
        self.assertEqual(repr(cfg["floats"]), "(0.1, 1e+300, -0.0, 5e-324, inf, 3.0)")
        self.assertNotEqual(cfg["nan"], cfg["nan"])
        self.assertEqual(cfg["text"], "Grüße \U0001f600 \t")

    def test_text_takes_the_type_that_it_overrides(self):
        cfg = self.load("testing")
        self.assertEqual((cfg["server.port"], cfg["server.tls"]), (18080, True))

    def test_a_list_is_a_tuple(self):
        cfg = self.load()
        self.assertEqual(cfg["hosts"], ("one", "two", "three"))
        self.assertEqual(cfg["empty.list"], ())

    def test_a_map_is_a_read_only_mapping_all_the_way_down(self):
        cfg = self.load()
        database = cfg["database"]
        self.assertIsInstance(database, types.MappingProxyType)
        self.assertEqual(database["pool"]["names"], ("a", "b"))
        self.assertEqual(cfg["servers"][1], {"host": "beta", "weight": 2})
        with self.assertRaises(TypeError):
            database["pool"]["size"] = 6
        with self.assertRaises(TypeError):
            cfg["server.port"] = 1
        with self.assertRaises(TypeError):
            del cfg["server.port"]

    def test_are_remembered(self):
        cfg = self.load()
        self.assertIs(cfg["database"], cfg["database"])
        self.assertIs(cfg["hosts"], cfg["hosts"])

    def test_as_dict_is_a_copy_that_may_be_changed(self):
        cfg = self.load()
        copied = cfg.as_dict()
        self.assertEqual(list(copied), sorted(copied))
        self.assertEqual(copied["odd.name"], {"a b": 1})
        self.assertEqual(copied["hosts"], ["one", "two", "three"])
        self.assertEqual(copied["empty"], {"list": [], "map": {}, "text": ""})
        copied["server"]["port"] = 1
        copied["hosts"].clear()
        self.assertEqual(cfg["server.port"], 8443)
        self.assertEqual(cfg.as_dict()["hosts"], ["one", "two", "three"])

    def test_get_gives_the_default_for_missing_and_null_alone(self):
        cfg = self.load()
        self.assertEqual(cfg.get("server.port", 1), 8443)
        self.assertEqual(cfg.get("database.url", "none"), "none")
        self.assertEqual(cfg.get("nobody", "none"), "none")
        self.assertEqual(cfg.get("empty.text", "none"), "")
        self.assertIs(cfg.get("server.tls", True), False)
        self.assertIsNone(cfg.get("nobody"))
        self.assertIsNone(cfg["database.url"])
        self.assertEqual(cfg.get("database.url", "again"), "again")

    def test_in_asks_for_a_value_and_null_is_one(self):
        cfg = self.load()
        self.assertIn("database.url", cfg)
        self.assertIn("server", cfg)
        self.assertNotIn("server.timeout", cfg)
        self.assertNotIn("server.port.deeper", cfg)
        self.assertIn("hosts[2]", cfg)
        self.assertNotIn("hosts[3]", cfg)

    def test_a_missing_key_is_a_key_error_that_names_the_nearest(self):
        cfg = self.load()
        with self.assertRaises(deploycfg.MissingKey) as caught:
            cfg["server.prot"]
        self.assertIsInstance(caught.exception, KeyError)
        self.assertIsInstance(caught.exception, deploycfg.Error)
        self.assertEqual(caught.exception.key, "server.prot")
        self.assertIn("server.prot", str(caught.exception))
        self.assertIn("server.port", str(caught.exception))
        self.assertTrue(caught.exception.__suppress_context__)

    def test_a_key_that_cannot_be_is_refused_as_such(self):
        cfg = self.load()
        for key in ("a\0b", "server.port\0", "\0server.port", '"odd.name"."a b\0"',
                    ".", "a..b", "hosts[", "hosts[-1]", "hosts[x]", '"', "\udc80",
                    "server.port "):
            with self.subTest(key[:20]):
                self.assertNotIn(key, cfg)
                for read in (cfg.__getitem__, cfg.get, cfg.origin, cfg.explain, cfg.section,
                             cfg.get_int, lambda key: cfg.get_int(key, 5)):
                    with self.assertRaises(deploycfg.BadKey) as caught:
                        read(key)
                    self.assertIsInstance(caught.exception, deploycfg.MissingKey)
                    self.assertIsInstance(caught.exception, ValueError)
                    self.assertEqual(caught.exception.key, key)
                    self.assertFalse(caught.exception.__context__
                                     and not caught.exception.__suppress_context__)
        for key in (5, None, b"server.port", ("server", "port"), [], 0):
            for read in (cfg.__getitem__, cfg.get, cfg.get_str, cfg.section, cfg.explain,
                         cfg.section("server").__getitem__, lambda key: key in cfg):
                with self.assertRaises(TypeError):
                    read(key)

    def test_a_key_longer_than_any_is_missing(self):
        with self.assertRaises(deploycfg.MissingKey):
            self.load()["x" * 100000]
        self.assertEqual(self.load().get_int("x" * 100000, 5), 5)

    def test_the_empty_key_is_everything(self):
        self.assertEqual(list(self.load()[""]), list(self.load().as_dict()))
        self.assertEqual(self.load().section("server")[""], self.load()["server"])

    def test_a_config_is_not_made_by_hand(self):
        for kind in (deploycfg.Config, deploycfg.Section):
            with self.assertRaises(TypeError):
                kind()


class Origins(Case):
    def test_tell_file_line_column_layer_and_text(self):
        self.write("base.yaml", "server:\n  port: 0x1F\n")
        origin = self.load(env="testing").origin("server.port")
        self.assertEqual(origin.file, self.directory + "/testing.ini")
        self.assertEqual((origin.line, origin.column), (2, 8))
        self.assertEqual((origin.layer, origin.text), ("testing", "18080"))
        self.assertEqual(origin.relation, "winner")
        weaker, = origin.overridden
        self.assertEqual(weaker, Origin(self.directory + "/base.yaml", 2, 9, "base", "0x1F",
                                        "shadowed"))

    def test_of_variables_and_overrides_have_no_line(self):
        cfg = self.load(environ={"SHOP__SERVER__PORT": "9090"},
                        overrides={"server.host": "0.0.0.0"})
        port, host = cfg.origin("server.port"), cfg.origin("server.host")
        self.assertEqual((port.file, port.line), ("env:SHOP__SERVER__PORT", 0))
        self.assertEqual(port.text, "9090")
        self.assertEqual([origin.text for origin in port.overridden], ["8443", "8080"])
        self.assertEqual((host.file, host.line), ("override[1]", 0))

    def test_of_nothing_at_all_is_nowhere(self):
        cfg = deploycfg.load(files=[], env="none", environ={})
        self.assertEqual(cfg.origin(""), Origin("", 0, 0, "", ""))

    def test_of_lists_tell_what_was_appended(self):
        cfg = self.load()
        origin = cfg.origin("hosts")
        files = [other.file for other in (origin, *origin.overridden)]
        self.assertIn(self.directory + "/base.yaml", files)
        self.assertTrue(cfg.origin("hosts[2]").file.endswith("production.yaml"))

    def test_read_back_from_their_repr(self):
        origin = self.load("testing").origin("server.port")
        self.assertEqual(eval(repr(origin)), origin)
        self.assertEqual(pickle.loads(pickle.dumps(origin)), origin)

    def test_of_a_map_stand_at_its_place(self):
        self.assertEqual(self.load().origin("server").text, "")


class Identity(Case):
    def test_repr_sums_it_up(self):
        self.write("base.yaml", "a: 1\nb: {c: 2, d: []}\n")
        self.write("production.yaml", "a: 3\n")
        cfg = self.load()
        summary = f"env=production (argument) keys=3 sources=2 values={cfg.values_digest[:8]}"
        self.assertEqual(cfg.summary(), summary)
        self.assertEqual(repr(cfg), f"<deploycfg.Config {summary}>")
        self.assertRegex(cfg.values_digest, "^[0-9a-f]{32}$")
        self.assertRegex(cfg.image_digest, "^[0-9a-f]{32}$")

    def test_environment_and_who_selected_it(self):
        cfg = self.load()
        self.assertEqual((cfg.environment, cfg.selected_by), ("production", "argument"))

    def test_equal_values_are_equal_wherever_they_stand(self):
        first = self.load()
        self.write("base.yaml", "# all moves by a line\n" + textwrap.dedent(SHOP["base.yaml"]))
        second, third = self.load(), self.load(overrides={"server.port": 1})
        self.assertEqual(first, second)
        self.assertEqual(hash(first), hash(second))
        self.assertNotEqual(first, third)
        self.assertNotEqual(first, self.load("testing"))
        self.assertNotEqual(first, first.as_dict())
        self.assertNotEqual(first.image_digest, second.image_digest)

    def test_mappings_of_the_same_values_are_equal(self):
        cfg = self.load()
        self.assertEqual(cfg, dict(cfg))
        self.assertEqual(dict(cfg), cfg)
        self.assertEqual(cfg, cfg.section(""))
        self.assertNotEqual(cfg, {**cfg, "server.port": 1})
        self.assertNotEqual(cfg, 5)

    def test_copies_are_the_same(self):
        cfg = self.load()
        self.assertIs(copy.copy(cfg), cfg)
        self.assertIs(copy.deepcopy([cfg])[0], cfg)


class Pickling(Case):
    def test_carries_values_and_origins_and_reads_no_file(self):
        cfg = self.load()
        data = pickle.dumps(cfg)
        for name in self.files:
            self.write(name, "a: {")
        again = pickle.loads(data)
        self.assertEqual(again, cfg)
        self.assertEqual(again.image_digest, cfg.image_digest)
        self.assertEqual(again.as_dict(), cfg.as_dict())
        self.assertEqual(again.origin("server.port"), cfg.origin("server.port"))
        self.assertEqual(repr(again), repr(cfg))

    def test_works_in_another_process(self):
        script = "import pickle, sys; cfg = pickle.load(sys.stdin.buffer); " \
            "print(cfg['server.port'], cfg.environment)"
        done = subprocess.run([sys.executable, "-c", script], input=pickle.dumps(self.load()),
                              stdout=subprocess.PIPE, check=True)
        self.assertEqual(done.stdout, b"8443 production\n")

    def test_a_damaged_image_is_an_error(self):
        make, (image,) = self.load().__reduce__()
        for damaged in (b"", b"x", image[:-1], image + b"\0", b"X" + image[1:],
                        image[:200] + bytes([image[200] ^ 1]) + image[201:]):
            with self.assertRaises(deploycfg.LoadError) as caught:
                make(damaged)
            self.assertEqual(caught.exception.errors[0].code, "bad-image")


class Lifetime(Case):
    def released(self, action):
        """The snapshots given back while `action` runs."""
        count = []
        real = _library.lib.deploycfg_snapshot_unref
        _library.lib.deploycfg_snapshot_unref = lambda handle: count.append(real(handle))
        try:
            action()
            gc.collect()
        finally:
            _library.lib.deploycfg_snapshot_unref = real
        return len(count)

    def test_a_config_gives_its_snapshot_back_once(self):
        def action():
            for _ in range(5):
                self.load()["server.port"]
        self.assertEqual(self.released(action), 5)

    def test_a_warning_that_is_raised_loses_nothing(self):
        def action():
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                with self.assertRaises(deploycfg.ConfigWarning):
                    self.load(environ={"SHOP__NOBODY": "1"})
        self.assertEqual(self.released(action), 1)

    def test_values_outlive_their_config(self):
        cfg = self.load()
        host, servers, origin = cfg["server.host"], cfg["servers"], cfg.origin("hosts")
        gone = weakref.ref(cfg)
        del cfg
        gc.collect()
        self.assertIsNone(gone())
        self.assertEqual((host, servers[0]["host"]), ("127.0.0.1", "alpha"))
        self.assertEqual(origin.layer, "base")

    def test_loading_again_and_again_does_not_grow(self):
        def resident():
            with open("/proc/self/statm", encoding="ascii") as file:
                return int(file.read().split()[1])
        if not os.path.exists("/proc/self/statm"):
            self.skipTest("no /proc")
        if "asan" in os.environ.get("LD_PRELOAD", ""):
            self.skipTest("the sanitizer keeps what is freed")
        for _ in range(50):
            self.load().as_dict()
        before = resident()
        for _ in range(500):
            self.load().as_dict()
        self.assertLess(resident() - before, 500)  # pages


class Threads(Case):
    def test_read_the_same_from_one_config(self):
        cfg, expected, wrong = self.load(), self.load().as_dict(), []

        def work():
            for _ in range(300):
                fresh = pickle.loads(data)
                if cfg.as_dict() != expected or fresh["server.port"] != 8443:
                    wrong.append(cfg)
                if cfg["servers"] is not cfg["servers"]:
                    wrong.append(cfg["servers"])

        data = pickle.dumps(cfg)
        threads = [threading.Thread(target=work) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(wrong, [])

    def test_do_not_read_what_others_asked_for(self):
        keys = [f"k{number}" for number in range(200)]
        image = pickle.dumps(deploycfg.loads(
            "".join(f"{key}: text of {key}\n" for key in keys), env="none", environ={}))
        wrong, interval = [], sys.getswitchinterval()

        def work(cfg, order):
            for key in order:
                if cfg[key] != f"text of {key}":
                    wrong.append(key)

        sys.setswitchinterval(1e-6)
        self.addCleanup(sys.setswitchinterval, interval)
        for _ in range(10):
            cfg = pickle.loads(image)
            threads = [threading.Thread(target=work, args=(cfg, keys[n:] + keys[:n]))
                       for n in range(0, 200, 50)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        self.assertEqual(wrong, [])

    def test_a_busy_thread_does_not_slow_reading_down(self):
        stop = threading.Event()
        busy = threading.Thread(target=lambda: [None for _ in iter(stop.is_set, True)])
        cfg = self.load()
        busy.start()
        try:
            started = time.monotonic()
            for _ in range(2000):
                cfg.get("nobody")
            elapsed = time.monotonic() - started
        finally:
            stop.set()
            busy.join()
        # giving the GIL up would cost a switch interval of 5 ms for each
        self.assertLess(elapsed, 5.0)
