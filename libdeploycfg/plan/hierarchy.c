/* SPDX-License-Identifier: ISC */
/* What file names mean. */
#include "plan/hierarchy.h"

static bool take_suffix(struct dcfg_view *name, struct dcfg_view suffix)
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
	if (take_suffix(stem, DCFG_VIEW(".ini")))
		return true;
	*syntax = DEPLOYCFG_YAML;
	return take_suffix(stem, DCFG_VIEW(".yaml")) ||
	       take_suffix(stem, DCFG_VIEW(".yml"));
}

static const char *reserved(struct dcfg_view name)
{
	if (dcfg_view_equal(name, DCFG_VIEW("deploycfg.yaml")))
		return "the manifest deploycfg.yaml";
	if (dcfg_view_equal(name, DCFG_VIEW("schema.yaml")) ||
	    dcfg_view_equal(name, DCFG_VIEW("schema.d")))
		return "a schema";
	return NULL;
}

/* Layers of later versions, by the stem of their files. */
static const char *later_layer(struct dcfg_view stem)
{
	if (dcfg_view_equal(stem, DCFG_VIEW("local")))
		return "the local layer";
	if (dcfg_view_starts(stem, DCFG_VIEW("overlay-")))
		return "an overlay";
	if (dcfg_view_starts(stem, DCFG_VIEW("platform-")))
		return "a platform layer";
	if (dcfg_view_starts(stem, DCFG_VIEW("program-")))
		return "a program layer";
	return NULL;
}

static bool is_base(struct dcfg_view stem)
{
	return dcfg_view_equal(stem, DCFG_VIEW("base")) ||
	       dcfg_view_equal(stem, DCFG_VIEW("default"));
}

static const char *drop_ins(const struct dcfg_environments *environments,
			    struct dcfg_view name)
{
	if (take_suffix(&name, DCFG_VIEW(".d")) &&
	    (is_base(name) || later_layer(name) ||
	     dcfg_environment_find(environments, name)))
		return "a drop-in directory";
	return NULL;
}

struct dcfg_file_name dcfg_file_name(const struct dcfg_environments *environments,
				     struct dcfg_view name)
{
	struct dcfg_file_name file = {.role = DCFG_ROLE_OTHER};
	struct dcfg_view stem;

	file.what = reserved(name);
	if (!file.what)
		file.what = drop_ins(environments, name);
	if (!file.what && dcfg_syntax_of(name, &file.syntax, &stem)) {
		file.what = later_layer(stem);
		file.environment = dcfg_environment_find(environments, stem);
		if (is_base(stem))
			file.role = DCFG_ROLE_BASE;
		else if (file.environment)
			file.role = DCFG_ROLE_ENVIRONMENT;
	}
	if (file.what)
		file.role = DCFG_ROLE_UNSUPPORTED;
	return file;
}
