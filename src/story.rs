//! What of the engine do only stories need? The reader of their text is in a fifth file, behind the doors below
//! (`src/meeting.rs` has the fourth).

/// Functions that stand at the head of what only stories need; their widget alone calls them.
pub(crate) mod doors {
    use std::rc::Rc;

    use encart_story::narrative::Tag;
    use web_sys::Event;

    use crate::state::Page;
    use crate::widget::story;

    /// The tag of a story is drawn: its text is asked for, or laid out for the width.
    #[inline(never)]
    pub(crate) fn tell(page: &Page, tag: &Tag) {
        story::tell(page, tag);
    }

    /// Something is done in a story, or comes; whether it is answered.
    #[inline(never)]
    pub(crate) fn hear(page: &Rc<Page>, event: &Event) -> bool {
        story::hear(page, event)
    }
}
