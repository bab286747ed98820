/* SPDX-License-Identifier: ISC */
/* A declared key with its free parts stood in for has a variable, whose parts stand for them
 * again. Must not know what is declared of it. */
#include "env_pattern.h"

#include <stdlib.h>
#include <string.h>

#include "deploycfg.h"

/* A path that a value may have, and what each part of it stands for. */
struct stand_in {
	struct text path;
	struct text kinds; /* '*', '[', or '.' for itself */
};

/* The end of a quoted segment. */
static const char *behind_quotes(const char *at)
{
	for (at++; *at && *at != '"'; at++)
		at += *at == '\\' && at[1];
	return *at ? at + 1 : at;
}

/* Takes the part that begins at `at`, its dot before it. */
static const char *take_part(struct stand_in *made, const char *at)
{
	struct writer path = {.text = &made->path}, kinds = {.text = &made->kinds};
	const char *begin = at, *end;

	if (*at == '[') {
		tool_text(&path, "[0]");
		tool_text(&kinds, "[");
		return at + strcspn(at, "]") + 1;
	}
	if (*at == '.')
		at++;
	if (*at == '*') {
		tool_bytes(&path, begin, (size_t)(at - begin));
		tool_text(&path, "x");
		tool_text(&kinds, "*");
		return at + 1;
	}
	end = *at == '"' ? behind_quotes(at) : at + strcspn(at, ".[");
	tool_bytes(&path, begin, (size_t)(end - begin));
	tool_text(&kinds, ".");
	return end;
}

/* False without memory. */
static bool stand_in(struct stand_in *made, const char *key)
{
	struct writer path = {.text = &made->path}, kinds = {.text = &made->kinds};

	while (*key)
		key = take_part(made, key);
	tool_bytes(&path, "", 1);
	tool_bytes(&kinds, "", 1);
	return !made->path.failed && !made->kinds.failed;
}

/* Writes a variable with what its parts stand for. */
static void write_parts(struct writer *out, const char *variable, const char *prefix,
			const char *kinds)
{
	tool_text(out, prefix);
	for (variable += strlen(prefix); *kinds; kinds++) {
		const char *end;

		variable += strlen("__");
		end = strstr(variable, "__");
		end = end ? end : variable + strlen(variable);
		tool_text(out, "__");
		if (*kinds == '.')
			tool_bytes(out, variable, (size_t)(end - variable));
		else
			tool_text(out, *kinds == '*' ? "<NAME>" : "<N>");
		variable = end;
	}
}

static bool write_variable(struct writer *out, const struct stand_in *made,
			   const char *prefix, bool *named)
{
	size_t length = deploycfg_path_variable(made->path.bytes, prefix, NULL, 0);
	char *variable;

	*named = length > 0;
	if (!length)
		return true;
	variable = malloc(length + 1);
	if (!variable)
		return false;
	deploycfg_path_variable(made->path.bytes, prefix, variable, length + 1);
	write_parts(out, variable, prefix, made->kinds.bytes);
	free(variable);
	return true;
}

bool tool_env_pattern(struct writer *out, const char *key, const char *prefix,
		      bool *named)
{
	struct stand_in made = {{.bytes = NULL}, {.bytes = NULL}};
	bool good = stand_in(&made, key) && write_variable(out, &made, prefix, named);

	free(made.path.bytes);
	free(made.kinds.bytes);
	return good;
}
