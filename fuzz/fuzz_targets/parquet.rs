//! Any bytes as a Parquet file, whole, and by the ranges that the reader asks for.
#![no_main]

use encart_parquet::{Answer, Asked, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let size = data.len() as u64;
    let whole = read(&Asked { size, parts: vec![(0, data)], ..Asked::default() });
    let mut parts = Vec::new();
    // a reader that asks without end would be seen
    for round in 0.. {
        assert!(round < 10, "asked again and again");
        match read(&Asked { size, parts: parts.clone(), ..Asked::default() }) {
            Ok(Answer::Needs(ranges)) => {
                for (start, end) in ranges {
                    assert!(start < end && end <= size, "{start}-{end} of {size}");
                    parts.push((start, &data[start as usize..end as usize]));
                }
            }
            by_ranges => return assert_eq!(by_ranges, whole),
        }
    }
});
