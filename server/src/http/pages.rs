//! One page for all who ask for the same: when a device has pushed, every other
//! one pulls what it brought. It is read, written and held in memory once.

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::body::Bytes;
use axum::response::Response;
use takar_sync::wire::{Cursor, Delta};
use tokio::sync::Mutex;

use super::body::Format;
use crate::problem::Problem;
use crate::service::office::Office;
use crate::service::reading::Asks;

/// How long a page is kept; its office time is at most so old.
const KEPT: Duration = Duration::from_secs(1);
/// Bytes of a page that is worth it.
const LARGE: usize = 64 << 10;

/// The page that was asked for last.
#[derive(Debug, Default)]
pub struct Pages(Mutex<Option<Kept>>);

#[derive(Debug)]
struct Kept {
    of: Of,
    made: Instant,
    bytes: Bytes,
}

/// All that a page depends on: every reader of an office may read all of its log.
#[derive(Debug, PartialEq, Eq)]
struct Of {
    newest: Cursor,
    room: Option<u64>,
    tip: Cursor,
    format: Format,
}

impl Pages {
    /// The answer to a pull.
    pub(super) async fn answer(
        self: &Arc<Self>,
        office: &Office,
        asks: &Asks<'_>,
        format: Format,
    ) -> Result<Response, Problem> {
        let Some(newest) = asks.cursors.first().filter(|c| c.seq > 0 || !asks.snapshot) else {
            return Ok(format.write(&office.delta(asks).await?));
        };
        let mut kept = self.0.lock().await;
        let tip = office.tip().await?;
        let of = Of { newest: newest.clone(), room: asks.room, tip, format };
        if let Some(kept) = kept.as_ref().filter(|k| k.of == of && k.made.elapsed() < KEPT) {
            return Ok(format.carry(kept.bytes.clone()));
        }
        let delta = office.delta(asks).await?;
        let bytes = Bytes::from(format.bytes(&delta)?);
        if matches!(delta, Delta::Page(_)) && bytes.len() >= LARGE {
            let made = Instant::now();
            *kept = Some(Kept { of, made, bytes: bytes.clone() });
            let pages = Arc::clone(self);
            tokio::spawn(async move {
                tokio::time::sleep(KEPT).await;
                pages.0.lock().await.take_if(|k| k.made == made);
            });
        }
        Ok(format.carry(bytes))
    }
}
