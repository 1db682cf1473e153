//! What the fuzz targets share: how an input is cut in parts, and what no output may hold.

use encart_chart::Env;
use encart_table::{Period, Table};

/// What stands between the parts of an input: a byte that no file of ours holds (U+001E, record separator).
pub const SEPARATOR: u8 = 0x1e;

/// The parts of an input; those that are lacking are empty.
pub fn parts<const N: usize>(data: &[u8]) -> [&[u8]; N] {
    let mut cut = data.splitn(N, |byte| *byte == SEPARATOR);
    std::array::from_fn(|_| cut.next().unwrap_or_default())
}

/// A part as a text.
pub fn text(part: &[u8]) -> String {
    String::from_utf8_lossy(part).into_owned()
}

/// A place of this width on a page, in 2026.
pub fn env(width: f64) -> Env {
    Env::new(width, Period::year(2026))
}

/// A table is a rectangle.
pub fn assert_rectangle(table: &Table) {
    assert!(table.columns.iter().all(|column| column.n_rows() == table.n_rows()), "columns of several lengths");
}

/// Markup of ours holds no script of theirs.
pub fn assert_inert(html: &str) {
    let lower = html.to_ascii_lowercase();
    for wrong in
        ["<script", "<iframe", "<object", "href=\"javascript:", "src=\"javascript:", " onerror=\"", " onclick=\""]
    {
        assert!(!lower.contains(wrong), "{wrong} in {html}");
    }
}
