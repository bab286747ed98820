/* SPDX-License-Identifier: ISC */
/* What is wrong as a JSON object, with the same members whatever it is. Must not know
 * what it is about. */
#include <string.h>

#include "diagnostics.h"
#include "json_parts.h"

/* Words from outside are quoted and escaped as in a text: who prints this string when it
 * is decoded prints nothing that a terminal obeys. */
static void pieces(struct writer *out, const char *const *texts)
{
	tool_text(out, "\"");
	for (size_t i = 0; texts[i]; i++) {
		tool_text(out, i % 2 ? "'" : "");
		tool_escaped(out, i % 2 ? &tool_escapes_json_show : &tool_escapes_json,
			     texts[i], strlen(texts[i]));
		tool_text(out, i % 2 ? "'" : "");
	}
	tool_text(out, "\"");
}

static void line_and_column(struct writer *out, const struct deploycfg_error *error)
{
	tool_json_next(out, "line");
	tool_json_number_or_null(out, error ? deploycfg_error_line(error) : 0);
	tool_json_next(out, "column");
	tool_json_number_or_null(out, error ? deploycfg_error_column(error) : 0);
}

static void others(struct writer *out, const struct deploycfg_error *error)
{
	const struct deploycfg_error *other;

	for (size_t i = 0; error && (other = deploycfg_error_related(error, i)); i++) {
		tool_text(out, i ? ", {" : "{");
		tool_json_member(out, "file");
		tool_json_string_or_null(out, deploycfg_error_file(other));
		line_and_column(out, other);
		tool_json_next(out, "message");
		tool_json_string(out, deploycfg_error_message(other));
		tool_text(out, "}");
	}
}

static void declaration(struct writer *out, const struct deploycfg_entry *declared)
{
	if (!declared)
		return;
	tool_text(out, "{");
	tool_json_member(out, "file");
	tool_json_string(out, deploycfg_source_name(deploycfg_entry_source(declared)));
	tool_json_next(out, "line");
	tool_json_number_or_null(out, deploycfg_entry_line(declared));
	tool_json_next(out, "column");
	tool_json_number_or_null(out, deploycfg_entry_column(declared));
	tool_json_next(out, "message");
	tool_json_string(out, TOOL_DECLARED);
	tool_text(out, "}");
}

void tool_problem_json(struct writer *out, const struct problem *problem)
{
	const struct deploycfg_error *error = problem->error;

	tool_text(out, "{");
	tool_json_member(out, "severity");
	tool_json_string(out, tool_severity_name(problem->severity));
	tool_json_next(out, "code");
	tool_json_string_or_null(out, problem->status == DEPLOYCFG_OK
					      ? ""
					      : deploycfg_status_code(problem->status));
	tool_json_next(out, "message");
	pieces(out, problem->message);
	tool_json_next(out, "key");
	tool_json_string_or_null(out, problem->key ? problem->key : "");
	tool_json_next(out, "file");
	tool_json_string_or_null(out, error ? deploycfg_error_file(error) : "");
	line_and_column(out, error);
	tool_json_next(out, "expected");
	tool_json_string_or_null(out, error ? deploycfg_error_expected(error) : "");
	tool_json_next(out, "related");
	tool_text(out, "[");
	others(out, error);
	declaration(out, problem->declared);
	tool_text(out, "]");
	tool_json_next(out, "hint");
	if (problem->hint)
		pieces(out, problem->hint);
	else
		tool_text(out, "null");
	tool_text(out, "}");
}
