//! One writer at a time for one upload. A device whose connection broke comes
//! again before this server has noticed: the newcomer ends the earlier request,
//! whose bytes so far are kept, and goes on behind them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{Mutex as Turn, OwnedMutexGuard, watch};

#[derive(Debug, Default)]
struct Lane {
    turn: Arc<Turn<()>>,
    /// The number of the newest that came.
    newest: watch::Sender<u64>,
}

/// Lanes in use, by the upload's name.
#[derive(Debug, Default)]
pub(crate) struct Lanes(Mutex<HashMap<String, Arc<Lane>>>);

/// The right to write; given back when it is dropped.
#[derive(Debug)]
pub(crate) struct Held {
    number: u64,
    newest: watch::Receiver<u64>,
    _lane: Arc<Lane>,
    _turn: OwnedMutexGuard<()>,
}

impl Lanes {
    /// Waits for the turn, and asks whoever came before to end.
    pub async fn take(&self, name: &str) -> Held {
        let lane = {
            let mut lanes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            // Those that nobody holds or waits for.
            lanes.retain(|_, lane| Arc::strong_count(lane) > 1);
            Arc::clone(lanes.entry(name.to_owned()).or_default())
        };
        let mut number = 0;
        lane.newest.send_modify(|newest| {
            *newest = newest.saturating_add(1);
            number = *newest;
        });
        let newest = lane.newest.subscribe();
        let turn = Arc::clone(&lane.turn).lock_owned().await;
        Held { number, newest, _lane: lane, _turn: turn }
    }
}

impl Held {
    /// Ends once somebody else has come.
    pub async fn is_wanted(&mut self) {
        let number = self.number;
        // The sender lives in the lane that this holds.
        let _ = self.newest.wait_for(|newest| *newest > number).await;
    }
}
