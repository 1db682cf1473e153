//! What of the engine do only pages need that show more than charts? Key figures, tables and boards are in a third file, which the build cuts off behind the doors below (`xtask/src/split.rs`). It is brought where a
//! tag asks for it, after the second, whose functions it shares.

use std::cell::Cell;

use web_sys::HtmlElement;

use crate::late;
use crate::load::bring_part;

thread_local! {
    static IS_HERE: Cell<bool> = const { Cell::new(false) };
}

/// Whether doors may be called.
pub(crate) fn is_here() -> bool {
    IS_HERE.get()
}

/// Waits for all the files that a tag needs; whether doors may be called.
pub(crate) async fn bring(host: &HtmlElement) -> bool {
    let is_here = bring_part(&host.local_name()).await && late::bring().await;
    IS_HERE.set(is_here || IS_HERE.get());
    is_here
}

/// Functions that stand at the head of what is apart.
pub(crate) mod doors {
    use std::rc::Rc;

    use encart_chart::{Drawing, Env};
    use encart_table::json::Object;
    use web_sys::{Event, HtmlElement};

    use crate::fail::Failure;
    use crate::load::Loaded;
    use crate::state::Page;
    use crate::widget::{apart, board};

    /// Takes what a tag has of its own out of a specification, and gives it what its board says for all: what is left is
    /// a chart's.
    #[inline(never)]
    pub(crate) fn take(host: &HtmlElement, object: &mut Object, taken: (&mut Option<Object>, &mut Vec<&'static str>)) {
        apart::take(host, object, taken);
    }

    /// Asks again for what came, where it must be asked for otherwise; of what came for all choices of a board, what is
    /// chosen stays.
    #[inline(never)]
    pub(crate) fn ask_again(page: &Rc<Page>, loaded: &mut Result<Loaded, Failure>) -> bool {
        board::ask_again(page, loaded)
    }

    /// Draws what a tag shows.
    #[inline(never)]
    pub(crate) fn draw(page: &Page, loaded: &Loaded, env: &Env) -> Drawing {
        apart::draw(page, loaded, env)
    }

    /// A widget in a board is drawn: the board knows its values and its title.
    #[inline(never)]
    pub(crate) fn tell_board(page: &Page) {
        board::tell(page);
    }

    /// Puts rows in their place.
    #[inline(never)]
    pub(crate) fn fill_rows(page: &Page, drawing: &Drawing) {
        apart::fill_rows(page, drawing);
    }

    /// A visitor has done something; whether it is answered.
    #[inline(never)]
    pub(crate) fn hear(page: &Rc<Page>, event: &Event) -> bool {
        apart::hear(page, event)
    }
}
