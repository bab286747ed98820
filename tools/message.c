/* SPDX-License-Identifier: ISC */
/* Messages of the command. Must not know what they are about. */
#include "message.h"

#include "writer.h"

/* Words from outside may hold anything: they are quoted and escaped. */
static void say(FILE *err, const char *const *pieces)
{
	struct writer out = tool_writer(err);

	for (size_t i = 0; pieces[i]; i++) {
		if (i % 2) {
			tool_text(&out, "'");
			tool_show(&out, pieces[i]);
			tool_text(&out, "'");
		} else {
			tool_text(&out, pieces[i]);
		}
	}
	tool_text(&out, "\n");
}

void tool_error(FILE *err, enum deploycfg_status status, const char *const *pieces)
{
	fprintf(err, "error[%s]: ", deploycfg_status_code(status));
	say(err, pieces);
}

void tool_hint(FILE *err, const char *const *pieces)
{
	fputs("  hint: ", err);
	say(err, pieces);
}
