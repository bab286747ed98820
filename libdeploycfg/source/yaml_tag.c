/* SPDX-License-Identifier: ISC */
/* Tags: the core types, which must agree with what they stand before, and the operators.
 * Knows nothing of what operators do to other layers. */
#include "model/conceal.h"
#include "source/yaml.h"

#define CORE "tag:yaml.org,2002:"

static const struct tag {
	struct dcfg_view text;
	enum deploycfg_type type; /* NONE for operators */
	enum dcfg_op op;
} tags[] = {
	{{"!", 1}, DEPLOYCFG_STRING, DCFG_SET},
	{{CORE "str", 21}, DEPLOYCFG_STRING, DCFG_SET},
	{{CORE "int", 21}, DEPLOYCFG_INT, DCFG_SET},
	{{CORE "float", 23}, DEPLOYCFG_FLOAT, DCFG_SET},
	{{CORE "bool", 22}, DEPLOYCFG_BOOL, DCFG_SET},
	{{CORE "null", 22}, DEPLOYCFG_NULL, DCFG_SET},
	{{CORE "map", 21}, DEPLOYCFG_MAP, DCFG_SET},
	{{CORE "seq", 21}, DEPLOYCFG_LIST, DCFG_SET},
	{{"!append", 7}, DEPLOYCFG_NONE, DCFG_APPEND},
	{{"!prepend", 8}, DEPLOYCFG_NONE, DCFG_PREPEND},
	{{"!replace", 8}, DEPLOYCFG_NONE, DCFG_REPLACE},
	{{"!unset", 6}, DEPLOYCFG_NONE, DCFG_UNSET},
};

static const struct tag *find(struct dcfg_view text)
{
	for (size_t i = 0; i < DCFG_COUNT(tags); i++)
		if (dcfg_view_equal(tags[i].text, text))
			return &tags[i];
	return NULL;
}

/* A tag as people write it: core tags with !!. */
struct shown {
	const char *sign;
	struct dcfg_view name;
};

static struct shown show(struct dcfg_view text)
{
	struct dcfg_view core = DCFG_VIEW(CORE);

	if (dcfg_view_starts(text, core))
		return (struct shown){"!!", dcfg_view_skip(text, core.len)};
	return (struct shown){"", text};
}

#define SHOWN(tag) (tag).sign, DCFG_ARG((tag).name)

#define TOO_BIG "stands before a number that is too big"

static const char *found(const struct dcfg_node *node,
			 const struct dcfg_yaml_event *event)
{
	static const char *const names[] = {
		[DEPLOYCFG_NULL] = "null",       [DEPLOYCFG_BOOL] = "a bool",
		[DEPLOYCFG_INT] = "an int",      [DEPLOYCFG_FLOAT] = "a float",
		[DEPLOYCFG_STRING] = "a string", [DEPLOYCFG_LIST] = "a list",
		[DEPLOYCFG_MAP] = "a map",
	};

	enum deploycfg_type type = (enum deploycfg_type)node->type;
	union dcfg_scalar value;

	if (event->kind != DCFG_YAML_SCALAR || !event->plain)
		return names[type];
	if (!event->text.len)
		return "nothing";
	(void)dcfg_resolve(dcfg_text(node), &type, &value);
	return names[type];
}

static struct deploycfg_error *fail(struct dcfg_yaml *yaml, const struct dcfg_node *node,
				    enum deploycfg_status status,
				    const struct dcfg_yaml_event *event, const char *what)
{
	struct shown tag = show(event->tag);

	if (!find(event->tag) && dcfg_yaml_hides(yaml, node, node->origin))
		tag = (struct shown){"", DCFG_VIEW(DCFG_MASK)};
	return dcfg_yaml_fail(yaml, status, node->origin, dcfg_yaml_path(yaml, node),
			      "the tag %s%.*s %s", SHOWN(tag), what);
}

static void report_unknown(struct dcfg_yaml *yaml, const struct dcfg_node *node,
			   const struct dcfg_yaml_event *event)
{
	struct deploycfg_error *error =
		fail(yaml, node, DEPLOYCFG_ERR_SYNTAX, event, "is not known");

	dcfg_error_hint(error,
			"use !append, !prepend, !replace or !unset, one of !!str !!int "
			"!!float !!bool !!null !!map !!seq, or no tag");
}

/* Some would mark a secret by it: then what follows is one. */
static void conceal(struct dcfg_context *context, const struct dcfg_node *node)
{
	if (dcfg_has_text(node))
		dcfg_conceal_text(context, dcfg_text(node));
	while (node && !node->name)
		node = node->parent;
	if (node)
		dcfg_conceal(context, &node->name->text, 1, true);
}

/* What a dump has in place of a secret: it must not be taken for its value. */
static void report_masked(struct dcfg_yaml *yaml, const struct dcfg_node *node)
{
	struct deploycfg_error *error;

	conceal(yaml->context, node);
	error = dcfg_yaml_fail(yaml, DEPLOYCFG_ERR_SECRET, node->origin,
			       dcfg_yaml_path(yaml, node),
			       "a masked dump does not load: the tag !secret stands for "
			       "a value that is left out");
	dcfg_error_hint(error,
			"write the value without the tag, or dump with --show-secrets; "
			"what marks a key is `secret: true` in a schema");
}

static void report_disagreement(struct dcfg_yaml *yaml, const struct dcfg_node *node,
				const struct dcfg_yaml_event *event)
{
	struct shown tag = show(event->tag);
	struct deploycfg_error *error = dcfg_yaml_fail(
		yaml, DEPLOYCFG_ERR_TYPE, node->origin, dcfg_yaml_path(yaml, node),
		"the tag %s%.*s does not agree with what follows it, which is %s",
		SHOWN(tag), found(node, event));

	dcfg_error_hint(error, "remove the tag, or change the value");
}

/* Scalars: quoted or not, the text must read as the type. */
static bool take_type(struct dcfg_node *node, enum deploycfg_type wanted)
{
	enum deploycfg_type type;
	enum dcfg_parse parsed;

	if (wanted == DEPLOYCFG_STRING)
		return true;
	parsed = dcfg_resolve(dcfg_text(node), &type, &node->scalar);
	if (wanted == DEPLOYCFG_FLOAT && type == DEPLOYCFG_INT) {
		parsed = dcfg_parse_double(dcfg_text(node), &node->scalar.real);
		type = wanted;
	}
	if (parsed != DCFG_PARSED || type != wanted)
		return false;
	node->type = (uint8_t)type;
	return true;
}

static bool apply_type(struct dcfg_yaml *yaml, struct dcfg_node *node,
		       const struct dcfg_yaml_event *event, enum deploycfg_type wanted)
{
	bool is_scalar = event->kind == DCFG_YAML_SCALAR;
	bool good = dcfg_type_has_children(wanted) ? node->type == wanted : is_scalar;
	enum deploycfg_type type;
	union dcfg_scalar value;

	if (good && is_scalar)
		good = take_type(node, wanted);
	if (good)
		return true;
	if (is_scalar &&
	    dcfg_resolve(dcfg_text(node), &type, &value) == DCFG_OUT_OF_RANGE)
		fail(yaml, node, DEPLOYCFG_ERR_RANGE, event, TOO_BIG);
	else
		report_disagreement(yaml, node, event);
	return false;
}

/* Why no operator may stand at that place, or NULL. */
static const char *misplaced(const struct dcfg_yaml *yaml, const struct dcfg_node *node,
			     const struct dcfg_yaml_event *event)
{
	if (!yaml->layer)
		return "is an operator, and only files have operators";
	if (node == yaml->root)
		return "cannot stand at the top of a file: operators are for keys";
	if (!node->parent)
		return "cannot stand on a when@ block: operators are for the keys in it";
	if (yaml->lists)
		return "cannot stand inside a list: operators work on keys of weaker "
		       "layers";
	if (event->anchor.ptr)
		return "cannot stand on a value with an anchor: a copy of it would do "
		       "the same again";
	return NULL;
}

static bool apply_list_op(struct dcfg_yaml *yaml, struct dcfg_node *node,
			  const struct dcfg_yaml_event *event)
{
	struct shown tag = show(event->tag);
	struct deploycfg_error *error;

	if (node->type == DEPLOYCFG_LIST)
		return true;
	error = dcfg_yaml_fail(
		yaml, DEPLOYCFG_ERR_OPERATOR, node->origin, dcfg_yaml_path(yaml, node),
		"the tag %s%.*s needs a list, found %s", SHOWN(tag), found(node, event));
	dcfg_error_hint(error, "write a list behind it: '%s%.*s [item]'", SHOWN(tag));
	return false;
}

static bool apply_unset(struct dcfg_yaml *yaml, struct dcfg_node *node,
			const struct dcfg_yaml_event *event)
{
	struct deploycfg_error *error;

	if (event->kind == DCFG_YAML_SCALAR && event->plain && !event->text.len) {
		node->type = DEPLOYCFG_NONE;
		return true;
	}
	error = dcfg_yaml_fail(
		yaml, DEPLOYCFG_ERR_OPERATOR, node->origin, dcfg_yaml_path(yaml, node),
		"the tag !unset takes no value, found %s", found(node, event));
	dcfg_error_hint(error, "remove the value, or write !replace to set another one");
	return false;
}

/* The value behind !replace is what it would be without a tag. */
static bool apply_replace(struct dcfg_yaml *yaml, struct dcfg_node *node,
			  const struct dcfg_yaml_event *event)
{
	enum deploycfg_type type = (enum deploycfg_type)node->type;
	struct deploycfg_error *error;

	if (event->kind != DCFG_YAML_SCALAR || !event->plain)
		return true;
	if (!event->text.len) {
		error = fail(yaml, node, DEPLOYCFG_ERR_OPERATOR, event,
			     "needs a value, found nothing");
		dcfg_error_hint(error,
				"write '!replace null', or !unset to remove the key");
		return false;
	}
	if (dcfg_resolve(dcfg_text(node), &type, &node->scalar) == DCFG_OUT_OF_RANGE) {
		fail(yaml, node, DEPLOYCFG_ERR_RANGE, event, TOO_BIG);
		return false;
	}
	node->type = (uint8_t)type;
	return true;
}

/* Without an operator where it cannot stand, a list or map that is no item is what is written all
 * the same; merging is to find no second fault with it. */
static bool apply_op(struct dcfg_yaml *yaml, struct dcfg_node *node,
		     const struct dcfg_yaml_event *event, enum dcfg_op op)
{
	const char *why = misplaced(yaml, node, event);
	bool good;

	if (why) {
		dcfg_error_hint(fail(yaml, node, DEPLOYCFG_ERR_OPERATOR, event, why),
				"remove the tag");
		good = node->parent && !yaml->lists && dcfg_has_children(node);
		if (good)
			dcfg_set_op(yaml->context, node, DCFG_REPLACE);
		return good;
	}
	if (op == DCFG_UNSET)
		good = apply_unset(yaml, node, event);
	else if (op == DCFG_REPLACE)
		good = apply_replace(yaml, node, event);
	else
		good = apply_list_op(yaml, node, event);
	if (good)
		dcfg_set_op(yaml->context, node, op);
	return good;
}

/* The first character behind a tag in its line, for tags before nothing. */
static char follower(struct dcfg_view text)
{
	while (text.len && !memchr(" \t\r\n,", *text.ptr, 5))
		text = dcfg_view_skip(text, 1);
	while (text.len && (*text.ptr == ' ' || *text.ptr == '\t'))
		text = dcfg_view_skip(text, 1);
	return text.len ? *text.ptr : '\n';
}

/* YAML's grammar forbids a tag before an alias and before another tag; its parser would
 * say so of something else, one token later. */
static bool check_follower(struct dcfg_yaml *yaml, const struct dcfg_node *node,
			   const struct dcfg_yaml_event *event)
{
	char next = event->kind == DCFG_YAML_SCALAR && event->plain && !event->text.len
			    ? follower(event->written)
			    : '\n';
	struct deploycfg_error *error;

	if (next != '*' && next != '!')
		return true;
	yaml->stopped = true;
	error = fail(
		yaml, node, DEPLOYCFG_ERR_OPERATOR, event,
		next == '*'
			? "stands on an alias, and YAML allows none there"
			: "is followed by another tag, and a value can have one alone");
	dcfg_error_hint(error, next == '*' ? "write the value out instead of the alias"
					   : "remove one of them");
	return false;
}

static bool apply(struct dcfg_yaml *yaml, struct dcfg_node *node,
		  const struct dcfg_yaml_event *event)
{
	const struct tag *tag = find(event->tag);
	struct deploycfg_error *error;

	if (dcfg_view_starts(event->written, DCFG_VIEW("!<"))) {
		error = fail(yaml, node, DEPLOYCFG_ERR_SYNTAX, event,
			     "is written in the form !<...>, which is not allowed");
		dcfg_error_hint(
			error, "write it without the brackets, such as !!str or !append");
		return false;
	}
	if (!tag) {
		if (dcfg_view_equal(event->tag, DCFG_VIEW("!secret")))
			report_masked(yaml, node);
		else
			report_unknown(yaml, node, event);
		return false;
	}
	if (!check_follower(yaml, node, event))
		return false;
	if (tag->type)
		return apply_type(yaml, node, event, tag->type);
	return apply_op(yaml, node, event, tag->op);
}

bool dcfg_yaml_apply_tag(struct dcfg_yaml *yaml, struct dcfg_node *node,
			 const struct dcfg_yaml_event *event)
{
	bool good = apply(yaml, node, event);
	bool is_top = !node->parent && (yaml->layer || yaml->is_all);

	if (!good && !(is_top && node->type == DEPLOYCFG_MAP))
		node->flags |= DCFG_TOLD;
	return good;
}
