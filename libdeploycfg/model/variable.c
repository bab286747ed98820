/* SPDX-License-Identifier: ISC */
/* Names of variables, written from keys. Knows nothing of reading them. */
#include "model/variable.h"

#include "model/key.h"

static size_t put(char *buffer, size_t size, size_t at, char byte)
{
	if (at < size)
		buffer[at] = byte;
	return at + 1;
}

size_t dcfg_variable_append(char *buffer, size_t size, size_t at,
			    struct dcfg_view segment)
{
	char byte = '\0';

	if (at)
		at = put(buffer, size, put(buffer, size, at, '_'), '_');
	for (size_t i = 0; i < segment.len; i++) {
		char before = byte;

		byte = dcfg_variable_byte(segment.ptr[i]);
		if (!byte || (byte == '_' && before == '_'))
			return 0;
		at = put(buffer, size, at, byte);
	}
	return byte ? at : 0;
}

size_t dcfg_variable_write(char *buffer, size_t size, struct dcfg_view prefix,
			   struct dcfg_view path)
{
	struct dcfg_key key = dcfg_key(path);
	struct dcfg_segment segment;
	size_t at = path.len ? prefix.len : 0;

	if (at && size)
		memcpy(buffer, prefix.ptr, at < size ? at : size);
	while (at && dcfg_key_next(&key, &segment))
		at = segment.quoted
			     ? 0
			     : dcfg_variable_append(buffer, size, at, segment.text);
	return key.problem ? 0 : at;
}
