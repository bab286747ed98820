/* SPDX-License-Identifier: ISC */
/*
 * Unit tests see the library's inside. Each file X.c here gives its tests as one function
 *
 *	Suite *X_suite(void);
 *
 * and has a line in the table below, from which main.c runs them.
 */
#ifndef DCFG_TESTS_UNIT_H
#define DCFG_TESTS_UNIT_H

#include <check.h>

#define UNITS(XX)                                                                        \
	XX(base_memory)                                                                  \
	XX(base_number)                                                                  \
	XX(base_number_unit)                                                             \
	XX(base_random)                                                                  \
	XX(base_redact)                                                                  \
	XX(base_utf8)                                                                    \
	XX(base_words)                                                                   \
	XX(base_file)                                                                    \
	XX(base_open)                                                                    \
	XX(base_vault)                                                                   \
	XX(base_diag)                                                                    \
	XX(base_errors)                                                                  \
	XX(model)                                                                        \
	XX(override)                                                                     \
	XX(conceal)                                                                      \
	XX(image)                                                                        \
	XX(image_find)                                                                   \
	XX(image_order)                                                                  \
	XX(image_secrets)                                                                \
	XX(image_verify)                                                                 \
	XX(env_file)                                                                     \
	XX(get)                                                                          \
	XX(ini)                                                                          \
	XX(ini_inih)                                                                     \
	XX(interpolate)                                                                  \
	XX(interpolate_story)                                                            \
	XX(lookalike)                                                                    \
	XX(variables)                                                                    \
	XX(variables_schema)                                                             \
	XX(variables_whose)                                                              \
	XX(schema_compile)                                                               \
	XX(schema_complete)                                                              \
	XX(schema_judge)                                                                 \
	XX(schema_pattern)                                                               \
	XX(secrets)                                                                      \
	XX(secrets_moving)                                                               \
	XX(source)                                                                       \
	XX(standin)                                                                      \
	XX(trust)                                                                        \
	XX(trust_links)                                                                  \
	XX(yaml)                                                                         \
	XX(yaml_bad)                                                                     \
	XX(yaml_limits)                                                                  \
	XX(yaml_value)

#define UNIT_DECLARE(name) Suite *name##_suite(void);
UNITS(UNIT_DECLARE)
#undef UNIT_DECLARE

#endif
