# SPDX-License-Identifier: ISC
"""Every way in which a secret gets into a configuration that loads."""

from stage import Setting

DIR = ("--dir", "config", "--env", "none")
SCHEMA = """schema: 1
keys:
  - {key: db.pin, type: string, secret: true}
  - {key: db.host, type: string}
"""
BASE = "db: {pin: weak, host: h}\n"


def _schema(*entries):
    return "schema: 1\nkeys:\n" + "".join(f"  - {{{entry}}}\n" for entry in entries)


def _inline(title, text, dialect="yaml", **more):
    return Setting(title, {"config/schema.yaml": SCHEMA, f"config/base.{dialect}": text}, DIR,
                   **more)


def inline_yaml():
    yield _inline("plain scalar", "db: \n  pin: @A@\n  host: h\n")
    yield _inline("double quotes", 'db: \n  pin: "@A@"\n')
    yield _inline("odd characters", "db: \n  pin: @A:odd|yaml@\n")
    yield _inline("escapes", "db: \n  pin: @A|hex@\n")
    yield _inline("folded quotes", 'db: \n  pin: "@A|folded@"\n')
    yield _inline("single quotes", "db: \n  pin: '@A@'\n")
    yield _inline("literal block", "db: \n  pin: |\n    first\n    @A@\n  host: h\n")
    yield _inline("folded block", "db: \n  pin: >-\n    first\n    @A@\n  host: h\n")
    yield _inline("flow", "db: {host: h, pin: @A@}\n")
    yield _inline("flow over lines", 'db: {host: h,\n "pin":\n  "@A@"}\n')
    yield _inline("quoted key", '"db": {"pin": "@A@", \'host\': h}\n')
    yield _inline("escaped key", '"d\\x62": {"p\\u0069n": "@A@"}\n')
    yield _inline("question mark", "db:\n  ? pin\n  : @A@\n")
    yield _inline("anchor", "db: {pin: &a @A@, host: h}\n")
    yield Setting("alias", {
        "config/schema.yaml": SCHEMA + "  - {key: other.pin, secret: true}\n",
        "config/base.yaml": "db: {host: h, pin: &a @A@}\nother: {pin: *a}\n"}, DIR,
        keys=("db.pin", "other.pin"))
    yield _inline("tagged", "db: {pin: !!str @A@, host: h}\n")
    yield _inline("json in yaml", '{"db": {"pin": @A:odd|json@, "host": "h"}}\n')
    yield _inline("multi-line value", 'db:\n  pin: "line one\n    @A@\n    line three"\n')


def inline_ini():
    yield _inline("ini", "[db]\npin = @A@\nhost = h\n", "ini")
    yield _inline("ini quotes", '[db]\npin = "@A@"\n', "ini")
    yield _inline("ini escapes", "[db]\npin = @A:odd|yaml@\n", "ini")
    yield _inline("ini single quotes", "[db]\npin = '@A@'\n", "ini")
    yield _inline("ini top level", "db.pin = @A@\n", "ini")
    yield _inline("ini colon", "[db]\npin: @A@\n", "ini")


def shapes():
    lists = _schema("key: pins, type: list, items: string, secret: true")
    yield Setting("list", {"config/schema.yaml": lists,
                           "config/base.yaml": "pins: [a, @A@]\n"}, DIR, keys=("pins", "pins[1]"))
    yield Setting("block list", {"config/schema.yaml": lists,
                                 "config/base.yaml": "pins:\n- a\n- @A@\n"}, DIR,
                  keys=("pins", "pins[1]"))
    yield Setting("ini list", {"config/schema.yaml": lists,
                               "config/base.ini": "pins = [a, @A@]\n"}, DIR,
                  keys=("pins", "pins[1]"))
    yield Setting("appended", {"config/schema.yaml": lists, "config/base.yaml": "pins: [@A@]\n",
                               "config/production.yaml": "pins: !append [@B@]\n"},
                  ("--dir", "config", "--env", "production"), keys=("pins", "pins[0]"))
    items = _schema("key: pins, type: list", 'key: "pins[]", type: string, secret: true')
    yield Setting("items", {"config/schema.yaml": items, "config/base.yaml": "pins: [@A@, @B@]\n"},
                  DIR, keys=("pins", "pins[1]"))
    maps = _schema("key: vault, type: map, open: true, secret: true")
    yield Setting("map", {"config/schema.yaml": maps,
                          "config/base.yaml": "vault: {a: @A@, b: {c: [@B@]}}\n"}, DIR,
                  keys=("vault", "vault.a", "vault.b.c[0]"))
    stars = _schema('key: "users.*.pin", type: string, secret: true')
    yield Setting("any name", {"config/schema.yaml": stars,
                               "config/base.yaml": "users: {a: {pin: @A@}, b: {pin: @B@}}\n"},
                  DIR, keys=("users.a.pin", "users"))
    elements = _schema('key: "users[].pin", type: string, secret: true')
    yield Setting("elements", {"config/schema.yaml": elements,
                               "config/base.yaml": "users: [{pin: @A@}, {pin: @B@}]\n"},
                  DIR, keys=("users[0].pin", "users"))
    yield Setting("dotted name", {
        "config/schema.yaml": _schema('key: \'db."api.v1"\', type: string, secret: true'),
        "config/base.yaml": 'db: {"api.v1": @A@}\n'}, DIR, keys=('db."api.v1"',))


def types():
    def typed(kind, text, more=""):
        entry = f"key: db.pin, type: {kind}, secret: true{more}"
        return Setting(f"type {kind}", {"config/schema.yaml": _schema(entry),
                                        "config/base.yaml": f"db:\n  pin: {text}\n"}, DIR)

    yield typed("int", "@A:number@")
    yield typed("float", "@A:number@.5")
    yield typed("duration", "@A:number@ns")
    yield typed("size", "@A:number@B")
    yield typed("path", "/run/@A@")
    yield typed("enum", "@A@", ", choices: [@A@, @B@]")
    yield Setting("default", {
        "config/schema.yaml": _schema('key: db.pin, type: string, secret: true, default: "@A@"')},
        DIR)
    yield Setting("default of a list", {
        "config/schema.yaml": _schema('key: pins, type: list, secret: true, default: ["@A@"]')},
        DIR, keys=("pins", "pins[0]"))
    yield Setting("default of a map around it", {
        "config/schema.yaml": _schema('key: db, type: map, default: {pin: "@A@"}',
                                      "key: db.pin, secret: true")}, DIR)
    yield Setting("default of a map with its name", {
        "config/schema.yaml": _schema('key: db, type: map, open: true, default: {password: "@A@"}')},
        DIR, keys=("db.password",), by_name=True)
    yield Setting("example", {
        "config/base.yaml": "db: {pin: x}\n", "config/schema.yaml": _schema(
            'key: db.pin, type: string, secret: true, example: "@A@"')}, DIR, is_example=True)


def from_files():
    plain = {"config/base.yaml": BASE}
    secrets = (*DIR, "--secrets", "s")
    yield Setting("secret file", {**plain, "s/db.pin": "@A@\n"}, secrets)
    yield Setting("odd secret file", {**plain, "s/db.pin": "@A:odd@\n"}, secrets)
    yield Setting("sub-directory", {**plain, "s/db/pin": "@A@"}, secrets)
    yield Setting("secret of lines", {**plain, "s/db.pin": "-----\n@A@\n-----\n"}, secrets)
    yield Setting("secret over a secret", {**plain, "s/db.pin": "@A@", "t/db.pin": "@B@"},
                  (*secrets, "--secrets", "t"))
    yield Setting("kubernetes", {**plain, "s/..2024/db.pin": "@A@"}, secrets,
                  links={"s/..data": "..2024", "s/db.pin": "..data/db.pin"})
    yield Setting("beside kubernetes", {**plain, "s/..2024/other": "x", "s/db.pin": "@A@\r\n"},
                  secrets, links={"s/..data": "..2024"})
    yield Setting("credentials", {**plain, "s/db.pin": "@A@"}, DIR,
                  {"CREDENTIALS_DIRECTORY": "@HERE@/s"})
    yield Setting("manifest's secrets", {
        **plain, "s/db.pin": "@A@", "config/deploycfg.yaml": "deploycfg: 1\nsecrets: [../s]\n"},
        DIR)
    yield Setting("file variable", {**plain, "s/any": "@A@\n"}, (*DIR, "--prefix", "APP"),
                  {"APP__DB__PIN__FILE": "@HERE@/s/any"})
    yield Setting("secret int", {"config/base.yaml": "db: {pin: 1}\n", "s/db.pin": "@A:number@"},
                  secrets)
    yield Setting("secret list", {"config/base.yaml": "pins: [a]\n", "s/pins": "x,@A@,@B@"},
                  secrets, keys=("pins", "pins[1]"))
    yield Setting("secret flow list", {"config/base.yaml": "pins: [a]\n", "s/pins": '["@A@"]'},
                  secrets, keys=("pins", "pins[0]"))
    yield Setting("secret over a text of its own", {
        "config/base.yaml": "db: {pin: @B@, host: h}\n", "s/db.pin": "@A@"}, secrets)
    yield Setting("declared secret file", {"config/schema.yaml": SCHEMA, "s/db.pin": "@A@"},
                  secrets)


def from_variables():
    declared = {"config/schema.yaml": SCHEMA, "config/base.yaml": BASE}
    prefix = (*DIR, "--prefix", "APP")
    yield Setting("variable", declared, prefix, {"APP__DB__PIN": "@A@"})
    yield Setting("odd variable", declared, prefix, {"APP__DB__PIN": "@A:odd@"})
    yield Setting("json variable", declared, prefix, {"APP_JSON": '{"db": {"pin": "@A@"}}'})
    yield Setting("env file", {**declared, "vars": "APP__DB__PIN=@A@\n"},
                  (*prefix, "--env-file", "vars"))
    yield Setting("mapped variable", declared, (*DIR, "--map-env", "PIN=db.pin"), {"PIN": "@A@"})
    yield Setting("declared variable", {**declared, "config/schema.yaml": SCHEMA.replace(
        "secret: true", "secret: true, env: [THE_PIN]")}, DIR, {"THE_PIN": "@A@"})
    yield Setting("set", declared, (*DIR, "--set", "db.pin=@A@"))
    yield Setting("set a value", declared, (*DIR, "--set", 'db.pin:="@A@"'))
    yield Setting("set a map", declared, (*DIR, "--set", 'db:={"pin": "@A@"}'))
    yield Setting("variable over a variable", {**declared, "vars": "APP__DB__PIN=@B@\n"},
                  (*prefix, "--env-file", "vars"), {"APP__DB__PIN": "@A@"})


def references():
    base = "db: {pin: weak, host: h}\n"
    secrets = (*DIR, "--secrets", "s")
    given = {"s/db.pin": "@A@"}
    yield Setting("taint inside text", {**given, "config/base.yaml": base +
                                        'url: "pg://u:${db.pin}@h/"\n'}, secrets,
                  keys=("db.pin", "url"))
    yield Setting("taint of a whole value", {**given, "config/base.yaml": base +
                                             'copy: "${db.pin}"\n'}, secrets, keys=("copy",))
    yield Setting("taint by a chain", {**given, "config/base.yaml": base +
                                       'a: "1${b}"\nb: "2${c}"\nc: "3${db.pin}"\n'}, secrets,
                  keys=("a", "b", "c"))
    yield Setting("taint by a map", {**given, "config/base.yaml": base + 'copy: "${db}"\n'},
                  secrets, keys=("copy.pin", "copy"))
    yield Setting("taint in a list", {**given, "config/base.yaml": base +
                                      'urls: [a, "x${db.pin}"]\n'}, secrets, keys=("urls[1]",))
    yield Setting("taint in ini", {**given, "config/base.ini":
                                   "url = x${db.pin}y\n[db]\npin = weak\n"}, secrets,
                  keys=("url",))
    yield Setting("taint, then overridden", {
        **given, "config/base.yaml": base + 'url: "pg://${db.pin}"\n'},
        (*secrets, "--set", "url=plain"), keys=("url",))
    yield Setting("taint by schema", {"config/schema.yaml": SCHEMA + "  - {key: url}\n",
                                      "config/base.yaml":
                                      'db: {pin: @A@, host: h}\nurl: "pg://${db.pin}"\n'}, DIR,
                  keys=("url",))
    yield Setting("variable in a secret", {"config/schema.yaml": SCHEMA,
                                           "config/base.yaml": 'db: {pin: "x${env:PIN}y"}\n'},
                  DIR, {"PIN": "@A@"})
    yield Setting("default of a reference", {
        "config/schema.yaml": SCHEMA, "config/base.yaml": 'db: {pin: "x${none:-@A@}"}\n'}, DIR)
    yield Setting("text of a template", {
        "config/schema.yaml": SCHEMA, "config/base.yaml": 'db: {pin: "@A@${db.host}", host: h}\n'},
        DIR)


def history():
    both = ("--dir", "config", "--env", "production")
    yield Setting("overridden", {
        "config/schema.yaml": SCHEMA, "config/base.yaml": "db: {pin: @A@}\n",
        "config/production.yaml": "db: {pin: @B@}\n"}, both)
    yield Setting("unset", {
        "config/schema.yaml": SCHEMA, "config/base.yaml": "db: {pin: @A@, host: h}\n",
        "config/production.yaml": "db: {pin: !unset }\n"}, both)
    yield Setting("map unset", {
        "config/schema.yaml": SCHEMA, "config/base.yaml": "db: {pin: @A@}\n",
        "config/production.yaml": "db: !unset\n"}, both)
    yield Setting("map replaced", {
        "config/schema.yaml": SCHEMA, "config/base.yaml": "db: {pin: @A@}\n",
        "config/production.yaml": "db: !replace {host: h}\n"}, both)
    yield Setting("list replaced", {
        "config/schema.yaml": _schema("key: pins, type: list, secret: true"),
        "config/base.yaml": "pins: [@A@, @B@]\n", "config/production.yaml": "pins: [@C@]\n"},
        both, keys=("pins", "pins[0]", "pins[1]"))
    yield Setting("null over it", {
        "config/schema.yaml": SCHEMA, "config/base.yaml": "db: {pin: @A@}\n",
        "config/production.yaml": "db: {pin: null}\n"}, both)
    yield Setting("overridden by a file of secrets", {
        "config/base.yaml": "db: {pin: @A@, host: h}\n", "s/db.pin": "@B@",
        "config/production.yaml": "db: {pin: @C@}\n"}, (*both, "--secrets", "s"))


def layers():
    yield Setting("standard input", {"config/schema.yaml": SCHEMA, "config/base.yaml": BASE},
                  (*DIR, "--file", "-"), stdin="db: {pin: @A@}\n")
    yield Setting("named file", {"config/schema.yaml": SCHEMA, "more.ini": "[db]\npin=@A@\n"},
                  (*DIR, "--file", "more.ini"))
    yield Setting("schema by option", {"schema.yaml": SCHEMA, "config/base.yaml":
                                       "db: {pin: @A@}\n"}, (*DIR, "--schema", "schema.yaml"))
    yield Setting("overlay", {"config/schema.yaml": SCHEMA, "config/base.yaml": BASE,
                              "config/overlay-eu.yaml": "db: {pin: @A@}\n"},
                  (*DIR, "--overlay", "eu"))
    yield Setting("local", {"config/schema.yaml": SCHEMA, "config/base.yaml": BASE,
                            "config/development.yaml": "{}\n",
                            "config/local.yaml": "db: {pin: @A@}\n"},
                  ("--dir", "config", "--env", "development"))
    yield Setting("drop-in", {"config/schema.yaml": SCHEMA, "config/base.yaml": BASE,
                              "config/base.d/10.yaml": "db: {pin: @A@}\n"}, DIR)
    yield Setting("project", {"root/etc/shop/base.yaml": "db: {pin: @A@}\n",
                              "root/etc/shop/schema.yaml": SCHEMA},
                  ("--project", "shop", "--root", "root", "--env", "none"))


def names():
    def named(title, text, key, dialect="yaml", **more):
        return Setting(title, {f"config/base.{dialect}": text}, DIR, keys=(key,), by_name=True,
                       **more)

    for name in ("password", "DbPasswd", "client_secret", "auth-token", "API_KEY", "private-key",
                 "credentials"):
        yield named(f"name {name}", f"db: {{{name}: @A@, host: h}}\n", f"db.{name}")
    yield named("ini name", "[db]\npassword = @A@\n", "db.password", "ini")
    yield named("name of a list", "tokens: [a]\ntoken: [@A@, @B@]\n", "token")
    yield named("name of a map", "credentials: {user: @A@, other: {deep: @B@}}\n", "credentials")
    yield named("name of a section", "[credentials]\nuser = @A@\n", "credentials", "ini")
    yield Setting("beside what is none", {
        "config/schema.yaml": _schema("key: credentials.pin, type: string",
                                      "key: credentials.user, type: string, secret: false"),
        "config/base.yaml": "credentials: {user: u, pin: @A@}\n"}, DIR, keys=("credentials.pin",),
                  by_name=True)
    yield Setting("name in a variable", {"config/base.yaml": "db: {password: weak}\n"},
                  (*DIR, "--prefix", "APP"), {"APP__DB__PASSWORD": "@A@"}, keys=("db.password",),
                  by_name=True)
    yield Setting("name in --set", {"config/base.yaml": "db: {password: weak}\n"},
                  (*DIR, "--set", "db.password=@A@"), keys=("db.password",), by_name=True)
    yield Setting("name overridden", {
        "config/base.yaml": "db: {password: @A@}\n",
        "config/production.yaml": "db: {password: @B@}\n"},
        ("--dir", "config", "--env", "production"), keys=("db.password",), by_name=True)
    yield named("name in a template", 'a: x\npassword: "@A@${a}"\n', "password")


def settings():
    for group in (inline_yaml, inline_ini, shapes, types, from_files, from_variables, references,
                  history, layers, names):
        yield from group()
