/* SPDX-License-Identifier: ISC */
/* Collects what is wrong and passes it on. Must not know how it looks. */
#define _POSIX_C_SOURCE 200809L

#include "diagnostics.h"

#include <string.h>
#include <unistd.h>

#include "status.h"

/* The value of a variable, "" where there is none. */
static const char *variable(char **envp, const char *name)
{
	size_t length = strlen(name);

	for (; envp && *envp; envp++) {
		if (strncmp(*envp, name, length) == 0 && (*envp)[length] == '=')
			return *envp + length + 1;
	}
	return "";
}

static bool wants_color(FILE *err, enum color_mode mode, char **envp)
{
	int descriptor = fileno(err);

	if (mode != COLOR_AUTO)
		return mode == COLOR_ALWAYS;
	return descriptor >= 0 && isatty(descriptor) && !*variable(envp, "NO_COLOR") &&
	       strcmp(variable(envp, "TERM"), "dumb") != 0;
}

struct diagnostics tool_diagnostics(FILE *err, enum diagnostics_format format,
				    enum color_mode mode, char **envp)
{
	return (struct diagnostics){
		.out = tool_writer(err),
		.format = format,
		.color = wants_color(err, mode, envp),
	};
}

static void tell(struct diagnostics *diagnostics, const struct problem *problem)
{
	switch (diagnostics->format) {
	case DIAGNOSTICS_JSON:
		tool_text(&diagnostics->out, diagnostics->begun ? ",\n  " : "[\n  ");
		tool_problem_json(&diagnostics->out, problem);
		diagnostics->begun = true;
		break;
	case DIAGNOSTICS_GITHUB:
		tool_problem_github(&diagnostics->out, problem);
		break;
	default:
		tool_problem_text(&diagnostics->out, problem, diagnostics->color);
		break;
	}
}

void tool_error(struct diagnostics *diagnostics, enum deploycfg_status status,
		const char *const *message, const char *const *hint)
{
	tell(diagnostics,
	     &(struct problem){DEPLOYCFG_ERROR, status, message, hint, NULL, NULL, NULL});
}

void tool_warning(struct diagnostics *diagnostics, enum deploycfg_status status,
		  const char *const *message, const char *const *hint)
{
	tell(diagnostics, &(struct problem){DEPLOYCFG_WARNING, status, message, hint,
					    NULL, NULL, NULL});
}

void tool_key_error(struct diagnostics *diagnostics, enum deploycfg_status status,
		    const char *key, const char *const *message, const char *const *hint)
{
	tell(diagnostics,
	     &(struct problem){DEPLOYCFG_ERROR, status, message, hint, NULL, key, NULL});
}

void tool_not_set_error(struct diagnostics *diagnostics, const char *key,
			const struct deploycfg_entry *declared,
			const char *const *message, const char *const *hint)
{
	tell(diagnostics, &(struct problem){DEPLOYCFG_ERROR, DEPLOYCFG_ERR_MISSING,
					    message, hint, NULL, key, declared});
}

int tool_without_memory(struct diagnostics *diagnostics)
{
	tool_error(diagnostics, DEPLOYCFG_ERR_MEMORY, TOOL_SAY("out of memory"), NULL);
	return TOOL_INVALID;
}

void tool_report_one(struct diagnostics *diagnostics, const struct deploycfg_error *error)
{
	enum deploycfg_severity severity = deploycfg_error_severity(error);
	const char *hint = deploycfg_error_hint(error);

	if (severity == DEPLOYCFG_NOTE && !diagnostics->notes)
		return;
	tell(diagnostics, &(struct problem){severity, deploycfg_error_status(error),
					    TOOL_SAY(deploycfg_error_message(error)),
					    *hint ? TOOL_SAY(hint) : NULL, error,
					    deploycfg_error_key(error), NULL});
}

void tool_report(struct diagnostics *diagnostics, struct deploycfg_errors *errors)
{
	for (size_t i = 0; i < deploycfg_errors_count(errors); i++)
		tool_report_one(diagnostics, deploycfg_errors_at(errors, i));
	deploycfg_errors_free(errors);
}

void tool_diagnostics_end(struct diagnostics *diagnostics)
{
	if (diagnostics->format == DIAGNOSTICS_JSON)
		tool_text(&diagnostics->out, diagnostics->begun ? "\n]\n" : "[]\n");
}
