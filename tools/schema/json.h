/* SPDX-License-Identifier: ISC */
/* The parts of a JSON Schema that are written in files of their own. */
#ifndef TOOL_SCHEMA_JSON_H
#define TOOL_SCHEMA_JSON_H

#include "json_nest.h"
#include "schema/keys.h"

/* Types that look the same wherever nothing limits them, and stand once, in $defs. */
enum definition {
	DEFINITION_BOOL,
	DEFINITION_INT,
	DEFINITION_FLOAT,
	DEFINITION_EXACT, /* a number that is a float, as not all whole ones are */
	DEFINITION_DURATION,
	DEFINITION_SIZE,
	DEFINITION_COUNT
};

struct json_schema {
	struct json json;
	const struct keys *keys;
	unsigned used; /* bits of enum definition */
};

/* The members that say what a scalar of this type may be, limited by the declaration of a key,
 * which may be that of its list. */
void tool_json_scalar(struct json_schema *to, enum deploycfg_type type,
		      const struct key *key);

/* The same of a key with choices. */
void tool_json_choices(struct json_schema *to, enum deploycfg_type type,
		       const struct deploycfg_entry *list);

/* A reference in a text, as a pattern in JSON. */
#define TOOL_JSON_REFERENCE "(?:^|[^$])\\\\$\\\\{"

/* Whole numbers, in the unit of their type. */
typedef int64_t tool_reader(const struct deploycfg_entry *entry,
			    struct deploycfg_errors **errors);
int64_t tool_read_size(const struct deploycfg_entry *entry,
		       struct deploycfg_errors **errors);

/* What a whole number may be, in the unit of its type. */
struct limits {
	int64_t least, most;
	bool given;
};

/* The members of these types. */
void tool_json_bool(struct json_schema *to, bool yes, bool no); /* which it may be */
void tool_json_int(struct json_schema *to, const struct limits *limits);
void tool_json_duration(struct json_schema *to, const struct limits *limits);
void tool_json_size(struct json_schema *to, const struct limits *limits);

/* The same; key: whose limits, NULL for none. */
void tool_json_float(struct json_schema *to, const struct key *key);
void tool_json_exact(struct json_schema *to);
void tool_json_float_choices(struct json_schema *to, const struct deploycfg_entry *list);

/* An object for a number without a unit. */
void tool_json_integer(struct json_schema *to, const struct limits *limits);

/* An object for a string whose whole text matches a pattern, which the caller writes in between
 * as JSON, or that holds a reference: what that gives is known to nobody yet. say: what an editor
 * shows where it does not, since nobody can read the pattern. */
void tool_json_begin_pattern(struct json_schema *to, const char *say);
void tool_json_end_pattern(struct json_schema *to);

/* An object for null. */
void tool_json_null(struct json *json, const char *name);

/* The members of a list or map, which is one value to a reference: its other members follow. */
void tool_json_nest(struct json_schema *to, enum deploycfg_type type);

/* Refers to one. */
void tool_json_defined(struct json_schema *to, enum definition definition);

/* All definitions that were used. */
void tool_json_definitions(struct json_schema *to);

/* A value of the schema, such as a default: as the declaration of a key says it is meant, NULL
 * for none. items: the type where key is NULL. */
void tool_json_value(struct json_schema *to, const char *name,
		     const struct deploycfg_entry *value, const struct key *key,
		     enum deploycfg_type items);

/* Whether YAML would read an unquoted text as a number that is not this very text; writes the
 * number. */
bool tool_json_number_of(const struct deploycfg_entry *entry, char number[32]);

#endif
