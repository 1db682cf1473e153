#!/bin/sh
# A duration of more than a day in an ODS sheet (26:30, as timesheets have it) stops pandas with its engine odf, and its
# engine calamine gives it as a text among times of day.
#
# Versions: pandas 3.1.1, odfpy 1.4.1, python-calamine 0.9.1.
# Seen: the cells are office:value-type="time", office:time-value="PT08H30M00S" and "PT26H30M00S": ODF 1.3 has one type for
# times of day and for durations. odf reads the text as a clock and raises: hour must be in 0..23; calamine gives
# datetime.time(8, 30), then the string 'PT26H30M00S' in the same column.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check pandas==3.1.1 odfpy==1.4.1 python-calamine==0.9.1
"$dir/venv/bin/python" - "$dir/sheet.ods" <<'PYTHON'
import datetime
import sys

import pandas
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

document, table = OpenDocumentSpreadsheet(), Table(name="Heures")
document.spreadsheet.addElement(table)
cells = [
    [("string", {}, "service"), ("string", {}, "durée")],
    [("string", {}, "Eau"), ("time", {"timevalue": "PT08H30M00S"}, "08:30")],
    [("string", {}, "Voirie"), ("time", {"timevalue": "PT26H30M00S"}, "26:30")],
]
for line in cells:
    row = TableRow()
    table.addElement(row)
    for kind, value, text in line:
        cell = TableCell(valuetype=kind, **value)
        cell.addElement(P(text=text))
        row.addElement(cell)
document.save(sys.argv[1])
try:
    pandas.read_excel(sys.argv[1], engine="odf")
    raise AssertionError("the engine odf reads it now")
except ValueError as error:
    print("odf:", error)
    assert "hour must be in 0..23" in str(error)
seen = pandas.read_excel(sys.argv[1], engine="calamine").values.tolist()
print("calamine:", seen)
assert seen == [["Eau", datetime.time(8, 30)], ["Voirie", "PT26H30M00S"]]
PYTHON
