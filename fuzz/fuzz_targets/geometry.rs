//! Any GeoJSON and TopoJSON.
#![no_main]

use encart_fuzz::{assert_rectangle, text};
use encart_table::Json;
use encart_table::read::geojson::read_geojson;
use encart_table::read::topojson::read_topojson;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Ok(json) = Json::parse(&text(data), "file") {
        assert_rectangle(&read_geojson(&json, Default::default()).0);
        assert_rectangle(&read_topojson(&json, Default::default()).0);
    }
});
