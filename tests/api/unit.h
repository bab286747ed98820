/* SPDX-License-Identifier: ISC */
/*
 * Tests of the API see the public header and link the shared library alone. Each file X.c
 * here gives its tests as one function
 *
 *	Suite *X_suite(void);
 *
 * and has a line in the table below, from which ../main.c runs them.
 */
#ifndef DCFG_TESTS_UNIT_H
#define DCFG_TESTS_UNIT_H

#include <check.h>

#define UNITS(XX)                                                                        \
	XX(environments)                                                                 \
	XX(loading)                                                                      \
	XX(constants)                                                                    \
	XX(texts)                                                                        \
	XX(variables)                                                                    \
	XX(env_files)                                                                    \
	XX(limits)                                                                       \
	XX(misuse)                                                                       \
	XX(reading)                                                                      \
	XX(finding)                                                                      \
	XX(values)                                                                       \
	XX(units)                                                                        \
	XX(entries)                                                                      \
	XX(origins)                                                                      \
	XX(sources)                                                                      \
	XX(errors)                                                                       \
	XX(report)                                                                       \
	XX(schemas)                                                                      \
	XX(images)                                                                       \
	XX(sharing)                                                                      \
	XX(bind)                                                                         \
	XX(bind_problems)                                                                \
	XX(bind_reports)                                                                 \
	XX(bind_schemas)                                                                 \
	XX(bind_secrets)                                                                 \
	XX(bind_tables)                                                                  \
	XX(bind_texts)

#define UNIT_DECLARE(name) Suite *name##_suite(void);
UNITS(UNIT_DECLARE)
#undef UNIT_DECLARE

#endif
