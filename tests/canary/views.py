# SPDX-License-Identifier: ISC
"""Every way of looking at a configuration that loads."""

FORMATS = ("yaml", "json", "ini", "env", "repr")
SCHEMAS = ("json-schema", "markdown", "c", "python")
PREFIXED = ("--prefix", "APP")


def of_all(setting):
    """What is looked at as a whole: (title, words)."""
    for name in FORMATS:
        yield f"dump {name}", ("dump", "--format", name)
        if name in ("yaml", "json"):
            yield f"dump {name} --origin", ("dump", "--format", name, "--origin")
        yield f"dump {name} --overridden", ("dump", "--format", name, "--overridden")
    yield "keys", ("keys",)
    yield "layers", ("layers",)
    yield "check --lint", ("check", "--lint")
    yield "check json", ("check", "--lint", "--error-format", "json")
    yield "check github", ("check", "--lint", "--error-format", "github")
    if "--prefix" not in setting.arguments and "--project" not in setting.arguments:
        yield "env-names", ("env-names", *PREFIXED)


def of_keys(setting):
    for key in setting.keys:
        yield f"explain {key}", ("explain", key)
        yield f"dump --only {key}", ("dump", "--only", key)
        yield f"dump --only {key} repr", ("dump", "--only", key, "--format", "repr",
                                          "--overridden")
        if not setting.by_name:
            yield f"get {key}", ("get", key)
            yield f"get {key} --default", ("get", key, "--default", "x")
            yield f"get {key} json", ("get", key, "--error-format", "json")
    above = setting.keys[0].partition(".")[0]
    if above not in setting.keys:
        yield f"explain {above}", ("explain", above)
        if not setting.by_name:
            yield f"get {above}", ("get", above)


def of_schemas(setting):
    if any(name.endswith("schema.yaml") for name in setting.files):
        for name in SCHEMAS:
            yield f"schema {name}", ("schema", "--format", name)


def views(setting):
    yield from of_all(setting)
    yield from of_keys(setting)
    yield from of_schemas(setting)
