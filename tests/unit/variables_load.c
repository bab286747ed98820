/* SPDX-License-Identifier: ISC */
/* Reading variables for tests. */
#include "variables_load.h"

#include "tree.h"
#include "unit.h"

static const char weaker_text[] = "port = 1\n"
				  "log-level = info\n"
				  "dir_name = x\n"
				  "odd--name = 1\n"
				  "edge_ = 1\n"
				  "Twice = 1\n"
				  "twice = 2\n"
				  "[database]\n"
				  "url = x\n"
				  "[database.pool-size]\n"
				  "max = 4\n"
				  "\"a.b\" = 1\n"
				  "[Up]\n"
				  "x = 1\n"
				  "[up]\n"
				  "y = 1\n"
				  "[cert]\n"
				  "file = a\n"
				  "[list]\n"
				  "items += 1\n";

/* What a schema declares and weaker layers have; EMPTY may be empty. */
static const char declared_text[] =
	"port: declared\n"
	"server: {host-name: h, maxRate: declared, motd: EMPTY}\n"
	"hosts: []\n"
	"servers: [{host: a, max-rate: declared}]\n"
	"limits:\n"
	"  Known: {rate: 1, max-rate: declared}\n"
	"  '*': {rate: declared, max-rate: declared, note: EMPTY}\n"
	"labels: {A-b: 1, a_c: 1, A-c: 1}\n"
	"cert: {file: declared}\n";

void variables_begin(struct given *given, const char *const *list)
{
	struct dcfg_source source = {.name = DCFG_VIEW("w.ini"),
				     .layer = 200,
				     .text = dcfg_view_text(weaker_text)};
	struct dcfg_context *context = &given->context;
	struct dcfg_layer layer;

	dcfg_context_init(context, &dcfg_default_limits);
	ck_assert(dcfg_ini_read(context, dcfg_source_add(context, &source), source.text,
				&layer));
	given->names = layer.root;
	given->variables = (struct dcfg_variables){
		.environment = dcfg_environ_copy(&context->arena, list),
		.prefix = DCFG_VIEW("APP")};
}

void variables_begin_by_schema(struct given *given, const char *const *list)
{
	struct dcfg_source source = {.name = DCFG_VIEW("names.yaml"),
				     .layer = 200,
				     .text = dcfg_view_text(declared_text)};
	struct dcfg_context *context = &given->context;
	struct dcfg_layer layer;

	variables_begin(given, list);
	given->variables.by_schema = true;
	ck_assert(dcfg_yaml_read(context, dcfg_source_add(context, &source), source.text,
				 &layer));
	given->names = layer.root;
	for (struct dcfg_node *node = layer.root; node;
	     node = dcfg_walk(layer.root, node)) {
		if (node->type == DEPLOYCFG_STRING && *node->text == 'E')
			node->flags |= DCFG_ALLOW_EMPTY;
	}
}

const char *variables_text(struct given *given)
{
	static char text[16 * 1024];
	struct dcfg_variable_layers *layers =
		dcfg_variables_open(&given->context, &given->variables);
	struct dcfg_layer layer;
	size_t length = 0;

	text[0] = '\0';
	while (dcfg_variables_next(layers, given->names, &layer)) {
		length += (size_t)snprintf(text + length, sizeof(text) - length, "%s",
					   tree_text(&given->context, &layer));
		ck_assert_uint_lt(length, sizeof(text));
	}
	return text;
}

const char *variables_end(struct given *given)
{
	return errors_text(dcfg_context_fini(&given->context));
}

bool has_parts(const char *text, const char *pattern)
{
	for (const char *end; *pattern; pattern = end) {
		char part[128];

		end = strstr(pattern, ".*");
		end = end ? end : pattern + strlen(pattern);
		snprintf(part, sizeof(part), "%.*s", (int)(end - pattern), pattern);
		text = strstr(text, part);
		if (!text)
			return false;
		end += *end ? 2 : 0;
	}
	return true;
}
