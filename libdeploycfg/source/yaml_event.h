/* SPDX-License-Identifier: ISC */
/*
 * The one interface to the YAML parser below: a text as a row of events, each with its
 * place. Whoever replaces the parser writes this again and nothing else. It knows no tree
 * and no keys, and its problems are in the parser's words; yaml_problem.c says them in
 * ours.
 */
#ifndef DCFG_SOURCE_YAML_EVENT_H
#define DCFG_SOURCE_YAML_EVENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/view.h"

enum dcfg_yaml_kind {
	DCFG_YAML_END, /* of the text */
	DCFG_YAML_DOCUMENT,
	DCFG_YAML_SCALAR,
	DCFG_YAML_ALIAS,
	DCFG_YAML_LIST,
	DCFG_YAML_MAP,
	DCFG_YAML_CLOSE /* of a list or map */
};

/* Texts are the parser's and live until the next event. What is not said to be of an
 * event's kind has no meaning in it. */
struct dcfg_yaml_event {
	enum dcfg_yaml_kind kind;
	uint32_t line, column; /* of the first character, from 1 */
	struct dcfg_view text; /* of a scalar; name of an alias */
	struct dcfg_view anchor,
		tag; /* scalar, list, map: ptr NULL for none; core tags in full */
	struct dcfg_view
		written; /* with a tag: the text from its first character to the end */
	bool plain;      /* scalar: without quotes, not a block */
	bool block;   /* scalar: | or >; list, map: by indentation; document: with --- */
	bool escapes; /* scalar: may hold characters that were escapes */
	bool directives; /* document: with a %TAG line */
};

/* Why there is no next event. */
struct dcfg_yaml_problem {
	bool memory;                       /* ran out; nothing else is set */
	const char *what, *context;        /* context: what was being read, or NULL */
	uint32_t line, column;             /* from 1 */
	uint32_t since_line, since_column; /* where that began; 0 without context */
	uint32_t key_line, key_column; /* where a key could begin last; 0 for nowhere */
};

/* Problems that the parser below does not see, found here. */
#define DCFG_YAML_ANCHOR_CUT "anchor is not followed by a blank"
#define DCFG_YAML_ALIAS_CUT "alias is not followed by a blank"
#define DCFG_YAML_QUESTION_LOST "question mark is not followed by a blank"

/* What a text that does not reach the parser cannot have. */
#define DCFG_YAML_PROPERTY "anchor, alias or tag in a secret"

struct dcfg_yaml_events;

/* text: without a byte order mark and without what dcfg_yaml_prescan() finds; must
 * outlive the events. They are not in the arena, for a text may hold very many values that
 * are each read so; it remembers lack of memory, and then NULL is returned. wipes: it may hold
 * secrets. vault: it must not reach the parser below, and texts go there; NULL for none. To be
 * closed. */
struct dcfg_yaml_events *dcfg_yaml_open(struct dcfg_arena *arena, struct dcfg_view text,
					bool wipes, struct dcfg_arena *vault);

/* Gets the next event. false: dcfg_yaml_why() tells why not, and no more will come. */
bool dcfg_yaml_next(struct dcfg_yaml_events *events, struct dcfg_yaml_event *event);

/* The text from the last event's first character on, its properties' included. */
struct dcfg_view dcfg_yaml_here(struct dcfg_yaml_events *events);

/* Where the text of the last event, a scalar, stands in the whole text as it is; ptr NULL
 * where it does not. */
struct dcfg_view dcfg_yaml_standing(struct dcfg_yaml_events *events,
				    const struct dcfg_yaml_event *event);

struct dcfg_yaml_problem dcfg_yaml_why(const struct dcfg_yaml_events *events);

/* Takes NULL. */
void dcfg_yaml_close(struct dcfg_yaml_events *events);

#endif
