//! How does the shell speak to the browser? One file a thing; what is opened is closed by its own Drop.

pub(crate) mod canvas;
pub(crate) mod event;
pub(crate) mod markup;
pub(crate) mod media;
pub(crate) mod part;
pub(crate) mod place;
pub(crate) mod save;
pub(crate) mod sheet;
pub(crate) mod width;
