//! Is a workbook read as the eye reads its sheet? One sheet, one expected CSV.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "in a test a panic is the message")]

use std::io::{Cursor, Write};

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

type Outcome = Result<(), Box<dyn std::error::Error>>;
type Fill<'a> = &'a dyn Fn(&mut Worksheet) -> Outcome;

/// A workbook whose sheets are filled one after the other.
fn workbook(fills: &[(&str, Fill<'_>)]) -> Vec<u8> {
    let mut book = Workbook::new();
    for (name, fill) in fills {
        let sheet = book.add_worksheet();
        sheet.set_name(*name).unwrap();
        fill(sheet).unwrap();
    }
    book.save_to_buffer().unwrap()
}

/// What the one sheet gives, its rows on one line.
fn written(fill: Fill<'_>) -> String {
    let sheet = encart_sheet::read(&workbook(&[("Feuille1", fill)]), None).unwrap();
    assert_eq!(sheet.notices, []);
    sheet.csv.trim_end().replace('\n', " | ")
}

#[test]
fn numbers_are_written_with_all_their_digits_and_what_their_format_shows() {
    for (number, format, expected) in [
        (1234.5, "General", "1234.5"),
        // three decimals are never taken for thousands
        (1.234, "0.000", "1.2340"),
        (0.1 + 0.2, "General", "0.3"),
        (21_710_001_200_014.0, "0", "21710001200014"),
        (-3.0, "#,##0;[Red]-#,##0", "-3"),
        (0.125, "0.0%", "12.5 %"),
        (12.5, "0.0\"%\"", "12.5 %"),
        (1250.5, "#,##0.00 €", "1250.5 €"),
        (1250.5, "_-* #,##0.00 [$€-40C]_-;-* #,##0.00 [$€-40C]_-", "1250.5 €"),
    ] {
        let fill = |sheet: &mut Worksheet| -> Outcome {
            sheet.write_number_with_format(0, 0, number, &Format::new().set_num_format(format))?;
            sheet.write(0, 1, "x")?;
            Ok(())
        };
        assert_eq!(written(&fill), format!("{expected};x"), "{format}");
    }
}

#[test]
fn dates_are_of_the_grain_that_their_format_shows() {
    for (moment, format, expected) in [
        ("2024-03-01", "dd/mm/yyyy", "2024-03-01"),
        ("2024-03-01", "mmm-yy", "2024-03"),
        ("2024-03-01", "yyyy", "2024"),
        ("2024-03-01T10:30:00", "dd/mm/yyyy hh:mm", "2024-03-01T10:30"),
        // before the day that never was (29 February 1900) and after it
        ("1900-02-28", "dd/mm/yyyy", "1900-02-28"),
        ("1900-03-01", "dd/mm/yyyy", "1900-03-01"),
    ] {
        let fill = |sheet: &mut Worksheet| -> Outcome {
            let moment = ExcelDateTime::parse_from_str(moment)?;
            sheet.write_datetime_with_format(0, 0, &moment, &Format::new().set_num_format(format))?;
            sheet.write(0, 1, "x")?;
            Ok(())
        };
        assert_eq!(written(&fill), format!("{expected};x"), "{format}");
    }
}

#[test]
fn rows_keep_their_numbers_and_cells_their_text() {
    let fill = |sheet: &mut Worksheet| -> Outcome {
        sheet.write(1, 0, "Subventions 2024")?;
        sheet.write(3, 0, "commune")?.write(3, 1, "objet")?.write(3, 2, "payé")?;
        sheet.write(4, 0, "Tournus")?.write(4, 1, "sport ; \"jeunes\"\net aînés")?.write(4, 2, true)?;
        sheet.write(5, 0, "01053")?.write(5, 1, "n.d.")?.write(5, 2, false)?;
        Ok(())
    };
    let expected = ";; | Subventions 2024;; | ;; | commune;objet;payé | Tournus;\"sport ; \"\"jeunes\"\" et aînés\";oui | 01053;n.d.;non";
    assert_eq!(written(&fill), expected);
}

#[test]
fn a_cell_far_away_does_not_widen_the_table() {
    let bytes = workbook(&[("Feuille1", &|sheet: &mut Worksheet| {
        table(sheet)?;
        sheet.write(2, 16_383, "perdu")?;
        Ok(())
    })]);
    let sheet = encart_sheet::read(&bytes, None).unwrap();
    assert_eq!(sheet.csv, "c0;0\nc1;1\nc2;2\nc3;3\n");
    assert_eq!(sheet.notices.first().unwrap().code, "sheet.far");
}

#[test]
fn cells_merged_down_a_column_all_say_what_the_first_says() {
    let fill = |sheet: &mut Worksheet| -> Outcome {
        sheet.merge_range(0, 0, 0, 2, "Titre sur trois colonnes", &Format::new())?;
        sheet.write(1, 0, "an")?.write(1, 1, "poste")?.write(1, 2, "montant")?;
        sheet.merge_range(2, 0, 3, 0, "2024", &Format::new())?;
        sheet.write(2, 1, "école")?.write(2, 2, 12)?.write(3, 1, "voirie")?.write(3, 2, 8)?;
        Ok(())
    };
    assert_eq!(written(&fill), "Titre sur trois colonnes;; | an;poste;montant | 2024;école;12 | 2024;voirie;8");
}

fn table(sheet: &mut Worksheet) -> Outcome {
    for row in 0..4 {
        sheet.write(row, 0, format!("c{row}"))?.write(row, 1, row)?;
    }
    Ok(())
}

#[test]
fn the_sheet_that_is_named_else_the_first_with_a_table() {
    let words = |sheet: &mut Worksheet| -> Outcome {
        sheet.write(0, 0, "À lire : ce classeur …")?;
        Ok(())
    };
    let hidden = |sheet: &mut Worksheet| -> Outcome {
        sheet.set_hidden(true);
        table(sheet)
    };
    let bytes = workbook(&[("Lisez-moi", &words), ("Calculs", &hidden), ("Recettes", &table), ("Dépenses", &table)]);
    let read = |wanted| encart_sheet::read(&bytes, wanted);
    let first = read(None).unwrap();
    assert!(first.csv.starts_with("c0;0\n"), "{}", first.csv);
    assert_eq!(first.notices.first().unwrap().code, "sheet.others");
    assert!(
        first.notices.first().unwrap().words.fr.contains("« Recettes » est lue ; il y a aussi : Lisez-moi, Dépenses")
    );
    assert_eq!(read(Some("depenses")).unwrap().notices, []);
    assert!(read(Some("Calculs")).unwrap().csv.starts_with("c0;0\n"));
    let failure = read(Some("Depense")).unwrap_err();
    assert_eq!(failure.code, "sheet.unknown");
    assert!(failure.words.fr.contains("Vouliez-vous dire « Dépenses » ?"), "{}", failure.words.fr);
    assert_eq!(encart_sheet::read(&workbook(&[("Vide", &|_| Ok(()))]), None).unwrap_err().code, "sheet.empty");
}

#[test]
fn what_is_no_workbook_says_so() {
    let whole = workbook(&[("Feuille1", &table)]);
    let cut = whole.get(..whole.len() / 2).unwrap();
    for bytes in [cut, b"PK\x03\x04", b"", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"a;b\n1;2\n"] {
        assert_eq!(encart_sheet::read(bytes, None).unwrap_err().code, "sheet.damaged");
    }
}

/// A workbook as LibreOffice writes it: the kind first and not compressed, then the cells with their types.
fn ods(rows: &str) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let content = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3"><office:body><office:spreadsheet><table:table table:name="Feuille1">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"#
    );
    let manifest = r#"<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>"#;
    for (name, text, options) in [
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet", stored),
        ("content.xml", content.as_str(), SimpleFileOptions::default()),
        ("META-INF/manifest.xml", manifest, SimpleFileOptions::default()),
    ] {
        zip.start_file(name, options).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn a_workbook_of_libreoffice_is_read() {
    let text = |text: &str| {
        format!(r#"<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>"#)
    };
    let rows = [
        [text("jour"), text("part"), text("montant")],
        [
            r#"<table:table-cell office:value-type="date" office:date-value="2024-03-01"><text:p>01/03/24</text:p></table:table-cell>"#.to_string(),
            r#"<table:table-cell office:value-type="percentage" office:value="0.125"><text:p>12,5 %</text:p></table:table-cell>"#.to_string(),
            r#"<table:table-cell office:value-type="currency" office:currency="EUR" office:value="1250.5"><text:p>1 250,50 €</text:p></table:table-cell>"#.to_string(),
        ],
    ];
    let rows: String =
        rows.iter().map(|cells| format!("<table:table-row>{}</table:table-row>", cells.concat())).collect();
    let sheet = encart_sheet::read(&ods(&rows), None).unwrap();
    assert_eq!(sheet.csv.trim_end().replace('\n', " | "), "jour;part;montant | 2024-03-01;12.5 %;1250.5 €");
}

/// A cell of OpenDocument: its type and value, and its words.
fn cell(kind: &str, value: &str, words: &str) -> String {
    let name = if kind == "date" { "date-value" } else { "value" };
    format!(
        r#"<table:table-cell office:value-type="{kind}" office:{name}="{value}"><text:p>{words}</text:p></table:table-cell>"#
    )
}

#[test]
fn cells_of_opendocument_say_what_they_show() {
    for (situation, cell, expected) in [
        ("thousands", cell("float", "1234567", "1 235 k€"), "1234.5670 k€"),
        ("a unit that scales nothing", cell("float", "1235", "1 235 k€"), "1235 k€"),
        ("a code", cell("float", "1001", "01001"), "01001"),
        ("a telephone", cell("float", "385512233", "03 85 51 22 33"), "0385512233"),
        ("a number", cell("float", "12.5", "12,5"), "12.5"),
        ("a text of an attribute", r#"<table:table-cell office:value-type="string" office:string-value="Tournus"/>"#.to_string(), "Tournus"),
        ("under a merged cell", r#"<table:covered-table-cell><text:p>caché</text:p></table:covered-table-cell>"#.to_string(), ""),
        (
            "beside a drawing",
            r#"<table:table-cell office:value-type="string"><draw:frame><draw:text-box><text:p>bulle</text:p></draw:text-box></draw:frame><text:p>Mâcon</text:p></table:table-cell>"#.to_string(),
            "Mâcon",
        ),
    ] {
        let rows = format!(
            r#"<table:table-row><table:table-cell office:value-type="string"><text:p>a</text:p></table:table-cell>{cell}</table:table-row>"#
        )
        // the test's file knows no prefix of drawings
        .replace("draw:", "text:");
        let sheet = encart_sheet::read(&ods(&rows), None).unwrap();
        let line = sheet.csv.trim_end();
        assert_eq!(line.split_once(';').map_or("", |(_, cell)| cell), expected, "{situation}");
    }
}

#[test]
fn a_row_is_repeated_as_often_as_it_says() {
    let row =
        format!(r#"<table:table-row table:number-rows-repeated="12000">{}</table:table-row>"#, cell("float", "5", "5"));
    assert_eq!(encart_sheet::read(&ods(&row), None).unwrap().csv.lines().count(), 12_000);
}

#[test]
fn an_amount_of_several_rows_is_counted_once_and_a_label_fills_them() {
    let fill = |sheet: &mut Worksheet| -> Outcome {
        sheet.write(0, 0, "service")?.write(0, 1, "an")?.write(0, 2, "poste")?.write(0, 3, "total")?;
        for (row, poste) in ["a", "b", "c"].iter().enumerate() {
            sheet.write(row as u32 + 1, 2, *poste)?;
        }
        sheet.merge_range(1, 0, 3, 0, "Voirie", &Format::new())?;
        sheet.merge_range(1, 1, 3, 1, "", &Format::new())?;
        sheet.write(1, 1, 2024)?;
        sheet.merge_range(1, 3, 3, 3, "", &Format::new())?;
        sheet.write(1, 3, 100)?;
        Ok(())
    };
    assert_eq!(written(&fill), "service;an;poste;total | Voirie;2024;a;100 | Voirie;2024;b; | Voirie;2024;c;");
}

#[test]
fn the_table_of_an_archive_is_read() {
    let archive = |files: &[(&str, &[u8])]| {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    };
    let two = archive(&[
        ("a.csv", b"a;b\n1;2\n"),
        ("dossier/b.csv", b"a;b\n3;caf\xe9\n5;6\n"),
        ("lisez-moi.pdf", b"%PDF-1.7"),
    ]);
    let (one, other) = (&b"a;b\n1;2\n"[..], &b"a;b\n3;caf\xe9\n5;6\n"[..]);
    for (wanted, file) in [(None, other), (Some("a.csv"), one), (Some("b.csv"), other)] {
        let sheet = encart_sheet::read(&two, wanted).unwrap();
        assert_eq!(sheet.file.as_deref(), Some(file));
        assert_eq!(sheet.notices.first().unwrap().code, "zip.file");
    }
    for (bytes, wanted, code) in
        [(archive(&[("lisez-moi.pdf", b"%PDF-1.7")]), None, "zip.no-table"), (two, Some("c.csv"), "zip.unknown")]
    {
        let refused = encart_sheet::read(&bytes, wanted).unwrap_err();
        assert_eq!(refused.code, code);
        assert!(refused.words.fr.contains("lisez-moi.pdf"), "{refused:?}");
    }
}

#[test]
fn a_sheet_of_cells_far_away_on_each_row_is_refused_with_a_sentence() {
    let fill = |sheet: &mut Worksheet| -> Outcome {
        for row in 0..1_300 {
            sheet.write(row, 0, "x")?.write(row, 16_383, "y")?;
        }
        Ok(())
    };
    let said = encart_sheet::read(&workbook(&[("Feuille1", &fill)]), None).unwrap_err();
    assert_eq!(said.code, "sheet.too-large");
    assert!(said.words.fr.contains("Effacez ce qui est loin du tableau"));
}
