//! How does a value become a place?

pub(crate) mod linear;
pub(crate) mod time;

pub(crate) use linear::Linear;
