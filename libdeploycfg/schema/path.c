/* SPDX-License-Identifier: ISC */
/* Keys as a schema writes them: paths with `[]` for all elements and `*` for any name. Knows no
 * rules. */
#include "model/key.h"
#include "schema/rule.h"

static enum dcfg_path_part mistake(struct dcfg_path_reader *reader, const char *problem)
{
	reader->problem = problem;
	return DCFG_PART_END;
}

/* Bytes up to the dot or bracket that ends a segment. */
static size_t segment_length(struct dcfg_view rest)
{
	size_t at = 0;

	if (rest.len && *rest.ptr == '"') {
		for (at = 1; at < rest.len && rest.ptr[at] != '"'; at++)
			at += rest.ptr[at] == '\\';
		at++;
	}
	while (at < rest.len && rest.ptr[at] != '.' && rest.ptr[at] != '[')
		at++;
	return at < rest.len ? at : rest.len;
}

static const struct dcfg_name *name_of(struct dcfg_context *context,
				       const struct dcfg_segment *segment, bool make)
{
	char buffer[DCFG_PATH_MAX];
	struct dcfg_view text = segment->text;

	if (text.len > sizeof(buffer))
		return NULL;
	text = dcfg_segment_text(segment, buffer);
	return make ? dcfg_intern(&context->names, text)
		    : dcfg_intern_find(&context->names, text);
}

static enum dcfg_path_part read_name(struct dcfg_context *context,
				     struct dcfg_path_reader *reader, bool make,
				     const struct dcfg_name **name)
{
	size_t length = segment_length(reader->rest);
	struct dcfg_key key = dcfg_key(dcfg_view(reader->rest.ptr, length));
	struct dcfg_segment segment;

	if (length == 1 && *reader->rest.ptr == '*') {
		reader->rest = dcfg_view_skip(reader->rest, length);
		return DCFG_PART_ANY;
	}
	if (!dcfg_key_next(&key, &segment) || key.rest.len)
		return mistake(reader, key.problem ? key.problem : "a segment is empty");
	reader->rest = dcfg_view_skip(reader->rest, length);
	*name = name_of(context, &segment, make);
	return DCFG_PART_NAME;
}

enum dcfg_path_part dcfg_path_read(struct dcfg_context *context,
				   struct dcfg_path_reader *reader, bool make,
				   const struct dcfg_name **name)
{
	bool begun = reader->begun;

	*name = NULL;
	reader->begun = true;
	if (reader->problem || (begun && !reader->rest.len))
		return DCFG_PART_END;
	if (begun && dcfg_view_starts(reader->rest, DCFG_VIEW("[]"))) {
		reader->rest = dcfg_view_skip(reader->rest, 2);
		return DCFG_PART_ITEMS;
	}
	if (reader->rest.len && *reader->rest.ptr == '[')
		return mistake(reader, "elements of a list are written [], behind its "
				       "key: a rule holds for all of them");
	if (begun && *reader->rest.ptr != '.')
		return mistake(reader, "expected '.' or '[]' behind '[]'");
	if (begun)
		reader->rest = dcfg_view_skip(reader->rest, 1);
	return read_name(context, reader, make, name);
}
