/* SPDX-License-Identifier: ISC */
/* Help, made of the tables of verbs and options. Must not know what any of them does. */
#include "help.h"

#include <string.h>

#include "verb.h"
#include "writer.h"

#define SUMMARY_COLUMN 26

static const char introduction[] =
	"usage: deploycfg VERB [KEY] [OPTION]...\n"
	"\n"
	"Reads layered configuration and says what is in force, and why. Three ideas:\n"
	"\n"
	"  1. a base file          config/base.yaml         what holds everywhere\n"
	"  2. an environment file  config/production.yaml   what differs there\n"
	"                          --env production         says which\n"
	"  3. variables            SHOP__SERVER__PORT=9090  what differs here\n"
	"                          --prefix SHOP            says whose\n"
	"\n"
	"Each overrides the one before it, key by key. Files are INI or YAML.\n"
	"\n"
	"verbs:\n";

static const char conclusion[] =
	"\n"
	"Without --dir, --project and --file the directory ./config is read. Options "
	"may\n"
	"stand anywhere; `--` ends them. `optional:` before the path of --dir, --file "
	"and\n"
	"--env-file allows it to be missing. Run deploycfg VERB --help for the options "
	"of\n"
	"a verb and examples.\n"
	"\n"
	"exit status:\n"
	"  0  fine, also with warnings\n"
	"  1  the configuration, or the selection of its environment, is invalid\n"
	"  2  the command line is wrong\n"
	"  3  something named or found could not be read\n"
	"  5  the key asked for is not set\n";

/* A name and, in a column of their own, words about it. */
static void row(struct writer *out, const char *name, const char *argument,
		const char *about)
{
	tool_text(out, "  ");
	tool_text(out, name);
	if (argument) {
		tool_text(out, " ");
		tool_text(out, argument);
	}
	tool_pad(out, SUMMARY_COLUMN);
	tool_text(out, about);
	tool_text(out, "\n");
}

static void options_of(struct writer *out, const char *title, unsigned options)
{
	if (!options)
		return;
	tool_text(out, title);
	for (size_t id = 0; id < OPTION_COUNT; id++) {
		if (options & OPTION_BIT(id))
			row(out, tool_options[id].name, tool_options[id].argument,
			    tool_options[id].help);
	}
}

static void loading_options(struct writer *out)
{
	options_of(out, "\nwhat to read (* may be repeated):\n", OPTIONS_LOADING);
}

static void help_of_all(struct writer *out)
{
	unsigned of_verbs = 0;

	tool_text(out, introduction);
	for (const struct verb *const *verb = tool_verbs; *verb; verb++) {
		row(out, (*verb)->name, (*verb)->operand, (*verb)->summary);
		of_verbs |= (*verb)->options;
	}
	loading_options(out);
	options_of(out, "\noptions of dump and get:\n", of_verbs & ~OPTIONS_LOADING);
	options_of(out, "\ngeneral options:\n", OPTIONS_GENERAL);
	tool_text(out, conclusion);
}

static void help_of_verb(struct writer *out, const struct verb *verb)
{
	tool_text(out, "usage: deploycfg ");
	tool_text(out, verb->name);
	if (verb->operand) {
		tool_text(out, " ");
		tool_text(out, verb->operand);
	}
	tool_text(out, " [OPTION]...\n\n");
	tool_text(out, verb->description);
	options_of(out, "\noptions:\n", verb->options & ~OPTIONS_LOADING);
	loading_options(out);
	options_of(out, "\ngeneral options:\n", OPTIONS_GENERAL);
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
