/* SPDX-License-Identifier: ISC */
/* What the files of the schema share: rules, a tree of the declared keys. Private to schema/. */
#ifndef DCFG_SCHEMA_RULE_H
#define DCFG_SCHEMA_RULE_H

#include <locale.h>

#include "base/listing.h"
#include "model/interpolate.h"
#include "schema/schema.h"

/* What texts and numbers a scalar may be. */
struct dcfg_bounds {
	bool has_min, has_max;
	union dcfg_scalar min, max;
	struct dcfg_view *choices; /* as dcfg_bounds_key() writes them, sorted */
	size_t choice_count;
	const struct dcfg_pattern *pattern;
};

/* A key that is declared, or the parent of one. */
struct dcfg_rule {
	const struct dcfg_schema_entry *entry; /* NULL: only keys below it are declared */
	const struct dcfg_node *fields;        /* the entry as a map */
	struct dcfg_origin origin;    /* of the key in its entry, or of one below it */
	struct dcfg_view path;        /* NUL-terminated */
	const struct dcfg_name *name; /* NULL for the root, `*` and `[]` */
	struct dcfg_rule *parent, *next;
	struct dcfg_rule *first, *last; /* children by name, in the order of the schema */
	struct dcfg_rule *any, *items;  /* `*` and `[]` below it */
	struct dcfg_bounds *bounds;     /* NULL for none */
	struct dcfg_node *preset;       /* its default, judged; NULL for none */
	uint32_t number, children;      /* children: by name */
	uint32_t *excluded; /* numbers of those that `conflicts` names, once asked for */
	enum deploycfg_type type; /* NONE: any */
	uint32_t layers;          /* that may set it, as bits; 0 for all */
	uint16_t flags;           /* of its nodes: DCFG_IS_* */
	bool guards;              /* a key in it may not be set by all layers */
	bool open;                /* a MAP: any key may stand in it */
	bool required;
	bool is_wrong; /* its entry or one below it: no value of the schema is judged by it */
	bool is_items;  /* made from what the entry of a list says of its items */
	bool completes; /* it or a key below it has something to do for completion */
	bool presets;   /* a key below it, by names, has a default */
	bool told; /* something was reported that explains why it is missing, such as what
			 * was meant to be it; of one of many see DCFG_TOLD */
};

struct dcfg_rule_slot {
	const struct dcfg_rule *parent;
	const struct dcfg_name *name;
	struct dcfg_rule *rule;
};

struct dcfg_schema {
	struct dcfg_schema_scope scope;
	const struct dcfg_schema_document *documents;
	size_t document_count;
	struct dcfg_rule root;
	struct dcfg_rule **declared; /* those with an entry, in the order of the schema */
	size_t declared_count, rule_count;
	struct dcfg_rule_slot *slots; /* named children by parent and name */
	size_t slot_count, slot_capacity;
	struct dcfg_schema_variable *variables;
	size_t variable_count;
	struct dcfg_pattern_step *pattern_room; /* where they are compiled */
	struct dcfg_pattern_run *pattern_run;   /* where texts are judged by them */
	size_t pattern_steps;                   /* of all together */
	uint64_t pattern_work;                  /* steps taken for all texts */
	bool work_is_told;           /* that judging by patterns took too much */
	locale_t locale;             /* of patterns; 0 without */
	size_t comparisons;          /* made for suggestions */
	size_t wrong;                /* mistakes that were reported */
	struct dcfg_intern united;   /* paths of lists that are sets: unique.c */
	struct dcfg_intern mistakes; /* places and what is wrong there: once.c */
	bool lacks_keys;             /* of entries that are wrong */
	bool hides_values; /* its own: it is not known which keys were to be secret */
	bool full;         /* no more keys fit, as was reported */
	bool tells;        /* of a rule that it is told */
};

/* Room for "the text '...'". */
#define DCFG_QUOTE_SIZE 96

struct dcfg_step {
	const struct dcfg_name *name; /* NULL: an index */
	size_t index;
};

/* A tree on its way through the rules. */
struct dcfg_judging {
	struct dcfg_context *context;
	struct dcfg_schema *schema;
	const struct dcfg_node *weaker; /* what it will be laid over; NULL for nothing */
	const char
		*subject; /* "default", "example": the schema judges itself; else NULL */
	struct dcfg_view base; /* path of the root */
	struct dcfg_step way[DCFG_DEPTH_MAX + 1];
	size_t depth;
	bool again; /* the effective tree: only what references yielded is new in it */
	bool misplaced; /* in a layer that may not set it, as was reported */
	const struct dcfg_node *copied; /* the value that one of them did, or NULL */
	struct dcfg_trail trail;        /* in weaker */
};

/* path.c: keys as a schema writes them. */
enum dcfg_path_part {
	DCFG_PART_END,
	DCFG_PART_NAME,
	DCFG_PART_ANY,
	DCFG_PART_ITEMS
};

struct dcfg_path_reader {
	struct dcfg_view rest;
	bool begun;
	const char *problem; /* not NULL: it is malformed, and at its end */
};

/* name: interned where `make`, else found, and NULL where nobody has it. */
enum dcfg_path_part dcfg_path_read(struct dcfg_context *context,
				   struct dcfg_path_reader *reader, bool make,
				   const struct dcfg_name **name);

/* lookup.c */
struct dcfg_rule *dcfg_rule_make(struct dcfg_context *context, struct dcfg_schema *schema,
				 struct dcfg_rule *parent, enum dcfg_path_part part,
				 const struct dcfg_name *name, struct dcfg_origin origin);
/* By its very name, NULL for none. */
struct dcfg_rule *dcfg_rule_named(const struct dcfg_schema *schema,
				  const struct dcfg_rule *parent,
				  const struct dcfg_name *name);
/* The rule of a map's key: its own, else that of `*`. `last`: where to look behind first, or
 * NULL. */
struct dcfg_rule *
dcfg_rule_of(const struct dcfg_schema *schema, const struct dcfg_rule *parent,
	     const struct dcfg_rule *last, const struct dcfg_name *name);
/* Something was reported that explains why its key, which is none of many, is missing. */
void dcfg_rule_tell(struct dcfg_schema *schema, struct dcfg_rule *rule);
/* No value that the schema has for it, or for those above it, is judged. */
void dcfg_rule_spoil(struct dcfg_rule *rule);
/* By a path as schemas write it; NULL for none. */
struct dcfg_rule *dcfg_rule_find(struct dcfg_context *context, struct dcfg_schema *schema,
				 struct dcfg_view path);
/* By the path of a value. */
const struct dcfg_rule *dcfg_rule_at(struct dcfg_context *context,
				     const struct dcfg_schema *schema,
				     struct dcfg_view path);
/* Whether elements or free names lead to it: then there may be many of its key. */
bool dcfg_rule_is_many(const struct dcfg_rule *rule);

/* declare.c: entries to rules. */
bool dcfg_declare(struct dcfg_context *context, struct dcfg_schema *schema,
		  const struct dcfg_schema_document *documents, size_t count);

/* field.c */
const struct dcfg_node *dcfg_field(const struct dcfg_context *context,
				   const struct dcfg_rule *rule, const char *name);
/* Its place; `index`: of an item of its list, SIZE_MAX for the field. */
struct dcfg_origin dcfg_field_origin(const struct dcfg_context *context,
				     const struct dcfg_rule *rule, const char *name,
				     size_t index);
/* A mistake of the schema. Arguments are evaluated only where somebody will read them: places of
 * items cost. */
struct deploycfg_error *dcfg_schema_report(struct dcfg_context *context,
					   struct dcfg_origin origin, const char *key,
					   const char *format, ...) DCFG_PRINTF(4, 5);
#define dcfg_schema_fail(context, schema, ...)                                           \
	((schema)->wrong++, dcfg_only_counts(context, DEPLOYCFG_ERROR)                   \
				    ? NULL                                               \
				    : dcfg_schema_report(context, __VA_ARGS__))
/* "an int" */
const char *dcfg_type_phrase(enum deploycfg_type type);
/* The nearest of several names, as a hint. */
void dcfg_hint_names(struct deploycfg_error *error, struct dcfg_view word,
		     const struct dcfg_view *names, size_t count, const char *what);

/* check.c: what one entry says, judged by its type. */
void dcfg_check_entry(struct dcfg_context *context, struct dcfg_schema *schema,
		      struct dcfg_rule *rule);

/* scope.c: which layers may set it, and where it is required. */
void dcfg_check_sources(struct dcfg_context *context, struct dcfg_schema *schema,
			struct dcfg_rule *rule);
void dcfg_check_required(struct dcfg_context *context, struct dcfg_schema *schema,
			 struct dcfg_rule *rule, const struct dcfg_name *required);
/* How `sources` calls the layer of a value: "base", "environment". */
const char *dcfg_layer_kind(const struct dcfg_context *context,
			    struct dcfg_origin origin);
/* The layers that may set a key, the weakest first: "base, environment". */
const char *dcfg_layers_list(struct dcfg_context *context, const struct dcfg_rule *rule);
bool dcfg_layer_is_allowed(const struct dcfg_rule *rule, int layer);
bool dcfg_layer_may_set(const struct dcfg_context *context, const struct dcfg_rule *rule,
			struct dcfg_origin origin);

/* once.c */
struct dcfg_told {
	const struct dcfg_node *node;
	enum deploycfg_severity severity;
	enum deploycfg_status status;
	struct dcfg_place place;
	const char *key;
	const char *part; /* of the node, that it is about; "" for itself */
	const char *message;
};
/* Reports it. NULL, and it is only added to that, where it was told of the node whose alias this
 * one is in. */
struct deploycfg_error *dcfg_report_once(struct dcfg_context *context,
					 struct dcfg_schema *schema,
					 const struct dcfg_told *told);

/* refer.c: other keys that an entry names. */
void dcfg_check_references(struct dcfg_context *context, struct dcfg_schema *schema,
			   struct dcfg_rule *rule);
/* The last rule that two have above them. */
const struct dcfg_rule *dcfg_rule_meet(const struct dcfg_rule *a,
				       const struct dcfg_rule *b);

/* conceal.c: whether a key is secret, or it or what it is in has the name of one. */
bool dcfg_rule_is_concealed(const struct dcfg_rule *rule);

/* What a message quotes of a text that the schema has of a key. */
struct dcfg_view dcfg_rule_shown(const struct dcfg_rule *rule, struct dcfg_view text);

/* Tells what a schema says of secrets to all who write messages. */
void dcfg_schema_conceal(struct dcfg_context *context, const struct dcfg_schema *schema);

/* variable.c: names of variables. */
void dcfg_check_variables(struct dcfg_context *context, struct dcfg_schema *schema);
/* Of a value's path, without a NUL; empty where it has none. */
struct dcfg_view dcfg_variable_of(struct dcfg_context *context,
				  const struct dcfg_schema *schema,
				  struct dcfg_view path);

/* defaults.c */
/* What the schema gives to show what a value looks like, cut to a line; NULL for none. */
const char *dcfg_example_of(struct dcfg_context *context, const struct dcfg_rule *rule);
void dcfg_check_defaults(struct dcfg_context *context, struct dcfg_schema *schema);
/* A default for a key that is absent: `node` is the removed one of that key, or NULL. */
struct dcfg_node *dcfg_preset_give(struct dcfg_context *context,
				   const struct dcfg_rule *rule, struct dcfg_node *parent,
				   struct dcfg_node *node);

/* bounds.c */
bool dcfg_bounds_given(const struct dcfg_schema_entry *entry);
void dcfg_bounds_compile(struct dcfg_context *context, struct dcfg_schema *schema,
			 const struct dcfg_rule *rule, struct dcfg_rule *judged);
bool dcfg_bounds_judge(struct dcfg_judging *judging, const struct dcfg_rule *rule,
		       const struct dcfg_node *node);

/* choice.c */
void dcfg_choices_compile(struct dcfg_context *context, struct dcfg_schema *schema,
			  const struct dcfg_rule *rule, enum deploycfg_type type,
			  struct dcfg_bounds *bounds);
bool dcfg_choices_have(const struct dcfg_bounds *bounds, enum deploycfg_type type,
		       const union dcfg_scalar *value, struct dcfg_view text);
/* "debug, info, ..." */
struct dcfg_listing dcfg_choices_list(const struct dcfg_schema_entry *entry);

/* pattern.c */
const struct dcfg_pattern *dcfg_pattern_compile(struct dcfg_context *context,
						struct dcfg_schema *schema,
						const struct dcfg_rule *rule);
/* pattern_match.c */
enum dcfg_match {
	DCFG_MATCHES,
	DCFG_DIFFERS,
	DCFG_TOO_LONG, /* than a text that a pattern judges may be */
	DCFG_TOO_MUCH  /* was done for other texts already */
};
enum dcfg_match dcfg_pattern_match(struct dcfg_schema *schema,
				   const struct dcfg_pattern *pattern,
				   struct dcfg_view text);
#define DCFG_PATTERN_TEXT_MAX ((size_t)4 * 1024)
/* Steps taken for all texts together. */
#define DCFG_PATTERN_WORK_MAX 100000000

/* report.c */
struct dcfg_view dcfg_judged_path(const struct dcfg_judging *judging,
				  char buffer[DCFG_PATH_MAX]);
const char *dcfg_judged_key(const struct dcfg_judging *judging);
/* What the value will be laid over; NULL for nothing. */
struct dcfg_node *dcfg_judged_weaker(struct dcfg_judging *judging);
/* "the text 'x'", or without the text of a secret. */
const char *dcfg_quote(const struct dcfg_judging *judging, char buffer[DCFG_QUOTE_SIZE],
		       const struct dcfg_rule *rule, const struct dcfg_node *node);
/* Whether no message may tell the value's text. */
bool dcfg_judged_is_concealed(const struct dcfg_judging *judging,
			      const struct dcfg_rule *rule, const struct dcfg_node *node);
/* Adds the reference that brought a value to where it is, if it is part of a copy. */
void dcfg_relate_copied(struct dcfg_judging *judging, struct deploycfg_error *error,
			const struct dcfg_node *node);
/* An error about a value, with what it overrides and where the key is declared. */
struct deploycfg_error *
dcfg_judge_fail(struct dcfg_judging *judging, const struct dcfg_rule *rule,
		const struct dcfg_node *node, enum deploycfg_status status,
		const char *format, ...) DCFG_PRINTF(5, 6);
/* What a rule takes, as "an int" is one. */
const char *dcfg_wanted(const struct dcfg_rule *rule);
/* A hint that also names the variable or option that has the value. */
void dcfg_judge_hint(struct dcfg_judging *judging, struct deploycfg_error *error,
		     const struct dcfg_node *node, const char *hint);
/* A value of a kind that the rule does not take. */
void dcfg_fail_kind(struct dcfg_judging *judging, const struct dcfg_rule *rule,
		    const struct dcfg_node *node);

/* suggest.c */
/* False where the key may not stay. */
bool dcfg_judge_unknown(struct dcfg_judging *judging, const struct dcfg_rule *parent,
			struct dcfg_node *node);
/* The nearest declared key of a path that none has; empty for none. with_many: `[]` and `*` may be
 * in it, as schemas write them. */
struct dcfg_view dcfg_nearest_rule(struct dcfg_schema *schema, struct dcfg_view path,
				   bool with_many);

/* misplaced.c: tells of an unknown key that it is declared, only not as it was written, if so. */
bool dcfg_hint_misplaced(struct dcfg_judging *judging, struct deploycfg_error *error,
			 const struct dcfg_rule *parent, const struct dcfg_node *node);

/* scalar.c, list.c, judge.c: false where the value may not stay. */
bool dcfg_judge_scalar(struct dcfg_judging *judging, const struct dcfg_rule *rule,
		       struct dcfg_node *node);
bool dcfg_judge_list(struct dcfg_judging *judging, const struct dcfg_rule *rule,
		     struct dcfg_node *node);
bool dcfg_judge_value(struct dcfg_judging *judging, const struct dcfg_rule *rule,
		      struct dcfg_node *node);
/* Text without its escaped references; false where it holds one that is not. */
bool dcfg_judge_expand(struct dcfg_judging *judging, struct dcfg_node *node);

/* unique.c */
/* Whether two values are the same, maps in any order of their keys. */
bool dcfg_node_equal(const struct dcfg_context *context, const struct dcfg_node *a,
		     const struct dcfg_node *b);
/* Takes out of a list what it has before. */
void dcfg_list_distinct(struct dcfg_context *context, struct dcfg_node *list);
/* The same, and what the weaker one has. */
void dcfg_list_unite(struct dcfg_judging *judging, struct dcfg_node *list);
/* Elements of a list change where they stand. */
void dcfg_list_forget(struct dcfg_judging *judging);

/* node.c */
struct dcfg_node *dcfg_node_copy(struct dcfg_context *context,
				 const struct dcfg_node *from);
/* Marks what no rule knows of, below a key of which something is said. */
void dcfg_node_mark(struct dcfg_node *top, uint16_t flags);
/* Takes the child behind `before` out of its list or map; before: the last for the first. */
void dcfg_node_remove(struct dcfg_node *before, struct dcfg_node *child);

/* replaces.c: marks what needs !replace in a layer. */
void dcfg_mark_replaces(struct dcfg_context *context, const struct dcfg_rule *rule,
			struct dcfg_node *node);

/* require.c, whole.c: what only the whole can tell of one key. */
struct dcfg_completion {
	struct dcfg_context *context;
	struct dcfg_schema *schema;
	const struct dcfg_intern *skipped; /* paths; `first` of each is its value */
};
/* A key without a value, and all below it: `at` is the nearest node that there is, whose rule is
 * `above`. */
void dcfg_require(const struct dcfg_completion *completion, const struct dcfg_rule *rule,
		  const struct dcfg_node *at, const struct dcfg_rule *above);
/* A key that has one. */
void dcfg_judge_whole(const struct dcfg_completion *completion,
		      const struct dcfg_rule *rule, const struct dcfg_node *node);

/* What is wrong with the number of a list's items. */
struct dcfg_miscount {
	const char *field; /* that it breaks */
	uint32_t bound;
	bool few;
};
/* The problem in words, in the arena; NULL for none. */
const char *dcfg_miscount(struct dcfg_context *context,
			  const struct dcfg_schema_entry *entry,
			  const struct dcfg_node *list, struct dcfg_miscount *miscount);

#endif
