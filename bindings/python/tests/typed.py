# SPDX-License-Identifier: ISC
"""Not run: test_typing.py has mypy --strict read it. Each `type: ignore` must be needed."""
import dataclasses
import pathlib
from typing import Any, List, Mapping, Optional, Tuple, Union

import deploycfg
from deploycfg import Config, Section, Text, Value

cfg: Config = deploycfg.load("config", env="production", environ={}, overlays=["eu"],
                             environments={"staging": {"inherits": "production"}},
                             texts=Text("a: 1"), overrides={"a": [1]}, limits={"keys": 5})
again: Config = deploycfg.loads(cfg.dumps(), env=cfg.environment or "none")
section: Section = cfg.section("server").section("tls")
other: Config = cfg.with_overrides({"a": 1}, source="here")

port: int = cfg.get_int("port")
maybe: Optional[int] = cfg.get_int("port", None)
either: Union[int, str] = cfg.get_int("port", "none")
default: int = section.get_int("port", 80)
name: str = cfg.get_str("name", "x")
ratio: float = cfg.get_float("ratio", 0.5)
debug: bool = cfg.get_bool("debug", default=False)
hosts: Tuple[Any, ...] = cfg.get_list("hosts", ())
limits: Mapping[str, Any] = cfg.get_map("limits", {})
value: Value = cfg["port"]
found: Union[Value, bytes] = cfg.get("port", b"")
flat: Mapping[str, Value] = cfg
copied: "dict[str, Value]" = dict(cfg.items())
place: Tuple[str, int] = (cfg.origin("port").file, cfg.origin("port").line)
path: str = deploycfg.key("servers", 0, "host")

wrong: int = cfg.get_int("port", None)  # type: ignore[arg-type]
also: str = cfg.get_int("port")  # type: ignore[assignment]
cfg["port"] = 1  # type: ignore[index]
cfg.environment = "x"  # type: ignore[misc]
cfg.get_int(5)  # type: ignore[call-overload]
deploycfg.load("config", environment="production")  # type: ignore[call-arg]
try:
    cfg.get_int("port")
except deploycfg.ReadError as error:
    told: str = error.expected + error.actual + error.origin.file


@dataclasses.dataclass(frozen=True)
class Db:
    host: str
    size: deploycfg.Size = 1024
    tick: deploycfg.Nanoseconds = 5


judged: Config = deploycfg.load("config", env="production", schema="schema.yaml",
                                schema_text={"mine": b"schema: 1"}, unknown="warn", check="lint")
declared: Config = deploycfg.schema("config", schema=["a.yaml"], prefix="SHOP")
trusted: Config = deploycfg.load("config", env="production", secrets=["/run/secrets"],
                                 trust="owner", trust_users=[5], trust_groups=[5])
password: deploycfg.Secret[str] = deploycfg.Secret("hunter2")
plain: str = password.reveal()
pin: Any = cfg.bind(deploycfg.Secret[int], "pin").reveal() + 1
revealed: str = cfg.dumps(reveal=True) + str(cfg.as_dict(reveal=True))
known: Tuple[str, ...] = deploycfg.environments("config", project="shop")
period: int = cfg.get_duration("period")
limit: Union[int, None] = cfg.get_size("limit", None)
directory: pathlib.Path = cfg.get_path("directory")
some: Optional[pathlib.Path] = section.get_path("directory", None)
restarts: bool = cfg.flags("port").restart
db: Db = cfg.bind(Db, "database")
below: Db = section.bind(Db, extra="ignore")
several: List[Db] = cfg.bind(List[Db], "databases")
number: int = cfg.bind(int, "port") + db.size + db.tick

cfg.bind(Db, "database").hots  # type: ignore[attr-defined]
text: str = cfg.bind(Db, "database")  # type: ignore[assignment]
cfg.bind("Db", "database")  # type: ignore[arg-type]
shown: str = password  # type: ignore[assignment]
try:
    cfg.bind(Db)
except deploycfg.BindError as error:
    codes: "list[str]" = [problem.code for problem in error.errors]
