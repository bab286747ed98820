/* SPDX-License-Identifier: ISC */
/*
 * Feeds files to a harness: seeds named ok-* must be accepted, those named bad-* refused, and all
 * of them cut short or with a byte changed must do no harm.
 *
 *	ini DIRECTORY
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"

#define SEED_MAX (1 << 20)
#define MUTATIONS 400

static unsigned long inputs;
static bool accepted; /* the last input */

static void feed(const uint8_t *data, size_t size)
{
	/* exactly as many bytes as there are: reading beyond them shows */
	uint8_t *copy = malloc(size ? size : 1);

	if (!copy)
		abort();
	memcpy(copy, data, size);
	accepted = fuzz(copy, size);
	free(copy);
	inputs++;
}

/* The same changes in each run. */
static void mutate(uint8_t *data, size_t size)
{
	unsigned long state = 12345;

	for (int i = 0; size && i < MUTATIONS; i++) {
		size_t at = (state = state * 1103515245 + 12345) / 65536 % size;
		uint8_t old = data[at];

		data[at] ^= (uint8_t)(1u << (state >> 20 & 7));
		feed(data, i % 3 ? size : at);
		data[at] = old;
	}
}

static int replay(const char *directory, const char *name)
{
	static uint8_t data[SEED_MAX];
	char path[4096];
	size_t size;
	FILE *file;
	int good;

	snprintf(path, sizeof(path), "%s/%s", directory, name);
	file = fopen(path, "rb");
	if (!file)
		return 0;
	size = fread(data, 1, sizeof(data), file);
	fclose(file);
	feed(data, size);
	good = strncmp(name, "ok-", 3) ? strncmp(name, "bad-", 4) || !accepted : accepted;
	if (!good)
		printf("FAIL %s: %s\n", path, accepted ? "accepted" : "refused");
	mutate(data, size);
	return good;
}

int main(int argc, char **argv)
{
	struct dirent **names;
	int count = argc == 2 ? scandir(argv[1], &names, NULL, alphasort) : -1,
	    passed = 0, failed = 0;

	if (count < 0) {
		fprintf(stderr, "usage: %s DIRECTORY\n", argv[0]);
		return 2;
	}
	for (int i = 0; i < count; i++) {
		if (names[i]->d_name[0] != '.') {
			int good = replay(argv[1], names[i]->d_name);

			passed += good;
			failed += !good;
		}
		free(names[i]);
	}
	free(names);
	printf("%lu inputs\n%d passed, %d failed\n", inputs, passed, failed);
	return failed || !passed;
}
