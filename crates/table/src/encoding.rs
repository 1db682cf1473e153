//! Encodings: which bytes are which letters, and texts that were encoded twice or in parts.

use std::borrow::Cow;

/// How the bytes were written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// UTF-16, little-endian first byte pair.
    Utf16Le,
    /// UTF-16, big-endian.
    Utf16Be,
    /// Windows-1252, which holds Latin-1's letters.
    Windows1252,
    /// ISO-8859-15, which has a euro in the place of `¤`.
    Latin9,
    /// MacRoman, of old spreadsheets on a Mac.
    MacRoman,
    /// Code page 850, of programs older than Windows.
    Cp850,
    /// Lines in UTF-8 among lines in Windows-1252: files put one behind the other.
    Mixed,
}

impl Encoding {
    /// The name people know it by.
    pub fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 => "UTF-8",
            Encoding::Utf16Le | Encoding::Utf16Be => "UTF-16",
            Encoding::Windows1252 => "Windows-1252",
            Encoding::Latin9 => "ISO-8859-15",
            Encoding::MacRoman => "MacRoman",
            Encoding::Cp850 => "CP850",
            Encoding::Mixed => "UTF-8 + Windows-1252",
        }
    }
}

/// Windows-1252's letters for bytes 0x80 to 0x9F (WHATWG Encoding Standard, index-windows-1252).
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// The letters of bytes 0x80 to 0xFF in MacRoman (WHATWG Encoding Standard, index-macintosh).
const MAC_ROMAN: &str = "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬√ƒ≈∆«»…\u{a0}ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\u{f8ff}ÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ";

/// The same in code page 850 (Unicode's mapping CP850.TXT).
const CP850: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}";

/// Letters and what they are with a mark that stands behind them (Unicode, canonical composition): those of Europe's
/// languages in Latin script.
const COMPOSED: [(char, &str); 8] = [
    ('\u{300}', "AÀaàEÈeèIÌiìOÒoòUÙuù"),
    ('\u{301}', "AÁaáEÉeéIÍiíOÓoóUÚuúYÝyýCĆcćNŃnńSŚsśZŹzźRŔrŕLĹlĺ"),
    ('\u{302}', "AÂaâEÊeêIÎiîOÔoôUÛuûYŶyŷCĈcĉSŜsŝGĜgĝ"),
    ('\u{303}', "AÃaãIĨiĩOÕoõUŨuũNÑnñ"),
    ('\u{308}', "AÄaäEËeëIÏiïOÖoöUÜuüYŸyÿ"),
    ('\u{30a}', "AÅaåUŮuů"),
    ('\u{30c}', "EĚeěCČcčNŇnňSŠsšZŽzžRŘrřTŤtťDĎdďLĽlľ"),
    ('\u{327}', "CÇcçNŅnņSŞsşGĢgģRŖrŗTŢtţLĻlļ"),
];

/// The text of the bytes and the encoding they were taken for. Every byte string has a text.
pub fn decode(bytes: &[u8]) -> (String, Encoding) {
    let (text, encoding) = match bytes {
        [0xff, 0xfe, rest @ ..] => (decode_utf16(rest, u16::from_le_bytes), Encoding::Utf16Le),
        [0xfe, 0xff, rest @ ..] => (decode_utf16(rest, u16::from_be_bytes), Encoding::Utf16Be),
        // without a mark, UTF-16 of a European text has a zero in every second byte
        [first, 0, second, 0, ..] if *first != 0 && *second != 0 => {
            (decode_utf16(bytes, u16::from_le_bytes), Encoding::Utf16Le)
        }
        [0, first, 0, second, ..] if *first != 0 && *second != 0 => {
            (decode_utf16(bytes, u16::from_be_bytes), Encoding::Utf16Be)
        }
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => (text.to_string(), Encoding::Utf8),
            // cut in the middle of a letter: still UTF-8
            Err(error) if error.error_len().is_none() && error.valid_up_to() > 0 => {
                (whole_letters(bytes), Encoding::Utf8)
            }
            Err(_) => decode_bytes(bytes),
        },
    };
    // some producers write the mark twice
    let text = match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.trim_start_matches('\u{feff}').to_string(),
        None => text,
    };
    (text, encoding)
}

/// The letters before the one that is cut, and a mark for that one.
fn whole_letters(bytes: &[u8]) -> String {
    let n_whole = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
    let whole = bytes.get(..n_whole).and_then(|whole| std::str::from_utf8(whole).ok());
    [whole.unwrap_or_default(), "\u{fffd}"].concat()
}

/// The text of bytes that are UTF-8, or Windows-1252 without letters that other encodings have in their place; none when
/// they are no text, or one that must be mended.
pub fn plain_text(bytes: &[u8]) -> Option<(Cow<'_, str>, Encoding)> {
    let bytes = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(bytes);
    let first = bytes.iter().find(|byte| !byte.is_ascii_whitespace())?;
    let is_control = |byte: &u8| *byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r');
    if matches!(first, b'<' | b'{' | b'[' | b'%') || bytes.iter().any(is_control) {
        return None;
    }
    match std::str::from_utf8(bytes) {
        // letters in two parts, encoded twice, or lost
        Ok(text) => {
            let mut before = ' ';
            let is_odd = text.chars().any(|letter| {
                let is_double = !letter.is_ascii() && matches!(before, 'Ã' | 'Â' | 'â');
                before = letter;
                is_double || matches!(letter, '\u{300}'..='\u{36f}' | '\u{fffd}' | '\u{feff}')
            });
            (!is_odd).then_some((Cow::Borrowed(text), Encoding::Utf8))
        }
        Err(_) => {
            let is_doubtful = |pair: &[u8]| match pair {
                [0x80 | 0x92, _] => false,
                [0x80..=0x9f, _] | [0xa4, _] => true,
                // a letter of UTF-8
                [0xc2..=0xf4, 0x80..=0xbf] => true,
                _ => false,
            };
            let is_odd = bytes.windows(2).any(is_doubtful) || bytes.last().is_some_and(|byte| !byte.is_ascii());
            (!is_odd).then(|| (bytes.iter().map(|byte| letter(*byte)).collect(), Encoding::Windows1252))
        }
    }
}

/// The text of one cell: UTF-8, else Windows-1252.
pub fn decode_cell(cell: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(cell) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => Cow::Owned(cell.iter().map(|byte| letter(*byte)).collect()),
    }
}

pub(crate) fn letter(byte: u8) -> char {
    match byte {
        0x80..=0x9f => WINDOWS_1252.get(usize::from(byte - 0x80)).copied().unwrap_or('\u{fffd}'),
        _ => char::from(byte),
    }
}

/// The text of UTF-16, whose pairs of bytes `unit` reads in their order; what is no letter becomes U+FFFD.
pub fn decode_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks(2).map(|pair| match pair {
        [first, second] => unit([*first, *second]),
        _ => 0xfffd,
    });
    char::decode_utf16(units).map(|letter| letter.unwrap_or('\u{fffd}')).collect()
}

/// The text of bytes that are no UTF-8: of the encodings of one byte a letter, the one that makes French words of them.
fn decode_bytes(bytes: &[u8]) -> (String, Encoding) {
    let is_line_mark = |byte: &u8| *byte == b'\n';
    // files in both, one behind the other
    let is_utf8 = |line: &[u8]| !line.is_ascii() && std::str::from_utf8(line).is_ok();
    if bytes.split(is_line_mark).any(is_utf8) {
        let lines: Vec<Cow<'_, str>> = bytes.split(is_line_mark).map(decode_cell).collect();
        return (lines.join("\n"), Encoding::Mixed);
    }
    type Letters = fn(u8) -> char;
    let tables: [(Encoding, Letters); 3] =
        [(Encoding::Windows1252, letter), (Encoding::MacRoman, mac_roman), (Encoding::Cp850, cp850)];
    let mut best = (i64::MIN, Encoding::Windows1252, letter as Letters);
    // where the others have their accents, Windows has signs; those of ordinary texts are two
    let may_be_other = bytes.iter().any(|byte| matches!(byte, 0x81..=0x91 | 0x93..=0x9f));
    let n_tables = if may_be_other { tables.len() } else { 1 };
    for (encoding, letter_of) in tables.into_iter().take(n_tables) {
        let score = french_score(bytes, letter_of);
        if score > best.0 {
            best = (score, encoding, letter_of);
        }
    }
    let (_, mut encoding, letter_of) = best;
    let mut text: String = bytes.iter().map(|byte| letter_of(*byte)).collect();
    if encoding == Encoding::Windows1252
        && bytes.contains(&0xa4)
        && !bytes.iter().any(|byte| (0x80..0xa0).contains(byte))
    {
        encoding = Encoding::Latin9;
        text = text.replace('¤', "€").replace('½', "œ").replace('¼', "Œ").replace('¾', "Ÿ");
    }
    (text, encoding)
}

fn mac_roman(byte: u8) -> char {
    of_table(MAC_ROMAN, byte)
}

fn cp850(byte: u8) -> char {
    of_table(CP850, byte)
}

fn of_table(table: &str, byte: u8) -> char {
    match byte.checked_sub(0x80) {
        Some(idx) => table.chars().nth(usize::from(idx)).unwrap_or('\u{fffd}'),
        None => char::from(byte),
    }
}

/// How far the letters of an encoding make French of bytes: accents within words speak for it, signs within words against.
fn french_score(bytes: &[u8], letter_of: fn(u8) -> char) -> i64 {
    const MOST: usize = 4000;
    let is_letter = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphabetic);
    let is_small = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_lowercase);
    let high = bytes.iter().enumerate().filter(|(_, byte)| !byte.is_ascii()).take(MOST);
    let score = |(idx, byte): (usize, &u8)| {
        let (before, after) = (idx.checked_sub(1).and_then(|idx| bytes.get(idx)), bytes.get(idx + 1));
        match letter_of(*byte) {
            'é' | 'è' | 'ê' | 'à' | 'ç' | 'ô' if is_letter(before) || is_letter(after) => 2,
            'â' | 'î' | 'û' | 'ù' | 'ï' | 'œ' if is_letter(before) => 2,
            'â' | 'î' | 'û' | 'ù' | 'ï' | 'œ' | 'ë' if is_letter(before) || is_letter(after) => 1,
            'É' | 'È' | 'Ê' | 'À' | 'Â' | 'Ç' | 'Î' | 'Ô' | 'Œ' if is_small(before) => -2,
            'É' | 'È' | 'Ê' | 'À' | 'Â' | 'Ç' | 'Î' | 'Ô' | 'Œ' if is_letter(after) || is_letter(before) => 2,
            '’' | '‘' if is_letter(before) => 1,
            '€' | '°' | '«' | '»' | '²' | '³' | '–' | '…' | '\u{a0}' => {
                i64::from(!(is_letter(before) && is_letter(after)))
            }
            _ if is_letter(before) && is_letter(after) => -1,
            _ => 0,
        }
    };
    high.map(score).sum()
}

/// A text whose letters were read as Windows-1252 and written in UTF-8 once more (`Ã‰vry`), mended; none when a sequence
/// of its letters is no UTF-8.
pub(crate) fn undo_double_encoding(text: &str) -> Option<String> {
    if !text.contains(['Ã', 'Â', 'â']) {
        return None;
    }
    let (mut mended, mut run, mut is_double) = (String::with_capacity(text.len()), Vec::new(), false);
    for letter in text.chars().chain([' ']) {
        if !letter.is_ascii() {
            run.push(byte_of(letter)?);
            continue;
        }
        if !run.is_empty() {
            mended.push_str(std::str::from_utf8(&run).ok()?);
            is_double = true;
            run.clear();
        }
        mended.push(letter);
    }
    mended.pop();
    is_double.then_some(mended)
}

/// The byte of a letter in Windows-1252.
fn byte_of(letter: char) -> Option<u8> {
    let byte = u8::try_from(u32::from(letter)).ok();
    byte.filter(|byte| !(0x80..0xa0).contains(byte) || crate::encoding::letter(*byte) == letter).or_else(|| {
        let idx = WINDOWS_1252.iter().position(|other| *other == letter)?;
        Some(0x80 + idx as u8)
    })
}

/// The text with each letter and its mark as one (Unicode's form NFC): `e` and a combining acute accent are `é`.
pub(crate) fn compose(text: String) -> String {
    let is_mark = |letter: char| ('\u{300}'..'\u{370}').contains(&letter);
    // a mark is written with 0xCC or 0xCD first
    if !text.bytes().any(|byte| matches!(byte, 0xcc | 0xcd)) {
        return text;
    }
    let mut composed = String::with_capacity(text.len());
    for letter in text.chars() {
        let whole = composed.chars().next_back().filter(|_| is_mark(letter)).and_then(|base| {
            let (_, pairs) = COMPOSED.iter().find(|(mark, _)| *mark == letter)?;
            let mut pairs = pairs.chars();
            while let (Some(of), Some(whole)) = (pairs.next(), pairs.next()) {
                if of == base {
                    return Some(whole);
                }
            }
            None
        });
        if let Some(whole) = whole {
            composed.pop();
            composed.push(whole);
        } else {
            composed.push(letter);
        }
    }
    composed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_encoding_is_found() {
        for (bytes, text, encoding) in [
            (&b"caf\xc3\xa9"[..], "café", Encoding::Utf8),
            (b"\xef\xbb\xbfcaf\xc3\xa9", "café", Encoding::Utf8),
            (b"\xef\xbb\xbf\xef\xbb\xbfcaf\xc3\xa9", "café", Encoding::Utf8),
            (b"caf\xe9 \x80 \x92 \x9c", "café € ’ œ", Encoding::Windows1252),
            (b"\xff\xfec\0a\0f\0\xe9\0", "café", Encoding::Utf16Le),
            (b"\xfe\xff\0c\0a\0f\0\xe9", "café", Encoding::Utf16Be),
            (b"c\0a\0f\0\xe9\0", "café", Encoding::Utf16Le),
            (b"\x83vry M\x89con Saint-\x83tienne", "Évry Mâcon Saint-Étienne", Encoding::MacRoman),
            (b"Orl\x82ans, \x90vry, l\x85", "Orléans, Évry, là", Encoding::Cp850),
            (b"12 \xa4, caf\xe9", "12 €, café", Encoding::Latin9),
            (b"M\xc3\xa2con\nM\xe2con", "Mâcon\nMâcon", Encoding::Mixed),
            (b"\xc9vry, l\x92eau, PR\xc9S", "Évry, l’eau, PRÉS", Encoding::Windows1252),
            (b"coupe: caf\xc3", "coupe: caf\u{fffd}", Encoding::Utf8),
        ] {
            assert_eq!(decode(bytes), (text.to_string(), encoding));
        }
    }

    #[test]
    fn letters_encoded_twice_are_mended() {
        for (text, mended) in [
            ("Ã‰vry", Some("Évry")),
            ("MÃ¢con (â‚¬)", Some("Mâcon (€)")),
            ("lÃ\u{a0} et lÃ\u{a0}", Some("là et là")),
            ("SÃO PAULO", None),
            ("Mâcon", None),
            ("Mâcon MÃ¢con", None),
            ("plain", None),
        ] {
            assert_eq!(undo_double_encoding(text).as_deref(), mended, "{text}");
        }
    }

    #[test]
    fn marks_are_composed_with_their_letters() {
        for (text, composed) in [
            ("Ma\u{302}con", "Mâcon"),
            ("E\u{301}vry", "Évry"),
            ("franc\u{327}ais", "français"),
            ("x\u{301}", "x\u{301}"),
            ("déjà", "déjà"),
        ] {
            assert_eq!(compose(text.to_string()), composed, "{text}");
        }
    }
}
