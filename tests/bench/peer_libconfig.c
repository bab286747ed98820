/* SPDX-License-Identifier: ISC */
#include "peer.h"

#include <libconfig.h>
#include <stdlib.h>

const char peer_name[] = "libconfig";
const char peer_file[] = "peer.cfg";

void *peer_load(const char *path)
{
	config_t *config = malloc(sizeof(*config));

	if (!config)
		return NULL;
	config_init(config);
	if (config_read_file(config, path))
		return config;
	peer_free(config);
	return NULL;
}

void peer_free(void *loaded)
{
	config_destroy(loaded);
	free(loaded);
}

bool peer_find(void *loaded, const struct peer_query *query)
{
	return config_lookup(loaded, query->path) != NULL;
}
