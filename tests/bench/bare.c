/* SPDX-License-Identifier: ISC */
#include "bare.h"

#include <ini.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

static void die(const char *what)
{
	fprintf(stderr, "bench: %s does not parse what it should\n", what);
	exit(1);
}

void bare_yaml(const char *bytes, size_t length)
{
	yaml_parser_t parser;
	yaml_event_t event;
	yaml_event_type_t type;

	yaml_parser_initialize(&parser);
	yaml_parser_set_input_string(&parser, (const unsigned char *)bytes, length);
	do {
		if (!yaml_parser_parse(&parser, &event))
			die("libyaml");
		type = event.type;
		yaml_event_delete(&event);
	} while (type != YAML_STREAM_END_EVENT);
	yaml_parser_delete(&parser);
}

struct memory {
	const char *at, *end;
};

static char *next_line(char *line, int size, void *stream)
{
	struct memory *memory = stream;
	size_t left = (size_t)(memory->end - memory->at);
	const char *stop = left ? memchr(memory->at, '\n', left) : NULL;
	size_t length = stop ? (size_t)(stop - memory->at) + 1 : left;

	if (!length)
		return NULL;
	if (length > (size_t)size - 1)
		length = (size_t)size - 1;
	memcpy(line, memory->at, length);
	line[length] = '\0';
	memory->at += length;
	return line;
}

static int ignore(void *user, const char *section, const char *name, const char *value)
{
	(void)user, (void)section, (void)name, (void)value;
	return 1;
}

void bare_ini(const char *bytes, size_t length)
{
	struct memory memory = {bytes, bytes + length};

	if (ini_parse_stream(next_line, &memory, ignore, NULL) < 0)
		die("inih");
}
