/* SPDX-License-Identifier: ISC */
/* The escapes of INI values in double quotes. Knows nothing of what is around them. */
#include "source/ini.h"

#include "base/number.h"
#include "base/utf8.h"
#include "model/conceal.h"

static bool bad_escape(struct dcfg_ini *ini, struct dcfg_view escape, const char *problem,
		       const char *hint)
{
	size_t length = escape.len < 2 || (unsigned char)escape.ptr[1] >= 0x80 ? 1 : 2;
	struct dcfg_view shown = dcfg_shown_at(ini->context, ini->line.value_origin,
					       dcfg_view(escape.ptr, length));

	dcfg_error_hint(dcfg_ini_fail_value(ini, DEPLOYCFG_ERR_SYNTAX,
					    "the escape %.*s %s", DCFG_ARG(shown),
					    problem),
			"%s", hint);
	return false;
}

/* \xHH and \uXXXX are characters by their number, as in YAML. */
static bool read_number(struct dcfg_ini *ini, struct dcfg_view escape, size_t digits,
			uint32_t *code)
{
	*code = dcfg_parse_hex(dcfg_view_skip(escape, 2), digits);
	if (*code == UINT32_MAX)
		return bad_escape(ini, escape, "lacks hexadecimal digits",
				  "write \\xHH with two of them or \\uXXXX with four");
	if (*code == 0)
		return bad_escape(ini, escape, "is a NUL, which no value can hold",
				  "remove the escape, or encode the value as base64");
	if (*code >= 0xd800 && *code < 0xe000)
		return bad_escape(ini, escape, "is half of a surrogate pair",
				  "write the character itself, in UTF-8");
	return true;
}

/* Reads one escape; gives its length, 0 after an error. */
static size_t read_escape(struct dcfg_ini *ini, struct dcfg_view escape, uint32_t *code)
{
	size_t digits = 0;

	switch (escape.ptr[1]) {
	case 'n':
		*code = '\n';
		return 2;
	case 't':
		*code = '\t';
		return 2;
	case 'r':
		*code = '\r';
		return 2;
	case '"':
	case '\\':
		*code = (unsigned char)escape.ptr[1];
		return 2;
	case 'x':
		digits = 2;
		break;
	case 'u':
		digits = 4;
		break;
	default:
		return bad_escape(
			ini, escape, "is unknown",
			"write a backslash as \\\\, or the value between single quotes; "
			"the escapes are \\n \\t \\r \\\" \\\\ \\xHH \\uXXXX");
	}
	return read_number(ini, escape, digits, code) ? 2 + digits : 0;
}

/* Replaces the current line's value by what its escapes mean. */
bool dcfg_ini_unescape(struct dcfg_ini *ini)
{
	struct dcfg_view rest = ini->line.value;
	char *decoded = dcfg_arena_alloc(&ini->context->arena, rest.len);
	size_t length = 0;

	if (!decoded)
		return false;
	while (rest.len) {
		const char *escape = memchr(rest.ptr, '\\', rest.len);
		size_t before = escape ? (size_t)(escape - rest.ptr) : rest.len, taken;
		uint32_t code = 0;

		memcpy(decoded + length, rest.ptr, before);
		length += before;
		rest = dcfg_view_skip(rest, before);
		if (!escape)
			break;
		taken = read_escape(ini, rest, &code);
		if (!taken)
			return false;
		length += dcfg_utf8_encode(decoded + length, code);
		rest = dcfg_view_skip(rest, taken);
	}
	ini->line.value = dcfg_view(decoded, length);
	ini->line.decoded = true;
	return true;
}
