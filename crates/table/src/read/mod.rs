//! The readers: each format becomes a table.

pub mod common;
pub mod csv;
mod details;
pub mod geojson;
pub mod json;
pub mod jsonstat;
mod known;
mod layout;
mod metadata;
mod quotes;
pub mod records;
pub mod topojson;
mod totals;

use crate::notice::Notice;
use crate::sniff::{self, Format};
use crate::table::Table;
use csv::{ReadOptions, read_csv};

/// Reads a file of any text format: CSV, JSON in all its forms, JSON lines. What it is, its bytes say; its name and its
/// content type are not believed. Workbooks, Parquet and compressed files are for others: here they are a notice.
///
/// ```
/// let (table, _) = encart_table::read::read(br#"{"results": [{"commune": "Tournus", "habitants": 5596}]}"#, &Default::default());
/// assert_eq!(table.names(), ["commune", "habitants"]);
/// ```
pub fn read(bytes: &[u8], options: &ReadOptions) -> (Table, Vec<Notice>) {
    match sniff::sniff_format(bytes) {
        Format::Json => json::read_json(&sniff::decode(bytes).0, None, options.zone),
        Format::Ndjson => json::read_ndjson(&sniff::decode(bytes).0, options.zone),
        _ => read_csv(bytes, options),
    }
}
