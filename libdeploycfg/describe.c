/* SPDX-License-Identifier: ISC */
/* Values in words, for those who refuse them. Knows no reader and no place. */
#include "base/utf8.h"
#include "get.h"
#include "model/conceal.h"

void dcfg_describe(char buffer[DCFG_DESCRIPTION_SIZE],
		   const struct deploycfg_entry *entry)
{
	const size_t size = DCFG_DESCRIPTION_SIZE;
	struct dcfg_view text = dcfg_record_text(entry);
	struct dcfg_view shown = dcfg_utf8_shown(text);
	size_t count = deploycfg_entry_count(entry);
	const char *type = deploycfg_type_name(deploycfg_entry_type(entry));

	if (dcfg_is_container(entry))
		snprintf(buffer, size, "a %s of %zu %s%s", type, count,
			 dcfg_type(entry) == DEPLOYCFG_LIST ? "item" : "key",
			 count == 1 ? "" : "s");
	else if (dcfg_type(entry) <= DEPLOYCFG_NULL)
		snprintf(buffer, size, "%s", dcfg_type(entry) ? "null" : "no value");
	else if (entry->kind & DCFG_MASKED || dcfg_names_secret(text))
		snprintf(buffer, size, "a secret %s", type);
	else
		snprintf(buffer, size, "the %s '%.*s%s'", type, DCFG_ARG(shown),
			 shown.len < text.len ? "..." : "");
}

const char *dcfg_read_hint(const struct deploycfg_entry *entry, const char *otherwise)
{
	switch (dcfg_type(entry)) {
	case DEPLOYCFG_DURATION:
		return "the schema declares it a duration: the program has to read it as "
		       "one";
	case DEPLOYCFG_SIZE:
		return "the schema declares it a size: the program has to read it as one";
	case DEPLOYCFG_ENUM:
	case DEPLOYCFG_PATH:
		return "the schema declares it a text: the program has to read it as one";
	default:
		return otherwise;
	}
}
