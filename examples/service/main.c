/* SPDX-License-Identifier: ISC */
/*
 * What the shop's server would know when it starts. Compile with -DTESTING,
 * -DDEVELOPMENT or -DPRODUCTION to fix the environment, or set SHOP_ENV.
 */
#include <deploycfg.h>
#include <inttypes.h>
#include <string.h>

static void print_answers(const struct deploycfg_snapshot *cfg,
			  struct deploycfg_errors **errors)
{
	const struct deploycfg_entry *host =
		deploycfg_find(cfg, "database.host", SIZE_MAX);
	const struct deploycfg_entry *list =
		deploycfg_find(cfg, "payment.providers", SIZE_MAX);

	printf("environment: %s\n", deploycfg_snapshot_environment(cfg));
	printf("listen: %s:%" PRId64 "\n",
	       deploycfg_get_string(cfg, "server.host", errors),
	       deploycfg_get_int(cfg, "server.port", errors));
	printf("database: %s://%s@%s:%" PRId64 "/%s\n",
	       deploycfg_get_string(cfg, "database.driver", errors),
	       deploycfg_get_string(cfg, "database.user", errors),
	       deploycfg_get_string(cfg, "database.host", errors),
	       deploycfg_get_int(cfg, "database.port", errors),
	       deploycfg_get_string(cfg, "database.name", errors));
	printf("password: %zu characters\n",
	       strlen(deploycfg_get_string(cfg, "database.password", errors)));
	printf("pool: %" PRId64 "\n",
	       deploycfg_get_int(cfg, "database.pool.size", errors));
	printf("providers: %zu\n", deploycfg_entry_count(list));
	printf("card: %s\n",
	       deploycfg_get_string(cfg, "payment.providers[1].url", errors));
	printf("new checkout: %s\n",
	       deploycfg_get_bool(cfg, "features.new_checkout", errors) ? "true"
									: "false");
	printf("timeout: %g\n",
	       deploycfg_get_double(cfg, "server.request_timeout", errors));
	printf("dashboard: %s\n",
	       deploycfg_get_string_or(cfg, "monitoring.dashboard", "none", errors));
	printf("database.host from: %s\n",
	       deploycfg_source_name(deploycfg_entry_source(host)));
}

int main(int argc, char **argv)
{
	struct deploycfg_errors *errors = NULL;
	struct deploycfg_snapshot *cfg =
		deploycfg_load(argc > 1 ? argv[1] : "config", "SHOP", NULL, &errors);

	if (cfg)
		print_answers(cfg, &errors);
	deploycfg_snapshot_unref(cfg);
	return deploycfg_errors_report(errors, stderr);
}
