/* SPDX-License-Identifier: ISC */
/* What is wrong as a line that GitHub Actions shows beside the line in question:
 *
 *	::error file=config/base.yaml,line=3,col=7,title=wrong-type::message (key a.b); hint
 *
 * Must not know what it is about. */
#include <string.h>

#include "diagnostics.h"
#include "origin.h"

static const char in_message[] = "%\r\n", in_property[] = "%\r\n:,";

/* Escaped as in a text for people, and what would end the part it stands in as %XX. */
static void part(struct writer *out, const char *special, const char *text)
{
	char code[8];

	for (size_t plain; *text; text += plain) {
		plain = strcspn(text, special);
		tool_escaped(out, &tool_escapes_show, text, plain);
		if (plain)
			continue;
		snprintf(code, sizeof(code), "%%%02X", (unsigned char)*text);
		tool_text(out, code);
		plain = 1;
	}
}

/* A variable, an option and standard input are no files that could be shown. */
static bool is_file(const char *place)
{
	return *place && strcmp(place, "-") != 0 && strncmp(place, "env:", 4) != 0 &&
	       strncmp(place, "--set[", 6) != 0;
}

static void property(struct writer *out, const char **before, const char *name,
		     const char *value)
{
	tool_text(out, *before);
	tool_text(out, name);
	tool_text(out, "=");
	part(out, in_property, value);
	*before = ",";
}

static void number(struct writer *out, const char **before, const char *name,
		   unsigned value)
{
	char text[16];

	if (!value)
		return;
	snprintf(text, sizeof(text), "%u", value);
	property(out, before, name, text);
}

static void properties(struct writer *out, const struct problem *problem)
{
	const struct deploycfg_error *error = problem->error;
	const char *before = " ";

	if (error && is_file(deploycfg_error_file(error))) {
		property(out, &before, "file", deploycfg_error_file(error));
		number(out, &before, "line", deploycfg_error_line(error));
		number(out, &before, "col", deploycfg_error_column(error));
	}
	if (problem->status != DEPLOYCFG_OK)
		property(out, &before, "title", deploycfg_status_code(problem->status));
}

static void place(struct writer *out, const struct deploycfg_error *error)
{
	part(out, in_message, deploycfg_error_file(error));
	if (deploycfg_error_line(error)) {
		tool_text(out, ":");
		tool_number(out, deploycfg_error_line(error));
		tool_text(out, ":");
		tool_number(out, deploycfg_error_column(error));
	}
	tool_text(out, ": ");
}

/* Words from outside are quoted. */
static void pieces(struct writer *out, const char *const *texts)
{
	for (size_t i = 0; texts[i]; i++) {
		tool_text(out, i % 2 ? "'" : "");
		part(out, in_message, texts[i]);
		tool_text(out, i % 2 ? "'" : "");
	}
}

static void key_and_others(struct writer *out, const struct problem *problem)
{
	const struct deploycfg_error *error = problem->error, *other;

	if (problem->key && *problem->key) {
		tool_text(out, " (key ");
		part(out, in_message, problem->key);
		tool_text(out, ")");
	}
	for (size_t i = 0; error && (other = deploycfg_error_related(error, i)); i++) {
		tool_text(out, "; ");
		if (*deploycfg_error_file(other))
			place(out, other);
		part(out, in_message, deploycfg_error_message(other));
	}
	if (!problem->declared)
		return;
	tool_text(out, "; ");
	tool_place(out, problem->declared);
	tool_text(out, ": " TOOL_DECLARED);
}

void tool_problem_github(struct writer *out, const struct problem *problem)
{
	const struct deploycfg_error *error = problem->error;

	tool_text(out, "::");
	tool_text(out, problem->severity == DEPLOYCFG_NOTE
			       ? "notice"
			       : tool_severity_name(problem->severity));
	properties(out, problem);
	tool_text(out, "::");
	if (error && *deploycfg_error_file(error) &&
	    !is_file(deploycfg_error_file(error)))
		place(out, error);
	pieces(out, problem->message);
	key_and_others(out, problem);
	if (problem->hint) {
		tool_text(out, "; ");
		pieces(out, problem->hint);
	}
	tool_text(out, "\n");
}
