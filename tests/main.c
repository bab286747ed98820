/* SPDX-License-Identifier: ISC */
/* Runs the suites of the unit.h that the program is compiled with, in whatever locale the
 * environment asks for, and prints them as TAP. */
#include <locale.h>
#include <stdlib.h>

#include "unit.h"

int main(void)
{
	SRunner *runner = srunner_create(NULL);
	int failed;

	setlocale(LC_ALL, "");
#define UNIT_ADD(name) srunner_add_suite(runner, name##_suite());
	UNITS(UNIT_ADD)
#undef UNIT_ADD
	if (!getenv("CK_TAP_LOG_FILE_NAME"))
		srunner_set_tap(runner, "-");
	srunner_run_all(runner, getenv("CK_TAP_LOG_FILE_NAME") ? CK_ENV : CK_SILENT);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
