/* SPDX-License-Identifier: ISC */
/* Names of variables as segments of keys. Knows no keys. */
#include "model/variable.h"
#include "source/variables.h"

/* Runs of underscores that may be parted in two ways: a name that has more is nobody's. */
#define DOUBTS_MAX 4

static bool may_stand(char byte)
{
	return byte && dcfg_variable_byte(byte) == byte;
}

/* How many underscores a text begins with. */
static size_t run_of(struct dcfg_view text)
{
	size_t run = 0;

	while (run < text.len && text.ptr[run] == '_')
		run++;
	return run;
}

/* The longest of its runs of underscores, and how many may be parted in two ways. */
static size_t measure(struct dcfg_view name, size_t *doubts)
{
	size_t longest = 0, run;

	*doubts = 0;
	for (size_t i = 0; i < name.len; i += run ? run : 1) {
		run = run_of(dcfg_view_skip(name, i));
		*doubts += run > 2 && i;
		longest = run > longest ? run : longest;
	}
	return longest;
}

static bool is_odd(struct dcfg_view name)
{
	for (size_t i = 0; i < name.len; i++)
		if (!may_stand(name.ptr[i]))
			return true;
	return false;
}

size_t dcfg_variable_ways(const struct dcfg_variable *variable, size_t taken)
{
	struct dcfg_view name = dcfg_view_skip(variable->name, taken);
	size_t doubts;

	measure(name, &doubts);
	return doubts > DOUBTS_MAX || is_odd(name) ? 0 : (size_t)1 << doubts;
}

const char *dcfg_variable_problem(const struct dcfg_variable *variable, size_t taken)
{
	struct dcfg_view name = dcfg_view_skip(variable->name, taken);
	size_t doubts, longest = measure(name, &doubts);

	if (!name.len)
		return "no key follows the double underscore";
	if (is_odd(name))
		return "names of keys have only capital letters, digits and '_'";
	if (longest == 3)
		return "it is not clear which underscores part its segments";
	if (longest > 3 || (longest == 2 &&
			    (run_of(name) == 2 || dcfg_view_ends(name, DCFG_VIEW("__")))))
		return "a segment between its double underscores is empty";
	return NULL;
}

/* The length of the first segment, 0 where it is none. `longer`: it has the first underscore of
 * a run that may be parted in two ways; *doubtful: whether it is such a run that ends it. */
static size_t part_length(struct dcfg_view rest, bool longer, bool *doubtful)
{
	const char *end = rest.len ? memmem(rest.ptr, rest.len, "__", 2) : NULL;
	size_t length = end ? (size_t)(end - rest.ptr) : rest.len, run;

	run = run_of(dcfg_view_skip(rest, length));
	*doubtful = length && run > 2;
	if (!length && run > 2)
		return 1;
	return length + (*doubtful && longer);
}

/* Writes the segments to `parts` unless it is NULL; gives their number, 0 where one is empty. */
static size_t part(struct dcfg_view rest, size_t way, struct dcfg_part *parts)
{
	size_t count = 0, length;
	bool doubtful;

	for (;; rest = dcfg_view_skip(rest, length + 2)) {
		length = part_length(rest, way & 1, &doubtful);
		if (!length)
			return 0;
		if (parts)
			parts[count].text = dcfg_view(rest.ptr, length);
		count++;
		if (length == rest.len)
			return count;
		way >>= doubtful;
	}
}

bool dcfg_variable_split_so(struct dcfg_context *context, struct dcfg_variable *variable,
			    size_t taken, size_t way)
{
	struct dcfg_view rest = dcfg_view_skip(variable->name, taken);

	variable->count = part(rest, way, NULL);
	if (!variable->count)
		return false;
	variable->parts = dcfg_arena_zalloc(&context->arena,
					    variable->count * sizeof(*variable->parts));
	if (variable->parts)
		part(rest, way, variable->parts);
	return variable->parts != NULL;
}

bool dcfg_variable_split(struct dcfg_context *context, struct dcfg_variable *variable,
			 size_t taken, const char **problem)
{
	*problem = dcfg_variable_problem(variable, taken);
	return !*problem && dcfg_variable_split_so(context, variable, taken, 0);
}
