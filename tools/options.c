/* SPDX-License-Identifier: ISC */
/* Reads the command line. Must not open, load or print anything but its own errors. */
#include "options.h"

#include <stdlib.h>
#include <string.h>

#include "choice.h"
#include "format.h"
#include "nearest.h"
#include "privilege.h"
#include "status.h"
#include "verb.h"

/* Arguments on their way in. */
struct reader {
	struct options *options;
	char **next, **end;
	struct diagnostics *diagnostics;
	bool literal; /* `--` was read: all that follow are operands */
};

static const char *verb_name(const void *of, size_t i)
{
	(void)of;
	return tool_verbs[i] ? tool_verbs[i]->name : NULL;
}

/* The i-th option that a verb takes; of all where it is NULL. */
static const char *option_name(const void *of, size_t i)
{
	const struct verb *verb = of;
	uint64_t taken = verb ? verb->options | OPTIONS_GENERAL : ~UINT64_C(0);
	size_t id = 0;

	while (id < OPTION_COUNT && (!(taken & OPTION_BIT(id)) || i-- > 0))
		id++;
	return id < OPTION_COUNT ? tool_options[id].name : NULL;
}

/* Whether an argument is this option, alone or with `=VALUE` behind it. */
static bool is_option(const char *argument, const char *name)
{
	size_t length = strlen(name);

	return strncmp(argument, name, length) == 0 &&
	       (argument[length] == '\0' || argument[length] == '=');
}

/* The option that an argument is, OPTION_COUNT for none. */
static enum option_id find_option(const char *argument)
{
	enum option_id id = 0;

	if (is_option(argument, "-h"))
		return OPTION_HELP;
	while (id < OPTION_COUNT && !is_option(argument, tool_options[id].name))
		id++;
	return id;
}

/* As much of an argument as a message may quote: what is behind a `=` may be a secret. */
struct quotable {
	char text[256];
};

static struct quotable quotable(const char *argument)
{
	struct quotable quoted = {""};
	size_t length = strcspn(argument, "=");

	if (length >= sizeof(quoted.text)) {
		length = sizeof(quoted.text) - 1;
		while (length && (argument[length] & 0xc0) == 0x80)
			length--;
	}
	memcpy(quoted.text, argument, length);
	return quoted;
}

static int unknown_option(const struct reader *reader, const char *argument)
{
	const struct verb *verb = reader->options->verb;
	const struct quotable name = quotable(argument);
	const char *nearest = tool_nearest(option_name, verb, name.text);

	return tool_refuse(
		reader->diagnostics, TOOL_SAY("unknown option ", name.text, ""),
		nearest ? TOOL_SAY("did you mean ", nearest, "?")
		: verb  ? TOOL_SAY("the help of ", verb->name, " lists its options")
			: TOOL_SAY("deploycfg --help lists all"));
}

/* What is behind the `=` of an option; NULL without one. */
static const char *value_inside(const char *argument)
{
	const char *equals = strchr(argument, '=');

	return equals ? equals + 1 : NULL;
}

/* The option's value: behind its `=`, or the next argument; NULL where there is none. */
static const char *take_value(struct reader *reader, const char *argument,
			      enum option_id id)
{
	const char *inside = value_inside(argument);

	if (inside || !tool_options[id].argument || reader->next == reader->end)
		return inside;
	return *reader->next++;
}

static int check_presence(const struct reader *reader, const struct given *given)
{
	const struct option *option = &tool_options[given->id];

	if (option->argument && !given->value)
		return tool_refuse(reader->diagnostics,
				   TOOL_SAY("the option ", option->name,
					    " needs a value: ", option->argument, ""),
				   NULL);
	if (!option->argument && given->value)
		return tool_refuse(
			reader->diagnostics,
			TOOL_SAY("the option ", option->name, " takes no value"), NULL);
	return TOOL_OK;
}

static int read_option(struct reader *reader, const char *argument)
{
	struct options *options = reader->options;
	struct given given = {.id = find_option(argument)};
	int status;

	if (given.id == OPTION_COUNT)
		return unknown_option(reader, argument);
	given.value = take_value(reader, argument, given.id);
	status = check_presence(reader, &given);
	if (status == TOOL_OK)
		status = tool_check_value(options, &given, reader->diagnostics);
	if (status != TOOL_OK)
		return status;
	options->seen |= OPTION_BIT(given.id);
	options->given[options->count++] = given;
	return TOOL_OK;
}

static int read_verb(struct reader *reader, const char *name)
{
	const struct verb *verb = tool_verbs[tool_choose(verb_name, NULL, name)];

	if (!verb)
		return tool_refuse_choice(
			reader->diagnostics,
			TOOL_SAY("unknown verb ", quotable(name).text, ""),
			"the verbs are ", verb_name, NULL, name);
	reader->options->verb = verb;
	return TOOL_OK;
}

static int read_operand(struct reader *reader, const char *argument)
{
	struct options *options = reader->options;

	if (!options->verb)
		return read_verb(reader, argument);
	if (!options->verb->operand)
		return tool_refuse(reader->diagnostics,
				   TOOL_SAY("the verb ", options->verb->name,
					    " takes no operand, found ",
					    quotable(argument).text, ""),
				   TOOL_SAY("to read one key run deploycfg get KEY"));
	if (options->operand)
		return tool_refuse(reader->diagnostics,
				   TOOL_SAY("the verb ", options->verb->name,
					    " takes one ", options->verb->operand,
					    ", found ", quotable(argument).text,
					    " besides ", quotable(options->operand).text,
					    ""),
				   NULL);
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

/* The i-th verb that takes an option. */
static const char *taker(const void *of, size_t i)
{
	const enum option_id *id = of;
	size_t at = 0;

	while (tool_verbs[at] &&
	       (!(tool_verbs[at]->options & OPTION_BIT(*id)) || i-- > 0))
		at++;
	return verb_name(NULL, at);
}

/* An option that the verb does not take is a mistake, never ignored. */
static int check_taken(const struct reader *reader)
{
	const struct options *options = reader->options;
	uint64_t foreign = options->seen & ~(options->verb->options | OPTIONS_GENERAL);

	for (enum option_id id = 0; id < OPTION_COUNT; id++) {
		if (foreign & OPTION_BIT(id))
			return tool_refuse_choice(
				reader->diagnostics,
				TOOL_SAY("the verb ", options->verb->name,
					 " takes no option ", tool_options[id].name, ""),
				"it is an option of ", taker, &id, NULL);
	}
	return TOOL_OK;
}

/* Of the verb's, as every --format names it. */
static int choose_format(const struct reader *reader)
{
	struct options *options = reader->options;
	int status = TOOL_OK;

	options->format = options->verb->formats ? options->verb->formats[0] : NULL;
	for (size_t i = 0; status == TOOL_OK && i < options->count; i++) {
		if (options->given[i].id == OPTION_FORMAT)
			status = tool_choose_format(options, options->given[i].value,
						    reader->diagnostics);
	}
	return status;
}

static int check_together(const struct reader *reader)
{
	const struct options *options = reader->options;
	int status = check_taken(reader);

	if (status != TOOL_OK)
		return status;
	if (tool_has(options, OPTION_ALL_ENVS) && tool_has(options, OPTION_ENV))
		return tool_refuse(
			reader->diagnostics,
			TOOL_SAY("the options --all-envs and --env exclude each other"),
			TOOL_SAY("give --env to check one environment, --all-envs to "
				 "check every one"));
	if (tool_has(options, OPTION_SHOW_SECRETS) && tool_is_privileged())
		return tool_refuse(
			reader->diagnostics,
			TOOL_SAY("the option --show-secrets is refused to a process with "
				 "more rights than whoever starts it"),
			TOOL_SAY("run deploycfg as the user that may read the secrets"));
	return choose_format(reader);
}

/* What can be said only when everything was read. */
static int check_whole(const struct reader *reader)
{
	const struct options *options = reader->options;

	if (options->seen & OPTIONS_ALONE)
		return TOOL_OK;
	if (!options->verb)
		return tool_refuse(reader->diagnostics, TOOL_SAY("no verb is given"),
				   TOOL_SAY("run deploycfg dump, or deploycfg --help"));
	if (options->verb->operand && !options->verb->optional && !options->operand)
		return tool_refuse(reader->diagnostics,
				   TOOL_SAY("the verb ", options->verb->name, " needs a ",
					    options->verb->operand, ""),
				   NULL);
	if (tool_has(options, OPTION_ROOT) && !tool_has(options, OPTION_PROJECT))
		return tool_refuse(
			reader->diagnostics,
			TOOL_SAY("the option --root needs --project"),
			TOOL_SAY("name a directory of layer files with --dir"));
	return check_together(reader);
}

/* What is no choice is refused later and changes nothing now. */
static void choose(size_t *chosen, tool_choice *names, const char *wanted)
{
	size_t choice = tool_choose(names, NULL, wanted);

	if (names(NULL, choice))
		*chosen = choice;
}

struct diagnostics tool_options_diagnostics(int argc, char **argv, char **envp, FILE *err)
{
	struct reader reader = {.next = argv + (argc > 0), .end = argv + argc};
	size_t color = COLOR_AUTO;
	size_t format = DIAGNOSTICS_TEXT;

	while (reader.next < reader.end && strcmp(*reader.next, "--") != 0) {
		const char *argument = *reader.next++, *value;
		enum option_id id = find_option(argument);

		value = id < OPTION_COUNT ? take_value(&reader, argument, id) : NULL;
		if (value && id == OPTION_ERROR_FORMAT)
			choose(&format, tool_error_format_choice, value);
		if (value && id == OPTION_COLOR)
			choose(&color, tool_color_choice, value);
	}
	return tool_diagnostics(err, (enum diagnostics_format)format,
				(enum color_mode)color, envp);
}

int tool_options_read(struct options *options, int argc, char **argv,
		      struct diagnostics *diagnostics)
{
	size_t count = argc > 0 ? (size_t)argc : 1;
	struct reader reader = {options, argv + (argc > 0), argv + argc, diagnostics,
				false};
	int status = TOOL_OK;

	*options = (struct options){.verb = NULL};
	options->given = malloc(count * sizeof(*options->given));
	if (!options->given)
		return tool_without_memory(diagnostics);
	while (status == TOOL_OK && reader.next < reader.end)
		status = read_argument(&reader);
	return status == TOOL_OK ? check_whole(&reader) : status;
}

void tool_options_fini(struct options *options)
{
	free(options->given);
	options->given = NULL;
}

const char *tool_value(const struct options *options, enum option_id id)
{
	const char *value = NULL;

	for (size_t i = 0; i < options->count; i++) {
		if (options->given[i].id == id)
			value = options->given[i].value;
	}
	return value;
}
