//! How does a large CSV become a table as it comes, its memory bounded by the result?
//!
//! The first megabyte is read as a small file is: encoding, delimiter, titles, header, and how each column is read. A file
//! that ends before is not touched further: what is small is read exactly. Of the rest only the columns that steps need
//! are looked at; leading conditions drop rows as they come, and a grouping adds them up. The last lines wait for the end
//! of the file, where notes and totals stand.
//!
//! This crate is apart because it alone is compiled for speed, not for size.

mod accumulate;
mod condition;
mod fold;
mod number;
mod record;
mod rows;
mod stream;

pub use stream::{Stream, Streamed};
