//! How do several widgets with one address share one download?

use std::cell::RefCell;
use std::future::poll_fn;
use std::rc::{Rc, Weak};
use std::task::{Poll, Waker};

use wasm_bindgen_futures::spawn_local;
use web_sys::AbortController;

use super::fetch::fetch;
use crate::fail::Failure;

type Bytes = Result<Rc<Vec<u8>>, Failure>;

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
    Done(Bytes),
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
    /// The bytes, when they have come.
    pub(super) async fn bytes(&self) -> Bytes {
        poll_fn(|context| match &mut *self.0.state.borrow_mut() {
            State::Done(bytes) => Poll::Ready(bytes.clone()),
            State::UnderWay(waiting) => {
                waiting.push(context.waker().clone());
                Poll::Pending
            }
        })
        .await
    }

    fn has_failed(&self) -> bool {
        matches!(*self.0.state.borrow(), State::Done(Err(_)))
    }
}

thread_local! {
    static UNDER_WAY: RefCell<Vec<(String, Weak<Inner>)>> = const { RefCell::new(Vec::new()) };
}

/// The download of an address: the one that another widget holds, unless it failed, or a new one.
pub(super) fn download(address: &str) -> Download {
    UNDER_WAY.with_borrow_mut(|under_way| {
        under_way.retain(|(_, download)| download.strong_count() > 0);
        let held = under_way.iter().find(|(other, _)| other == address).and_then(|(_, download)| download.upgrade());
        if let Some(held) = held.map(Download).filter(|held| !held.has_failed()) {
            return held;
        }
        let new =
            Rc::new(Inner { state: RefCell::new(State::UnderWay(Vec::new())), abort: AbortController::new().ok() });
        under_way.retain(|(other, _)| other != address);
        under_way.push((address.to_string(), Rc::downgrade(&new)));
        let (weak, signal) = (Rc::downgrade(&new), new.abort.as_ref().map(AbortController::signal));
        let address = address.to_string();
        spawn_local(async move {
            let bytes = fetch(&address, signal.as_ref()).await.map(Rc::new);
            let Some(inner) = weak.upgrade() else { return };
            if let State::UnderWay(waiting) = inner.state.replace(State::Done(bytes)) {
                waiting.into_iter().for_each(Waker::wake);
            }
        });
        Download(new)
    })
}
