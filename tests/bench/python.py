# SPDX-License-Identifier: ISC
"""The Python module: usage: python.py DIRECTORY, a generated configuration in YAML."""

import ctypes
import os
import pathlib
import sys
import time

import deploycfg

BUDGET = float(os.environ.get("BENCH_MS", 400)) / 1000
ROUNDS_LEAST = 3
AGAIN = 64  # keys that are read again and again


class OverDict:
    """The least that a class with values by key can be."""

    __slots__ = ("values",)

    def __init__(self, values):
        self.values = values

    def __getitem__(self, key):
        return self.values[key]


class Value(ctypes.Structure):
    """struct deploycfg_value"""

    _fields_ = (("text", ctypes.c_char_p), ("length", ctypes.c_size_t),
                ("integer", ctypes.c_int64), ("number", ctypes.c_double),
                ("type", ctypes.c_int))


def median(values):
    return sorted(values)[len(values) // 2]


def timed(run):
    """Each run() prepares, and returns what is to be timed."""
    work = run()
    begin = time.process_time()
    work()
    return time.process_time() - begin


def compare(subject, reference):
    """(median of the subject, of the reference, of the rounds' ratios)."""
    ours, theirs = [], []
    end = time.perf_counter() + BUDGET
    while len(ours) < ROUNDS_LEAST or time.perf_counter() < end:
        theirs.append(timed(reference))
        ours.append(timed(subject))
    return median(ours), median(theirs), median([a / b for a, b in zip(ours, theirs)])


def row(metric, value, unit, ratio=None, target=""):
    print("Python", WORKLOAD, metric, f"{value:.2f}", unit,
          "" if ratio is None else f"{ratio:.2f}", target, sep="\t", flush=True)


def rows(metric, reference, result, target, each=1, unit="ns"):
    scale = 1e9 if unit == "ns" else 1e3
    subject, other, ratio = result
    row(reference, other * scale / each, unit)
    row(metric, subject * scale / each, unit, ratio, target)


def load():
    return deploycfg.load(DIRECTORY, env="development", environ={})


def reading(cfg, keys):
    def work():
        for key in keys:
            cfg[key]
    return work


class Bare:
    """The library by ctypes alone, each call with an out-parameter."""

    def __init__(self, keys):
        library = ctypes.PyDLL(deploycfg.LIBRARY)
        library.deploycfg_load_constants.restype = ctypes.c_void_p
        library.deploycfg_load_constants.argtypes = (ctypes.c_char_p,) * 4 + (ctypes.c_void_p,)
        self.find_value = library.deploycfg_find_value
        self.find_value.restype = ctypes.c_void_p
        self.find_value.argtypes = (ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t,
                                    ctypes.c_void_p)
        self.snapshot = library.deploycfg_load_constants(DIRECTORY.encode(), None,
                                                         b"development", None, None)
        self.paths = [(key.encode(), len(key.encode())) for key in keys]

    def __call__(self):
        find_value, snapshot, out = self.find_value, self.snapshot, ctypes.byref(Value())
        for path, length in self.paths:
            find_value(snapshot, path, length, out)


def read_rows(keys):
    """A fresh snapshot for each first reading; the loop's own cost is in all of them."""
    cfg = load()
    bare = Bare(keys)
    rows("first read of a key", "bare ctypes call",
         compare(lambda: reading(load(), keys), lambda: bare),
         "ratio<=2.5", len(keys))
    few = keys[:AGAIN]
    dictionary = OverDict({key: cfg[key] for key in few})
    rows("the same key again", "class over dict",
         compare(lambda: reading(cfg, few * 1000), lambda: reading(dictionary, few * 1000)),
         "value<=80", len(few) * 1000)


def load_rows(keys):
    try:
        import yaml
        loader = yaml.CSafeLoader
    except (ImportError, AttributeError):
        row("skipped: no PyYAML with libyaml", 0, "")
        return

    def all_values():
        for path in sorted(pathlib.Path(DIRECTORY).iterdir()):
            with open(path, encoding="utf-8") as stream:
                yaml.load(stream, loader)

    rows("load to all values in hand", "PyYAML CSafeLoader",
         compare(lambda: lambda: load().as_dict(), lambda: all_values), "ratio<=0.3",
         unit="ms")


DIRECTORY = sys.argv[1] + "/yaml"
KEYS = [line[2:].rstrip("\n") for line in open(sys.argv[1] + "/keys", encoding="utf-8")]
WORKLOAD = f"{len(KEYS) // 1000}k keys" if len(KEYS) >= 1000 else f"{len(KEYS)} keys"
read_rows(KEYS)
load_rows(KEYS)
