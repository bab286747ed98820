/* SPDX-License-Identifier: ISC */
#include "peer.h"

#include <libeconf.h>
#include <stdlib.h>

const char peer_name[] = "libeconf";
const char peer_file[] = "peer.ini";

void *peer_load(const char *path)
{
	econf_file *file = NULL;

	return econf_readFile(&file, path, "=", "#;") == ECONF_SUCCESS ? file : NULL;
}

void peer_free(void *loaded)
{
	econf_freeFile(loaded);
}

bool peer_find(void *loaded, const struct peer_query *query)
{
	char *value = NULL;
	econf_err status = econf_getStringValue(loaded, query->group, query->key, &value);

	free(value);
	return status == ECONF_SUCCESS;
}
