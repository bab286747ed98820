/* SPDX-License-Identifier: ISC */
/* Edit distance by three rows of the usual table: the third is for swaps. Must not know what the
 * words are. */
#include "nearest.h"

#include <string.h>

#define WORD_MAX 32

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

static char small(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool same(char a, char b)
{
	return small(a) == small(b);
}

/* cells: the rows of the first i letters of `a`, and of one and two less. */
static void fill_row(size_t cells[3][WORD_MAX + 1], const char *a, const char *b,
		     size_t i)
{
	size_t *row = cells[i % 3];
	const size_t *above = cells[(i + 2) % 3], *above2 = cells[(i + 1) % 3];

	row[0] = i;
	for (size_t j = 1; b[j - 1]; j++) {
		row[j] = least(least(above[j], row[j - 1]) + 1,
			       above[j - 1] + !same(a[i - 1], b[j - 1]));
		if (i > 1 && j > 1 && same(a[i - 1], b[j - 2]) &&
		    same(a[i - 2], b[j - 1]))
			row[j] = least(row[j], above2[j - 2] + 1);
	}
}

static size_t distance(const char *a, const char *b)
{
	size_t cells[3][WORD_MAX + 1], length = strlen(a);

	if (length > WORD_MAX || strlen(b) > WORD_MAX)
		return WORD_MAX;
	for (size_t j = 0; j <= WORD_MAX; j++)
		cells[0][j] = j;
	for (size_t i = 1; i <= length; i++)
		fill_row(cells, a, b, i);
	return cells[length % 3][strlen(b)];
}

const char *tool_nearest(tool_choice *names, const void *of, const char *wanted)
{
	size_t letters = strlen(wanted + strspn(wanted, "-")), found = WORD_MAX;
	size_t most = letters < 3 ? 0 : letters < 8 ? 1 : 2;
	const char *nearest = NULL;

	for (size_t i = 0; names(of, i); i++) {
		size_t away = distance(wanted, names(of, i));

		if (away > most || away > found)
			continue;
		nearest = away < found ? names(of, i) : NULL;
		found = away;
	}
	return nearest;
}
