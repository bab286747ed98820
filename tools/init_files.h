/* SPDX-License-Identifier: ISC */
/* The tree that `init` writes. */
#ifndef TOOL_INIT_FILES_H
#define TOOL_INIT_FILES_H

struct init_file {
	const char *name, *text;
};

/* In the order in which they are to be read, ended by a name that is NULL. */
extern const struct init_file tool_init_files[];

/* What a file of one of these stems and suffixes is, if none of the above: a part of the same
 * layers, or refused for having the name of one. Ended by NULL. */
extern const char *const tool_init_stems[], *const tool_init_suffixes[];

/* Other names that are refused, ended by NULL. */
extern const char *const tool_init_twins[];

#endif
