# SPDX-License-Identifier: ISC
"""What is around a load and must not change it: the same bytes whatever it is."""

import os
import pathlib
import random
import shutil
import subprocess
import sys

import dumps
import trees

NAMES = ("base.yaml", "base.ini", "base.d/b.yaml", "base.d/a.ini", "base.d/10.yaml",
         "production.yaml", "production.d/Z.yaml", "production.d/é.yaml", "logging.yaml")
# What a Python program sees: the whole image, values and origins, under its own locale.
DIGESTS = """
import locale, sys
locale.setlocale(locale.LC_ALL, "")
import deploycfg
cfg = deploycfg.load("config", env="production", environ={})
print(cfg.image_digest, cfg.as_dict(), locale.localeconv()["decimal_point"], flush=True)
"""


class Skipped(Exception):
    pass


def fill(directory, names):
    """Floats, and keys that a locale would sort otherwise; made in the order given."""
    for name in names:
        rng = random.Random(name)
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        held = {f"{name[0]} of {name}": {key: trees.random_float(rng)
                                         for key in ("a", "B", "Ä", "z", "_", "10", "9")}}
        if name.endswith(".yaml"):
            path.write_text(trees.yaml(trees.Style(name), held), encoding="utf-8", newline="")
        else:
            path.write_text(f'["{name}"]\nB = 1.5\na = 2,5\n', encoding="utf-8")


def look(directory, **around):
    """Everything that can be seen of a configuration, as one text."""
    where = directory.parent
    options = ("--dir", "config", "--env", "production")
    seen = [dumps.run("dump", "--origin", "--format", form, *options, cwd=where, environment=around)
            for form in ("yaml", "json", "repr")]
    seen.append(dumps.run("layers", *options, cwd=where, environment=around))
    environment = {**os.environ, **around, "PYTHONPATH": os.pathsep.join(sys.path),
                   "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"}
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", DIGESTS], cwd=where,
                          env=environment, capture_output=True)
    if done.returncode:
        raise dumps.Failed(done.stderr.decode())
    return [each.decode() for each in seen], done.stdout.decode().rsplit(" ", 1)


def same(directory, **around):
    fill(directory, NAMES)
    plain, (digest, _) = look(directory)
    again, (other, _) = look(directory, **around)
    return None if (plain, digest) == (again, other) else f"{plain}\n{again}\n{digest}\n{other}"


def comma_locale(directory):
    """LC_ALL, and LOCPATH where the locale had to be made."""
    for name in ("de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8"):
        around = {"LC_ALL": name, "LOCPATH": os.environ.get("LOCPATH", "")}
        probe = subprocess.run(["bash", "-c", "printf %.1f 0,5"], capture_output=True,
                               env={"PATH": os.environ["PATH"], **around})
        if probe.stdout == b"0,5":
            return around
    place = directory.parent / "locales"
    place.mkdir()
    if not shutil.which("localedef") or subprocess.run(
            ["localedef", "-i", "de_DE", "-f", "UTF-8", str(place / "de_DE.UTF-8")],
            capture_output=True, env={"PATH": os.environ["PATH"]}).returncode > 1:
        raise Skipped("no locale with a decimal comma, and none can be made")
    return {"LC_ALL": "de_DE.UTF-8", "LOCPATH": str(place)}


def locale(rng, directory):
    around = comma_locale(directory)
    problem = same(directory, **around)
    if not problem and look(directory, **around)[1][1].strip() != ",":
        problem = f"{around} does not make a comma: nothing is proved"
    return problem


def time_zone(rng, directory):
    return same(directory, TZ="Asia/Kathmandu")


def file_mask(rng, directory):
    fill(directory, NAMES)
    plain = look(directory)
    shutil.rmtree(directory)
    before = os.umask(0)
    try:
        fill(directory, NAMES)
        return None if look(directory) == plain else "another umask, another configuration"
    finally:
        os.umask(before)


def directory_order(rng, directory):
    """Made in another order, with other files in between that are gone again."""
    fill(directory, NAMES)
    plain = look(directory)
    for _ in range(3):
        shutil.rmtree(directory)
        names = list(NAMES)
        rng.shuffle(names)
        gone = [f"{pathlib.Path(name).parent}/gone{i}.yaml" for i, name in enumerate(names)]
        fill(directory, [each for pair in zip(gone, names) for each in pair])
        for name in gone:
            (directory / name).unlink()
        if look(directory) != plain:
            return f"made as {names}, another configuration"
    return None


CHECKS = {"locale": locale, "time-zone": time_zone, "file-mask": file_mask,
          "directory-order": directory_order}
