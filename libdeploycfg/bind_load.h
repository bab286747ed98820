/* SPDX-License-Identifier: ISC */
/* libcyaml, as it is called here: nowhere else. */
#ifndef DCFG_BIND_LOAD_H
#define DCFG_BIND_LOAD_H

#include <cyaml/cyaml.h>

#include "base/view.h"

/* Loads a text into new memory of which *out becomes the address. The schema is taken for one
 * of a pointer. */
cyaml_err_t dcfg_bind_load(struct dcfg_view text, const struct cyaml_schema_value *schema,
			   void **out);

/* Frees that memory and all that it holds, or what `in_place` holds and not that itself. */
void dcfg_bind_release(const struct cyaml_schema_value *schema, void *block);
void dcfg_bind_release_parts(const struct cyaml_schema_value *schema, void *in_place);

/* Frees that memory and nothing that it holds. */
void dcfg_bind_release_shell(void *block);

#endif
