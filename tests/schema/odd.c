/* SPDX-License-Identifier: ISC */
/* Binds a configuration of odd.yaml to the struct that is generated of it, and lets libcyaml
 * write the struct as YAML by the same tables. */
#include <odd.h>
#include <stdlib.h>

/* How libcyaml writes a value does not tell its type. */
#define IS(member, type)                                                                 \
	_Static_assert(_Generic(((struct odd_one *)0)->member, type : 1, default : 0),   \
		       #member " is no " #type)

IS(class_, const char *);
IS(int_, int64_t);
IS(linux_, bool);
IS(n404, const char *);
IS(gr__e, uint64_t);
IS(BUFSIZ_, int64_t);
IS(typing, int64_t);
IS(dataclasses, double);
IS(list, const int64_t *);
IS(tuple, const char *const *);
IS(level, enum odd_one_level);
IS(optional.flag, const bool *);
IS(optional.number, const int64_t *);
IS(optional.share, const double *);
IS(optional.wait, const int64_t *);
IS(optional.size, const uint64_t *);
IS(optional.text, const char *);
IS(optional.level, const enum odd_one_optional_level *);
IS(levels, const enum odd_one_levels *);
IS(waits, const int64_t *);
IS(sizes, const uint64_t *);
IS(flags, const bool *);
IS(servers, const struct odd_one_servers_item *);
IS(servers->ports, const int64_t *);

/* libcyaml writes what a pointer leads to. */
static int save(const struct odd_one *odd)
{
	static const cyaml_config_t config = {.mem_fn = cyaml_mem};
	cyaml_schema_value_t top = odd_one_schema;
	char *text = NULL;
	size_t length = 0;
	cyaml_err_t failed;

	top.flags = CYAML_FLAG_POINTER;
	failed = cyaml_save_data(&text, &length, &config, &top, odd, 0);
	if (failed)
		fprintf(stderr, "libcyaml: %s\n", cyaml_strerror(failed));
	else
		fwrite(text, 1, length, stdout);
	cyaml_mem(NULL, text, 0);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

int main(int argc, char **argv)
{
	struct deploycfg_errors *errors = NULL;
	struct deploycfg_loader *loader = deploycfg_loader_new();
	struct deploycfg_snapshot *cfg;
	struct odd_one odd;
	int status = EXIT_FAILURE;

	if (!loader || argc != 3)
		return EXIT_FAILURE;
	deploycfg_loader_set_environment(loader, "none");
	deploycfg_loader_set_prefix(loader, "ODD_ONE");
	deploycfg_loader_add_schema(loader, argv[1]);
	deploycfg_loader_add_file(loader, argv[2]);
	cfg = deploycfg_loader_load(loader, &errors);
	deploycfg_loader_free(loader);
	if (cfg && odd_one_load(cfg, &odd, &errors) == 0) {
		status = save(&odd);
		odd_one_free(&odd);
	}
	deploycfg_snapshot_unref(cfg);
	return deploycfg_errors_report(errors, stderr) ? EXIT_FAILURE : status;
}
