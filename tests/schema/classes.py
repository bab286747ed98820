# SPDX-License-Identifier: ISC
"""The Python that `deploycfg schema --format python` makes of every schema of the tests can be
imported and bound; what it binds of odd.yaml is what the getters give, and mypy, where it is
installed, finds nothing. Prints TAP."""

import dataclasses
import datetime
import importlib.util
import os
import pathlib
import subprocess
import sys
import tempfile
import warnings

import deploycfg
import schemas

def module_of(text, folder):
    path = pathlib.Path(folder) / "generated.py"
    path.write_text(text)
    spec = importlib.util.spec_from_file_location("generated", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules["generated"] = module  # where annotations are resolved
    spec.loader.exec_module(module)
    return module


def problem_of(text, folder):
    """A schema's keys may be missing here; that its classes cannot be read is a TypeError."""
    empty = deploycfg.loads("{}", env="none", environ={})
    try:
        module_of(text, folder).load(empty)
    except deploycfg.Error:
        pass
    return None


def differences(bound, plain, path=""):
    """Where an object and the values of a Config are not the same."""
    if dataclasses.is_dataclass(bound):
        for field in dataclasses.fields(bound):
            key = field.metadata.get("key", field.name)
            value = getattr(bound, field.name)
            inside = plain.get(key) if isinstance(plain, dict) else None
            if inside is None and value in (None, (), {}):
                continue
            yield from differences(value, inside, f"{path}.{key}")
    elif isinstance(bound, tuple) and len(bound) == len(plain or ()):
        for index, value in enumerate(bound):
            yield from differences(value, plain[index], f"{path}[{index}]")
    elif isinstance(bound, dict) and isinstance(plain, dict):
        for name in sorted(set(bound) | set(plain)):
            yield from differences(bound.get(name), plain.get(name), f"{path}.{name}")
    elif isinstance(plain, datetime.timedelta) and type(bound) is int:
        if bound != plain // datetime.timedelta(microseconds=1) * 1000:
            yield f"{path}: {bound!r} ns is not {plain!r}"
    elif type(bound) is not type(plain) or bound != plain:
        yield f"{path}: {bound!r} is not {plain!r}"


def odd(text, folder):
    schema = schemas.HERE / "odd.yaml"
    warnings.simplefilter("ignore", deploycfg.ConfigWarning)
    layer = (schemas.HERE / "odd-layer.yaml").read_text()
    cfg = deploycfg.loads(layer, env="none", prefix="ODD_ONE", environ={}, schema=schema)
    bound = module_of(text, folder).load(cfg)
    found = list(differences(bound, cfg.as_dict()))
    if bound.optional.wait != datetime.timedelta(hours=1, minutes=30):
        found.append(f"optional.wait is {bound.optional.wait!r}")
    if bound.limits.all.rate != 100 or bound.servers[0].disks[0].size != 2 ** 30:
        found.append("a default is missing")
    return "\n".join(found)


def mypy(text, folder):
    path = pathlib.Path(folder) / "typed.py"
    path.write_text(text)
    source = pathlib.Path(deploycfg.__file__).parents[1]
    done = subprocess.run([sys.executable, "-m", "mypy", "--strict", "--no-error-summary",
                           "--cache-dir", f"{folder}/cache", "--python-version", "3.9", path],
                          text=True, env=dict(os.environ, MYPYPATH=str(source)),
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return done.stdout if done.returncode else ""


class Tap:
    count = failed = 0

    def line(self, title, problem, skipped=""):
        self.count += 1
        self.failed += bool(problem)
        print(f"{'not ok' if problem else 'ok'} {self.count} - {title}"
              + (f" # SKIP {skipped}" if skipped else ""))
        for each in (problem or "").splitlines():
            print("#   " + each)


def judge(tap, title, text, folder):
    try:
        tap.line(title, problem_of(text, folder))
        if title == "odd.yaml":
            tap.line("odd.yaml binds to what the getters give", odd(text, folder))
    except Exception as error:
        tap.line(title, f"{type(error).__name__}: {error}")


def main():
    tap = Tap()
    skipped = "" if importlib.util.find_spec("mypy") else "no mypy"
    for title, text in schemas.generated("python"):
        with tempfile.TemporaryDirectory(prefix="deploycfg-python.") as folder:
            judge(tap, title, text, folder)
            if title in ("odd.yaml", "examples/service"):
                tap.line(f"mypy --strict: {title}", "" if skipped else mypy(text, folder),
                         skipped)
    print(f"1..{tap.count}")
    return 1 if tap.failed or tap.count < 50 else 0


if __name__ == "__main__":
    sys.exit(main())
