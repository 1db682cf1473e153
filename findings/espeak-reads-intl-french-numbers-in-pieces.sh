#!/bin/sh
# What Intl.NumberFormat (CLDR) writes in French is not what the French voice of espeak-ng, the usual one of screen readers on
# Linux, can read: the narrow no-break space U+202F between groups makes two numbers of one, the minus U+2212 is said in
# English, a hyphen-minus before a digit and "<" are not said at all.
#
# Versions: espeak-ng 1.52.0 (espeakng-loader 0.2.4), the ICU of Node.js 20.
# Seen: 5701 as Intl writes it gives "s'E~k sEtsA~ 'W~" (five, seven hundred and one), where "5701" gives "sE~k mil sEtsA~ 'W~"
# (five thousand seven hundred and one); "−0,3 %" with U+2212 gives "(en)m'aIn@s(fr) …", "-0,3 %" and "0,3 %" the same sounds,
# and so do "< 16 %" and "16 %".
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" install --quiet --disable-pip-version-check espeakng-loader==0.2.4
node -e 'console.log(new Intl.NumberFormat("fr").format(5701))' > "$dir/number"
"$dir/venv/bin/python" - "$dir/number" <<'PYTHON'
import ctypes
import sys

import espeakng_loader

espeak = ctypes.cdll.LoadLibrary(espeakng_loader.get_library_path())
espeak.espeak_Initialize(1, 0, espeakng_loader.get_data_path().encode(), 0x8000)
espeak.espeak_Info.restype = ctypes.c_char_p
espeak.espeak_TextToPhonemes.restype = ctypes.c_char_p
print("espeak-ng", espeak.espeak_Info(None).decode())
assert espeak.espeak_SetVoiceByName(b"fr") == 0


def sounds(text):
    buffer = ctypes.create_string_buffer(text.encode())
    place, heard = ctypes.c_void_p(ctypes.addressof(buffer)), []
    while place.value:
        heard.append(espeak.espeak_TextToPhonemes(ctypes.byref(place), 1, 0).decode())
    heard = " ".join(heard).replace("_", "").replace(":", "").strip()
    print(repr(text), heard)
    return heard


number = open(sys.argv[1]).read().strip()
assert number == "5\u202f701", repr(number)
# five, seven hundred and one: the word for thousand is not said
assert "mil" not in sounds(number) and "mil" in sounds("5701")
assert sounds("\u22120,3 %").startswith("(en)")
assert sounds("-0,3 %") == sounds("0,3 %")
assert sounds("< 16 %") == sounds("16 %")
PYTHON
