/* SPDX-License-Identifier: ISC */
/* Which overlays, in which order: the caller's, or those of a variable. Knows no files. */
#include "plan/hierarchy.h"
#include "plan/plan.h"

struct choosing {
	struct dcfg_context *context;
	struct dcfg_overlays *overlays;
};

static bool fail(struct choosing *choosing, struct dcfg_view name, const char *problem,
		 const char *hint)
{
	struct deploycfg_error *error = dcfg_fail_at(
		choosing->context, DEPLOYCFG_ERR_LAYER, &choosing->overlays->place, NULL,
		"the overlay '%.*s' %s", DCFG_ARG(name), problem);

	dcfg_error_hint(error, "%s", hint);
	return false;
}

static bool add(struct choosing *choosing, struct dcfg_view name)
{
	struct dcfg_overlays *overlays = choosing->overlays;
	struct dcfg_arena *arena = &choosing->context->arena;
	bool first = !overlays->count;

	if (!name.len && !overlays->place.name)
		return fail(choosing, name, "has no name",
			    "name one; an unset shell variable may be the cause");
	if (!name.len)
		return fail(choosing, name,
			    "has no name: nothing stands between two commas",
			    "remove a comma, or write the name that is missing");
	if (!dcfg_is_layer_name(name))
		return fail(
			choosing, name, "has a name that cannot be one",
			"a name is letters, digits, '-', '_' and '.', a letter or digit "
			"first");
	for (size_t i = 0; i < overlays->count; i++)
		if (dcfg_view_equal(overlays->list[i], name))
			return fail(choosing, name, "is named twice",
				    "name it once, where it belongs in the order");
	overlays->list[overlays->count++] = name;
	overlays->joined =
		first ? name
		      : dcfg_arena_printf(arena, "%.*s,%.*s", DCFG_ARG(overlays->joined),
					  DCFG_ARG(name));
	return overlays->joined.ptr != NULL;
}

/* Makes room for as many overlays as the limit allows. */
static bool make_room(struct choosing *choosing, size_t count)
{
	struct dcfg_context *context = choosing->context;

	if (!dcfg_within_at(context, DEPLOYCFG_LIMIT_OVERLAYS, count,
			    &choosing->overlays->place))
		return false;
	choosing->overlays->list = dcfg_arena_alloc(
		&context->arena, count * sizeof(*choosing->overlays->list));
	return choosing->overlays->list != NULL;
}

static size_t count_items(struct dcfg_view text)
{
	size_t count = 1;

	for (size_t i = 0; i < text.len; i++)
		count += text.ptr[i] == ',';
	return count;
}

static bool split(struct choosing *choosing, struct dcfg_view text)
{
	if (!make_room(choosing, count_items(text)))
		return false;
	for (;;) {
		const char *comma = memchr(text.ptr, ',', text.len);
		size_t len = comma ? (size_t)(comma - text.ptr) : text.len;

		if (!add(choosing,
			 dcfg_arena_copy(&choosing->context->arena,
					 dcfg_view_trim(dcfg_view(text.ptr, len)))))
			return false;
		if (!comma)
			return true;
		text = dcfg_view_skip(text, len + 1);
	}
}

static bool by_variable(struct choosing *choosing, struct dcfg_view prefix,
			const struct dcfg_environ *variables)
{
	struct dcfg_arena *arena = &choosing->context->arena;
	struct dcfg_view name =
		dcfg_arena_printf(arena, "env:%.*s_OVERLAYS", DCFG_ARG(prefix));
	struct dcfg_view value;
	bool twice;

	if (!name.ptr)
		return false;
	choosing->overlays->place.name = name.ptr;
	name = dcfg_view_skip(name, sizeof("env:") - 1);
	value = dcfg_environ_get(variables, name, &twice);
	if (twice) {
		dcfg_fail_at(choosing->context, DEPLOYCFG_ERR_VARIABLE,
			     &choosing->overlays->place, NULL,
			     "%.*s stands twice in the environment", DCFG_ARG(name));
		return false;
	}
	if (!value.len)
		return true;
	if (!dcfg_view_trim(value).len)
		return fail(choosing, value,
			    "has no name: the variable holds only blanks",
			    "name an overlay, or unset the variable for none");
	choosing->overlays->by = name;
	return split(choosing, value);
}

bool dcfg_overlays_choose(struct dcfg_context *context, const struct dcfg_view *asked,
			  size_t count, struct dcfg_view prefix,
			  const struct dcfg_environ *variables,
			  struct dcfg_overlays *overlays)
{
	struct choosing choosing = {.context = context, .overlays = overlays};
	bool ok = true;

	*overlays = (struct dcfg_overlays){.joined = DCFG_VIEW(""), .by = DCFG_VIEW("")};
	if (!count)
		return !prefix.len || !variables ||
		       by_variable(&choosing, prefix, variables);
	overlays->by = DCFG_VIEW("argument");
	if (!make_room(&choosing, count))
		return false;
	for (size_t i = 0; ok && i < count; i++)
		ok = add(&choosing, asked[i]);
	return ok;
}
