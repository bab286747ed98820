/* SPDX-License-Identifier: ISC */
/* What file names mean. */
#include "plan/hierarchy.h"

bool dcfg_take_suffix(struct dcfg_view *name, struct dcfg_view suffix)
{
	if (name->len <= suffix.len ||
	    !dcfg_view_equal(dcfg_view_skip(*name, name->len - suffix.len), suffix))
		return false;
	name->len -= suffix.len;
	return true;
}

bool dcfg_syntax_of(struct dcfg_view name, enum deploycfg_syntax *syntax,
		    struct dcfg_view *stem)
{
	*stem = name;
	*syntax = DEPLOYCFG_INI;
	if (dcfg_take_suffix(stem, DCFG_VIEW(".ini")))
		return true;
	*syntax = DEPLOYCFG_YAML;
	return dcfg_take_suffix(stem, DCFG_VIEW(".yaml")) ||
	       dcfg_take_suffix(stem, DCFG_VIEW(".yml"));
}

bool dcfg_is_layer_name(struct dcfg_view name)
{
	for (size_t i = 0; i < name.len; i++)
		if (!dcfg_is_letter(name.ptr[i]) && !dcfg_is_digit(name.ptr[i]) &&
		    (!i || !memchr("-_.", name.ptr[i], 3)))
			return false;
	return name.len > 0;
}

static bool is_document(struct dcfg_view name)
{
	return dcfg_view_equal(name, DCFG_VIEW("deploycfg.yaml")) ||
	       dcfg_view_equal(name, DCFG_VIEW("schema.yaml")) ||
	       dcfg_view_equal(name, DCFG_VIEW("schema.d"));
}

/* Layers of which there may be many, by what their stems begin with. */
static const struct family {
	enum dcfg_file_role role;
	const char *prefix;
} families[] = {
	{DCFG_ROLE_PLATFORM, "platform-"},
	{DCFG_ROLE_PROGRAM, "program-"},
	{DCFG_ROLE_OVERLAY, "overlay-"},
};

static bool take_family(struct dcfg_view stem, struct dcfg_file_name *file)
{
	for (size_t i = 0; i < DCFG_COUNT(families); i++) {
		struct dcfg_view prefix = dcfg_view_text(families[i].prefix);

		if (!dcfg_view_starts(stem, prefix))
			continue;
		file->which = dcfg_view_skip(stem, prefix.len);
		if (dcfg_is_layer_name(file->which))
			file->role = families[i].role;
	}
	return file->role != DCFG_ROLE_OTHER;
}

struct dcfg_file_name dcfg_stem_name(const struct dcfg_environments *environments,
				     struct dcfg_view stem)
{
	struct dcfg_file_name file = {.role = DCFG_ROLE_OTHER};

	file.environment = dcfg_environment_find(environments, stem);
	if (file.environment)
		file.role = DCFG_ROLE_ENVIRONMENT;
	else if (dcfg_view_equal(stem, DCFG_VIEW("base")) ||
		 dcfg_view_equal(stem, DCFG_VIEW("default")))
		file.role = DCFG_ROLE_BASE;
	else if (dcfg_view_equal(stem, DCFG_VIEW("local")))
		file.role = DCFG_ROLE_LOCAL;
	else
		take_family(stem, &file);
	return file;
}

struct dcfg_file_name dcfg_file_name(const struct dcfg_environments *environments,
				     struct dcfg_view name)
{
	struct dcfg_file_name file = {.role = DCFG_ROLE_OTHER};
	enum deploycfg_syntax syntax;
	struct dcfg_view stem;

	if (is_document(name)) {
		file.role = DCFG_ROLE_DOCUMENT;
	} else if (dcfg_syntax_of(name, &syntax, &stem)) {
		file = dcfg_stem_name(environments, stem);
		file.syntax = syntax;
	} else if (stem = name, dcfg_take_suffix(&stem, DCFG_VIEW(".d"))) {
		file = dcfg_stem_name(environments, stem);
		file.is_drop_ins = true;
	}
	return file;
}
