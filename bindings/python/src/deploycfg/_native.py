# SPDX-License-Identifier: ISC
"""Every function of deploycfg.h in one table, and its numbers and structs.

Knows ctypes and nothing of Python's side: no library, value or error is made here. The
table mirrors the header line for line; a test compares it with header and library.
"""
from __future__ import annotations

import ctypes
from ctypes import (POINTER, c_bool, c_char_p, c_double, c_int, c_int64, c_size_t, c_uint,
                    c_uint64, c_void_p)
from typing import Any

# enum deploycfg_severity
ERROR, WARNING, NOTE = range(3)

# enum deploycfg_type; a load without a schema gives them up to MAP
NONE, NULL, BOOL, INT, FLOAT, STRING, LIST, MAP, DURATION, SIZE, ENUM, PATH = range(12)

# enum deploycfg_flag, by name
FLAGS = {"SECRET": 1, "DEFAULT": 2, "DEPRECATED": 4, "RESTART": 8, "REPLACES": 16,
         "MASKED": 32}

# enum deploycfg_relation, by number
RELATIONS = ("winner", "shadowed", "unset", "skipped", "input", "appended", "template",
             "prepended")

# enum deploycfg_source_kind and enum deploycfg_source_state, by number
SOURCE_KINDS = ("file", "directory", "text", "variable", "override")
SOURCE_STATES = ("read", "missing", "masked", "replaced", "ignored", "not a layer",
                 "skipped")

# enum deploycfg_variables, by name
VARIABLES = {"default": 0, "always": 1, "never": 2}

# enum deploycfg_unknown and enum deploycfg_check, by name
UNKNOWN = {"default": 0, "error": 1, "warn": 2}
CHECKS = {"load": 0, "strict": 1, "lint": 2}

# enum deploycfg_trust, by name
TRUST = {"default": 0, "owner": 1}

# of enum deploycfg_layer
LAYER_BASE, LAYER_ENVIRONMENT = 200, 400

# enum deploycfg_property, by name
PROPERTIES = {"HERMETIC": 1, "NOT_HERMETIC": 2, "LOCAL": 4, "NOT_LOCAL": 8,
              "LAYER_OPTIONAL": 16, "LAYER_REQUIRED": 32, "LENIENT": 64,
              "NOT_LENIENT": 128}

# enum deploycfg_limit, by number
LIMITS = ("file", "total", "value", "path", "depth", "keys", "sources", "anchors",
          "directives", "diagnostics", "overlays", "secret_file")

# enum deploycfg_syntax, by name
SYNTAXES = {"ini": 0, "yaml": 1}


# One class for each opaque struct: a handle of the wrong kind is an ArgumentError, not a
# crash, and a result stays a handle, where a plain c_void_p would become an int.
class Loader(c_void_p):
    """struct deploycfg_loader *"""


class Snapshot(c_void_p):
    """struct deploycfg_snapshot *"""


class Entry(c_void_p):
    """struct deploycfg_entry *"""


class Source(c_void_p):
    """struct deploycfg_source *"""


class Errors(c_void_p):
    """struct deploycfg_errors *"""


class Error(c_void_p):
    """struct deploycfg_error *"""


class Value(ctypes.Structure):
    """struct deploycfg_value"""

    _fields_ = (("text", c_char_p), ("length", c_size_t), ("integer", c_int64),
                ("number", c_double), ("type", c_int), ("flags", c_uint))


ErrorsOut = POINTER(Errors)
SizeOut = POINTER(c_size_t)
Strings = POINTER(c_char_p)
ValueOut = POINTER(Value)

# A SHORT function only reads memory and keeps the GIL: giving it up would cost a busy
# program milliseconds per read. A LONG one reads files, prints or verifies a whole image.
SHORT, LONG = ctypes.PyDLL, ctypes.CDLL

# All text is borrowed, NUL-terminated and without another NUL: c_char_p copies it.
PROTOTYPES: tuple[Any, ...] = (
    # struct deploycfg_snapshot *deploycfg_load_constants(const char *directory, const
    #     char *prefix, const char *environment, const char *constants, struct
    #     deploycfg_errors **errors);
    ("deploycfg_load_constants", Snapshot,
     (c_char_p, c_char_p, c_char_p, c_char_p, ErrorsOut), LONG),
    # struct deploycfg_loader *deploycfg_loader_new(void);
    ("deploycfg_loader_new", Loader, (), SHORT),
    # struct deploycfg_loader *deploycfg_loader_free(struct deploycfg_loader *loader);
    ("deploycfg_loader_free", Loader, (Loader,), SHORT),
    # void deploycfg_loader_set_environment(struct deploycfg_loader *loader, const char
    #     *name);
    ("deploycfg_loader_set_environment", None, (Loader, c_char_p), SHORT),
    # void deploycfg_loader_set_constants(struct deploycfg_loader *loader, const char
    #     *constants);
    ("deploycfg_loader_set_constants", None, (Loader, c_char_p), SHORT),
    # void deploycfg_loader_set_prefix(struct deploycfg_loader *loader, const char
    #     *prefix);
    ("deploycfg_loader_set_prefix", None, (Loader, c_char_p), SHORT),
    # void deploycfg_loader_set_environ(struct deploycfg_loader *loader, const char
    #     *const *variables);
    ("deploycfg_loader_set_environ", None, (Loader, Strings), SHORT),
    # void deploycfg_loader_set_variables(struct deploycfg_loader *loader, enum
    #     deploycfg_variables mode);
    ("deploycfg_loader_set_variables", None, (Loader, c_int), SHORT),
    # void deploycfg_loader_map_variable(struct deploycfg_loader *loader, const char
    #     *variable, const char *path);
    ("deploycfg_loader_map_variable", None, (Loader, c_char_p, c_char_p), SHORT),
    # void deploycfg_loader_declare_environment(struct deploycfg_loader *loader, const
    #     char *name, const char *aliases, const char *inherits, unsigned properties);
    ("deploycfg_loader_declare_environment", None,
     (Loader, c_char_p, c_char_p, c_char_p, c_uint), SHORT),
    # void deploycfg_loader_set_project(struct deploycfg_loader *loader, const char
    #     *name);
    ("deploycfg_loader_set_project", None, (Loader, c_char_p), SHORT),
    # void deploycfg_loader_set_root(struct deploycfg_loader *loader, const char
    #     *directory);
    ("deploycfg_loader_set_root", None, (Loader, c_char_p), SHORT),
    # void deploycfg_loader_set_platform(struct deploycfg_loader *loader, const char
    #     *name);
    ("deploycfg_loader_set_platform", None, (Loader, c_char_p), SHORT),
    # void deploycfg_loader_set_program(struct deploycfg_loader *loader, const char
    #     *name);
    ("deploycfg_loader_set_program", None, (Loader, c_char_p), SHORT),
    # void deploycfg_loader_add_overlay(struct deploycfg_loader *loader, const char
    #     *name);
    ("deploycfg_loader_add_overlay", None, (Loader, c_char_p), SHORT),
    # void deploycfg_loader_add_dir(struct deploycfg_loader *loader, const char *path);
    ("deploycfg_loader_add_dir", None, (Loader, c_char_p), SHORT),
    # void deploycfg_loader_add_secrets(struct deploycfg_loader *loader, const char
    #     *path);
    ("deploycfg_loader_add_secrets", None, (Loader, c_char_p), SHORT),
    # void deploycfg_loader_set_trust(struct deploycfg_loader *loader, enum
    #     deploycfg_trust trust);
    ("deploycfg_loader_set_trust", None, (Loader, c_int), SHORT),
    # void deploycfg_loader_trust_user(struct deploycfg_loader *loader, unsigned user);
    ("deploycfg_loader_trust_user", None, (Loader, c_uint), SHORT),
    # void deploycfg_loader_trust_group(struct deploycfg_loader *loader, unsigned group);
    ("deploycfg_loader_trust_group", None, (Loader, c_uint), SHORT),
    # void deploycfg_loader_add_file(struct deploycfg_loader *loader, const char
    #     *path);
    ("deploycfg_loader_add_file", None, (Loader, c_char_p), SHORT),
    # void deploycfg_loader_add_env_file(struct deploycfg_loader *loader, const char
    #     *path);
    ("deploycfg_loader_add_env_file", None, (Loader, c_char_p), SHORT),
    # void deploycfg_loader_add_text(struct deploycfg_loader *loader, int layer, const
    #     char *name, enum deploycfg_syntax syntax, const char *bytes, size_t length);
    ("deploycfg_loader_add_text", None,
     (Loader, c_int, c_char_p, c_int, c_char_p, c_size_t), SHORT),
    # void deploycfg_loader_override(struct deploycfg_loader *loader, const char *path,
    #     const char *text, const char *origin);
    ("deploycfg_loader_override", None, (Loader, c_char_p, c_char_p, c_char_p), SHORT),
    # void deploycfg_loader_override_value(struct deploycfg_loader *loader, const char
    #     *path, const char *yaml, const char *origin);
    ("deploycfg_loader_override_value", None,
     (Loader, c_char_p, c_char_p, c_char_p), SHORT),
    # void deploycfg_loader_add_schema(struct deploycfg_loader *loader, const char
    #     *path);
    ("deploycfg_loader_add_schema", None, (Loader, c_char_p), SHORT),
    # void deploycfg_loader_add_schema_text(struct deploycfg_loader *loader, const char
    #     *name, const char *bytes, size_t length);
    ("deploycfg_loader_add_schema_text", None,
     (Loader, c_char_p, c_char_p, c_size_t), SHORT),
    # void deploycfg_loader_set_unknown(struct deploycfg_loader *loader, enum
    #     deploycfg_unknown mode);
    ("deploycfg_loader_set_unknown", None, (Loader, c_int), SHORT),
    # void deploycfg_loader_set_check(struct deploycfg_loader *loader, enum
    #     deploycfg_check mode);
    ("deploycfg_loader_set_check", None, (Loader, c_int), SHORT),
    # void deploycfg_loader_set_limit(struct deploycfg_loader *loader, enum
    #     deploycfg_limit limit, uint64_t value);
    ("deploycfg_loader_set_limit", None, (Loader, c_int, c_uint64), SHORT),
    # struct deploycfg_snapshot *deploycfg_loader_load(struct deploycfg_loader *loader,
    #     struct deploycfg_errors **errors);
    ("deploycfg_loader_load", Snapshot, (Loader, ErrorsOut), LONG),
    # const char *deploycfg_loader_environments(struct deploycfg_loader *loader, struct
    #     deploycfg_errors **errors);
    ("deploycfg_loader_environments", c_char_p, (Loader, ErrorsOut), LONG),
    # struct deploycfg_snapshot *deploycfg_loader_schema(struct deploycfg_loader
    #     *loader, struct deploycfg_errors **errors);
    ("deploycfg_loader_schema", Snapshot, (Loader, ErrorsOut), LONG),
    # struct deploycfg_snapshot *deploycfg_snapshot_ref(struct deploycfg_snapshot
    #     *snapshot);
    ("deploycfg_snapshot_ref", Snapshot, (Snapshot,), SHORT),
    # struct deploycfg_snapshot *deploycfg_snapshot_unref(struct deploycfg_snapshot
    #     *snapshot);
    ("deploycfg_snapshot_unref", Snapshot, (Snapshot,), SHORT),
    # const char *deploycfg_snapshot_environment(const struct deploycfg_snapshot
    #     *snapshot);
    ("deploycfg_snapshot_environment", c_char_p, (Snapshot,), SHORT),
    # const char *deploycfg_snapshot_selected_by(const struct deploycfg_snapshot
    #     *snapshot);
    ("deploycfg_snapshot_selected_by", c_char_p, (Snapshot,), SHORT),
    # const char *deploycfg_snapshot_overlays(const struct deploycfg_snapshot
    #     *snapshot);
    ("deploycfg_snapshot_overlays", c_char_p, (Snapshot,), SHORT),
    # const char *deploycfg_snapshot_overlays_by(const struct deploycfg_snapshot
    #     *snapshot);
    ("deploycfg_snapshot_overlays_by", c_char_p, (Snapshot,), SHORT),
    # const char *deploycfg_snapshot_prefix(const struct deploycfg_snapshot *snapshot);
    ("deploycfg_snapshot_prefix", c_char_p, (Snapshot,), SHORT),
    # bool deploycfg_snapshot_has_schema(const struct deploycfg_snapshot *snapshot);
    ("deploycfg_snapshot_has_schema", c_bool, (Snapshot,), SHORT),
    # size_t deploycfg_snapshot_summary(const struct deploycfg_snapshot *snapshot, char
    #     *buffer, size_t size);
    ("deploycfg_snapshot_summary", c_size_t, (Snapshot, c_char_p, c_size_t), SHORT),
    # const char *deploycfg_snapshot_values_digest(const struct deploycfg_snapshot
    #     *snapshot);
    ("deploycfg_snapshot_values_digest", c_char_p, (Snapshot,), SHORT),
    # const char *deploycfg_snapshot_image_digest(const struct deploycfg_snapshot
    #     *snapshot);
    ("deploycfg_snapshot_image_digest", c_char_p, (Snapshot,), SHORT),
    # const void *deploycfg_snapshot_image(const struct deploycfg_snapshot *snapshot,
    #     size_t *length);
    ("deploycfg_snapshot_image", c_void_p, (Snapshot, SizeOut), SHORT),
    # struct deploycfg_snapshot *deploycfg_snapshot_from_image(const void *bytes,
    #     size_t length, struct deploycfg_errors **errors);
    ("deploycfg_snapshot_from_image", Snapshot, (c_void_p, c_size_t, ErrorsOut), LONG),
    # size_t deploycfg_snapshot_sources(const struct deploycfg_snapshot *snapshot);
    ("deploycfg_snapshot_sources", c_size_t, (Snapshot,), SHORT),
    # const struct deploycfg_source *deploycfg_snapshot_source(const struct
    #     deploycfg_snapshot *snapshot, size_t index);
    ("deploycfg_snapshot_source", Source, (Snapshot, c_size_t), SHORT),
    # const struct deploycfg_entry *deploycfg_find(const struct deploycfg_snapshot
    #     *snapshot, const char *path, size_t length);
    ("deploycfg_find", Entry, (Snapshot, c_char_p, c_size_t), SHORT),
    # const struct deploycfg_entry *deploycfg_find_segments(const struct
    #     deploycfg_snapshot *snapshot, const char *const *segments, size_t count);
    ("deploycfg_find_segments", Entry, (Snapshot, Strings, c_size_t), SHORT),
    # const struct deploycfg_entry *deploycfg_find_history(const struct
    #     deploycfg_snapshot *snapshot, const char *path, size_t length);
    ("deploycfg_find_history", Entry, (Snapshot, c_char_p, c_size_t), SHORT),
    # bool deploycfg_get_bool(const struct deploycfg_snapshot *snapshot, const char
    #     *path, struct deploycfg_errors **errors);
    ("deploycfg_get_bool", c_bool, (Snapshot, c_char_p, ErrorsOut), SHORT),
    # int64_t deploycfg_get_int(const struct deploycfg_snapshot *snapshot, const char
    #     *path, struct deploycfg_errors **errors);
    ("deploycfg_get_int", c_int64, (Snapshot, c_char_p, ErrorsOut), SHORT),
    # uint64_t deploycfg_get_uint(const struct deploycfg_snapshot *snapshot, const char
    #     *path, struct deploycfg_errors **errors);
    ("deploycfg_get_uint", c_uint64, (Snapshot, c_char_p, ErrorsOut), SHORT),
    # double deploycfg_get_double(const struct deploycfg_snapshot *snapshot, const char
    #     *path, struct deploycfg_errors **errors);
    ("deploycfg_get_double", c_double, (Snapshot, c_char_p, ErrorsOut), SHORT),
    # const char *deploycfg_get_string(const struct deploycfg_snapshot *snapshot, const
    #     char *path, struct deploycfg_errors **errors);
    ("deploycfg_get_string", c_char_p, (Snapshot, c_char_p, ErrorsOut), SHORT),
    # int64_t deploycfg_get_duration(const struct deploycfg_snapshot *snapshot, const
    #     char *path, struct deploycfg_errors **errors);
    ("deploycfg_get_duration", c_int64, (Snapshot, c_char_p, ErrorsOut), SHORT),
    # uint64_t deploycfg_get_size(const struct deploycfg_snapshot *snapshot, const char
    #     *path, struct deploycfg_errors **errors);
    ("deploycfg_get_size", c_uint64, (Snapshot, c_char_p, ErrorsOut), SHORT),
    # bool deploycfg_get_bool_or(const struct deploycfg_snapshot *snapshot, const char
    #     *path, bool fallback, struct deploycfg_errors **errors);
    ("deploycfg_get_bool_or", c_bool, (Snapshot, c_char_p, c_bool, ErrorsOut), SHORT),
    # int64_t deploycfg_get_int_or(const struct deploycfg_snapshot *snapshot, const
    #     char *path, int64_t fallback, struct deploycfg_errors **errors);
    ("deploycfg_get_int_or", c_int64, (Snapshot, c_char_p, c_int64, ErrorsOut), SHORT),
    # uint64_t deploycfg_get_uint_or(const struct deploycfg_snapshot *snapshot, const
    #     char *path, uint64_t fallback, struct deploycfg_errors **errors);
    ("deploycfg_get_uint_or", c_uint64, (Snapshot, c_char_p, c_uint64, ErrorsOut), SHORT),
    # double deploycfg_get_double_or(const struct deploycfg_snapshot *snapshot, const
    #     char *path, double fallback, struct deploycfg_errors **errors);
    ("deploycfg_get_double_or", c_double,
     (Snapshot, c_char_p, c_double, ErrorsOut), SHORT),
    # const char *deploycfg_get_string_or(const struct deploycfg_snapshot *snapshot,
    #     const char *path, const char *fallback, struct deploycfg_errors **errors);
    ("deploycfg_get_string_or", c_char_p,
     (Snapshot, c_char_p, c_char_p, ErrorsOut), SHORT),
    # int64_t deploycfg_get_duration_or(const struct deploycfg_snapshot *snapshot,
    #     const char *path, int64_t fallback, struct deploycfg_errors **errors);
    ("deploycfg_get_duration_or", c_int64,
     (Snapshot, c_char_p, c_int64, ErrorsOut), SHORT),
    # uint64_t deploycfg_get_size_or(const struct deploycfg_snapshot *snapshot, const
    #     char *path, uint64_t fallback, struct deploycfg_errors **errors);
    ("deploycfg_get_size_or", c_uint64, (Snapshot, c_char_p, c_uint64, ErrorsOut), SHORT),
    # const struct deploycfg_entry *deploycfg_root(const struct deploycfg_snapshot
    #     *snapshot);
    ("deploycfg_root", Entry, (Snapshot,), SHORT),
    # const struct deploycfg_entry *deploycfg_first_child(const struct
    #     deploycfg_snapshot *snapshot, const struct deploycfg_entry *parent);
    ("deploycfg_first_child", Entry, (Snapshot, Entry), SHORT),
    # const struct deploycfg_entry *deploycfg_next_sibling(const struct
    #     deploycfg_snapshot *snapshot, const struct deploycfg_entry *entry);
    ("deploycfg_next_sibling", Entry, (Snapshot, Entry), SHORT),
    # const struct deploycfg_entry *deploycfg_next_entry(const struct
    #     deploycfg_snapshot *snapshot, const struct deploycfg_entry *top, const struct
    #     deploycfg_entry *entry);
    ("deploycfg_next_entry", Entry, (Snapshot, Entry, Entry), SHORT),
    # const struct deploycfg_entry *deploycfg_next_history(const struct
    #     deploycfg_snapshot *snapshot, const struct deploycfg_entry *entry);
    ("deploycfg_next_history", Entry, (Snapshot, Entry), SHORT),
    # const char *deploycfg_entry_path(const struct deploycfg_entry *entry);
    ("deploycfg_entry_path", c_char_p, (Entry,), SHORT),
    # const char *deploycfg_entry_name(const struct deploycfg_entry *entry);
    ("deploycfg_entry_name", c_char_p, (Entry,), SHORT),
    # size_t deploycfg_entry_index(const struct deploycfg_entry *entry);
    ("deploycfg_entry_index", c_size_t, (Entry,), SHORT),
    # enum deploycfg_type deploycfg_entry_type(const struct deploycfg_entry *entry);
    ("deploycfg_entry_type", c_int, (Entry,), SHORT),
    # size_t deploycfg_entry_count(const struct deploycfg_entry *entry);
    ("deploycfg_entry_count", c_size_t, (Entry,), SHORT),
    # const char *deploycfg_entry_text(const struct deploycfg_entry *entry, size_t
    #     *length);
    ("deploycfg_entry_text", c_char_p, (Entry, SizeOut), SHORT),
    # const struct deploycfg_entry *deploycfg_entry_reveal(const struct
    #     deploycfg_snapshot *snapshot, const struct deploycfg_entry *entry, struct
    #     deploycfg_errors **errors);
    ("deploycfg_entry_reveal", Entry, (Snapshot, Entry, ErrorsOut), SHORT),
    # bool deploycfg_entry_bool(const struct deploycfg_entry *entry, struct
    #     deploycfg_errors **errors);
    ("deploycfg_entry_bool", c_bool, (Entry, ErrorsOut), SHORT),
    # int64_t deploycfg_entry_int(const struct deploycfg_entry *entry, struct
    #     deploycfg_errors **errors);
    ("deploycfg_entry_int", c_int64, (Entry, ErrorsOut), SHORT),
    # uint64_t deploycfg_entry_uint(const struct deploycfg_entry *entry, struct
    #     deploycfg_errors **errors);
    ("deploycfg_entry_uint", c_uint64, (Entry, ErrorsOut), SHORT),
    # double deploycfg_entry_double(const struct deploycfg_entry *entry, struct
    #     deploycfg_errors **errors);
    ("deploycfg_entry_double", c_double, (Entry, ErrorsOut), SHORT),
    # const char *deploycfg_entry_string(const struct deploycfg_entry *entry, struct
    #     deploycfg_errors **errors);
    ("deploycfg_entry_string", c_char_p, (Entry, ErrorsOut), SHORT),
    # int64_t deploycfg_entry_duration(const struct deploycfg_entry *entry, struct
    #     deploycfg_errors **errors);
    ("deploycfg_entry_duration", c_int64, (Entry, ErrorsOut), SHORT),
    # uint64_t deploycfg_entry_size(const struct deploycfg_entry *entry, struct
    #     deploycfg_errors **errors);
    ("deploycfg_entry_size", c_uint64, (Entry, ErrorsOut), SHORT),
    # const struct deploycfg_entry *deploycfg_find_value(const struct
    #     deploycfg_snapshot *snapshot, const char *path, size_t length, struct
    #     deploycfg_value *value);
    ("deploycfg_find_value", Entry, (Snapshot, c_char_p, c_size_t, ValueOut), SHORT),
    # void deploycfg_entry_value(const struct deploycfg_entry *entry, struct
    #     deploycfg_value *value);
    ("deploycfg_entry_value", None, (Entry, ValueOut), SHORT),
    # size_t deploycfg_entry_variable(const struct deploycfg_entry *entry, const char
    #     *prefix, char *buffer, size_t size);
    ("deploycfg_entry_variable", c_size_t, (Entry, c_char_p, c_char_p, c_size_t), SHORT),
    # size_t deploycfg_path_variable(const char *path, const char *prefix, char
    #     *buffer, size_t size);
    ("deploycfg_path_variable", c_size_t,
     (c_char_p, c_char_p, c_char_p, c_size_t), SHORT),
    # unsigned deploycfg_entry_flags(const struct deploycfg_entry *entry);
    ("deploycfg_entry_flags", c_uint, (Entry,), SHORT),
    # size_t deploycfg_entry_print(const struct deploycfg_entry *entry, char *buffer,
    #     size_t size);
    ("deploycfg_entry_print", c_size_t, (Entry, c_char_p, c_size_t), SHORT),
    # const struct deploycfg_source *deploycfg_entry_source(const struct
    #     deploycfg_entry *entry);
    ("deploycfg_entry_source", Source, (Entry,), SHORT),
    # unsigned deploycfg_entry_line(const struct deploycfg_entry *entry);
    ("deploycfg_entry_line", c_uint, (Entry,), SHORT),
    # unsigned deploycfg_entry_column(const struct deploycfg_entry *entry);
    ("deploycfg_entry_column", c_uint, (Entry,), SHORT),
    # enum deploycfg_relation deploycfg_entry_relation(const struct deploycfg_entry
    #     *entry);
    ("deploycfg_entry_relation", c_int, (Entry,), SHORT),
    # const struct deploycfg_entry *deploycfg_entry_related(const struct
    #     deploycfg_entry *entry);
    ("deploycfg_entry_related", Entry, (Entry,), SHORT),
    # const struct deploycfg_entry *deploycfg_entry_next_related(const struct
    #     deploycfg_entry *related);
    ("deploycfg_entry_next_related", Entry, (Entry,), SHORT),
    # const char *deploycfg_source_name(const struct deploycfg_source *source);
    ("deploycfg_source_name", c_char_p, (Source,), SHORT),
    # enum deploycfg_source_kind deploycfg_source_kind(const struct deploycfg_source
    #     *source);
    ("deploycfg_source_kind", c_int, (Source,), SHORT),
    # enum deploycfg_syntax deploycfg_source_syntax(const struct deploycfg_source
    #     *source);
    ("deploycfg_source_syntax", c_int, (Source,), SHORT),
    # int deploycfg_source_layer(const struct deploycfg_source *source);
    ("deploycfg_source_layer", c_int, (Source,), SHORT),
    # const char *deploycfg_source_label(const struct deploycfg_source *source);
    ("deploycfg_source_label", c_char_p, (Source,), SHORT),
    # enum deploycfg_source_state deploycfg_source_state(const struct deploycfg_source
    #     *source);
    ("deploycfg_source_state", c_int, (Source,), SHORT),
    # const char *deploycfg_source_reason(const struct deploycfg_source *source);
    ("deploycfg_source_reason", c_char_p, (Source,), SHORT),
    # int deploycfg_bind_sized(const struct deploycfg_snapshot *snapshot, const char
    #     *path, const struct cyaml_schema_value *schema, size_t value_size, size_t
    #     field_size, void *out, struct deploycfg_errors **errors);
    ("deploycfg_bind_sized", c_int,
     (Snapshot, c_char_p, c_void_p, c_size_t, c_size_t, c_void_p, ErrorsOut), SHORT),
    # void deploycfg_bind_free_sized(const struct cyaml_schema_value *schema, size_t
    #     value_size, size_t field_size, void *out);
    ("deploycfg_bind_free_sized", None, (c_void_p, c_size_t, c_size_t, c_void_p), SHORT),
    # bool deploycfg_errors_failed(const struct deploycfg_errors *errors);
    ("deploycfg_errors_failed", c_bool, (Errors,), SHORT),
    # size_t deploycfg_errors_count(const struct deploycfg_errors *errors);
    ("deploycfg_errors_count", c_size_t, (Errors,), SHORT),
    # const struct deploycfg_error *deploycfg_errors_at(const struct deploycfg_errors
    #     *errors, size_t index);
    ("deploycfg_errors_at", Error, (Errors, c_size_t), SHORT),
    # int deploycfg_errors_report(struct deploycfg_errors *errors, FILE *stream);
    ("deploycfg_errors_report", c_int, (Errors, c_void_p), LONG),
    # struct deploycfg_errors *deploycfg_errors_free(struct deploycfg_errors *errors);
    ("deploycfg_errors_free", Errors, (Errors,), SHORT),
    # enum deploycfg_status deploycfg_error_status(const struct deploycfg_error
    #     *error);
    ("deploycfg_error_status", c_int, (Error,), SHORT),
    # enum deploycfg_severity deploycfg_error_severity(const struct deploycfg_error
    #     *error);
    ("deploycfg_error_severity", c_int, (Error,), SHORT),
    # const char *deploycfg_error_message(const struct deploycfg_error *error);
    ("deploycfg_error_message", c_char_p, (Error,), SHORT),
    # const char *deploycfg_error_key(const struct deploycfg_error *error);
    ("deploycfg_error_key", c_char_p, (Error,), SHORT),
    # const char *deploycfg_error_file(const struct deploycfg_error *error);
    ("deploycfg_error_file", c_char_p, (Error,), SHORT),
    # unsigned deploycfg_error_line(const struct deploycfg_error *error);
    ("deploycfg_error_line", c_uint, (Error,), SHORT),
    # unsigned deploycfg_error_column(const struct deploycfg_error *error);
    ("deploycfg_error_column", c_uint, (Error,), SHORT),
    # const char *deploycfg_error_expected(const struct deploycfg_error *error);
    ("deploycfg_error_expected", c_char_p, (Error,), SHORT),
    # const char *deploycfg_error_hint(const struct deploycfg_error *error);
    ("deploycfg_error_hint", c_char_p, (Error,), SHORT),
    # const struct deploycfg_error *deploycfg_error_related(const struct
    #     deploycfg_error *error, size_t index);
    ("deploycfg_error_related", Error, (Error, c_size_t), SHORT),
    # const char *deploycfg_error_text(const struct deploycfg_error *error);
    ("deploycfg_error_text", c_char_p, (Error,), SHORT),
    # const char *deploycfg_status_code(enum deploycfg_status status);
    ("deploycfg_status_code", c_char_p, (c_int,), SHORT),
    # const char *deploycfg_type_name(enum deploycfg_type type);
    ("deploycfg_type_name", c_char_p, (c_int,), SHORT),
    # const char *deploycfg_version(void);
    ("deploycfg_version", c_char_p, (), SHORT),
)
