/* SPDX-License-Identifier: ISC */
/* Any bytes as a layer in INI. */
#include "fuzz.h"

bool fuzz(const uint8_t *bytes, size_t length)
{
	return fuzz_text(DEPLOYCFG_INI, bytes, length);
}
