/* SPDX-License-Identifier: ISC */
/* Runs the suites of the unit.h that the program is compiled with, in whatever locale the
 * environment asks for, and prints them as TAP. */
#include <locale.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "unit.h"

#if defined(__SANITIZE_ADDRESS__)
#define ADDRESSES_ARE_CHECKED 1
#elif defined(__has_feature)
#define ADDRESSES_ARE_CHECKED __has_feature(address_sanitizer)
#else
#define ADDRESSES_ARE_CHECKED 0
#endif

enum {
	LONGEST = 600 /* seconds */
};

/* Elsewhere each test has a process of its own. With this sanitizer those take most of the
 * time, to begin and to look for leaks at their ends; its reports name the function without
 * them, and leaks are found as well when all has ended. Nobody else would then end a test that
 * hangs: not by an alarm, at which Check kills all of its process group. */
static void share_one_process(SRunner *runner)
{
	const struct rlimit limit = {LONGEST, LONGEST};

	srunner_set_fork_status(runner, CK_NOFORK);
	(void)setrlimit(RLIMIT_CPU, &limit);
}

int main(void)
{
	SRunner *runner = srunner_create(NULL);
	int failed;

	setlocale(LC_ALL, "");
#define UNIT_ADD(name) srunner_add_suite(runner, name##_suite());
	UNITS(UNIT_ADD)
#undef UNIT_ADD
	if (ADDRESSES_ARE_CHECKED && !getenv("CK_FORK"))
		share_one_process(runner);
	if (!getenv("CK_TAP_LOG_FILE_NAME"))
		srunner_set_tap(runner, "-");
	srunner_run_all(runner, getenv("CK_TAP_LOG_FILE_NAME") ? CK_ENV : CK_SILENT);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
