//! What do French public data call things: licences, declared frequencies?
//!
//! A small room on purpose: territories and national schemas will join it.

pub mod freshness;
pub mod licence;

pub use freshness::{Frequency, Lateness};
pub use licence::Licence;
