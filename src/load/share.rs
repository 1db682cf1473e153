//! How do several widgets with one address share one download?

use std::cell::RefCell;
use std::rc::Rc;

use futures::FutureExt;
use futures::future::{LocalBoxFuture, Shared, WeakShared};

use super::fetch::fetch;
use crate::fail::Failure;

type Bytes = Result<Rc<Vec<u8>>, Failure>;

/// A download under way or done. The last one dropped gives it up: the request is aborted, the bytes are freed.
#[derive(Debug, Clone)]
pub(crate) struct Download(Shared<LocalBoxFuture<'static, Bytes>>);

impl Download {
    /// The bytes, when they have come.
    pub(super) async fn bytes(&self) -> Bytes {
        self.0.clone().await
    }
}

thread_local! {
    static UNDER_WAY: RefCell<Vec<(String, WeakShared<LocalBoxFuture<'static, Bytes>>)>> = const { RefCell::new(Vec::new()) };
}

/// The download of an address: the one that another widget holds, unless it failed, or a new one.
pub(super) fn download(address: &str) -> Download {
    UNDER_WAY.with_borrow_mut(|under_way| {
        under_way.retain(|(_, download)| download.upgrade().is_some());
        let held = under_way.iter().find(|(other, _)| other == address).and_then(|(_, download)| download.upgrade());
        if let Some(held) = held.filter(|held| !matches!(held.peek(), Some(Err(_)))) {
            return Download(held);
        }
        let owned = address.to_string();
        let shared = async move { fetch(&owned).await.map(Rc::new) }.boxed_local().shared();
        if let Some(weak) = shared.downgrade() {
            under_way.retain(|(other, _)| other != address);
            under_way.push((address.to_string(), weak));
        }
        Download(shared)
    })
}
