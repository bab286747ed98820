/* SPDX-License-Identifier: ISC */
/* deploycfg check: whether it loads, and a line that sums it up. Must not know values. */
#include "origin.h"
#include "verb.h"

static size_t count_leaves(const struct deploycfg_snapshot *cfg)
{
	const struct deploycfg_entry *root = deploycfg_root(cfg);
	size_t count = 0;

	deploycfg_each_entry (cfg, entry, root)
		count += entry != root && tool_is_leaf(entry);
	return count;
}

static size_t count_sources(const struct deploycfg_snapshot *cfg)
{
	size_t count = 0;

	for (size_t i = 0; i < deploycfg_snapshot_sources(cfg); i++) {
		const struct deploycfg_source *source = deploycfg_snapshot_source(cfg, i);

		count += deploycfg_source_state(source) == DEPLOYCFG_SOURCE_READ &&
			 deploycfg_source_kind(source) != DEPLOYCFG_SOURCE_DIRECTORY;
	}
	return count;
}

static int run(const struct tool *tool)
{
	struct writer out = tool_writer(tool->out);

	tool_text(&out, "ok: env=");
	tool_selection(&out, tool->cfg);
	tool_text(&out, " keys=");
	tool_number(&out, count_leaves(tool->cfg));
	tool_text(&out, " sources=");
	tool_number(&out, count_sources(tool->cfg));
	tool_text(&out, " values=");
	tool_bytes(&out, deploycfg_snapshot_values_digest(tool->cfg), 8);
	tool_text(&out, "\n");
	return TOOL_OK;
}

const struct verb tool_verb_check = {
	.name = "check",
	.summary = "load everything, print every problem, sum it up in one line",
	.description = "Loads everything and prints errors and warnings. Where there is "
		       "no error, one\n"
		       "line sums up what was loaded: the environment and who selected "
		       "it, the number of\n"
		       "values, of sources that were read, and a digest that changes "
		       "when a value does.\n",
	.examples = "  deploycfg check --env production\n",
	.options = OPTIONS_LOADING,
	.run = run,
};
