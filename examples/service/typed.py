# SPDX-License-Identifier: ISC
"""main.py again, with the classes that are made of config/schema.yaml: a type checker finds keys
that are misspelt here. Prefix and types come from the directory.

    deploycfg schema --dir config --format python >shop.py
"""
import sys

import deploycfg
import shop


def answers(cfg: deploycfg.Config, config: shop.Shop):
    server, database = config.server, config.database
    yield "environment", cfg.environment
    yield "listen", f"{server.host}:{server.port}"
    yield "database", (f"{database.driver}://{database.user}@{database.host}:{database.port}"
                       f"/{database.name}")
    yield "password", f"{len(database.password.reveal())} characters"
    yield "pool", database.pool.size
    yield "providers", len(config.payment.providers)
    yield "card", config.payment.providers[1].url
    yield "new checkout", "true" if config.features.new_checkout else "false"
    yield "timeout", f"{server.request_timeout:g}"
    yield "dashboard", config.monitoring.dashboard or "none"
    yield "database.host from", cfg.origin("database.host").file


def main(argv):
    directory = argv[1] if len(argv) > 1 else "config"
    try:
        cfg = deploycfg.load(directory, constants=globals())
        config = shop.load(cfg)
    except deploycfg.Error as error:
        print(error, end="", file=sys.stderr)
        return 78
    for question, answer in answers(cfg, config):
        print(f"{question}: {answer}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
