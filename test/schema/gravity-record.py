"""Records what Gravity makes of scalars: gravity-coercions.json beside this file.

    python3 -m venv v && v/bin/pip install gravity==1.2.3 && v/bin/python gravity-record.py

Each row is [yaml text, {kind: value or null when refused}]. Floats that JSON has no word for are text.
"""

import json
import math
import os
import pathlib

import yaml
from pydantic import ValidationError

os.environ["GRAVITY_SKIP_SYSTEMD"] = "1"
from gravity.settings import GunicornSettings, Settings  # noqa: E402

SCALARS = """4|"4"|" 4 "|"4.0"|"4.00"|"4."|4.0|4.5|"4.5"|yes|no|on|off|true|false|True|FALSE|"yes"|"No"|"ON"|"off"|y|n|Y|N
"t"|"f"|T|F|1|0|"1"|"0"|1.0|0.0|"1.0"|"01"|2|-1|"-1"|+4|"+4"|"- 4"|010|0x10|0b11|1_0|1:30|12:30|08|0o10|"010"|"0x10"|"1_0"|"1__0"
"_10"|"10_"|"1_0.0"|"4e0"|4e0|1e3|"1e3"|1.0e+3|-0.0|"-0"|""|" "|~|null|.inf|-.inf|.nan|"inf"|"-inf"|"Infinity"|"nan"|"NaN"|".5"|"5."|"-1e-3"
"1_000.5"|"1_.5"|"1e1_0"|"1.5_0"|2G|"2 G"|5s|022|"022"|0022|22|0o22|077|027|2024-01-01|"2024-01-01"|2024-01-01 10:00:00|abc|"enable"|"tRue"
" yes "|"\\t4\\n"|"\\u00a04"|"\\u0664"|9007199254740993|"9007199254740993"|123456789012345678901234567890|-5|1.10|"8080"|8080|127.0.0.1:8080
!!str 4|!!int "4"|!!float 4|'4'|'it''s'|"4 5"|"0"|"00"|00|0|"0.0"|"-0.0"|"1e0"|"1E3"|"+1.5"|.5|5.|-.5|"infinity"|"+inf"|"1.0.0"|"0b1"|"1,5"|"true "|"TRUE"|"oN"|"00.5"|[]|{}"""


def plain(value):
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, int) and abs(value) > 2**53:
        return float(value)
    return value


def ask(make, field, value):
    try:
        return plain(getattr(make(**{field: value}), field))
    except ValidationError as error:
        # Ranges are another matter: here only the type counts.
        kinds = {one["type"] for one in error.errors() if field in one["loc"]}
        if kinds and all(kind.startswith("greater_than") for kind in kinds):
            raise
        return None


rows = []
for text in SCALARS.replace("\n", "|").split("|"):
    value = yaml.safe_load(text)
    rows.append(
        [
            text,
            {
                "integer": ask(GunicornSettings, "start_timeout", value),
                "number": ask(Settings, "memory_limit", value) if value is not None else None,
                "boolean": ask(GunicornSettings, "enable", value),
                "string": ask(GunicornSettings, "bind", value),
            },
        ]
    )
out = "[\n" + ",\n".join("  " + json.dumps(row) for row in rows) + "\n]\n"
(pathlib.Path(__file__).parent / "gravity-coercions.json").write_text(out)
