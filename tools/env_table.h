/* SPDX-License-Identifier: ISC */
/* What variables set, as env-names shows it where there is a schema. */
#ifndef TOOL_ENV_TABLE_H
#define TOOL_ENV_TABLE_H

#include "names.h"
#include "schema/keys.h"
#include "writer.h"

/* One line for each variable of every declared key. taken: the names of all that there is in cfg. *width:
 * of the column of variables, which may grow. False without memory. */
bool tool_env_table(struct writer *out, const struct keys *keys,
		    const struct deploycfg_snapshot *cfg, const struct names *taken,
		    size_t *width);

/* Leaves those names whose keys no schema declares, such as those of open maps. names: all of
 * the configuration, with list items. */
void tool_keep_undeclared(struct names *names, const struct deploycfg_snapshot *cfg,
			  const struct keys *keys);

/* Writes the variable that the name of a declared key makes, with <NAME> and <N> in it.
 * *reason: why it has none, "" where it has one. False without memory. */
bool tool_env_variable(struct writer *out, const struct keys *keys, const struct key *key,
		       const char *prefix, const char **reason);

#endif
