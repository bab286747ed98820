/* SPDX-License-Identifier: ISC */
/* deploycfg layers: every source that was considered, and what became of it. Must not
 * know keys. */
#include "origin.h"
#include "verb.h"

/* Widths. */
struct columns {
	size_t label, name;
};

#define LABEL_COLUMN 8

static const char *state_of(const struct deploycfg_source *source)
{
	switch (deploycfg_source_state(source)) {
	case DEPLOYCFG_SOURCE_MISSING:
		return "missing";
	case DEPLOYCFG_SOURCE_MASKED:
		return "masked";
	case DEPLOYCFG_SOURCE_REPLACED:
		return "replaced";
	case DEPLOYCFG_SOURCE_IGNORED:
		return "ignored";
	case DEPLOYCFG_SOURCE_NOT_A_LAYER:
		return "not a layer";
	case DEPLOYCFG_SOURCE_SKIPPED:
		return "skipped";
	default:
		return "read";
	}
}

static void number_and_label(struct writer *out, const struct deploycfg_source *source)
{
	int layer = deploycfg_source_layer(source);
	const char *label = deploycfg_source_label(source);
	char number[16] = "-";

	if (layer)
		snprintf(number, sizeof(number), "%d", layer);
	tool_pad(out, 2);
	tool_text(out, number);
	tool_pad(out, LABEL_COLUMN);
	tool_show(out, *label ? label : "-");
}

static void state_and_reason(struct writer *out, const struct deploycfg_source *source)
{
	const char *reason = deploycfg_source_reason(source);

	tool_text(out, state_of(source));
	tool_text(out, *reason ? ": " : "");
	tool_show(out, reason);
	tool_text(out, "\n");
}

/* Learns how wide its columns are. */
static void write_source(struct writer *out, const struct deploycfg_source *source,
			 struct columns *columns)
{
	size_t begin;

	number_and_label(out, source);
	begin = tool_end_column(out, LABEL_COLUMN, &columns->label);
	tool_show(out, deploycfg_source_name(source));
	(void)tool_end_column(out, begin, &columns->name);
	state_and_reason(out, source);
}

/* Those that are no layer stand where they are among the others. */
static void write_some(struct writer *out, const struct deploycfg_snapshot *cfg,
		       struct columns *columns, bool from_variables_on)
{
	int layer = 0;

	for (size_t i = 0; i < deploycfg_snapshot_sources(cfg); i++) {
		const struct deploycfg_source *source = deploycfg_snapshot_source(cfg, i);
		int own = deploycfg_source_layer(source);

		layer = own ? own : layer;
		if ((layer >= DEPLOYCFG_LAYER_VARIABLES) == from_variables_on)
			write_source(out, source, columns);
	}
}

/* Files of variables are read before all others, and stronger. */
static void write_sources(struct writer *out, const struct deploycfg_snapshot *cfg,
			  struct columns *columns)
{
	write_some(out, cfg, columns, false);
	write_some(out, cfg, columns, true);
}

static void chosen(struct writer *out, const char *title, const char *what,
		   const char *who)
{
	tool_text(out, title);
	tool_show(out, what);
	if (*who) {
		tool_text(out, " (");
		tool_show(out, who);
		tool_text(out, ")");
	}
	tool_text(out, "\n");
}

/* Environment and overlays, and who chose them. */
static void write_selection(struct writer *out, const struct deploycfg_snapshot *cfg)
{
	const char *environment = deploycfg_snapshot_environment(cfg);
	const char *overlays = deploycfg_snapshot_overlays(cfg);

	chosen(out, "environment: ", *environment ? environment : "none",
	       deploycfg_snapshot_selected_by(cfg));
	if (*overlays)
		chosen(out, "overlays: ", overlays, deploycfg_snapshot_overlays_by(cfg));
}

static int run(const struct tool *tool)
{
	struct writer out = tool_writer(tool->out), nowhere = tool_writer(NULL);
	struct columns columns = {0, 0};

	write_selection(&out, tool->cfg);
	write_sources(&nowhere, tool->cfg, &columns);
	write_sources(&out, tool->cfg, &columns);
	return TOOL_OK;
}

const struct verb tool_verb_layers = {
	.name = "layers",
	.summary = "list every source, and what became of it",
	.description = "Lists every file, variable and override that was considered, "
		       "weakest first:\n"
		       "the number and name of its layer, its own name, and what became "
		       "of it. Above\n"
		       "stand the environment and the overlays, and who chose them. "
		       "Notes tell of\n"
		       "files whose names look like those of layers.\n",
	.examples = "  deploycfg layers --env production --prefix SHOP\n",
	.options = OPTIONS_LOADING,
	.notes = true,
	.run = run,
};
