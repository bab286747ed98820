/* SPDX-License-Identifier: ISC */
#include "tree.h"

#include "model/history.h"

#include <stdarg.h>

static char text[64 * 1024];
static size_t length;

static void add(const char *format, ...) DCFG_PRINTF(1, 2);

static void add(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	length += (size_t)vsnprintf(text + length, sizeof(text) - length, format,
				    arguments);
	va_end(arguments);
	if (length >= sizeof(text))
		length = sizeof(text) - 1;
}

static void begin(void)
{
	length = 0;
	text[0] = '\0';
}

static void add_node(struct dcfg_context *context, const struct dcfg_node *node)
{
	static const char *const operators[] = {"", "+", "^", "!", ":", "~"};

	if (node->type >= DEPLOYCFG_LIST && node->last && node->op == DCFG_SET)
		return;
	add("%s%s", dcfg_path(context, node), operators[node->op]);
	if (node->type == DEPLOYCFG_LIST || node->type == DEPLOYCFG_MAP)
		add("=%s", node->last                     ? ".."
			   : node->type == DEPLOYCFG_LIST ? "[]"
							  : "{}");
	else if (node->type != DEPLOYCFG_NONE)
		add("=%.*s", DCFG_ARG(dcfg_text(node)));
	if (node->origin.line)
		add("@%u:%u", node->origin.line, node->origin.column);
	add(" ");
}

static void add_tree(struct dcfg_context *context, const struct dcfg_node *root)
{
	for (const struct dcfg_node *node = dcfg_walk(root, root); node;
	     node = dcfg_walk(root, node))
		add_node(context, node);
}

const char *tree_text(struct dcfg_context *context, const struct dcfg_layer *layer)
{
	begin();
	add_tree(context, layer->root);
	for (const struct dcfg_block *block = layer->blocks; block; block = block->next) {
		add("when@%.*s: ", DCFG_ARG(block->environment));
		add_tree(context, block->root);
	}
	return text;
}

const char *errors_text(struct deploycfg_errors *errors)
{
	begin();
	for (size_t i = 0; i < deploycfg_errors_count(errors); i++) {
		const struct deploycfg_error *error = deploycfg_errors_at(errors, i);

		if (deploycfg_error_severity(error) == DEPLOYCFG_WARNING)
			add("warning ");
		if (deploycfg_error_line(error))
			add("%u:%u ", deploycfg_error_line(error),
			    deploycfg_error_column(error));
		add("%s ", deploycfg_status_code(deploycfg_error_status(error)));
	}
	deploycfg_errors_free(errors);
	return text;
}

const char *error_text(const struct deploycfg_errors *errors, size_t index)
{
	const struct deploycfg_error *error = deploycfg_errors_at(errors, index);

	return error ? deploycfg_error_text(error) : "";
}

const char *skipped_text(struct dcfg_context *context)
{
	static char paths[1024];
	const struct dcfg_skipped *skipped = context->skipped;
	size_t used = 0;

	paths[0] = '\0';
	if (skipped)
		do {
			skipped = skipped->next;
			used += (size_t)snprintf(
				paths + used, sizeof(paths) - used, "%.*s?%s ",
				DCFG_ARG(skipped->path),
				dcfg_place_of(context, skipped->node->origin).name);
		} while (skipped != context->skipped);
	return paths;
}
