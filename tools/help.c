/* SPDX-License-Identifier: ISC */
/* Help, made of the tables of verbs and options. Must not know what any of them does. */
#include "help.h"

#include <string.h>

#include "format.h"
#include "verb.h"
#include "writer.h"

#define SUMMARY_COLUMN 26

static const char introduction[] =
	"usage: deploycfg VERB [KEY | DIR] [OPTION]...\n"
	"\n"
	"Reads layered configuration and says what is in force, and why. Three ideas:\n"
	"\n"
	"  1. a base file          config/base.yaml         what holds everywhere\n"
	"  2. an environment file  config/production.yaml   what differs there\n"
	"                          --env production         says which\n"
	"  3. variables            SHOP__SERVER__PORT=9090  what differs here\n"
	"                          --prefix SHOP            says whose\n"
	"\n"
	"Each overrides the one before it, key by key. Files are INI or YAML. A schema,\n"
	"config/schema.yaml, says which keys there are. `deploycfg init` writes all of "
	"it\n"
	"to begin with.\n"
	"\n"
	"verbs:\n";

static const char conclusion[] =
	"\n"
	"Without --dir, --project and --file the directory ./config is read. Options "
	"may\n"
	"stand anywhere; `--` ends them. `optional:` before the path of --dir, --file,\n"
	"--env-file and --schema allows it to be missing. Run deploycfg VERB --help for\n"
	"the options of a verb and examples.\n"
	"\n"
	"exit status:\n"
	"  0  fine, also with warnings\n"
	"  1  the configuration, or the selection of its environment, is invalid\n"
	"  2  the command line is wrong\n"
	"  3  something named or found could not be read\n"
	"  5  the key asked for is not set\n";

/* What follows on a name; nothing where it is NULL. */
static void argument(struct writer *out, const char *name, bool optional)
{
	if (!name)
		return;
	tool_text(out, optional ? " [" : " ");
	tool_text(out, name);
	tool_text(out, optional ? "]" : "");
}

static void verb_row(struct writer *out, const struct verb *verb)
{
	tool_text(out, "  ");
	tool_text(out, verb->name);
	argument(out, verb->operand, verb->optional);
	tool_pad(out, SUMMARY_COLUMN);
	tool_text(out, verb->summary);
	tool_text(out, "\n");
}

/* The default is the first one. */
static void formats(struct writer *out, const struct format *const *list)
{
	for (size_t i = 0; list[i]; i++) {
		tool_text(out, i == 0 ? "" : list[i + 1] ? ", " : " or ");
		tool_text(out, list[i]->name);
		tool_text(out, i == 0 ? " (the default)" : "");
	}
}

static void option_row(struct writer *out, size_t id, const struct verb *verb)
{
	tool_text(out, "  ");
	tool_text(out, tool_options[id].name);
	argument(out, tool_options[id].argument, false);
	tool_pad(out, SUMMARY_COLUMN);
	if (id == OPTION_FORMAT && verb)
		formats(out, verb->formats);
	else
		tool_text(out, tool_options[id].help);
	tool_text(out, "\n");
}

/* verb: whose formats are to be named; NULL for those of all. */
static void options_of(struct writer *out, const char *title, uint64_t options,
		       const struct verb *verb)
{
	if (!options)
		return;
	tool_text(out, title);
	for (size_t id = 0; id < OPTION_COUNT; id++) {
		if (options & OPTION_BIT(id))
			option_row(out, id, verb);
	}
}

static void loading_options(struct writer *out, uint64_t options)
{
	options_of(out, "\nwhat to read (* may be repeated):\n",
		   options & OPTIONS_LOADING, NULL);
}

static void help_of_all(struct writer *out)
{
	uint64_t of_verbs = 0;

	tool_text(out, introduction);
	for (const struct verb *const *verb = tool_verbs; *verb; verb++) {
		verb_row(out, *verb);
		of_verbs |= (*verb)->options;
	}
	loading_options(out, of_verbs);
	options_of(out, "\noptions of some verbs:\n", of_verbs & ~OPTIONS_LOADING, NULL);
	options_of(out, "\ngeneral options:\n", OPTIONS_GENERAL, NULL);
	tool_text(out, conclusion);
}

static void help_of_verb(struct writer *out, const struct verb *verb)
{
	tool_text(out, "usage: deploycfg ");
	tool_text(out, verb->name);
	argument(out, verb->operand, verb->optional);
	tool_text(out, " [OPTION]...\n\n");
	tool_text(out, verb->description);
	options_of(out, "\noptions:\n", verb->options & ~OPTIONS_LOADING, verb);
	loading_options(out, verb->options);
	options_of(out, "\ngeneral options:\n", OPTIONS_GENERAL, NULL);
	tool_text(out, "\nexamples:\n");
	tool_text(out, verb->examples);
}

void tool_help(FILE *file, const struct verb *verb)
{
	struct writer out = tool_writer(file);

	if (verb)
		help_of_verb(&out, verb);
	else
		help_of_all(&out);
}
