# SPDX-License-Identifier: ISC
"""Slips of the pen where a secret is written, so that nobody can tell what the line means: its
looks must do. Random changes of layers found most of them."""

from sources import DIR, SCHEMA
from stage import Setting

YAML = (
    "db: {pin:@A@, host: h}\n",
    "db: {pin @A@, host: h}\n",
    "db: {pin:'@A@', host: h}\n",
    "db: {pin: @A@ host: h\n",
    "db: {host: h,\n pin\n  '@A@'}\n",
    "db: pin: @A@\n",
    "db:\n  pin:@A@\n",
    "db:\n  pin:@A@\n  host: h\n",
    "db:\n  host: h\n  pin:@A@\n",
    "db:\n  ? pin\n   @A@\n",
    "db:\n  pin @A@\n",
    "db:\n  pin= @A@\n",
    "db:\n  pin = @A@\n",
    "db:\n  pin!: @A@\n",
    "db:\n  pin? @A@\n  host: h\n",
    "db:\n  pin\udcff: @A@\n",
    "db:\n  pin\ufeff: @A@\n",
    "db:\n  -pin: @A@\n",
    "db:\n - pin: @A@\n   host: h\n",
    "db:\n  'pin': '@A@'x\n",
    "db:\n  pin : @A@ : x\n",
    'db:\n  pin: @A@"\n  host: "\n',
    "db:\n  PIN: @A@\n",
    "db:\n  pi-n: @A@\n",
    "db:\n  pin: >@A@\n",
    "db:\n  pin: |@A@\n",
    "db:\n  pin: [@A@\n",
    "db:\n  pin: {@A@\n  host: h\n",
    "db:\n  pin: ${@A@\n",
    "db:\n  pin: @A@\n  pin: @B@ x: y\n",
    "Db:\n  pin: @A@\n",
    "db.pin: @A@\n",
    "db.pin = @A@\n",
)
INI = (
    "db.\"pin\"' = @A@\n",
    'db."pin" # = @A@\n',
    "db.pin \r= @A@\n",
    "db.pin @A@\n",
    "[db]\npin\ufeff = @A@\n",
    "[db]\npin\udcff = @A@\n",
    "[db]\npin$ = @A@\n",
    "[db]\npin! @A@\n",
    "[db]\npin = @A@\udcff\n",
    "[db]\npin := @A@\n",
    "[db]\npin = '@A@\n",
    "[db]\npin =\n@A@\n",
    "[db]\npin = x\\\n@A@\n",
    "[db]\npin = @A@ ${\n",
    "[db]\npin = [@A@\n",
    "[db]\npin = {x: @A@\n",
    "[db]\nPin = @A@\n",
    "[db]\npi-n = @A@\n",
    "[db\npin @A@\n",
    "[db]pin = @A@\n",
    "[db] pin = @A@\n",
    "pins[0] = @A@\npins[1] = @B@\n",
    "pins[-0] = @A@\n",
    "pins[0]  @A@\n",
    "pins[0 = @A@\n",
    "pins @A@\n",
)


def settings():
    schema = SCHEMA + "  - {key: pins, type: list, secret: true}\n"
    for dialect, texts in (("yaml", YAML), ("ini", INI)):
        for text in texts:
            yield Setting(f"{dialect} slip {text!r}", {
                "config/schema.yaml": schema, f"config/base.{dialect}": text}, DIR)
