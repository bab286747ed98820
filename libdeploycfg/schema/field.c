/* SPDX-License-Identifier: ISC */
/* Fields of entries, and mistakes in them. Knows no rules of what may be said. */
#include "base/nearest.h"
#include "model/lookalike.h"
#include "schema/rule.h"

const struct dcfg_node *dcfg_field(const struct dcfg_context *context,
				   const struct dcfg_rule *rule, const char *name)
{
	return rule->fields ? dcfg_map_get(context, rule->fields, name) : NULL;
}

struct dcfg_origin dcfg_field_origin(const struct dcfg_context *context,
				     const struct dcfg_rule *rule, const char *name,
				     size_t index)
{
	const struct dcfg_node *field = dcfg_field(context, rule, name);

	if (!field)
		return rule->fields ? rule->fields->origin
				    : dcfg_origin(UINT32_MAX, 0, 0);
	if (index == SIZE_MAX || field->type != DEPLOYCFG_LIST)
		return field->origin;
	dcfg_each (item, field)
		if (index-- == 0)
			return item->origin;
	return field->origin;
}

struct deploycfg_error *dcfg_schema_report(struct dcfg_context *context,
					   struct dcfg_origin origin, const char *key,
					   const char *format, ...)
{
	char message[1024];
	va_list arguments;

	va_start(arguments, format);
	(void)vsnprintf(message, sizeof(message), format, arguments);
	va_end(arguments);
	return dcfg_report(context, DEPLOYCFG_ERROR, DEPLOYCFG_ERR_SCHEMA, origin, key,
			   "%s", message);
}

const char *dcfg_type_phrase(enum deploycfg_type type)
{
	switch (type) {
	case DEPLOYCFG_NULL:
		return "null";
	case DEPLOYCFG_LIST:
		return "a list";
	case DEPLOYCFG_MAP:
		return "a map";
	case DEPLOYCFG_DURATION:
		return "a duration";
	case DEPLOYCFG_SIZE:
		return "a size";
	case DEPLOYCFG_ENUM:
		return "one of its choices";
	case DEPLOYCFG_PATH:
		return "a path";
	case DEPLOYCFG_NONE:
		return "any value";
	default:
		return dcfg_type_words(type);
	}
}

void dcfg_hint_names(struct deploycfg_error *error, struct dcfg_view word,
		     const struct dcfg_view *names, size_t count, const char *what)
{
	struct dcfg_nearest nearest = {.word = word};
	struct dcfg_listing listing = {.length = 0};

	if (!error)
		return;
	for (size_t i = 0; i < count; i++)
		dcfg_nearest_offer(&nearest, names[i]);
	if (nearest.best.ptr) {
		dcfg_error_hint(error, "did you mean '%.*s'?", DCFG_ARG(nearest.best));
		return;
	}
	for (size_t i = 0; i < count && !listing.cut; i++)
		dcfg_listing_add(&listing, names[i]);
	if (count)
		dcfg_error_hint(error, "the %s are %s", what, listing.text);
	else
		dcfg_error_hint(error, "there are no %s", what);
}
