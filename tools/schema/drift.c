/* SPDX-License-Identifier: ISC */
/* Whether a generated file is what would be generated now. Must not know what it holds. */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "schema.h"
#include "status.h"

/* A comparison on its way through both. */
struct comparison {
	const struct text *wanted;
	size_t at;
	size_t line; /* in which the next byte stands */
	bool differs;
};

static void compare(struct comparison *comparison, const char *bytes, size_t length)
{
	const struct text *wanted = comparison->wanted;

	for (size_t i = 0; i < length && !comparison->differs; i++) {
		if (comparison->at == wanted->length ||
		    wanted->bytes[comparison->at] != bytes[i]) {
			comparison->differs = true;
			return;
		}
		comparison->line += bytes[i] == '\n';
		comparison->at++;
	}
}

static enum deploycfg_status status_of(int reason)
{
	switch (reason) {
	case ENOENT:
	case ENOTDIR:
		return DEPLOYCFG_ERR_NOT_FOUND;
	case EACCES:
		return DEPLOYCFG_ERR_PERMISSION;
	case EISDIR:
		return DEPLOYCFG_ERR_NOT_REGULAR;
	default:
		return DEPLOYCFG_ERR_IO;
	}
}

static int unreadable(struct diagnostics *diagnostics, const char *path, int reason)
{
	tool_error(diagnostics, status_of(reason),
		   TOOL_SAY("cannot read ", path, ": ", strerror(reason), ""), NULL);
	return TOOL_UNREADABLE;
}

/* It might never end. */
static int not_regular(struct diagnostics *diagnostics, const char *path)
{
	tool_error(diagnostics, DEPLOYCFG_ERR_NOT_REGULAR,
		   TOOL_SAY("cannot read ", path, ": it is no regular file"), NULL);
	return TOOL_UNREADABLE;
}

static int read_all(struct comparison *comparison, FILE *file)
{
	char buffer[4096];
	size_t length;

	do {
		length = fread(buffer, 1, sizeof(buffer), file);
		compare(comparison, buffer, length);
	} while (length && !comparison->differs);
	if (ferror(file))
		return errno ? errno : EIO;
	comparison->differs |= comparison->at < comparison->wanted->length;
	return 0;
}

/* Returns 0, or why the file cannot be read. */
static int compare_file(struct comparison *comparison, const char *path)
{
	FILE *file = fopen(path, "rb");
	int reason;

	if (!file)
		return errno;
	errno = 0;
	reason = read_all(comparison, file);
	fclose(file);
	return reason;
}

static int differs(struct diagnostics *diagnostics, const char *path, size_t line,
		   const char *hint)
{
	char words[64];

	snprintf(words, sizeof(words), " is not what the schema gives: line %zu differs",
		 line);
	tool_error(diagnostics, DEPLOYCFG_ERR_SCHEMA, TOOL_SAY("", path, words),
		   TOOL_SAY(hint));
	return TOOL_INVALID;
}

int tool_drift(struct diagnostics *diagnostics, const char *path,
	       const struct text *wanted, const char *hint)
{
	struct comparison comparison = {wanted, 0, 1, false};
	struct stat status;
	int reason;

	if (stat(path, &status) != 0)
		return unreadable(diagnostics, path, errno);
	if (!S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode))
		return not_regular(diagnostics, path);
	reason = compare_file(&comparison, path);
	if (reason)
		return unreadable(diagnostics, path, reason);
	return comparison.differs ? differs(diagnostics, path, comparison.line, hint)
				  : TOOL_OK;
}
