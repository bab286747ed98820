/* SPDX-License-Identifier: ISC */
/* Scalars, keys and flow values of YAML. Must not know where they stand. */
#include "yaml_parts.h"

#include <stdlib.h>
#include <string.h>

#include "origin.h"
#include "plain.h"
#include "reference.h"

/* How a text is written where it stands. */
struct style {
	bool flow; /* between brackets, where some characters end a plain text */
	const char *reference; /* how `${` is written */
};

static bool is_plain(const char *text, size_t length, bool flow)
{
	return tool_is_plain(text, length) && !(flow && strpbrk(text, ",:?"));
}

static void quoted(struct writer *out, const char *text, size_t length,
		   const char *reference)
{
	tool_text(out, "\"");
	tool_literal(out, &tool_escapes_yaml, text, length, reference);
	tool_text(out, "\"");
}

static void string(struct writer *out, const char *text, size_t length,
		   struct style style)
{
	if (is_plain(text, length, style.flow))
		tool_bytes(out, text, length);
	else
		quoted(out, text, length, style.reference);
}

/* Whether YAML would take a float's text for an int: 5, 0xff. */
static bool looks_whole(const char *text)
{
	return strpbrk(text, "xo") || !strpbrk(text, ".eE");
}

static void scalar(struct writer *out, const struct deploycfg_entry *entry,
		   struct style style)
{
	size_t length;
	const char *text = deploycfg_entry_text(entry, &length);

	switch (deploycfg_entry_type(entry)) {
	case DEPLOYCFG_NULL:
		tool_text(out, "null");
		break;
	case DEPLOYCFG_FLOAT:
		tool_text(out, looks_whole(text) ? "!!float " : "");
		tool_bytes(out, text, length);
		break;
	case DEPLOYCFG_BOOL:
	case DEPLOYCFG_INT:
	case DEPLOYCFG_DURATION: /* letters and digits: their schema reads them back */
	case DEPLOYCFG_SIZE:
		tool_bytes(out, text, length);
		break;
	case DEPLOYCFG_LIST:
		tool_text(out, tool_is_leaf(entry) ? "[]" : "[...]");
		break;
	case DEPLOYCFG_MAP:
		tool_text(out, tool_is_leaf(entry) ? "{}" : "{...}");
		break;
	default:
		string(out, text, length, style);
		break;
	}
}

/* A scalar, unless it is not to be seen. */
static void value(struct writer *out, const struct sight *sight,
		  const struct deploycfg_entry *entry, struct style style)
{
	const struct deploycfg_entry *seen = tool_see(sight, entry);

	if (seen)
		scalar(out, seen, style);
	else
		tool_text(out, "!secret '" TOOL_MASK "'");
}

void tool_yaml_scalar(struct writer *out, const struct sight *sight,
		      const struct deploycfg_entry *entry)
{
	value(out, sight, entry, (struct style){.reference = TOOL_NO_REFERENCE});
}

void tool_yaml_key(struct writer *out, const char *name)
{
	size_t length = strlen(name);

	if (is_plain(name, length, false) && !strchr(name, '@'))
		tool_bytes(out, name, length);
	else
		quoted(out, name, length, "${");
}

/* In a text that is read for references this name has none, and needs no `$` before it,
 * which would stay there where names are read alone. */
static void flow_member(struct writer *out, const char *name)
{
	string(out, name, strlen(name),
	       (struct style){.flow = true, .reference = "\\x24{"});
	tool_text(out, ": ");
}

/* Depth is bounded by the library's limit of nesting. */
static void flow(const struct dump *dump, struct writer *out,
		 const struct deploycfg_entry *entry)
{
	bool map = deploycfg_entry_type(entry) == DEPLOYCFG_MAP;
	const char *before = map ? "{" : "[";

	if (tool_is_leaf(entry)) {
		value(out, &dump->sight, entry,
		      (struct style){.flow = true, .reference = "${"});
		return;
	}
	tool_each_shown (dump, child, entry) {
		tool_text(out, before);
		if (map)
			flow_member(out, deploycfg_entry_name(child));
		flow(dump, out, child);
		before = ", ";
	}
	tool_text(out, map ? "}" : "]");
}

static bool flow_text(const struct dump *dump, const struct deploycfg_entry *entry,
		      struct one_line *line)
{
	struct text text = {.bytes = NULL};
	struct writer out = {.text = &text};

	flow(dump, &out, entry);
	if (text.failed) {
		free(text.bytes);
		return false;
	}
	*line = (struct one_line){text.bytes, text.length, text.bytes};
	return true;
}

bool tool_one_line(const struct dump *dump, const struct deploycfg_entry *entry,
		   struct one_line *line)
{
	enum deploycfg_type type = deploycfg_entry_type(entry);
	const struct deploycfg_entry *seen = tool_see(&dump->sight, entry);

	*line = (struct one_line){NULL, 0, NULL};
	if (type != DEPLOYCFG_LIST && type != DEPLOYCFG_MAP) {
		line->bytes =
			seen ? deploycfg_entry_text(seen, &line->length) : TOOL_MASK;
		line->length = seen ? line->length : strlen(TOOL_MASK);
		return true;
	}
	if (deploycfg_entry_relation(entry) == DEPLOYCFG_WINNER)
		return flow_text(dump, entry, line);
	line->bytes = type == DEPLOYCFG_LIST ? "[...]" : "{...}";
	line->length = strlen(line->bytes);
	return true;
}
