/* SPDX-License-Identifier: ISC */
/* Whether a key is declared: one that is not set may be a slip, or wait for its value. Must not
 * know what is asked of it. */
#include "declared.h"

#include <stdlib.h>
#include <string.h>

#include "env_table.h"
#include "load.h"
#include "schema/facts.h"

static void say_facts(struct writer *out, const struct keys *keys, const struct key *key)
{
	size_t begin, end;

	tool_say_type(out, keys, key);
	begin = out->column;
	end = out->text->length;
	tool_text(out, "; ");
	tool_say_terms(out, keys, key);
	if (out->column == begin + 2)
		out->text->length = end;
	tool_bytes(out, "", 1);
}

/* Its variable, "" where it has none. */
static void say_variable(struct writer *out, const struct tool *tool,
			 const struct keys *keys, const struct key *key)
{
	const char *prefix = deploycfg_snapshot_prefix(tool->cfg), *reason = "";
	size_t begin = out->text->length;

	if (*prefix && !tool_env_variable(out, keys, key, prefix, &reason))
		out->text->failed = true;
	if (*reason)
		out->text->length = begin;
	tool_bytes(out, "", 1);
}

static int declared(const struct tool *tool, const struct keys *keys,
		    const struct key *key, const char *path)
{
	struct text facts = {NULL, 0, 0, false}, variable = facts;
	int status = TOOL_NOT_SET;

	say_facts(&(struct writer){NULL, &facts, 0}, keys, key);
	say_variable(&(struct writer){NULL, &variable, 0}, tool, keys, key);
	if (facts.failed || variable.failed)
		status = tool_without_memory(tool->diagnostics);
	else
		tool_not_set_error(
			tool->diagnostics, path, key->rule,
			TOOL_SAY("no layer sets ", path, ", which a schema declares as ",
				 facts.bytes, ""),
			*variable.bytes ? TOOL_SAY("set it in a layer file, or by the "
						   "variable ",
						   variable.bytes, "")
					: TOOL_SAY("set it in a layer file"));
	free(facts.bytes);
	free(variable.bytes);
	return status;
}

/* A map that is declared by what is below it alone. */
static int above_declared(const struct tool *tool, const struct keys *keys,
			  const struct key *key, const char *path)
{
	while (!key->rule)
		key = key->first;
	tool_not_set_error(tool->diagnostics, path, key->rule,
			   TOOL_SAY("no layer sets ", path,
				    ", nor a key below it, such as ",
				    tool_field_text(keys, key, "key"), ""),
			   TOOL_SAY("set one of them in a layer file"));
	return TOOL_NOT_SET;
}

/* The library's, unless it is to set the key: that would be an error. */
static const char *hint_of(const struct deploycfg_error *error)
{
	static const char set[] = "set it";
	const char *hint = deploycfg_error_hint(error);

	return strncmp(hint, set, strlen(set)) != 0
		       ? hint
		       : "deploycfg schema --format markdown lists the keys that are "
			 "declared";
}

static int tell(const struct tool *tool, const struct keys *keys, const char *path,
		const struct deploycfg_error *error)
{
	const struct key *key;
	bool open = false;

	if (!tool_find_key(keys, path, &key, &open))
		return tool_without_memory(tool->diagnostics);
	if (key && key->rule)
		return declared(tool, keys, key, path);
	if (key && key->first)
		return above_declared(tool, keys, key, path);
	if (key || open)
		return TOOL_OK;
	tool_not_set_error(
		tool->diagnostics, path, NULL,
		TOOL_SAY("no layer sets ", path, ", and no schema declares it"),
		TOOL_SAY(hint_of(error)));
	return TOOL_NOT_SET;
}

int tool_tell_declared(const struct tool *tool, const char *path,
		       const struct deploycfg_error *error)
{
	struct deploycfg_snapshot *schema = tool_schema_again(tool);
	int status = TOOL_OK;
	struct keys keys;

	if (!schema)
		return TOOL_INVALID;
	if (!tool_keys_init(&keys, &(struct sight){schema, DEPLOYCFG_FLAG_MASKED}))
		status = tool_without_memory(tool->diagnostics);
	else if (keys.count > 1)
		status = tell(tool, &keys, path, error);
	tool_keys_fini(&keys);
	deploycfg_snapshot_unref(schema);
	return status;
}
