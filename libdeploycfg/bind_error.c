/* SPDX-License-Identifier: ISC */
/*
 * What a bind has to say: of values that the program's struct cannot hold, and of tables that
 * libcyaml could not use. Knows where values come from; converts nothing.
 */
#include "base/nearest.h"
#include "base/redact.h"
#include "base/vault.h"
#include "bind_walk.h"
#include "model/key.h"

static struct dcfg_place place_of(const struct dcfg_binding *binding,
				  const struct deploycfg_entry *entry)
{
	const struct deploycfg_source *source = deploycfg_entry_source(entry);

	if (!binding->options->context || !source)
		return dcfg_entry_place(entry);
	return dcfg_place_of(binding->options->context,
			     dcfg_origin(le32_get(source->rank),
					 deploycfg_entry_line(entry),
					 deploycfg_entry_column(entry)));
}

/* The same of its key, where that is known. */
static struct dcfg_place place_of_key(struct dcfg_binding *binding,
				      const struct deploycfg_entry *entry)
{
	const struct dcfg_bind_options *options = binding->options;
	const struct dcfg_node *node = NULL;

	if (options->context && options->tree)
		node = dcfg_node_at(options->context, options->tree,
				    dcfg_record_path(entry), &binding->trail);
	return node ? dcfg_place_of(options->context, dcfg_key_origin(node))
		    : place_of(binding, entry);
}

void dcfg_bind_relate(struct dcfg_binding *binding, struct deploycfg_error *error,
		      const struct deploycfg_entry *entry, const char *what)
{
	struct dcfg_place place;

	if (!error)
		return;
	place = place_of(binding, entry);
	dcfg_error_related(error, &place, "%s", what);
}

/* The values that it took the place of, and those that it was made of. */
static void relate_history(struct dcfg_binding *binding, struct deploycfg_error *error,
			   const struct deploycfg_entry *entry)
{
	const struct deploycfg_entry *past =
		error ? deploycfg_entry_related(entry) : NULL;

	for (; past; past = deploycfg_entry_next_related(past)) {
		if (dcfg_relation(past) == DEPLOYCFG_SHADOWED)
			dcfg_bind_relate(binding, error, past, "overrides this value");
		else if (dcfg_relation(past) == DEPLOYCFG_INPUT)
			dcfg_bind_relate(binding, error, past, "is made of this value");
	}
}

/* Whether one more problem would only be counted; then this counts it. */
static bool only_counts(struct dcfg_binding *binding)
{
	struct deploycfg_errors *errors = binding->errors;

	if (!errors || errors->out_of_memory || !dcfg_errors_full(errors))
		return false;
	dcfg_errors_drop(errors, DEPLOYCFG_ERROR);
	return true;
}

static struct deploycfg_error *report(struct dcfg_binding *binding,
				      enum deploycfg_status status,
				      const struct dcfg_place *place, const char *key,
				      const char *format, va_list arguments)
{
	const struct dcfg_context *context = binding->options->context;
	struct deploycfg_error *error = dcfg_vdiag(&binding->errors, DEPLOYCFG_ERROR,
						   status, place, key, format, arguments);

	if (error && context)
		binding->errors->limit = context->limits.of[DEPLOYCFG_LIMIT_DIAGNOSTICS];
	return error;
}

struct deploycfg_error *dcfg_bind_report(struct dcfg_binding *binding,
					 enum deploycfg_status status,
					 const struct deploycfg_entry *entry,
					 const char *key, const char *format, ...)
{
	struct deploycfg_error *error;
	struct dcfg_place place;
	va_list arguments;

	binding->wrong++;
	if (only_counts(binding))
		return NULL;
	place = status == DEPLOYCFG_ERR_UNKNOWN ? place_of_key(binding, entry)
						: place_of(binding, entry);
	va_start(arguments, format);
	error = report(binding, status, &place, key, format, arguments);
	va_end(arguments);
	return error;
}

bool dcfg_bind_hides(const struct dcfg_binding *binding,
		     const struct deploycfg_entry *entry)
{
	return entry->kind & DCFG_MASKED || place_of(binding, entry).is_secret;
}

struct deploycfg_error *
dcfg_bind_refuse(struct dcfg_binding *binding, enum deploycfg_status status,
		 const struct deploycfg_entry *entry, const char *wanted)
{
	char found[DCFG_DESCRIPTION_SIZE];
	size_t article = wanted[0] != 'a' ? 0 : wanted[1] == ' ' ? 2 : 3;
	struct deploycfg_error *error;

	if (dcfg_type_has_text(dcfg_type(entry)) && dcfg_bind_hides(binding, entry))
		(void)snprintf(found, sizeof(found), "a secret %s",
			       deploycfg_type_name(dcfg_type(entry)));
	else
		dcfg_describe(found, entry);
	error = dcfg_bind_report(binding, status, entry, deploycfg_entry_path(entry),
				 "expected %s, found %s", wanted, found);
	dcfg_error_expected(error, "%s", wanted + article);
	dcfg_tell_namer(entry, error);
	relate_history(binding, error, entry);
	return error;
}

static bool is_blamed(const struct dcfg_binding *binding,
		      const struct cyaml_schema_value *schema)
{
	for (size_t i = 0; i < binding->blamed_count; i++)
		if (binding->blamed[i] == schema)
			return true;
	return binding->blamed_count == DCFG_BIND_BLAMED_MAX;
}

void dcfg_bind_blame(struct dcfg_binding *binding,
		     const struct cyaml_schema_value *schema,
		     const struct deploycfg_entry *entry, const char *format, ...)
{
	struct deploycfg_error *error;
	va_list arguments;

	if (is_blamed(binding, schema))
		return;
	binding->blamed[binding->blamed_count++] = schema;
	va_start(arguments, format);
	error = dcfg_vdiag(&binding->errors, DEPLOYCFG_ERROR, DEPLOYCFG_ERR_BINDING, NULL,
			   deploycfg_entry_path(entry), format, arguments);
	va_end(arguments);
	dcfg_error_hint(error, "correct the table in the program; no configuration can");
}

static struct dcfg_view nearest_name(const struct cyaml_schema_value *schema,
				     struct dcfg_view word)
{
	struct dcfg_nearest nearest = {.word = word};
	const struct cyaml_schema_field *field = schema->mapping.fields;

	if (schema->type == CYAML_BITFIELD) {
		for (uint32_t i = 0; i < schema->bitfield.count; i++)
			dcfg_nearest_offer(
				&nearest,
				dcfg_view_text(schema->bitfield.bitdefs[i].name));
		return nearest.best;
	}
	for (; field->key; field++)
		dcfg_nearest_offer(&nearest, dcfg_view_text(field->key));
	return nearest.best;
}

void dcfg_bind_unknown(struct dcfg_binding *binding,
		       const struct cyaml_schema_value *schema,
		       const struct deploycfg_entry *entry)
{
	struct deploycfg_error *error = dcfg_bind_report(
		binding, DEPLOYCFG_ERR_UNKNOWN, entry, deploycfg_entry_path(entry),
		binding->options->context ? "there is no such field"
					  : "the program knows no such key");
	struct dcfg_view best;

	if (!error)
		return;
	best = nearest_name(schema, dcfg_view_text(deploycfg_entry_name(entry)));
	if (best.ptr)
		dcfg_error_hint(error, "write '%.*s' if that is meant", DCFG_ARG(best));
	else
		dcfg_error_hint(error, "remove it, or look for it under another name");
	relate_history(binding, error, entry);
}

static void hint_at_missing(const struct dcfg_binding *binding,
			    struct deploycfg_error *error, const char *path)
{
	const char *prefix = deploycfg_snapshot_prefix(binding->snapshot);
	char variable[256];
	size_t length = deploycfg_path_variable(path, prefix, variable, sizeof(variable));
	const char *rest =
		deploycfg_snapshot_has_schema(binding->snapshot)
			? "; where no schema declares it, the program asks for "
			  "the wrong key"
			: "";

	if (binding->options->context)
		dcfg_error_hint(error, "add it to this map");
	else if (length && length < sizeof(variable))
		dcfg_error_hint(error,
				"set it in a configuration file, or by the variable %s%s",
				variable, rest);
	else
		dcfg_error_hint(error, "set it in a configuration file%s", rest);
}

void dcfg_bind_missing(struct dcfg_binding *binding, const struct deploycfg_entry *parent,
		       const char *name)
{
	struct dcfg_view above = dcfg_record_path(parent);
	char path[2 * DCFG_PATH_MAX];
	struct deploycfg_error *error;
	size_t length;

	memcpy(path, above.ptr, above.len);
	length = dcfg_key_append(path, sizeof(path) - 1, above.len, dcfg_view_text(name));
	path[length < sizeof(path) ? length : sizeof(path) - 1] = '\0';
	error = dcfg_bind_report(binding, DEPLOYCFG_ERR_MISSING, parent, path,
				 "it is required, and it is not set");
	if (!error)
		return;
	dcfg_tell_history(binding->snapshot, dcfg_view_text(path), error);
	hint_at_missing(binding, error, path);
}

static void take_masked(struct dcfg_needles *needles,
			const struct deploycfg_entry *records, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (records[i].kind & DCFG_MASKED && !dcfg_is_hidden(&records[i]) &&
		    dcfg_type_has_text(dcfg_type(&records[i])))
			dcfg_needles_add(needles, dcfg_record_text(&records[i]));
}

bool dcfg_bind_redact(const struct dcfg_binding *binding)
{
	const struct dcfg_image *image = &binding->snapshot->image;
	const struct dcfg_secrets *secrets = &binding->snapshot->secrets;
	const struct le32 *offsets = (const void *)secrets->bytes;
	struct dcfg_arena vault;
	struct dcfg_needles needles = {.arena = &vault, .seed = image->seed};
	bool done;

	dcfg_vault_init(&vault);
	for (uint32_t i = 0; i < secrets->count; i++) {
		const void *twin = secrets->bytes + le32_get(offsets[i]);

		dcfg_needles_add(&needles, dcfg_record_text(twin));
	}
	take_masked(&needles, image->records, image->record_count);
	take_masked(&needles, image->related, image->related_count);
	done = dcfg_needles_redact(&needles, binding->errors);
	dcfg_needles_fini(&needles);
	dcfg_arena_fini(&vault);
	return done;
}
