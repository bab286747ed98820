/* SPDX-License-Identifier: ISC */
/* Who selects the environment: argument, constant, variable. Knows no files. */
#include "model/variable_slips.h"
#include "plan/environment.h"

#define NAME_CONSTANT "DEPLOYCFG_ENVIRONMENT"

/* A name and who says it. */
struct choice {
	const struct dcfg_environment *environment;
	struct dcfg_view by;
};

struct selecting {
	struct dcfg_context *context;
	const struct dcfg_environments *environments;
	struct choice constant;  /* the true one */
	struct choice denied[8]; /* false ones */
	size_t denied_count;
};

static bool fail(struct selecting *selecting, enum deploycfg_status status,
		 const char *name, const char *message, const char *hint)
{
	struct dcfg_place place = {.name = name};
	struct deploycfg_error *error = dcfg_fail_at(selecting->context, status, &place,
						     NULL, "%s", message ? message : "");

	dcfg_error_hint(error, "%s", hint);
	return false;
}

static bool disagree(struct selecting *selecting, struct dcfg_view a, struct dcfg_view b)
{
	struct dcfg_view message = dcfg_arena_printf(
		&selecting->context->arena,
		"the constants %.*s and %.*s disagree on the environment", DCFG_ARG(a),
		DCFG_ARG(b));

	return fail(selecting, DEPLOYCFG_ERR_ENVIRONMENT, NULL, message.ptr,
		    "define one of them, or give both one meaning");
}

static bool take_true(struct selecting *selecting, struct choice choice)
{
	const struct choice *known = &selecting->constant;

	if (known->environment && known->environment != choice.environment)
		return disagree(selecting, known->by, choice.by);
	if (!known->environment)
		selecting->constant = choice;
	return true;
}

static bool take_false(struct selecting *selecting, struct choice choice)
{
	if (selecting->denied_count == DCFG_COUNT(selecting->denied))
		return fail(selecting, DEPLOYCFG_ERR_ARGUMENT, NULL, "too many constants",
			    "give each constant once");
	selecting->denied[selecting->denied_count++] = choice;
	return true;
}

static const struct choice *denial_of(const struct selecting *selecting,
				      const struct dcfg_environment *environment)
{
	for (size_t i = 0; i < selecting->denied_count; i++)
		if (selecting->denied[i].environment == environment)
			return &selecting->denied[i];
	return NULL;
}

static const struct dcfg_environment *
of_constant(const struct dcfg_environments *environments, struct dcfg_view constant)
{
	for (size_t i = 0; i < environments->count; i++)
		if (dcfg_view_equal(environments->list[i].constant, constant))
			return &environments->list[i];
	return NULL;
}

/* A constant whose environment this program does not declare: false, it forbids nothing. */
static bool take_undeclared(struct selecting *selecting,
			    const struct dcfg_environment *builtin, bool is_true)
{
	struct dcfg_view what =
		dcfg_arena_printf(&selecting->context->arena, "the constant %.*s",
				  DCFG_ARG(builtin->constant));

	if (is_true && what.ptr)
		dcfg_environment_unknown(selecting->context, selecting->environments,
					 NULL, what.ptr, builtin->name);
	return !is_true;
}

static struct dcfg_view unquote(struct dcfg_view text)
{
	if (text.len >= 2 && text.ptr[0] == '"' && text.ptr[text.len - 1] == '"')
		return dcfg_view(text.ptr + 1, text.len - 2);
	return text;
}

static bool take_name(struct selecting *selecting, struct dcfg_view value)
{
	struct dcfg_view name = unquote(value);
	struct choice choice = {dcfg_environment_find(selecting->environments, name),
				DCFG_VIEW(NAME_CONSTANT)};

	if (choice.environment)
		return take_true(selecting, choice);
	dcfg_environment_unknown(selecting->context, selecting->environments, NULL,
				 "the constant " NAME_CONSTANT, name);
	return false;
}

static bool no_constant(struct selecting *selecting, struct dcfg_view word)
{
	return fail(selecting, DEPLOYCFG_ERR_ARGUMENT, NULL,
		    dcfg_arena_printf(&selecting->context->arena,
				      "'%.*s' is no constant that selects an environment",
				      DCFG_ARG(word))
			    .ptr,
		    "give words such as TESTING=1, PRODUCTION=0 or " NAME_CONSTANT
		    "=staging");
}

/* One word of the constants, such as TESTING=1. */
static bool take_constant(struct selecting *selecting, struct dcfg_view word)
{
	const char *equals = memchr(word.ptr, '=', word.len);
	struct dcfg_view name =
		dcfg_view(word.ptr, equals ? (size_t)(equals - word.ptr) : word.len);
	struct dcfg_view value = equals ? dcfg_view_skip(word, name.len + 1)
					: dcfg_view(word.ptr + word.len, 0);
	bool is_true = equals && (!value.len || dcfg_view_equal(value, DCFG_VIEW("1")));
	const struct dcfg_environment *builtin =
		of_constant(&dcfg_builtin_environments, name);
	struct choice choice = {of_constant(selecting->environments, name), name};

	if (dcfg_view_equal(name, DCFG_VIEW(NAME_CONSTANT)))
		return take_name(selecting, value);
	if (!builtin || (!is_true && !dcfg_view_equal(value, DCFG_VIEW("0"))))
		return no_constant(selecting, word);
	if (!choice.environment)
		return take_undeclared(selecting, builtin, is_true);
	return is_true ? take_true(selecting, choice) : take_false(selecting, choice);
}

static bool take_constants(struct selecting *selecting, struct dcfg_view constants)
{
	while (constants.len) {
		const char *blank = memchr(constants.ptr, ' ', constants.len);
		size_t len = blank ? (size_t)(blank - constants.ptr) : constants.len;

		if (len && !take_constant(selecting, dcfg_view(constants.ptr, len)))
			return false;
		constants = dcfg_view_skip(constants, len + (blank != NULL));
	}
	if (selecting->constant.environment) {
		const struct choice *denial =
			denial_of(selecting, selecting->constant.environment);

		if (denial)
			return disagree(selecting, selecting->constant.by, denial->by);
	}
	return true;
}

/* Gets one variable's value, empty where it is unset. */
static bool look_up(struct selecting *selecting, const struct dcfg_environ *variables,
		    struct dcfg_view name, struct dcfg_view *value)
{
	struct dcfg_arena *arena = &selecting->context->arena;
	bool twice;

	*value = dcfg_environ_get(variables, name, &twice);
	if (!twice)
		return true;
	return fail(selecting, DEPLOYCFG_ERR_VARIABLE,
		    dcfg_arena_printf(arena, "env:%.*s", DCFG_ARG(name)).ptr,
		    "the variable stands twice in the environment, and which one counts "
		    "cannot be said",
		    "remove one of them");
}

/* The variable that counts: <PREFIX>_ENV unless empty, else DEPLOYCFG_ENV. */
static bool effective_variable(struct selecting *selecting,
			       const struct dcfg_selectors *selectors,
			       struct dcfg_view *name, struct dcfg_view *value)
{
	if (!selectors->variables)
		return true;
	if (selectors->prefix.len) {
		*name = dcfg_arena_printf(&selecting->context->arena, "%.*s_ENV",
					  DCFG_ARG(selectors->prefix));
		if (!name->ptr || !look_up(selecting, selectors->variables, *name, value))
			return false;
	}
	if (value->len)
		return true;
	*name = DCFG_VIEW("DEPLOYCFG_ENV");
	return look_up(selecting, selectors->variables, *name, value);
}

static bool conflict(struct selecting *selecting, const char *place,
		     struct dcfg_view variable, struct dcfg_view value,
		     const struct choice *constant, const char *says)
{
	struct dcfg_view message = dcfg_arena_printf(
		&selecting->context->arena,
		"the variable %.*s selects '%.*s', but the constant %.*s %s",
		DCFG_ARG(variable), DCFG_ARG(value), DCFG_ARG(constant->by), says);

	return fail(selecting, DEPLOYCFG_ERR_ENVIRONMENT, place, message.ptr,
		    "unset the variable; an argument, such as the command's --env, "
		    "overrides both");
}

static bool check_variable(struct selecting *selecting, struct dcfg_view name,
			   struct dcfg_view value, struct choice *choice)
{
	struct dcfg_context *context = selecting->context;
	struct dcfg_view what =
		dcfg_arena_printf(&context->arena, "the variable %.*s", DCFG_ARG(name));
	struct dcfg_view place_name =
		dcfg_arena_printf(&context->arena, "env:%.*s", DCFG_ARG(name));
	struct dcfg_place place = {.name = place_name.ptr};
	const struct choice *denial;

	*choice = (struct choice){dcfg_environment_find(selecting->environments, value),
				  name};
	if (!what.ptr || !place_name.ptr)
		return false;
	if (!choice->environment) {
		dcfg_environment_unknown(context, selecting->environments, &place,
					 what.ptr, value);
		return false;
	}
	denial = denial_of(selecting, choice->environment);
	if (denial)
		return conflict(selecting, place.name, name, value, denial, "is false");
	if (selecting->constant.environment &&
	    selecting->constant.environment != choice->environment)
		return conflict(selecting, place.name, name, value, &selecting->constant,
				"selects another one");
	return true;
}

/* The variables that could select, for people. */
static struct dcfg_view variables_hint(struct dcfg_context *context,
				       const struct dcfg_selectors *selectors)
{
	if (!selectors->variables)
		return DCFG_VIEW("variables are turned off: ");
	if (selectors->prefix.len)
		return dcfg_arena_printf(&context->arena,
					 "set the variable %.*s_ENV or DEPLOYCFG_ENV to "
					 "one of them, or ",
					 DCFG_ARG(selectors->prefix));
	return DCFG_VIEW("set the variable DEPLOYCFG_ENV (or <PREFIX>_ENV, given a "
			 "prefix) to one of them, or ");
}

/* One that may have been meant to be the variable of a prefix. */
static void relate_near(struct selecting *selecting, struct deploycfg_error *error,
			struct dcfg_view prefix, struct dcfg_view name)
{
	struct dcfg_place place;

	if (!dcfg_view_equal(dcfg_variable_meant(prefix, name), DCFG_VIEW("ENV")))
		return;
	place = (struct dcfg_place){.name = dcfg_arena_printf(&selecting->context->arena,
							      "env:%.*s", DCFG_ARG(name))
						    .ptr};
	dcfg_error_related(error, &place, "is not read: the variable is %.*s_ENV",
			   DCFG_ARG(prefix));
}

static void relate_all_near(struct selecting *selecting, struct deploycfg_error *error,
			    const struct dcfg_selectors *selectors)
{
	const struct dcfg_environ *variables = selectors->variables;

	for (size_t i = 0; variables && i < variables->count; i++) {
		struct dcfg_view entry = variables->list[i];
		const char *equals = memchr(entry.ptr, '=', entry.len);
		struct dcfg_view name = entry;

		name.len = equals ? (size_t)(equals - entry.ptr) : entry.len;
		if (name.len + 1 >= entry.len) /* it is empty, or no variable */
			continue;
		relate_near(selecting, error, selectors->prefix, name);
		relate_near(selecting, error, DCFG_VIEW("DEPLOYCFG"), name);
	}
}

static bool nothing_selected(struct selecting *selecting,
			     const struct dcfg_selectors *selectors)
{
	struct dcfg_context *context = selecting->context;
	struct dcfg_view variables = variables_hint(context, selectors);
	struct deploycfg_error *error =
		dcfg_fail_at(context, DEPLOYCFG_ERR_ENVIRONMENT, NULL, NULL,
			     "no environment is selected: it is one of %s",
			     dcfg_environment_names(context, selecting->environments));

	relate_all_near(selecting, error, selectors);
	dcfg_error_hint(error,
			"%.*sselect it with the command's --env NAME (--env none does "
			"without), with the program's constant TESTING or " NAME_CONSTANT
			", or with default_environment: in the manifest%s",
			DCFG_ARG(variables),
			selectors->installed ? " (which does not count for a project)"
					     : "");
	return false;
}

/* An undeclared one is a mistake even where it does not count. */
static bool by_default(struct selecting *selecting,
		       const struct dcfg_selectors *selectors, struct choice *choice)
{
	struct dcfg_view name = selectors->by_default;

	*choice = (struct choice){NULL, DCFG_VIEW("default_environment")};
	if (!name.ptr)
		return true;
	choice->environment = dcfg_environment_find(selecting->environments, name);
	if (!choice->environment)
		dcfg_environment_unknown(selecting->context, selecting->environments,
					 &selectors->by_default_place,
					 "default_environment", name);
	return choice->environment != NULL;
}

static bool by_argument(struct selecting *selecting, struct dcfg_view argument,
			struct choice *choice)
{
	*choice = (struct choice){NULL, DCFG_VIEW("argument")};
	if (dcfg_view_equal(argument, DCFG_VIEW("none")))
		return true;
	choice->environment = dcfg_environment_find(selecting->environments, argument);
	if (choice->environment)
		return true;
	dcfg_environment_unknown(selecting->context, selecting->environments, NULL,
				 "the argument", argument);
	return false;
}

static bool choose(struct selecting *selecting, const struct dcfg_selectors *selectors,
		   struct choice *choice)
{
	struct dcfg_view name = {NULL, 0}, value = {NULL, 0};
	struct choice fallback;

	if (!by_default(selecting, selectors, &fallback))
		return false;
	if (!take_constants(selecting, selectors->constants))
		return false;
	if (selectors->argument.ptr)
		return by_argument(selecting, selectors->argument, choice);
	if (!selecting->environments->count) /* a program that knows none */
		return true;
	if (!effective_variable(selecting, selectors, &name, &value))
		return false;
	if (value.len && !check_variable(selecting, name, value, choice))
		return false;
	if (selecting->constant.environment)
		*choice = selecting->constant;
	if (!choice->environment && !selectors->installed)
		*choice = fallback;
	return choice->environment ? true : nothing_selected(selecting, selectors);
}

bool dcfg_select(struct dcfg_context *context,
		 const struct dcfg_environments *environments,
		 const struct dcfg_selectors *selectors, struct dcfg_selection *selection)
{
	struct selecting selecting = {.context = context, .environments = environments};
	struct choice choice = {NULL, DCFG_VIEW("")};

	if (!choose(&selecting, selectors, &choice))
		return false;
	*selection = (struct dcfg_selection){choice.environment, choice.by};
	return true;
}
