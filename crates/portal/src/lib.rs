//! What must be asked of whom, so that an address and steps become a table? Requests out, answers in, no network here.
//!
//! Every portal is a state machine: it says what it wants to ask next, and is told what came. Who asks (a worker, a
//! program, a test) is not its business. What a portal can compute is sent to it (`plan`); the rest is for `table`.

pub mod address;
pub mod job;
pub mod origin;
pub mod plan;
pub mod request;
mod source;
mod url;

pub use address::{Address, read_address};
pub use job::{Ask, Job, Outcome};
pub use origin::Origin;
pub use request::{Answer, FetchError, Limits, Request, next_of_link};
