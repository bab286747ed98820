/* SPDX-License-Identifier: ISC */
/*
 * Foreign bytes: a small image with every bit flipped, bytes set to what hurts, and
 * every truncation is refused, or read back wholly without leaving it. Checksum and
 * digests would catch all of that, so each is also tried with these made right again.
 */
#include "unit.h"

#include "base/mem.h"
#include "image/digest.h"
#include "image/freeze.h"
#include "image/verify.h"
#include "image_tree.h"

static char *image; /* the sample's */
static size_t length;
static size_t refused, accepted;

static void setup(void)
{
	struct tree tree;

	tree_init(&tree);
	tree_sample(&tree);
	image = tree_freeze(&tree, &length);
	tree_fini(&tree);
	refused = accepted = 0;
}

static void teardown(void)
{
	image = dcfg_free(image);
}

static bool inside(const struct deploycfg_snapshot *cfg, const char *string)
{
	const char *begin = (const char *)cfg->image.header, *end = begin + cfg->length;

	return string >= begin && string < end &&
	       memchr(string, '\0', (size_t)(end - string));
}

static void read_source(const struct deploycfg_snapshot *cfg,
			const struct deploycfg_source *source)
{
	if (!source)
		return;
	ck_assert(inside(cfg, deploycfg_source_name(source)));
	ck_assert(inside(cfg, deploycfg_source_label(source)));
	ck_assert(inside(cfg, deploycfg_source_reason(source)));
	ck_assert_int_le(deploycfg_source_kind(source), DEPLOYCFG_SOURCE_OVERRIDE);
	ck_assert_int_le(deploycfg_source_state(source), DEPLOYCFG_SOURCE_SKIPPED);
	(void)deploycfg_source_layer(source);
}

/* One tells its errors: to put these into words takes longest, and they are all alike. */
static void read_getters(const struct deploycfg_snapshot *cfg,
			 const struct deploycfg_entry *entry)
{
	struct deploycfg_errors *errors = NULL;
	const char *path = deploycfg_entry_path(entry);
	char buffer[64];

	(void)deploycfg_get_bool(cfg, path, NULL);
	(void)deploycfg_get_int(cfg, path, &errors);
	(void)deploycfg_get_uint(cfg, path, NULL);
	(void)deploycfg_get_double(cfg, path, NULL);
	(void)deploycfg_get_string(cfg, path, NULL);
	(void)deploycfg_get_size(cfg, path, NULL);
	if (deploycfg_entry_type(entry) == DEPLOYCFG_DURATION)
		ck_assert_int_ge(deploycfg_get_duration(cfg, path, &errors), 0);
	(void)deploycfg_entry_flags(entry);
	(void)deploycfg_entry_int(entry, NULL);
	(void)deploycfg_entry_print(entry, buffer, sizeof(buffer));
	deploycfg_errors_free(errors);
}

static void read_entry(const struct deploycfg_snapshot *cfg,
		       const struct deploycfg_entry *entry)
{
	size_t len, children = 0;
	const char *text = deploycfg_entry_text(entry, &len);

	if (text)
		ck_assert(inside(cfg, text) && strlen(text) == len);
	else
		ck_assert(deploycfg_entry_flags(entry) & DEPLOYCFG_FLAG_SECRET);
	ck_assert(inside(cfg, deploycfg_entry_path(entry)));
	ck_assert(deploycfg_entry_index(entry) != SIZE_MAX ||
		  inside(cfg, deploycfg_entry_name(entry)));
	ck_assert_int_le(deploycfg_entry_type(entry), DEPLOYCFG_PATH);
	(void)(deploycfg_entry_line(entry) + deploycfg_entry_column(entry));
	read_source(cfg, deploycfg_entry_source(entry));
	deploycfg_each_child (cfg, child, entry)
		children++;
	if (deploycfg_entry_relation(entry) == DEPLOYCFG_WINNER)
		ck_assert_uint_eq(children, deploycfg_entry_count(entry));
	read_getters(cfg, entry);
}

static void read_related(const struct deploycfg_snapshot *cfg,
			 const struct deploycfg_entry *entry)
{
	read_entry(cfg, entry);
	for (const struct deploycfg_entry *related = deploycfg_entry_related(entry);
	     related; related = deploycfg_entry_next_related(related)) {
		if (deploycfg_entry_relation(related) != DEPLOYCFG_INPUT)
			ck_assert_str_eq(deploycfg_entry_path(related),
					 deploycfg_entry_path(entry));
		read_entry(cfg, related);
	}
}

static void read_all(const struct deploycfg_snapshot *cfg)
{
	ck_assert(inside(cfg, deploycfg_snapshot_environment(cfg)));
	ck_assert(inside(cfg, deploycfg_snapshot_selected_by(cfg)));
	ck_assert(inside(cfg, deploycfg_snapshot_overlays(cfg)));
	ck_assert(inside(cfg, deploycfg_snapshot_overlays_by(cfg)));
	ck_assert(inside(cfg, deploycfg_snapshot_prefix(cfg)));
	for (size_t i = 0; i < deploycfg_snapshot_sources(cfg); i++)
		read_source(cfg, deploycfg_snapshot_source(cfg, i));
	deploycfg_each_entry (cfg, entry, deploycfg_root(cfg)) {
		ck_assert_ptr_eq(
			deploycfg_find(cfg, deploycfg_entry_path(entry), SIZE_MAX),
			entry);
		read_related(cfg, entry);
	}
	for (const struct deploycfg_entry *past = deploycfg_next_history(cfg, NULL); past;
	     past = deploycfg_next_history(cfg, past)) {
		ck_assert_ptr_eq(
			deploycfg_find_history(cfg, deploycfg_entry_path(past), SIZE_MAX),
			past);
		read_related(cfg, past);
	}
	(void)deploycfg_get_int(cfg, "no.such.key", NULL);
}

/* Whether bytes of exactly that size are an image; if so they are read. */
static bool try(const char *bytes, size_t size, const char **problem)
{
	char *copy = dcfg_alloc(size ? size : 1);
	struct deploycfg_snapshot *cfg;
	size_t offset;

	memcpy(copy, bytes, size);
	if (!dcfg_verify(copy, size, problem, &offset)) {
		ck_assert_uint_le(offset, size);
		dcfg_free(copy);
		return false;
	}
	cfg = dcfg_snapshot_new(&(struct dcfg_frozen){.bytes = copy, .length = size});
	read_all(cfg);
	deploycfg_snapshot_unref(cfg);
	return true;
}

/* Makes checksum and digests right, of an image of which header and section table are. */
static void reseal(char *bytes)
{
	struct dcfg_header *header = (void *)bytes;

	dcfg_values_digest(header, header->values_digest);
	dcfg_image_digest(header, header->image_digest);
	header->checksum = le64_of(dcfg_checksum(header));
}

static bool is_of_seals(const char *problem)
{
	return strncmp(problem, "the digest", 10) == 0 ||
	       strncmp(problem, "the checksum", 12) == 0;
}

static void count(bool is_accepted)
{
	*(is_accepted ? &accepted : &refused) += 1;
}

/* A changed image must be refused as it is; made right again it may be read. */
static void attack(const char *bytes, size_t size)
{
	char *copy = dcfg_alloc(size ? size : 1);
	const char *problem = "";
	bool valid = false;

	memcpy(copy, bytes, size);
	ck_assert(!try(copy, size, &problem));
	if (is_of_seals(problem)) {
		reseal(copy);
		valid = try(copy, size, &problem);
		ck_assert(valid || !is_of_seals(problem));
	}
	count(valid);
	dcfg_free(copy);
}

START_TEST(every_flipped_bit_is_refused_or_harmless)
{
	for (size_t bit = 0; bit < length * 8; bit++) {
		image[bit / 8] = (char)(image[bit / 8] ^ 1 << bit % 8);
		attack(image, length);
		image[bit / 8] = (char)(image[bit / 8] ^ 1 << bit % 8);
	}
	ck_assert_uint_gt(accepted, 0); /* a line's number may be any */
	ck_assert_uint_gt(refused, accepted);
	printf("# %zu flipped bits: %zu refused even when sealed again, the others "
	       "read\n",
	       length * 8, refused);
}
END_TEST

START_TEST(every_byte_set_to_what_hurts_is_refused_or_harmless)
{
	static const unsigned char values[] = {0x00, 0x01, 0x7f, 0x80, 0xff};

	for (size_t at = 0; at < length; at++) {
		char old = image[at];

		for (size_t i = 0; i < sizeof(values); i++) {
			image[at] = (char)values[i];
			if (image[at] != old)
				attack(image, length);
		}
		image[at] = old;
	}
	printf("# %zu bytes set: %zu refused even when sealed again, the others read\n",
	       refused + accepted, refused);
}
END_TEST

START_TEST(every_truncation_is_refused)
{
	struct dcfg_header *header = (void *)image;
	const char *problem;

	for (size_t size = 0; size < length; size++) {
		ck_assert(!try(image, size, &problem));
		header->size = le32_of((uint32_t)size);
		attack(image, size);
		header->size = le32_of((uint32_t)length);
	}
	ck_assert_uint_eq(accepted, 0);
}
END_TEST

START_TEST(something_behind_the_image_is_refused)
{
	char *longer = dcfg_alloc(length + 8);
	struct dcfg_header *header = (void *)longer;

	memcpy(longer, image, length);
	memset(longer + length, 0, 8);
	attack(longer, length + 8);
	header->size = le32_of((uint32_t)length + 8);
	attack(longer, length + 8);
	ck_assert_uint_eq(refused, 2);
	dcfg_free(longer);
}
END_TEST

/* Two fields of one record changed at random: what single changes cannot reach. */
START_TEST(changes_in_pairs_are_refused_or_harmless)
{
	uint32_t random = 1;
	size_t records =
		sizeof(struct dcfg_header) + DCFG_SECTIONS * sizeof(struct dcfg_section);
	char *copy = dcfg_alloc(length);

	for (int round = 0; round < 5000; round++) {
		memcpy(copy, image, length);
		for (int change = 0; change < 2; change++) {
			random = random * 1664525 + 1013904223;
			copy[records + (random >> 8) % (length - records)] ^=
				(char)(1 << (random & 7));
		}
		if (memcmp(copy, image, length) != 0)
			attack(copy, length);
	}
	dcfg_free(copy);
}
END_TEST

START_TEST(an_image_without_an_index_is_searched)
{
	struct dcfg_section *index =
		(struct dcfg_section *)dcfg_section((void *)image, DCFG_INDEX);
	struct dcfg_header *header = (void *)image;
	size_t size = le32_get(index->offset);
	const char *problem = "";

	index->size = index->count = le32_of(0);
	header->size = le32_of((uint32_t)size);
	reseal(image);
	ck_assert_msg(try(image, size, &problem), "%s", problem);
}
END_TEST

/* A later minor version may have a longer header and sections that this one skips. */
START_TEST(sections_of_later_versions_are_skipped)
{
	size_t grown = sizeof(struct dcfg_section) + 8,
	       table = sizeof(struct dcfg_header);
	size_t records = table + DCFG_SECTIONS * sizeof(struct dcfg_section);
	char *later = dcfg_alloc(length + grown);
	struct dcfg_header *header = (void *)later;
	struct dcfg_section *sections = (void *)(later + table);
	const char *problem = "";

	memcpy(later, image, records);
	memcpy(later + records + sizeof(*sections), image + records, length - records);
	memset(later + length + sizeof(*sections), 0, 8);
	for (int i = 0; i < DCFG_SECTIONS; i++)
		sections[i].offset = le32_of(le32_get(sections[i].offset) +
					     (uint32_t)sizeof(*sections));
	sections[DCFG_SECTIONS] = (struct dcfg_section){
		le32_of(77), le32_of((uint32_t)(length + sizeof(*sections))), le32_of(3),
		le32_of(3)};
	memcpy(later + length + sizeof(*sections), "abc", 3);
	header->sections = le32_of(DCFG_SECTIONS + 1);
	header->size = le32_of((uint32_t)(length + grown));
	/* The header's own offsets have grown too. */
	for (struct le32 *text = &header->environment; text <= &header->prefix; text++)
		*text = le32_of(le32_get(*text) + (uint32_t)sizeof(*sections));
	reseal(later);
	ck_assert(!try(later, length + grown, &problem));
	ck_assert_str_eq(problem, "a section is not known");
	header->minor = le16_of(DCFG_MINOR + 1);
	reseal(later);
	ck_assert_msg(try(later, length + grown, &problem), "%s", problem);
	dcfg_free(later);
}
END_TEST

START_TEST(a_bad_image_is_an_error_with_problem_and_offset)
{
	struct deploycfg_errors *errors = NULL;
	struct deploycfg_snapshot *cfg =
		deploycfg_snapshot_from_image(image, length, &errors);
	const struct deploycfg_error *error;
	char *unaligned = dcfg_alloc(length + 1);

	ck_assert_ptr_nonnull(cfg);
	ck_assert_ptr_null(errors);
	deploycfg_snapshot_unref(cfg);
	memcpy(unaligned + 1, image, length);
	cfg = deploycfg_snapshot_from_image(unaligned + 1, length, &errors);
	ck_assert_int_eq(deploycfg_get_int(cfg, "server.port", &errors), 8080);
	deploycfg_snapshot_unref(cfg);
	dcfg_free(unaligned);
	ck_assert_ptr_null(deploycfg_snapshot_from_image("hello", 5, &errors));
	ck_assert_ptr_null(deploycfg_snapshot_from_image(NULL, 0, &errors));
	image[9]++;
	ck_assert_ptr_null(deploycfg_snapshot_from_image(image, length, &errors));
	ck_assert_uint_eq(deploycfg_errors_count(errors), 3);
	error = deploycfg_errors_at(errors, 2);
	ck_assert_int_eq(deploycfg_error_status(error), DEPLOYCFG_ERR_IMAGE);
	ck_assert_ptr_nonnull(strstr(deploycfg_error_message(error), "(at byte 8)"));
	deploycfg_errors_free(errors);
}
END_TEST

Suite *image_verify_suite(void)
{
	Suite *suite = suite_create("image_verify");
	TCase *cases = tcase_create("image_verify");

	tcase_add_checked_fixture(cases, setup, teardown);
	tcase_set_timeout(cases, 300);
	tcase_add_test(cases, every_flipped_bit_is_refused_or_harmless);
	tcase_add_test(cases, every_byte_set_to_what_hurts_is_refused_or_harmless);
	tcase_add_test(cases, every_truncation_is_refused);
	tcase_add_test(cases, something_behind_the_image_is_refused);
	tcase_add_test(cases, changes_in_pairs_are_refused_or_harmless);
	tcase_add_test(cases, an_image_without_an_index_is_searched);
	tcase_add_test(cases, sections_of_later_versions_are_skipped);
	tcase_add_test(cases, a_bad_image_is_an_error_with_problem_and_offset);
	suite_add_tcase(suite, cases);
	return suite;
}
