/* SPDX-License-Identifier: ISC */
/* All verbs and formats. The lists in help and hints are made of these. */
#include "format.h"
#include "verb.h"

const struct verb *const tool_verbs[] = {
	&tool_verb_dump,      &tool_verb_get,
	&tool_verb_explain,   &tool_verb_keys,
	&tool_verb_env_names, &tool_verb_layers,
	&tool_verb_check,     &tool_verb_schema,
	&tool_verb_init,      NULL,
};

const struct format *const tool_formats[] = {
	&tool_format_yaml, &tool_format_json, &tool_format_ini,
	&tool_format_env,  &tool_format_repr, NULL,
};
