/* SPDX-License-Identifier: ISC */
#include "unit.h"

#include "interpolate_load.h"
#include "model/merge.h"
#include "source/source.h"

struct references references;

void references_lay(const char *text, int number)
{
	struct dcfg_view view = dcfg_view_text(text);
	bool is_ini = *text == '=' || *text == '!';
	struct dcfg_source source = {
		.name = DCFG_VIEW("layer"),
		.label = DCFG_VIEW("layer"),
		.text = is_ini ? dcfg_view_skip(view, 1) : view,
		.layer = *text == '!' ? DEPLOYCFG_LAYER_VARIABLES : 200 + number,
		.kind = DEPLOYCFG_SOURCE_TEXT,
		.syntax = is_ini ? DEPLOYCFG_INI : DEPLOYCFG_YAML,
	};
	uint32_t at = dcfg_source_add(&references.context, &source);
	struct dcfg_layer layer = {0};

	ck_assert(is_ini ? dcfg_ini_read(&references.context, at, source.text, &layer)
			 : dcfg_yaml_read(&references.context, at, source.text, &layer));
	dcfg_merge(&references.context, references.root, layer.root);
}

void references_expand(const char *const *variables, const char *ignored_because)
{
	static const char *const none[] = {NULL};
	struct dcfg_environ copy = dcfg_environ_copy(&references.context.arena,
						     variables ? variables : none);
	const struct dcfg_references given = {.environment = &copy,
					      .ignored_because = ignored_because};

	dcfg_interpolate(&references.context, references.root, &given);
}

void references_begin(void)
{
	dcfg_context_init(&references.context, &dcfg_default_limits);
	references.root = dcfg_node_uncounted(&references.context, DEPLOYCFG_MAP,
					      dcfg_origin(UINT32_MAX, 0, 0));
}

void references_end(void)
{
	deploycfg_errors_free(dcfg_context_fini(&references.context));
}

const struct dcfg_node *references_at(const char *path)
{
	return dcfg_node_at(&references.context, references.root, dcfg_view_text(path),
			    &(struct dcfg_trail){0});
}
