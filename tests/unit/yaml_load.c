/* SPDX-License-Identifier: ISC */
/* Loading YAML texts for tests. */
#include "yaml_load.h"

#include "unit.h"

void yaml_begin(struct loaded *loaded, struct dcfg_view text)
{
	struct dcfg_source source = {
		.name = DCFG_VIEW("base.yaml"),
		.text = text,
		.layer = DEPLOYCFG_LAYER_BASE,
		.kind = DEPLOYCFG_SOURCE_TEXT,
		.syntax = DEPLOYCFG_YAML,
	};

	dcfg_context_init(&loaded->context, &dcfg_default_limits);
	loaded->source = dcfg_source_add(&loaded->context, &source);
	ck_assert_uint_eq(loaded->source, 0);
}

void yaml_read(struct loaded *loaded)
{
	loaded->good =
		dcfg_yaml_read(&loaded->context, loaded->source,
			       loaded->context.sources.list[0].text, &loaded->layer);
	ck_assert(loaded->good != dcfg_failed(&loaded->context));
	ck_assert_ptr_nonnull(loaded->layer.root);
}

void yaml_load(struct loaded *loaded, const char *text)
{
	yaml_begin(loaded, dcfg_view_text(text));
	yaml_read(loaded);
}

void yaml_load_limited(struct loaded *loaded, struct dcfg_view text,
		       enum deploycfg_limit limit, uint64_t most)
{
	yaml_begin(loaded, text);
	loaded->context.limits.of[limit] = most;
	yaml_read(loaded);
}

void yaml_unload(struct loaded *loaded)
{
	deploycfg_errors_free(dcfg_context_fini(&loaded->context));
}

const struct deploycfg_error *yaml_error(const struct loaded *loaded, size_t index)
{
	const struct deploycfg_error *error =
		deploycfg_errors_at(loaded->context.errors, index);

	ck_assert_msg(error != NULL, "there is no error %zu", index);
	return error;
}

const struct dcfg_node *yaml_node(const struct loaded *loaded, const char *path)
{
	const struct dcfg_node *node =
		dcfg_node_at(&loaded->context, loaded->layer.root, dcfg_view_text(path),
			     &(struct dcfg_trail){0});

	ck_assert_msg(node != NULL, "there is no %s", path);
	return node;
}

void yaml_expect_text(const struct dcfg_node *node, const char *is)
{
	char text[256];

	snprintf(text, sizeof(text), "%.*s", DCFG_ARG(dcfg_text(node)));
	ck_assert_str_eq(text, is);
}

void yaml_expect(const struct loaded *loaded, enum deploycfg_status status, unsigned line,
		 unsigned column, const char *says)
{
	const struct deploycfg_error *error = yaml_error(loaded, 0);
	const char *text = deploycfg_error_text(error);

	ck_assert_msg(!loaded->good, "was read");
	ck_assert_msg(
		deploycfg_errors_count(loaded->context.errors) == 1, "another error: %s",
		deploycfg_error_text(deploycfg_errors_at(loaded->context.errors, 1)));
	ck_assert_msg(deploycfg_error_status(error) == status, "%s", text);
	ck_assert_msg(deploycfg_error_line(error) == line, "%s", text);
	ck_assert_msg(deploycfg_error_column(error) == column, "%s", text);
	ck_assert_msg(strstr(text, says) != NULL, "%s", text);
}
