# SPDX-License-Identifier: ISC
"""What the shop's server would know when it starts.

Set TESTING, DEVELOPMENT or PRODUCTION to True up here to fix the environment, or
SHOP_ENV outside.
"""
import sys

import deploycfg


def answers(cfg):
    yield "environment", cfg.environment
    yield "listen", f"{cfg['server.host']}:{cfg['server.port']}"
    yield "database", (f"{cfg['database.driver']}://{cfg['database.user']}@"
                       f"{cfg['database.host']}:{cfg['database.port']}/{cfg['database.name']}")
    yield "password", f"{len(cfg.get_str('database.password'))} characters"
    yield "pool", cfg["database.pool.size"]
    yield "providers", len(cfg["payment.providers"])
    yield "card", cfg["payment.providers[1].url"]
    yield "new checkout", "true" if cfg["features.new_checkout"] else "false"
    yield "timeout", f"{cfg['server.request_timeout']:g}"
    yield "dashboard", cfg.get("monitoring.dashboard", "none")
    yield "database.host from", cfg.origin("database.host").file


def main(argv):
    directory = argv[1] if len(argv) > 1 else "config"
    try:
        cfg = deploycfg.load(directory, prefix="SHOP", constants=globals())
    except deploycfg.LoadError as error:
        print(error, end="", file=sys.stderr)
        return 78
    for question, answer in answers(cfg):
        print(f"{question}: {answer}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
