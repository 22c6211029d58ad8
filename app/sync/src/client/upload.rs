//! Files on their way to the office: after all numbers, one part at a time, from
//! where the office says that they stand.
//!
//! What waits is stored (`Table::Uploads`, in the transaction of the operation
//! that names it); how far it came is not, because the office tells it. A file
//! leaves the device only when the office says that it has all of it, which it
//! says after checking the hash, and after the operation has its verdict.

use serde::Serialize;
use sha2::{Digest, Sha256};
use takar_derive::Readable;
use takar_domain::record::OpId;
use takar_domain::sorted::Map;

use super::event::{Answer, Call, Failure};
use super::replica::Replica;

/// Code of a file whose bytes this device has no longer.
pub const FILE_GONE: &str = "file.gone";
/// Bytes of the first part, of the smallest and of the largest.
pub const CHUNK: u64 = 256 << 10;
pub const SMALLEST: u64 = 16 << 10;
pub const LARGEST: u64 = 2 << 20;
/// A part that took less is followed by a larger one, one that took more by a
/// smaller one, in ms: numbers wait for the end of a part.
const QUICK: u64 = 2_000;
const SLOW: u64 = 8_000;
/// Answers in a row that bring a file no further before it is set aside.
const PATIENCE: u8 = 5;

/// The name of bytes.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    format!("{:x}", Sha256::digest(bytes))
}

/// The stored form of a file that is not confirmed yet, by its SHA-256.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Readable)]
pub struct Waiting {
    /// Bytes.
    pub size: u64,
    /// Order of sending on this device.
    pub place: u64,
    /// The operations that named it first, on this device.
    pub ops: Vec<OpId>,
    /// As its owner knows it; empty for a small picture, which goes with its photo.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
}

/// Whether files may go now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Gate {
    #[default]
    Open,
    /// A person pressed pause.
    Paused,
    /// Only over Wi-Fi, and there is none.
    WaitsForWifi,
}

impl Gate {
    /// The gate by what a person chose and what the connection is.
    #[must_use]
    pub const fn of(paused: bool, only_wifi: bool, metered: bool) -> Self {
        match (paused, only_wifi && metered) {
            (true, _) => Self::Paused,
            (_, true) => Self::WaitsForWifi,
            _ => Self::Open,
        }
    }
}

/// All files of this device that are not confirmed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Transfer {
    /// 0 only if nothing is left.
    pub files: usize,
    /// Bytes that came, and of all files since the queue was last empty.
    pub done: u64,
    pub total: u64,
    pub gate: Gate,
}

/// One file on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    pub sha256: String,
    /// See `Waiting::name`.
    pub name: String,
    pub ops: Vec<OpId>,
    /// Bytes at the office, as far as this start knows; of so many.
    pub done: u64,
    pub size: u64,
    /// The office's problem code, if a person has to look at it.
    pub refused: Option<String>,
}

/// What an answer means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The office has all of it.
    Confirmed(String),
    /// On with it, or with the next.
    Onward,
    /// The connection, the session or the office: as with any request.
    Trip(Failure),
}

/// The file under way.
#[derive(Clone, Debug)]
struct Current {
    sha256: String,
    /// Where it stands; `None`: to be asked.
    offset: Option<u64>,
    /// Answers in a row without progress.
    stuck: u8,
    /// Monotonic ms of the request.
    since: u64,
}

#[derive(Debug)]
pub struct Uploads {
    pub gate: Gate,
    chunk: u64,
    current: Option<Current>,
    /// Files that the office refuses, with its codes. Tried again after the next
    /// start, or when a person asks for it.
    aside: Map<String, String>,
    /// Bytes of files confirmed since the queue was last empty.
    confirmed: u64,
}

impl Default for Uploads {
    fn default() -> Self {
        Self { gate: Gate::Open, chunk: CHUNK, current: None, aside: Map::new(), confirmed: 0 }
    }
}

impl Uploads {
    /// The next request. The caller has made sure that no number waits.
    #[inline(never)]
    pub fn next(&mut self, replica: &Replica, mono_ms: u64) -> Option<(String, Call)> {
        if self.gate != Gate::Open {
            return None;
        }
        let goes = |sha256: &str| {
            let waiting = replica.uploads.get(sha256).filter(|_| !self.aside.contains_key(sha256))?;
            replica.is_settled(waiting).then_some(waiting)
        };
        let current = self.current.take().filter(|current| goes(&current.sha256).is_some());
        let mut current = match current {
            Some(current) => current,
            None => {
                let ready = replica.uploads.keys().filter_map(|sha256| Some((goes(sha256)?.place, sha256)));
                let (_, sha256) = ready.min()?;
                Current { sha256: sha256.clone(), offset: None, stuck: 0, since: 0 }
            }
        };
        current.since = mono_ms;
        let (sha256, size) = (current.sha256.clone(), goes(&current.sha256)?.size);
        let call = match current.offset {
            None => Call::Offer { sha256: sha256.clone(), size },
            Some(from) => {
                Call::Part { sha256: sha256.clone(), from, to: from.saturating_add(self.chunk).min(size) }
            }
        };
        self.current = Some(current);
        Some((sha256, call))
    }

    /// The answer to the last request.
    #[inline(never)]
    pub fn take(&mut self, replica: &Replica, mono_ms: u64, result: Result<Answer, Failure>) -> Outcome {
        let Some(mut current) = self.current.take() else { return Outcome::Onward };
        let Some(size) = replica.uploads.get(&current.sha256).map(|w| w.size) else { return Outcome::Onward };
        let took = mono_ms.saturating_sub(current.since);
        let failure = match result {
            Ok(Answer::Stands(offset)) if offset == size => {
                self.pace(took);
                self.confirmed = self.confirmed.saturating_add(size);
                return Outcome::Confirmed(current.sha256);
            }
            Ok(Answer::Stands(offset)) if offset < size => {
                // The office may have lost what it had: it says where it stands now.
                let before = current.offset.replace(offset);
                if before.is_some_and(|before| offset <= before) {
                    self.stumble(current, "upload.stuck");
                } else {
                    if before.is_some() {
                        self.pace(took);
                    }
                    current.stuck = if before.is_some() { 0 } else { current.stuck };
                    self.current = Some(current);
                }
                return Outcome::Onward;
            }
            Ok(_) => Failure::NotOurs,
            Err(failure) => failure,
        };
        let begun = current.offset.take().is_some();
        match failure {
            // Something on the way takes no such large parts.
            Failure::TooLarge if begun && self.chunk > SMALLEST => self.shrink(),
            Failure::TooLarge => return self.put_aside(current.sha256, "file.too_large"),
            Failure::Refused { code } => match code.as_str() {
                "upload.offset" | "upload.none" | "upload.taken_over" | "upload.checksum" => {
                    self.stumble(current, &code);
                    return Outcome::Onward;
                }
                _ => return self.put_aside(current.sha256, &code),
            },
            failure => {
                if begun {
                    self.shrink();
                }
                self.current = Some(current);
                return Outcome::Trip(failure);
            }
        }
        self.current = Some(current);
        Outcome::Onward
    }

    /// No progress: asks again where it stands, a few times.
    fn stumble(&mut self, mut current: Current, code: &str) {
        current.offset = None;
        current.stuck = current.stuck.saturating_add(1);
        if current.stuck >= PATIENCE {
            self.aside.insert(current.sha256, code.to_owned());
        } else {
            self.current = Some(current);
        }
    }

    fn put_aside(&mut self, sha256: String, code: &str) -> Outcome {
        self.aside.insert(sha256, code.to_owned());
        Outcome::Onward
    }

    fn pace(&mut self, took: u64) {
        if took < QUICK {
            self.chunk = self.chunk.saturating_mul(2).min(LARGEST);
        } else if took > SLOW {
            self.shrink();
        }
    }

    fn shrink(&mut self) {
        self.chunk = (self.chunk / 2).max(SMALLEST);
    }

    /// Everything that was refused goes once more.
    pub fn retry(&mut self) {
        self.aside = Map::new();
    }

    /// Files that a person has to look at.
    #[inline(never)]
    pub fn refused(&self, replica: &Replica) -> usize {
        self.aside.keys().filter(|sha256| replica.uploads.contains_key(sha256.as_str())).count()
    }

    /// Nothing is left: the next file begins a new count.
    pub const fn rest(&mut self) {
        self.confirmed = 0;
    }

    /// How far all files came.
    #[inline(never)]
    pub fn transfer(&self, replica: &Replica) -> Transfer {
        let left: u64 = replica.uploads.values().map(|waiting| waiting.size).sum();
        let here = self.current.as_ref().and_then(|current| current.offset).unwrap_or(0);
        // A photo and its small picture are one file to a person. Never none while
        // anything is left.
        let named = replica.uploads.values().filter(|waiting| !waiting.name.is_empty()).count();
        Transfer {
            files: named.max(usize::from(!replica.uploads.is_empty())),
            done: self.confirmed.saturating_add(here),
            total: self.confirmed.saturating_add(left),
            gate: self.gate,
        }
    }

    /// Every file on its way.
    #[inline(never)]
    pub fn progress(&self, replica: &Replica) -> Vec<Progress> {
        let of = |(sha256, waiting): (&String, &Waiting)| {
            let current = self.current.as_ref().filter(|current| current.sha256 == *sha256);
            Progress {
                sha256: sha256.clone(),
                name: waiting.name.clone(),
                ops: waiting.ops.clone(),
                done: current.and_then(|current| current.offset).unwrap_or(0),
                size: waiting.size,
                refused: self.aside.get(sha256).cloned(),
            }
        };
        replica.uploads.iter().map(of).collect()
    }
}
