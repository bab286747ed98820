/* SPDX-License-Identifier: ISC */
/* See api.h. */
#include "api.h"

#include <stdarg.h>

struct deploycfg_loader *api_loader(void)
{
	static const char *const nothing[] = {NULL};
	struct deploycfg_loader *loader = deploycfg_loader_new();

	ck_assert_ptr_nonnull(loader);
	deploycfg_loader_set_environment(loader, "none");
	deploycfg_loader_set_environ(loader, nothing);
	return loader;
}

static void add(struct deploycfg_loader *loader, int layer, enum deploycfg_syntax syntax,
		const char *text)
{
	char name[32];

	snprintf(name, sizeof(name), "t%d", layer);
	deploycfg_loader_add_text(loader, layer, name, syntax, text, strlen(text));
}

void api_yaml(struct deploycfg_loader *loader, int layer, const char *text)
{
	add(loader, layer, DEPLOYCFG_YAML, text);
}

void api_ini(struct deploycfg_loader *loader, int layer, const char *text)
{
	add(loader, layer, DEPLOYCFG_INI, text);
}

static const char *text_of_first(const struct deploycfg_errors *errors)
{
	return errors ? deploycfg_error_text(deploycfg_errors_at(errors, 0)) : "";
}

struct deploycfg_snapshot *api_load(struct deploycfg_loader *loader)
{
	struct deploycfg_errors *errors = NULL;
	struct deploycfg_snapshot *cfg = deploycfg_loader_load(loader, &errors);

	ck_assert_msg(cfg && !errors, "%s: %s", cfg ? "a diagnostic" : "no snapshot",
		      text_of_first(errors));
	deploycfg_loader_free(loader);
	return cfg;
}

int api_status(struct deploycfg_loader *loader)
{
	struct deploycfg_errors *errors = NULL;
	struct deploycfg_snapshot *cfg = deploycfg_loader_load(loader, &errors);
	int status = errors ? deploycfg_error_status(deploycfg_errors_at(errors, 0))
			    : DEPLOYCFG_OK;

	ck_assert_msg(!cfg == deploycfg_errors_failed(errors),
		      "a snapshot and an error, or neither: %s", text_of_first(errors));
	deploycfg_errors_free(errors);
	deploycfg_snapshot_unref(cfg);
	return status;
}

struct deploycfg_errors *api_fails(struct deploycfg_loader *loader)
{
	struct deploycfg_errors *errors = NULL;

	ck_assert_ptr_null(deploycfg_loader_load(loader, &errors));
	ck_assert(deploycfg_errors_failed(errors));
	deploycfg_loader_free(loader);
	return errors;
}

struct deploycfg_snapshot *api_of_yaml(const char *text)
{
	struct deploycfg_loader *loader = api_loader();

	api_yaml(loader, DEPLOYCFG_LAYER_BASE, text);
	return api_load(loader);
}

int api_take(struct deploycfg_errors **errors)
{
	int status = DEPLOYCFG_OK;

	ck_assert_msg(deploycfg_errors_count(*errors) <= 1, "more than one: %s",
		      text_of_first(*errors));
	if (*errors)
		status = deploycfg_error_status(deploycfg_errors_at(*errors, 0));
	*errors = deploycfg_errors_free(*errors);
	return status;
}

/* Appends to a text of fixed size, which must have room. */
static void put(char *buffer, size_t size, const char *format, ...)
{
	size_t at = strlen(buffer);
	va_list arguments;
	int length;

	va_start(arguments, format);
	length = vsnprintf(buffer + at, size - at, format, arguments);
	va_end(arguments);
	ck_assert(length >= 0 && (size_t)length < size - at);
}

const char *api_leaves(const struct deploycfg_snapshot *snapshot)
{
	static char buffer[4096];

	buffer[0] = '\0';
	deploycfg_each_entry (snapshot, entry, deploycfg_root(snapshot)) {
		enum deploycfg_type type = deploycfg_entry_type(entry);
		bool nests = type == DEPLOYCFG_MAP || type == DEPLOYCFG_LIST;

		if (deploycfg_entry_count(entry))
			continue;
		put(buffer, sizeof(buffer), "%s%s=%s", buffer[0] ? " " : "",
		    deploycfg_entry_path(entry),
		    !nests                  ? deploycfg_entry_text(entry, NULL)
		    : type == DEPLOYCFG_MAP ? "{}"
					    : "[]");
	}
	return buffer;
}

const char *api_place(const struct deploycfg_entry *entry)
{
	static char buffer[512];
	const struct deploycfg_source *source = deploycfg_entry_source(entry);

	snprintf(buffer, sizeof(buffer), "%s:%u:%u",
		 source ? deploycfg_source_name(source) : "", deploycfg_entry_line(entry),
		 deploycfg_entry_column(entry));
	return buffer;
}

const char *api_error_place(const struct deploycfg_error *error)
{
	static char buffer[512];

	snprintf(buffer, sizeof(buffer), "%s:%u:%u", deploycfg_error_file(error),
		 deploycfg_error_line(error), deploycfg_error_column(error));
	return buffer;
}
