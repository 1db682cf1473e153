//! What of the engine do only boards and stories need? The meeting, and what keeps a page for a day without a network, are in
//! a fourth file, behind the doors below; the text of a story is in a fifth (`src/story.rs`). They come with the third where a
//! tag needs them (`apart::bring`).

/// Functions that stand at the head of what only boards and stories need; their widgets alone call them.
pub(crate) mod doors {
    use std::rc::Rc;

    use web_sys::Event;

    use crate::state::Page;
    use crate::widget::{meeting, offline};

    /// A board or a story is drawn: its page is kept for a day without a network, and a meeting goes on after a reload.
    #[inline(never)]
    pub(crate) fn keep(page: &Page, address: Option<&str>) {
        offline::keep(page, address);
        meeting::go_on(page);
    }

    /// Something is done in a board or a story, or comes; whether it is answered.
    #[inline(never)]
    pub(crate) fn hear(page: &Rc<Page>, event: &Event) -> bool {
        offline::hear(page, event) || meeting::hear(page, event)
    }
}
