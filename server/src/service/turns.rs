//! How several servers on one database take turns. Whoever comes second reads
//! what the first one wrote before it tries again, and so comes second again: it
//! asks, and the others wait for its next commit.

use std::time::{Duration, Instant};

use uuid::Uuid;

use crate::store::log::Tip;
use crate::store::{Store, StoreError};

/// Meetings in a row after which a server asks for its turn.
const PATIENCE: u32 = 2;
/// Longest wait for one request: its server may have gone away.
const TURN: Duration = Duration::from_secs(1);
/// How often a waiting server looks.
const LOOK: Duration = Duration::from_millis(5);

/// One writer among others.
#[derive(Debug, Default)]
pub(super) struct Turns {
    /// What this one asked, and still wants.
    own: Option<String>,
    /// The request of another one for which it has waited.
    granted: Option<String>,
}

impl Turns {
    /// Waits for the commit of a server that asked to go first: until the log is
    /// longer than `tip` says, but not long, and once for each request.
    pub async fn wait(&mut self, store: &Store, tip: &Tip) -> Result<(), StoreError> {
        if !store.is_shared() {
            return Ok(());
        }
        let found = store.turn().await?;
        if found.is_none() || found == self.own || found == self.granted {
            return Ok(());
        }
        let started = Instant::now();
        while started.elapsed() < TURN
            && store.tip(tip.cursor.office).await? == *tip
            && store.turn().await? == found
        {
            tokio::time::sleep(LOOK).await;
        }
        self.granted = found;
        Ok(())
    }

    /// Another server wrote in between, so many times in a row.
    pub async fn lost(&mut self, store: &Store, times: u32) -> Result<(), StoreError> {
        if times < PATIENCE {
            return Ok(());
        }
        let request = Uuid::now_v7().to_string();
        store.ask_for_turn(&request).await?;
        self.own = Some(request);
        Ok(())
    }

    /// This one has written, or has given up.
    pub async fn end(&mut self, store: &Store) {
        if let Some(request) = self.own.take()
            && let Err(error) = store.end_turn(&request).await
        {
            // It costs the others a second, once.
            tracing::warn!(%error, "the request for a turn stays");
        }
    }
}
