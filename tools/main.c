/* SPDX-License-Identifier: ISC */
/* The process: hands what it was given to the command. Must not know anything else. */
#include "tool.h"

extern char **environ;

int main(int argc, char **argv)
{
	return deploycfg_tool(argc, argv, environ, stdin, stdout, stderr);
}
