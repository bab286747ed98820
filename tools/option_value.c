/* SPDX-License-Identifier: ISC */
/* Values of options: which of them can be none without looking at any configuration. Must
 * not know how they were found among the arguments. */
#include <string.h>

#include "choice.h"
#include "format.h"
#include "options.h"
#include "status.h"
#include "verb.h"

static const char *format_choice(const void *of, size_t i)
{
	const struct verb *verb = of;

	return verb->formats[i] ? verb->formats[i]->name : NULL;
}

static const char *unknown_choice(const void *of, size_t i)
{
	static const char *const names[] = {"error", "warn", NULL};

	(void)of;
	return names[i];
}

static const char *trust_choice(const void *of, size_t i)
{
	static const char *const names[] = {"owner", NULL};

	(void)of;
	return names[i];
}

const char *tool_error_format_choice(const void *of, size_t i)
{
	static const char *const names[] = {"text", "json", "github", NULL};

	(void)of;
	return names[i];
}

const char *tool_color_choice(const void *of, size_t i)
{
	static const char *const names[] = {"auto", "always", "never", NULL};

	(void)of;
	return names[i];
}

static int check_choice(const struct given *given, struct diagnostics *diagnostics,
			const char *what, const char *title, tool_choice *names)
{
	if (names(NULL, tool_choose(names, NULL, given->value)))
		return TOOL_OK;
	return tool_refuse_choice(diagnostics, TOOL_SAY(what, given->value, ""), title,
				  names, NULL, given->value);
}

int tool_choose_format(struct options *options, const char *name,
		       struct diagnostics *diagnostics)
{
	const struct verb *verb = options->verb;
	const struct format *format =
		verb->formats[tool_choose(format_choice, verb, name)];

	if (!format)
		return tool_refuse_choice(
			diagnostics,
			TOOL_SAY("the verb ", verb->name, " has no format ", name, ""),
			"the formats are ", format_choice, verb, name);
	options->format = format;
	return TOOL_OK;
}

/* A user's or group's number: names need a look into files of the system. The number of nobody at
 * all, as calls of the system have it, is none. */
static int read_id(struct given *given, struct diagnostics *diagnostics)
{
	const char *digit = given->value;
	uint64_t number = 0;

	for (; *digit >= '0' && *digit <= '9' && number < UINT32_MAX; digit++)
		number = number * 10 + (uint64_t)(*digit - '0');
	if (digit != given->value && !*digit && number < UINT32_MAX) {
		given->number = (unsigned)number;
		return TOOL_OK;
	}
	return tool_refuse(
		diagnostics,
		TOOL_SAY("whom to trust is told by a number, found ", given->value, ""),
		TOOL_SAY("write it as `id` shows it, such as 1000"));
}

/* KEY=TEXT, KEY:=VALUE and VARIABLE=KEY. */
static int split_pair(struct given *given, struct diagnostics *diagnostics)
{
	const struct option *option = &tool_options[given->id];

	given->equals = strchr(given->value, '=');
	if (given->equals && given->equals != given->value &&
	    !(given->id == OPTION_SET && given->equals == given->value + 1 &&
	      *given->value == ':'))
		return TOOL_OK;
	/* The value of a key may be a secret. */
	if (given->id == OPTION_SET)
		return tool_refuse(
			diagnostics,
			TOOL_SAY("the option ", option->name, " needs ", option->argument,
				 given->equals ? ", and there is nothing before the `=`"
					       : ", and there is no `=`"),
			NULL);
	return tool_refuse(diagnostics,
			   TOOL_SAY("the option ", option->name, " needs ",
				    option->argument, ", found ", given->value, ""),
			   NULL);
}

static bool has_stdin(const struct options *options)
{
	for (size_t i = 0; i < options->count; i++) {
		if (options->given[i].id == OPTION_FILE &&
		    strcmp(options->given[i].value, "-") == 0)
			return true;
	}
	return false;
}

static int check_file(const struct options *options, const struct given *given,
		      struct diagnostics *diagnostics)
{
	if (strcmp(given->value, "optional:-") == 0)
		return tool_refuse(
			diagnostics,
			TOOL_SAY("standard input cannot be optional, found ",
				 given->value, ""),
			TOOL_SAY("write --file -, and give it nothing to read"));
	if (strcmp(given->value, "-") == 0 && has_stdin(options))
		return tool_refuse(diagnostics,
				   TOOL_SAY("standard input can be read only once"),
				   NULL);
	return TOOL_OK;
}

int tool_check_value(struct options *options, struct given *given,
		     struct diagnostics *diagnostics)
{
	switch (given->id) {
	case OPTION_UNKNOWN:
		return check_choice(given, diagnostics,
				    "unknown value of --unknown: ", "the values are ",
				    unknown_choice);
	case OPTION_TRUST:
		return check_choice(given, diagnostics,
				    "unknown value of --trust: ", "the values are ",
				    trust_choice);
	case OPTION_TRUST_USER:
	case OPTION_TRUST_GROUP:
		return read_id(given, diagnostics);
	case OPTION_ERROR_FORMAT:
		return check_choice(given, diagnostics, "unknown format ",
				    "the formats are ", tool_error_format_choice);
	case OPTION_COLOR:
		return check_choice(given, diagnostics,
				    "unknown value of --color: ", "the values are ",
				    tool_color_choice);
	case OPTION_SET:
	case OPTION_MAP_ENV:
		return split_pair(given, diagnostics);
	case OPTION_FILE:
		return check_file(options, given, diagnostics);
	default:
		return TOOL_OK;
	}
}
