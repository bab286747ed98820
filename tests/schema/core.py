# SPDX-License-Identifier: ISC
"""A reader of layer files that shares nothing with ours: PyYAML with the core schema of
YAML 1.2, as an editor's language server reads them.

Operators stand for the value that they are on. Raises yaml.YAMLError.
"""

import re

import yaml


class Loader(yaml.SafeLoader):
    pass


Loader.yaml_implicit_resolvers = {}
Loader.yaml_constructors = dict(yaml.SafeLoader.yaml_constructors)

_RESOLVERS = (
    ("null", r"null|Null|NULL|~|", ["n", "N", "~", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", list("-+0123456789")),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)"
              r"|\.(nan|NaN|NAN)", list("-+0123456789.")),
)
for _name, _pattern, _first in _RESOLVERS:
    Loader.add_implicit_resolver("tag:yaml.org,2002:" + _name, re.compile(f"(?:{_pattern})\\Z"),
                                 _first)


def _int(loader, node):
    text = loader.construct_scalar(node)
    base = {"0x": 16, "0o": 8}.get(text[:2], 10)
    return int(text[2:] if base != 10 else text, base)


def _float(loader, node):
    text = loader.construct_scalar(node).lower()
    return float(text.replace(".inf", "inf").replace(".nan", "nan"))


def _operator(loader, node):
    """What it would be without the operator."""
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    if isinstance(node, yaml.MappingNode):
        return loader.construct_mapping(node, deep=True)
    tag = loader.resolve(yaml.ScalarNode, node.value, (node.style is None, True))
    return loader.yaml_constructors[tag](loader, node)


Loader.add_constructor("tag:yaml.org,2002:int", _int)
Loader.add_constructor("tag:yaml.org,2002:float", _float)
for _tag in ("!append", "!prepend", "!replace", "!unset"):
    Loader.add_constructor(_tag, _operator)


def read(text):
    return yaml.load(text, Loader)
