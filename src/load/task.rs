//! How is a load given up, with its requests, when nobody waits for it any more?

use std::cell::RefCell;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::rc::Rc;
use std::task::Poll;

use wasm_bindgen_futures::spawn_local;

type Work = RefCell<Option<Pin<Box<dyn Future<Output = ()>>>>>;

/// Work under way. Dropping it drops the work, and with it the downloads that it alone holds.
pub(crate) struct Task(Rc<Work>);

impl Task {
    /// Begins the work.
    pub(crate) fn begin(work: Pin<Box<dyn Future<Output = ()>>>) -> Task {
        let work: Rc<Work> = Rc::new(RefCell::new(Some(work)));
        let own = Rc::downgrade(&work);
        spawn_local(poll_fn(move |context| {
            let Some(work) = own.upgrade() else { return Poll::Ready(()) };
            match work.borrow_mut().as_mut() {
                Some(work) => work.as_mut().poll(context),
                None => Poll::Ready(()),
            }
        }));
        Task(work)
    }
}

impl Drop for Task {
    fn drop(&mut self) {
        // dropped from within, by a listener of its last event: then it has ended
        if let Ok(mut work) = self.0.try_borrow_mut() {
            drop(work.take());
        }
    }
}
