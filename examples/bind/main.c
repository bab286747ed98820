/* SPDX-License-Identifier: ISC */
/* A part of a configuration in a struct of one's own. */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include <cyaml/cyaml.h>
#include <deploycfg.h>

enum tls {
	TLS_OFF,
	TLS_ON,
	TLS_VERIFY
};

struct replica {
	char *host;
	uint16_t port;
};

struct database {
	char *url;
	unsigned pool;
	int64_t timeout; /* nanoseconds, where a schema makes it a duration */
	bool *readonly;  /* NULL where nobody says so */
	enum tls tls;
	struct replica *replicas;
	unsigned replicas_count;
};

static const cyaml_schema_field_t replica_fields[] = {
	CYAML_FIELD_STRING_PTR("host", CYAML_FLAG_POINTER, struct replica, host, 1, 255),
	CYAML_FIELD_UINT("port", CYAML_FLAG_OPTIONAL, struct replica, port),
	CYAML_FIELD_END,
};

static const cyaml_schema_value_t replica = {
	CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct replica, replica_fields),
};

static const cyaml_strval_t tls_words[] = {
	{"off", TLS_OFF}, {"on", TLS_ON}, {"verify", TLS_VERIFY}};

static const cyaml_schema_field_t database_fields[] = {
	CYAML_FIELD_STRING_PTR("url", CYAML_FLAG_POINTER, struct database, url, 1,
			       CYAML_UNLIMITED),
	CYAML_FIELD_UINT("pool", CYAML_FLAG_DEFAULT, struct database, pool),
	CYAML_FIELD_INT("timeout", CYAML_FLAG_OPTIONAL, struct database, timeout),
	CYAML_FIELD_BOOL_PTR("readonly", CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL,
			     struct database, readonly),
	CYAML_FIELD_ENUM("tls", CYAML_FLAG_STRICT, struct database, tls, tls_words, 3),
	CYAML_FIELD_SEQUENCE("replicas", CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL,
			     struct database, replicas, &replica, 0, 16),
	CYAML_FIELD_END,
};

static const cyaml_schema_value_t database_schema = {
	CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct database, database_fields),
};

static void use(const struct database *database)
{
	printf("%s pool=%u tls=%d%s\n", database->url, database->pool, database->tls,
	       database->readonly && *database->readonly ? " readonly" : "");
	for (unsigned i = 0; i < database->replicas_count; i++)
		printf("%s %u\n", database->replicas[i].host, database->replicas[i].port);
}

int main(int argc, char **argv)
{
	struct deploycfg_errors *errors = NULL;
	struct deploycfg_snapshot *cfg =
		deploycfg_load(argc > 1 ? argv[1] : "config", "SHOP", NULL, &errors);
	struct database *database;

	if (deploycfg_bind(cfg, "database", &database_schema, &database, &errors) == 0)
		use(database);
	deploycfg_bind_free(&database_schema, &database);
	deploycfg_snapshot_unref(cfg);
	return deploycfg_errors_report(errors, stderr);
}
