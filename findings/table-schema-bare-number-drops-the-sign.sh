#!/bin/sh
# Under a Table Schema number with `bareNumber: false`, made for `12,5 %` and `1 200 €`, frictionless reads an accountant's
# negative, `(12,5)`, as 12.5: the sign goes with the parentheses, without an error.
#
# Version: frictionless 5.21.0.
# Seen: what stands before and behind the digits is cut away whatever it is; `-12,5 %` keeps its sign, `(12,5)` does not.
# With `bareNumber` left at true the cell is an error, which is safer for budgets.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check frictionless==5.21.0
"$dir/venv/bin/python" <<'PYTHON'
from decimal import Decimal

from frictionless import Schema


def read(cell, **more):
    descriptor = {"name": "solde", "type": "number", "decimalChar": ",", **more}
    return Schema.from_descriptor({"fields": [descriptor]}).get_field("solde").create_cell_reader()(cell)


seen = {cell: read(cell, bareNumber=False) for cell in ("12,5 %", "-12,5 %", "(12,5)")}
print(seen)
assert seen["12,5 %"] == (Decimal("12.5"), None)
assert seen["-12,5 %"] == (Decimal("-12.5"), None)
assert seen["(12,5)"] == (Decimal("12.5"), None)
strict = read("(12,5)")
print(strict)
assert strict[0] is None and strict[1]
PYTHON
