/* SPDX-License-Identifier: ISC */
/*
 * Any bytes as a schema and, behind a NUL, as a layer in YAML; behind another, as a stronger one
 * in INI.
 */
#include "fuzz.h"

#include <string.h>

/* Schema and layers. */
struct part {
	const char *text;
	size_t length;
};

struct input {
	struct part parts[3];
};

static struct input split(const uint8_t *bytes, size_t length)
{
	const char *at = (const char *)bytes, *end = at + length;
	struct input input = {{{NULL, 0}}};

	for (size_t i = 0; i < 3 && at; i++) {
		const char *stop = i < 2 ? memchr(at, 0, (size_t)(end - at)) : NULL;

		input.parts[i] = (struct part){at, (size_t)((stop ? stop : end) - at)};
		at = stop ? stop + 1 : NULL;
	}
	return input;
}

static void add(struct deploycfg_loader *loader, int layer, enum deploycfg_syntax syntax,
		struct part part)
{
	if (part.text)
		deploycfg_loader_add_text(loader, layer, "input", syntax, part.text,
					  part.length);
}

static struct deploycfg_loader *loader_of(const struct input *input)
{
	static const char *const variables[] = {"X__A=1", "X__L__0=2", "X__M__K__V=3",
						NULL};
	struct deploycfg_loader *loader = deploycfg_loader_new();

	demand(loader != NULL);
	deploycfg_loader_set_prefix(loader, "X");
	deploycfg_loader_set_environ(loader, variables);
	deploycfg_loader_set_environment(loader, "none");
	deploycfg_loader_set_unknown(loader, DEPLOYCFG_UNKNOWN_WARN);
	deploycfg_loader_add_schema_text(loader, "schema", input->parts[0].text,
					 input->parts[0].length);
	add(loader, DEPLOYCFG_LAYER_BASE, DEPLOYCFG_YAML, input->parts[1]);
	add(loader, DEPLOYCFG_LAYER_ENVIRONMENT, DEPLOYCFG_INI, input->parts[2]);
	return loader;
}

static struct deploycfg_snapshot *load(struct deploycfg_loader *loader)
{
	struct deploycfg_errors *errors = NULL;
	struct deploycfg_snapshot *cfg = deploycfg_loader_load(loader, &errors);

	fuzz_judge(cfg, errors);
	return cfg;
}

/* What is declared; a schema that took part in a load has no mistake. */
static void describe(struct deploycfg_loader *loader, bool loaded)
{
	struct deploycfg_errors *errors = NULL;
	struct deploycfg_snapshot *schema = deploycfg_loader_schema(loader, &errors);

	fuzz_judge(schema, errors);
	demand(schema || !loaded);
	if (schema)
		demand(fuzz_read_all(schema));
	deploycfg_snapshot_unref(schema);
}

bool fuzz(const uint8_t *bytes, size_t length)
{
	struct input input = split(bytes, length);
	struct deploycfg_loader *loader = loader_of(&input);
	struct deploycfg_snapshot *cfg = load(loader), *again = load(loader);
	bool loaded = cfg != NULL;

	demand(loaded == (again != NULL));
	describe(loader, loaded);
	if (loaded)
		fuzz_same(cfg, again);
	deploycfg_snapshot_unref(again);
	deploycfg_snapshot_unref(cfg);
	deploycfg_loader_free(loader);
	return loaded;
}
