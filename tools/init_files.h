/* SPDX-License-Identifier: ISC */
/* The tree that `init` writes. */
#ifndef TOOL_INIT_FILES_H
#define TOOL_INIT_FILES_H

struct init_file {
	const char *name, *text;
};

/* In the order in which they are to be read, ended by a name that is NULL. */
extern const struct init_file tool_init_files[];

/* Other names that would make layers of the same files, ended by NULL. */
extern const char *const tool_init_twins[];

#endif
