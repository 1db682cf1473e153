//! What of the engine do only pages need that show more than charts? Key figures (and what is to come of tables, boards and
//! stories) are in a third file, which the build cuts off behind the doors below (`xtask/src/split.rs`). It is brought where a
//! tag asks for it, after the second, whose functions it shares.

use std::cell::Cell;

use crate::late;
use crate::load::bring_part;

thread_local! {
    static IS_HERE: Cell<bool> = const { Cell::new(false) };
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
    use encart_chart::{Drawing, Env, Spec};
    use encart_story::widget::Widget;
    use encart_table::Prepared;
    use encart_table::json::Object;
    use wasm_bindgen::JsCast;
    use web_sys::{Element, ShadowRoot};

    use crate::browser::sheet;

    /// Takes what a tag has of its own out of a specification: what is left is a chart's.
    #[inline(never)]
    pub(crate) fn take(tag: &str, object: &mut Object) {
        Widget::take(tag, object);
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
        if let Ok(root) = shell.get_root_node().dyn_into::<ShadowRoot>() {
            sheet::adopt_apart(&root);
        }
        let (widget, _) = Widget::take(tag, &mut whole.clone());
        widget.draw(prepared, spec, env)
    }
}
