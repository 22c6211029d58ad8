//! One page for all who ask for the same: when a device has pushed, every other
//! one pulls what it brought. It is read, written and held in memory once. Who
//! asks for another one never waits for it: the database may not answer.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::body::Bytes;
use axum::response::Response;
use takar_sync::wire::{Cursor, Delta};
use tokio::sync::OnceCell;

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
    page: Shared,
}

/// Made by the first who asks, while the others wait.
type Shared = Arc<OnceCell<Made>>;

/// All that a page depends on: every reader of an office may read all of its log.
#[derive(Debug, PartialEq, Eq)]
struct Of {
    newest: Cursor,
    room: Option<u64>,
    tip: Cursor,
    format: Format,
}

#[derive(Debug)]
enum Made {
    Page(Instant, Bytes),
    /// Something that others have to ask for themselves.
    Other,
    /// It took somebody a long time to learn this: nobody tries at once again.
    Failed,
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
        let tip = office.tip().await?;
        let page = self.of(Of { newest: newest.clone(), room: asks.room, tip, format });
        let mut own = None;
        let first = async || {
            let (answer, made) = match make(office, asks, format).await {
                Ok((true, bytes)) => (Ok(bytes.clone()), Made::Page(Instant::now(), bytes)),
                Ok((false, bytes)) => (Ok(bytes), Made::Other),
                Err(problem) => (Err(problem), Made::Failed),
            };
            let stays = matches!(&made, Made::Page(_, bytes) if bytes.len() >= LARGE);
            self.forget(&page, if stays { KEPT } else { Duration::ZERO });
            own = Some(answer);
            made
        };
        let bytes = match page.get_or_init(first).await {
            Made::Page(_, bytes) => bytes.clone(),
            Made::Other | Made::Failed if own.is_some() => own.unwrap_or(Err(Problem::Unavailable))?,
            Made::Other => make(office, asks, format).await?.1,
            Made::Failed => return Err(Problem::Unavailable),
        };
        Ok(format.carry(bytes))
    }

    /// The page of this, made already, being made, or to be made.
    fn of(&self, of: Of) -> Shared {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_fresh = |page: &Shared| match page.get() {
            Some(Made::Page(at, _)) => at.elapsed() < KEPT,
            Some(Made::Other | Made::Failed) => false,
            None => true,
        };
        if let Some(kept) = kept.as_ref().filter(|k| k.of == of && is_fresh(&k.page)) {
            return Arc::clone(&kept.page);
        }
        let page = Shared::default();
        *kept = Some(Kept { of, page: Arc::clone(&page) });
        page
    }

    /// Gives a page's memory back, after a time.
    fn forget(self: &Arc<Self>, page: &Shared, after: Duration) {
        let (pages, page) = (Arc::clone(self), Arc::downgrade(page));
        let forget = move || {
            let mut kept = pages.0.lock().unwrap_or_else(PoisonError::into_inner);
            kept.take_if(|k| std::ptr::eq(Arc::as_ptr(&k.page), page.as_ptr()));
        };
        if after.is_zero() {
            return forget();
        }
        tokio::spawn(async move {
            tokio::time::sleep(after).await;
            forget();
        });
    }
}

/// An answer's bytes, and whether it is a page: what all get who stand there.
async fn make(office: &Office, asks: &Asks<'_>, format: Format) -> Result<(bool, Bytes), Problem> {
    let delta = office.delta(asks).await?;
    Ok((matches!(delta, Delta::Page(_)), format.bytes(&delta)?.into()))
}
