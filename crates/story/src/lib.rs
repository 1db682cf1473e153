//! How do figures become something understood? Sentences that stay true, key figures, tables, stories.
//!
//! Nothing here knows a browser, a file or a clock.

pub mod board;
pub mod figure;
pub mod focus;
pub mod grammar;
pub mod listing;
pub mod meeting;
pub mod narrative;
pub mod qr;
pub mod sentence;
pub mod trajectory;
pub mod widget;
