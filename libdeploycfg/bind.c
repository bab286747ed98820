/* SPDX-License-Identifier: ISC */
/*
 * Binding: a subtree becomes a struct of the application. The walk judges every value and
 * writes those that are right; only when all are, libcyaml reads what was written. Knows no
 * types: see dcfg_bind_value() below and the files that it leads to.
 */
#include "bind.h"

#include "base/mem.h"
#include "base/vault.h"
#include "bind_load.h"
#include "bind_text.h"
#include "bind_walk.h"

void dcfg_bind_value(struct dcfg_binding *binding,
		     const struct cyaml_schema_value *schema,
		     const struct cyaml_schema_field *field,
		     const struct deploycfg_entry *entry)
{
	bool is_null = dcfg_type(entry) == DEPLOYCFG_NULL &&
		       dcfg_bind_takes(schema, CYAML_FLAG_POINTER_NULL);

	if (!dcfg_bind_check(binding, schema, field, entry))
		return;
	if (is_null || schema->type == CYAML_IGNORE)
		dcfg_bind_write_string(&binding->text, DCFG_VIEW(""));
	else if (schema->type == CYAML_MAPPING)
		dcfg_bind_map(binding, schema, entry);
	else if (schema->type == CYAML_BITFIELD)
		dcfg_bind_bits(binding, schema, entry);
	else if (schema->type == CYAML_FLAGS)
		dcfg_bind_flags(binding, schema, entry);
	else if (schema->type == CYAML_SEQUENCE || schema->type == CYAML_SEQUENCE_FIXED)
		dcfg_bind_list(binding, schema, field, entry);
	else
		dcfg_bind_scalar(binding, schema, entry);
}

/* What was written is valid YAML: where libyaml fails, memory is out. */
static void report_failure(struct dcfg_binding *binding,
			   const struct cyaml_schema_value *schema,
			   const struct deploycfg_entry *entry, cyaml_err_t failure)
{
	if (failure == CYAML_ERR_OOM || failure == CYAML_ERR_LIBYAML_PARSER ||
	    failure == CYAML_ERR_LIBYAML_PARSER_INIT)
		dcfg_error_memory(&binding->errors);
	else
		dcfg_bind_blame(binding, schema, entry,
				"libcyaml cannot use the program's table: %s",
				cyaml_strerror(failure));
}

static void load(struct dcfg_binding *binding, const struct cyaml_schema_value *schema,
		 const struct deploycfg_entry *entry, void **out)
{
	cyaml_err_t failure;

	failure = dcfg_bind_load(dcfg_view(binding->text.ptr, binding->text.len), schema,
				 out);
	if (failure != CYAML_OK)
		report_failure(binding, schema, entry, failure);
	else if (binding->has_secrets)
		dcfg_bind_fill(binding, schema, entry, *out);
}

/* Hands over what was reported; the status of the first of it. */
static int finish(struct dcfg_binding *binding, struct deploycfg_errors **errors)
{
	struct deploycfg_errors *own = binding->errors;
	int status = DEPLOYCFG_OK;

	if (binding->text.ptr)
		dcfg_wipe(binding->text.ptr, binding->text.capacity);
	dcfg_free(binding->text.ptr);
	dcfg_free(binding->bound);
	/* A load that binds its documents does so itself, with all that it knows. */
	if (own && !binding->options->context && !dcfg_bind_redact(binding))
		dcfg_errors_remember(own);
	if (!dcfg_errors_sort(own, NULL, 0))
		dcfg_errors_remember(own);
	if (own && own->out_of_memory)
		status = DEPLOYCFG_ERR_MEMORY;
	else if (own)
		status = deploycfg_error_status(deploycfg_errors_at(own, 0));
	dcfg_errors_move(errors, own);
	return status;
}

/* The walk by the schema as it is; the load always into new memory. */
static int bind(struct dcfg_binding *binding, const struct deploycfg_entry *entry,
		const char *path, const struct cyaml_schema_value *schema, void **out,
		struct deploycfg_errors **errors)
{
	*out = NULL;
	binding->pass_unknown = binding->options->pass_wrong ||
				deploycfg_snapshot_has_schema(binding->snapshot);
	if (!entry) {
		dcfg_missing(binding->snapshot, path, &binding->errors);
		return finish(binding, errors);
	}
	if (schema->type == CYAML_IGNORE)
		dcfg_bind_blame(binding, schema, entry,
				"the program's table is of no type");
	else
		dcfg_bind_value(binding, schema, NULL, entry);
	if (binding->text.failed)
		dcfg_error_memory(&binding->errors);
	else if (!binding->errors || (binding->options->pass_wrong && !binding->wrong))
		load(binding, schema, entry, out);
	return finish(binding, errors);
}

int dcfg_bind(const struct deploycfg_snapshot *snapshot,
	      const struct deploycfg_entry *entry, const char *path,
	      const struct cyaml_schema_value *schema,
	      const struct dcfg_bind_options *options, void **out,
	      struct deploycfg_errors **errors)
{
	struct dcfg_binding binding = {.snapshot = snapshot, .options = options};

	return bind(&binding, entry, path, schema, out, errors);
}

void *dcfg_bind_free(const struct cyaml_schema_value *schema, void *block)
{
	if (block)
		dcfg_bind_release(schema, block);
	return NULL;
}

static bool is_our_layout(size_t value_size, size_t field_size)
{
	return value_size == sizeof(struct cyaml_schema_value) &&
	       field_size == sizeof(struct cyaml_schema_field);
}

/* Type, flags and size of a value come first in every layout. */
static int refuse_layout(const struct cyaml_schema_value *schema, size_t value_size,
			 size_t field_size, void *out, struct deploycfg_errors **errors)
{
	bool is_pointer = schema->flags & CYAML_FLAG_POINTER;
	struct deploycfg_error *error = dcfg_error(
		errors, DEPLOYCFG_ERR_BINDING, NULL, NULL,
		"the program was compiled with another libcyaml than deploycfg was: the "
		"parts of its tables have %zu and %zu bytes, here they have %zu and %zu",
		value_size, field_size, sizeof(struct cyaml_schema_value),
		sizeof(struct cyaml_schema_field));

	dcfg_error_hint(error, "compile both with the same libcyaml");
	memset(out, 0, is_pointer ? sizeof(void *) : schema->data_size);
	return DEPLOYCFG_ERR_BINDING;
}

static void clear(const struct cyaml_schema_value *schema, void *out)
{
	memset(out, 0, (size_t)dcfg_bind_size(schema));
}

/* From new memory to where the application has its own. A string has no more bytes. */
static void move(const struct cyaml_schema_value *schema, void *block, void *out)
{
	size_t size = schema->type == CYAML_STRING ? strlen(block) + 1
						   : (size_t)dcfg_bind_size(schema);

	memcpy(out, block, size);
	dcfg_bind_release_shell(block);
}

int deploycfg_bind_sized(const struct deploycfg_snapshot *snapshot, const char *path,
			 const struct cyaml_schema_value *schema, size_t value_size,
			 size_t field_size, void *out, struct deploycfg_errors **errors)
{
	static const struct dcfg_bind_options options = {.context = NULL};
	bool is_pointer = schema->flags & CYAML_FLAG_POINTER;
	void *block;
	int status;

	if (!is_our_layout(value_size, field_size))
		return refuse_layout(schema, value_size, field_size, out, errors);
	clear(schema, out);
	if (!snapshot)
		return DEPLOYCFG_ERR_MISSING;
	status = dcfg_bind(snapshot, dcfg_find(snapshot, dcfg_view_text(path)), path,
			   schema, &options, &block, errors);
	if (is_pointer)
		memcpy(out, &block, sizeof(block));
	else if (block)
		move(schema, block, out);
	return status;
}

void deploycfg_bind_free_sized(const struct cyaml_schema_value *schema, size_t value_size,
			       size_t field_size, void *out)
{
	void *block;

	if (!is_our_layout(value_size, field_size))
		return;
	if (schema->flags & CYAML_FLAG_POINTER) {
		memcpy(&block, out, sizeof(block));
		dcfg_bind_free(schema, block);
	} else {
		dcfg_bind_release_parts(schema, out);
	}
	clear(schema, out);
}
