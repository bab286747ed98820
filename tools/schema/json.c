/* SPDX-License-Identifier: ISC */
/* deploycfg schema --format json-schema: for editors of layer files. A layer need not say
 * everything, so nothing in it is required. Must not know what a scalar may be. */
#include "schema/json.h"

#include <stdlib.h>
#include <string.h>

#include "format.h"
#include "schema.h"
#include "schema/facts.h"
#include "status.h"

static void members(struct json_schema *to, const struct key *key);

/* The one text that editors show. */
static void description(struct json_schema *to, const struct key *key)
{
	const char *heir = tool_field_text(to->keys, key, "replaced_by");
	struct text text = {NULL, 0, 0, false};
	struct writer out = {NULL, &text, 0};

	tool_say_doc(&out, to->keys, key);
	if (*heir) {
		tool_text(&out, text.length ? "\nUse instead: " : "Use instead: ");
		tool_text(&out, heir);
	}
	if (text.length) {
		tool_json_lead(&to->json, "description");
		tool_quoted(to->json.out, &tool_escapes_json, text.bytes, text.length);
	}
	tool_hand_on(to->json.out, &text);
	free(text.bytes);
}

static void remarks(struct json_schema *to, const struct key *key)
{
	const struct deploycfg_entry *standard = tool_shown(to->keys, key, "default");
	const struct deploycfg_entry *example = tool_shown(to->keys, key, "example");

	description(to, key);
	if (tool_field_true(to->keys, key, "deprecated") ||
	    tool_field(to->keys, key, "replaced_by"))
		tool_json_word(&to->json, "deprecated", "true");
	if (key->secret)
		tool_json_word(&to->json, "writeOnly", "true");
	if (standard)
		tool_json_value(to, "default", standard, key, DEPLOYCFG_NONE);
	if (!example)
		return;
	tool_json_begin(&to->json, "examples", '[');
	tool_json_value(to, NULL, example, key, DEPLOYCFG_NONE);
	tool_json_end(&to->json, ']');
}

static void whole(struct json_schema *to, const char *name, const struct key *key)
{
	tool_json_begin(&to->json, name, '{');
	remarks(to, key);
	members(to, key);
	tool_json_end(&to->json, '}');
}

/* A layer, or a block of one, is no value that a reference could give. */
static void layer(struct json_schema *to)
{
	tool_json_lead(&to->json, "type");
	tool_text(to->json.out, "[\"object\", \"null\"]");
}

/* A part of a pointer that stands in a URI. */
static void pointer(struct writer *out, const char *name)
{
	static const char as_it_is[] = "-._";
	char code[4];

	for (; *name; name++) {
		unsigned char byte = (unsigned char)*name;

		if (byte == '~' || byte == '/')
			tool_text(out, byte == '~' ? "~0" : "~1");
		else if ((byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
			 (byte >= 'a' && byte <= 'z') || strchr(as_it_is, byte))
			tool_bytes(out, name, 1);
		else {
			snprintf(code, sizeof(code), "%%%02X", byte);
			tool_text(out, code);
		}
	}
}

static void refer(struct json_schema *to, const char *name, const char *where,
		  const char *part, const char *behind)
{
	tool_json_begin(&to->json, name, '{');
	tool_json_lead(&to->json, "$ref");
	tool_text(to->json.out, "\"#/");
	tool_text(to->json.out, where);
	pointer(to->json.out, part);
	tool_text(to->json.out, behind);
	tool_text(to->json.out, "\"");
	tool_json_end(&to->json, '}');
}

static const struct deploycfg_entry *environments(const struct json_schema *to)
{
	return deploycfg_find(to->keys->schema, "environments", SIZE_MAX);
}

static const char sign[] = "when@";

/* Whether a key has the name of a block for an environment. */
static bool is_block(const struct json_schema *to, const struct key *key)
{
	if (strncmp(key->name, sign, strlen(sign)) != 0)
		return false;
	deploycfg_each_child (to->keys->schema, name, environments(to)) {
		if (strcmp(deploycfg_entry_text(name, NULL), key->name + strlen(sign)) ==
		    0)
			return true;
	}
	return false;
}

static bool has_key(const struct key *root, const char *environment)
{
	const struct key *key = root->first;

	while (key && (strncmp(key->name, sign, strlen(sign)) != 0 ||
		       strcmp(key->name + strlen(sign), environment) != 0))
		key = key->next;
	return key != NULL;
}

/* The pattern of all names of blocks that no key has; they hold nothing that means something to
 * a pattern. */
static void name_blocks(const struct json_schema *to, struct writer *out)
{
	const char *before = "^when@(?:";

	deploycfg_each_child (to->keys->schema, entry, environments(to)) {
		const char *name = deploycfg_entry_text(entry, NULL);

		if (has_key(to->keys->list, name))
			continue;
		tool_text(out, before);
		tool_text(out, name);
		before = "|";
	}
	tool_bytes(out, ")$", *before == '|' ? sizeof(")$") : 0);
}

/* Blocks for environments. Between quotes the name is that of a key, as `*` declares any. */
static void blocks(struct json_schema *to)
{
	struct text text = {NULL, 0, 0, false};
	struct writer out = {NULL, &text, 0};
	bool has_any = tool_child(to->keys->list, SEGMENT_ANY) != NULL;

	name_blocks(to, &out);
	if (text.length && !text.failed && has_any) {
		tool_json_begin(&to->json, text.bytes, '{');
		tool_json_begin(&to->json, "anyOf", '[');
		refer(to, NULL, "$defs/layer", "", "");
		refer(to, NULL, "additionalProperties", "", "");
		tool_json_end(&to->json, ']');
		tool_json_end(&to->json, '}');
	} else if (text.length && !text.failed)
		refer(to, text.bytes, "$defs/layer", "", "");
	tool_hand_on(to->json.out, &text);
	free(text.bytes);
}

/* A key at the top whose name is that of a block, where it stands without quotes. */
static void key_or_block(struct json_schema *to, const struct key *key)
{
	tool_json_begin(&to->json, key->name, '{');
	tool_json_begin(&to->json, "anyOf", '[');
	whole(to, NULL, key);
	refer(to, NULL, "$defs/layer", "", "");
	tool_json_end(&to->json, ']');
	tool_json_end(&to->json, '}');
}

/* Free names, and at the top blocks for environments. */
static void patterns(struct json_schema *to, const struct key *key)
{
	bool has_any = tool_child(key, SEGMENT_ANY) != NULL;
	bool is_root = key == to->keys->list;

	if (has_any && !is_root)
		return;
	tool_json_begin(&to->json, "patternProperties", '{');
	if (!has_any)
		tool_json_word(&to->json, "^x-", "true");
	if (is_root)
		blocks(to);
	tool_json_end(&to->json, '}');
}

/* What may stand in a map beside the keys that have a declaration of their own. */
static void others(struct json_schema *to, const struct key *key)
{
	const struct key *any = tool_child(key, SEGMENT_ANY);

	if (any)
		whole(to, "additionalProperties", any);
	else if (!tool_field_true(to->keys, key, "open"))
		tool_json_word(&to->json, "additionalProperties", "false");
}

static void properties(struct json_schema *to, const struct key *key)
{
	tool_json_begin(&to->json, "properties", '{');
	for (const struct key *child = key->first; child; child = child->next) {
		if (key == to->keys->list && is_block(to, child))
			key_or_block(to, child);
		else if (child->segment == SEGMENT_NAME)
			whole(to, child->name, child);
	}
	tool_json_end(&to->json, '}');
}

static void map_members(struct json_schema *to, const struct key *key)
{
	if (tool_child(key, SEGMENT_NAME))
		properties(to, key);
	patterns(to, key);
	others(to, key);
}

/* Items that have no declaration but that of their list. Returns what they are. */
static void plain_item(struct json_schema *to, const struct key *key)
{
	enum deploycfg_type type = tool_items(to->keys, key);

	if (type == DEPLOYCFG_MAP || type == DEPLOYCFG_LIST)
		tool_json_nest(to, type);
	else
		tool_json_scalar(to, type, key);
}

static void declared_item(struct json_schema *to, const struct key *item)
{
	remarks(to, item);
	members(to, item);
}

static void items(struct json_schema *to, const struct key *key)
{
	const struct key *item = tool_child(key, SEGMENT_ITEM);

	tool_json_begin(&to->json, "items", '{');
	if (item)
		declared_item(to, item);
	else
		plain_item(to, key);
	tool_json_end(&to->json, '}');
}

/* How few items may be in it says the whole configuration, to which a layer may add. One that
 * is too long alone helps nobody, unless what it repeats does not count. */
static void list_members(struct json_schema *to, const struct key *key)
{
	const char *most = tool_field_text(to->keys, key, "max_items");

	items(to, key);
	if (*most && strcmp(tool_field_text(to->keys, key, "merge"), "unique") != 0)
		tool_json_word(&to->json, "maxItems", most);
}

/* Depth is bounded by that of declared paths. */
static void members(struct json_schema *to, const struct key *key)
{
	enum deploycfg_type type = tool_type(to->keys, key);

	if (type == DEPLOYCFG_MAP || type == DEPLOYCFG_LIST)
		tool_json_nest(to, type);
	if (type == DEPLOYCFG_MAP)
		map_members(to, key);
	else if (type == DEPLOYCFG_LIST)
		list_members(to, key);
	else
		tool_json_scalar(to, type, key);
}

/* A block for one environment: the same keys, and no block in it. */
static void block(struct json_schema *to, const struct key *root)
{
	tool_json_begin(&to->json, "layer", '{');
	layer(to);
	tool_json_begin(&to->json, "properties", '{');
	for (const struct key *child = root->first; child; child = child->next) {
		if (child->segment == SEGMENT_NAME)
			refer(to, child->name, "properties/", child->name,
			      is_block(to, child) ? "/anyOf/0" : "");
	}
	tool_json_end(&to->json, '}');
	if (tool_child(root, SEGMENT_ANY)) {
		refer(to, "additionalProperties", "additionalProperties", "", "");
	} else {
		tool_json_begin(&to->json, "patternProperties", '{');
		tool_json_word(&to->json, "^x-", "true");
		tool_json_end(&to->json, '}');
		tool_json_word(&to->json, "additionalProperties", "false");
	}
	tool_json_end(&to->json, '}');
}

static void title(struct json_schema *to)
{
	const char *prefix = tool_prefix_of(to->keys);

	tool_json_lead(&to->json, "title");
	tool_text(to->json.out, *prefix ? "\"Configuration of " : "\"Configuration");
	tool_text(to->json.out, prefix);
	tool_text(to->json.out, "\"");
}

static int write_json_schema(const struct dump *dump)
{
	struct keys keys;
	struct json_schema to = {{dump->out, 0, false}, &keys, 0};
	int status = tool_schema_begin(&keys, dump);

	if (status == TOOL_OK) {
		tool_json_begin(&to.json, NULL, '{');
		tool_json_text(&to.json, "$schema",
			       "https://json-schema.org/draft/2020-12/schema");
		title(&to);
		layer(&to);
		map_members(&to, keys.list);
		tool_json_begin(&to.json, "$defs", '{');
		block(&to, keys.list);
		tool_json_definitions(&to);
		tool_json_end(&to.json, '}');
		tool_json_end(&to.json, '}');
		tool_text(dump->out, "\n");
	}
	tool_keys_fini(&keys);
	return status;
}

const struct format tool_format_json_schema = {"json-schema", write_json_schema};
