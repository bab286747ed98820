/* SPDX-License-Identifier: ISC */
/* What is wrong as text, in colour or not. The library writes that of its own, of which
 * colours must know the lines: place and severity, excerpt, caret, other places, hint. */
#include <string.h>

#include "diagnostics.h"
#include "origin.h"

static const char place_color[] = "\033[1m", caret_color[] = "\033[1;32m",
		  hint_color[] = "\033[1;36m", no_color[] = "\033[m";

static const char *const severity_colors[] = {"\033[1;31m", "\033[1;35m", "\033[1;36m"};

const char *tool_severity_name(enum deploycfg_severity severity)
{
	static const char *const names[] = {"error", "warning", "note"};

	return names[severity];
}

static void colored(struct writer *out, const char *color, const char *text,
		    size_t length)
{
	tool_text(out, length ? color : "");
	tool_bytes(out, text, length);
	tool_text(out, length ? no_color : "");
}

/* Length of `FILE:LINE:COL: `, which the text of an error begins with. */
static size_t place_length(const struct deploycfg_error *error)
{
	const char *file = deploycfg_error_file(error);
	unsigned numbers[] = {deploycfg_error_line(error), deploycfg_error_column(error)};
	size_t length = strlen(file);

	for (size_t i = 0; i < 2 && numbers[i]; i++)
		length += (size_t)snprintf(NULL, 0, ":%u", numbers[i]);
	return *file ? length + strlen(": ") : 0;
}

/* The first line of an error or of another place that is involved. */
static void first_line(struct writer *out, const struct deploycfg_error *error,
		       const char *line, size_t length)
{
	size_t place = place_length(error);
	size_t severity = strcspn(line + place, ":");

	colored(out, place_color, line, place);
	colored(out, severity_colors[deploycfg_error_severity(error)], line + place,
		severity);
	tool_bytes(out, line + place + severity, length - place - severity);
}

/* Whether a line has nothing but a caret below an excerpt. */
static bool is_caret(const char *line, size_t length)
{
	return length > 2 && line[length - 2] == '^' && strspn(line, " |") == length - 2;
}

static bool is_about(const char *line, const struct deploycfg_error *related)
{
	const char *text = related ? deploycfg_error_text(related) : NULL;

	return text && strncmp(line, "  ", 2) == 0 &&
	       strncmp(line + 2, text, strlen(text)) == 0;
}

/* Any line but the first; returns whether it was about another place. */
static bool next_line(struct writer *out, const struct deploycfg_error *related,
		      const char *line, size_t length)
{
	static const char hint[] = "  hint:";
	bool about = is_about(line, related);

	if (about) {
		tool_text(out, "  ");
		first_line(out, related, line + 2, length - 2);
	} else if (strncmp(line, hint, strlen(hint)) == 0) {
		colored(out, hint_color, hint, strlen(hint));
		tool_bytes(out, line + strlen(hint), length - strlen(hint));
	} else if (is_caret(line, length)) {
		tool_bytes(out, line, length - 2);
		colored(out, caret_color, "^", 1);
		tool_text(out, "\n");
	} else {
		tool_bytes(out, line, length);
	}
	return about;
}

static void in_color(struct writer *out, const struct deploycfg_error *error)
{
	const char *line = deploycfg_error_text(error);
	size_t length = strcspn(line, "\n") + 1, related = 0;

	first_line(out, error, line, length);
	for (line += length; *line; line += length) {
		length = strcspn(line, "\n") + 1;
		related += next_line(out, deploycfg_error_related(error, related), line,
				     length);
	}
}

/* Words from outside may hold anything: they are quoted and escaped. */
static void say(struct writer *out, const char *const *pieces)
{
	for (size_t i = 0; pieces[i]; i++) {
		tool_text(out, i % 2 ? "'" : "");
		if (i % 2)
			tool_show(out, pieces[i]);
		else
			tool_text(out, pieces[i]);
		tool_text(out, i % 2 ? "'" : "");
	}
	tool_text(out, "\n");
}

static void declaration(struct writer *out, const struct deploycfg_entry *declared,
			bool color)
{
	tool_text(out, "  ");
	tool_text(out, color ? place_color : "");
	tool_place(out, declared);
	tool_text(out, ": ");
	tool_text(out, color ? no_color : "");
	tool_text(out, color ? severity_colors[DEPLOYCFG_NOTE] : "");
	tool_text(out, "note");
	tool_text(out, color ? no_color : "");
	tool_text(out, ": " TOOL_DECLARED "\n");
}

static void own(struct writer *out, const struct problem *problem, bool color)
{
	tool_text(out, color ? severity_colors[problem->severity] : "");
	tool_text(out, tool_severity_name(problem->severity));
	tool_text(out, "[");
	tool_text(out, deploycfg_status_code(problem->status));
	tool_text(out, "]");
	tool_text(out, color ? no_color : "");
	tool_text(out, ": ");
	say(out, problem->message);
	if (problem->declared)
		declaration(out, problem->declared, color);
	if (!problem->hint)
		return;
	tool_text(out, color ? hint_color : "");
	tool_text(out, "  hint:");
	tool_text(out, color ? no_color : "");
	tool_text(out, " ");
	say(out, problem->hint);
}

void tool_problem_text(struct writer *out, const struct problem *problem, bool color)
{
	if (!problem->error)
		own(out, problem, color);
	else if (color)
		in_color(out, problem->error);
	else
		tool_text(out, deploycfg_error_text(problem->error));
}
