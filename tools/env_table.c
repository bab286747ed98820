/* SPDX-License-Identifier: ISC */
/* Declared keys with their variables, types and defaults, in columns. Must not know the values
 * of the configuration. */
#include "env_table.h"

#include <stdlib.h>
#include <string.h>

#include "env_pattern.h"
#include "yaml_parts.h"

struct columns {
	size_t variable, key, type, standard;
};

struct table {
	struct writer *out;
	const struct keys *keys;
	const struct deploycfg_snapshot *cfg;
	const struct names *taken; /* by all that there is */
	struct columns *columns;   /* learned while written */
	bool failed;
};

static void write_type(const struct table *table, const struct key *key)
{
	enum deploycfg_type type = tool_type(table->keys, key);
	enum deploycfg_type items = tool_items(table->keys, key);

	tool_text(table->out, type == DEPLOYCFG_NONE ? "any" : deploycfg_type_name(type));
	if (items != DEPLOYCFG_NONE) {
		tool_text(table->out, " of ");
		tool_text(table->out, deploycfg_type_name(items));
	}
}

static void write_list_or_map(struct table *table, const struct deploycfg_entry *entry)
{
	struct dump all = {.sight = {table->keys->schema, DEPLOYCFG_FLAG_MASKED},
			   .only = entry};
	struct one_line line;

	if (tool_one_line(&all, entry, &line))
		tool_escaped(table->out, &tool_escapes_show, line.bytes, line.length);
	else
		table->failed = true;
	free(line.owned);
}

static void write_default(struct table *table, const struct key *key)
{
	const struct deploycfg_entry *entry = tool_field(table->keys, key, "default");
	struct sight sight = {table->keys->schema, DEPLOYCFG_FLAG_MASKED};

	if (!entry)
		tool_text(table->out, "-");
	else if (!tool_shown(table->keys, key, "default"))
		tool_text(table->out, TOOL_MASK);
	else if (deploycfg_entry_type(entry) == DEPLOYCFG_LIST ||
		 deploycfg_entry_type(entry) == DEPLOYCFG_MAP)
		write_list_or_map(table, entry);
	else
		tool_yaml_scalar(table->out, &sight, entry);
}

/* What is said of the key, and why it has no variable; reason: "" where it has one. */
static void write_doc(const struct table *table, const struct key *key,
		      const char *reason)
{
	const char *doc = tool_field_text(table->keys, key, "doc");
	size_t length = strcspn(doc, "\r\n");

	tool_escaped(table->out, &tool_escapes_show, doc, length);
	if (!*reason)
		return;
	tool_text(table->out, length ? " (" : "(");
	tool_text(table->out, reason);
	tool_text(table->out, ")");
}

/* What follows the variable, which begins the line. */
static void end_line(struct table *table, const struct key *key, const char *reason)
{
	struct columns *columns = table->columns;
	struct writer *out = table->out;
	size_t begin = tool_end_column(out, 0, &columns->variable);

	tool_show(out, tool_field_text(table->keys, key, "key"));
	begin = tool_end_column(out, begin, &columns->key);
	write_type(table, key);
	begin = tool_end_column(out, begin, &columns->type);
	write_default(table, key);
	tool_widen(&columns->standard, out->column - begin);
	if (*reason || *tool_field_text(table->keys, key, "doc")) {
		(void)tool_end_column(out, begin, &columns->standard);
		write_doc(table, key, reason);
	}
	tool_text(out, "\n");
}

/* Of a map its keys have some: of an open one any, of another those that are declared. */
bool tool_env_variable(struct writer *out, const struct keys *keys, const struct key *key,
		       const char *prefix, const char **reason)
{
	bool is_map = tool_type(keys, key) == DEPLOYCFG_MAP, named;

	*reason = "no text can override a map";
	if (is_map && !tool_field_true(keys, key, "open"))
		return true;
	if (!tool_env_pattern(out, tool_field_text(keys, key, "key"), prefix, &named))
		return false;
	tool_text(out, named && is_map ? "__<NAME>" : "");
	*reason = named ? "" : "no variable can have its name";
	return true;
}

static const char two_keys[] = "two keys would have one name";

/* Why what there is keeps a key from having its name, and a map those in it from having theirs:
 * something else has it, too, or a reference copied the value. NULL for nothing. */
static const char *why_taken(const struct table *table, const struct key *key)
{
	const char *path = tool_field_text(table->keys, key, "key");
	const char *variable = tool_field_text(table->keys, key, "variable");
	const struct name *name =
		*variable ? tool_names_find(table->taken, variable) : NULL;
	const struct deploycfg_entry *map =
		tool_type(table->keys, key) == DEPLOYCFG_MAP
			? deploycfg_find(table->cfg, path, SIZE_MAX)
			: NULL;

	if (name && strcmp(deploycfg_entry_path(name->entry), path) != 0)
		return two_keys;
	return name ? name->reason : map ? tool_below_reference(map) : NULL;
}

static void write_computed(struct table *table, const struct key *key)
{
	const char *reason = why_taken(table, key);

	if (!reason)
		table->failed |= !tool_env_variable(table->out, table->keys, key,
						    deploycfg_snapshot_prefix(table->cfg),
						    &reason);
	tool_text(table->out, *reason ? "-" : "");
	end_line(table, key, reason);
}

/* A secret may be read from a file that a variable names. */
static void write_file(struct table *table, const struct key *key)
{
	enum deploycfg_type type = tool_type(table->keys, key);
	struct writer nowhere = tool_writer(NULL);
	const char *reason;

	if (!key->secret || type == DEPLOYCFG_LIST || type == DEPLOYCFG_MAP ||
	    why_taken(table, key))
		return;
	table->failed |=
		!tool_env_variable(&nowhere, table->keys, key,
				   deploycfg_snapshot_prefix(table->cfg), &reason);
	if (table->failed || *reason)
		return;
	table->failed |=
		!tool_env_variable(table->out, table->keys, key,
				   deploycfg_snapshot_prefix(table->cfg), &reason);
	tool_text(table->out, "__FILE");
	end_line(table, key, "names a file that holds it");
}

static void write_bound(struct table *table, const struct key *key)
{
	const struct deploycfg_entry *list = tool_field(table->keys, key, "env");
	const char *reason = why_taken(table, key);

	if (!list || (reason && reason != two_keys))
		return; /* no variable can set what is in a copy */
	deploycfg_each_child (table->keys->schema, variable, list) {
		tool_show(table->out, deploycfg_entry_text(variable, NULL));
		end_line(table, key, "");
	}
}

static bool write_all(struct table *table)
{
	for (size_t i = 0; i < table->keys->count; i++) {
		const struct key *key = &table->keys->list[i];

		if (!key->rule)
			continue;
		write_computed(table, key);
		write_file(table, key);
		write_bound(table, key);
	}
	return !table->failed;
}

bool tool_env_table(struct writer *out, const struct keys *keys,
		    const struct deploycfg_snapshot *cfg, const struct names *taken,
		    size_t *width)
{
	struct writer nowhere = tool_writer(NULL);
	struct columns columns = {*width, 0, 0, 0};
	struct table first = {&nowhere, keys, cfg, taken, &columns, false},
		     second = {out, keys, cfg, taken, &columns, false};

	if (!write_all(&first) || !write_all(&second))
		return false;
	*width = columns.variable;
	return true;
}
