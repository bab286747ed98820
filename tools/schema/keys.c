/* SPDX-License-Identifier: ISC */
/* From a list of declarations to a tree. Must not know what is generated from it. */
#include "schema/keys.h"

#include <stdlib.h>
#include <string.h>

/* One part of a path. */
struct part {
	enum segment segment;
	const char *name;
};

/* A declared path, taken apart. */
struct path {
	const struct part *parts;
	size_t count;
	const struct deploycfg_entry *rule;
};

/* Takes a quoted name and unquotes it to `names`. */
static const char *take_quoted(const char *at, char **names)
{
	for (at++; *at && *at != '"'; at++) {
		if (*at == '\\' && at[1])
			at++;
		*(*names)++ = *at;
	}
	return *at ? at + 1 : at;
}

static const char *take_plain(const char *at, char **names)
{
	size_t length = strcspn(at, ".[");

	memcpy(*names, at, length);
	*names += length;
	return at + length;
}

/* Takes one part off a well-formed path. */
static const char *take_part(const char *at, struct part *part, char **names)
{
	*part = (struct part){SEGMENT_NAME, *names};
	if (*at == '.')
		at++;
	if (*at == '[') {
		*part = (struct part){SEGMENT_ITEM, ""};
		return at + strcspn(at, "]") + 1;
	}
	if (*at == '*') {
		*part = (struct part){SEGMENT_ANY, ""};
		return at + 1;
	}
	at = *at == '"' ? take_quoted(at, names) : take_plain(at, names);
	*(*names)++ = '\0';
	return at;
}

static const struct key *find_part(const struct key *above, const struct part *part)
{
	const struct key *key = above->first;

	while (key &&
	       (key->segment != part->segment || strcmp(key->name, part->name) != 0))
		key = key->next;
	return key || part->segment != SEGMENT_NAME ? key
						    : tool_child(above, SEGMENT_ANY);
}

/* Whether what is below a key may be there without a declaration of its own. */
static bool is_open(const struct keys *keys, const struct key *key,
		    const struct part *part)
{
	if (part->segment == SEGMENT_ITEM)
		return !tool_child(key, SEGMENT_ITEM);
	return strncmp(part->name, "x-", 2) == 0 || tool_field_true(keys, key, "open") ||
	       (!key->first && tool_type(keys, key) == DEPLOYCFG_NONE);
}

bool tool_find_key(const struct keys *keys, const char *path, const struct key **found,
		   bool *open)
{
	char *names = malloc(strlen(path) + 1);
	const struct key *key = keys->list;

	if (!names)
		return false;
	*open = false;
	while (key && *path) {
		struct part part;
		char *end = names;

		path = take_part(path, &part, &end);
		*open = *open || is_open(keys, key, &part);
		key = find_part(key, &part);
	}
	free(names);
	*found = key;
	return true;
}

static int by_part(const struct part *a, const struct part *b)
{
	if (a->segment != b->segment)
		return a->segment < b->segment ? -1 : 1;
	return strcmp(a->name, b->name);
}

static int by_parts(const void *left, const void *right)
{
	const struct path *a = left, *b = right;

	for (size_t i = 0; i < a->count && i < b->count; i++) {
		int order = by_part(&a->parts[i], &b->parts[i]);

		if (order)
			return order;
	}
	return a->count < b->count ? -1 : a->count > b->count;
}

/* Paths come sorted: what is not the last child is new. */
static struct key *child_of(struct keys *keys, struct key *parent,
			    const struct part *part)
{
	struct key *last = parent->last;
	struct key *key;

	if (last && last->segment == part->segment && strcmp(last->name, part->name) == 0)
		return last;
	key = &keys->list[keys->count++];
	*key = (struct key){
		.segment = part->segment, .name = part->name, .secret = parent->secret};
	if (last)
		last->next = key;
	else
		parent->first = key;
	parent->last = key;
	return key;
}

static void plant(struct keys *keys, const struct path *path)
{
	struct key *key = keys->list;

	for (size_t i = 0; i < path->count; i++)
		key = child_of(keys, key, &path->parts[i]);
	if (!key->rule)
		key->rule = path->rule;
	key->masked = deploycfg_entry_flags(tool_field(keys, key, "key")) &
		      DEPLOYCFG_FLAG_MASKED;
	key->secret = key->secret || tool_field_true(keys, key, "secret");
}

/* What is needed at most. */
struct sizes {
	size_t paths, parts, names;
};

static const char *path_of(const struct deploycfg_snapshot *schema,
			   const struct deploycfg_entry *rule)
{
	deploycfg_each_child (schema, field, rule) {
		if (strcmp(deploycfg_entry_name(field), "key") == 0)
			return deploycfg_entry_text(field, NULL);
	}
	return "";
}

static struct sizes measure(const struct deploycfg_snapshot *schema,
			    const struct deploycfg_entry *list)
{
	struct sizes sizes = {0, 0, 0};

	deploycfg_each_child (schema, rule, list) {
		const char *path = path_of(schema, rule);

		sizes.paths++;
		sizes.names += strlen(path) + 1;
		for (sizes.parts++; *path; path++)
			sizes.parts += *path == '.' || *path == '[';
	}
	return sizes;
}

/* Leaves the paths sorted; returns their number. */
static size_t split(const struct keys *keys, const struct deploycfg_entry *list,
		    struct path *paths, struct part *parts)
{
	char *names = keys->names;
	size_t count = 0;

	deploycfg_each_child (keys->schema, rule, list) {
		const char *at = path_of(keys->schema, rule);
		struct path *path = &paths[count++];

		*path = (struct path){parts, 0, rule};
		while (*at)
			at = take_part(at, &parts[path->count++], &names);
		parts += path->count;
	}
	qsort(paths, count, sizeof(*paths), by_parts);
	return count;
}

bool tool_keys_init(struct keys *keys, const struct sight *schema)
{
	const struct deploycfg_entry *list =
		deploycfg_find(schema->cfg, "keys", SIZE_MAX);
	struct sizes sizes = measure(schema->cfg, list);
	struct path *paths = calloc(sizes.paths + 1, sizeof(*paths));
	struct part *parts = calloc(sizes.parts + 1, sizeof(*parts));
	bool complete;

	*keys = (struct keys){
		.schema = schema->cfg,
		.sight = *schema,
		.list = calloc(sizes.parts + 1, sizeof(*keys->list)),
		.count = 1,
		.names = malloc(sizes.names + 1),
	};
	complete = paths && parts && keys->list && keys->names;
	if (complete) {
		size_t count = split(keys, list, paths, parts);

		keys->list[0].name = "";
		for (size_t i = 0; i < count; i++)
			plant(keys, &paths[i]);
	}
	free(paths);
	free(parts);
	return complete;
}

void tool_keys_fini(struct keys *keys)
{
	free(keys->list);
	free(keys->names);
	*keys = (struct keys){.schema = NULL};
}

const struct deploycfg_entry *tool_field(const struct keys *keys, const struct key *key,
					 const char *name)
{
	deploycfg_each_child (keys->schema, field, key ? key->rule : NULL) {
		if (strcmp(deploycfg_entry_name(field), name) == 0)
			return field;
	}
	return NULL;
}

const struct deploycfg_entry *tool_shown(const struct keys *keys, const struct key *key,
					 const char *name)
{
	const struct deploycfg_entry *field = tool_field(keys, key, name);

	if (!field || deploycfg_entry_flags(field) & keys->sight.masked ||
	    tool_unseen(&keys->sight, field))
		return NULL;
	return field;
}

const struct deploycfg_entry *tool_told(const struct keys *keys,
					const struct deploycfg_entry *value)
{
	return tool_see(&keys->sight, value);
}

const char *tool_field_text(const struct keys *keys, const struct key *key,
			    const char *name)
{
	const struct deploycfg_entry *field = tool_field(keys, key, name);

	return field ? deploycfg_entry_text(field, NULL) : "";
}

bool tool_field_true(const struct keys *keys, const struct key *key, const char *name)
{
	const struct deploycfg_entry *field = tool_field(keys, key, name);

	return field && deploycfg_entry_type(field) != DEPLOYCFG_LIST &&
	       deploycfg_entry_bool(field, NULL);
}

const struct deploycfg_entry *tool_choices(const struct keys *keys, const struct key *key)
{
	const struct deploycfg_entry *list = tool_shown(keys, key, "choices");

	return list && deploycfg_entry_count(list) ? list : NULL;
}

struct key *tool_child(const struct key *key, enum segment segment)
{
	struct key *child = key->first;

	while (child && child->segment != segment)
		child = child->next;
	return child;
}

static enum deploycfg_type type_of_name(const char *name)
{
	for (int type = DEPLOYCFG_BOOL; type <= DEPLOYCFG_PATH; type++) {
		if (strcmp(deploycfg_type_name((enum deploycfg_type)type), name) == 0)
			return (enum deploycfg_type)type;
	}
	return DEPLOYCFG_NONE;
}

enum deploycfg_type tool_type(const struct keys *keys, const struct key *key)
{
	const char *name = tool_field_text(keys, key, "type");

	if (*name)
		return type_of_name(name);
	if (tool_child(key, SEGMENT_ITEM) || tool_field(keys, key, "items"))
		return DEPLOYCFG_LIST;
	if (key == keys->list || key->first || tool_field_true(keys, key, "open"))
		return DEPLOYCFG_MAP;
	return DEPLOYCFG_NONE;
}

enum deploycfg_type tool_items(const struct keys *keys, const struct key *key)
{
	return type_of_name(tool_field_text(keys, key, "items"));
}

/* A map is where one of its keys is. Depth is bounded by that of declared paths. */
bool tool_is_certain(const struct keys *keys, const struct key *key)
{
	const struct deploycfg_entry *standard = tool_field(keys, key, "default");

	if (tool_field_true(keys, key, "required") ||
	    (standard && deploycfg_entry_type(standard) != DEPLOYCFG_NULL))
		return true;
	for (const struct key *child = key->first; child; child = child->next) {
		if (child->segment == SEGMENT_NAME && tool_is_certain(keys, child))
			return true;
	}
	return false;
}
