//! The office's writer: the one way into its log.
//!
//! One task per office in front groups what arrives into commits. It computes
//! from the counter it read and commits only if the counter still stands there,
//! so several servers on one database are safe.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use takar_domain::record::{OpId, RecordId};
use takar_sync::office::Incoming;
use takar_sync::wire::{Entry, Receipt};
use tokio::sync::{OwnedSemaphorePermit, mpsc, oneshot, watch};

use super::placing::{Placed, Receipts};
use super::recent::Recent;
use super::snapshot::Snapshot;
use super::turns::Turns;
use crate::problem::Problem;
use crate::store::{Store, StoreError};

/// Most operations of one commit; a single push may exceed it.
const GROUP: usize = 500;
/// Retries when another server wrote in between.
const STALE_RETRIES: u32 = 200;
/// Attempts of a group before it is bisected.
const ATTEMPTS: u32 = 2;
/// How often the writer looks for what other servers wrote.
const LOOK: Duration = Duration::from_secs(2);

/// Operations of one push and where their receipts go.
pub(super) struct Job {
    pub incoming: Vec<Incoming>,
    /// Given back with the last of them.
    pub turn: OwnedSemaphorePermit,
    pub reply: oneshot::Sender<Result<Vec<Receipt>, Problem>>,
}

/// What stopped a group.
enum Stop {
    /// The database cannot be read, or there is no room: nobody is to blame.
    Everybody(StoreError),
    /// These could not be committed.
    These(Vec<Placed>, StoreError),
}

pub(super) struct Writer {
    pub store: Store,
    pub office: RecordId,
    pub jobs: mpsc::Receiver<Job>,
    /// Whether the database named this office as the one served. A new one is
    /// prepared before it is named.
    pub named: bool,
    pub snapshot: Snapshot,
    /// What this server committed last.
    pub recent: Arc<Mutex<Recent>>,
    /// Readers of the configuration.
    pub published: watch::Sender<Snapshot>,
    pub poke: Poke,
    pub turns: Turns,
}

/// What tells every open app that the log has grown. While many write, one poke
/// for all that is waiting to be written saves each app most of its pulls.
pub(super) struct Poke {
    pub grown: watch::Sender<u64>,
    /// The last one.
    pub poked: Instant,
}

/// Longest wait for a poke while more and more is written.
const UNPOKED: Duration = Duration::from_secs(5);

impl Writer {
    /// Serves until nobody can send jobs, or the database serves another office.
    pub async fn run(mut self) {
        let mut look = tokio::time::interval(LOOK);
        look.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                job = self.jobs.recv() => match job {
                    Some(job) => self.serve(job).await,
                    None => return,
                },
                _ = look.tick() => if !self.look_around().await { return },
            }
        }
    }

    /// Learns what other servers did; false if this office is served no longer.
    async fn look_around(&mut self) -> bool {
        match self.store.office().await {
            Ok(Some(office)) if office == self.office => self.named = true,
            Ok(other) if self.named => {
                tracing::info!(office = ?self.office, ?other, "the database serves this office no longer");
                return false;
            }
            Ok(_) => {}
            Err(error) => {
                tracing::warn!(%error, "the database cannot be read");
                return true;
            }
        }
        match self.snapshot.refresh(&self.store).await {
            Ok(true) => self.publish(),
            Ok(false) => {}
            Err(error) => tracing::warn!(%error, "the log cannot be read"),
        }
        self.poke();
        true
    }

    fn poke(&mut self) {
        let seq = self.snapshot.tip.cursor.seq;
        if *self.poke.grown.borrow() != seq && (self.jobs.is_empty() || self.poke.poked.elapsed() > UNPOKED) {
            self.poke.grown.send_replace(seq);
            self.poke.poked = Instant::now();
        }
    }

    /// Tells readers of entries that are committed.
    pub(super) fn remember(&self, entries: Vec<Entry>) {
        self.recent.lock().unwrap_or_else(PoisonError::into_inner).extend(entries);
    }

    pub(super) fn publish(&self) {
        self.published.send_replace(self.snapshot.clone());
    }

    async fn serve(&mut self, first: Job) {
        let mut jobs = vec![first];
        let mut size = jobs.iter().map(|job| job.incoming.len()).sum::<usize>();
        while size < GROUP
            && let Ok(job) = self.jobs.try_recv()
        {
            size = size.saturating_add(job.incoming.len());
            jobs.push(job);
        }
        let mut group = Vec::with_capacity(size);
        let (mut replies, mut turns) = (Vec::with_capacity(jobs.len()), Vec::with_capacity(jobs.len()));
        for Job { incoming, turn, reply } in jobs {
            let from = group.len();
            for incoming in incoming {
                group.push(Placed { place: group.len(), incoming });
            }
            turns.push(turn);
            replies.push((from..group.len(), reply));
        }
        let (mut receipts, error) = self.settle(group).await;
        self.poke();
        // Before the answers: who gets one looks whether others are at it.
        drop(turns);
        for (places, reply) in replies {
            let found: Option<Vec<Receipt>> = places.map(|place| receipts.remove(&place)).collect();
            let answer = found.ok_or_else(|| trouble(error.as_ref()));
            // A caller that went away asks again and gets the stored verdicts.
            let _ = reply.send(answer);
        }
    }

    /// Gives every operation its receipt, bisecting a group that fails until
    /// the one bad operation has its verdict.
    async fn settle(&mut self, group: Vec<Placed>) -> (Receipts, Option<StoreError>) {
        let mut receipts = Receipts::new();
        let mut stack = vec![group];
        while let Some(group) = stack.pop() {
            match self.place(group, &mut receipts).await {
                Ok(()) => {}
                Err(Stop::Everybody(error)) => {
                    tracing::error!(%error, "operations could not be stored");
                    return (receipts, Some(error));
                }
                Err(Stop::These(mut bad, error)) if bad.len() > 1 => {
                    tracing::warn!(%error, operations = bad.len(), "a group failed and is bisected");
                    let second = bad.split_off(bad.len() / 2);
                    stack.push(second);
                    stack.push(bad);
                }
                Err(Stop::These(bad, error)) => {
                    tracing::error!(%error, "an operation cannot be stored and is refused");
                    for placed in bad {
                        if let Err(error) = self.refuse(placed, &mut receipts).await {
                            return (receipts, Some(error));
                        }
                    }
                }
            }
        }
        (receipts, None)
    }

    /// Commits a group in order. Since a failed commit may have happened all
    /// the same, the counter and the ids are read again after any error.
    async fn place(&mut self, group: Vec<Placed>, receipts: &mut Receipts) -> Result<(), Stop> {
        let placed = self.place_in_turn(group, receipts).await;
        self.turns.end(&self.store).await;
        placed
    }

    async fn place_in_turn(&mut self, mut group: Vec<Placed>, receipts: &mut Receipts) -> Result<(), Stop> {
        let mut stale = 0;
        let mut attempts = 0;
        // Whoever takes long for a commit always comes after a server that does
        // not: after each meeting half as much is tried.
        let mut most = usize::MAX;
        while !group.is_empty() {
            let waiting = group.split_off(most.min(group.len()));
            self.turns.wait(&self.store, &self.snapshot.tip).await.map_err(Stop::Everybody)?;
            if self.snapshot.refresh(&self.store).await.map_err(Stop::Everybody)? {
                self.publish();
            }
            let (fresh, later) = self.sort_out(group, receipts).await.map_err(Stop::Everybody)?;
            let tried = fresh.len();
            let written = if fresh.is_empty() {
                Ok(fresh)
            } else {
                self.commit_once(&fresh, receipts).await.map_err(|e| (e, fresh))
            };
            let (first, stopped) = match written {
                Ok(rest) => {
                    (stale, attempts, most) = (0, 0, most.saturating_mul(2));
                    (rest, None)
                }
                Err((StoreError::Stale, fresh)) if stale < STALE_RETRIES => {
                    (stale, most) = (stale + 1, tried.div_ceil(2));
                    self.turns.lost(&self.store, stale).await.map_err(Stop::Everybody)?;
                    (fresh, None)
                }
                Err((error, fresh)) => {
                    attempts += 1;
                    (fresh, Some(error))
                }
            };
            group = first.into_iter().chain(later).chain(waiting).collect();
            match stopped {
                Some(error @ (StoreError::Stale | StoreError::Full)) => return Err(Stop::Everybody(error)),
                Some(error) if attempts >= ATTEMPTS => return Err(Stop::These(group, error)),
                Some(_) | None => {}
            }
        }
        Ok(())
    }

    /// Answers repeats from the log. Gives the new operations, and those whose
    /// id occurs a second time in the group: they are repeats after the commit.
    async fn sort_out(
        &self,
        group: Vec<Placed>,
        receipts: &mut Receipts,
    ) -> Result<(Vec<Placed>, Vec<Placed>), StoreError> {
        let ids: Vec<OpId> = group.iter().map(|p| p.incoming.op.id).collect();
        let known = self.store.known(self.office, &ids).await?;
        let mut seen = BTreeSet::new();
        let (mut fresh, mut later) = (Vec::new(), Vec::new());
        for placed in group {
            let id = placed.incoming.op.id;
            if let Some(seq) = known.get(&id) {
                let receipt = self.repeat(*seq, &placed.incoming).await?;
                receipts.insert(placed.place, receipt);
            } else if seen.insert(id) {
                fresh.push(placed);
            } else {
                later.push(placed);
            }
        }
        Ok((fresh, later))
    }
}

fn trouble(error: Option<&StoreError>) -> Problem {
    match error {
        Some(StoreError::Full) => Problem::Full,
        Some(StoreError::Stale) => Problem::Busy,
        _ => Problem::Unavailable,
    }
}

#[cfg(test)]
pub(in crate::service) mod tests;
