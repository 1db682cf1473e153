//! The reader of French public files: bytes in, a table and notices out, and the steps that reshape it.
//!
//! Reading never fails: every function returns a value and what there is to say about it.
//! Nothing here knows a pixel, a portal, a clock or a browser.

pub mod audit;
pub mod column;
pub mod csv_out;
pub mod day;
pub mod decimal;
pub mod encoding;
pub mod expr;
pub mod hedge;
pub mod index;
pub mod infer;
pub mod json;
pub mod locale;
pub mod notice;
pub mod number;
pub mod order;
pub mod read;
pub mod sniff;
pub mod sum;
pub mod table;
pub mod unit;
pub mod value;
pub mod verb;
pub mod wire;
pub mod zone;

pub use column::{Cells, Column};
pub use day::{Grain, Period};
pub use hedge::Hedge;
pub use json::Json;
pub use locale::{Lang, NumberFormat};
pub use notice::{Level, Notice, Place, Words};
pub use read::csv::{ReadOptions, read_csv};
pub use table::{Aside, SetAside, Table};
pub use value::{Value, Why};
pub use verb::prepare::{Prepared, prepare};
pub use verb::{Step, run_steps};
