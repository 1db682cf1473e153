//! Any text as JSON: what is read is written and read again as the same; every form of a table in JSON.
#![no_main]

use encart_fuzz::{assert_rectangle, parts, text};
use encart_table::Json;
use encart_table::read::json::{read_json, read_ndjson};
use encart_table::read::jsonstat::read_jsonstat;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let [file, path] = parts(data).map(text);
    let path = Some(path.as_str()).filter(|path| !path.is_empty());
    assert_rectangle(&read_json(&file, path, Default::default()).0);
    assert_rectangle(&read_ndjson(&file, Default::default()).0);
    if let Ok(json) = Json::parse(&file, "file") {
        assert_rectangle(&read_jsonstat(&json, Default::default()).0);
        assert_eq!(Json::parse(&json.write(), "file").ok(), Some(json));
    }
});
