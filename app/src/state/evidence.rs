//! Evidence on this device: picked, made smaller, kept until the office has it.

use std::pin::Pin;

use takar_domain::evidence::capture::moment;
use takar_domain::evidence::media::{Media, examine, refuse_size};
use takar_domain::evidence::{Kind, LIMIT, LIMIT_OF_LIMITS, Reference, Stored};
use takar_domain::issue::Issue;
use takar_sync::client::{Answer, Call, Event, FILE_GONE, Failure, Gate, Progress, Table, Transfer, sha256};

use super::DraftKey;
use super::core::Core;
use super::driver::{TIME_OUT_MS, failure};
use crate::acts::entry::evidence as listed;
use crate::platform::database::{Batch, Database};
use crate::platform::files::{self, Picked, blob, is_metered};
use crate::platform::{http, photo, tail};
use crate::signal::untrack;

/// Flags: files wait for a press; files wait for Wi-Fi.
const PAUSED: &str = "files-paused";
const ONLY_WIFI: &str = "files-wifi";
const DAY_MS: f64 = 86_400_000.0;
/// A part of a file may be large: it shrinks when it does not get through.
const PART_TIME_OUT_MS: u32 = 180_000;

/// What comes of a call, boxed: the calls without a file need no room for it.
type Asking<'a> = Pin<Box<dyn Future<Output = Result<Answer, Failure>> + 'a>>;

/// Asks the office about a file of this device, or sends it a part.
#[inline(never)]
pub(super) fn ask(call: &Call, person: Option<String>, store: Option<Database>) -> Asking<'_> {
    Box::pin(async move {
        let stands = match call {
            Call::Offer { sha256, size } => http::offer(sha256, *size, person, TIME_OUT_MS).await,
            Call::Part { sha256, from, to } => {
                let gone = || Failure::Refused { code: FILE_GONE.into() };
                let store = store.ok_or(Failure::Offline)?;
                // A store that cannot be read now may be readable later.
                let file = store.file(Table::Files.name(), sha256).await.map_err(|_| Failure::Offline)?;
                let part = files::slice(&file.ok_or_else(gone)?, *from, *to).ok_or_else(gone)?;
                http::part(sha256, *from, &part, person, PART_TIME_OUT_MS).await
            }
            _ => return Err(Failure::NotOurs),
        };
        stands.map(Answer::Stands).map_err(failure)
    })
}

impl Core {
    /// Takes a picked file in: its bytes are durable on this device when the
    /// reference is given, which then goes into the value or row to be saved.
    #[inline(never)]
    pub async fn attach(&self, file: &Picked) -> Result<Reference, Issue> {
        let limit = self.engine.borrow().config().office.as_ref().map_or(LIMIT, |(_, o)| o.file_limit);
        // A photo becomes smaller: the limit is for what is sent. Anything else
        // over it is refused before its bytes are read.
        let photo = file.size() <= limit || file.is_picture();
        refuse_size(file.size(), if photo { LIMIT_OF_LIMITS } else { limit })?;
        let bytes = file.read().await.ok_or_else(unreadable)?;
        let found = examine(&bytes, LIMIT_OF_LIMITS);
        let heic = found.as_ref().is_err_and(|issue| issue.code == "file.heic");
        let shrunk = if heic || found.as_ref().is_ok_and(|media| media.kind() == Kind::Photo) {
            photo::shrink(&bytes).await
        } else {
            None
        };
        let captured = moment(&bytes);
        let (media, bytes, small) = match (found, shrunk) {
            (_, Some((photo, small))) => (Media::Jpeg, photo, Some(small)),
            (found, None) => (found?, bytes, None),
        };
        if media.kind() == Kind::Photo && small.is_none() {
            // Sent as it is, it would tell where it was taken.
            return Err(unreadable());
        }
        refuse_size(u64::try_from(bytes.len()).unwrap_or(u64::MAX), limit)?;
        let thumbnail = match small {
            Some(small) => Some(self.keep(&small, Media::Jpeg).await?),
            None => None,
        };
        Ok(Reference {
            kind: media.kind(),
            name: file.name().chars().filter(|c| !c.is_control()).take(200).collect(),
            added_by: self.signals.person.get_untracked().ok_or_else(unreadable)?,
            file: Some(self.keep(&bytes, media).await?),
            thumbnail,
            address: None,
            captured: captured.filter(|_| media.kind() == Kind::Photo),
            date: None,
            position: None,
        })
    }

    async fn keep(&self, bytes: &[u8], media: Media) -> Result<Stored, Issue> {
        let full = || Issue::hard("file.not_kept", "evidence");
        let sha256 = sha256(bytes);
        let store = self.store().ok_or_else(full)?;
        let file = blob(bytes).ok_or_else(full)?;
        store.put_file(Table::Files.name(), &sha256, &file).await.map_err(|_| full())?;
        Ok(Stored {
            sha256,
            size: u64::try_from(bytes.len()).unwrap_or(u64::MAX),
            media: media.name().into(),
        })
    }

    /// The list of evidence of a value or row as it would be saved now. Reactive.
    pub fn evidence(&self, key: &DraftKey) -> Vec<Reference> {
        let typed = self.draft(key).and_then(|draft| listed::read(&draft.text));
        typed.unwrap_or_else(|| listed::stored(self.record(key.record).as_ref(), &key.group))
    }

    /// Changes that list as a draft. The page that asked may be gone by now.
    #[inline(never)]
    pub fn list_evidence(&'static self, key: &DraftKey, change: &mut dyn FnMut(&mut Vec<Reference>)) {
        let (mut now, stored) =
            untrack(|| (self.evidence(key), listed::stored(self.record(key.record).as_ref(), &key.group)));
        change(&mut now);
        if now == stored {
            self.drop_draft(key);
        } else {
            self.type_draft(key, listed::text(&now));
        }
    }

    /// An address under which this page shows a file that is on this device, until
    /// [`files::forget`]; `None` if it is not here.
    pub async fn file_here(&self, sha256: &str) -> Option<String> {
        let blob = self.store()?.file(Table::Files.name(), sha256).await.ok()??;
        files::address(&blob)
    }

    /// Files that the office has not confirmed. Reactive.
    pub fn uploads(&self) -> Vec<Progress> {
        self.signals.outbox.track();
        self.signals.status.track();
        self.engine.borrow().uploads()
    }

    /// How far all files came, and whether they may go. Reactive.
    pub fn transfer(&self) -> Transfer {
        self.signals.outbox.track();
        self.signals.status.track();
        self.engine.borrow().status().files
    }

    /// What a person chose about files: to pause them, to wait for Wi-Fi.
    pub fn choose_files(&'static self, paused: bool, only_wifi: bool) {
        tail::set_flag(PAUSED, paused.then_some(true));
        tail::set_flag(ONLY_WIFI, only_wifi.then_some(true));
        self.settle_gate();
    }

    /// Tells the engine whether files may go; again whenever the connection changes.
    pub fn settle_gate(&'static self) {
        let chosen = |name| tail::flag(name).unwrap_or(false);
        self.feed(Event::Gate(Gate::of(chosen(PAUSED), chosen(ONLY_WIFI), is_metered())));
    }

    /// What was chosen last: paused, only over Wi-Fi.
    pub fn chosen_for_files(&self) -> (bool, bool) {
        (tail::flag(PAUSED).unwrap_or(false), tail::flag(ONLY_WIFI).unwrap_or(false))
    }
}

impl Core {
    /// Removes files that were picked and never saved: no upload and no draft
    /// needs them, and they are not of today. At start, when drafts are known.
    #[inline(never)]
    pub async fn clear_files(&'static self, store: &Database) {
        let Ok(keys) = store.keys(Table::Files.name()).await else { return };
        let mut batch = Batch::default();
        for key in keys {
            let drafted = self.drafts.borrow().all.values().any(|draft| draft.text.contains(&key));
            let waits = self.engine.borrow().uploads().iter().any(|file| file.sha256 == key);
            if !drafted && !waits && store.is_old_file(Table::Files.name(), &key, DAY_MS).await {
                batch.deletes.push((Table::Files.name(), key));
            }
        }
        if !batch.deletes.is_empty() {
            // What stays is cleared at the next start.
            let _ = store.run(&batch).await;
        }
    }
}

fn unreadable() -> Issue {
    Issue::hard("file.unreadable", "evidence")
}
