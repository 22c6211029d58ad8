//! The sweep: evidence that nobody needs. What any operation ever named stays.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;

use super::clock::now_ms;
use super::front::Front;
use super::office::Office;
use crate::blob::Files;
use crate::problem::Problem;

const DAY: i64 = 24 * 3_600_000;
/// How long a file stays that no operation names, in ms.
pub const KEPT: i64 = 30 * DAY;
/// How long an upload stays that nobody goes on with, in ms.
pub const UNFINISHED: i64 = 7 * DAY;

/// What a sweep removed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    pub files: usize,
    pub uploads: usize,
}

/// How often the server sweeps.
const EVERY: Duration = Duration::from_secs(3_600);

impl Office {
    /// Removes what no operation names and nobody offered for a while, and
    /// uploads that nobody goes on with; gives how many of each.
    ///
    /// # Errors
    /// The database or the store fails.
    pub async fn sweep(&self, files: &Files, now: i64) -> Result<Swept, Problem> {
        let before = now.saturating_sub(KEPT);
        let forgotten = self.store.forgotten_files(self.id, before).await?;
        let mut swept = Swept { files: 0, uploads: files.spool.expire(now.saturating_sub(UNFINISHED))? };
        for sha256 in forgotten {
            let _sweeping = files.sweeping().await;
            // It may have been named or offered since it was looked for.
            if self.store.drop_file(self.id, &sha256, before).await? {
                files.remove(self.id, &sha256).await?;
                swept.files += 1;
            }
        }
        Ok(swept)
    }
}

/// Sweeps until the server stops.
pub async fn run(front: Arc<Front>, mut stopping: watch::Receiver<bool>) {
    let mut clock = tokio::time::interval(EVERY);
    loop {
        tokio::select! {
            _ = stopping.wait_for(|stop| *stop) => return,
            _ = clock.tick() => {}
        }
        let swept = match front.find_office().await {
            Ok(Some(office)) => office.sweep(&front.files, now_ms()).await,
            Ok(None) => continue,
            Err(error) => Err(error.into()),
        };
        match swept {
            Ok(Swept { files: 0, uploads: 0 }) => {}
            Ok(Swept { files, uploads }) => {
                tracing::info!(files, uploads, "evidence that nobody names was removed")
            }
            Err(problem) => {
                tracing::warn!(cause = problem.cause(), code = problem.code(), "the sweep failed")
            }
        }
    }
}
