# SPDX-License-Identifier: ISC
"""Configurations with secrets that are refused, or warned of: every error that may quote."""

import slips
from sources import BASE, DIR, SCHEMA
from stage import Setting

PREFIX = (*DIR, "--prefix", "APP")


def _yaml(title, code, text, **more):
    return Setting(title, {"config/schema.yaml": SCHEMA, "config/base.yaml": text}, DIR,
                   code=code, **more)


def _ini(title, code, text, **more):
    return Setting(title, {"config/schema.yaml": SCHEMA, "config/base.ini": text}, DIR, code=code,
                   **more)


def syntax():
    yield _yaml("unclosed quote", "syntax", 'db:\n  pin: "@A@\n  host: h\n')
    yield _yaml("unclosed single quote", "syntax", "db: {pin: '@A@}\n")
    yield _yaml("unclosed braces", "syntax", "db: {pin: @A@, host: h\n")
    yield _yaml("bad indent", "syntax", "db:\n    pin: @A@\n  host: h\n")
    yield _yaml("a tab", "syntax", "db:\n\tpin: @A@\n")
    yield _yaml("text behind quotes", "syntax", 'db: {pin: "x" @A@}\n')
    yield _yaml("text below quotes", "syntax", 'db:\n  pin: "x"\n  @A@\n')
    yield _yaml("second colon", "syntax", "db:\n  pin: @A@: x\n")
    yield _yaml("bad escape", "syntax", 'db: {pin: "@A@\\q"}\n')
    yield _yaml("reserved sign", "syntax", "db:\n  pin: `@A@\n")
    yield _yaml("percent", "syntax", "db:\n  pin: %@A@\n")
    yield _yaml("control character", "encoding", "db: {pin: \"@A@\x01\"}\n")
    yield _yaml("block ends early", "syntax", "db:\n  pin: |\n    @A@\n   @B@\n  host: h\n")
    yield _yaml("an alias", "syntax", "db:\n  pin: *@A@\n")
    yield _yaml("error behind it", "syntax", "db: {pin: @A@, host: 'h}\n")
    yield _yaml("tag", "syntax", "db:\n  pin: !@A@ x\n")
    yield _yaml("tag that disagrees", "wrong-type", 'db:\n  pin: !!int "@A@"\n')
    yield _yaml("merge key", "", "db: {<<: {pin: @A@}}\n")
    yield _yaml("second document", "syntax", "db: {host: h}\n---\ndb: {pin: @A@}\n")
    yield _yaml("list of maps", "", "- db: {pin: @A@}\n")
    yield _yaml("carriage return", "", "db:\r  pin: @A@\r  host: h\n")
    yield _ini("no equals sign", "syntax", "[db]\npin @A@\n")
    yield _ini("ini unclosed quote", "syntax", '[db]\npin = "@A@\nhost = h\n')
    yield _ini("ini text behind quotes", "syntax", '[db]\npin = "x" @A@\n')
    yield _ini("ini comment", "syntax", "[db]\npin = @A@ ; note\n")
    yield _ini("ini bad escape", "syntax", '[db]\npin = "@A@\\q"\n')
    yield _ini("ini open section", "syntax", "[db\npin = @A@\n")
    yield _ini("ini indented", "", "[db]\npin = x\n   @A@\n")
    yield _ini("ini unclosed list", "", "[db]\npin = [@A@, x\n")
    yield _ini("ini name with brackets", "bad-key", "[db]\npin[] = @A@\n")
    yield _ini("ini name with a blank", "", "[db]\npin x = @A@\n")


def encoding():
    yield _yaml("yaml in latin-1", "encoding", "db: {pin: @A@\udce4}\n")
    yield _ini("ini in latin-1", "encoding", "[db]\npin = @A@\udce4\n")
    yield _yaml("yaml nul", "", "db: {pin: \"@A@\\0\"}\n")
    yield _ini("ini nul", "", "[db]\npin = @A@\0\n")
    files = {"config/base.yaml": BASE}
    secrets = (*DIR, "--secrets", "s")
    yield Setting("secret in latin-1", {**files, "s/db.pin": "@A@\udce4"}, secrets,
                  code="encoding")
    yield Setting("secret with a nul", {**files, "s/db.pin": "@A@\0"}, secrets, code="encoding")


def keys():
    yield _yaml("twice", "duplicate-key", "db:\n  pin: @A@\n  pin: @B@\n")
    yield _yaml("twice in braces", "duplicate-key", "db: {pin: @A@, pin: @B@}\n")
    yield _ini("ini twice", "duplicate-key", "[db]\npin = @A@\npin = @B@\n")
    yield _yaml("misspelt", "unknown-key", "db: {pni: @A@}\n", keys=("db.pni",))
    yield Setting("misspelt password", {
        "config/schema.yaml": "schema: 1\nkeys:\n  - {key: db.password, type: string}\n",
        "config/base.yaml": "db: {pasword: @A@}\n"}, DIR, keys=("db.password",),
        code="unknown-key")
    yield Setting("unknown password", {
        "config/schema.yaml": SCHEMA, "config/base.yaml": "db: {password: @A@}\n"}, DIR,
        keys=("db.password",), code="unknown-key")
    yield Setting("below a map of secrets", {
        "config/schema.yaml": "schema: 1\nkeys:\n"
                              "  - {key: vault, type: map, secret: true}\n"
                              "  - {key: vault.a, type: int}\n",
        "config/base.yaml": "vault: {a: @A@, b: @B@}\n"}, DIR, keys=("vault.a",),
        code="unknown-key")
    yield Setting("set of a bad key", {"config/base.yaml": BASE, "config/schema.yaml": SCHEMA},
                  (*DIR, "--set", "db..pin=@A@"), code="bad-key")
    yield Setting("two secret files", {"config/base.yaml": BASE, "s/db.pin": "@A@",
                                       "s/db/pin": "@B@"}, (*DIR, "--secrets", "s"),
                  code="duplicate-key")


def clashes():
    both = ("--dir", "config", "--env", "production")

    def clash(title, weak, strong, schema=SCHEMA, **more):
        return Setting(title, {"config/schema.yaml": schema, "config/base.yaml": weak,
                               "config/production.yaml": strong}, both, code="type-clash", **more)

    open_schema = "schema: 1\nkeys:\n  - {key: pins, secret: true}\n"
    yield clash("map over it", "pins: @A@\n", "pins: {x: @B@}\n", open_schema, keys=("pins",))
    yield clash("it over a map", "pins: {x: @B@}\n", "pins: @A@\n", open_schema, keys=("pins",))
    yield clash("list over it", "pins: @A@\n", "pins: [@B@]\n", open_schema, keys=("pins",))
    yield Setting("secret file over a map", {"config/base.yaml": "db: {pin: {x: 1}}\n",
                                             "s/db.pin": "@A@"}, (*DIR, "--secrets", "s"),
                  code="type-clash")
    yield Setting("secret file below a reference", {
        "config/base.yaml": "db: ${other}\nother: {pin: x}\n", "s/db.pin": "@A@"},
        (*DIR, "--secrets", "s"), code="type-clash")
    yield _yaml("text where it is below", "wrong-type", "db: @A@\n")
    yield _yaml("list where it is below", "wrong-type", "db: [@A@]\n")
    yield Setting("text where its file is below", {
        "config/base.yaml": "db: {pin: x}\n", "config/production.yaml": "db: @B@\n",
        "s/db.pin": "@A@"}, (*both, "--secrets", "s"), code="type-clash")
    yield Setting("secret file over an int", {"config/base.yaml": "db: {pin: 5}\n",
                                              "s/db.pin": "@A@"}, (*DIR, "--secrets", "s"),
                  code="")
    yield Setting("secret file over a bool", {"config/base.yaml": "db: {pin: true}\n",
                                              "s/db.pin": "@A@"}, (*DIR, "--secrets", "s"))
    yield Setting("secret list unclosed", {"config/base.yaml": "pins: [a]\n", "s/pins": '["@A@"'},
                  (*DIR, "--secrets", "s"), keys=("pins",))
    yield Setting("variable over a password that is an int", {
        "config/base.yaml": "password: 5\n"}, PREFIX, {"APP__PASSWORD": "@A@"},
        keys=("password",))
    yield _yaml("append to a scalar", "", "db:\n  pin: !append @A@\n")
    yield _yaml("unset with a value", "bad-operator", "db:\n  pin: !unset @A@\n")
    yield _yaml("unknown operator", "", "db:\n  pin: !appendd [@A@]\n")
    yield _yaml("masked dump", "", "db:\n  pin: !secret '@A@'\n")


def rules():
    def rule(title, code, entry, text, dialect="yaml", **more):
        schema = f"schema: 1\nkeys:\n  - {{key: db.pin, secret: true, {entry}}}\n"
        schema += "  - {key: db.host}\n  - {key: db.user}\n"
        return Setting(title, {"config/schema.yaml": schema, f"config/base.{dialect}": text}, DIR,
                       code=code, **more)

    for kind in ("int", "float", "bool", "duration", "size", "list", "map"):
        yield rule(f"no {kind}", "", f"type: {kind}", "db:\n  pin: @A@\n")
        yield rule(f"ini: no {kind}", "", f"type: {kind}", "[db]\npin = @A@\n", "ini")
    yield rule("no text", "wrong-type", "type: string", "db:\n  pin: [@A@]\n")
    yield rule("map for a text", "wrong-type", "type: string", "db:\n  pin: {x: @A@}\n")
    yield rule("number for a text", "", "type: string", "db:\n  pin: @A:number@\n")
    yield rule("too great", "out-of-range", "type: int, max: 10", "db:\n  pin: @A:number@\n")
    yield rule("too small", "out-of-range", "type: float, min: 99999999999999999999",
               "db:\n  pin: @A:number@.5\n")
    yield rule("too long", "out-of-range", "type: duration, max: 1s", "db:\n  pin: @A:number@ns\n")
    yield rule("too many bytes", "out-of-range", "type: size, max: 1kB",
               "db:\n  pin: @A:number@B\n")
    yield rule("no such unit", "", "type: duration", "db:\n  pin: @A:number@parsecs\n")
    yield rule("no int of 64 bits", "", "type: int", "db:\n  pin: @A:number@@B:number@\n")
    yield rule("hex int too great", "", "type: int", "db:\n  pin: 0x@A:number@@B:number@\n")
    yield rule("no choice", "not-a-choice", "type: enum, choices: [x, y]", "db:\n  pin: @A@\n")
    yield rule("nearly a choice", "not-a-choice", 'type: enum, choices: ["@A@", y]',
               "db:\n  pin: @A|begin@xxxxxxx\n")
    yield rule("not by the pattern", "not-a-choice", 'type: string, pattern: "[0-9]"',
               "db:\n  pin: @A@\n")
    yield rule("empty item", "", "type: list, items: int", "db:\n  pin: [1, @A@]\n")
    yield rule("too many items", "", "type: list, max_items: 1", "db:\n  pin: [@B@, @A@]\n")
    yield rule("not unique", "", "type: list, merge: unique", "db:\n  pin: [@A@, @A@]\n")
    yield rule("deprecated", "deprecated", "type: string, deprecated: true, replaced_by: db.user",
               "db:\n  pin: @A@\n")
    yield rule("wrong layer", "forbidden-layer", "type: string, sources: [local]",
               "db:\n  pin: @A@\n")
    yield rule("requires", "conflict", "type: string, requires: [db.user]", "db:\n  pin: @A@\n")
    yield rule("conflicts", "conflict", "type: string, conflicts: [db.host]",
               "db:\n  pin: @A@\n  host: h\n")
    for source, more in (("variable", {"variables": {"APP__DB__PIN": "@A@"}}),
                         ("json", {"variables": {"APP_JSON": '{"db": {"pin": "@A@"}}'}})):
        setting = rule(f"no int in a {source}", "", "type: int", "{}\n", **more)
        setting.arguments = PREFIX
        yield setting
    for text in ("db.pin=@A@", 'db.pin:="@A@"', "db.pin:=[@A@]", "db.pin:=[@A@", 'db.pin:="@A@',
                 "db.pin:={x: @A@}"):
        setting = rule(f"no int in --set {text}", "", "type: int", "{}\n")
        setting.arguments = (*DIR, "--set", text)
        yield setting
    setting = rule("no int in a secret file", "", "type: int", "{}\n")
    setting.files["s/db.pin"] = "@A@"
    setting.arguments = (*DIR, "--secrets", "s")
    yield setting
    setting = rule("no int in a file variable", "", "type: int", "{}\n",
                   variables={"APP__DB__PIN__FILE": "@HERE@/s/any"})
    setting.files["s/any"] = "@A@"
    setting.arguments = PREFIX
    yield setting


def schemas():
    def schema(title, entries, code="schema"):
        return Setting(title, {
            "config/schema.yaml": "schema: 1\nkeys:\n" + entries,
            "config/base.yaml": "db: {pin: 1}\n"}, DIR, code=code)

    pin = "  - {key: db.pin, secret: true, "
    yield schema("default is no int", pin + 'type: int, default: "@A@"}\n')
    yield schema("default is no choice", pin + 'type: enum, choices: [a, b], default: "@A@"}\n')
    yield schema("default too great", pin + "type: int, max: 5, default: @A:number@}\n")
    yield schema("default not by the pattern", pin + 'pattern: "[0-9]", default: "@A@"}\n')
    yield schema("default of a list", pin + 'type: int, default: ["@A@"]}\n')
    yield schema("example is no int", pin + 'type: int, example: "@A@"}\n')
    yield schema("choice twice", pin + 'type: enum, choices: ["@A@", "@A@"]}\n')
    yield schema("choices are no list", pin + 'type: enum, choices: "@A@"}\n', "wrong-type")
    yield schema("unknown field behind", pin + 'type: int, default: "@A@", defautl: 1}\n')
    yield schema("unknown field before", pin + 'defautl: "@A@", type: string}\n', "unknown-key")
    yield schema("unclosed", pin + 'type: string, default: "@A@\n', "syntax")
    yield schema("field twice", pin + 'default: "@A@", default: "@B@"}\n', "duplicate-key")
    yield schema("declared twice", pin + 'default: "@A@"}\n' + pin + 'default: "@B@"}\n')
    yield schema("required with a default", pin + 'required: true, default: "@A@"}\n', "")
    yield schema("block entry", "  - key: db.pin\n    secret: true\n    type: int\n"
                                "    default: |\n      @A@\n")


def references():
    yield _yaml("missing", "bad-reference", 'db: {pin: "@A@${none}"}\n')
    yield _yaml("missing, named as it", "bad-reference", 'db: {pin: "x${@A@}"}\n')
    yield _yaml("unclosed reference", "bad-reference", 'db: {pin: "@A@${host"}\n')
    yield _yaml("unclosed, named as it", "bad-reference", 'db: {pin: "x${@A@"}\n')
    yield _yaml("malformed", "bad-reference", 'db: {pin: "x${a b @A@}"}\n')
    yield _yaml("nested", "bad-reference", 'db: {pin: "${db.host:-${@A@}}"}\n')
    yield _yaml("to itself", "bad-reference", 'db: {pin: "${db.pin}@A@"}\n')
    yield _yaml("cycle", "bad-reference", 'db: {pin: "@A@${db.host}", host: "${db.pin}@B@"}\n')
    yield _yaml("into its ancestor", "bad-reference", 'db: {pin: "@A@${db}"}\n')
    yield _yaml("null inside", "bad-reference", 'db: {pin: "@A@${db.host}", host: null}\n')
    yield _yaml("unset variable", "bad-reference", 'db: {pin: "@A@${env:NONE}"}\n')
    yield _yaml("variable, named as it", "bad-reference", 'db: {pin: "@B@${env:@A@}"}\n')
    taint = {"config/schema.yaml": "schema: 1\nkeys:\n  - {key: db.pin, secret: true}\n",
             "config/base.yaml": "db: {pin: @A@}\n"}

    def tainted(title, code, entry, text, **more):
        files = {"config/schema.yaml": taint["config/schema.yaml"] + f"  - {{key: x, {entry}}}\n",
                 "config/base.yaml": taint["config/base.yaml"] + text}
        return Setting(title, files, DIR, code=code, keys=("x",), **more)

    yield tainted("taint is no int", "", "type: int", 'x: "${db.pin}"\n')
    yield tainted("taint inside is no int", "", "type: int", 'x: "1${db.pin}"\n')
    yield tainted("taint is no choice", "not-a-choice", "choices: [a, b]", 'x: "${db.pin}"\n')
    yield tainted("taint is not by the pattern", "not-a-choice", 'pattern: "[0-9]"',
                  'x: "1${db.pin}"\n')
    yield tainted("taint is no list", "", "type: list", 'x: "${db.pin}"\n')
    yield tainted("taint in items", "", "type: list, items: int", 'x: [1, "${db.pin}"]\n')


def variables():
    declared = {"config/schema.yaml": SCHEMA, "config/base.yaml": BASE}

    def given(title, code="", variables=None, **more):
        return Setting(title, declared, PREFIX, variables, code=code, **more)

    yield given("json unclosed", "syntax", {"APP_JSON": '{"db": {"pin": "@A@"'})
    yield given("json quote unclosed", "syntax", {"APP_JSON": '{"db": {"pin": "@A@}}'})
    yield given("json is no map", "", {"APP_JSON": '"@A@"'})
    yield given("json twice", "", {"APP_JSON": '{"db": {"pin": "@A@", "pin": "@B@"}}'})
    yield given("json clash", "", {"APP_JSON": '{"db": {"pin": {"x": "@A@"}}}'})
    yield given("item of a text", "", {"APP__DB__PIN__0": "@A@"})
    yield given("below a text", "", {"APP__DB__PIN__X": "@A@"})
    yield given("misspelt variable", "", {"APP__DB__PNI": "@A@"})
    yield given("unknown password variable", "", {"APP__DB__PASSWORD": "@A@"})
    yield given("lower case", "", {"APP__db__pin": "@A@"})
    yield given("text and file", "", {"APP__DB__PIN": "@A@", "APP__DB__PIN__FILE": "/none"})
    for title, line in (("without equals sign", "APP__DB__PIN @A@"),
                        ("quote unclosed", 'APP__DB__PIN="@A@'),
                        ("text behind quotes", 'APP__DB__PIN="x" @A@'),
                        ("of no prefix", "OTHER__DB__PIN=@A@"), ("twice", "APP__DB__PIN=@A@\n"
                                                                 "APP__DB__PIN=@B@"),
                        ("misspelt", "APP__DB__PNI=@A@"), ("bad name", "APP-DB-PIN=@A@"),
                        ("item", "APP__DB__PIN__0x=@A@"), ("lower", "APP__DB__PiN=@A@"),
                        ("expansion", "APP__DB__PIN=$(@A@")):
        yield Setting("env file: " + title, {**declared, "vars": line + "\n"},
                      (*PREFIX, "--env-file", "vars"))


def command_line():
    declared = {"config/schema.yaml": SCHEMA, "config/base.yaml": BASE}
    for words in (("--set", "db.pin @A@"), ("--sett", "db.pin=@A@"), ("--set=db.pin",),
                  ("--set", "db.password:@A@"), ("--set", "db.pin:=@A@: x"),
                  ("--set", "db=@A@"), ("--set", "db.pin.x=@A@"), ("--set", "db.pin[0]=@A@"),
                  ("--set", "db:={pin: @A@"), ("--set", "db:={pin: @A@, host: `x}"),
                  ("--set", "db:={pin: @A@, pin: @B@}"),
                  ("--map-env", "db.pin=@A@"), ("--env", "none", "--set", "db.pin=@A@", "--nope"),
                  ("db.pin=@A@", "more")):
        yield Setting("command line: " + " ".join(words), declared, (*DIR, *words))


def limits():
    declared = {"config/schema.yaml": SCHEMA, "config/base.yaml": "db: {pin: @A@}\n"}
    for limit in ("value: 8", "total: 20", "file: 20"):
        yield Setting(f"limit {limit}", {**declared, "config/deploycfg.yaml":
                                         f"deploycfg: 1\nlimits: {{{limit}}}\n"}, DIR)
    yield Setting("limit of a secret file", {
        "config/base.yaml": BASE, "s/db.pin": "@A@",
        "config/deploycfg.yaml": "deploycfg: 1\nlimits: {secret_file: 8}\n"},
        (*DIR, "--secrets", "s"))
    yield Setting("limit of an expansion", {
        "config/schema.yaml": SCHEMA,
        "config/base.yaml": 'db: {pin: "@A@${db.host}", host: hhhh}\n',
        "config/deploycfg.yaml": "deploycfg: 1\nlimits: {value: 18}\n"}, DIR)


def lint():
    for title, text in (("looks like a date", "db: {pin: '2026-01-01 @A@'}\n"),
                        ("blank at the end", 'db: {pin: "@A@ "}\n'),
                        ("looks like a number", "db: {pin: '0@A:number@'}\n"),
                        ("other letters", 'db: {pin: "@A@\u0430"}\n'),
                        ("direction mark", 'db: {pin: "@A@\u202e"}\n'),
                        ("no break space", 'db: {pin: "@A@\u00a0"}\n'),
                        ("shell variable", 'db: {pin: "@A@$PIN"}\n')):
        yield _yaml("lint: " + title, "", text)


def settings():
    for group in (syntax, encoding, keys, clashes, rules, schemas, references, variables,
                  command_line, limits, lint, slips.settings):
        yield from group()


def views(setting):
    """(title, words)"""
    del setting
    yield "check --lint", ("check", "--lint")
    yield "check json", ("check", "--lint", "--error-format", "json")
    yield "check github", ("check", "--error-format", "github")
    yield "check --color", ("check", "--lint", "--color", "always")
    yield "check --all-envs", ("check", "--all-envs")
    yield "dump", ("dump",)
    yield "layers", ("layers",)
