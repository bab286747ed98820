/* SPDX-License-Identifier: ISC */
/* deploycfg init: writes a configuration to begin with, all of it or nothing, over nothing
 * that is there. Must not know what is in the files. */
#define _POSIX_C_SOURCE 200809L

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "collection.h"
#include "init_files.h"
#include "load.h"
#include "verb.h"
#include "writer.h"

#define PATH_SIZE 4096
#define NAME_SIZE 64

static const char default_directory[] = "config";

struct writing {
	struct diagnostics *diagnostics;
	const char *directory;
	bool made;    /* the directory was */
	size_t count; /* of files that were written */
};

static int fail(const struct writing *writing, const char *what, const char *path)
{
	int reason = errno;
	bool forbidden = reason == EACCES || reason == EPERM || reason == EROFS;

	tool_error(writing->diagnostics,
		   forbidden ? DEPLOYCFG_ERR_PERMISSION : DEPLOYCFG_ERR_IO,
		   TOOL_SAY(what, path, ": ", strerror(reason), ""), NULL);
	return TOOL_UNREADABLE;
}

static int exists(const struct writing *writing, const char *path, bool hint)
{
	tool_error(writing->diagnostics, DEPLOYCFG_ERR_ARGUMENT,
		   TOOL_SAY("there is a configuration already: ", path, " exists"),
		   hint ? TOOL_SAY("nothing is written; name another directory with "
				   "deploycfg init DIR")
			: NULL);
	return TOOL_INVALID;
}

/* What loads take off the name would be part of what is written here. */
static int refuse_optional(const struct writing *writing)
{
	static const char optional[] = "optional:";
	const size_t length = sizeof(optional) - 1;

	if (strncmp(writing->directory, optional, length) != 0)
		return TOOL_OK;
	tool_error(writing->diagnostics, DEPLOYCFG_ERR_ARGUMENT,
		   TOOL_SAY("what is written cannot be optional: ", writing->directory),
		   TOOL_SAY("write deploycfg init ", writing->directory + length,
			    ", or put ./ in front if the directory is named so"));
	return TOOL_USAGE;
}

/* DIRECTORY/NAME. */
static int join(const struct writing *writing, char *path, const char *name)
{
	size_t length = strlen(writing->directory);
	bool slash = length > 0 && writing->directory[length - 1] == '/';
	int size = snprintf(path, PATH_SIZE, "%s%s%s", writing->directory,
			    slash ? "" : "/", name);

	if (size < PATH_SIZE)
		return TOOL_OK;
	errno = ENAMETOOLONG;
	return fail(writing, "cannot write into ", writing->directory);
}

/* Anything counts, also a link that leads nowhere. */
static int look_for(const struct writing *writing, const char *name, int status)
{
	char path[PATH_SIZE];
	int joined = join(writing, path, name);
	struct stat found;

	if (joined != TOOL_OK)
		return joined;
	if (lstat(path, &found) != 0)
		return status;
	return exists(writing, path, status == TOOL_OK);
}

static bool is_ours(const char *name)
{
	for (size_t i = 0; tool_init_files[i].name; i++) {
		if (strcmp(tool_init_files[i].name, name) == 0)
			return true;
	}
	return false;
}

/* Other files of a layer that is to be written. */
static int look_for_stem(const struct writing *writing, const char *stem, int status)
{
	for (size_t i = 0; status != TOOL_UNREADABLE && tool_init_suffixes[i]; i++) {
		char name[NAME_SIZE];

		(void)snprintf(name, sizeof(name), "%s.%s", stem, tool_init_suffixes[i]);
		if (!is_ours(name))
			status = look_for(writing, name, status);
	}
	return status;
}

/* Names every file that is in the way. */
static int look(const struct writing *writing)
{
	int status = TOOL_OK;

	for (size_t i = 0; status != TOOL_UNREADABLE && tool_init_files[i].name; i++)
		status = look_for(writing, tool_init_files[i].name, status);
	for (size_t i = 0; status != TOOL_UNREADABLE && tool_init_stems[i]; i++)
		status = look_for_stem(writing, tool_init_stems[i], status);
	for (size_t i = 0; status != TOOL_UNREADABLE && tool_init_twins[i]; i++)
		status = look_for(writing, tool_init_twins[i], status);
	return status;
}

static int make_directory(struct writing *writing)
{
	writing->made = mkdir(writing->directory, 0777) == 0;
	if (writing->made || errno == EEXIST)
		return TOOL_OK;
	return fail(writing, "cannot make the directory ", writing->directory);
}

static bool write_text(int descriptor, const char *text)
{
	size_t length = strlen(text);

	while (length > 0) {
		ssize_t written = write(descriptor, text, length);

		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			return false;
		text += written;
		length -= (size_t)written;
	}
	return true;
}

/* Whoever made the file since look() keeps it. */
static int write_file(struct writing *writing, const struct init_file *file)
{
	char path[PATH_SIZE];
	int status = join(writing, path, file->name), descriptor;
	bool complete;

	if (status != TOOL_OK)
		return status;
	descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	if (descriptor < 0)
		return errno == EEXIST ? exists(writing, path, true)
				       : fail(writing, "cannot write ", path);
	writing->count++;
	complete = write_text(descriptor, file->text);
	if (!complete)
		status = fail(writing, "cannot write ", path);
	if (close(descriptor) != 0 && complete)
		status = fail(writing, "cannot write ", path);
	return status;
}

static void undo(const struct writing *writing)
{
	char path[PATH_SIZE];

	for (size_t i = 0; i < writing->count; i++) {
		if (join(writing, path, tool_init_files[i].name) == TOOL_OK)
			(void)unlink(path);
	}
	if (writing->made)
		(void)rmdir(writing->directory);
}

static int write_all(struct writing *writing)
{
	int status = make_directory(writing);

	for (size_t i = 0; status == TOOL_OK && tool_init_files[i].name; i++)
		status = write_file(writing, &tool_init_files[i]);
	if (status != TOOL_OK)
		undo(writing);
	return status;
}

/* Whether it loads in each of its environments, whatever else is in the directory. */
static int try(const struct writing *writing, struct deploycfg_loader *loader)
{
	static const char *const names[] = {"development", "testing", "production"};
	static const char *const nothing[] = {NULL};
	struct collection problems = {NULL, 0, 0};
	int status = TOOL_OK;

	deploycfg_loader_add_dir(loader, writing->directory);
	deploycfg_loader_set_environ(loader, nothing);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct deploycfg_errors *errors = NULL;

		deploycfg_loader_set_environment(loader, names[i]);
		deploycfg_snapshot_unref(deploycfg_loader_load(loader, &errors));
		status = tool_worse(status, tool_load_status(errors));
		if (!tool_collect(&problems, errors))
			status = tool_without_memory(writing->diagnostics);
	}
	if (status != TOOL_OK)
		(void)tool_report_collection(&problems, writing->diagnostics);
	tool_collection_fini(&problems);
	return status;
}

static int try_all(const struct writing *writing)
{
	struct deploycfg_loader *loader = deploycfg_loader_new();
	int status =
		loader ? try(writing, loader) : tool_without_memory(writing->diagnostics);

	deploycfg_loader_free(loader);
	if (status == TOOL_OK)
		return status;
	undo(writing);
	tool_error(writing->diagnostics, DEPLOYCFG_ERR_ARGUMENT,
		   TOOL_SAY("a configuration to begin with would not load beside what is "
			    "in ",
			    writing->directory, " already"),
		   TOOL_SAY("nothing is written; name another directory with deploycfg "
			    "init DIR"));
	return status;
}

static void say(FILE *file, const struct writing *writing)
{
	bool is_default = strcmp(writing->directory, default_directory) == 0;
	struct writer out = tool_writer(file);
	char path[PATH_SIZE];

	for (size_t i = 0; i < writing->count; i++) {
		(void)join(writing, path, tool_init_files[i].name);
		tool_text(&out, "wrote ");
		tool_show(&out, path);
		tool_text(&out, "\n");
	}
	tool_text(&out, "next: deploycfg check --all-envs");
	if (!is_default) {
		tool_text(&out, " --dir ");
		tool_shell_word(&out, writing->directory);
	}
	tool_text(&out, "\n");
}

static int run(const struct tool *tool)
{
	const char *operand = tool->options->operand;
	struct writing writing = {
		.diagnostics = tool->diagnostics,
		.directory = operand ? operand : default_directory,
	};
	int status = refuse_optional(&writing);

	if (status == TOOL_OK)
		status = look(&writing);
	if (status == TOOL_OK)
		status = write_all(&writing);
	if (status == TOOL_OK)
		status = try_all(&writing);
	if (status == TOOL_OK)
		say(tool->out, &writing);
	return status;
}

const struct verb tool_verb_init = {
	.name = "init",
	.operand = "DIR",
	.optional = true,
	.input = INPUT_NOTHING,
	.summary = "write a configuration to begin with",
	.description = "Writes a small configuration that explains itself into DIR, or "
		       "./config: a\n"
		       "base file, one for each environment, a schema and a manifest. "
		       "DIR is made if\n"
		       "it is missing. Where one of the files, or another of the same "
		       "layers, is\n"
		       "there already, or something there is wrong beside them, nothing "
		       "is\n"
		       "written.\n",
	.examples = "  deploycfg init\n"
		    "  deploycfg init /etc/shop\n",
	.run = run,
};
