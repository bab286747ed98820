/* SPDX-License-Identifier: ISC */
/* Says that a file is not to be trusted, why, and which command mends it. */
#ifndef DCFG_MODEL_DISTRUST_H
#define DCFG_MODEL_DISTRUST_H

#include "model/context.h"

/* place: of the file or directory that was to be read. key: that it is for, NULL for none. */
struct deploycfg_error *
dcfg_report_distrust(struct dcfg_context *context, const struct dcfg_place *place,
		     const char *key, const struct dcfg_suspect *suspect);

#endif
