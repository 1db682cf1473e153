//! Any bytes as a file of figures: read whole, by pieces, and sent from a worker to its page.
#![no_main]

use encart_fuzz::assert_rectangle;
use encart_stream::Stream;
use encart_table::read::common::read_common;
use encart_table::read::csv::ReadOptions;
use encart_table::read::read;
use encart_table::read_csv;
use encart_table::sniff::{Format, sniff_format};
use encart_table::wire::{Parcel, read_parcel, write_parcel};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let options = ReadOptions::default();
    let (table, notices) = read(bytes, &options);
    assert_rectangle(&table);
    // what begins as a picture does and is plain text all the same is read as the text that it is
    if let Some(common) = read_common(bytes, &options).filter(|_| sniff_format(bytes) != Format::Binary) {
        assert_eq!(common, read_csv(bytes, &options));
    }
    let mut stream = Stream::new(options, &[], 0, None, 1_000);
    bytes.chunks(97).for_each(|piece| stream.push(piece));
    assert_rectangle(&stream.finish().table);
    let bytes_sent = write_parcel(&Parcel { prepared: table.into(), notices, ..Parcel::default() });
    assert!(read_parcel(&bytes_sent).is_some_and(|parcel| write_parcel(&parcel) == bytes_sent));
    // nothing that is no parcel ends the page either
    let _ = read_parcel(bytes);
});
