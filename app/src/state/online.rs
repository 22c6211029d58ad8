//! Calls that need the office: never longer than a person waits, and cut by
//! the demo's switch.

use std::future::Future;
use std::pin::{Pin, pin};
use std::task::{Context, Poll};

use gloo_timers::future::TimeoutFuture;

use crate::api::Problem;

/// Argon2 on a small office computer takes a second or two; a slow line more.
const TIME_OUT_MS: u32 = 20_000;

/// Runs a server function. No answer in time is no connection.
pub(super) async fn online<T>(
    cut: bool,
    call: impl Future<Output = Result<T, Problem>>,
) -> Result<T, Problem> {
    if cut {
        return Err(Problem::offline());
    }
    Race { call: pin!(call), timer: TimeoutFuture::new(TIME_OUT_MS) }.await
}

struct Race<'a, F> {
    call: Pin<&'a mut F>,
    timer: TimeoutFuture,
}

impl<T, F: Future<Output = Result<T, Problem>>> Future for Race<'_, F> {
    type Output = Result<T, Problem>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        if let Poll::Ready(answer) = self.call.as_mut().poll(context) {
            return Poll::Ready(answer);
        }
        Pin::new(&mut self.timer).poll(context).map(|()| Err(Problem::offline()))
    }
}
