/* SPDX-License-Identifier: ISC */
/* Names of variables that are near to others, or that others set. Knows no key, and not what is
 * set. */
#include "model/variable_slips.h"

#include "base/nearest.h"
#include "model/variable.h"

/* Whether a name begins with `prefix_`, in whatever letters. */
static bool has_prefix(struct dcfg_view name, struct dcfg_view prefix)
{
	if (!prefix.len || name.len <= prefix.len || name.ptr[prefix.len] != '_')
		return false;
	for (size_t i = 0; i < prefix.len; i++)
		if (dcfg_variable_byte(name.ptr[i]) != prefix.ptr[i])
			return false;
	return true;
}

struct dcfg_view dcfg_variable_meant(struct dcfg_view prefix, struct dcfg_view name)
{
	static const struct {
		struct dcfg_view written, meant;
	} words[] = {
		{{"ENV", 3}, {"ENV", 3}},
		{{"ENVIRONMENT", 11}, {"ENV", 3}},
		{{"OVERLAYS", 8}, {"OVERLAYS", 8}},
		{{"JSON", 4}, {"JSON", 4}},
	};
	struct dcfg_nearest nearest = {.word = dcfg_view_skip(name, prefix.len + 1)};
	struct dcfg_view meant = DCFG_VIEW("");

	if (!has_prefix(name, prefix) || !nearest.word.len)
		return meant;
	for (size_t i = 0; i < DCFG_COUNT(words); i++) {
		struct dcfg_view written = words[i].written;

		if (dcfg_variable_byte(*nearest.word.ptr) != *written.ptr)
			continue; /* INV is no slip of ENV */
		dcfg_nearest_offer(&nearest, written);
		if (nearest.best.ptr == written.ptr)
			meant = words[i].meant;
	}
	return meant;
}

/* Takes the last word off a name, with the underscore before it. */
static struct dcfg_view take_word(struct dcfg_view *name)
{
	size_t begin = name->len;
	struct dcfg_view word;

	while (begin && name->ptr[begin - 1] != '_')
		begin--;
	word = dcfg_view_skip(*name, begin);
	name->len = begin ? begin - 1 : 0;
	return word;
}

static bool is_one_of(struct dcfg_view word, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (dcfg_view_equal(word, dcfg_view_text(words[i])))
			return true;
	return false;
}

static bool is_number(struct dcfg_view word)
{
	for (size_t i = 0; i < word.len; i++)
		if (word.ptr[i] < '0' || word.ptr[i] > '9')
			return false;
	return word.len > 0;
}

/* The name of a service ends in a letter or digit. */
static bool ends_in_service(struct dcfg_view name)
{
	return name.len && name.ptr[name.len - 1] != '_';
}

/* PORT_80_TCP, and what may follow it. */
static bool is_port_link(struct dcfg_view name, struct dcfg_view last)
{
	static const char *const parts[] = {"PROTO", "PORT", "ADDR"};
	static const char *const protocols[] = {"TCP", "UDP", "SCTP"};

	if (is_one_of(last, parts, DCFG_COUNT(parts)))
		last = take_word(&name);
	return is_one_of(last, protocols, DCFG_COUNT(protocols)) &&
	       is_number(take_word(&name)) &&
	       dcfg_view_equal(take_word(&name), DCFG_VIEW("PORT")) &&
	       ends_in_service(name);
}

bool dcfg_is_service_link(struct dcfg_view name)
{
	const struct dcfg_view of_port = DCFG_VIEW("_SERVICE_PORT_");
	struct dcfg_view rest = name, last = take_word(&rest);

	if (is_port_link(rest, last) ||
	    memmem(name.ptr, name.len, of_port.ptr, of_port.len))
		return true;
	if (dcfg_view_equal(last, DCFG_VIEW("HOST")))
		return dcfg_view_equal(take_word(&rest), DCFG_VIEW("SERVICE")) &&
		       ends_in_service(rest);
	return dcfg_view_equal(last, DCFG_VIEW("PORT")) && ends_in_service(rest);
}
