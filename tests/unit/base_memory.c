/* SPDX-License-Identifier: ISC */
/* Allocator, arena and interned names. */
#include "unit.h"

#include <stdint.h>

#include "base/arena.h"
#include "base/intern.h"
#include "base/mem.h"

START_TEST(empty_blocks_are_no_lack_of_memory)
{
	void *block = dcfg_alloc(0);

	ck_assert_ptr_nonnull(block);
	block = dcfg_resize(block, 0);
	ck_assert_ptr_nonnull(block);
	ck_assert_ptr_null(dcfg_free(block));
	ck_assert_ptr_null(dcfg_free(NULL));
}
END_TEST

START_TEST(copies_end_with_nul)
{
	char *copy = dcfg_copy("abcd", 2);

	ck_assert_str_eq(copy, "ab");
	dcfg_free(copy);
	copy = dcfg_copy(NULL, 0);
	ck_assert_str_eq(copy, "");
	dcfg_free(copy);
	ck_assert_ptr_null(dcfg_copy("", SIZE_MAX));
}
END_TEST

START_TEST(arrays_keep_their_elements_while_they_grow)
{
	size_t capacity = 0, *array = NULL;

	for (size_t i = 0; i < 10000; i++) {
		array = dcfg_grow(array, i, &capacity, sizeof(*array));
		ck_assert_uint_gt(capacity, i);
		array[i] = i;
	}
	for (size_t i = 0; i < 10000; i++)
		ck_assert_uint_eq(array[i], i);
	dcfg_free(array);
}
END_TEST

START_TEST(an_array_too_large_for_memory_is_not_grown)
{
	size_t capacity = SIZE_MAX / 2;
	char array[1];

	ck_assert_ptr_null(dcfg_grow(array, capacity, &capacity, 16));
	ck_assert_uint_eq(capacity, SIZE_MAX / 2);
}
END_TEST

START_TEST(arena_memory_is_aligned_and_its_own)
{
	static const size_t sizes[] = {0,    1,    7,     8,      9,      100,
				       4096, 5000, 16384, 100000, 3000000};
	struct dcfg_arena arena;

	dcfg_arena_init(&arena);
	for (size_t round = 0; round < 50; round++) {
		for (size_t i = 0; i < DCFG_COUNT(sizes); i++) {
			char *memory = dcfg_arena_alloc(&arena, sizes[i]);

			ck_assert_ptr_nonnull(memory);
			ck_assert_uint_eq((uintptr_t)memory % 8, 0);
			memset(memory, (int)i, sizes[i]);
		}
	}
	ck_assert(!arena.failed);
	dcfg_arena_fini(&arena);
}
END_TEST

static bool is_filled(const unsigned char *block, size_t len, unsigned char with)
{
	return len == 0 || (block[0] == with && memcmp(block, block + 1, len - 1) == 0);
}

START_TEST(arena_blocks_do_not_overlap)
{
	struct dcfg_arena arena;
	unsigned char *blocks[2000];

	dcfg_arena_init(&arena);
	for (size_t i = 0; i < DCFG_COUNT(blocks); i++) {
		blocks[i] = dcfg_arena_zalloc(&arena, i);
		ck_assert(is_filled(blocks[i], i, 0));
		memset(blocks[i], (int)(i & 0xff), i);
	}
	for (size_t i = 0; i < DCFG_COUNT(blocks); i++)
		ck_assert(is_filled(blocks[i], i, i & 0xff));
	dcfg_arena_fini(&arena);
}
END_TEST

START_TEST(reserved_room_is_one_block)
{
	struct dcfg_arena arena;
	char *first, *last;

	dcfg_arena_init(&arena);
	dcfg_arena_reserve(&arena, 100 * 1000);
	first = dcfg_arena_alloc(&arena, 1000);
	for (size_t i = 2; i < 100; i++)
		dcfg_arena_alloc(&arena, 1000);
	last = dcfg_arena_alloc(&arena, 1000);
	ck_assert_ptr_eq(last, first + 99 * 1000);
	dcfg_arena_reserve(&arena, SIZE_MAX);
	ck_assert(!arena.failed);
	dcfg_arena_fini(&arena);
}
END_TEST

START_TEST(an_arena_remembers_that_memory_ran_out)
{
	struct dcfg_arena arena;

	dcfg_arena_init(&arena);
	ck_assert_ptr_null(dcfg_arena_alloc(&arena, SIZE_MAX));
	ck_assert(arena.failed);
	arena.failed = false;
	ck_assert_ptr_null(dcfg_arena_alloc(&arena, SIZE_MAX / 2));
	ck_assert(arena.failed);
	ck_assert_ptr_nonnull(dcfg_arena_alloc(&arena, 8));
	dcfg_arena_fini(&arena);
}
END_TEST

START_TEST(arena_texts_end_with_nul)
{
	struct dcfg_arena arena;
	struct dcfg_view text;

	dcfg_arena_init(&arena);
	text = dcfg_arena_copy(&arena, dcfg_view("abcdef", 3));
	ck_assert_uint_eq(text.len, 3);
	ck_assert_str_eq(text.ptr, "abc");
	text = dcfg_arena_copy(&arena, dcfg_view(NULL, 0));
	ck_assert_str_eq(text.ptr, "");
	text = dcfg_arena_printf(&arena, "%d and %s", 5, "five");
	ck_assert_uint_eq(text.len, 10);
	ck_assert_str_eq(text.ptr, "5 and five");
	text = dcfg_arena_printf(&arena, "%100000s", "end");
	ck_assert_uint_eq(text.len, 100000);
	ck_assert_str_eq(text.ptr + 99997, "end");
	dcfg_arena_fini(&arena);
}
END_TEST

START_TEST(equal_texts_are_one_name)
{
	struct dcfg_arena arena;
	struct dcfg_intern names;
	const struct dcfg_name *known[5000];

	dcfg_arena_init(&arena);
	dcfg_intern_init(&names, &arena);
	ck_assert_ptr_null(dcfg_intern_find(&names, DCFG_VIEW("name0")));
	for (size_t i = 0; i < DCFG_COUNT(known); i++)
		known[i] = dcfg_intern(&names, dcfg_arena_printf(&arena, "name%zu", i));
	for (size_t i = 0; i < DCFG_COUNT(known); i++) {
		struct dcfg_view text = dcfg_arena_printf(&arena, "name%zu", i);

		ck_assert_ptr_eq(dcfg_intern(&names, text), known[i]);
		ck_assert_ptr_eq(dcfg_intern_find(&names, text), known[i]);
		ck_assert_str_eq(known[i]->text.ptr, text.ptr);
	}
	ck_assert_ptr_null(dcfg_intern_find(&names, DCFG_VIEW("name")));
	ck_assert_uint_eq(names.count, DCFG_COUNT(known));
	dcfg_intern_fini(&names);
	dcfg_arena_fini(&arena);
}
END_TEST

START_TEST(names_may_be_empty_or_hold_nul)
{
	struct dcfg_arena arena;
	struct dcfg_intern names;

	dcfg_arena_init(&arena);
	dcfg_intern_init(&names, &arena);
	ck_assert_ptr_eq(dcfg_intern(&names, DCFG_VIEW("")),
			 dcfg_intern(&names, dcfg_view(NULL, 0)));
	ck_assert_ptr_ne(dcfg_intern(&names, dcfg_view("a\0b", 3)),
			 dcfg_intern(&names, dcfg_view("a\0c", 3)));
	dcfg_intern_fini(&names);
	dcfg_arena_fini(&arena);
}
END_TEST

Suite *base_memory_suite(void)
{
	Suite *suite = suite_create("base_memory");
	TCase *tests = tcase_create("memory");

	tcase_add_test(tests, empty_blocks_are_no_lack_of_memory);
	tcase_add_test(tests, copies_end_with_nul);
	tcase_add_test(tests, arrays_keep_their_elements_while_they_grow);
	tcase_add_test(tests, an_array_too_large_for_memory_is_not_grown);
	tcase_add_test(tests, arena_memory_is_aligned_and_its_own);
	tcase_add_test(tests, arena_blocks_do_not_overlap);
	tcase_add_test(tests, reserved_room_is_one_block);
	tcase_add_test(tests, an_arena_remembers_that_memory_ran_out);
	tcase_add_test(tests, arena_texts_end_with_nul);
	tcase_add_test(tests, equal_texts_are_one_name);
	tcase_add_test(tests, names_may_be_empty_or_hold_nul);
	suite_add_tcase(suite, tests);
	return suite;
}
