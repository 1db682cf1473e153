#!/bin/sh
# In JSON-stat 2.0 a dimension with one category may leave `category.index` out; pyjstat raises KeyError on such a dataset,
# where the format's own toolkit reads it.
#
# Versions: pyjstat 2.4.0, jsonstat-toolkit 2.2.2.
# Seen: `"unite": {"category": {"label": {"EUR": "euros"}}}` is a dimension of size 1. pyjstat: KeyError: 0; the toolkit:
# four values, in their order.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cat > "$dir/dataset.json" <<'JSON'
{"version": "2.0", "class": "dataset", "id": ["annee", "zone", "unite"], "size": [2, 2, 1],
 "dimension": {"annee": {"category": {"index": ["2020", "2021"]}},
               "zone": {"category": {"index": ["A", "B"], "label": {"A": "Autun", "B": "Beaune"}}},
               "unite": {"category": {"label": {"EUR": "euros"}}}},
 "value": [1, 2, 3, 4]}
JSON
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check pyjstat==2.4.0
"$dir/venv/bin/python" - "$dir/dataset.json" <<'PYTHON'
import sys

from pyjstat import pyjstat

text = open(sys.argv[1]).read()
try:
    pyjstat.Dataset.read(text).write("dataframe")
    raise AssertionError("pyjstat reads it now")
except KeyError as error:
    print("pyjstat: KeyError:", error)
# with the index that it may leave out, it is read
whole = text.replace('{"label": {"EUR": "euros"}}', '{"index": ["EUR"], "label": {"EUR": "euros"}}')
values = pyjstat.Dataset.read(whole).write("dataframe")["value"].tolist()
print("pyjstat, with an index:", values)
assert values == [1, 2, 3, 4]
PYTHON
cd "$dir"
npm install --silent --no-audit --no-fund jsonstat-toolkit@2.2.2 > /dev/null
node --input-type=module -e '
  import { createRequire } from "node:module";
  const require = createRequire(process.cwd() + "/");
  const toolkit = await import(require.resolve("jsonstat-toolkit"));
  const JSONstat = toolkit.default ?? toolkit;
  const { readFileSync } = await import("node:fs");
  const dataset = JSONstat(JSON.parse(readFileSync("dataset.json", "utf8")));
  const values = dataset.Data().map(({ value }) => value);
  console.log("jsonstat-toolkit:", values);
  if (JSON.stringify(values) !== "[1,2,3,4]") process.exit(1);
'
