/* SPDX-License-Identifier: ISC */
/* Whether a key is declared: one that is not set may be a slip, or wait for its value. Must not
 * know what is asked of it. */
#include "declared.h"

#include <stdlib.h>
#include <string.h>

#include "env_table.h"
#include "load.h"
#include "schema/facts.h"

static void say_place(struct writer *out, const struct deploycfg_entry *rule)
{
	const struct deploycfg_source *source = deploycfg_entry_source(rule);

	tool_text(out, source ? deploycfg_source_name(source) : "");
	tool_text(out, ":");
	tool_number(out, deploycfg_entry_line(rule));
	tool_text(out, ":");
	tool_number(out, deploycfg_entry_column(rule));
	tool_bytes(out, "", 1);
}

static void say_facts(struct writer *out, const struct keys *keys, const struct key *key)
{
	size_t begin;

	tool_say_type(out, keys, key);
	begin = out->column;
	tool_text(out, "; ");
	tool_say_terms(out, keys, key);
	if (out->text && out->column == begin + 2)
		out->text->length -= 2;
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
	struct text place = {NULL, 0, 0, false}, facts = place, variable = place;
	int status = TOOL_NOT_SET;

	say_place(&(struct writer){NULL, &place, 0}, key->rule);
	say_facts(&(struct writer){NULL, &facts, 0}, keys, key);
	say_variable(&(struct writer){NULL, &variable, 0}, tool, keys, key);
	if (place.failed || facts.failed || variable.failed)
		status = tool_without_memory(tool->diagnostics);
	else
		tool_key_error(tool->diagnostics, DEPLOYCFG_ERR_MISSING, path,
			       TOOL_SAY("no layer sets ", path, ", which ", place.bytes,
					" declares as ", facts.bytes, ""),
			       *variable.bytes
				       ? TOOL_SAY("set it in a layer file, or by the "
						  "variable ",
						  variable.bytes, "")
				       : TOOL_SAY("set it in a layer file"));
	free(place.bytes);
	free(facts.bytes);
	free(variable.bytes);
	return status;
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
	if (key || open)
		return TOOL_OK;
	tool_key_error(tool->diagnostics, DEPLOYCFG_ERR_MISSING, path,
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
	if (!tool_keys_init(&keys, schema))
		status = tool_without_memory(tool->diagnostics);
	else if (keys.count > 1)
		status = tell(tool, &keys, path, error);
	tool_keys_fini(&keys);
	deploycfg_snapshot_unref(schema);
	return status;
}
