//! What of the engine do only pages need that show more than charts? Key figures and tables (and what is to come of boards
//! and stories) are in a third file, which the build cuts off behind the doors below (`xtask/src/split.rs`). It is brought where a
//! tag asks for it, after the second, whose functions it shares.

use std::cell::Cell;

use crate::late;
use crate::load::bring_part;

thread_local! {
    static IS_HERE: Cell<bool> = const { Cell::new(false) };
}

/// Whether doors may be called.
pub(crate) fn is_here() -> bool {
    IS_HERE.get()
}

/// Waits for the second and the third file; whether doors may be called.
pub(crate) async fn bring() -> bool {
    if !IS_HERE.get() {
        IS_HERE.set(late::bring().await && bring_part("apart").await);
    }
    IS_HERE.get()
}

/// Functions that stand at the head of what is apart.
pub(crate) mod doors {
    use std::rc::Rc;

    use encart_chart::{Drawing, Env, Spec};
    use encart_story::widget::Widget;
    use encart_table::Prepared;
    use encart_table::json::Object;
    use web_sys::{Element, Event};

    use crate::state::Page;
    use crate::widget::apart;

    /// Takes what a tag has of its own out of a specification, and names its keys: what is left is a chart's.
    #[inline(never)]
    pub(crate) fn take(tag: &str, object: &mut Object) -> Vec<&'static str> {
        Widget::take(tag, object);
        Widget::keys(tag).iter().map(|key| key.0).collect()
    }

    /// Draws what a tag shows in its shell; the specification is whole.
    #[inline(never)]
    pub(crate) fn draw(
        (shell, tag): (&Element, &str),
        whole: &Object,
        prepared: &Prepared,
        spec: &Spec,
        env: &Env,
    ) -> Drawing {
        apart::draw((shell, tag), whole, prepared, spec, env)
    }

    /// Puts rows in their place.
    #[inline(never)]
    pub(crate) fn fill_rows(page: &Page, rows: &str) {
        apart::fill_rows(page, rows);
    }

    /// A visitor has done something; whether it is answered.
    #[inline(never)]
    pub(crate) fn hear(page: &Rc<Page>, event: &Event) -> bool {
        apart::hear(page, event)
    }
}
