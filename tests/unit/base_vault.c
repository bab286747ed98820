/* SPDX-License-Identifier: ISC */
/* Memory for secrets: what the system was told of it, and what is left of it. */
#include "unit.h"

#include <signal.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/vault.h"

static bool is_filled(const char *memory, size_t size, char with)
{
	for (size_t i = 0; i < size; i++)
		if (memory[i] != with)
			return false;
	return true;
}

START_TEST(a_mapping_is_zeroed_and_can_be_filled)
{
	static const size_t sizes[] = {0, 1, 4095, 4096, 4097, 1 << 20};

	for (size_t i = 0; i < DCFG_COUNT(sizes); i++) {
		char *memory = dcfg_vault_map(sizes[i]);

		ck_assert_ptr_nonnull(memory);
		ck_assert_uint_eq((uintptr_t)memory % 4096, 0);
		ck_assert(is_filled(memory, sizes[i], 0));
		memset(memory, 'x', sizes[i]);
		ck_assert_ptr_null(dcfg_vault_unmap(memory, sizes[i]));
	}
	ck_assert_ptr_null(dcfg_vault_map(SIZE_MAX));
	ck_assert_ptr_null(dcfg_vault_map(SIZE_MAX / 2));
	ck_assert_ptr_null(dcfg_vault_unmap(NULL, 100));
}
END_TEST

/* The flags that Linux has for the mapping of an address: "dd" where it is not dumped. */
static bool has_flag(const void *memory, const char *flag)
{
	FILE *maps = fopen("/proc/self/smaps", "r");
	bool here = false, found = false;
	char line[4096];

	while (maps && fgets(line, sizeof(line), maps)) {
		unsigned long from, to;

		if (sscanf(line, "%lx-%lx ", &from, &to) == 2)
			here = from <= (uintptr_t)memory && (uintptr_t)memory < to;
		if (here && strncmp(line, "VmFlags:", 8) == 0)
			found = strstr(line, flag) != NULL;
	}
	if (maps)
		fclose(maps);
	return found;
}

/* Sanitizers take calls to mlock() for themselves, and some systems allow none. */
static bool can_lock(void)
{
	static _Alignas(4096) char page[4096];

	return mlock(page, sizeof(page)) == 0 && has_flag(page, " lo");
}

START_TEST(it_is_not_dumped_and_is_locked)
{
	char *memory = dcfg_vault_map(100);

	if (access("/proc/self/smaps", R_OK) == 0) {
		ck_assert(has_flag(memory, " dd"));
		ck_assert_int_eq(has_flag(memory, " lo"), can_lock());
	}
	dcfg_vault_unmap(memory, 100);
}
END_TEST

/* Where nothing may be locked it is mapped all the same. */
START_TEST(what_the_system_refuses_is_done_without)
{
	const struct rlimit none = {0, 0};
	int status;
	pid_t child = fork();

	if (!child) {
		char *memory;

		(void)setrlimit(RLIMIT_MEMLOCK, &none);
		if (geteuid() == 0 && setuid(65534) != 0)
			_exit(2);
		memory = dcfg_vault_map(100);
		if (memory)
			memset(memory, 'x', 100);
		_exit(memory ? 0 : 1);
	}
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert_int_eq(status, 0);
}
END_TEST

START_TEST(a_sealed_mapping_cannot_be_written_to)
{
	char *memory = dcfg_vault_map(5000);
	pid_t child;
	int status;

	memset(memory, 'x', 5000);
	dcfg_vault_seal(memory, 5000);
	ck_assert_int_eq(memory[4999], 'x');
	child = fork();
	if (!child) {
		const struct rlimit none = {0, 0};

		(void)setrlimit(RLIMIT_CORE, &none);
		(void)signal(SIGSEGV, SIG_DFL);
		*(volatile char *)(memory + 4096) = 'y';
		_exit(0);
	}
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert_int_ne(status, 0);
	dcfg_vault_unmap(memory, 5000);
}
END_TEST

START_TEST(wiping_leaves_zeros)
{
	char text[] = "a secret of 22 letters";

	dcfg_wipe(text, sizeof(text));
	ck_assert(is_filled(text, sizeof(text), 0));
	dcfg_wipe(NULL, 0);
}
END_TEST

START_TEST(an_arena_of_them_is_an_arena)
{
	struct dcfg_arena arena;
	char *blocks[300];

	dcfg_vault_init(&arena);
	for (size_t i = 0; i < DCFG_COUNT(blocks); i++) {
		blocks[i] = dcfg_arena_zalloc(&arena, i * i);
		ck_assert(is_filled(blocks[i], i * i, 0));
		memset(blocks[i], (int)(i % 100), i * i);
	}
	for (size_t i = 0; i < DCFG_COUNT(blocks); i++)
		ck_assert(is_filled(blocks[i], i * i, (char)(i % 100)));
	if (access("/proc/self/smaps", R_OK) == 0)
		ck_assert(has_flag(blocks[250], " dd"));
	ck_assert_ptr_null(dcfg_arena_alloc(&arena, SIZE_MAX / 2));
	ck_assert(arena.failed);
	dcfg_arena_fini(&arena);
	ck_assert_ptr_nonnull(dcfg_arena_alloc(&arena, 8)); /* it stays a vault */
	if (access("/proc/self/smaps", R_OK) == 0)
		ck_assert(has_flag(arena.next - 8, " dd"));
	dcfg_arena_fini(&arena);
}
END_TEST

START_TEST(any_arena_can_be_wiped)
{
	struct dcfg_arena arena;
	char *blocks[200];

	dcfg_arena_init(&arena);
	dcfg_arena_wipe(&arena);
	for (size_t i = 0; i < DCFG_COUNT(blocks); i++) {
		blocks[i] = dcfg_arena_alloc(&arena, i * 20);
		memset(blocks[i], 'x', i * 20);
	}
	dcfg_arena_wipe(&arena);
	for (size_t i = 0; i < DCFG_COUNT(blocks); i++)
		ck_assert(is_filled(blocks[i], i * 20, 0));
	dcfg_arena_fini(&arena);
}
END_TEST

Suite *base_vault_suite(void)
{
	Suite *suite = suite_create("base_vault");
	TCase *tests = tcase_create("vault");

	tcase_add_test(tests, a_mapping_is_zeroed_and_can_be_filled);
	tcase_add_test(tests, it_is_not_dumped_and_is_locked);
	tcase_add_test(tests, what_the_system_refuses_is_done_without);
	tcase_add_test(tests, a_sealed_mapping_cannot_be_written_to);
	tcase_add_test(tests, wiping_leaves_zeros);
	tcase_add_test(tests, an_arena_of_them_is_an_arena);
	tcase_add_test(tests, any_arena_can_be_wiped);
	suite_add_tcase(suite, tests);
	return suite;
}
