//! How does a value become a place?

pub(crate) mod color;
pub(crate) mod continuous;
pub(crate) mod time;

pub(crate) use continuous::Continuous;
