//! What a test lets happen to the next commit, or reading of the log. The program is built without it.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::oneshot;

use super::{Store, StoreError};

/// A mishap, of one commit unless it says otherwise.
#[derive(Debug)]
pub enum Mishap {
    /// Refused, as if another server had written.
    Stale,
    /// Another server writes as soon as more than so many are to be written. Stays.
    Crowded(usize),
    /// It happens, and is reported as failed.
    Ambiguous,
    /// Everything is computed: says so, and waits until it may go on.
    Hold { reached: oneshot::Sender<()>, go_on: oneshot::Receiver<()> },
    /// Not a commit: the next reading of the log waits so.
    HoldReading { reached: oneshot::Sender<()>, go_on: oneshot::Receiver<()> },
}

/// What comes next over one handle.
#[derive(Clone, Debug, Default)]
pub struct Mishaps(Arc<Mutex<Option<Mishap>>>);

impl Mishaps {
    /// For the next commit; `None` takes an unused one away.
    pub fn plant(&self, mishap: Option<Mishap>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = mishap;
    }

    pub(super) async fn before_reading(&self) {
        let held = {
            let mut next = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            next.take_if(|next| matches!(next, Mishap::HoldReading { .. }))
        };
        if let Some(Mishap::HoldReading { reached, go_on }) = held {
            let _ = reached.send(());
            let _ = go_on.await;
        }
    }

    pub(super) async fn around<T>(
        &self,
        operations: usize,
        commit: impl Future<Output = Result<T, StoreError>>,
    ) -> Result<T, StoreError> {
        let planted = {
            let mut next = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            match *next {
                Some(Mishap::Crowded(most)) => Some(Mishap::Crowded(most)),
                Some(Mishap::HoldReading { .. }) => None,
                _ => next.take(),
            }
        };
        match planted {
            None | Some(Mishap::HoldReading { .. }) => commit.await,
            Some(Mishap::Crowded(most)) if operations <= most => commit.await,
            Some(Mishap::Crowded(_)) => Err(StoreError::Stale),
            Some(Mishap::Stale) => Err(StoreError::Stale),
            Some(Mishap::Ambiguous) => {
                commit.await?;
                Err(StoreError::Corrupt("a test says so".to_owned()))
            }
            Some(Mishap::Hold { reached, go_on }) => {
                // Whoever went away waits for nothing.
                let _ = reached.send(());
                let _ = go_on.await;
                commit.await
            }
        }
    }
}

impl Store {
    /// Another server's handle on the same database, with mishaps of its own.
    #[must_use]
    pub fn apart(&self) -> Self {
        Self { mishaps: Mishaps::default(), ..self.clone() }
    }
}
