/* SPDX-License-Identifier: ISC */
/* Files that are no layers, and look as if they were meant to be one: nothing that somebody
 * wrote is passed over in silence. Knows names only. */
#include "base/nearest.h"
#include "plan/collect.h"

/* What editors, package managers and people leave behind. */
static const char *const backups[] = {
	"~",
	".bak",
	".BAK",
	".backup",
	".old",
	".new",
	".orig",
	".save",
	".swp",
	".swo",
	".tmp",
	".rej",
	".rpmnew",
	".rpmsave",
	".rpmorig",
	".dpkg-old",
	".dpkg-new",
	".dpkg-tmp",
	".dpkg-dist",
	".dpkg-bak",
	".dpkg-remove",
	".dpkg-backup",
	".ucf-old",
	".ucf-new",
	".ucf-dist",
	".pacnew",
	".pacorig",
	".pacsave",
	".apk-new",
};

/* Also #name#, as Emacs saves what is not saved. */
static bool take_backup_suffix(struct dcfg_view *name)
{
	if (name->len > 2 && name->ptr[0] == '#' && name->ptr[name->len - 1] == '#') {
		*name = dcfg_view(name->ptr + 1, name->len - 2);
		return true;
	}
	for (size_t i = 0; i < DCFG_COUNT(backups); i++)
		if (dcfg_take_suffix(name, dcfg_view_text(backups[i])))
			return true;
	return false;
}

static void note(struct dcfg_context *context, struct dcfg_source *source,
		 const char *format, struct dcfg_view name, const char *hint)
{
	source->reason = dcfg_arena_printf(&context->arena, format, DCFG_ARG(name));
	if (source->reason.ptr)
		dcfg_error_hint(dcfg_note_at(context, DEPLOYCFG_ERR_LAYER,
					     DCFG_WHOLE(source->name), NULL,
					     "is no layer: %s", source->reason.ptr),
				"%s", hint);
}

/* Whether the manifest says that a stem is no layer's. */
static bool is_lifted(const struct dcfg_planning *planning, struct dcfg_source *source,
		      struct dcfg_view stem)
{
	const struct dcfg_asked *asked = planning->asked;

	for (size_t i = 0; i < asked->not_layer_count; i++) {
		if (!dcfg_view_equal(asked->not_layers[i], stem))
			continue;
		source->reason = DCFG_VIEW("the manifest lists it in not_layers");
		return true;
	}
	return false;
}

/* Of schema.yml, not of schema.json: that may have been made of the schema. */
static bool is_document_stem(struct dcfg_view stem)
{
	return dcfg_view_equal(stem, DCFG_VIEW("deploycfg")) ||
	       dcfg_view_equal(stem, DCFG_VIEW("schema"));
}

/* What a wrong stem is nearest to. */
struct likeness {
	struct dcfg_view stem;
	struct dcfg_view name; /* ptr NULL: to nothing */
	size_t distance;
};

static void compare(struct likeness *likeness, struct dcfg_view name, size_t most)
{
	size_t distance = dcfg_distance(likeness->stem, name, most);

	if (!name.len || distance > most ||
	    (likeness->name.ptr && distance >= likeness->distance))
		return;
	likeness->name = name;
	likeness->distance = distance;
}

/* Names long enough to be meant: one edit from 5 letters on, two from 8 on. */
static struct likeness meant(const struct dcfg_environments *environments,
			     struct dcfg_view stem)
{
	struct likeness likeness = {.stem = stem};

	compare(&likeness, DCFG_VIEW("local"), 1);
	for (size_t i = 0; i < environments->count; i++) {
		struct dcfg_view name = environments->list[i].name;

		if (name.len >= 5)
			compare(&likeness, name, name.len >= 8 ? 2 : 1);
	}
	return likeness;
}

/* Names that other words are near to as well. */
static struct likeness alike(const struct dcfg_environments *environments,
			     struct dcfg_view stem)
{
	struct likeness likeness = {.stem = stem};

	compare(&likeness, DCFG_VIEW("base"), 1);
	compare(&likeness, DCFG_VIEW("default"), 1);
	for (size_t i = 0; i < environments->count; i++) {
		const struct dcfg_environment *environment = &environments->list[i];

		if (environment->name.len < 5)
			compare(&likeness, environment->name, 1);
		for (size_t j = 0; j < DCFG_ALIASES_MAX; j++)
			compare(&likeness, environment->aliases[j], 1);
	}
	return likeness;
}

/* overly-eu for overlay-eu. */
static struct likeness family(struct dcfg_view stem)
{
	static const char *const families[] = {"platform-", "program-", "overlay-"};
	const char *dash = stem.len ? memchr(stem.ptr, '-', stem.len) : NULL;
	struct likeness likeness = {
		.stem = dcfg_view(stem.ptr, dash ? (size_t)(dash - stem.ptr) + 1 : 0)};

	for (size_t i = 0; dash && i < DCFG_COUNT(families); i++)
		compare(&likeness, dcfg_view_text(families[i]), 2);
	return likeness;
}

/* Passed over, it would take all checks with it. */
static void report_document(struct dcfg_planning *planning,
			    const struct dcfg_source *source, struct dcfg_view stem)
{
	struct deploycfg_error *error = dcfg_fail_at(
		planning->context, DEPLOYCFG_ERR_LAYER, DCFG_WHOLE(source->name), NULL,
		"is not read: such a file is called '%.*s.yaml'", DCFG_ARG(stem));

	dcfg_error_hint(error, "rename it; or list '%.*s' in the manifest's not_layers",
			DCFG_ARG(stem));
}

static void judge_stem(struct dcfg_planning *planning, struct dcfg_source *source,
		       struct dcfg_view stem)
{
	const struct dcfg_environments *environments = planning->environments;
	const char *hint = "rename it if it was meant to be one";
	struct likeness likeness = meant(environments, stem);
	struct deploycfg_error *error;

	if (is_lifted(planning, source, stem))
		return;
	if (is_document_stem(stem)) {
		report_document(planning, source, stem);
		return;
	}
	if (likeness.name.ptr) {
		error = dcfg_fail_at(planning->context, DEPLOYCFG_ERR_LAYER,
				     DCFG_WHOLE(source->name), NULL,
				     "'%.*s' is no layer, but nearly '%.*s'",
				     DCFG_ARG(stem), DCFG_ARG(likeness.name));
		dcfg_error_hint(error,
				"did you mean '%.*s'? else give the file a name that no "
				"layer's is near to, or list it in the manifest's "
				"not_layers",
				DCFG_ARG(likeness.name));
		return;
	}
	likeness = alike(environments, stem);
	if (!likeness.name.ptr)
		likeness = family(stem);
	if (likeness.name.ptr && !likeness.distance)
		note(planning->context, source, "what follows '%.*s' is no name",
		     likeness.name,
		     "a name is letters, digits, '-', '_' and '.', a letter or digit "
		     "first");
	else if (likeness.name.ptr)
		note(planning->context, source, "its name is near to '%.*s'",
		     likeness.name, hint);
}

static bool is_layer_file(const struct dcfg_planning *planning, struct dcfg_view name)
{
	struct dcfg_file_name file = dcfg_file_name(planning->environments, name);

	return file.role != DCFG_ROLE_OTHER && !file.is_drop_ins;
}

static bool is_layer_stem(const struct dcfg_planning *planning, struct dcfg_view stem)
{
	return dcfg_stem_name(planning->environments, stem).role != DCFG_ROLE_OTHER;
}

/* The name up to its last dot; empty where it has none or begins with it. */
static struct dcfg_view without_suffix(struct dcfg_view name)
{
	size_t len = name.len;

	while (len && name.ptr[len - 1] != '.')
		len--;
	return dcfg_view(name.ptr, len ? len - 1 : 0);
}

static void judge_suffix(struct dcfg_planning *planning, struct dcfg_source *source,
			 struct dcfg_view name)
{
	struct dcfg_view stem = without_suffix(name);
	struct deploycfg_error *error;

	if (is_layer_file(planning, stem)) {
		note(planning->context, source, "it is no '%.*s', for its name goes on",
		     stem, "remove what follows if it was meant to be read");
	} else if (!is_lifted(planning, source, stem) && is_layer_stem(planning, stem)) {
		error = dcfg_fail_at(planning->context, DEPLOYCFG_ERR_LAYER,
				     DCFG_WHOLE(source->name), NULL,
				     "has the name of a layer, but layers end in .ini, "
				     ".yaml or .yml");
		dcfg_error_hint(error,
				"write it as one of these, or give it a name that is no "
				"layer's: it would be ignored");
	}
}

/* production.yaml.d is how others spell production.d. */
static void judge_directory(struct dcfg_planning *planning, struct dcfg_source *source,
			    struct dcfg_view name)
{
	if (!dcfg_take_suffix(&name, DCFG_VIEW(".d")))
		return;
	if (is_layer_file(planning, name))
		note(planning->context, source,
		     "drop-ins are in a directory without the suffix of '%.*s'", name,
		     "rename it if it was meant to hold drop-ins");
	else
		judge_stem(planning, source, name);
}

void dcfg_judge_stranger(struct dcfg_planning *planning, struct dcfg_source *source,
			 struct dcfg_view name)
{
	struct dcfg_view stem = name;
	enum deploycfg_syntax syntax;

	if (!source->name.ptr)
		return;
	if (take_backup_suffix(&stem)) {
		if (is_layer_file(planning, stem) || is_layer_stem(planning, stem))
			note(planning->context, source,
			     "it is a backup of '%.*s' by its name", stem,
			     "remove it once nobody needs it");
	} else if (dcfg_syntax_of(name, &syntax, &stem)) {
		judge_stem(planning, source, stem);
	} else if (dcfg_look(source->name.ptr) == DCFG_LOOK_DIRECTORY) {
		judge_directory(planning, source, name);
	} else {
		judge_suffix(planning, source, name);
	}
}

void dcfg_judge_drop_in(struct dcfg_context *context, struct dcfg_source *source,
			struct dcfg_view name, const char *rule)
{
	struct dcfg_view stem = name;
	struct deploycfg_error *error;

	if (!source->name.ptr)
		return;
	if (take_backup_suffix(&stem)) {
		note(context, source, "it is a backup of '%.*s' by its name", stem,
		     "remove it once nobody needs it");
	} else if (without_suffix(name).len &&
		   dcfg_look(source->name.ptr) != DCFG_LOOK_DIRECTORY) {
		error = dcfg_warn_at(context, DEPLOYCFG_ERR_LAYER,
				     DCFG_WHOLE(source->name), NULL, "is ignored: %s",
				     rule);
		dcfg_error_hint(error, "rename it if it was meant to be one");
	}
}
