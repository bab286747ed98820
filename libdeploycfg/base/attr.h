/* SPDX-License-Identifier: ISC */
/* Compiler attributes, and the functions that nobody here may call. */
#ifndef DCFG_BASE_ATTR_H
#define DCFG_BASE_ATTR_H

#include <ctype.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__GNUC__) || defined(__clang__)
#define DCFG_PRINTF(at, first) __attribute__((format(printf, at, first)))
/* What happens seldom stays out of the way of what happens often. */
#define DCFG_COLD __attribute__((noinline, cold))
#define dcfg_likely(condition) __builtin_expect(!!(condition), 1)
#define dcfg_unlikely(condition) __builtin_expect(!!(condition), 0)
/* Locale-dependent, unbounded, or global state: each has a counterpart in base/. */
#pragma GCC poison strtod atof atoi atol strtol strtoll strtoul strtoull
#undef alloca
#undef sprintf
#undef vsprintf
#pragma GCC poison strcpy strcat sprintf vsprintf gets strtok alloca
#pragma GCC poison getenv secure_getenv setenv putenv unsetenv clearenv setlocale
#undef isspace
#undef isdigit
#undef isalpha
#undef isalnum
#undef tolower
#undef toupper
#pragma GCC poison isspace isdigit isalpha isalnum tolower toupper
#else
#define DCFG_PRINTF(at, first)
#define DCFG_COLD
#define dcfg_likely(condition) (condition)
#define dcfg_unlikely(condition) (condition)
#endif

#define DCFG_COUNT(array) (sizeof(array) / sizeof((array)[0]))

#endif
