/* SPDX-License-Identifier: ISC */
/* Names of variables that are not what they seem. Knows no key, and not what is set. */
#ifndef DCFG_MODEL_VARIABLE_SLIPS_H
#define DCFG_MODEL_VARIABLE_SLIPS_H

#include <stdbool.h>

#include "base/view.h"

/* Which of the library's own variables one may have been meant to be: "ENV", "OVERLAYS" or "JSON"
 * behind that prefix; empty for none. It is none of them itself. */
struct dcfg_view dcfg_variable_meant(struct dcfg_view prefix, struct dcfg_view name);

/* Whether it ends as the variables do that Kubernetes sets for each service. */
bool dcfg_is_service_link(struct dcfg_view name);

#endif
