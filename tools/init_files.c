/* SPDX-License-Identifier: ISC */
/* A configuration to begin with, which explains itself: files of a directory, as texts. It
 * loads in each of its environments, and there is nothing in it to warn of. */
#include "init_files.h"

#include <stddef.h>

static const char base[] =
	"# Idea 1, a base file: what holds everywhere.\n"
	"#\n"
	"# schema.yaml declares every key and its type; what is left out here has\n"
	"# the default from there. `deploycfg explain KEY` tells why a key has its\n"
	"# value, `deploycfg dump --origin` shows them all.\n"
	"\n"
	"server:\n"
	"  timeout: 10s          # a duration: 250ms, 10s, 1h30m\n"
	"\n"
	"database:\n"
	"  host: localhost\n"
	"  name: app\n"
	"\n"
	"features:               # a list: a stronger layer replaces it whole\n"
	"  - search\n";

static const char development[] =
	"# Idea 2, an environment file: what differs in one environment. Maps are\n"
	"# laid over those of the base file key by key, all else replaces. This one\n"
	"# is read with `--env development`, or where the variable APP_ENV says so.\n"
	"\n"
	"database:\n"
	"  name: app_development\n"
	"\n"
	"log:\n"
	"  level: debug\n";

static const char testing[] =
	"# Testing ignores variables, so that a test is the same everywhere.\n"
	"\n"
	"server:\n"
	"  port: 0               # any that is free\n"
	"  timeout: 1s\n"
	"\n"
	"database:\n"
	"  name: app_testing\n"
	"  pool: 1\n";

static const char production[] =
	"# Idea 3, variables: what differs on one machine, or is known only when the\n"
	"# program starts. APP__DATABASE__HOST=db7 sets database.host. It is read as\n"
	"# the type that the schema declares, and is stronger than every file.\n"
	"# `deploycfg env-names` lists all of them.\n"
	"\n"
	"server:\n"
	"  host: 0.0.0.0\n"
	"  url: https://app.example.com\n"
	"  max_body: 8MiB        # a size: 512, 64kB, 8MiB\n"
	"\n"
	"database:\n"
	"  host: db.example.com\n"
	"  pool: 40\n";

static const char schema[] =
	"# The schema: every key that there is, and what it may be. All layers are\n"
	"# held against it before the program starts: a misspelt key, a port of\n"
	"# 80800, a host that nobody set are errors with file, line and column.\n"
	"#\n"
	"# `deploycfg schema --format c` makes the program's struct of it; python,\n"
	"# json-schema (for editors) and markdown (for people) are the others.\n"
	"\n"
	"schema: 1\n"
	"doc: What the service can be told.\n"
	"\n"
	"keys:\n"
	"  - key: server.host\n"
	"    type: string\n"
	"    default: localhost\n"
	"    doc: Name or address to listen at.\n"
	"\n"
	"  - key: server.port\n"
	"    type: int\n"
	"    default: 8080\n"
	"    min: 0\n"
	"    max: 65535\n"
	"    doc: TCP port to listen at; 0 for any that is free.\n"
	"\n"
	"  - key: server.url\n"
	"    type: string\n"
	"    pattern: https?://.+\n"
	"    required: [production]  # an error where production does not set it\n"
	"    example: https://app.example.com\n"
	"    doc: What the world calls the service by.\n"
	"\n"
	"  - key: server.timeout\n"
	"    type: duration          # nanoseconds in the program\n"
	"    default: 30s\n"
	"    min: 100ms\n"
	"    max: 5m\n"
	"    doc: How long one request may take.\n"
	"\n"
	"  - key: server.max_body\n"
	"    type: size              # bytes in the program\n"
	"    default: 1MiB\n"
	"    doc: The largest request that is read.\n"
	"\n"
	"  - key: database.host\n"
	"    type: string\n"
	"    required: true          # in every environment\n"
	"    doc: Where the database is.\n"
	"\n"
	"  - key: database.name\n"
	"    type: string\n"
	"    required: true\n"
	"    doc: Which one to use there.\n"
	"\n"
	"# - key: database.password\n"
	"#   type: string\n"
	"#   required: [production]\n"
	"#   secret: true            # shown to nobody; see secrets in deploycfg.yaml\n"
	"#   doc: Of the user that it is read with.\n"
	"\n"
	"  - key: database.pool\n"
	"    type: int\n"
	"    default: 10\n"
	"    min: 1\n"
	"    max: 1000\n"
	"    restart: true           # a change counts from the next start on\n"
	"    doc: Connections that are kept open.\n"
	"\n"
	"  - key: log.level\n"
	"    type: enum\n"
	"    choices: [debug, info, warning, error]\n"
	"    default: info\n"
	"    doc: The least important messages that are written.\n"
	"\n"
	"  - key: features\n"
	"    type: list\n"
	"    items: string\n"
	"    default: []\n"
	"    doc: Names of what is switched on.\n";

static const char manifest[] =
	"# The manifest: what has to be known before anything else is read.\n"
	"\n"
	"deploycfg: 1\n"
	"\n"
	"# Variables are APP__SERVER__PORT and so on, and APP_ENV selects the\n"
	"# environment. Put the name of your program here.\n"
	"prefix: APP\n"
	"\n"
	"# One of these is always selected: by `--env`, by the program, or by\n"
	"# APP_ENV. There is no default, so that forgetting it is an error and not\n"
	"# development in production.\n"
	"environments:\n"
	"  development: {}\n"
	"  testing: {}\n"
	"  production: {}\n"
	"# staging: {inherits: production}    # and staging.yaml with what differs\n"
	"\n"
	"# Passwords and keys belong into none of these files, but each into one of\n"
	"# its own, which is named for its key, such as /run/secrets/database.password:\n"
	"# secrets: [/run/secrets]\n";

const struct init_file tool_init_files[] = {
	{"base.yaml", base},
	{"development.yaml", development},
	{"testing.yaml", testing},
	{"production.yaml", production},
	{"schema.yaml", schema},
	{"deploycfg.yaml", manifest},
	{NULL, NULL},
};

const char *const tool_init_stems[] = {
	"base",    "default", "dev",        "development", "test",
	"testing", "prod",    "production", NULL,
};

const char *const tool_init_suffixes[] = {
	"yaml", "yml", "ini", "d",          "json", "toml",
	"conf", "cfg", "env", "properties", NULL,
};

const char *const tool_init_twins[] = {
	"schema.yml", "schema.ini", "deploycfg.yml", "deploycfg.ini", NULL,
};
