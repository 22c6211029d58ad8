//! Futures that run beside the page.

use std::future::Future;
use std::pin::Pin;

/// Runs a future on the page's one thread.
pub fn spawn_local(future: impl Future<Output = ()> + 'static) {
    spawn(Box::pin(future));
}

#[inline(never)]
fn spawn(future: Pin<Box<dyn Future<Output = ()>>>) {
    leptos::task::spawn_local(future);
}
