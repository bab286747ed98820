/* SPDX-License-Identifier: ISC */
/* Diagnostics as seen from outside. Makes none and formats none: that is base/diag.c. */
#include "deploycfg.h"

#include "base/error.h"
#include "base/mem.h"

#define EXIT_CONFIG 78 /* EX_CONFIG of sysexits.h */

bool deploycfg_errors_failed(const struct deploycfg_errors *errors)
{
	return errors && errors->failed;
}

/* Those that were not kept count as one, and lack of memory, which needs no memory to be
 * told, is the last. */
size_t deploycfg_errors_count(const struct deploycfg_errors *errors)
{
	return errors ? errors->count + (errors->rest != NULL) + errors->out_of_memory
		      : 0;
}

const struct deploycfg_error *deploycfg_errors_at(const struct deploycfg_errors *errors,
						  size_t index)
{
	if (index >= deploycfg_errors_count(errors))
		return NULL;
	if (index < errors->count)
		return errors->list[index];
	return index == errors->count && errors->rest ? dcfg_errors_rest(errors)
						      : &dcfg_memory_error;
}

struct deploycfg_errors *deploycfg_errors_free(struct deploycfg_errors *errors)
{
	dcfg_errors_free(errors);
	return NULL;
}

int deploycfg_errors_report(struct deploycfg_errors *errors, FILE *stream)
{
	bool failed = deploycfg_errors_failed(errors);

	for (size_t i = 0; i < deploycfg_errors_count(errors); i++) {
		const struct deploycfg_error *error = deploycfg_errors_at(errors, i);

		if (error->severity != DEPLOYCFG_NOTE)
			(void)fputs(deploycfg_error_text(error), stream);
	}
	deploycfg_errors_free(errors);
	return failed ? EXIT_CONFIG : 0;
}

enum deploycfg_status deploycfg_error_status(const struct deploycfg_error *error)
{
	return error->status;
}

enum deploycfg_severity deploycfg_error_severity(const struct deploycfg_error *error)
{
	return error->severity;
}

const char *deploycfg_error_message(const struct deploycfg_error *error)
{
	return error->message;
}

const char *deploycfg_error_key(const struct deploycfg_error *error)
{
	return error->key;
}

const char *deploycfg_error_file(const struct deploycfg_error *error)
{
	return error->file;
}

unsigned deploycfg_error_line(const struct deploycfg_error *error)
{
	return error->line;
}

unsigned deploycfg_error_column(const struct deploycfg_error *error)
{
	return error->column;
}

const char *deploycfg_error_expected(const struct deploycfg_error *error)
{
	return error->expected ? error->expected : "";
}

const char *deploycfg_error_hint(const struct deploycfg_error *error)
{
	return error->hint ? error->hint : "";
}

const struct deploycfg_error *deploycfg_error_related(const struct deploycfg_error *error,
						      size_t index)
{
	return index < error->related_count ? error->related[index] : NULL;
}

const char *deploycfg_error_text(const struct deploycfg_error *error)
{
	return error->text.ptr ? error->text.ptr
			       : "error[out-of-memory]: out of memory\n";
}

const char *deploycfg_status_code(enum deploycfg_status status)
{
	return dcfg_status_code(status);
}

const char *deploycfg_type_name(enum deploycfg_type type)
{
	static const char *const names[] = {"none",     "null",   "bool", "int",
					    "float",    "string", "list", "map",
					    "duration", "size",   "enum", "path"};

	return (size_t)type < DCFG_COUNT(names) ? names[type] : "";
}
