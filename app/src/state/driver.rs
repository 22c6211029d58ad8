//! Executes what the engine wishes: one transaction, one request, one timer.

use crate::signal::*;
use gloo_timers::callback::Timeout;
use takar_sync::client::{
    Answer, Call, Changes, Effect, Event, Failure, SaveFailure, Stored, Table, Transaction, Trigger,
};
use takar_sync::codec::{from_cbor, to_cbor};

use super::core::{Core, bump};
use super::draft::{Draft, mark_of};
use super::evidence;
use super::view::SaveError;
use crate::platform::database::{Batch, Database, StoreError};
use crate::platform::http::{self, HttpFailure};
use crate::platform::{clock, gzip};

/// Why the store took nothing, in the engine's words.
const FULL: &str = "full";
const PUSH: &str = "/api/v1/push";
const PULL: &str = "/api/v1/pull";
const SNAPSHOT: &str = "/api/v1/snapshot/";
/// A batch is at most half a megabyte: a minute covers the slowest phone line.
pub(super) const TIME_OUT_MS: u32 = 60_000;

/// Names of the store's tables, in the order of [`Table::ALL`].
pub(super) static TABLES: [&str; 7] = [
    Table::ALL[0].name(),
    Table::ALL[1].name(),
    Table::ALL[2].name(),
    Table::ALL[3].name(),
    Table::ALL[4].name(),
    Table::ALL[5].name(),
    Table::ALL[6].name(),
];

impl Core {
    pub fn execute(&'static self, effect: Effect) {
        match effect {
            Effect::Commit(transaction) => self.commit(transaction),
            Effect::Send { request, call } => self.send(request, call),
            Effect::Schedule { after_ms } => self.schedule(after_ms),
            Effect::Changed(changes) => self.changed(&changes),
            Effect::SaveDone { save, result } => {
                let result = result.map_err(save_error);
                match result {
                    Err(SaveError::Store { full }) => self.store_fails(Some(full)),
                    _ => self.store_fails(None),
                }
                if let Some(waiting) = self.saves.borrow_mut().remove(&save) {
                    waiting.bring(result);
                }
            }
        }
    }

    fn commit(&'static self, transaction: Transaction) {
        let store = self.store();
        let drafts = self.live_drafts();
        spawn_local(async move {
            let txn = transaction.id;
            let batch = batch(transaction);
            let event = match &store {
                None => Event::StoreFailed { txn, why: "blocked".into() },
                Some(store) => match store.run(&batch).await {
                    Ok(true) => Event::Committed { txn },
                    Ok(false) => match store.load().await {
                        Ok(rows) => Event::Stale { txn, stored: stored(rows, drafts) },
                        Err(why) => Event::StoreFailed { txn, why: reason(&why) },
                    },
                    Err(why) => Event::StoreFailed { txn, why: reason(&why) },
                },
            };
            let done = matches!(event, Event::Committed { .. });
            let stale = matches!(event, Event::Stale { .. });
            self.feed(event);
            if done {
                self.say_stored();
            }
            if stale {
                self.count_drafts();
            }
        });
    }

    fn send(&'static self, request: u64, call: Call) {
        let cut = self.signals.cut.get_untracked();
        let person = self.engine.borrow().working().map(|p| p.to_string());
        let store = self.store();
        spawn_local(async move {
            let result = if cut { Err(Failure::Offline) } else { ask(&call, person, store).await };
            // The switch may have been pressed while the request ran.
            let cut = self.signals.cut.get_untracked();
            let result = if cut { Err(Failure::Offline) } else { result };
            self.feed(Event::Answer { request, result });
            self.hear_clock();
        });
    }

    /// Keeps the office's clock that an answer brought.
    fn hear_clock(&self) {
        let heard = self.engine.borrow().status().heard;
        if let Some(office) = heard
            && self.heard.get().map(|h| h.0) != heard
        {
            self.heard.set(Some((office, clock::mono_ms())));
        }
    }

    fn schedule(&'static self, after_ms: u64) {
        let wait = u32::try_from(after_ms).unwrap_or(u32::MAX >> 1);
        let timer = Timeout::new(wait, move || {
            self.feed(Event::Wake(Trigger::Timer));
        });
        self.timer.replace(Some(timer));
    }

    fn changed(&'static self, changes: &Changes) {
        if changes.config {
            let config = self.engine.borrow().config().clone();
            self.signals.config.set(config.into());
        }
        for record in &changes.records {
            self.records.notify(record);
        }
        if changes.outbox {
            bump(self.signals.outbox);
        }
        if changes.status {
            bump(self.signals.status);
        }
        self.settle_phase();
        self.settle_line();
    }
}

/// The engine's transaction as one batch. A deleted draft leaves a mark.
fn batch(transaction: Transaction) -> Batch {
    let gone = Draft::gone(clock::wall_ms());
    let mut batch = Batch::default();
    batch.expect.extend(transaction.expect.into_iter().map(|e| (e.table.name(), e.key, e.value)));
    batch.puts.extend(transaction.puts.into_iter().map(|(t, key, value)| (t.name(), key, value)));
    for (table, key) in transaction.deletes {
        if table == Table::Drafts {
            batch.puts.push((table.name(), mark_of(&key), to_cbor(&gone)));
        }
        batch.deletes.push((table.name(), key));
    }
    batch
}

/// Rows of all tables as the engine wants them. Drafts are counted apart,
/// since the store keeps marks of those that are gone.
pub(super) fn stored(mut rows: Vec<crate::platform::database::Rows>, drafts: usize) -> Stored {
    rows.truncate(5);
    let mut next = rows.into_iter();
    let mut table = || next.next().unwrap_or_default();
    Stored { meta: table(), outbox: table(), log: table(), records: table(), uploads: table(), drafts }
}

async fn ask(call: &Call, person: Option<String>, store: Option<Database>) -> Result<Answer, Failure> {
    let post = async |path, body: Vec<u8>| {
        http::post(path, &body, person.clone(), TIME_OUT_MS).await.map_err(failure)
    };
    let answer = match call {
        Call::Push(push) => from_cbor(&post(PUSH, to_cbor(push)).await?).map(Answer::Push).ok(),
        Call::Pull(pull) => from_cbor(&post(PULL, to_cbor(pull)).await?).map(Answer::Pull).ok(),
        Call::Range { sha256, from, to } => {
            let path = [SNAPSHOT, sha256].concat();
            let bytes = http::range(&path, (*from, *to), person, TIME_OUT_MS).await;
            return bytes.map(Answer::Range).map_err(failure);
        }
        Call::Offer { .. } | Call::Part { .. } => return evidence::ask(call, person, store).await,
        Call::Unpack(bytes) => gzip::unpack(bytes).await.map(Answer::Unpacked),
    };
    answer.ok_or(Failure::NotOurs)
}

pub(super) fn failure(failure: HttpFailure) -> Failure {
    match failure {
        HttpFailure::Offline => Failure::Offline,
        HttpFailure::NotOurs => Failure::NotOurs,
        HttpFailure::Problem { status: 401, .. } => Failure::SignIn,
        HttpFailure::Problem { status: 413, .. } => Failure::TooLarge,
        HttpFailure::Problem { status: 507, retry_after_ms, .. } => Failure::Full { retry_after_ms },
        HttpFailure::Problem { status: 429 | 500.., retry_after_ms, .. } => Failure::Busy { retry_after_ms },
        HttpFailure::Problem { code, .. } => Failure::Refused { code },
    }
}

fn reason(why: &StoreError) -> String {
    match why {
        StoreError::Blocked => "blocked".into(),
        StoreError::Full => FULL.into(),
        StoreError::Outdated => "outdated".into(),
        StoreError::Other(name) => name.clone(),
    }
}

fn save_error(failure: SaveFailure) -> SaveError {
    match failure {
        SaveFailure::NobodySignedIn => SaveError::NobodyWorks,
        SaveFailure::Refused(issues) => SaveError::Issues(issues),
        SaveFailure::Store(why) => SaveError::Store { full: why == FULL },
    }
}
