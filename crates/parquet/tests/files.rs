//! Is what another writer wrote read, in every encoding and codec, whole or by ranges?
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "in a test a panic is the message"
)]

use std::sync::Arc;

use encart_parquet::{Answer, Asked, read};
use encart_table::expr::parse;
use parquet::basic::{Compression, Encoding, GzipLevel, ZstdLevel};
use parquet::data_type::{BoolType, ByteArrayType, DoubleType, FixedLenByteArrayType, FloatType, Int32Type, Int64Type};
use parquet::file::properties::{WriterProperties, WriterPropertiesBuilder, WriterVersion};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;

const SCHEMA: &str = "message m {
    required int64 id;
    optional binary commune (UTF8);
    optional double part;
    optional float taux;
    optional int32 jour (DATE);
    optional int64 moment (TIMESTAMP(MICROS,true));
    optional fixed_len_byte_array(5) montant (DECIMAL(10,3));
    required boolean actif;
    optional group mots (LIST) { repeated group list { optional binary element (UTF8); } }
    optional group lieu { optional int32 code; }
    optional fixed_len_byte_array(12) cle (INTERVAL);
}";

/// Some rows: a group of `n_rows` from `first` on. Every third commune is missing, every fourth share.
fn write_group(writer: &mut SerializedFileWriter<Vec<u8>>, first: i64, n_rows: i64) {
    let rows = || first..first + n_rows;
    let there = |every: i64| rows().map(|row| i16::from(row % every != 0)).collect::<Vec<_>>();
    let kept = |every: i64| rows().filter(move |row| row % every != 0);
    let mut group = writer.next_row_group().unwrap();
    macro_rules! column {
        ($kind:ty, $values:expr, $defined:expr, $repeated:expr) => {{
            let mut column = group.next_column().unwrap().unwrap();
            column.typed::<$kind>().write_batch(&$values, $defined, $repeated).unwrap();
            column.close().unwrap();
        }};
    }
    column!(Int64Type, rows().collect::<Vec<_>>(), None, None);
    let names: Vec<_> = kept(3).map(|row| format!("commune ; n° {}", row % 5).into_bytes().into()).collect();
    column!(ByteArrayType, names, Some(&there(3)), None);
    column!(DoubleType, kept(4).map(|row| row as f64 / 8.0).collect::<Vec<_>>(), Some(&there(4)), None);
    column!(FloatType, kept(4).map(|row| row as f32 / 10.0).collect::<Vec<_>>(), Some(&there(4)), None);
    column!(Int32Type, kept(2).map(|row| 19_783 + row as i32).collect::<Vec<_>>(), Some(&there(2)), None);
    column!(Int64Type, kept(2).map(|row| row * 3_600_000_000).collect::<Vec<_>>(), Some(&there(2)), None);
    let amounts: Vec<_> = kept(2).map(|row| (row * -1_500).to_be_bytes()[3..].to_vec().into()).collect();
    column!(FixedLenByteArrayType, amounts, Some(&there(2)), None);
    column!(BoolType, rows().map(|row| row % 2 == 0).collect::<Vec<_>>(), None, None);
    // a list of two words, a list of none, no list, a word that is missing
    let words: Vec<_> =
        rows().filter(|row| row % 4 == 0).flat_map(|_| [b"a;b".to_vec().into(), b"c".to_vec().into()]).collect();
    let defined: Vec<i16> =
        rows().flat_map(|row| [vec![3, 3], vec![1], vec![0], vec![2]][(row % 4) as usize].clone()).collect();
    let repeated: Vec<i16> =
        rows().flat_map(|row| [vec![0, 1], vec![0], vec![0], vec![0]][(row % 4) as usize].clone()).collect();
    column!(ByteArrayType, words, Some(&defined), Some(&repeated));
    let codes: Vec<i32> = kept(2).map(|row| 71_000 + row as i32).collect();
    column!(Int32Type, codes, Some(&rows().map(|row| if row % 2 != 0 { 2 } else { 0 }).collect::<Vec<_>>()), None);
    column!(FixedLenByteArrayType, Vec::new(), Some(&rows().map(|_| 0).collect::<Vec<_>>()), None);
    group.close().unwrap();
}

fn file(properties: WriterPropertiesBuilder, n_rows: [i64; 2]) -> Vec<u8> {
    let schema = Arc::new(parse_message_type(SCHEMA).unwrap());
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties.build())).unwrap();
    write_group(&mut writer, 0, n_rows[0]);
    write_group(&mut writer, n_rows[0], n_rows[1]);
    writer.into_inner().unwrap()
}

/// The line of a row, as it must come.
fn line(row: i64) -> String {
    let some = |every: i64, text: String| if row % every == 0 { String::new() } else { text };
    let day = encart_table::Period::from_day(19_783 + row as i32, encart_table::Grain::Day);
    let moment = encart_table::Period::from_day((row / 24) as i32, encart_table::Grain::Day);
    let hour = format!("T{:02}:00:00Z", row % 24);
    let padded = |number: f64| {
        let text = number.to_string();
        if text.split_once('.').is_some_and(|(_, decimals)| decimals.len() == 3) { text + "0" } else { text }
    };
    [
        row.to_string(),
        some(3, format!("\"commune ; n° {}\"", row % 5)),
        some(4, padded(row as f64 / 8.0)),
        some(4, padded(f64::from(row as u32) / 10.0)),
        some(2, encart_table::locale::write_iso(day)),
        some(2, encart_table::locale::write_iso(moment) + &hour),
        some(2, format!("-{}.{:03}0", row * 1_500 / 1_000, row * 1_500 % 1_000)),
        if row % 2 == 0 { "oui" } else { "non" }.to_string(),
        if row % 4 == 0 { "\"a;b, c\"" } else { "" }.to_string(),
        some(2, (71_000 + row).to_string()),
    ]
    .join(";")
}

const HEADER: &str =
    "\"id\";\"commune\";\"part\";\"taux\";\"jour\";\"moment\";\"montant\";\"actif\";\"mots\";\"lieu.code\"";

fn rows(asked: &Asked<'_>) -> Vec<String> {
    match read(asked).unwrap() {
        Answer::Rows { csv, .. } => csv.lines().map(str::to_string).collect(),
        needs => panic!("{needs:?}"),
    }
}

#[test]
fn every_codec_encoding_and_version_gives_the_same_rows() {
    let expected: Vec<String> = std::iter::once(HEADER.to_string()).chain((0..1_037).map(line)).collect();
    let none = || WriterProperties::builder();
    for (name, properties) in [
        ("as it comes", none()),
        ("Snappy", none().set_compression(Compression::SNAPPY)),
        ("GZIP", none().set_compression(Compression::GZIP(GzipLevel::default()))),
        ("ZSTD", none().set_compression(Compression::ZSTD(ZstdLevel::default()))),
        ("small pages", none().set_data_page_row_count_limit(100).set_write_batch_size(50)),
        ("plain", none().set_dictionary_enabled(false)),
        ("version 2", none().set_writer_version(WriterVersion::PARQUET_2_0)),
        (
            "version 2, no dictionary, ZSTD: differences and shared beginnings",
            none()
                .set_writer_version(WriterVersion::PARQUET_2_0)
                .set_dictionary_enabled(false)
                .set_compression(Compression::ZSTD(ZstdLevel::default())),
        ),
        (
            "lengths first, bytes split",
            none()
                .set_dictionary_enabled(false)
                .set_column_encoding("commune".into(), Encoding::DELTA_LENGTH_BYTE_ARRAY)
                .set_column_encoding("part".into(), Encoding::BYTE_STREAM_SPLIT)
                .set_column_encoding("taux".into(), Encoding::BYTE_STREAM_SPLIT),
        ),
    ] {
        let bytes = file(properties, [1_000, 37]);
        let asked = Asked { size: bytes.len() as u64, parts: vec![(0, &bytes)], ..Asked::default() };
        let found = rows(&asked);
        for (row, (found, expected)) in found.iter().zip(&expected).enumerate() {
            assert_eq!(found, expected, "{name}, line {row}");
        }
        assert_eq!(found.len(), expected.len(), "{name}");
        let Ok(Answer::Rows { notices, .. }) = read(&asked) else { panic!("{name}") };
        assert_eq!(notices.iter().map(|notice| notice.code).collect::<Vec<_>>(), ["parquet.left-out"], "{name}");
    }
}

/// Reads by ranges, as a page does; with how many bytes that took.
fn by_ranges(bytes: &[u8], columns: &[&str], condition: &str) -> (Vec<String>, usize) {
    let conditions = parse(condition).unwrap().terms().into_iter().flatten().collect();
    let columns = Some(columns.iter().map(|name| name.to_string()).collect());
    let mut asked = Asked { size: bytes.len() as u64, columns, conditions, parts: Vec::new() };
    let mut n_bytes = 0;
    while let Answer::Needs(ranges) = read(&asked).unwrap() {
        assert!(!ranges.is_empty());
        for (start, end) in ranges {
            asked.parts.push((start, &bytes[start as usize..end as usize]));
            n_bytes += (end - start) as usize;
        }
    }
    (rows(&asked), n_bytes)
}

/// Files of pyarrow 26, each the smallest of a kind that was read wrongly.
#[test]
fn files_of_other_writers() {
    for (situation, bytes, expected) in [
        // midnight of Paris is an hour of the day before: the reader of texts brings it back
        (
            "moments with a zone",
            &include_bytes!("data/moments-utc.parquet")[..],
            "\"jour\" | 2023-12-31T23:00:00Z | 2024-07-13T22:00:00Z",
        ),
        (
            "differences that wrap at 32 bits",
            include_bytes!("data/delta-int32.parquet"),
            "\"solde\" | -1500000000 | 1500000000 | 5",
        ),
        (
            "half floats and UUIDs",
            include_bytes!("data/demi-uuid.parquet"),
            "\"taux\";\"id\" | 0.5;00000000-0000-0000-0000-000000000001 | 12.25;00000000-0000-0000-0000-000000000002 | -3;00000000-0000-0000-0000-000000000003",
        ),
        (
            "shapes, and bytes that are no text",
            include_bytes!("data/geoparquet.parquet"),
            "\"nom\";\"geometry\" | Tournus;\"{\"\"type\"\":\"\"Point\"\",\"\"coordinates\"\":[4.91,46.56]}\" | Mâcon;\"{\"\"type\"\":\"\"Point\"\",\"\"coordinates\"\":[4.83,46.3]}\"",
        ),
        ("an empty table", include_bytes!("data/vide.parquet"), "\"v\";\"n\""),
        (
            "names of maps and structures, blanks in a name, a number too large",
            include_bytes!("data/noms.parquet"),
            "\"m.key\";\"m.value\";\"commande.item\";\"commande.list\";\"mots\";\" ref \";\"grand\" | a;1;1;x;a, b;1.10;1.5 | b;2;2;y;c;1.1;-1.0e20",
        ),
    ] {
        let asked = Asked { size: bytes.len() as u64, parts: vec![(0, bytes)], ..Asked::default() };
        assert_eq!(rows(&asked).join(" | "), expected, "{situation}");
    }
}

#[test]
fn of_a_large_file_only_what_matters_is_asked() {
    let schema = Arc::new(parse_message_type(SCHEMA).unwrap());
    let properties = Arc::new(WriterProperties::builder().set_dictionary_enabled(false).build());
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, properties).unwrap();
    (0..10).for_each(|group| write_group(&mut writer, group * 10_000, 10_000));
    let bytes = writer.into_inner().unwrap();
    let expected = |rows: std::ops::Range<i64>| -> Vec<String> {
        let cell = |row: i64| line(row).split(';').next().unwrap().to_string();
        std::iter::once("\"id\"".to_string()).chain(rows.map(cell)).collect()
    };
    let (found, n_bytes) = by_ranges(&bytes, &["id"], "1 == 1");
    assert_eq!(found, expected(0..100_000));
    assert!(n_bytes < bytes.len() / 4, "{n_bytes} of {}", bytes.len());
    // one group of ten may hold such a row
    let (found, n_few) = by_ranges(&bytes, &["id"], "id >= 42000 and id < 43000");
    assert_eq!(found, expected(40_000..50_000));
    assert!(n_few < n_bytes / 3, "{n_few} of {n_bytes}");
    // where a column is not there, all of them come: whoever asked is told what there is
    assert!(by_ranges(&bytes, &["id", "habitants"], "1 == 1").0[0].contains("commune"));
}

#[test]
fn a_damaged_file_is_said_to_be() {
    let bytes = file(WriterProperties::builder(), [20, 4]);
    let failure = |bytes: &[u8]| {
        let asked = Asked { size: bytes.len() as u64, parts: vec![(0, bytes)], ..Asked::default() };
        read(&asked).unwrap_err().code
    };
    assert_eq!(failure(b"PAR1"), "parquet.damaged");
    assert_eq!(failure(&bytes[..bytes.len() / 2]), "parquet.damaged");
    assert_eq!(failure(&[&bytes[..bytes.len() - 4], b"PARE"].concat()), "parquet.encrypted");
    // whatever byte is wrong, there are rows or a sentence, never a panic
    for (at, flip) in (4..bytes.len()).step_by(3).flat_map(|at| [(at, 0x5a), (at, 0x80)]) {
        let mut wrong = bytes.clone();
        wrong[at] ^= flip;
        let asked = Asked { size: wrong.len() as u64, parts: vec![(0, &wrong)], ..Asked::default() };
        match read(&asked) {
            Ok(_) => {}
            Err(notice) => assert!(notice.code.starts_with("parquet."), "{at}: {notice:?}"),
        }
    }
}
