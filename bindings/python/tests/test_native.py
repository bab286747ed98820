# SPDX-License-Identifier: ISC
"""The prototype table against header and library, and how the library is found."""
import ctypes
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

import deploycfg
from deploycfg import _library, _native

HERE = os.path.dirname(os.path.abspath(__file__))
HEADER = os.path.join(HERE, "..", "..", "..", "include", "deploycfg.h")

SOURCE = os.path.dirname(os.path.dirname(os.path.abspath(deploycfg.__file__)))

HANDLES = {"loader": _native.Loader, "snapshot": _native.Snapshot, "entry": _native.Entry,
           "source": _native.Source, "errors": _native.Errors, "error": _native.Error}
PLAIN = {"void": None, "bool": ctypes.c_bool, "int": ctypes.c_int, "unsigned": ctypes.c_uint,
         "int64_t": ctypes.c_int64, "uint64_t": ctypes.c_uint64, "double": ctypes.c_double,
         "size_t": ctypes.c_size_t, "char *": ctypes.c_char_p, "void *": ctypes.c_void_p,
         "FILE *": ctypes.c_void_p, "char **": _native.Strings, "size_t *": _native.SizeOut,
         "struct cyaml_schema_value *": ctypes.c_void_p,
         "struct deploycfg_errors **": _native.ErrorsOut,
         "struct deploycfg_value *": _native.ValueOut}


def prototypes():
    """(text, result, name, parameters) of each exported function, in the header's order."""
    with open(HEADER, encoding="utf-8") as file:
        text = re.sub(r"/\*.*?\*/", "", file.read(), flags=re.S)
    for declaration in re.findall(r"^DEPLOYCFG_API ([^;]*;)", text, flags=re.M):
        declaration = " ".join(declaration.split()).replace("* deploycfg_", "*deploycfg_")
        result, name, parameters = re.fullmatch(
            r"(.*?)(deploycfg_\w+)\((.*)\);", declaration).groups()
        types = [] if parameters == "void" else [
            re.sub(r"\w+$", "", parameter.strip()) for parameter in parameters.split(",")]
        yield declaration, result, name, types


def ctype(text):
    text = " ".join(text.replace("const", " ").replace("*", " * ").split())
    text = text.replace("* *", "**")
    if text.startswith("enum "):
        return ctypes.c_int
    if text in PLAIN:
        return PLAIN[text]
    return HANDLES[re.fullmatch(r"struct deploycfg_(\w+) \*", text).group(1)]


class Table(unittest.TestCase):
    def test_has_the_functions_of_the_header_in_its_order(self):
        self.assertEqual([row[0] for row in _native.PROTOTYPES],
                         [name for _, _, name, _ in prototypes()])

    def test_has_the_types_of_the_header(self):
        for row, (_, result, name, types) in zip(_native.PROTOTYPES, prototypes()):
            with self.subTest(name):
                self.assertIs(row[1], ctype(result))
                self.assertEqual(list(row[2]), [ctype(text) for text in types])

    def test_shows_the_prototypes_of_the_header(self):
        with open(_native.__file__, encoding="utf-8") as file:
            table = file.read().split("PROTOTYPES", 1)[1].split("\n)\n", 1)[0]
        comments = " ".join(re.findall(r"^ *# (.*)$", table, flags=re.M))
        shown = [" ".join(text.split()) for text in re.findall(r"[^;]*;", comments)]
        shown = [text for text in shown if "deploycfg_" in text]
        self.assertEqual(shown, [text for text, *_ in prototypes()])

    def test_is_what_the_library_exports(self):
        nm = shutil.which("nm")
        if not nm or not os.path.exists(deploycfg.LIBRARY):
            self.skipTest("no nm, or no path of the library")
        listing = subprocess.run([nm, "-D", "--defined-only", deploycfg.LIBRARY], check=True,
                                 stdout=subprocess.PIPE, universal_newlines=True).stdout
        words = [line.split() for line in listing.splitlines()]
        exported = {word[-1].split("@")[0] for word in words if word[-2] in "TWi"}
        self.assertEqual({name for name in exported if name.startswith("deploycfg_")},
                         {row[0] for row in _native.PROTOTYPES})

    def test_keeps_the_gil_except_in_what_may_take_long(self):
        long = [row[0] for row in _native.PROTOTYPES if row[3] is _native.LONG]
        self.assertEqual(long, ["deploycfg_load_constants", "deploycfg_loader_load",
                                "deploycfg_loader_environments", "deploycfg_loader_schema",
                                "deploycfg_snapshot_from_image", "deploycfg_errors_report"])

    def test_refuses_a_handle_of_the_wrong_kind(self):
        with self.assertRaises(ctypes.ArgumentError):
            _library.lib.deploycfg_snapshot_environment(_native.Loader())

    def test_constants_are_those_of_the_header(self):
        with open(HEADER, encoding="utf-8") as file:
            numbers = dict(re.findall(r"DEPLOYCFG_(\w+)\s*=\s*(\d+)", file.read()))
        for name in ("ERROR", "WARNING", "NOTE", "NONE", "NULL", "BOOL", "INT", "FLOAT",
                     "STRING", "LIST", "MAP", "DURATION", "SIZE", "ENUM", "PATH", "LAYER_BASE",
                     "LAYER_ENVIRONMENT", "INI", "YAML", *_native.PROPERTIES):
            number = {**vars(_native), **_native.PROPERTIES,
                      "INI": _native.SYNTAXES["ini"], "YAML": _native.SYNTAXES["yaml"]}[name]
            self.assertEqual(number, int(numbers[name]), name)
        for prefix, known in [("VARIABLES_", _native.VARIABLES), ("FLAG_", _native.FLAGS),
                              ("UNKNOWN_", _native.UNKNOWN), ("CHECK_", _native.CHECKS),
                              ("TRUST_", _native.TRUST)]:
            for name, number in known.items():
                self.assertEqual(number, int(numbers[prefix + name.upper()]), name)

    def test_names_by_number_are_all_those_of_the_header(self):
        with open(HEADER, encoding="utf-8") as file:
            enumerations = dict(re.findall(r"enum deploycfg_(\w+) \{(.*?)\};", file.read(),
                                           flags=re.S))
        for which, prefix, known in [
                ("relation", "", _native.RELATIONS),
                ("source_kind", "SOURCE_", _native.SOURCE_KINDS),
                ("source_state", "SOURCE_", _native.SOURCE_STATES),
                ("variables", "VARIABLES_", _native.VARIABLES), ("flag", "FLAG_", _native.FLAGS),
                ("unknown", "UNKNOWN_", _native.UNKNOWN), ("check", "CHECK_", _native.CHECKS),
                ("trust", "TRUST_", _native.TRUST), ("limit", "LIMIT_", _native.LIMITS),
                ("property", "", _native.PROPERTIES)]:
            found = re.findall(rf"DEPLOYCFG_{prefix}(\w+)\s*=\s*(\d+)", enumerations[which])
            with self.subTest(which):
                self.assertEqual([name.lower().replace(" ", "_") for name in known],
                                 [name.lower() for name, _ in found])
                if isinstance(known, tuple):
                    self.assertEqual([int(number) for _, number in found],
                                     list(range(len(known))))

    def test_the_struct_has_the_members_of_the_header(self):
        with open(HEADER, encoding="utf-8") as file:
            body = re.search(r"^struct deploycfg_value \{(.*?)^\};", file.read(),
                             flags=re.S | re.M).group(1)
        members = re.findall(r"([^;]+?)(\w+);", re.sub(r"/\*.*?\*/", "", body, flags=re.S))
        self.assertEqual(list(_native.Value._fields_),
                         [(name, ctype(text)) for text, name in members])


class Finding(unittest.TestCase):
    def installed(self):
        """A copy of the package alone, in a directory to be given as `source`."""
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        package = os.path.join(scratch.name, "deploycfg")
        shutil.copytree(os.path.dirname(deploycfg.__file__), package, ignore=
                        shutil.ignore_patterns("__pycache__", "_lib", "_build_info.py"))
        return scratch.name, package

    def python(self, *arguments, source=SOURCE, **variables):
        environ = dict(os.environ, PYTHONDONTWRITEBYTECODE="1")
        environ.pop("DEPLOYCFG_LIBRARY", None)
        environ.update(variables)
        script = f"import sys; sys.path.insert(0, {source!r}); import deploycfg; " \
            "print(deploycfg.LIBRARY)"
        return subprocess.run([sys.executable, "-B", *arguments, "-c", script], env=environ,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              universal_newlines=True)

    def test_the_chosen_file_is_the_one(self):
        chosen = os.environ.get("DEPLOYCFG_LIBRARY")
        if not chosen:
            self.skipTest("DEPLOYCFG_LIBRARY is not set")
        self.assertEqual(deploycfg.LIBRARY, os.path.abspath(chosen))

    def test_a_chosen_file_that_fails_is_not_replaced_by_another(self):
        done = self.python(DEPLOYCFG_LIBRARY="/nowhere/libdeploycfg.so.0")
        self.assertEqual(done.returncode, 1)
        self.assertIn("ImportError", done.stderr)
        tried = done.stderr.split("tried\n", 1)[1].split("\nset ")[0].splitlines()
        self.assertEqual(len(tried), 1, tried)
        self.assertTrue(tried[0].startswith("  /nowhere/libdeploycfg.so.0: "), tried)

    def test_a_file_that_is_another_library_is_refused_by_name(self):
        done = self.python(DEPLOYCFG_LIBRARY=ctypes.CDLL("libm.so.6")._name)
        self.assertIn("ImportError", done.stderr)

    def test_without_a_choice_the_bundled_file_comes_first_and_the_soname_last(self):
        found = _library.candidates({})
        self.assertEqual(found[-1].rsplit("/", 1)[-1], found[-1])
        self.assertTrue(found[-1].startswith("libdeploycfg.so."), found)

    def test_the_bundled_file_beats_the_one_that_was_built(self):
        if not os.path.exists(deploycfg.LIBRARY):
            self.skipTest("no path of the library")
        source, package = self.installed()
        os.mkdir(os.path.join(package, "_lib"))
        built = os.path.join(source, "libbuilt.so.7")
        os.symlink(os.path.abspath(deploycfg.LIBRARY), built)
        with open(os.path.join(package, "_build_info.py"), "w", encoding="utf-8") as file:
            file.write(f"LIBDIR = {source!r}\nSONAME = 'libbuilt.so.7'\n")
        self.assertEqual(self.python(source=source).stdout.strip(), built)
        bundled = os.path.join(package, "_lib", _library.SONAME)
        os.rename(built, bundled)
        self.assertEqual(self.python(source=source).stdout.strip(), bundled)

    def test_every_file_that_was_tried_is_named_with_its_reason(self):
        source, package = self.installed()
        with open(os.path.join(package, "_build_info.py"), "w", encoding="utf-8") as file:
            file.write("LIBDIR = '/nowhere'\nSONAME = 'libdeploycfg-none.so.0'\n")
        done = self.python(source=source)
        self.assertEqual(done.returncode, 1)
        self.assertIn("\n  /nowhere/libdeploycfg-none.so.0: ", done.stderr)
        self.assertIn("\n  libdeploycfg-none.so.0: ", done.stderr)

    def test_an_isolated_interpreter_takes_no_choice(self):
        done = self.python("-I", DEPLOYCFG_LIBRARY="/nowhere/libdeploycfg.so.0")
        self.assertNotIn("/nowhere", done.stdout + done.stderr)

    def test_importing_does_not_look_at_the_main_module(self):
        with tempfile.TemporaryDirectory() as scratch:
            path = os.path.join(scratch, "program.py")
            with open(path, "w", encoding="utf-8") as file:
                file.write("TESTING = 'neither'\nPRODUCTION = True\n"
                           "import deploycfg\n"
                           "try: deploycfg.load('.', environ={})\n"
                           "except deploycfg.LoadError: print('undecided')\n")
            environ = dict(os.environ, PYTHONDONTWRITEBYTECODE="1")
            environ["PYTHONPATH"] = SOURCE
            done = subprocess.run([sys.executable, path], env=environ, cwd=scratch, check=True,
                                  stdout=subprocess.PIPE, universal_newlines=True)
        self.assertEqual(done.stdout, "undecided\n")


class Version(unittest.TestCase):
    def test_is_that_of_the_package(self):
        with open(os.path.join(HERE, "..", "pyproject.toml"), encoding="utf-8") as file:
            version = re.search(r'^version = "(.*)"', file.read(), flags=re.M).group(1)
        self.assertEqual(deploycfg.__version__, version)


if __name__ == "__main__":
    unittest.main()
