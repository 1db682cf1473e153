#!/bin/sh
# A CSV of datasette holds the first page of a table, and nothing in the answer says so: no header Link, no count, no last
# line. The JSON of the same table has all of them. Whoever reads the address of the CSV sees a hundred rows of any number.
#
# Versions: datasette 0.65.5, sqlite-utils 4.2.1.
# Seen: 250 rows in the table; 100 lines and no Link in communes.csv; Link rel="next" with communes.json?_shape=array;
# 250 lines with communes.csv?_stream=on.
set -eu
dir=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server"; rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check datasette==0.65.5 sqlite-utils==4.2.1
cd "$dir"
"$dir/venv/bin/python" -c 'import json; print(json.dumps([{"code": f"{n:05}", "population": n} for n in range(250)]))' > rows.json
"$dir/venv/bin/sqlite-utils" insert communes.db communes rows.json --pk code > /dev/null
"$dir/venv/bin/datasette" serve communes.db --port 8417 > log 2>&1 &
server=$!
"$dir/venv/bin/python" - <<'PYTHON'
import json
import time
from urllib.error import URLError
from urllib.request import urlopen


def ask(name):
    for _ in range(200):
        try:
            with urlopen("http://127.0.0.1:8417/communes/" + name) as answer:
                return answer.headers, answer.read().decode()
        except URLError:
            time.sleep(0.1)
    raise SystemExit("datasette does not answer")


headers, body = ask("communes.csv")
print("communes.csv:", len(body.splitlines()) - 1, "rows, Link:", headers["Link"])
assert len(body.splitlines()) - 1 == 100 and headers["Link"] is None and "next" not in str(headers).lower()
headers, body = ask("communes.json?_shape=array")
print("communes.json?_shape=array:", len(json.loads(body)), "rows, Link:", headers["Link"])
assert len(json.loads(body)) == 100 and 'rel="next"' in headers["Link"]
headers, body = ask("communes.csv?_stream=on")
print("communes.csv?_stream=on:", len(body.splitlines()) - 1, "rows")
assert len(body.splitlines()) - 1 == 250
PYTHON
