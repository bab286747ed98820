/* SPDX-License-Identifier: ISC */
/* Reads the command line. Must not open, load or print anything but its own errors. */
#include "options.h"

#include <stdlib.h>
#include <string.h>

#include "format.h"
#include "message.h"
#include "verb.h"

const struct option tool_options[OPTION_COUNT] = {
	[OPTION_DIR] = {"--dir", "DIR",
			"read the layer files there; repeatable, later is stronger"},
	[OPTION_FILE] = {"--file", "FILE",
			 "read FILE over all directories, `-` as YAML; repeatable"},
	[OPTION_ENV] = {"--env", "NAME",
			"select the environment; `none` for a program without"},
	[OPTION_PREFIX] = {"--prefix", "PREFIX",
			   "read values from variables PREFIX__KEY__NAME"},
	[OPTION_MAP_ENV] = {"--map-env", "VARIABLE=KEY",
			    "read KEY from any other variable; repeatable"},
	[OPTION_SET] = {"--set", "KEY=TEXT",
			"override KEY; with a YAML value: KEY:=VALUE; repeatable"},
	[OPTION_ENVIRON] = {"--environ", NULL,
			    "take values from variables in every environment"},
	[OPTION_NO_ENVIRON] = {"--no-environ", NULL, "read no variable at all"},
	[OPTION_FORMAT] = {"--format", "FORMAT", "yaml (the default), json or repr"},
	[OPTION_ORIGIN] = {"--origin", NULL,
			   "say beside every value where it was written"},
	[OPTION_HELP] = {"--help", NULL,
			 "show help, of the verb if there is one; also -h"},
	[OPTION_VERSION] = {"--version", NULL, "show the version"},
};

/* More than there are verbs, formats or options. */
#define NAMES_MAX 64

/* Arguments on their way in. */
struct reader {
	struct options *options;
	char **next, **end;
	FILE *err;
	bool literal; /* `--` was read: all that follows are operands */
};

static int refuse(const struct reader *reader, const char *const *pieces)
{
	tool_error(reader->err, DEPLOYCFG_ERR_ARGUMENT, pieces);
	return TOOL_USAGE;
}

static const char *verb_name(size_t i)
{
	return tool_verbs[i] ? tool_verbs[i]->name : NULL;
}

static const char *format_name(size_t i)
{
	return tool_formats[i] ? tool_formats[i]->name : NULL;
}

static const char *option_name(size_t i)
{
	return i < OPTION_COUNT ? tool_options[i].name : NULL;
}

/* Says which names there are: they are few, and one of them was meant. */
static void hint_names(FILE *err, const char *title, const char *(*name)(size_t i))
{
	const char *pieces[2 * NAMES_MAX + 1];
	size_t count = 0;

	for (size_t i = 0; i < NAMES_MAX && name(i); i++) {
		pieces[count++] = i == 0 ? title : name(i + 1) ? ", " : " and ";
		pieces[count++] = name(i);
	}
	pieces[count] = NULL;
	tool_hint(err, pieces);
}

/* Whether an argument is this option, alone or with `=VALUE` behind it. */
static bool is_option(const char *argument, const char *name)
{
	size_t length = strlen(name);

	return strncmp(argument, name, length) == 0 &&
	       (argument[length] == '\0' || argument[length] == '=');
}

static int unknown_option(const struct reader *reader, const char *argument)
{
	char name[32] = "";
	size_t length = strcspn(argument, "=");

	if (length < sizeof(name))
		memcpy(name, argument, length);
	refuse(reader, TOOL_SAY("unknown option ", *name ? name : argument, ""));
	hint_names(reader->err, "the options are ", option_name);
	return TOOL_USAGE;
}

/* The option's value: behind its `=`, or the next argument. */
static int take_value(struct reader *reader, const char *argument, struct given *given)
{
	const struct option *option = &tool_options[given->id];
	const char *equals =
		argument[0] == '-' && argument[1] == '-' ? strchr(argument, '=') : NULL;

	if (!option->argument) {
		if (equals)
			return refuse(reader, TOOL_SAY("the option ", option->name,
						       " takes no value"));
		return TOOL_OK;
	}
	if (!equals && reader->next == reader->end)
		return refuse(reader, TOOL_SAY("the option ", option->name,
					       " needs a value: ", option->argument, ""));
	given->value = equals ? equals + 1 : *reader->next++;
	return TOOL_OK;
}

static int choose_format(const struct reader *reader, const char *name)
{
	for (const struct format *const *format = tool_formats; *format; format++) {
		if (strcmp((*format)->name, name) == 0) {
			reader->options->format = *format;
			return TOOL_OK;
		}
	}
	refuse(reader, TOOL_SAY("unknown format ", name, ""));
	hint_names(reader->err, "the formats are ", format_name);
	return TOOL_USAGE;
}

/* KEY=TEXT, KEY:=VALUE and VARIABLE=KEY. */
static int split_pair(const struct reader *reader, struct given *given)
{
	const struct option *option = &tool_options[given->id];

	given->equals = strchr(given->value, '=');
	if (given->equals && given->equals != given->value &&
	    !(given->id == OPTION_SET && given->equals == given->value + 1 &&
	      *given->value == ':'))
		return TOOL_OK;
	return refuse(reader, TOOL_SAY("the option ", option->name, " needs ",
				       option->argument, ", found ", given->value, ""));
}

static bool is_second_stdin(const struct options *options, const struct given *given)
{
	if (given->id != OPTION_FILE || strcmp(given->value, "-") != 0)
		return false;
	for (size_t i = 0; i < options->count; i++) {
		if (options->given[i].id == OPTION_FILE &&
		    strcmp(options->given[i].value, "-") == 0)
			return true;
	}
	return false;
}

static int check_value(const struct reader *reader, struct given *given)
{
	if (given->id == OPTION_FORMAT)
		return choose_format(reader, given->value);
	if (given->id == OPTION_SET || given->id == OPTION_MAP_ENV)
		return split_pair(reader, given);
	if (is_second_stdin(reader->options, given))
		return refuse(reader, TOOL_SAY("standard input can be read only once"));
	return TOOL_OK;
}

static int read_option(struct reader *reader, const char *argument)
{
	struct options *options = reader->options;
	struct given given = {.id = 0};

	while (given.id < OPTION_COUNT &&
	       !is_option(argument, tool_options[given.id].name))
		given.id++;
	if (strcmp(argument, "-h") == 0)
		given.id = OPTION_HELP;
	if (given.id == OPTION_COUNT)
		return unknown_option(reader, argument);
	int status = take_value(reader, argument, &given);

	if (status == TOOL_OK)
		status = check_value(reader, &given);
	if (status != TOOL_OK)
		return status;
	options->seen |= OPTION_BIT(given.id);
	options->given[options->count++] = given;
	return TOOL_OK;
}

static int read_verb(struct reader *reader, const char *name)
{
	for (const struct verb *const *verb = tool_verbs; *verb; verb++) {
		if (strcmp((*verb)->name, name) == 0) {
			reader->options->verb = *verb;
			return TOOL_OK;
		}
	}
	refuse(reader, TOOL_SAY("unknown verb ", name, ""));
	hint_names(reader->err, "the verbs are ", verb_name);
	return TOOL_USAGE;
}

static int read_operand(struct reader *reader, const char *argument)
{
	struct options *options = reader->options;

	if (!options->verb)
		return read_verb(reader, argument);
	if (!options->verb->operand) {
		refuse(reader, TOOL_SAY("the verb ", options->verb->name,
					" takes no operand, found ", argument, ""));
		tool_hint(reader->err, TOOL_SAY("to read one key run deploycfg get KEY"));
		return TOOL_USAGE;
	}
	if (options->operand)
		return refuse(reader,
			      TOOL_SAY("the verb ", options->verb->name, " takes one ",
				       options->verb->operand, ", found ", argument,
				       " besides ", options->operand, ""));
	options->operand = argument;
	return TOOL_OK;
}

static int read_argument(struct reader *reader)
{
	const char *argument = *reader->next++;

	if (reader->literal || argument[0] != '-' || argument[1] == '\0')
		return read_operand(reader, argument);
	if (strcmp(argument, "--") == 0) {
		reader->literal = true;
		return TOOL_OK;
	}
	return read_option(reader, argument);
}

/* An option that the verb does not take is a mistake, never ignored. */
static int check_taken(const struct reader *reader)
{
	const struct options *options = reader->options;
	unsigned foreign = options->seen & ~(options->verb->options | OPTIONS_GENERAL);

	for (size_t id = 0; id < OPTION_COUNT; id++) {
		if (foreign & OPTION_BIT(id))
			return refuse(reader, TOOL_SAY("the verb ", options->verb->name,
						       " takes no option ",
						       tool_options[id].name, ""));
	}
	return TOOL_OK;
}

/* What can be said only when everything was read. */
static int check_whole(const struct reader *reader)
{
	const struct options *options = reader->options;

	if (options->seen & OPTIONS_GENERAL)
		return TOOL_OK;
	if (!options->verb) {
		refuse(reader, TOOL_SAY("no verb is given"));
		tool_hint(reader->err,
			  TOOL_SAY("run deploycfg dump, or deploycfg --help"));
		return TOOL_USAGE;
	}
	if (options->verb->operand && !options->operand)
		return refuse(reader, TOOL_SAY("the verb ", options->verb->name,
					       " needs a ", options->verb->operand, ""));
	return check_taken(reader);
}

int tool_options_read(struct options *options, int argc, char **argv, FILE *err)
{
	size_t count = argc > 0 ? (size_t)argc : 1;
	struct reader reader = {options, argv + (argc > 0), argv + (argc > 0 ? argc : 0),
				err, false};
	int status = TOOL_OK;

	*options = (struct options){.format = tool_formats[0]};
	options->given = malloc(count * sizeof(*options->given));
	if (!options->given) {
		tool_error(err, DEPLOYCFG_ERR_MEMORY, TOOL_SAY("out of memory"));
		return TOOL_INVALID;
	}
	while (status == TOOL_OK && reader.next < reader.end)
		status = read_argument(&reader);
	return status == TOOL_OK ? check_whole(&reader) : status;
}

void tool_options_fini(struct options *options)
{
	free(options->given);
	options->given = NULL;
}
