/* SPDX-License-Identifier: ISC */
/*
 * Binds a struct of every kind with each allocation failing, once and from then on, those of
 * libcyaml and libyaml among them, from values that are public and from secrets. Each bind must
 * fill the struct or say that memory is out, and leave nothing allocated. Prints TAP.
 */
#include <stdio.h>
#include <string.h>

#include "bind_kinds.h"
#include "deploycfg.h"
#include "memory.h"

static struct deploycfg_snapshot *load(const char *text, bool secret)
{
	static const char schema[] =
		"schema: 1\n"
		"keys:\n"
		"  - {key: kinds, type: map, open: true, secret: true}\n"
		"  - {key: wrong, type: map, open: true, secret: true}\n";
	static const char *const none[] = {NULL};
	struct deploycfg_loader *loader = deploycfg_loader_new();
	struct deploycfg_snapshot *cfg;

	deploycfg_loader_set_environment(loader, "none");
	deploycfg_loader_set_environ(loader, none);
	deploycfg_loader_add_text(loader, DEPLOYCFG_LAYER_BASE, "text", DEPLOYCFG_YAML,
				  text, strlen(text));
	if (secret)
		deploycfg_loader_add_schema_text(loader, "schema", schema,
						 sizeof(schema) - 1);
	cfg = deploycfg_loader_load(loader, NULL);
	deploycfg_loader_free(loader);
	return cfg;
}

/* Whether the last allocation that a text asks for came to its place. */
static bool is_whole(const struct kinds *kinds)
{
	return kinds->tree->children[1].children[0].value == 3 &&
	       !strcmp(kinds->triple[2], "z");
}

static bool says_memory(const struct deploycfg_errors *errors)
{
	size_t count = deploycfg_errors_count(errors);

	return count && deploycfg_error_status(deploycfg_errors_at(errors, count - 1)) ==
				DEPLOYCFG_ERR_MEMORY;
}

static bool bind_pointer(const struct deploycfg_snapshot *cfg, int *status)
{
	struct deploycfg_errors *errors = NULL;
	struct kinds *kinds;
	bool good;

	*status = deploycfg_bind(cfg, "kinds", &kinds_schema, &kinds, &errors);
	good = *status ? !kinds && says_memory(errors) : !errors && is_whole(kinds);
	deploycfg_bind_free(&kinds_schema, &kinds);
	deploycfg_errors_free(errors);
	return good;
}

static bool bind_in_place(const struct deploycfg_snapshot *cfg, int *status)
{
	static const struct kinds zeros;
	struct deploycfg_errors *errors = NULL;
	struct kinds kinds;
	bool good;

	*status = deploycfg_bind(cfg, "kinds", &kinds_value_schema, &kinds, &errors);
	good = *status ? !memcmp(&kinds, &zeros, sizeof(kinds)) && says_memory(errors)
		       : !errors && is_whole(&kinds);
	deploycfg_bind_free(&kinds_value_schema, &kinds);
	deploycfg_errors_free(errors);
	return good;
}

/* All fields but `absent` have a problem, and `point` has three: one is a key that no field has, and
 * that an open map of a schema lets pass. */
static bool bind_wrongly(const struct deploycfg_snapshot *cfg, int *status)
{
	const size_t fields = sizeof(kinds_fields) / sizeof(*kinds_fields) - 1;
	struct deploycfg_errors *errors = NULL;
	struct kinds *kinds;
	bool good;

	*status = deploycfg_bind(cfg, "wrong", &kinds_schema, &kinds, &errors);
	good = *status == DEPLOYCFG_ERR_MEMORY
		       ? says_memory(errors)
		       : deploycfg_errors_count(errors) ==
				 fields + !deploycfg_snapshot_has_schema(cfg);
	*status = says_memory(errors) ? *status : 0;
	deploycfg_errors_free(errors);
	return good && !kinds;
}

typedef bool bind_function(const struct deploycfg_snapshot *cfg, int *status);

/* Tries until no allocation fails any more; the number of those that did, 0 for a mistake. */
static size_t sweep(bind_function *bind, const struct deploycfg_snapshot *cfg,
		    bool onwards)
{
	for (size_t nth = 1;; nth++) {
		long alive = memory_alive();
		size_t count;
		int status;
		bool good;

		memory_fail(nth, onwards);
		good = bind(cfg, &status);
		count = memory_count();
		memory_fail(0, false);
		if (!good || memory_alive() != alive || (nth > count && status)) {
			printf("# allocation %zu%s: status %d, %ld blocks leaked\n", nth,
			       onwards ? " and all after it" : "", status,
			       memory_alive() - alive);
			return 0;
		}
		if (nth > count)
			return count;
	}
}

int main(void)
{
	static const char wrong[] = "wrong: {tree: 7, point: {y: x, X: 1}}\n";
	static const struct {
		bind_function *bind;
		const char *name;
	} binds[] = {{bind_pointer, "a struct in new memory"},
		     {bind_in_place, "a struct in place"},
		     {bind_wrongly, "a struct with a problem in every field"}};
	const size_t runs = 4 * sizeof(binds) / sizeof(*binds);
	static char text[sizeof(kinds_yaml) + sizeof(wrong)];
	struct deploycfg_snapshot *cfg[2];
	int failed = 0;

	strcat(strcpy(text, kinds_yaml), wrong);
	cfg[0] = load(text, false);
	cfg[1] = load(text, true);
	printf("1..%zu\n", runs);
	for (size_t i = 0; i < runs; i++) {
		bool secret = i / 2 % 2;
		size_t failures =
			cfg[secret] ? sweep(binds[i / 4].bind, cfg[secret], i % 2) : 0;

		failed |= !failures;
		printf("%s %zu - %s%s: %zu allocations fail%s\n",
		       failures ? "ok" : "not ok", i + 1, binds[i / 4].name,
		       secret ? " of secrets" : "", failures,
		       i % 2 ? " with all after them" : "");
	}
	deploycfg_snapshot_unref(cfg[0]);
	deploycfg_snapshot_unref(cfg[1]);
	return failed;
}
