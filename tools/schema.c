/* SPDX-License-Identifier: ISC */
/* deploycfg schema: one schema, and everything else is made of it. Must not know how. */
#include "schema.h"

#include <stdlib.h>
#include <string.h>

#include "load.h"
#include "status.h"
#include "verb.h"

static const struct format *const formats[] = {
	&tool_format_json_schema,
	&tool_format_markdown,
	&tool_format_c,
	&tool_format_python,
	NULL,
};

const char *tool_prefix_of(const struct keys *keys)
{
	const struct deploycfg_entry *prefix =
		deploycfg_find(keys->schema, "prefix", SIZE_MAX);

	return prefix ? deploycfg_entry_text(prefix, NULL) : "";
}

static int without_keys(struct diagnostics *diagnostics)
{
	tool_error(diagnostics, DEPLOYCFG_ERR_SCHEMA,
		   TOOL_SAY("no schema declares any key"),
		   TOOL_SAY("write config/schema.yaml, or name a schema with --schema "
			    "FILE; deploycfg init writes one to begin with"));
	return TOOL_INVALID;
}

int tool_schema_begin(struct keys *keys, const struct dump *dump)
{
	if (!tool_keys_init(keys, &dump->sight))
		return tool_without_memory(dump->diagnostics);
	return keys->count > 1 ? TOOL_OK : without_keys(dump->diagnostics);
}

/* One argument of a command. */
static void argument(struct writer *out, const char *text)
{
	tool_text(out, " ");
	tool_shell_word(out, text);
}

/* The command line again, with the file behind `>` that it was asked to check. Values of keys,
 * which may be secret, change nothing here. */
static void command(struct writer *out, const struct options *options)
{
	tool_text(out, "write it anew: deploycfg schema");
	for (size_t i = 0; i < options->count; i++) {
		const struct given *given = &options->given[i];

		if (given->id == OPTION_SET || given->id == OPTION_CHECK ||
		    given->id >= OPTION_ERROR_FORMAT)
			continue;
		argument(out, tool_options[given->id].name);
		if (given->value)
			argument(out, given->value);
	}
	tool_text(out, " >");
	argument(out, tool_value(options, OPTION_CHECK));
}

static int check(const struct tool *tool, const struct text *wanted)
{
	struct text text = {NULL, 0, 0, false};
	struct writer out = {NULL, &text, 0};
	int status;

	command(&out, tool->options);
	tool_bytes(&out, "", 1);
	status = text.failed ? tool_without_memory(tool->diagnostics)
			     : tool_drift(tool->diagnostics,
					  tool_value(tool->options, OPTION_CHECK), wanted,
					  text.bytes);
	free(text.bytes);
	return status;
}

/* Into memory first: half a file is worse than none. */
static int generate(const struct tool *tool, const struct deploycfg_snapshot *schema,
		    struct text *text)
{
	struct writer out = {NULL, text, 0};
	struct dump dump = {.out = &out,
			    .diagnostics = tool->diagnostics,
			    .sight = tool_sight(tool, DEPLOYCFG_FLAG_MASKED)};
	int status;

	dump.sight.cfg = schema;
	status = tool->options->format->write(&dump);
	if (status == TOOL_OK && text->failed)
		return tool_without_memory(tool->diagnostics);
	return status;
}

static int run(const struct tool *tool)
{
	struct deploycfg_snapshot *schema;
	struct text text = {NULL, 0, 0, false};
	int status = tool_load_schema(tool, &schema);

	if (status == TOOL_OK)
		status = generate(tool, schema, &text);
	if (status == TOOL_OK && tool_has(tool->options, OPTION_CHECK))
		status = check(tool, &text);
	else if (status == TOOL_OK)
		fwrite(text.bytes, 1, text.length, tool->out);
	free(text.bytes);
	deploycfg_snapshot_unref(schema);
	return status;
}

const struct verb tool_verb_schema = {
	.name = "schema",
	.input = INPUT_SCHEMA,
	.summary = "print the schema for editors, people, C or Python",
	.description =
		"Prints what schemas declare in another form, so that nothing is "
		"described twice:\n"
		"\n"
		"  json-schema  for editors and validators of layer files in YAML\n"
		"  markdown     a reference of all keys\n"
		"  c            a header: a struct, its libcyaml table, and a function "
		"that\n"
		"               fills it\n"
		"  python       frozen dataclasses, and a function that fills them\n"
		"\n"
		"With --check nothing is printed: the status is 0 where FILE is as it "
		"would be\n"
		"written, else 1. No layer is read, and no environment selected.\n",
	.examples = "  deploycfg schema >config.schema.json\n"
		    "  deploycfg schema --format c --dir config >config.h\n"
		    "  deploycfg schema --format c --dir config --check config.h\n",
	.options = OPTIONS_LOADING | OPTION_BIT(OPTION_FORMAT) |
		   OPTION_BIT(OPTION_SHOW_SECRETS) | OPTION_BIT(OPTION_CHECK),
	.formats = formats,
	.run = run,
};
