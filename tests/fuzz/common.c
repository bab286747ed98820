/* SPDX-License-Identifier: ISC */
/* Load, read everything, load again, compare. */
#include "fuzz.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	fuzz(bytes, length);
	return 0;
}

static size_t read_entry(const struct deploycfg_entry *entry)
{
	size_t length, sum;
	const char *text = deploycfg_entry_text(entry, &length);
	const struct deploycfg_source *source = deploycfg_entry_source(entry);
	char buffer[64];

	if (!text)
		demand(!length && deploycfg_entry_flags(entry) & DEPLOYCFG_FLAG_SECRET);
	else
		demand(strlen(text) == length);
	sum = length + strlen(deploycfg_entry_path(entry)) +
	      strlen(deploycfg_entry_name(entry));
	sum += deploycfg_entry_index(entry) + deploycfg_entry_count(entry);
	sum += deploycfg_entry_line(entry) + deploycfg_entry_column(entry);
	sum += (size_t)deploycfg_entry_type(entry) +
	       (size_t)deploycfg_entry_relation(entry);
	sum += deploycfg_entry_print(entry, buffer, sizeof(buffer));
	sum += (size_t)deploycfg_entry_bool(entry, NULL);
	sum += (size_t)deploycfg_entry_int(entry, NULL);
	sum += (size_t)deploycfg_entry_uint(entry, NULL);
	sum += deploycfg_entry_double(entry, NULL) > 0.5;
	sum += deploycfg_entry_string(entry, NULL) != NULL;
	sum += (size_t)deploycfg_entry_duration(entry, NULL);
	sum += (size_t)deploycfg_entry_size(entry, NULL);
	sum += deploycfg_entry_flags(entry);
	return source ? sum + strlen(deploycfg_source_name(source)) : sum;
}

static size_t read_with_related(const struct deploycfg_entry *entry)
{
	size_t sum = read_entry(entry);

	for (const struct deploycfg_entry *related = deploycfg_entry_related(entry);
	     related; related = deploycfg_entry_next_related(related))
		sum += read_entry(related);
	return sum;
}

static size_t read_source(const struct deploycfg_source *source)
{
	return strlen(deploycfg_source_name(source)) +
	       strlen(deploycfg_source_label(source)) +
	       strlen(deploycfg_source_reason(source)) +
	       (size_t)deploycfg_source_layer(source) +
	       (size_t)deploycfg_source_kind(source) +
	       (size_t)deploycfg_source_state(source);
}

bool fuzz_read_all(const struct deploycfg_snapshot *snapshot)
{
	const struct deploycfg_entry *root = deploycfg_root(snapshot);
	volatile size_t sum = 0;

	deploycfg_each_entry (snapshot, entry, root) {
		sum += read_with_related(entry);
		demand(deploycfg_find(snapshot, deploycfg_entry_path(entry), SIZE_MAX) ==
			       entry ||
		       entry == root);
	}
	for (const struct deploycfg_entry *past = deploycfg_next_history(snapshot, NULL);
	     past; past = deploycfg_next_history(snapshot, past))
		sum += read_with_related(past);
	for (size_t i = 0; i < deploycfg_snapshot_sources(snapshot); i++)
		sum += read_source(deploycfg_snapshot_source(snapshot, i));
	sum += strlen(deploycfg_snapshot_environment(snapshot));
	return sum > 0;
}

void fuzz_judge(const struct deploycfg_snapshot *result, struct deploycfg_errors *errors)
{
	demand((result == NULL) == deploycfg_errors_failed(errors));
	for (size_t i = 0; i < deploycfg_errors_count(errors); i++)
		demand(strlen(deploycfg_error_text(deploycfg_errors_at(errors, i))) > 0);
	deploycfg_errors_free(errors);
}

/* How a load is made. */
struct how {
	enum deploycfg_check check;
	bool declares; /* has a schema, which lets pass what it does not know */
};

static void declare(struct deploycfg_loader *loader)
{
	static const char schema[] =
		"schema: 1\n"
		"keys:\n"
		"  - {key: typed.b, type: bool}\n"
		"  - {key: typed.i, type: int, min: 0}\n"
		"  - {key: typed.f, type: float}\n"
		"  - {key: typed.t, type: duration, default: 1m30s, restart: true}\n"
		"  - {key: typed.s, type: size}\n"
		"  - {key: typed.e, type: enum, choices: [x, y], deprecated: true}\n"
		"  - {key: typed.p, type: path, default: /x}\n"
		"  - {key: typed.l, type: list, items: duration, merge: unique}\n"
		"  - {key: typed.m.*.n, type: size}\n"
		"  - {key: 'typed.r[].q', type: string, default: z}\n";

	deploycfg_loader_add_schema_text(loader, "schema", schema, sizeof(schema) - 1);
	deploycfg_loader_set_unknown(loader, DEPLOYCFG_UNKNOWN_WARN);
}

static struct deploycfg_snapshot *load(enum deploycfg_syntax syntax, const uint8_t *bytes,
				       size_t length, struct how how)
{
	static const char *const no_variables[] = {NULL};
	static const char base[] = "a: {b: [1, 2]}\nc: 5\nd: [x]\n";
	struct deploycfg_loader *loader = deploycfg_loader_new();
	struct deploycfg_errors *errors = NULL;
	struct deploycfg_snapshot *snapshot;

	demand(loader != NULL);
	deploycfg_loader_set_environ(loader, no_variables);
	deploycfg_loader_set_environment(loader, "none");
	deploycfg_loader_set_check(loader, how.check);
	if (how.declares)
		declare(loader);
	deploycfg_loader_add_text(loader, DEPLOYCFG_LAYER_BASE, "base", DEPLOYCFG_YAML,
				  base, sizeof(base) - 1);
	deploycfg_loader_add_text(loader, DEPLOYCFG_LAYER_ENVIRONMENT, "input", syntax,
				  (const char *)bytes, length);
	snapshot = deploycfg_loader_load(loader, &errors);
	fuzz_judge(snapshot, errors);
	deploycfg_loader_free(loader);
	return snapshot;
}

struct deploycfg_snapshot *fuzz_load(enum deploycfg_syntax syntax, const uint8_t *bytes,
				     size_t length)
{
	return load(syntax, bytes, length, (struct how){.declares = true});
}

void fuzz_same(const struct deploycfg_snapshot *snapshot,
	       const struct deploycfg_snapshot *again)
{
	struct deploycfg_snapshot *copy;
	size_t size, size_again;
	const void *image = deploycfg_snapshot_image(snapshot, &size);
	const void *image_again = deploycfg_snapshot_image(again, &size_again);

	demand(size == size_again && !memcmp(image, image_again, size));
	copy = deploycfg_snapshot_from_image(image, size, NULL);
	demand(copy != NULL);
	demand(fuzz_read_all(copy));
	deploycfg_snapshot_unref(copy);
}

/* Who looks closer sees the same; what a schema makes of it may be anything. */
bool fuzz_text(enum deploycfg_syntax syntax, const uint8_t *bytes, size_t length)
{
	struct deploycfg_snapshot *snapshot = load(syntax, bytes, length,
						   (struct how){.declares = false}),
				  *again;
	deploycfg_snapshot_unref(fuzz_load(syntax, bytes, length));
	if (!snapshot)
		return false;
	again = load(syntax, bytes, length, (struct how){DEPLOYCFG_CHECK_LINT, false});
	demand(again != NULL);
	fuzz_same(snapshot, again);
	deploycfg_snapshot_unref(again);
	deploycfg_snapshot_unref(snapshot);
	return true;
}
