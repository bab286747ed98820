/* SPDX-License-Identifier: ISC */
/* One error for each way in which a file can be somebody else's. Knows modes by number; what is
 * asked of them is base/trust.c's to know. */
#include "model/distrust.h"

/* A path as a shell takes it: quoted where it holds anything odd. */
static const char *quote(struct dcfg_context *context, const char *path)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789_/.,:=@%+-";
	struct dcfg_view quoted;

	if (!path)
		return "";
	if (strspn(path, plain) == strlen(path) || strchr(path, '\''))
		return path;
	quoted = dcfg_arena_printf(&context->arena, "'%s'", path);
	return quoted.ptr ? quoted.ptr : path;
}

#define fail(status, ...)                                                                \
	dcfg_fail_at(context, DEPLOYCFG_ERR_##status, place, key, __VA_ARGS__)

static struct deploycfg_error *
report_file(struct dcfg_context *context, const struct dcfg_place *place, const char *key,
	    const struct dcfg_suspect *suspect, const char *path)
{
	struct deploycfg_error *error;

	switch (suspect->distrust) {
	case DCFG_DISTRUST_OWNER:
		error = fail(OWNER,
			     "user %u owns it, who is neither root nor this process's "
			     "user nor trusted otherwise",
			     suspect->owner);
		dcfg_error_hint(error,
				"if its content is right, `chown root %s`, or trust the "
				"user (the command's --trust-user %u)",
				path, suspect->owner);
		return error;
	case DCFG_DISTRUST_NAMES:
		error = fail(HARD_LINK,
			     "has %u names, and a privileged process reads a file that "
			     "has one alone",
			     suspect->names);
		dcfg_error_hint(
			error,
			"if its content is right, give it to no other name: `cp -p "
			"%s %s.new && mv %s.new %s`",
			path, path, path, path);
		return error;
	case DCFG_DISTRUST_READABLE:
		error = fail(READABLE,
			     "others than its owner have rights to it (mode %04o), and a "
			     "privileged process reads no such secret",
			     suspect->mode);
		dcfg_error_hint(
			error, "`chmod go= %s`; whoever could read it may know it", path);
		return error;
	case DCFG_DISTRUST_GROUP:
		error = fail(GROUP_WRITABLE, "group %u may write to it (mode %04o)",
			     suspect->group, suspect->mode);
		dcfg_error_hint(error,
				"if its content is right, `chmod g-w %s`, or trust the "
				"group (the command's --trust-group %u)",
				path, suspect->group);
		return error;
	default:
		error = fail(WORLD_WRITABLE, "everybody may write to it (mode %04o)",
			     suspect->mode);
		dcfg_error_hint(error, "if its content is right, `chmod o-w %s`", path);
		return error;
	}
}

static struct deploycfg_error *
report_parent(struct dcfg_context *context, const struct dcfg_place *place,
	      const char *key, const struct dcfg_suspect *suspect, const char *path)
{
	struct deploycfg_error *error;

	switch (suspect->distrust) {
	case DCFG_DISTRUST_LINK_OWNER:
		error = fail(PARENT_OWNER,
			     "the link %s belongs to user %u, who is neither root nor "
			     "this process's user nor trusted otherwise",
			     path, suspect->owner);
		dcfg_error_hint(error,
				"`chown -h root %s`, or trust the user (the command's "
				"--trust-user %u)",
				path, suspect->owner);
		return error;
	case DCFG_DISTRUST_PARENT_OWNER:
		error = fail(PARENT_OWNER,
			     "the directory %s belongs to user %u, who is neither root "
			     "nor this process's user nor trusted otherwise",
			     path, suspect->owner);
		dcfg_error_hint(error,
				"`chown root %s`, or trust the user (the command's "
				"--trust-user %u)",
				path, suspect->owner);
		return error;
	case DCFG_DISTRUST_PARENT_GROUP:
		error = fail(PARENT_GROUP_WRITABLE,
			     "group %u may write to the directory %s (mode %04o)",
			     suspect->group, path, suspect->mode);
		dcfg_error_hint(error,
				"`chmod g-w %s`, or trust the group (the command's "
				"--trust-group %u)",
				path, suspect->group);
		return error;
	default:
		error = fail(PARENT_WORLD_WRITABLE,
			     "everybody may write to the directory %s (mode %04o)", path,
			     suspect->mode);
		dcfg_error_hint(error,
				suspect->mode & 01000
					? "this process is privileged, and reads nothing "
					  "that lies in %s: put it elsewhere"
					: "`chmod o-w %s`",
				path);
		return error;
	}
}

struct deploycfg_error *
dcfg_report_distrust(struct dcfg_context *context, const struct dcfg_place *place,
		     const char *key, const struct dcfg_suspect *suspect)
{
	const char *path = quote(context, suspect->path);

	return suspect->distrust < DCFG_DISTRUST_LINK_OWNER
		       ? report_file(context, place, key, suspect, path)
		       : report_parent(context, place, key, suspect, path);
}
