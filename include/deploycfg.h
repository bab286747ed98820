/* SPDX-License-Identifier: ISC */
/*
 * deploycfg: layered configuration in, one immutable and explainable answer out.
 *
 *	struct deploycfg_errors *errors = NULL;
 *	struct deploycfg_snapshot *cfg = deploycfg_load("config", "SHOP", NULL, &errors);
 *	int64_t port = deploycfg_get_int(cfg, "server.port", &errors);
 *	const char *host = deploycfg_get_string_or(cfg, "server.host", "localhost", &errors);
 *
 *	if (deploycfg_errors_failed(errors))
 *		return deploycfg_errors_report(errors, stderr);
 *
 * Loading is a pure function of files, a copy of the environment and overrides. The
 * library keeps no global state, never changes the environment, the locale or a signal
 * handler, never prints unless deploycfg_errors_report() is called, and never exits.
 *
 * Strings are UTF-8 and NUL-terminated unless a length stands beside them. A borrowed
 * string lives as long as the object it came from. Pointer arguments must not be NULL
 * where nothing else is said.
 */
#ifndef DEPLOYCFG_H
#define DEPLOYCFG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__) || defined(__clang__)
#define DEPLOYCFG_API __attribute__((visibility("default")))
#else
#define DEPLOYCFG_API
#endif

struct deploycfg_loader;   /* what to read: one owner, one thread */
struct deploycfg_snapshot; /* the answer: immutable, reference counted, shared by threads */
struct deploycfg_entry;    /* one key of a snapshot, or one value that lost */
struct deploycfg_source;   /* one file, variable or text that was considered */
struct deploycfg_errors;   /* a growing list of diagnostics */
struct deploycfg_error;    /* one of them */

/*
 * Status numbers. One table gives the number, the enumerator and the code that stands
 * in brackets in every diagnostic; numbers are never reused.
 */
#define DEPLOYCFG_STATUS_MAP(XX)                                                         \
	XX(0, OK, "ok")                                                                  \
	XX(-1, ERR_MEMORY, "out-of-memory")                                              \
	XX(-2, ERR_ARGUMENT, "bad-argument") /* the caller's mistake, not the user's */  \
	XX(-3, ERR_NOT_FOUND, "not-found") /* a file or directory that does not exist */ \
	XX(-4, ERR_NOT_REGULAR, "not-a-regular-file")                                    \
	XX(-5, ERR_PERMISSION, "permission-denied")                                      \
	XX(-6, ERR_IO, "read-failed")                                                    \
	XX(-7, ERR_TOO_BIG, "file-too-big")                                              \
	XX(-8, ERR_SYNTAX, "syntax")                                                     \
	XX(-9, ERR_ENCODING, "encoding")                                                 \
	XX(-10, ERR_KEY, "bad-key")                                                      \
	XX(-11, ERR_DUPLICATE, "duplicate-key")                                          \
	XX(-12, ERR_CLASH, "type-clash") /* layers disagree on what a key is */          \
	XX(-13, ERR_OPERATOR, "bad-operator")                                            \
	XX(-14, ERR_REFERENCE, "bad-reference")                                          \
	XX(-15, ERR_VARIABLE, "bad-variable")                                            \
	XX(-16, ERR_ENVIRONMENT, "environment")                                          \
	XX(-17, ERR_LIMIT, "limit")                                                      \
	XX(-18, ERR_UNSUPPORTED, "not-supported-yet")                                    \
	XX(-19, ERR_MISSING, "missing-key")                                              \
	XX(-20, ERR_TYPE, "wrong-type")                                                  \
	XX(-21, ERR_RANGE, "out-of-range")                                               \
	XX(-22, ERR_VALUE, "bad-value") /* text that does not read as the type */        \
	XX(-23, ERR_IMAGE, "bad-image")                                                  \
	XX(-24, ERR_SECRET, "secret")                                                    \
	XX(-25, ERR_LAYER, "layer") /* a file, overlay or project that is no layer */    \
	XX(-26, ERR_UNKNOWN, "unknown-key") /* not declared by the schema */             \
	XX(-27, ERR_SCHEMA, "schema")       /* a schema that contradicts itself */       \
	XX(-28, ERR_MANIFEST, "manifest")   /* a manifest that does */                   \
	XX(-29, ERR_CHOICE, "not-a-choice") /* none of the choices, not the pattern */   \
	XX(-30, ERR_CONFLICT, "conflict")   /* what requires or excludes another key */  \
	XX(-31, ERR_FORBIDDEN, "forbidden-layer") /* a layer that may not set the key */ \
	XX(-32, ERR_DEPRECATED, "deprecated")                                            \
	XX(-33, ERR_LINT, "lint")       /* valid, and likely not what was meant */       \
	XX(-34, ERR_BINDING, "binding") /* a struct's description that cannot be used */ \
	XX(-35, ERR_OWNER, "untrusted-owner")                                            \
	XX(-36, ERR_GROUP_WRITABLE, "group-writable")                                    \
	XX(-37, ERR_WORLD_WRITABLE, "world-writable")                                    \
	XX(-38, ERR_PARENT_OWNER, "untrusted-parent")                                    \
	XX(-39, ERR_PARENT_GROUP_WRITABLE, "group-writable-parent")                      \
	XX(-40, ERR_PARENT_WORLD_WRITABLE, "world-writable-parent")                      \
	XX(-41, ERR_ESCAPE, "link-escapes")      /* out of a directory of secrets */     \
	XX(-42, ERR_HARD_LINK, "hard-linked")    /* for a privileged process */          \
	XX(-43, ERR_READABLE, "readable-secret") /* likewise: by others */

enum deploycfg_status {
#define DEPLOYCFG_STATUS_ENUM(number, name, code) DEPLOYCFG_##name = number,
	DEPLOYCFG_STATUS_MAP(DEPLOYCFG_STATUS_ENUM)
#undef DEPLOYCFG_STATUS_ENUM
	DEPLOYCFG_STATUS_MAX_ = 0x7fffffff /* keeps the type an int */
};

/* How bad a diagnostic is. Notes appear in `layers` and `check` only. Since 0.1. */
enum deploycfg_severity {
	DEPLOYCFG_ERROR = 0,
	DEPLOYCFG_WARNING = 1,
	DEPLOYCFG_NOTE = 2
};

/*
 * What a value is. A plain load gives the types up to MAP; the rest come from a schema.
 * NONE is the type of a key that exists only in history. Since 0.1.
 */
enum deploycfg_type {
	DEPLOYCFG_NONE = 0,
	DEPLOYCFG_NULL = 1,
	DEPLOYCFG_BOOL = 2,
	DEPLOYCFG_INT = 3,   /* 64 bits, signed */
	DEPLOYCFG_FLOAT = 4, /* IEEE double */
	DEPLOYCFG_STRING = 5,
	DEPLOYCFG_LIST = 6,
	DEPLOYCFG_MAP = 7,
	DEPLOYCFG_DURATION = 8, /* nanoseconds */
	DEPLOYCFG_SIZE = 9,     /* bytes */
	DEPLOYCFG_ENUM = 10,
	DEPLOYCFG_PATH = 11
};

/* What a schema says of a key; may be joined by |. Since 0.1. */
enum deploycfg_flag {
	DEPLOYCFG_FLAG_SECRET = 1,
	DEPLOYCFG_FLAG_DEFAULT = 2, /* the value is the schema's default */
	DEPLOYCFG_FLAG_DEPRECATED = 4,
	DEPLOYCFG_FLAG_RESTART = 8, /* a change needs one */
	/* Written into a layer, the value needs !replace: weaker ones would join it, or clash
	 * with it. */
	DEPLOYCFG_FLAG_REPLACES = 16,
	/* A secret, or a key whose name looks like one: tools that show values show a mask;
	 * its value is no secret to getters. */
	DEPLOYCFG_FLAG_MASKED = 32
};

/* How a related entry stands to the value that won. Since 0.1. */
enum deploycfg_relation {
	DEPLOYCFG_WINNER = 0,   /* not related: the value itself */
	DEPLOYCFG_SHADOWED = 1, /* overridden by something stronger */
	DEPLOYCFG_UNSET = 2,    /* what removed the key, or the list or map it was in */
	DEPLOYCFG_SKIPPED = 3,  /* looked at and not taken, such as an empty variable */
	DEPLOYCFG_INPUT =
		4, /* a value that references used: of another key, or env:NAME */
	DEPLOYCFG_APPENDED = 5, /* a part appended to a list */
	DEPLOYCFG_TEMPLATE =
		6, /* the text, with references, that the value was expanded from */
	DEPLOYCFG_PREPENDED = 7 /* a part put before a list's items */
};

/* What a source is. Since 0.1. */
enum deploycfg_source_kind {
	DEPLOYCFG_SOURCE_FILE = 0,
	DEPLOYCFG_SOURCE_DIRECTORY = 1,
	DEPLOYCFG_SOURCE_TEXT = 2,     /* from deploycfg_loader_add_text() */
	DEPLOYCFG_SOURCE_VARIABLE = 3, /* named env:NAME */
	DEPLOYCFG_SOURCE_OVERRIDE = 4
};

/* What became of a source. Since 0.1. */
enum deploycfg_source_state {
	DEPLOYCFG_SOURCE_READ = 0,
	DEPLOYCFG_SOURCE_MISSING = 1,
	DEPLOYCFG_SOURCE_MASKED = 2,
	DEPLOYCFG_SOURCE_REPLACED = 3,
	DEPLOYCFG_SOURCE_IGNORED = 4,
	DEPLOYCFG_SOURCE_NOT_A_LAYER = 5,
	DEPLOYCFG_SOURCE_SKIPPED = 6 /* an empty variable */
};

/* How a text is written. Since 0.1. */
enum deploycfg_syntax {
	DEPLOYCFG_INI = 0,
	DEPLOYCFG_YAML = 1
};

/* The well-known layers, weakest first; any number between may be used. Since 0.1. */
enum deploycfg_layer {
	DEPLOYCFG_LAYER_DEFAULTS = 100,
	DEPLOYCFG_LAYER_BASE = 200,
	DEPLOYCFG_LAYER_PLATFORM = 300,
	DEPLOYCFG_LAYER_ENVIRONMENT = 400,
	DEPLOYCFG_LAYER_PROGRAM = 500,
	DEPLOYCFG_LAYER_OVERLAY = 600,
	DEPLOYCFG_LAYER_LOCAL = 700,
	DEPLOYCFG_LAYER_FILE = 750,
	DEPLOYCFG_LAYER_SECRETS = 800,
	DEPLOYCFG_LAYER_VARIABLES = 900,
	DEPLOYCFG_LAYER_OVERRIDES = 1000
};

/* Whether variables may carry values. Since 0.1. */
enum deploycfg_variables {
	DEPLOYCFG_VARIABLES_DEFAULT = 0, /* yes, but `testing` is hermetic */
	DEPLOYCFG_VARIABLES_ALWAYS = 1,
	DEPLOYCFG_VARIABLES_NEVER = 2 /* nor may they select the environment */
};

/* What becomes of a key that no schema declares, where there is a schema. Since 0.1. */
enum deploycfg_unknown {
	DEPLOYCFG_UNKNOWN_DEFAULT = 0, /* what the manifest says, else an error */
	DEPLOYCFG_UNKNOWN_ERROR = 1,
	DEPLOYCFG_UNKNOWN_WARN = 2 /* it stays, with a warning: an older program starts
				    * with a newer configuration */
};

/* How closely a load looks. Since 0.1. */
enum deploycfg_check {
	DEPLOYCFG_CHECK_LOAD = 0, /* as a program needs it */
	DEPLOYCFG_CHECK_STRICT =
		1, /* an unknown key is an error whatever anybody says, and
				   * what is valid and dangerous is a warning */
	DEPLOYCFG_CHECK_LINT =
		2 /* the same, and warnings for what is valid and likely not
				   * what was meant */
};

/* Whose files are read. Since 0.1. */
enum deploycfg_trust {
	DEPLOYCFG_TRUST_DEFAULT = 0, /* anybody's, unless the manifest says otherwise */
	DEPLOYCFG_TRUST_OWNER = 1    /* those that nobody could write to but root, the
				      * process's user and whom the caller trusts */
};

/* What a program says of an environment that it declares; may be joined by |. Since 0.1. */
enum deploycfg_property {
	DEPLOYCFG_HERMETIC = 1, /* no variables, no local layer; as `testing` is */
	DEPLOYCFG_NOT_HERMETIC = 2,
	DEPLOYCFG_LOCAL = 4, /* local.* counts, as in `development` */
	DEPLOYCFG_NOT_LOCAL = 8,
	DEPLOYCFG_LAYER_OPTIONAL = 16, /* it needs no layer of its own */
	DEPLOYCFG_LAYER_REQUIRED = 32,
	DEPLOYCFG_LENIENT = 64, /* keys that no schema declares give warnings there */
	DEPLOYCFG_NOT_LENIENT = 128
};

/* Limits that a loader may change; each has a default. What bounds content (VALUE, PATH, DEPTH,
 * KEYS, ANCHORS, DIRECTIVES) does so in layers: manifest and schemas have the defaults. Since 0.1. */
enum deploycfg_limit {
	DEPLOYCFG_LIMIT_FILE = 0,    /* bytes of one file or text: 64 MiB */
	DEPLOYCFG_LIMIT_TOTAL = 1,   /* bytes of all of them: 256 MiB */
	DEPLOYCFG_LIMIT_VALUE = 2,   /* bytes of one value: 16 MiB */
	DEPLOYCFG_LIMIT_PATH = 3,    /* bytes of one key path: 4 KiB, the most there is */
	DEPLOYCFG_LIMIT_DEPTH = 4,   /* nesting: 64; never more than 256 */
	DEPLOYCFG_LIMIT_KEYS = 5,    /* keys of all layers together: 2 000 000 */
	DEPLOYCFG_LIMIT_SOURCES = 6, /* files and texts, documents too: 1 024 */
	DEPLOYCFG_LIMIT_ANCHORS = 7, /* anchors of one YAML file: 65 536 */
	DEPLOYCFG_LIMIT_DIRECTIVES = 8, /* lines of one YAML file that begin with %: 8 */
	DEPLOYCFG_LIMIT_DIAGNOSTICS =
		9,                     /* diagnostics kept, the rest is counted: 1 000 */
	DEPLOYCFG_LIMIT_OVERLAYS = 10, /* overlays: 32 */
	DEPLOYCFG_LIMIT_SECRET_FILE = 11 /* bytes of one secret file: 1 MiB */
};

/* ------------------------------------------------------------------------- Loading
 *
 * A loader collects what to read; it opens nothing before deploycfg_loader_load().
 * It belongs to one thread at a time and can load again, each time from the disk.
 * Setters copy what they are given and cannot fail: the first misuse or lack of memory
 * is remembered and reported by deploycfg_loader_load(). Two loaders are independent.
 */

/*
 * The environment that a program was compiled for, as text for the calls below:
 * TESTING, DEVELOPMENT and PRODUCTION as macros (-DTESTING, -DTESTING= and -DTESTING=1
 * are true, -DTESTING=0 is false, any other value is an error of the load), or
 * DEPLOYCFG_ENVIRONMENT as a name, bare or quoted.
 * It is what the file that includes this header was compiled with. Since 0.1.
 */
#define DEPLOYCFG_CONSTANTS                                                              \
	DEPLOYCFG_CONSTANT_TESTING_ DEPLOYCFG_CONSTANT_DEVELOPMENT_                      \
		DEPLOYCFG_CONSTANT_PRODUCTION_ DEPLOYCFG_CONSTANT_NAME_

/* A macro's value as text; the library judges it. */
#define DEPLOYCFG_TEXT_OF_(value) #value
#define DEPLOYCFG_TEXT_(value) DEPLOYCFG_TEXT_OF_(value)

#ifdef TESTING
#define DEPLOYCFG_CONSTANT_TESTING_ "TESTING=" DEPLOYCFG_TEXT_(TESTING) " "
#else
#define DEPLOYCFG_CONSTANT_TESTING_ ""
#endif
#ifdef DEVELOPMENT
#define DEPLOYCFG_CONSTANT_DEVELOPMENT_ "DEVELOPMENT=" DEPLOYCFG_TEXT_(DEVELOPMENT) " "
#else
#define DEPLOYCFG_CONSTANT_DEVELOPMENT_ ""
#endif
#ifdef PRODUCTION
#define DEPLOYCFG_CONSTANT_PRODUCTION_ "PRODUCTION=" DEPLOYCFG_TEXT_(PRODUCTION) " "
#else
#define DEPLOYCFG_CONSTANT_PRODUCTION_ ""
#endif
#ifdef DEPLOYCFG_ENVIRONMENT
#define DEPLOYCFG_CONSTANT_NAME_                                                         \
	"DEPLOYCFG_ENVIRONMENT=" DEPLOYCFG_TEXT_(DEPLOYCFG_ENVIRONMENT) " "
#else
#define DEPLOYCFG_CONSTANT_NAME_ ""
#endif

/*
 * Loads one directory and the variables <prefix>__*.
 *
 * directory: read for base and environment files; must exist
 * prefix: of environment variables, such as "SHOP"; NULL for none
 * environment: a name such as "production", "none" for a program without environments,
 *	or NULL to let the constants, then <prefix>_ENV or DEPLOYCFG_ENV decide
 * constants: DEPLOYCFG_CONSTANTS, or NULL for none
 * errors: gets errors and warnings appended; may be NULL
 *
 * Returns a snapshot to be released with deploycfg_snapshot_unref(), or NULL with at
 * least one error. Since 0.1.
 */
DEPLOYCFG_API struct deploycfg_snapshot *
deploycfg_load_constants(const char *directory, const char *prefix,
			 const char *environment, const char *constants,
			 struct deploycfg_errors **errors);

/* The same with the constants of the calling file. Since 0.1. */
static inline struct deploycfg_snapshot *
deploycfg_load(const char *directory, const char *prefix, const char *environment,
	       struct deploycfg_errors **errors)
{
	return deploycfg_load_constants(directory, prefix, environment,
					DEPLOYCFG_CONSTANTS, errors);
}

/* A loader without sources, or NULL without memory. Since 0.1. */
DEPLOYCFG_API struct deploycfg_loader *deploycfg_loader_new(void);

/* Releases a loader; takes NULL, returns NULL. Since 0.1. */
DEPLOYCFG_API struct deploycfg_loader *
deploycfg_loader_free(struct deploycfg_loader *loader);

/*
 * Selects the environment by argument: stronger than constant and variable.
 * name: declared name or alias, "none" for no environment, NULL to undo; "" is no name, and
 *	an error of the load. Since 0.1.
 */
DEPLOYCFG_API void deploycfg_loader_set_environment(struct deploycfg_loader *loader,
						    const char *name);

/*
 * Gives the program's constants: DEPLOYCFG_CONSTANTS, or words of the same form such as
 * "TESTING=1 PRODUCTION=0" or "DEPLOYCFG_ENVIRONMENT=testing". NULL for none. Since 0.1.
 */
DEPLOYCFG_API void deploycfg_loader_set_constants(struct deploycfg_loader *loader,
						  const char *constants);

/*
 * Sets the prefix of variables, without the underscores: [A-Z][A-Z0-9]*(_[A-Z0-9]+)*.
 * Without one only mapped variables and DEPLOYCFG_ENV are read. Since 0.1.
 */
DEPLOYCFG_API void deploycfg_loader_set_prefix(struct deploycfg_loader *loader,
					       const char *prefix);

/*
 * Replaces the process's environment.
 * variables: "NAME=value" strings, ended by NULL; NULL itself goes back to the default,
 *	which is the process's environment, copied once at the start of each load. Since 0.1.
 */
DEPLOYCFG_API void deploycfg_loader_set_environ(struct deploycfg_loader *loader,
						const char *const *variables);

/* Says whether variables may carry values. Since 0.1. */
DEPLOYCFG_API void deploycfg_loader_set_variables(struct deploycfg_loader *loader,
						  enum deploycfg_variables mode);

/*
 * Binds a variable of any name to a key, weaker than a prefixed variable.
 * variable: name, such as "DATABASE_URL"; path: key path, such as "database.url". Since 0.1.
 */
DEPLOYCFG_API void deploycfg_loader_map_variable(struct deploycfg_loader *loader,
						 const char *variable, const char *path);

/*
 * Declares an environment. The first declaration replaces development, testing and
 * production; an environment of one of these names keeps what it is there, its alias
 * included, unless the call says otherwise.
 *
 * name: [a-z][a-z0-9_-]*
 * aliases: other names of the same form, parted by commas; NULL for those of the built-in
 * inherits: declared environment, before or after, whose layers come first and whose
 *	properties hold unless given here; NULL for none
 * properties: of enum deploycfg_property, 0 for none; two that contradict one another are
 *	an error of the load
 *
 * Since 0.1.
 */
DEPLOYCFG_API void
deploycfg_loader_declare_environment(struct deploycfg_loader *loader, const char *name,
				     const char *aliases, const char *inherits,
				     unsigned properties);

/*
 * Reads an installed project, weaker than all directories: /usr/lib/<name>, /run/<name> and
 * /etc/<name>, of which one must exist, by the UAPI Configuration Files Specification. Main
 * files of the highest hierarchy replace those of the lower ones, drop-ins are united by
 * name, and an empty file or a link to /dev/null masks.
 * The prefix of variables is, unless one is set, the name in capital letters with _ for -.
 * name: letters, digits, '-', '_' and '.', a letter or digit first; NULL to undo. Since 0.1.
 */
DEPLOYCFG_API void deploycfg_loader_set_project(struct deploycfg_loader *loader,
						const char *name);

/* Looks for the project below a directory instead of "/"; NULL to undo. Since 0.1. */
DEPLOYCFG_API void deploycfg_loader_set_root(struct deploycfg_loader *loader,
					     const char *directory);

/* Names the platform of platform-<name>.*; NULL for the system's, `uname -s` in lower case.
 * Since 0.1. */
DEPLOYCFG_API void deploycfg_loader_set_platform(struct deploycfg_loader *loader,
						 const char *name);

/* Names the program of program-<name>.*; NULL for none. It needs no file. Since 0.1. */
DEPLOYCFG_API void deploycfg_loader_set_program(struct deploycfg_loader *loader,
						const char *name);

/*
 * Adds the overlay of overlay-<name>.*; later ones are stronger. It must exist and can be
 * added once. With one, <prefix>_OVERLAYS, a list of names parted by commas, is not read.
 * Since 0.1.
 */
DEPLOYCFG_API void deploycfg_loader_add_overlay(struct deploycfg_loader *loader,
						const char *name);

/*
 * Adds a directory of layer files; later ones are stronger. It must exist, unless
 * "optional:" stands before its path. Since 0.1.
 */
DEPLOYCFG_API void deploycfg_loader_add_dir(struct deploycfg_loader *loader,
					    const char *path);

/*
 * Adds a directory of secrets, one file for each: its name is a key, `db.password` or
 * `db/password`, its content the value, without one line feed at its end. A file counts where
 * a schema declares its key or a weaker layer has it; others are listed as ignored. Over all
 * files and below variables; later directories are stronger, and all of them are stronger than
 * the one that $CREDENTIALS_DIRECTORY names. It must exist, unless "optional:" stands before
 * its path. All files that a link `..data` leads to, as in Kubernetes, are of one moment.
 * Since 0.1.
 */
DEPLOYCFG_API void deploycfg_loader_add_secrets(struct deploycfg_loader *loader,
						const char *path);

/*
 * Says whose files are read. With DEPLOYCFG_TRUST_OWNER everything that is read must belong to
 * root, to the process's effective user or to a user that is trusted below, nobody else may
 * write to it, and the same holds for all directories and links on its way. It is looked at after
 * it was opened. What lies on a read-only mount is trusted. A privileged process (set-user-ID,
 * file capabilities) always looks, and reads nothing that lies in a directory as /tmp is or that
 * has several names. Since 0.1.
 */
DEPLOYCFG_API void deploycfg_loader_set_trust(struct deploycfg_loader *loader,
					      enum deploycfg_trust trust);

/* Trusts one more user's files, and those that one more group may write to. Since 0.1. */
DEPLOYCFG_API void deploycfg_loader_trust_user(struct deploycfg_loader *loader,
					       unsigned user);
DEPLOYCFG_API void deploycfg_loader_trust_group(struct deploycfg_loader *loader,
						unsigned group);

/*
 * Adds a file, .ini, .yaml or .yml, over all directories. It must exist, unless "optional:"
 * stands before its path. Since 0.1.
 */
DEPLOYCFG_API void deploycfg_loader_add_file(struct deploycfg_loader *loader,
					     const char *path);

/*
 * Adds a file of variables, weaker than the environment's: NAME=value lines, `export`
 * allowed, # comments, quotes as in INI files. They carry values only; one that would select
 * the environment or overlays is an error. Later files are stronger. It must exist, unless
 * "optional:" stands before its path. Since 0.1.
 */
DEPLOYCFG_API void deploycfg_loader_add_env_file(struct deploycfg_loader *loader,
						 const char *path);

/*
 * Adds a text as if it were a file: defaults in a binary, standard input, a document
 * that an agent fetched.
 *
 * layer: strength from 1 to 1000, see enum deploycfg_layer; of equal ones the later call is
 *	the stronger, be it for a text, a file or a directory
 * name: how origins name it: a path, a URI, name@revision
 * bytes, length: the text; copied
 *
 * Since 0.1.
 */
DEPLOYCFG_API void
deploycfg_loader_add_text(struct deploycfg_loader *loader, int layer, const char *name,
			  enum deploycfg_syntax syntax, const char *bytes, size_t length);

/*
 * Overrides one key with text, over everything else. The text takes the type of the
 * value that it overrides.
 *
 * path: key path; missing parents are made
 * origin: how origins name it, such as "--set[2]" or "main.c:31"; NULL for "override[N]",
 *	N counting overrides from 1
 *
 * Since 0.1.
 */
DEPLOYCFG_API void deploycfg_loader_override(struct deploycfg_loader *loader,
					     const char *path, const char *text,
					     const char *origin);

/* The same with a YAML flow value, such as "[1, 2]", which may change the type. A map is laid over
 * a map key by key; all else takes the place of what was there. Since 0.1. */
DEPLOYCFG_API void deploycfg_loader_override_value(struct deploycfg_loader *loader,
						   const char *path, const char *yaml,
						   const char *origin);

/*
 * Adds a schema: a YAML file that declares keys, deploycfg(5). It holds beside the schema.yaml
 * and schema.d of the directories; unknown keys are judged after all are in. It must exist,
 * unless "optional:" stands before its path. Since 0.1.
 */
DEPLOYCFG_API void deploycfg_loader_add_schema(struct deploycfg_loader *loader,
					       const char *path);

/*
 * The same from a text, such as one that is embedded in the program.
 * name: how origins name it; bytes, length: the text; copied. Since 0.1.
 */
DEPLOYCFG_API void deploycfg_loader_add_schema_text(struct deploycfg_loader *loader,
						    const char *name, const char *bytes,
						    size_t length);

/* Says what becomes of keys that no schema declares: stronger than the manifest. Since 0.1. */
DEPLOYCFG_API void deploycfg_loader_set_unknown(struct deploycfg_loader *loader,
						enum deploycfg_unknown mode);

/* Says how closely loads look. Since 0.1. */
DEPLOYCFG_API void deploycfg_loader_set_check(struct deploycfg_loader *loader,
					      enum deploycfg_check mode);

/* Changes a limit, in the unit that enum deploycfg_limit gives; stronger than the manifest.
 * Since 0.1. */
DEPLOYCFG_API void deploycfg_loader_set_limit(struct deploycfg_loader *loader,
					      enum deploycfg_limit limit, uint64_t value);

/*
 * Reads everything and publishes one snapshot, or none.
 * errors: gets all errors and warnings appended, not only the first; may be NULL.
 * Returns a snapshot to be released with deploycfg_snapshot_unref(), or NULL with at
 * least one error. Since 0.1.
 */
DEPLOYCFG_API struct deploycfg_snapshot *
deploycfg_loader_load(struct deploycfg_loader *loader, struct deploycfg_errors **errors);

/*
 * The environments that `check --all-envs` goes through: all that a manifest or the program
 * declares, else those of development, testing and production that have a layer; it warns
 * where none of these has one.
 * Returns their names, which hold no comma, parted by commas, "" where there are none; NULL
 * with at least one error where that cannot be said. Lives until the next call for this
 * loader. Since 0.1.
 */
DEPLOYCFG_API const char *deploycfg_loader_environments(struct deploycfg_loader *loader,
							struct deploycfg_errors **errors);

/*
 * All schemas of a load as one configuration, for those who show, compare or generate:
 *
 *	prefix:	of variables, "" for none
 *	docs:	a list of what schemas say of themselves by `doc`, where one does
 *	environments: a list of the names and aliases that blocks when@NAME may have, where there
 *		is a schema
 *	keys:	a list by path; of each key the fields that its schema gives, see
 *		deploycfg(5), and `variable`, its variable's name, where there is one
 *
 * Origins lead into the schemas. No layer is read and no environment selected.
 * Returns a snapshot to be released with deploycfg_snapshot_unref(), its keys an empty list
 * where there is no schema, or NULL with at least one error. Since 0.1.
 */
DEPLOYCFG_API struct deploycfg_snapshot *
deploycfg_loader_schema(struct deploycfg_loader *loader,
			struct deploycfg_errors **errors);

/* ------------------------------------------------------------------------- Reading
 *
 * A snapshot never changes. Any number of threads and forked children may read it without
 * locks; reading allocates nothing but diagnostics and makes no system call. Signal
 * handlers may read it too, with NULL for errors, as long as they get each value as a
 * string or as the type that it is stored as and leave deploycfg_entry_print() alone: to
 * make floats of text and text of numbers, the C library may allocate or lock.
 * Everything borrowed from a snapshot lives until its last reference is gone.
 *
 * Getters take a key path such as `database.pool.size`, `servers[0].host` or
 * `limits."api.v1"`. They read the source text of any scalar, whole and strictly, so that
 * 5 and "5" are both the integer 5. null, lists and maps are the wrong type for all of
 * them. They return the value, and on failure 0, false, NULL or the fallback after
 * appending one error. On a NULL snapshot they append nothing: the load that failed has.
 */

/* Takes one more reference; atomic. Returns its argument, NULL included. Since 0.1. */
DEPLOYCFG_API struct deploycfg_snapshot *
deploycfg_snapshot_ref(struct deploycfg_snapshot *snapshot);

/* Gives one reference back; atomic. Takes NULL, returns NULL. Since 0.1. */
DEPLOYCFG_API struct deploycfg_snapshot *
deploycfg_snapshot_unref(struct deploycfg_snapshot *snapshot);

/* The environment that was selected, "" for a program without. Borrowed. Since 0.1. */
DEPLOYCFG_API const char *
deploycfg_snapshot_environment(const struct deploycfg_snapshot *snapshot);

/*
 * Who selected it: "argument", a constant's name such as "TESTING", a variable's such as
 * "SHOP_ENV", or "default_environment" of the manifest; "" where there are none. Borrowed. Since 0.1.
 */
DEPLOYCFG_API const char *
deploycfg_snapshot_selected_by(const struct deploycfg_snapshot *snapshot);

/* The overlays, weakest first, parted by commas; "" for none. Borrowed. Since 0.1. */
DEPLOYCFG_API const char *
deploycfg_snapshot_overlays(const struct deploycfg_snapshot *snapshot);

/* Who chose them: "argument", or a variable's name such as "SHOP_OVERLAYS"; "" where there
 * are none. Borrowed. Since 0.1. */
DEPLOYCFG_API const char *
deploycfg_snapshot_overlays_by(const struct deploycfg_snapshot *snapshot);

/* The prefix of variables, "" for none. Borrowed. Since 0.1. */
DEPLOYCFG_API const char *
deploycfg_snapshot_prefix(const struct deploycfg_snapshot *snapshot);

/* Whether it was loaded with a schema, which has judged all its keys. Since 0.1. */
DEPLOYCFG_API bool
deploycfg_snapshot_has_schema(const struct deploycfg_snapshot *snapshot);

/*
 * Writes, as snprintf() would, the line that sums up a start:
 * "env=production (SHOP_ENV) overlays=eu,blue keys=63 sources=5 values=9f3c2a11", without
 * overlays where there are none and with env=none for a program without environments. keys:
 * values, that is scalars and empty lists and maps; sources: those that were read.
 * size: of the buffer in bytes. Returns the length without the NUL. Since 0.1.
 */
DEPLOYCFG_API size_t deploycfg_snapshot_summary(const struct deploycfg_snapshot *snapshot,
						char *buffer, size_t size);

/*
 * Digest of keys, types, values, texts, environment and overlays as 32 hexadecimal digits:
 * equal wherever the configuration is. Not cryptographic. Borrowed. Since 0.1.
 */
DEPLOYCFG_API const char *
deploycfg_snapshot_values_digest(const struct deploycfg_snapshot *snapshot);

/* Digest of the whole image, origins and history included; otherwise the same. Since 0.1. */
DEPLOYCFG_API const char *
deploycfg_snapshot_image_digest(const struct deploycfg_snapshot *snapshot);

/*
 * The snapshot's bytes: position-independent, the same for the same sources under the
 * same paths, and without the values of secrets. length: gets their number. Borrowed.
 * Since 0.1.
 */
DEPLOYCFG_API const void *
deploycfg_snapshot_image(const struct deploycfg_snapshot *snapshot, size_t *length);

/*
 * Makes a snapshot of such bytes, after verifying a private copy of them.
 * Returns it, or NULL with one error where a byte is not as it must be. Since 0.1.
 */
DEPLOYCFG_API struct deploycfg_snapshot *
deploycfg_snapshot_from_image(const void *bytes, size_t length,
			      struct deploycfg_errors **errors);

/* Number of sources considered: files and texts weakest first, then variables and overrides.
 * Since 0.1. */
DEPLOYCFG_API size_t
deploycfg_snapshot_sources(const struct deploycfg_snapshot *snapshot);

/* The source of that index, NULL beyond the last. Borrowed. Since 0.1. */
DEPLOYCFG_API const struct deploycfg_source *
deploycfg_snapshot_source(const struct deploycfg_snapshot *snapshot, size_t index);

/*
 * The entry of a key, NULL where there is none; no error is made of it.
 * path: length bytes of it, or all where length is SIZE_MAX. Borrowed. Since 0.1.
 */
DEPLOYCFG_API const struct deploycfg_entry *
deploycfg_find(const struct deploycfg_snapshot *snapshot, const char *path,
	       size_t length);

/*
 * The same by segments: {"limits", "api.v1"}; a list's index is its decimal number.
 * count: number of segments; 0 finds the root. Borrowed. Since 0.1.
 */
DEPLOYCFG_API const struct deploycfg_entry *
deploycfg_find_segments(const struct deploycfg_snapshot *snapshot,
			const char *const *segments, size_t count);

/*
 * What is remembered of a key that has no value: unset, replaced, cut from a list. Its
 * type is DEPLOYCFG_NONE and its related entries tell the story. Borrowed. Since 0.1.
 */
DEPLOYCFG_API const struct deploycfg_entry *
deploycfg_find_history(const struct deploycfg_snapshot *snapshot, const char *path,
		       size_t length);

/* true or false; text: true/false/yes/no/on/off/1/0, any case. Since 0.1. */
DEPLOYCFG_API bool deploycfg_get_bool(const struct deploycfg_snapshot *snapshot,
				      const char *path, struct deploycfg_errors **errors);

/* 64-bit signed; text: optional sign, decimal without leading zeros, 0x, 0o. Of what a schema
 * made a size it is the bytes. Since 0.1. */
DEPLOYCFG_API int64_t deploycfg_get_int(const struct deploycfg_snapshot *snapshot,
					const char *path,
					struct deploycfg_errors **errors);

/* The same from 0 to UINT64_MAX; a stored int never exceeds INT64_MAX. Since 0.1. */
DEPLOYCFG_API uint64_t deploycfg_get_uint(const struct deploycfg_snapshot *snapshot,
					  const char *path,
					  struct deploycfg_errors **errors);

/* IEEE double; an int is taken where it converts exactly. Since 0.1. */
DEPLOYCFG_API double deploycfg_get_double(const struct deploycfg_snapshot *snapshot,
					  const char *path,
					  struct deploycfg_errors **errors);

/* The source text of any scalar. Borrowed. Since 0.1. */
DEPLOYCFG_API const char *deploycfg_get_string(const struct deploycfg_snapshot *snapshot,
					       const char *path,
					       struct deploycfg_errors **errors);

/* Nanoseconds; text: 250ms, 1h30m, units ns us ms s m h d w in descending order. Since 0.1. */
DEPLOYCFG_API int64_t deploycfg_get_duration(const struct deploycfg_snapshot *snapshot,
					     const char *path,
					     struct deploycfg_errors **errors);

/* Bytes; text: 512, 64MiB, units B kB MB GB TB KiB MiB GiB TiB. Since 0.1. */
DEPLOYCFG_API uint64_t deploycfg_get_size(const struct deploycfg_snapshot *snapshot,
					  const char *path,
					  struct deploycfg_errors **errors);

/*
 * The same, giving the fallback without an error where the key is missing or null. A
 * value that is there and malformed is an error all the same. Since 0.1.
 */
DEPLOYCFG_API bool deploycfg_get_bool_or(const struct deploycfg_snapshot *snapshot,
					 const char *path, bool fallback,
					 struct deploycfg_errors **errors);
DEPLOYCFG_API int64_t deploycfg_get_int_or(const struct deploycfg_snapshot *snapshot,
					   const char *path, int64_t fallback,
					   struct deploycfg_errors **errors);
DEPLOYCFG_API uint64_t deploycfg_get_uint_or(const struct deploycfg_snapshot *snapshot,
					     const char *path, uint64_t fallback,
					     struct deploycfg_errors **errors);
DEPLOYCFG_API double deploycfg_get_double_or(const struct deploycfg_snapshot *snapshot,
					     const char *path, double fallback,
					     struct deploycfg_errors **errors);
DEPLOYCFG_API const char *
deploycfg_get_string_or(const struct deploycfg_snapshot *snapshot, const char *path,
			const char *fallback, struct deploycfg_errors **errors);
DEPLOYCFG_API int64_t deploycfg_get_duration_or(const struct deploycfg_snapshot *snapshot,
						const char *path, int64_t fallback,
						struct deploycfg_errors **errors);
DEPLOYCFG_API uint64_t deploycfg_get_size_or(const struct deploycfg_snapshot *snapshot,
					     const char *path, uint64_t fallback,
					     struct deploycfg_errors **errors);

/* ------------------------------------------------------------------------- Entries
 *
 * An entry is a pointer into the snapshot and lives as long as it. Entries stand in path
 * order: map keys bytewise by segment, list items by number. Its accessors need nothing
 * else, cannot fail, and may be called from anywhere a snapshot may be read.
 *
 *	deploycfg_each_child(cfg, child, deploycfg_find(cfg, "servers", SIZE_MAX))
 *		printf("%s\n", deploycfg_entry_path(child));
 */

/* The map that holds everything. Borrowed. Since 0.1. */
DEPLOYCFG_API const struct deploycfg_entry *
deploycfg_root(const struct deploycfg_snapshot *snapshot);

/* The first child of a map or list, NULL where there is none or parent is NULL. Since 0.1. */
DEPLOYCFG_API const struct deploycfg_entry *
deploycfg_first_child(const struct deploycfg_snapshot *snapshot,
		      const struct deploycfg_entry *parent);

/* The next child of the same parent, NULL after the last. Since 0.1. */
DEPLOYCFG_API const struct deploycfg_entry *
deploycfg_next_sibling(const struct deploycfg_snapshot *snapshot,
		       const struct deploycfg_entry *entry);

/*
 * The next entry in path order of the subtree that `top` begins, NULL after its last;
 * start with top itself. Since 0.1.
 */
DEPLOYCFG_API const struct deploycfg_entry *
deploycfg_next_entry(const struct deploycfg_snapshot *snapshot,
		     const struct deploycfg_entry *top,
		     const struct deploycfg_entry *entry);

/* Keys without a value, in path order; NULL begins, NULL after the last. Since 0.1. */
DEPLOYCFG_API const struct deploycfg_entry *
deploycfg_next_history(const struct deploycfg_snapshot *snapshot,
		       const struct deploycfg_entry *entry);

#define deploycfg_each_child(snapshot, child, parent)                                    \
	for (const struct deploycfg_entry *child =                                       \
		     deploycfg_first_child(snapshot, parent);                            \
	     child; child = deploycfg_next_sibling(snapshot, child))

#define deploycfg_each_entry(snapshot, entry, top)                                       \
	for (const struct deploycfg_entry *entry = (top); entry;                         \
	     entry = deploycfg_next_entry(snapshot, top, entry))

/* Full path as `find` takes it; "" for the root. Borrowed. Since 0.1. */
DEPLOYCFG_API const char *deploycfg_entry_path(const struct deploycfg_entry *entry);

/* Last segment, unquoted; "" for list items and the root. Borrowed. Since 0.1. */
DEPLOYCFG_API const char *deploycfg_entry_name(const struct deploycfg_entry *entry);

/* Place in the list, from 0; SIZE_MAX where the entry is no list item. Since 0.1. */
DEPLOYCFG_API size_t deploycfg_entry_index(const struct deploycfg_entry *entry);

/* What it is. Since 0.1. */
DEPLOYCFG_API enum deploycfg_type
deploycfg_entry_type(const struct deploycfg_entry *entry);

/* Number of children of a map or list, 0 for all else. Since 0.1. */
DEPLOYCFG_API size_t deploycfg_entry_count(const struct deploycfg_entry *entry);

/*
 * Source text of a scalar, "" for null, lists and maps, NULL for a secret, which an entry alone
 * does not tell: see deploycfg_entry_reveal(). Borrowed. length: gets the number of bytes; may
 * be NULL. Since 0.1.
 */
DEPLOYCFG_API const char *deploycfg_entry_text(const struct deploycfg_entry *entry,
					       size_t *length);

/*
 * The entry that a secret's value can be read from: it has the path and the value, and of places
 * and related entries nothing. For all that is no secret it is the entry itself. NULL with an
 * error where the snapshot was made of an image, which holds no secrets, and without one where
 * snapshot or entry is NULL. Borrowed. Since 0.1.
 */
DEPLOYCFG_API const struct deploycfg_entry *
deploycfg_entry_reveal(const struct deploycfg_snapshot *snapshot,
		       const struct deploycfg_entry *entry,
		       struct deploycfg_errors **errors);

/* Getters as above, from the entry; a NULL entry is an error that says "no such key", and a
 * secret one that says "secret". */
DEPLOYCFG_API bool deploycfg_entry_bool(const struct deploycfg_entry *entry,
					struct deploycfg_errors **errors);
DEPLOYCFG_API int64_t deploycfg_entry_int(const struct deploycfg_entry *entry,
					  struct deploycfg_errors **errors);
DEPLOYCFG_API uint64_t deploycfg_entry_uint(const struct deploycfg_entry *entry,
					    struct deploycfg_errors **errors);
DEPLOYCFG_API double deploycfg_entry_double(const struct deploycfg_entry *entry,
					    struct deploycfg_errors **errors);
DEPLOYCFG_API const char *deploycfg_entry_string(const struct deploycfg_entry *entry,
						 struct deploycfg_errors **errors);
DEPLOYCFG_API int64_t deploycfg_entry_duration(const struct deploycfg_entry *entry,
					       struct deploycfg_errors **errors);
DEPLOYCFG_API uint64_t deploycfg_entry_size(const struct deploycfg_entry *entry,
					    struct deploycfg_errors **errors);

/* A value and what it is, for those who take it as it comes. Since 0.1. */
struct deploycfg_value {
	const char *text; /* as deploycfg_entry_text() gives it, NULL for a secret that is
			   * not told; borrowed */
	size_t length;    /* of the text in bytes; of a list or map its children */
	int64_t integer;  /* of INT, DURATION and SIZE, and 0 or 1 of BOOL; else 0 */
	double number;    /* of FLOAT, and of INT as near as it comes; else 0 */
	enum deploycfg_type type; /* NONE where there is no such key */
	unsigned flags;           /* of the entry, see deploycfg_entry_flags() */
};

/*
 * Fills in the value of a key, also of a secret that the snapshot has, and returns its entry,
 * or NULL where there is none.
 * path, length: as for deploycfg_find(). Since 0.1.
 */
DEPLOYCFG_API const struct deploycfg_entry *
deploycfg_find_value(const struct deploycfg_snapshot *snapshot, const char *path,
		     size_t length, struct deploycfg_value *value);

/* Fills in the value of an entry, which may be NULL; of a secret only its type and flags.
 * Since 0.1. */
DEPLOYCFG_API void deploycfg_entry_value(const struct deploycfg_entry *entry,
					 struct deploycfg_value *value);

/*
 * Writes, as snprintf() would, the name of the variable that sets the entry, such as
 * SHOP__SERVER__PORT; of a map, what those of the keys in it begin with. Returns its length
 * without the NUL, or 0, and writes "", where there can be none: a segment has other
 * characters than letters, digits, '-' and '_', or two of the latter in a row, or one of
 * them at an end, or the entry is the root. Another entry may have the same name: then no
 * variable sets either.
 * prefix: as for deploycfg_loader_set_prefix(); NULL and "" give no name.
 * size: of the buffer in bytes. Since 0.1.
 */
DEPLOYCFG_API size_t deploycfg_entry_variable(const struct deploycfg_entry *entry,
					      const char *prefix, char *buffer,
					      size_t size);

/* The same for a key path that need not be in any snapshot, indices as numbers. A path that no
 * key can have, and one with `*`, gives none. Since 0.1. */
DEPLOYCFG_API size_t deploycfg_path_variable(const char *path, const char *prefix,
					     char *buffer, size_t size);

/* What is said of it, of enum deploycfg_flag: by a schema, but for SECRET and MASKED, which a
 * secret source or a name make as well. Since 0.1. */
DEPLOYCFG_API unsigned deploycfg_entry_flags(const struct deploycfg_entry *entry);

/*
 * Writes the canonical text of a scalar as snprintf() would: integers in decimal, floats
 * with the fewest digits that read back and always a point or exponent, strings as they
 * are; of a secret "******". size: of the buffer in bytes. Returns the length without the NUL.
 * Since 0.1.
 */
DEPLOYCFG_API size_t deploycfg_entry_print(const struct deploycfg_entry *entry,
					   char *buffer, size_t size);

/* Where it was written. NULL for the root of an empty configuration. Borrowed. Since 0.1. */
DEPLOYCFG_API const struct deploycfg_source *
deploycfg_entry_source(const struct deploycfg_entry *entry);

/* Line there, from 1; 0 where the source has no lines, such as a variable. Since 0.1. */
DEPLOYCFG_API unsigned deploycfg_entry_line(const struct deploycfg_entry *entry);

/* Column there in characters, from 1; 0 likewise. Since 0.1. */
DEPLOYCFG_API unsigned deploycfg_entry_column(const struct deploycfg_entry *entry);

/* How it stands to the value: DEPLOYCFG_WINNER unless it is a related entry. Since 0.1. */
DEPLOYCFG_API enum deploycfg_relation
deploycfg_entry_relation(const struct deploycfg_entry *entry);

/* What it overrode, what was unset or skipped: the strongest such, or NULL. Since 0.1. */
DEPLOYCFG_API const struct deploycfg_entry *
deploycfg_entry_related(const struct deploycfg_entry *entry);

/* The next weaker one after a related entry, or NULL. Since 0.1. */
DEPLOYCFG_API const struct deploycfg_entry *
deploycfg_entry_next_related(const struct deploycfg_entry *related);

/* Name: path as it was given, env:NAME, FILE:NAME for a variable of an env file that is
 * ignored, name of the text or override. Borrowed. Since 0.1. */
DEPLOYCFG_API const char *deploycfg_source_name(const struct deploycfg_source *source);

/* What it is. Since 0.1. */
DEPLOYCFG_API enum deploycfg_source_kind
deploycfg_source_kind(const struct deploycfg_source *source);

/* How it is written. That of variables and overrides is INI, since theirs are texts without a
 * type of their own too. Since 0.1. */
DEPLOYCFG_API enum deploycfg_syntax
deploycfg_source_syntax(const struct deploycfg_source *source);

/* Number of its layer, see enum deploycfg_layer; 0 where it is in none. Since 0.1. */
DEPLOYCFG_API int deploycfg_source_layer(const struct deploycfg_source *source);

/* Name of its layer for people: "base", "production", "variable". Borrowed. Since 0.1. */
DEPLOYCFG_API const char *deploycfg_source_label(const struct deploycfg_source *source);

/* What became of it. Since 0.1. */
DEPLOYCFG_API enum deploycfg_source_state
deploycfg_source_state(const struct deploycfg_source *source);

/* Why, in words; "" where the state says it all. Borrowed. Since 0.1. */
DEPLOYCFG_API const char *deploycfg_source_reason(const struct deploycfg_source *source);

/* ------------------------------------------------------------------------- Binding
 *
 * A struct of the application is filled from a subtree by its libcyaml table, as
 * <cyaml/cyaml.h> describes it; deploycfg_bind(3) has an example. Numbers, bools and the words
 * of enums are read by the strict rules of the getters above, durations and sizes of a schema
 * are numbers of nanoseconds and bytes, and a string takes the text of any scalar. null is NULL
 * where the table allows for that, and as good as no key where the field is optional. All that
 * is wrong in one subtree is told at once, each with its place in the user's files.
 *
 * Nothing in the struct leads into the snapshot. Its memory belongs to it as a whole: only
 * deploycfg_bind_free() can free any part.
 *
 *	struct database *database;
 *
 *	if (deploycfg_bind(cfg, "database", &database_schema, &database, &errors) == 0)
 *		...
 *	deploycfg_bind_free(&database_schema, &database);
 */

struct cyaml_schema_value; /* of libcyaml */

/*
 * Fills a struct. Call it by the macro below, which tells how large the table's parts are where
 * it was compiled: a libcyaml with another layout is an error, not a crash.
 *
 * path: key path of a map, or of a value of the table's type; "" for all
 * schema: the table; where its type is a pointer, out is a pointer's address and receives
 *	allocated memory, else out is the struct's own address
 * value_size, field_size: of struct cyaml_schema_value and struct cyaml_schema_field
 *
 * A key that the struct has no field for is an error, unless the snapshot was loaded with a
 * schema, which judges unknown keys. Returns 0, or a negative enum deploycfg_status with at
 * least one error (none on a NULL snapshot, as getters have it); then nothing is to be freed,
 * and *out is all zeros. Since 0.1.
 */
DEPLOYCFG_API int
deploycfg_bind_sized(const struct deploycfg_snapshot *snapshot, const char *path,
		     const struct cyaml_schema_value *schema, size_t value_size,
		     size_t field_size, void *out, struct deploycfg_errors **errors);

#define deploycfg_bind(snapshot, path, schema, out, errors)                              \
	deploycfg_bind_sized(snapshot, path, schema, sizeof(*(schema)),                  \
			     sizeof(*(schema)->mapping.fields), out, errors)

/*
 * Releases what a bind allocated, and makes *out all zeros; does nothing where it is that
 * already, or where the bind was refused for the layout of the table. Call it by the macro.
 * schema, out: as they were given to deploycfg_bind(). Since 0.1.
 */
DEPLOYCFG_API void deploycfg_bind_free_sized(const struct cyaml_schema_value *schema,
					     size_t value_size, size_t field_size,
					     void *out);

#define deploycfg_bind_free(schema, out)                                                 \
	deploycfg_bind_free_sized(schema, sizeof(*(schema)),                             \
				  sizeof(*(schema)->mapping.fields), out)

/* -------------------------------------------------------------------------- Errors
 *
 * A list begins as NULL, is made by the first diagnostic, and belongs to the caller, who
 * frees it. It may collect over many calls of one thread. Appending cannot fail: without
 * memory the list says so. A list with warnings alone is not NULL: ask _failed().
 */

/* Whether the list holds an error and not only warnings; NULL holds none. Since 0.1. */
DEPLOYCFG_API bool deploycfg_errors_failed(const struct deploycfg_errors *errors);

/* Number of diagnostics of every severity; 0 for NULL. Since 0.1. */
DEPLOYCFG_API size_t deploycfg_errors_count(const struct deploycfg_errors *errors);

/* The diagnostic of that index, NULL beyond the last. Borrowed. Since 0.1. */
DEPLOYCFG_API const struct deploycfg_error *
deploycfg_errors_at(const struct deploycfg_errors *errors, size_t index);

/*
 * Prints errors and warnings as text with source excerpts, frees the list, and returns
 * 78 (EX_CONFIG) where there was an error, else 0: `return deploycfg_errors_report(...)`
 * ends a main function. errors: may be NULL. Since 0.1.
 */
DEPLOYCFG_API int deploycfg_errors_report(struct deploycfg_errors *errors, FILE *stream);

/* Releases a list; takes NULL, returns NULL. Since 0.1. */
DEPLOYCFG_API struct deploycfg_errors *
deploycfg_errors_free(struct deploycfg_errors *errors);

/* What kind of failure. Since 0.1. */
DEPLOYCFG_API enum deploycfg_status
deploycfg_error_status(const struct deploycfg_error *error);

/* How bad. Since 0.1. */
DEPLOYCFG_API enum deploycfg_severity
deploycfg_error_severity(const struct deploycfg_error *error);

/* What happened, one line without place. Borrowed. Since 0.1. */
DEPLOYCFG_API const char *deploycfg_error_message(const struct deploycfg_error *error);

/* Key path involved, "" for none. Borrowed. Since 0.1. */
DEPLOYCFG_API const char *deploycfg_error_key(const struct deploycfg_error *error);

/* Where: a source's name, "" for none. Borrowed. Since 0.1. */
DEPLOYCFG_API const char *deploycfg_error_file(const struct deploycfg_error *error);

/* Line and column there, from 1; 0 where there is none. Since 0.1. */
DEPLOYCFG_API unsigned deploycfg_error_line(const struct deploycfg_error *error);
DEPLOYCFG_API unsigned deploycfg_error_column(const struct deploycfg_error *error);

/* What was expected instead of what is there, such as "int", "" where the message says it
 * all. Borrowed. Since 0.1. */
DEPLOYCFG_API const char *deploycfg_error_expected(const struct deploycfg_error *error);

/* What to do about it, "" for none. Borrowed. Since 0.1. */
DEPLOYCFG_API const char *deploycfg_error_hint(const struct deploycfg_error *error);

/* The other places involved, as diagnostics of severity NOTE: by index, or NULL. Since 0.1. */
DEPLOYCFG_API const struct deploycfg_error *
deploycfg_error_related(const struct deploycfg_error *error, size_t index);

/*
 * The whole text that deploycfg_errors_report() prints for it: place, code, message,
 * excerpt, related places and hint, with a newline at each line's end. Borrowed. Since 0.1.
 */
DEPLOYCFG_API const char *deploycfg_error_text(const struct deploycfg_error *error);

/* The code of a status, such as "duplicate-key". Static. Since 0.1. */
DEPLOYCFG_API const char *deploycfg_status_code(enum deploycfg_status status);

/* Name of a type for people: "int", "list". Static. Since 0.1. */
DEPLOYCFG_API const char *deploycfg_type_name(enum deploycfg_type type);

/* Version of the library that is loaded, "0.1.0". Static. Since 0.1. */
DEPLOYCFG_API const char *deploycfg_version(void);

#ifdef __cplusplus
}
#endif

#endif
