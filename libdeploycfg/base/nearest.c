/* SPDX-License-Identifier: ISC */
/* Edit distance by three rows of the usual table: the third is for swaps. Knows nothing
 * of what the words are. */
#include "base/nearest.h"

#define WORD_MAX 64

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* The rows of the table for the prefixes of `a` that end here and one and two before. */
struct rows {
	size_t cells[3][WORD_MAX + 1];
};

/* Fills the row of a's first i characters; returns the least number in it. */
static size_t fill_row(struct rows *rows, struct dcfg_view a, struct dcfg_view b,
		       size_t i)
{
	size_t *row = rows->cells[i % 3];
	const size_t *above = rows->cells[(i + 2) % 3],
		     *above2 = rows->cells[(i + 1) % 3];
	size_t best = row[0] = i;

	for (size_t j = 1; j <= b.len; j++) {
		size_t change = above[j - 1] + (a.ptr[i - 1] != b.ptr[j - 1]);

		row[j] = least(least(above[j], row[j - 1]) + 1, change);
		if (i > 1 && j > 1 && a.ptr[i - 1] == b.ptr[j - 2] &&
		    a.ptr[i - 2] == b.ptr[j - 1])
			row[j] = least(row[j], above2[j - 2] + 1);
		best = least(best, row[j]);
	}
	return best;
}

size_t dcfg_distance(struct dcfg_view a, struct dcfg_view b, size_t most)
{
	struct rows rows;
	size_t before = 0, best = 0;

	if (a.len > WORD_MAX || b.len > WORD_MAX || a.len > b.len + most ||
	    b.len > a.len + most)
		return most + 1;
	for (size_t j = 0; j <= b.len; j++)
		rows.cells[0][j] = j;
	for (size_t i = 1; i <= a.len; i++) {
		before = best;
		best = fill_row(&rows, a, b, i);
		if (best > most && before > most) /* a swap reaches over one row */
			return most + 1;
	}
	return least(rows.cells[a.len % 3][b.len], most + 1);
}

static size_t near_enough(size_t letters)
{
	return letters < 3 ? 0 : letters < 6 ? 1 : 2;
}

/* A letter without what people mix up first: capitals, and '-' with '_'. */
static char plain(char byte)
{
	return byte == '-' ? '_' : dcfg_small(byte);
}

static struct dcfg_view copy_plain(struct dcfg_view word, char buffer[WORD_MAX])
{
	for (size_t i = 0; i < word.len; i++)
		buffer[i] = plain(word.ptr[i]);
	return dcfg_view(buffer, word.len);
}

static size_t plain_distance(struct dcfg_view a, struct dcfg_view b, size_t most)
{
	char plain_a[WORD_MAX], plain_b[WORD_MAX];

	if (a.len > WORD_MAX || b.len > WORD_MAX)
		return most + 1;
	return dcfg_distance(copy_plain(a, plain_a), copy_plain(b, plain_b), most);
}

/* Measures what of the word and of a candidate differs. */
static void offer(struct dcfg_nearest *nearest, struct dcfg_view word,
		  struct dcfg_view other, struct dcfg_view candidate)
{
	size_t most = near_enough(word.len);
	size_t distance = plain_distance(word, other, most);

	if (distance > most || (nearest->best.ptr && distance >= nearest->distance))
		return;
	nearest->best = candidate;
	nearest->distance = distance;
}

void dcfg_nearest_offer(struct dcfg_nearest *nearest, struct dcfg_view candidate)
{
	offer(nearest, nearest->word, candidate, candidate);
}

/* Bytes of the parts that two begin with alike, their separators too. */
static size_t same_head(struct dcfg_view a, struct dcfg_view b,
			struct dcfg_view separator)
{
	size_t head = 0;

	for (size_t at = 0;
	     at < a.len && at < b.len && plain(a.ptr[at]) == plain(b.ptr[at]); at++)
		if (dcfg_view_ends(dcfg_view(a.ptr, at + 1), separator))
			head = at + 1;
	return head;
}

/* Bytes of the parts that two end with alike. */
static size_t same_tail(struct dcfg_view a, struct dcfg_view b,
			struct dcfg_view separator)
{
	size_t tail = 0;

	for (size_t at = 1; at <= a.len && at <= b.len &&
			    plain(a.ptr[a.len - at]) == plain(b.ptr[b.len - at]);
	     at++)
		if (dcfg_view_starts(dcfg_view(a.ptr + a.len - at, at), separator))
			tail = at;
	return tail;
}

void dcfg_nearest_offer_parts(struct dcfg_nearest *nearest, struct dcfg_view separator,
			      struct dcfg_view candidate)
{
	size_t head = same_head(nearest->word, candidate, separator);
	struct dcfg_view word = dcfg_view_skip(nearest->word, head);
	struct dcfg_view other = dcfg_view_skip(candidate, head);
	size_t tail = same_tail(word, other, separator);

	word.len -= tail;
	other.len -= tail;
	offer(nearest, word, other, candidate);
}
