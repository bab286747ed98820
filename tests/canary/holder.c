/* SPDX-License-Identifier: ISC */
/*
 * A program with secrets in it, to be looked into from outside: it loads what options as those
 * of the command say, and then
 *
 *	holder image FILE ...   writes the snapshot's image
 *	holder core ...         reads every value and ends with a core dump, the snapshot in hand
 *	holder memory FILE ...  releases all that it has, and writes its own memory
 *	holder bind FILE ...    the same after one key was bound to a struct, twice
 *	holder refused FILE ... the same where the load must fail
 */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cyaml/cyaml.h>

#include "deploycfg.h"

static void must(bool condition, const char *what)
{
	if (condition)
		return;
	perror(what);
	exit(99);
}

static void set_value(struct deploycfg_loader *loader, const char *word)
{
	char key[256];
	const char *equals = strchr(word, '=');
	size_t length = equals ? (size_t)(equals - word) : 0;

	must(length && length < sizeof(key), "--set");
	memcpy(key, word, length);
	key[length] = '\0';
	if (key[length - 1] == ':') {
		key[length - 1] = '\0';
		deploycfg_loader_override_value(loader, key, equals + 1, "--set");
	} else {
		deploycfg_loader_override(loader, key, equals + 1, "--set");
	}
}

static void map_variable(struct deploycfg_loader *loader, const char *word)
{
	char name[64];
	const char *equals = strchr(word, '=');
	size_t length = equals ? (size_t)(equals - word) : 0;

	must(length && length < sizeof(name), "--map-env");
	memcpy(name, word, length);
	name[length] = '\0';
	deploycfg_loader_map_variable(loader, name, equals + 1);
}

static void add_file(struct deploycfg_loader *loader, const char *path)
{
	static char text[65536];
	size_t length;

	if (strcmp(path, "-") != 0) {
		deploycfg_loader_add_file(loader, path);
		return;
	}
	length = fread(text, 1, sizeof(text), stdin);
	deploycfg_loader_add_text(loader, DEPLOYCFG_LAYER_FILE, "-", DEPLOYCFG_YAML, text,
				  length);
}

static const struct {
	const char *name;
	void (*set)(struct deploycfg_loader *loader, const char *word);
} options[] = {
	{"--dir", deploycfg_loader_add_dir},
	{"--env", deploycfg_loader_set_environment},
	{"--env-file", deploycfg_loader_add_env_file},
	{"--file", add_file},
	{"--map-env", map_variable},
	{"--overlay", deploycfg_loader_add_overlay},
	{"--prefix", deploycfg_loader_set_prefix},
	{"--project", deploycfg_loader_set_project},
	{"--root", deploycfg_loader_set_root},
	{"--schema", deploycfg_loader_add_schema},
	{"--secrets", deploycfg_loader_add_secrets},
	{"--set", set_value},
};

static void set_option(struct deploycfg_loader *loader, const char *name,
		       const char *word)
{
	for (size_t i = 0; i < sizeof(options) / sizeof(*options); i++) {
		if (strcmp(options[i].name, name) == 0) {
			options[i].set(loader, word);
			return;
		}
	}
	fprintf(stderr, "holder: no option %s\n", name);
	exit(2);
}

static struct deploycfg_snapshot *load(char **words)
{
	struct deploycfg_loader *loader = deploycfg_loader_new();
	struct deploycfg_errors *errors = NULL;
	struct deploycfg_snapshot *cfg;

	must(loader != NULL, "loader");
	for (; words[0] && words[1]; words += 2)
		set_option(loader, words[0], words[1]);
	cfg = deploycfg_loader_load(loader, &errors);
	deploycfg_loader_free(loader);
	deploycfg_errors_report(errors, stderr);
	return cfg;
}

/* Reads what programs read; keeps nothing of it. Returns how many secrets there were. */
static size_t read_all(const struct deploycfg_snapshot *cfg)
{
	size_t secrets = 0, length = 0;
	volatile char last = 0;

	deploycfg_each_entry (cfg, entry, deploycfg_root(cfg)) {
		const struct deploycfg_entry *real =
			deploycfg_entry_reveal(cfg, entry, NULL);
		const char *text = deploycfg_entry_text(real, &length);

		if (deploycfg_entry_flags(entry) & DEPLOYCFG_FLAG_SECRET)
			secrets++;
		if (text && length)
			last = text[length - 1];
		(void)deploycfg_get_string(cfg, deploycfg_entry_path(entry), NULL);
	}
	(void)last;
	return secrets;
}

static void write_image(const struct deploycfg_snapshot *cfg, const char *path)
{
	FILE *file = fopen(path, "wb");
	size_t length = 0;
	const void *bytes = deploycfg_snapshot_image(cfg, &length);

	must(file && fwrite(bytes, 1, length, file) == length && fclose(file) == 0, path);
}

static void dump_core(void)
{
	const struct rlimit all = {RLIM_INFINITY, RLIM_INFINITY};

	(void)setrlimit(RLIMIT_CORE, &all);
	abort();
}

static void write_range(int memory, int out, unsigned long begin, unsigned long end)
{
	static char buffer[65536];

	while (begin < end) {
		size_t want = end - begin < sizeof(buffer) ? end - begin : sizeof(buffer);
		ssize_t got = pread(memory, buffer, want, (off_t)begin);

		if (got <= 0)
			return;
		must(write(out, buffer, (size_t)got) == got, "memory");
		begin += (unsigned long)got;
	}
}

/* All of this process's memory, as far as it can be read. */
static void write_memory(const char *path)
{
	int memory = open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
	int out = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	FILE *maps = fopen("/proc/self/maps", "re");
	unsigned long begin, end;
	char line[512], mode[8];

	must(memory >= 0 && out >= 0 && maps, "memory");
	while (fgets(line, sizeof(line), maps))
		if (sscanf(line, "%lx-%lx %7s", &begin, &end, mode) == 3 && *mode == 'r')
			write_range(memory, out, begin, end);
	must(fclose(maps) == 0 && close(out) == 0 && close(memory) == 0, path);
}

struct pin {
	char *pin, *host;
};

static const struct cyaml_schema_field fields[] = {
	CYAML_FIELD_STRING_PTR("pin", CYAML_FLAG_POINTER, struct pin, pin, 0,
			       CYAML_UNLIMITED),
	CYAML_FIELD_STRING_PTR("host", CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL,
			       struct pin, host, 0, CYAML_UNLIMITED),
	CYAML_FIELD_END,
};
static const struct cyaml_schema_value table = {
	CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct pin, fields),
};
/* No text is a bool. */
static const struct cyaml_schema_field strict_fields[] = {
	CYAML_FIELD_BOOL("pin", CYAML_FLAG_DEFAULT, struct pin, pin),
	CYAML_FIELD_END,
};
static const struct cyaml_schema_value strict = {
	CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct pin, strict_fields),
};

struct count {
	uint64_t pin;
};

static const struct cyaml_schema_field count_fields[] = {
	CYAML_FIELD_UINT("pin", CYAML_FLAG_DEFAULT, struct count, pin),
	CYAML_FIELD_END,
};
static const struct cyaml_schema_value counts = {
	CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct count, count_fields),
};

static void bind(const struct deploycfg_snapshot *cfg)
{
	struct deploycfg_errors *errors = NULL;
	struct pin *pin = NULL;
	struct count *count;

	if (deploycfg_bind(cfg, "db", &table, &pin, &errors) == 0)
		fprintf(stderr, "bound %s\n", pin->host ? pin->host : "");
	deploycfg_bind_free(&table, &pin);
	if (deploycfg_bind(cfg, "db", &counts, &count, NULL) == 0)
		deploycfg_bind_free(&counts, &count);
	must(deploycfg_bind(cfg, "db", &strict, &pin, &errors) != 0, "strict bind");
	deploycfg_errors_report(errors, stderr);
}

int main(int argc, char **argv)
{
	const char *verb = argc > 1 ? argv[1] : "";
	bool to_file = strcmp(verb, "core") != 0;
	struct deploycfg_snapshot *cfg;

	must(argc > 2, "usage: holder VERB [FILE] [OPTION WORD]...");
	cfg = load(argv + (to_file ? 3 : 2));
	if (!cfg && strcmp(verb, "refused") != 0)
		return 1;
	if (cfg)
		fprintf(stderr, "%zu secrets\n", read_all(cfg));
	if (strcmp(verb, "image") == 0)
		write_image(cfg, argv[2]);
	else if (!to_file)
		dump_core();
	else if (strcmp(verb, "bind") == 0)
		bind(cfg);
	deploycfg_snapshot_unref(cfg);
	if (strcmp(verb, "image") != 0)
		write_memory(argv[2]);
	return 0;
}
