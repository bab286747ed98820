/* SPDX-License-Identifier: ISC */
/* Reading directories of secrets for tests. */
#include "secrets_load.h"

#include <fcntl.h>
#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

#include "source/source.h"
#include "tree.h"
#include "unit.h"

char secrets_scratch[64];

void secrets_enter(void)
{
	(void)snprintf(secrets_scratch, sizeof(secrets_scratch),
		       "/tmp/dcfg-secrets-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(secrets_scratch));
	ck_assert_int_eq(chdir(secrets_scratch), 0);
	ck_assert_int_eq(mkdir("s", 0700), 0);
}

static int drop(const char *path, const struct stat *status, int type, struct FTW *at)
{
	(void)status;
	(void)type;
	(void)at;
	return remove(path);
}

void secrets_leave(void)
{
	ck_assert_int_eq(chdir("/"), 0);
	(void)nftw(secrets_scratch, drop, 16, FTW_DEPTH | FTW_PHYS);
}

void secrets_put_bytes(const char *name, const char *bytes, size_t len)
{
	int file = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	ck_assert_int_ge(file, 0);
	ck_assert_int_eq(write(file, bytes, len), (ssize_t)len);
	ck_assert_int_eq(close(file), 0);
}

void secrets_put(const char *name, const char *text)
{
	secrets_put_bytes(name, text, strlen(text));
}

void secrets_begin(struct secrets_load *load, const char *yaml)
{
	const struct dcfg_source source = {.name = DCFG_VIEW("names"),
					   .text = dcfg_view_text(yaml)};

	*load = (struct secrets_load){.complete = true};
	dcfg_context_init(&load->context, &dcfg_default_limits);
	ck_assert_uint_eq(dcfg_source_add(&load->context, &source), 0);
	ck_assert(dcfg_yaml_read(&load->context, 0, source.text, &load->names));
}

const char *secrets_read(struct secrets_load *load, const char *directory)
{
	const struct dcfg_secret_dir dir = {dcfg_view_text(directory),
					    dcfg_origin(UINT32_MAX, 0, 0)};
	const struct dcfg_secret_keys keys = {.tree = load->names.root};
	const char *text = "";

	load->secrets = dcfg_secrets_open(&load->context, &dir, 1);
	ck_assert_ptr_nonnull(load->secrets);
	if (dcfg_secrets_next(load->secrets, &keys, &load->layer))
		text = tree_text(&load->context, &load->layer);
	ck_assert(!dcfg_secrets_more(load->secrets));
	load->complete = dcfg_secrets_complete(load->secrets);
	dcfg_secrets_close(load->secrets);
	return text;
}

void secrets_end(struct secrets_load *load)
{
	load->errors = dcfg_context_fini(&load->context);
}

void secrets_expect(const char *yaml, const char *tree)
{
	struct secrets_load load;

	secrets_begin(&load, yaml);
	ck_assert_str_eq(secrets_read(&load, "s"), tree);
	ck_assert(load.complete);
	secrets_end(&load);
	ck_assert_str_eq(errors_text(load.errors), "");
}

void secrets_expect_error(const char *yaml, const char *codes, const char *part)
{
	struct secrets_load load;

	secrets_begin(&load, yaml);
	(void)secrets_read(&load, "s");
	secrets_end(&load);
	ck_assert_msg(strstr(error_text(load.errors, 0), part) != NULL, "%s",
		      error_text(load.errors, 0));
	ck_assert_ptr_null(strstr(error_text(load.errors, 0), "hunter2"));
	ck_assert_str_eq(errors_text(load.errors), codes);
}
