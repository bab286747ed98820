/* SPDX-License-Identifier: ISC */
/*
 * Values as YAML. Numbers hold no radix character, so that no locale reads them otherwise, and
 * floats no digit too few or too many: whichever of strtof() and strtod() reads them need not
 * round. Knows nothing of configuration.
 */
#include "bind_text.h"

#include <inttypes.h>
#include <math.h>

#include "base/number.h"
#include "base/utf8.h"

/* What libyaml refuses between double quotes, takes for a line break or an escape, and the
 * byte order mark. */
static bool is_special(uint32_t code)
{
	return code < 0x20 || code == '"' || code == '\\' ||
	       (code >= 0x7f && code < 0xa0) || code == 0x2028 || code == 0x2029 ||
	       code == 0xfeff || code == 0xfffe || code == 0xffff;
}

/* Bytes that may stand as they are. */
static size_t measure_plain(struct dcfg_view text)
{
	size_t at = 0, length = 1;
	uint32_t code;

	for (; at < text.len; at += length) {
		code = (unsigned char)text.ptr[at];
		if (code >= 0x80)
			length = dcfg_utf8_decode(dcfg_view_skip(text, at), &code);
		else
			length = 1;
		if (is_special(code))
			break;
	}
	return at;
}

void dcfg_bind_write_string(struct dcfg_text_buffer *text, struct dcfg_view value)
{
	uint32_t code;

	dcfg_buffer_add(text, DCFG_VIEW("\""));
	while (value.len) {
		size_t plain = measure_plain(value);

		dcfg_buffer_add(text, dcfg_view(value.ptr, plain));
		value = dcfg_view_skip(value, plain);
		if (!value.len)
			break;
		value = dcfg_view_skip(value, dcfg_utf8_decode(value, &code));
		dcfg_buffer_printf(text, code <= 0xff ? "\\x%02" PRIx32 : "\\u%04" PRIx32,
				   code);
	}
	dcfg_buffer_add(text, DCFG_VIEW("\""));
}

void dcfg_bind_write_int(struct dcfg_text_buffer *text, int64_t value)
{
	char digits[DCFG_NUMBER_SIZE];

	dcfg_buffer_add(text, dcfg_view(digits, dcfg_print_int(digits, value)));
}

void dcfg_bind_write_uint(struct dcfg_text_buffer *text, uint64_t value)
{
	if (value <= INT64_MAX)
		dcfg_bind_write_int(text, (int64_t)value);
	else
		dcfg_buffer_printf(text, "%" PRIu64, value);
}

#define EXPONENT_BITS 0x7ff
#define FRACTION_BITS 52
#define FRACTION ((UINT64_C(1) << FRACTION_BITS) - 1)
#define BIAS 1075 /* of the exponent of the fraction's last bit */

void dcfg_bind_write_double(struct dcfg_text_buffer *text, double value)
{
	const char *sign = signbit(value) ? "-" : "";
	uint64_t bits, fraction;
	int exponent;

	memcpy(&bits, &value, sizeof(bits));
	fraction = bits & FRACTION;
	exponent = (int)(bits >> FRACTION_BITS) & EXPONENT_BITS;
	if (exponent == EXPONENT_BITS) {
		dcfg_buffer_printf(text, fraction ? "nan" : "%sinf", sign);
		return;
	}
	if (exponent)
		fraction += FRACTION + 1;
	else
		exponent = 1;
	dcfg_buffer_printf(text, "%s0x%" PRIx64 "p%d", sign, fraction, exponent - BIAS);
}
