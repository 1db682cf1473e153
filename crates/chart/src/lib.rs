//! How does a table become a chart? `draw(&Table, &Spec, &Env) -> Drawing`: pure, the same bits everywhere.
//!
//! Nothing here knows a browser, a file or a clock: width, language, colours and today come in `Env`.

pub mod arrange;
pub mod audit;
pub mod channel;
mod choose;
pub mod drawing;
pub mod env;
mod export;
pub mod figure;
mod find;
mod guide;
pub mod html;
pub mod link;
mod mark;
pub mod panel;
mod recipe;
mod say;
mod scale;
pub mod source;
pub mod spec;
pub mod suggest;
pub mod tabular;
pub mod theme;
pub mod view;
pub mod walk;

pub use drawing::{Drawing, Lead, draw};
pub use env::{Env, Scheme};
pub use spec::{Spec, read::read_spec};
pub use view::View;
