#!/bin/sh
# A boolean of an ODS sheet that a French LibreOffice shows as VRAI is read as False by pandas with its engine odf.
#
# Versions: pandas 3.1.1, odfpy 1.4.1, python-calamine 0.9.1.
# Seen: the cell is office:value-type="boolean", office:boolean-value="true", and its text is « VRAI », as the language of
# the sheet has it. The engine odf compares the text with the English word and gives False, without a warning; the engine
# calamine reads the value and gives True.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check pandas==3.1.1 odfpy==1.4.1 python-calamine==0.9.1
"$dir/venv/bin/python" - "$dir/sheet.ods" <<'PYTHON'
import sys

import pandas
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

document, table = OpenDocumentSpreadsheet(), Table(name="Équipements")
document.spreadsheet.addElement(table)
cells = [
    [("string", {}, "équipement"), ("string", {}, "accessible")],
    [("string", {}, "Piscine"), ("boolean", {"booleanvalue": "true"}, "VRAI")],
    [("string", {}, "Gymnase"), ("boolean", {"booleanvalue": "false"}, "FAUX")],
]
for line in cells:
    row = TableRow()
    table.addElement(row)
    for kind, value, text in line:
        cell = TableCell(valuetype=kind, **value)
        cell.addElement(P(text=text))
        row.addElement(cell)
document.save(sys.argv[1])
seen = {engine: pandas.read_excel(sys.argv[1], engine=engine).values.tolist() for engine in ("odf", "calamine")}
print(seen)
assert seen["odf"] == [["Piscine", False], ["Gymnase", False]]
assert seen["calamine"] == [["Piscine", True], ["Gymnase", False]]
PYTHON
