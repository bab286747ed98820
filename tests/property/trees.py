# SPDX-License-Identifier: ISC
"""Random configurations as Python values, and YAML texts of them in random styles.

Knows what the contract allows in a file; nothing of how deploycfg reads one.
"""

import math
import random
import re
import struct

ODD_STRINGS = """
null ~ Null true FALSE yes no on off y n 0 -0 +1 007 0x1F 0o17 1_000 1.5 1. .5 1e3 .inf
-.inf .nan .NaN inf nan 12:30 2001-01-01 - -- --- ... ? : = << <<: # #c a#b !t ! &a *a %x @x
`x | > {} [] {a [a } ] , a,b 'q' "q" ' " '' \\ \\n a\\ C:\\dir $ $$ $x ${x} $${x} $$${x} ${
a${b}c $${ ${x ${env:HOME} when@production when@ a.b a[0] "a.b" a"b a'b é ü ß 中文 🙂 a;b a=b
+= -= a+ key: :key
""".split() + [
    "", " ", "  ", " a", "a ", "a b", "a: b", "a :b", "a #b", "a ;b", "- a", "? a", ": a", "a:",
    "a\n", "\n", "\n\n", "a\nb", "a\n\nb\n", " a\n b", "a\n b\n", "\ta", "a\t", "a\tb", "a\r\nb",
    "\r", "x" * 200, "word " * 60 + "end", "a, b", "[1, 2]", "{a: 1}", "'a' # b", "[1, ", "it's",
    'say "a"']
CHARACTERS = ([chr(code) for code in range(1, 32)] + list("\x7f\x80\x85\x9f\xa0\xad") +
              list("\u0301\u061c\u200b\u200e\u200f\u2028\u2029\u202a\u202e\u2066\u2069\ufeff") +
              list("\ud7ff\ue000\ufdd0\ufffd\ufffe\uffff\U0001f600\U000e0001\U0010ffff") +
              list("aZ09 -_.:,;#=[]{}()'\"\\$!&*|>%@`~?+/<^"))
NUMBERS = [0, 1, -1, 7, 10, 255, 2**31, -2**31, 2**53 + 1, 2**63 - 1, -2**63]
FLOATS = [0.0, -0.0, 1.0, -1.5, 0.1, 1e16, 1e22, 123456789.0, 5e-324, 2.2250738585072014e-308,
          1.7976931348623157e308, math.inf, -math.inf, math.nan, 100.0, 1e-7, 0.3, 2.5e15]
PLAIN = re.compile(r"[A-Za-z_/é中][A-Za-z0-9_/é中.-]*( [A-Za-z0-9_/é-]+)*")
NOT_STRINGS = {"null", "Null", "NULL", "true", "True", "TRUE", "false", "False", "FALSE"}


class Style(random.Random):
    """How a file is written; whether it is in a layer where `${` begins a reference."""

    expands = True

    def of(self, value):
        """What decides how a value is written that is no text."""
        return self


class Settled(Style):
    """One that writes equal numbers alike, so that their texts are equal, too."""

    def of(self, value):
        return random.Random(repr(value))


class Template(str):
    """A text that is written as it is: with references."""


class Tagged:
    """A value behind one of the operators !append !prepend !replace."""

    def __init__(self, tag, value):
        self.tag, self.value = tag, value


class Text:
    """What an INI file says of a key: a text, or with += several."""

    def __init__(self, *texts, appends=False):
        self.texts, self.appends = texts, appends


class Mark:
    """What stands where a value could and is none."""

    def __init__(self, text):
        self.text = text


UNSET = Mark("!unset")
EMPTY = Mark("")


def random_string(rng):
    kind = rng.random()
    if kind < 0.3:
        return rng.choice(["a", "host", "value", "x-y", "two words", "/srv/a.b", "é"])
    if kind < 0.7:
        return rng.choice(ODD_STRINGS)
    return "".join(rng.choice(CHARACTERS) for _ in range(rng.randrange(1, 12)))


def random_float(rng):
    if rng.random() < 0.5:
        return rng.choice(FLOATS)
    while True:
        number = struct.unpack("<d", rng.randbytes(8))[0]
        if math.isfinite(number):
            return number


def random_scalar(rng):
    kind = rng.random()
    if kind < 0.08:
        return None
    if kind < 0.18:
        return rng.random() < 0.5
    if kind < 0.36:
        return rng.choice(NUMBERS) if rng.random() < 0.5 else rng.randrange(-2**63, 2**63)
    if kind < 0.5:
        return random_float(rng)
    return random_string(rng)


def random_key(rng):
    if rng.random() < 0.6:
        return rng.choice(["a", "b", "c", "host", "max-size", "server_port", "A", "é"])
    return random_string(rng) or "empty"


def random_map(rng, depth):
    return {random_key(rng): random_value(rng, depth - 1) for _ in range(rng.randrange(5))}


def random_value(rng, depth):
    kind = rng.random()
    if depth > 0 and kind < 0.3:
        return random_map(rng, depth)
    if depth > 0 and kind < 0.5:
        return [random_value(rng, depth - 1) for _ in range(rng.randrange(4))]
    return random_scalar(rng)


# ------------------------------------------------------------------------------- YAML


def escaped(style, text):
    """In double quotes."""
    short = {"\n": "\\n", "\t": "\\t", "\r": "\\r", '"': '\\"', "\\": "\\\\", "\x1b": "\\e"}

    def one(character):
        code = ord(character)
        if character in short and (character in '"\\' or style.random() < 0.7):
            return short[character]
        if 32 <= code < 127 or (code > 0xff and character.isprintable() and style.random() < 0.7):
            return character
        return (f"\\x{code:02x}" if code < 0x100 else
                f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08x}")
    return '"' + "".join(map(one, text)) + '"'


def string_text(style, text):
    if PLAIN.fullmatch(text) and text not in NOT_STRINGS and style.random() < 0.6:
        return text
    if all(32 <= ord(each) < 127 for each in text) and style.random() < 0.4:
        return "'" + text.replace("'", "''") + "'"
    return escaped(style, text)


def int_text(style, number):
    if number >= 0 and style.random() < 0.2:
        return style.choice([f"0x{number:X}", f"0o{number:o}", f"+{number}"])
    return str(number)


def float_text(style, number):
    if math.isnan(number):
        return style.choice([".nan", ".NaN", ".NAN"])
    if math.isinf(number):
        sign = "-" if number < 0 else style.choice(["", "+"])
        return sign + style.choice([".inf", ".Inf", ".INF"])
    text = style.choice([repr(number), f"{number:.17e}", f"{number:.17G}"])
    return text if re.search("[.eE]", text) else text + style.choice([".", ".0", ".00", "e0"])


def template(style, text):
    escapes = style.expands and not isinstance(text, Template)
    return text.replace("${", "$${") if escapes else text


def scalar_text(style, value):
    if isinstance(value, str):
        return string_text(style, template(style, value))
    style = style.of(value)
    if value is None:
        return style.choice(["null", "~", "Null", "NULL"])
    if isinstance(value, bool):
        text = "true" if value else "false"
        return style.choice([text, text.title(), text.upper()])
    return int_text(style, value) if isinstance(value, int) else float_text(style, value)


def key_text(style, key):
    """Unquoted, some would be blocks of an environment."""
    return escaped(style, key) if key.startswith("when@") else string_text(style, key)


def flow(style, value):
    if isinstance(value, Tagged):
        return f"!{value.tag} {flow(style, value.value)}"
    if isinstance(value, Mark):
        return value.text + " "
    if isinstance(value, dict):
        pairs = (f"{key_text(style, key)}: {flow(style, held)}" for key, held in value.items())
        return "{" + ", ".join(pairs) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(flow(style, item) for item in value) + " ]"
    return scalar_text(style, value)


def is_literal(text):
    return re.fullmatch(r"([!-~][ -~]*\n)*[!-~][ -~]*\n?", text)


def block(style, value, indent):
    """What stands behind "key:" or "-", from the blank to the line's end."""
    if isinstance(value, Mark):
        return f" {value.text}".rstrip() + "\n"
    if isinstance(value, Tagged):
        return f" !{value.tag}" + block(style, value.value, indent)
    if isinstance(value, (dict, list)) and value and style.random() < 0.75:
        return "\n" + lines(style, value, indent + style.choice([1, 2, 4]))
    if isinstance(value, str) and is_literal(value) and style.random() < 0.3:
        text = template(style, value)
        chomp = "" if text.endswith("\n") else "-"
        pad = " " * (indent + 2)
        return f" |{chomp}\n" + "".join(f"{pad}{line}\n" for line in text.splitlines())
    return f" {flow(style, value)}\n"


def lines(style, value, indent=0):
    pad = " " * indent
    if isinstance(value, list):
        return "".join(f"{pad}-{block(style, item, indent)}" for item in value)
    return "".join(f"{pad}{key_text(style, key)}:{block(style, held, indent)}"
                   for key, held in value.items())


def yaml(style, root):
    """A whole document."""
    head = style.choice(["", "", "# comment\n", "---\n", "\ufeff"])
    return head + (lines(style, root) or style.choice(["", "{}\n", "# nothing\n"]))


# -------------------------------------------------------------------------------- INI


def ini_value(style, text):
    if re.fullmatch(r"[A-Za-z0-9./\[+-]([\]\[A-Za-z0-9., +-]*[\]A-Za-z0-9.,+-])?", text):
        if style.random() < 0.7:
            return text
    if "'" not in text and text.isprintable() and style.random() < 0.4:
        return f"'{text}'"
    short = {"\n": "\\n", "\t": "\\t", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
    return '"' + "".join(
        short.get(each) or (each if each.isprintable() or ord(each) > 0xffff else
                            f"\\x{ord(each):02x}" if ord(each) < 0x80 else f"\\u{ord(each):04x}")
        for each in template(style, text)) + '"'


def ini_key(key):
    return key if re.fullmatch("[A-Za-z0-9_-]+", key) else f'"{key}"'


def ini_lines(style, layer, path):
    """Keys first, then sections."""
    for key, held in layer.items():
        name = ini_key(key)
        if held is UNSET:
            yield f"{name} -="
        elif isinstance(held, Text):
            yield from (f"{name} {'+=' if held.appends else '='} {ini_value(style, text)}".rstrip()
                        for text in held.texts)
    for key, held in layer.items():
        if isinstance(held, dict) and held:
            section = [*path, ini_key(key)]
            yield f"[{'.'.join(section)}]"
            yield from ini_lines(style, held, section)


def ini(style, layer):
    """A whole file."""
    heads, tails = ["", "", "  ", "\t"], ["\n", "\n", " \n", "\r\n"]
    return "".join(style.choice(heads) + line + style.choice(tails)
                   for line in ini_lines(style, layer, []))
