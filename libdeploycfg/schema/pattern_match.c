/* SPDX-License-Identifier: ISC */
/* Whether a pattern matches a whole text: all ways at once, character by character, so that
 * no text takes longer than its length times the steps. Knows no notation. */
#include "base/utf8.h"
#include "schema/pattern.h"

struct list {
	size_t count;
	uint16_t steps[DCFG_PATTERN_STEPS_MAX];
};

struct dcfg_pattern_run {
	const struct dcfg_pattern_step *steps;
	struct list lists[2], open; /* open: steps that are to be followed */
	uint64_t seen[DCFG_PATTERN_STEPS_MAX], round;
	uint64_t work;          /* steps taken for this text */
	bool is_first, is_last; /* before and behind the text */
};

struct dcfg_pattern_run *dcfg_pattern_run_new(struct dcfg_arena *arena)
{
	return dcfg_arena_zalloc(arena, sizeof(struct dcfg_pattern_run));
}

static void open(struct dcfg_pattern_run *run, size_t step)
{
	if (run->seen[step] == run->round)
		return;
	run->seen[step] = run->round;
	run->open.steps[run->open.count++] = (uint16_t)step;
}

static size_t target(const struct dcfg_pattern_run *run, size_t step)
{
	return (size_t)((int32_t)step + run->steps[step].offset);
}

/* Adds a step, or those that it leads to without a character. */
static void enter(struct dcfg_pattern_run *run, struct list *list, size_t step)
{
	open(run, step);
	while (run->open.count) {
		size_t at = run->open.steps[--run->open.count];
		enum dcfg_pattern_kind kind = run->steps[at].kind;

		run->work += kind == DCFG_PATTERN_SET ? run->steps[at].set->weight : 1;
		if (kind < DCFG_PATTERN_FIRST)
			list->steps[list->count++] = (uint16_t)at;
		if (kind == DCFG_PATTERN_SPLIT || kind == DCFG_PATTERN_JUMP)
			open(run, target(run, at));
		if (kind == DCFG_PATTERN_SPLIT ||
		    (kind == DCFG_PATTERN_FIRST && run->is_first) ||
		    (kind == DCFG_PATTERN_LAST && run->is_last))
			open(run, at + 1);
	}
}

static bool takes(const struct dcfg_pattern_step *step, uint32_t code)
{
	switch (step->kind) {
	case DCFG_PATTERN_CHARACTER:
		return step->code == code;
	case DCFG_PATTERN_SET:
		return dcfg_pattern_set_has(step->set, code);
	default:
		return step->kind == DCFG_PATTERN_ANY;
	}
}

static void advance(struct dcfg_pattern_run *run, const struct list *from,
		    struct list *to, uint32_t code)
{
	to->count = 0;
	run->round++;
	for (size_t i = 0; i < from->count; i++)
		if (takes(&run->steps[from->steps[i]], code))
			enter(run, to, from->steps[i] + 1U);
}

static bool has_end(const struct dcfg_pattern_run *run, const struct list *list)
{
	for (size_t i = 0; i < list->count; i++)
		if (run->steps[list->steps[i]].kind == DCFG_PATTERN_END)
			return true;
	return false;
}

static bool matches(struct dcfg_pattern_run *run, struct dcfg_view text)
{
	struct list *now = &run->lists[0], *next = &run->lists[1], *other;
	uint32_t code;

	now->count = 0;
	run->round++;
	run->is_first = true;
	run->is_last = !text.len;
	enter(run, now, 0);
	run->is_first = false;
	while (text.len && now->count) {
		text = dcfg_view_skip(text, dcfg_utf8_decode(text, &code));
		run->is_last = !text.len;
		advance(run, now, next, code);
		other = now;
		now = next;
		next = other;
	}
	return !text.len && has_end(run, now);
}

enum dcfg_match dcfg_pattern_match(struct dcfg_schema *schema,
				   const struct dcfg_pattern *pattern,
				   struct dcfg_view text)
{
	struct dcfg_pattern_run *run = schema->pattern_run;
	bool does;

	if (text.len > DCFG_PATTERN_TEXT_MAX)
		return DCFG_TOO_LONG;
	if (schema->pattern_work > DCFG_PATTERN_WORK_MAX)
		return DCFG_TOO_MUCH;
	run->steps = pattern->steps;
	run->work = 0;
	does = matches(run, text);
	schema->pattern_work += run->work;
	return does ? DCFG_MATCHES : DCFG_DIFFERS;
}
