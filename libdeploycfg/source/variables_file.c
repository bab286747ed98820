/* SPDX-License-Identifier: ISC */
/* <PREFIX>__A__B__FILE: a variable that names the file of a secret. Knows names; what is in the
 * file is secrets_file.c's to know. */
#include "source/secrets.h"
#include "source/variables.h"

bool dcfg_variable_ends_in_file(const struct dcfg_variable *variable)
{
	return dcfg_view_equal(variable->parts[variable->count - 1].text,
			       DCFG_VIEW("FILE"));
}

bool dcfg_variable_is_file(const struct dcfg_variable *variable)
{
	return variable->kind == DCFG_VARIABLE_KEY && variable->match &&
	       variable->known + 1 == variable->count &&
	       !dcfg_has_children(variable->match->first) &&
	       dcfg_variable_ends_in_file(variable);
}

static bool begins_alike(const struct dcfg_variable *a, const struct dcfg_variable *b,
			 size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (i >= a->count || !dcfg_view_equal(a->parts[i].text, b->parts[i].text))
			return false;
	return true;
}

/* Sorted by segments, it stands before all whose names go on behind its. */
static struct dcfg_variable *find_value(const struct dcfg_variable_list *sorted,
					const struct dcfg_variable *file)
{
	size_t count = file->count - 1;

	for (size_t i = (size_t)(file - sorted->list); i-- > 0;) {
		struct dcfg_variable *variable = &sorted->list[i];

		if (!begins_alike(variable, file, count))
			return NULL;
		if (variable->count == count && variable->kind == DCFG_VARIABLE_KEY)
			return variable->value.len || variable->takes_empty ? variable
									    : NULL;
	}
	return NULL;
}

bool dcfg_variable_has_both(struct dcfg_context *context,
			    const struct dcfg_variable_list *sorted,
			    struct dcfg_variable *file)
{
	struct dcfg_variable *value = find_value(sorted, file);
	struct deploycfg_error *error;

	if (!value)
		return false;
	error = dcfg_fail(context, DEPLOYCFG_ERR_VARIABLE,
			  dcfg_variable_key_origin(context, file),
			  dcfg_variable_path(context, file, file->count - 1).ptr,
			  "%.*s and %.*s exclude each other", DCFG_ARG(file->name),
			  DCFG_ARG(value->name));
	dcfg_relate(context, error, dcfg_variable_key_origin(context, value),
		    "the other one");
	dcfg_error_hint(error, "unset one of them");
	return true;
}

struct dcfg_node *dcfg_variable_file_node(struct dcfg_context *context,
					  struct dcfg_variable *file)
{
	struct dcfg_origin named_at = dcfg_variable_read_origin(context, file);
	struct dcfg_view key = dcfg_variable_path(context, file, file->count - 1);

	if (!key.ptr || named_at.source == UINT32_MAX)
		return NULL;
	if (file->is_refused || !dcfg_variable_is_text(context, file))
		return dcfg_node_unread(context, named_at);
	return dcfg_secret_file(context, file->value, key.ptr, named_at);
}
