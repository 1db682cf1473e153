//! How does each format become a table?

pub mod csv;
mod layout;
