# SPDX-License-Identifier: ISC
"""load(), loads() and their kin: Python arguments in, one Config out.

Hands everything to a loader of the library; reads no file and decides nothing itself.
"""
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Iterable, Optional, Union

from deploycfg import _arguments as arguments
from deploycfg._arguments import (Constants, Environments, Names, Path, Paths, SchemaText,
                                  Text)
from deploycfg._config import Config, environments_of, from_calls, schema_of
from deploycfg._native import LAYER_ENVIRONMENT


def load(directory: Paths = None, *, env: Optional[str] = None,
         prefix: Optional[str] = None, constants: Constants = None,
         environments: Environments = None,
         project: Optional[str] = None, root: Optional[Path] = None,
         platform: Optional[str] = None, program: Optional[str] = None,
         overlays: Names = None, files: Paths = (),
         texts: Union[Text, Iterable[Text]] = (),
         environ: Optional[Mapping[str, str]] = None, variables: str = "default",
         env_files: Paths = (), map_env: Optional[Mapping[str, str]] = None,
         secrets: Paths = (), overrides: Optional[Mapping[str, Any]] = None,
         schema: Paths = None, schema_text: SchemaText = None, unknown: str = "default",
         check: str = "load", trust: str = "default",
         trust_users: Iterable[int] = (), trust_groups: Iterable[int] = (),
         limits: Optional[Mapping[str, int]] = None) -> Config:
    """Read a configuration and return it as a Config, or raise LoadError.

    Which environment:

    env -- a name such as "production", or "none" for a program without environments; None
        lets the constants, then <prefix>_ENV or DEPLOYCFG_ENV decide
    constants -- the program's own choice: `globals()` or a module, of which TESTING,
        DEVELOPMENT, PRODUCTION (True or False, anything else is a TypeError) and
        DEPLOYCFG_ENVIRONMENT (a name) count, or text such as "TESTING=1"
    environments -- those there are, instead of development, testing and production: names,
        or options by name, such as {"staging": {"inherits": "production"}, "production":
        {}}. Options are `aliases` (names), `inherits` (a name), `hermetic` and `local`
        (True or False), `layer` ("required" or "optional"), `unknown` ("error" or "warn").
        Empty, there are none.

    Which files, weakest first; of a path "optional:" before it says that it may be missing:

    project -- name of an installed project: /usr/lib/NAME, /run/NAME, /etc/NAME
    root -- directory to look for the project in, instead of "/"
    directory -- path of a directory of layer files, or several; there is no default
    platform -- name of the platform layer; None for the system's, such as "linux"
    program -- name of the program layer; None for none
    overlays -- name of an overlay, or several; None lets <prefix>_OVERLAYS decide
    files -- path of a file stronger than all directories, or several
    texts -- a Text, or several, each read as if it were a file of its layer

    Which values besides:

    prefix -- of variables, such as "SHOP"; None takes it from the project, and without
        one reads only DEPLOYCFG_ENV and `map_env`
    environ -- variables by name; None takes a copy of os.environ
    variables -- whether variables may carry values: "default" (yes, but not into
        testing), "always" or "never" (nor may they select the environment)
    env_files -- path of a file of NAME=value lines, weaker than `environ`, or several
    map_env -- key paths by variable name, such as {"DATABASE_URL": "database.url"}
    secrets -- path of a directory of secrets, or several: each file is named for its key,
        and read where a schema or a weaker layer has that; weaker than variables. Their
        values are Secrets
    overrides -- values by key, stronger than all else: a str is text and takes the type
        of what it overrides, as `--set KEY=TEXT`; None, bool, int, float, lists, tuples
        and mappings set value and type, as `--set KEY:=VALUE` (a mapping is laid over a map
        key by key, all else takes the place of what was there); a timedelta and a path are
        written as their text, and a Secret as what it reveals

    What they are judged by:

    schema -- path of a schema, or several, besides the schema.yaml and schema.d of the
        directories
    schema_text -- a schema as a text, such as one that comes with the program, or several
        by the names that origins give them
    unknown -- what becomes of a key that no schema declares, where there is one: "error",
        "warn" (it stays, with a warning, so that an older program starts with a newer
        configuration), or "default" (what the manifest says, else "error")
    check -- how closely to look: "load" (as a program needs it), "strict" (an unknown key is an
        error whatever anybody says, and what is valid and dangerous is a warning) or "lint"
        (the same, and warnings for what is valid and likely not what was meant)
    trust -- whose files are read: "owner" (root's and the own user's, that nobody else can
        write to), or "default" (what the manifest says, else anybody's)
    trust_users, trust_groups -- numbers of users that are trusted besides, and of groups
        that may write
    limits -- other limits by name: "file", "secret_file" and "total" (bytes of one file, of
        one secret and of all), "value" and "path" (bytes), "depth" (of nesting), "keys",
        "sources", "anchors", "directives", "overlays" and "diagnostics" (how many)

    With a schema, every value has the type that it declares, absent keys have their
    defaults, and everything that breaks a rule is told at once. Nothing is read later,
    os.environ is never changed, and no environment is ever the default: without one,
    loading fails. Warnings are issued as ConfigWarning. LoadError carries every problem
    found, with its place; what was given as values is in none of its traceback's variables but
    the caller's own. TypeError and ValueError tell of arguments that cannot be meant.
    """
    calls = (
        *arguments.environments(environments, env),
        *arguments.constants(constants),
        *arguments.installed(project, root),
        *arguments.paths("add_dir", directory),
        *arguments.optional("set_platform", platform, "platform"),
        *arguments.optional("set_program", program, "program"),
        *arguments.names("add_overlay", overlays, "an overlay"),
        *arguments.paths("add_file", files),
        *arguments.texts(texts),
        *arguments.optional("set_prefix", prefix, "prefix"),
        *arguments.environ(environ),
        *arguments.variables(variables),
        *arguments.paths("add_env_file", env_files),
        *arguments.mapped(map_env),
        *arguments.paths("add_secrets", secrets),
        *arguments.overrides(overrides),
        *arguments.schemas(schema, schema_text),
        *arguments.checks(unknown, check),
        *arguments.trusted(trust, trust_users, trust_groups),
        *arguments.limits(limits))
    del constants, texts, environ, overrides, schema_text  # they may be shown with a traceback
    return from_calls(calls)


def loads(text: Union[str, bytes], *, syntax: str = "yaml", name: str = "<string>",
          env: Optional[str] = None, prefix: Optional[str] = None,
          constants: Constants = None, environments: Environments = None,
          environ: Optional[Mapping[str, str]] = None, variables: str = "default",
          map_env: Optional[Mapping[str, str]] = None, secrets: Paths = (),
          overrides: Optional[Mapping[str, Any]] = None,
          schema: Paths = None, schema_text: SchemaText = None, unknown: str = "default",
          check: str = "load", trust: str = "default",
          trust_users: Iterable[int] = (), trust_groups: Iterable[int] = (),
          limits: Optional[Mapping[str, int]] = None) -> Config:
    """Read a configuration from one text and return it as a Config, or raise LoadError.

    text -- str, or bytes in UTF-8
    syntax -- "yaml" or "ini"
    name -- how origins name the text

    The text is the layer of the environment, whichever that is, and all else is as for
    `load()`: an environment must be selected, be it "none", and where there is a prefix,
    variables override. So without a prefix

        loads(cfg.dumps(reveal=True), env=cfg.environment or "none") == cfg

    for every cfg of the environments there are by default; of others give `environments`,
    and of one with a schema give that too, as for `load()`. A Config with overlays has
    equal values then, but is not equal, since an overlay cannot come from a text; so has
    one with secrets that no schema declares.
    """
    calls = (
        *arguments.environments(environments, env),
        *arguments.constants(constants),
        *arguments.texts(Text(text, name, LAYER_ENVIRONMENT, syntax)),
        *arguments.optional("set_prefix", prefix, "prefix"),
        *arguments.environ(environ),
        *arguments.variables(variables),
        *arguments.mapped(map_env),
        *arguments.paths("add_secrets", secrets),
        *arguments.overrides(overrides),
        *arguments.schemas(schema, schema_text),
        *arguments.checks(unknown, check),
        *arguments.trusted(trust, trust_users, trust_groups),
        *arguments.limits(limits))
    del text, constants, environ, overrides, schema_text  # as in load()
    return from_calls(calls)


def schema(directory: Paths = None, *, schema: Paths = None, schema_text: SchemaText = None,
           project: Optional[str] = None, root: Optional[Path] = None,
           prefix: Optional[str] = None, environments: Environments = None,
           trust: str = "default", trust_users: Iterable[int] = (),
           trust_groups: Iterable[int] = (),
           limits: Optional[Mapping[str, int]] = None) -> Config:
    """All schemas of a load, as one Config for those who show, compare or generate:

    prefix -- of variables, "" for none
    docs -- a list of what schemas say of themselves by `doc`, where one does
    environments -- a list of the names and aliases that blocks when@NAME may have, where
        there is a schema
    keys -- a list by path; of each key the fields that its schema gives, `key`, `type`,
        `default`, `doc` and so on, and `variable`, its variable's name, where there is one

    Arguments are those of `load()`. Origins lead into the schemas. No layer is read and no
    environment selected. `keys` is empty where there is no schema; LoadError tells all that
    is wrong with one.
    """
    calls = (*_documents(directory, project, root, prefix, environments, limits),
             *arguments.trusted(trust, trust_users, trust_groups),
             *arguments.schemas(schema, schema_text))
    del schema_text
    return schema_of(calls)


def environments(directory: Paths = None, *, files: Paths = (),
                 texts: Union[Text, Iterable[Text]] = (),
                 project: Optional[str] = None, root: Optional[Path] = None,
                 prefix: Optional[str] = None, environments: Environments = None,
                 trust: str = "default", trust_users: Iterable[int] = (),
                 trust_groups: Iterable[int] = (),
                 limits: Optional[Mapping[str, int]] = None) -> tuple[str, ...]:
    """The environments that there are to check: all that a manifest or `environments`
    declares, else those of development, testing and production that have a layer.

    Arguments are those of `load()`. LoadError where that cannot be said.

        for name in deploycfg.environments("config"):
            deploycfg.load("config", env=name, environ={}, check="strict")
    """
    if environments is not None and not environments:
        return ()
    calls = (*_documents(directory, project, root, prefix, environments, limits),
             *arguments.trusted(trust, trust_users, trust_groups),
             *arguments.paths("add_file", files),
             *arguments.texts(texts))
    del texts
    return environments_of(calls)


def _documents(directory: Paths, project: Optional[str], root: Optional[Path],
               prefix: Optional[str], environments: Environments,
               limits: Optional[Mapping[str, int]]) -> arguments.Calls:
    """What says where manifest and schemas are."""
    return (*arguments.environments(environments, None),
            *arguments.installed(project, root),
            *arguments.paths("add_dir", directory),
            *arguments.optional("set_prefix", prefix, "prefix"),
            *arguments.limits(limits))
