/* SPDX-License-Identifier: ISC */
/*
 * main.c again, with the struct that is made of config/schema.yaml: keys that are misspelt here
 * do not compile. Prefix and types come from the directory.
 *
 *	deploycfg schema --dir config --format c >shop.h
 */
#include <inttypes.h>
#include <shop.h>
#include <string.h>

static void print_server(const struct shop *shop)
{
	const struct shop_database *database = &shop->database;

	printf("listen: %s:%" PRId64 "\n", shop->server.host, shop->server.port);
	printf("database: %s://%s@%s:%" PRId64 "/%s\n",
	       shop_database_driver_strings[database->driver].str, database->user,
	       database->host, database->port, database->name);
	printf("password: %zu characters\n", strlen(database->password));
	printf("pool: %" PRId64 "\n", database->pool.size);
}

static void print_answers(const struct deploycfg_snapshot *cfg, const struct shop *shop)
{
	const struct deploycfg_entry *host =
		deploycfg_find(cfg, "database.host", SIZE_MAX);
	const char *dashboard = shop->monitoring.dashboard;

	printf("environment: %s\n", deploycfg_snapshot_environment(cfg));
	print_server(shop);
	printf("providers: %" PRIu32 "\n", shop->payment.providers_count);
	printf("card: %s\n", shop->payment.providers[1].url);
	printf("new checkout: %s\n", shop->features.new_checkout ? "true" : "false");
	printf("timeout: %g\n", shop->server.request_timeout);
	printf("dashboard: %s\n", dashboard ? dashboard : "none");
	printf("database.host from: %s\n",
	       deploycfg_source_name(deploycfg_entry_source(host)));
}

int main(int argc, char **argv)
{
	struct deploycfg_errors *errors = NULL;
	struct deploycfg_snapshot *cfg =
		deploycfg_load(argc > 1 ? argv[1] : "config", NULL, NULL, &errors);
	struct shop shop;

	if (cfg && shop_load(cfg, &shop, &errors) == 0) {
		print_answers(cfg, &shop);
		shop_free(&shop);
	}
	deploycfg_snapshot_unref(cfg);
	return deploycfg_errors_report(errors, stderr);
}
