//! Any bytes as a workbook or an archive; any XML in the places of a workbook.
#![no_main]

use std::io::{Cursor, Write};

use encart_fuzz::{parts, text};
use libfuzzer_sys::fuzz_target;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// An archive of these files, not compressed.
fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, bytes) in files {
        zip.start_file(*name, options).expect("a name that a ZIP can have");
        zip.write_all(bytes).expect("memory can be written");
    }
    zip.finish().expect("memory can be written").into_inner()
}

fuzz_target!(|data: &[u8]| {
    let _ = encart_sheet::read(data, None);
    let [form, first, second, third, wanted] = parts(data);
    let bytes = match form {
        b"ods" => archive(&[("content.xml", first)]),
        b"xlsx" => archive(&[
            ("[Content_Types].xml", b""),
            ("xl/workbook.xml", br#"<workbook><sheets><sheet name="Feuille" r:id="rId1"/></sheets></workbook>"#),
            ("xl/_rels/workbook.xml.rels", br#"<Relationships><Relationship Id="rId1" Type="worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#),
            ("xl/worksheets/sheet1.xml", first),
            ("xl/sharedStrings.xml", second),
            ("xl/styles.xml", third),
        ]),
        b"book" => archive(&[("[Content_Types].xml", b""), ("xl/workbook.xml", first), ("xl/_rels/workbook.xml.rels", second), ("xl/worksheets/sheet1.xml", third)]),
        b"zip" => archive(&[("un.csv", first), ("deux.json", second)]),
        _ => return,
    };
    let _ = encart_sheet::read(&bytes, None);
    let _ = encart_sheet::read(&bytes, Some(&text(wanted)));
});
