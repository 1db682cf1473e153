//! How do several widgets with one address share one download, and one table when their steps are the same?

use std::cell::RefCell;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::rc::{Rc, Weak};
use std::task::{Poll, Waker};

use encart_chart::Spec;
use encart_chart::spec::Cache;
use wasm_bindgen_futures::spawn_local;
use web_sys::{AbortController, AbortSignal};

use super::data;
use super::fetch::{Received, fetch};
use crate::fail::Failure;

/// A download under way or done. The last one dropped gives it up: the request is aborted, the bytes are freed.
#[derive(Debug, Clone)]
pub(crate) struct Download(Rc<Inner>);

#[derive(Debug)]
struct Inner {
    state: RefCell<State>,
    abort: Option<AbortController>,
}

#[derive(Debug)]
enum State {
    /// Who waits.
    UnderWay(Vec<Waker>),
    Done(Rc<Received>),
}

impl Drop for Inner {
    fn drop(&mut self) {
        // of a request that has ended nothing is left to abort
        if let Some(abort) = &self.abort {
            abort.abort();
        }
    }
}

impl Download {
    /// What came, when it has come.
    pub(super) async fn received(&self) -> Result<Rc<Received>, Failure> {
        let received = poll_fn(|context| match &mut *self.0.state.borrow_mut() {
            State::Done(received) => Poll::Ready(received.clone()),
            State::UnderWay(waiting) => {
                waiting.push(context.waker().clone());
                Poll::Pending
            }
        });
        Ok(received.await)
    }

    fn has_failed(&self) -> bool {
        matches!(&*self.0.state.borrow(), State::Done(received) if matches!(**received, Received::Nothing))
    }
}

thread_local! {
    static UNDER_WAY: RefCell<Vec<(String, Weak<Inner>)>> = const { RefCell::new(Vec::new()) };
}

type Receiving = Pin<Box<dyn Future<Output = Received>>>;

/// The download of this name: the one that another widget holds, unless it failed, or a new one.
fn share(name: String, begin: Box<dyn FnOnce(Option<AbortSignal>) -> Receiving>) -> Download {
    UNDER_WAY.with_borrow_mut(|under_way| {
        under_way.retain(|(_, download)| download.strong_count() > 0);
        let held = under_way.iter().find(|(other, _)| *other == name).and_then(|(_, download)| download.upgrade());
        if let Some(held) = held.map(Download).filter(|held| !held.has_failed()) {
            return held;
        }
        let new =
            Rc::new(Inner { state: RefCell::new(State::UnderWay(Vec::new())), abort: AbortController::new().ok() });
        under_way.retain(|(other, _)| *other != name);
        under_way.push((name, Rc::downgrade(&new)));
        let weak = Rc::downgrade(&new);
        let receiving = begin(new.abort.as_ref().map(AbortController::signal));
        spawn_local(async move {
            let received = Rc::new(receiving.await);
            let Some(inner) = weak.upgrade() else { return };
            if let State::UnderWay(waiting) = inner.state.replace(State::Done(received)) {
                waiting.into_iter().for_each(Waker::wake);
            }
        });
        Download(new)
    })
}

/// The download of an address.
pub(super) fn download(address: &str) -> Download {
    let own = address.to_string();
    let begin =
        move |signal: Option<AbortSignal>| -> Receiving { Box::pin(async move { fetch(&own, signal.as_ref()).await }) };
    share(address.to_string(), Box::new(begin))
}

/// What the data engine makes for a specification, with what has been received of its address already.
pub(super) fn order(spec: &Spec, base: &str, received: Rc<Received>, address: Option<String>) -> Download {
    let (order, base) = (data::write_order(spec), base.to_string());
    let has_cache = spec.cache == Cache::Auto && received.may_keep();
    // data that stand in the page are those of this widget alone
    let name = [&base, "\n", &order, spec.data.as_deref().unwrap_or("")].concat();
    let begin = move |signal: Option<AbortSignal>| -> Receiving {
        Box::pin(
            async move { data::order(&order, &base, has_cache, &received, address.as_deref(), signal.as_ref()).await },
        )
    };
    share(name, Box::new(begin))
}
