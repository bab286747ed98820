/* SPDX-License-Identifier: ISC */
#include "peer.h"

#include <json.h>
#include <string.h>

const char peer_name[] = "json-c";
const char peer_file[] = "peer.json";

void *peer_load(const char *path)
{
	return json_object_from_file(path);
}

void peer_free(void *loaded)
{
	json_object_put(loaded);
}

/* Segment by segment, as a program has to. */
bool peer_find(void *loaded, const struct peer_query *query)
{
	char segment[64];
	const char *at = query->path;
	json_object *object = loaded;
	size_t length;

	do {
		length = strcspn(at, ".");
		memcpy(segment, at, length);
		segment[length] = '\0';
		if (!json_object_object_get_ex(object, segment, &object))
			return false;
		at += length + 1;
	} while (at[-1]);
	return object != NULL;
}
