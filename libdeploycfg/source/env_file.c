/* SPDX-License-Identifier: ISC */
/*
 * Files of variables, one NAME=value a line. Their lines, quotes and escapes are those of INI
 * files, and so are all errors in them. Nothing is expanded, and what is not ours is passed over:
 * such files are shared. Must not know what a variable means to any key.
 */
#include "base/look.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "source/ini.h"
#include "source/variables.h"

struct reading {
	struct dcfg_ini ini;
	const struct dcfg_variable_names *names;
	struct dcfg_variable *list; /* from dcfg_grow() */
	size_t count, capacity;
};

/* Nobody knows where the name ends in a line that is no variable's, and what is a secret in it:
 * it is not shown. */
static void hint_unseen(struct deploycfg_error *error, const char *hint)
{
	dcfg_error_hint(error, "%s", hint);
	dcfg_error_hide_line(error);
}

static void no_separator(struct dcfg_ini *ini, const char *at)
{
	hint_unseen(dcfg_ini_fail(ini, DEPLOYCFG_ERR_SYNTAX, at,
				  "expected NAME=value, found no '='"),
		    "write NAME=value, with nothing behind the name for an empty value, "
		    "or begin a comment with '#'");
}

/* What may be meant as a name of ours, as far as it is one; empty where it may be a value, too. */
static struct dcfg_view quotable(const struct reading *reading, struct dcfg_view name)
{
	struct dcfg_view prefix = reading->names->variables->prefix, found = name;

	found.len = 0;
	if (!prefix.len || !dcfg_view_starts(name, prefix))
		return found;
	while (found.len < name.len && found.len < DCFG_SHOWN_MAX &&
	       dcfg_is_variable_name(dcfg_view(name.ptr, found.len + 1)))
		found.len++;
	return found;
}

static void no_name(struct reading *reading, struct dcfg_view name)
{
	const char *hint = "a name is letters, digits and '_', and begins with no digit; "
			   "a comment begins with '#'";
	struct dcfg_view shown = quotable(reading, name);
	struct dcfg_ini *ini = &reading->ini;
	struct deploycfg_error *error;

	if (!name.len)
		error = dcfg_ini_fail(ini, DEPLOYCFG_ERR_VARIABLE, name.ptr,
				      "a variable has no name");
	else if (shown.len)
		error = dcfg_ini_fail(ini, DEPLOYCFG_ERR_VARIABLE, name.ptr,
				      "what begins with %.*s is no name of a variable",
				      DCFG_ARG(shown));
	else
		error = dcfg_ini_fail(ini, DEPLOYCFG_ERR_VARIABLE, name.ptr,
				      "what stands before '=' is no name of a variable");
	hint_unseen(error, hint);
}

/* A file carries values; what is loaded is chosen elsewhere. */
static void selects(struct dcfg_ini *ini, struct dcfg_view name, bool overlays)
{
	const char *what = overlays ? "overlays" : "the environment";
	struct deploycfg_error *error =
		dcfg_ini_fail(ini, DEPLOYCFG_ERR_VARIABLE, name.ptr,
			      "%.*s cannot select %s from a file of variables, which "
			      "carries values only",
			      DCFG_ARG(name), what);

	dcfg_error_hint(error,
			"remove the line, and select %s by the variable itself, or with "
			"the command's %s",
			what, overlays ? "--overlay" : "--env");
}

/* Whether the quote that begins a value has its end in this line. */
static bool is_closed(const char *quote, const char *stop)
{
	for (const char *at = quote + 1; at < stop; at++) {
		if (*at == *quote)
			return true;
		at += *at == '\\' && *quote == '"';
	}
	return false;
}

/* A value that nobody reads may hold what it likes, as long as it is clear where it ends. */
static bool pass_over(struct dcfg_ini *ini, const char *at)
{
	const char *begin = dcfg_ini_skip_blanks(at, ini->stop);
	bool quoted = begin < ini->stop && (*begin == '"' || *begin == '\'');

	ini->line.value = dcfg_view(begin, (size_t)(ini->stop - begin));
	ini->line.value_origin = dcfg_ini_origin(ini, begin);
	ini->line.decoded = true;
	if (quoted && !is_closed(begin, ini->stop))
		return dcfg_ini_read_value(ini, at); /* which tells it */
	if (!quoted)
		dcfg_ini_abandon_value(ini);
	return true;
}

/* Keeps a variable with the value that was read. */
static void keep(struct reading *reading, struct dcfg_variable *variable)
{
	struct dcfg_context *context = reading->ini.context;
	struct dcfg_ini *ini = &reading->ini;
	struct dcfg_variable *list;

	variable->value = ini->line.value;
	variable->origin = variable->first = ini->line.value_origin;
	if (variable->is_refused)
		dcfg_variable_refuse(variable);
	else
		variable->first = dcfg_ini_text_origin(ini);
	if (!dcfg_within(context, DEPLOYCFG_LIMIT_KEYS,
			 context->keys - context->free + reading->count + 1,
			 variable->key_origin, NULL)) {
		ini->lacks = true;
		ini->next = ini->end;
		return;
	}
	list = dcfg_grow(reading->list, reading->count, &reading->capacity,
			 sizeof(*list));
	context->arena.failed |= !list;
	if (!list)
		return;
	reading->list = list;
	list[reading->count++] = *variable;
}

/* Reads the value that begins behind a good name at `at`. */
static void take(struct reading *reading, struct dcfg_view name, const char *at)
{
	struct dcfg_ini *ini = &reading->ini;
	enum dcfg_variable_kind own =
		dcfg_variable_own_kind(reading->names->variables, name);
	struct dcfg_variable variable = {
		.name = name,
		.kind = dcfg_variable_kind(reading->names, name),
		.key_origin = dcfg_ini_origin(ini, name.ptr),
	};
	bool is_read = variable.kind >= DCFG_VARIABLE_MAPPED &&
		       variable.kind <= DCFG_VARIABLE_KEY;

	if (own >= DCFG_VARIABLE_OVERLAYS)
		selects(ini, name, own == DCFG_VARIABLE_OVERLAYS);
	variable.is_refused =
		!(is_read ? dcfg_ini_read_value(ini, at) : pass_over(ini, at));
	if (variable.is_refused)
		dcfg_ini_abandon_value(ini);
	if (is_read || variable.kind == DCFG_VARIABLE_NEAR ||
	    variable.kind == DCFG_VARIABLE_DISOWNED)
		keep(reading, &variable);
}

/* `export` before a name means nothing here. */
static const char *skip_export(const char *at, const char *stop)
{
	const struct dcfg_view word = DCFG_VIEW("export");
	const char *behind = at + word.len;

	if (!dcfg_view_starts(dcfg_view(at, (size_t)(stop - at)), word) ||
	    behind == stop || !dcfg_ini_blank(*behind))
		return at;
	behind = dcfg_ini_skip_blanks(behind, stop);
	return behind < stop && *behind == '=' ? at : behind;
}

static void read_line(struct reading *reading)
{
	struct dcfg_ini *ini = &reading->ini;
	const char *at = dcfg_ini_skip_blanks(ini->start, ini->stop), *equals;
	struct dcfg_view name;

	if (!dcfg_ini_line_is_clean(ini)) {
		ini->lacks = true;
		dcfg_ini_abandon_value(ini);
		return;
	}
	if (at == ini->stop || *at == '#')
		return;
	at = skip_export(at, ini->stop);
	equals = at < ini->stop ? memchr(at, '=', (size_t)(ini->stop - at)) : NULL;
	name = dcfg_view(at, equals ? (size_t)(dcfg_ini_trim_end(at, equals) - at) : 0);
	if (equals && dcfg_is_variable_name(name)) {
		take(reading, name, equals + 1);
		return;
	}
	if (equals)
		no_name(reading, name);
	else
		no_separator(ini, at);
	ini->lacks = true;
	dcfg_ini_abandon_value(ini);
}

/* The file as a source, read; UINT32_MAX after an error, and where it need not be there. */
static uint32_t open_file(struct dcfg_context *context, struct dcfg_view path,
			  bool *failed)
{
	bool required = !dcfg_take_optional(&path);
	struct dcfg_source entry = {
		.name = path,
		.label = dcfg_layer_label(context, DEPLOYCFG_LAYER_VARIABLES),
		.layer = DEPLOYCFG_LAYER_VARIABLES,
		.kind = DEPLOYCFG_SOURCE_FILE,
		.named = required,
	};
	uint32_t source = dcfg_source_add(context, &entry);

	if (source == UINT32_MAX)
		return UINT32_MAX;
	*failed = !dcfg_source_load(context, source);
	return *failed ? UINT32_MAX : source;
}

static bool has_name(struct dcfg_context *context, struct dcfg_view path)
{
	struct dcfg_place place = {.name = "''"};

	dcfg_take_optional(&path);
	if (!path.len)
		dcfg_error_hint(dcfg_fail_at(context, DEPLOYCFG_ERR_ARGUMENT, &place,
					     NULL,
					     "the name of a file of variables is empty"),
				"name one; an unset shell variable may be the cause");
	return path.len > 0;
}

static void read_all(struct reading *reading, struct dcfg_variable_list *found)
{
	struct dcfg_context *context = reading->ini.context;
	size_t size;

	dcfg_ini_begin(&reading->ini, context->sources.list[reading->ini.source].text);
	while (dcfg_ini_advance(&reading->ini) && !context->arena.failed)
		read_line(reading);
	size = reading->count * sizeof(*reading->list);
	found->list = dcfg_arena_alloc(&context->arena, size);
	if (found->list && size)
		memcpy(found->list, reading->list, size);
	found->count = found->list ? reading->count : 0;
	dcfg_free(reading->list);
}

bool dcfg_env_file_read(struct dcfg_context *context,
			const struct dcfg_variable_names *names, struct dcfg_view path,
			struct dcfg_variable_list *found)
{
	struct reading reading = {.ini = {.context = context}, .names = names};
	struct dcfg_source *source;
	bool failed = !has_name(context, path);

	if (!failed)
		reading.ini.source = open_file(context, path, &failed);
	if (failed || reading.ini.source == UINT32_MAX)
		return !failed;
	read_all(&reading, found);
	source = &context->sources.list[reading.ini.source];
	if (names->variables->ignored_because && source->state == DEPLOYCFG_SOURCE_READ) {
		source->state = DEPLOYCFG_SOURCE_IGNORED;
		source->reason = dcfg_view_text(names->variables->ignored_because);
	}
	return dcfg_variables_sort(context, found) && !reading.ini.lacks;
}
