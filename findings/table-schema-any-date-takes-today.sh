#!/bin/sh
# Under a Table Schema date of format `any`, frictionless reads a cell that is only a year as that year's date of the day
# on which the file is checked: the same file gives other data tomorrow.
#
# Version: frictionless 5.21.0 (with python-dateutil 2.9.0.post0).
# Seen: `2025` is 2025-11-30 on 30 November, without an error; `13/04/2024` is 13 April, and `03/04/2024`, one line below,
# 4 March.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check frictionless==5.21.0 python-dateutil==2.9.0.post0
"$dir/venv/bin/python" <<'PYTHON'
import datetime

from frictionless import Schema

schema = Schema.from_descriptor({"fields": [{"name": "date", "type": "date", "format": "any"}]})
read = schema.get_field("date").create_cell_reader()
before = datetime.date.today()
seen = {cell: read(cell) for cell in ("2025", "13/04/2024", "03/04/2024")}
after = datetime.date.today()
print(seen)
value, errors = seen["2025"]
assert errors is None and value.year == 2025
assert (value.month, value.day) in {(day.month, day.day) for day in (before, after)}
assert seen["13/04/2024"] == (datetime.date(2024, 4, 13), None)
assert seen["03/04/2024"] == (datetime.date(2024, 3, 4), None)
PYTHON
