/* SPDX-License-Identifier: ISC */
#include "peer.h"

#include <glib.h>

const char peer_name[] = "GKeyFile";
const char peer_file[] = "peer.ini";

void *peer_load(const char *path)
{
	GKeyFile *file = g_key_file_new();

	if (g_key_file_load_from_file(file, path, G_KEY_FILE_NONE, NULL))
		return file;
	g_key_file_free(file);
	return NULL;
}

void peer_free(void *loaded)
{
	g_key_file_free(loaded);
}

bool peer_find(void *loaded, const struct peer_query *query)
{
	char *value = g_key_file_get_value(loaded, query->group, query->key, NULL);
	bool found = value != NULL;

	g_free(value);
	return found;
}
