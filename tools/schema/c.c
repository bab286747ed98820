/* SPDX-License-Identifier: ISC */
/* deploycfg schema --format c: a header with a struct that holds a whole configuration, and a
 * function that fills it. Must not know which types there are. */
#include "schema/c.h"

#include <stdlib.h>
#include <string.h>

#include "schema.h"
#include "schema/words.h"
#include "status.h"

/* As C writes all but what everybody can read; a row of question marks may be a trigraph. */
void tool_c_string(struct writer *out, const char *text)
{
	char code[8];

	tool_text(out, "\"");
	for (; *text; text++) {
		unsigned char byte = (unsigned char)*text;

		if (strchr("\"\\?", byte))
			tool_text(out, "\\");
		if (byte >= 0x20 && byte < 0x7f) {
			tool_bytes(out, text, 1);
			continue;
		}
		snprintf(code, sizeof(code), "\\%03o", byte);
		tool_text(out, code);
	}
	tool_text(out, "\"");
}

/* A comment in the text begins and ends nothing, nor does a trigraph continue a line. */
static void defuse(struct writer *out, const char *text, size_t length)
{
	static const char *const marks[] = {"*/", "/*", "?/"};

	for (size_t i = 0; i < length; i++) {
		tool_bytes(out, &text[i], 1);
		for (size_t j = 0; i + 1 < length && j < 3; j++)
			tool_text(out, memcmp(&text[i], marks[j], 2) ? "" : " ");
	}
}

static bool fits_line(const char *text, size_t length)
{
	return length <= 72 && !(length && memchr(text, '\n', length));
}

void tool_c_comment(struct writer *out, const char *indent, const char *text,
		    size_t length)
{
	struct text safe = {NULL, 0, 0, false};
	struct writer safely = {NULL, &safe, 0};
	bool line;

	defuse(&safely, text, length);
	line = fits_line(safe.bytes, safe.length);
	if (safe.length) {
		tool_text(out, indent);
		tool_text(out, line ? "/* " : "/*\n");
		tool_words(out, line ? "" : indent, line ? "" : " * ", safe.bytes,
			   safe.length);
		tool_text(out, line ? "" : "\n");
		tool_text(out, line ? "" : indent);
		tool_text(out, " */\n");
	}
	tool_hand_on(out, &safe);
	free(safe.bytes);
}

static void begin(struct c_code *code, const char *guard)
{
	TOOL_TEXTS(code->out,
		   "/* Written by deploycfg schema --format c: change the schema, not "
		   "this file. */\n#ifndef ",
		   guard, "\n#define ", guard,
		   "\n\n#include <cyaml/cyaml.h>\n#include <deploycfg.h>\n"
		   "#include <stdbool.h>\n#include <stddef.h>\n#include <stdint.h>\n");
}

static void functions(struct c_code *code, const char *guard)
{
	const char *name = code->name;

	TOOL_TEXTS(
		code->out,
		"\n/*\n * Fills a struct from a configuration that was loaded with this "
		"schema. "
		"Returns 0, or a\n * negative enum deploycfg_status with at least one "
		"error; "
		"then it is all zeros, and nothing\n * is to be freed.\n */\n"
		"static inline int ",
		name, "_load(const struct deploycfg_snapshot *snapshot,\n\t\t\t",
		"struct ", name,
		" *out, struct deploycfg_errors **errors)\n{\n\treturn deploycfg_bind("
		"snapshot, \"\", &",
		name, "_schema, out, errors);\n}\n\nstatic inline void ", name,
		"_free(struct ", name, " *out)\n{\n\tdeploycfg_bind_free(&", name,
		"_schema, out);\n}\n\n#endif /* ", guard, " */\n");
}

/* False without memory. */
static bool header(struct c_code *code)
{
	static const char *const none[] = {""};
	static const struct reserved nothing = {none, 0, false};
	const char *guard = tool_identifier(&code->identifiers, "GENERATED_", code->name,
					    SPELLING_UPPER, &nothing);
	struct text name = {NULL, 0, 0, false};
	struct writer out = {NULL, &name, 0};

	TOOL_TEXTS(&out, guard, "_H");
	tool_bytes(&out, "", 1);
	if (!name.failed) {
		begin(code, name.bytes);
		tool_c_types(code);
		tool_c_tables(code);
		functions(code, name.bytes);
	}
	tool_hand_on(code->out, &name);
	free(name.bytes);
	return !code->identifiers.failed;
}

/* Whether the names would be those of a library that the header includes. */
static bool is_foreign(const char *name)
{
	static const char *const libraries[] = {"deploycfg_", "cyaml_"};

	for (size_t i = 0; i < sizeof(libraries) / sizeof(libraries[0]); i++) {
		size_t length = strlen(libraries[i]);

		if (strncmp(name, libraries[i], length) == 0 && name[length])
			return true;
	}
	return false;
}

static int refuse_name(const struct dump *dump, const char *name)
{
	tool_error(dump->diagnostics, DEPLOYCFG_ERR_SCHEMA,
		   TOOL_SAY("names that begin with ", name,
			    " may be those of a library that the header includes"),
		   TOOL_SAY("give the header another prefix, which changes nothing "
			    "else: deploycfg schema --format c --prefix SHOP"));
	return TOOL_INVALID;
}

static int write_c(const struct dump *dump)
{
	struct keys keys;
	struct c_code code = {.out = dump->out, .keys = &keys};
	int status = tool_schema_begin(&keys, dump);

	if (status == TOOL_OK && !tool_c_names(&code))
		status = tool_without_memory(dump->diagnostics);
	if (status == TOOL_OK && is_foreign(code.name))
		status = refuse_name(dump, code.name);
	if (status == TOOL_OK && !header(&code))
		status = tool_without_memory(dump->diagnostics);
	free(code.enumerators);
	tool_identifiers_fini(&code.identifiers);
	tool_keys_fini(&keys);
	return status;
}

const struct format tool_format_c = {"c", write_c};
