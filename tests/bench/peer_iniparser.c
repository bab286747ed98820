/* SPDX-License-Identifier: ISC */
#include "peer.h"

#include <iniparser.h>

const char peer_name[] = "iniparser";
const char peer_file[] = "peer.ini";

void *peer_load(const char *path)
{
	return iniparser_load(path);
}

void peer_free(void *loaded)
{
	iniparser_freedict(loaded);
}

bool peer_find(void *loaded, const struct peer_query *query)
{
	return iniparser_getstring(loaded, query->joint, NULL) != NULL;
}
