//! Talking to the office: one request at a time, and what its answer starts.

use super::Client;
use super::apply::Taking;
use super::event::{Answer, Call, Changes, Effect, Failure, Now, Trigger};
use super::job::Job;
use super::net::{Asked, Link};
use super::upload::Outcome;
use crate::wire::{Delta, Receipt};
use takar_domain::record::OpId;

impl Client {
    pub(super) fn wake(&mut self, now: Now, trigger: Trigger, out: &mut Vec<Effect>) {
        // Again, if the browser could not store it.
        self.refold_if_older();
        let cursor = self.replica.cursor().map_or(0, |c| c.seq);
        if let Some(after_ms) = self.net.wake(now, trigger, cursor) {
            out.push(Effect::Schedule { after_ms });
        }
    }

    pub(super) fn answered(
        &mut self,
        now: Now,
        random: u64,
        request: u64,
        result: Result<Answer, Failure>,
        out: &mut Vec<Effect>,
    ) {
        let Some(asked) = self.net.asked.take_if(|a| a.request == request) else { return };
        if result.is_err() {
            self.net.tire(now, &asked);
        }
        if asked.file.is_some() {
            return self.about_file(now, random, result, out);
        }
        let (receipts, delta) = match result {
            Ok(Answer::Push(answer)) => (answer.receipts, answer.delta),
            Ok(Answer::Pull(delta)) => (Vec::new(), delta),
            Ok(Answer::Range(bytes)) if self.load.take(&bytes) => return,
            Ok(Answer::Range(_) | Answer::Stands(_)) => {
                return self.trip(now, random, Failure::NotOurs, &[], out);
            }
            Ok(Answer::Unpacked(bytes)) => {
                let pages = self.load.open(&bytes).into_iter();
                self.jobs
                    .extend(pages.map(|page| Job::Take(Taking { receipts: Vec::new(), page: Some(page) })));
                return;
            }
            Err(failure) if asked.ops.is_empty() && self.load.fails(&failure) => return,
            Err(failure) => return self.trip(now, random, failure, &asked.ops, out),
        };
        if receipts.len() != asked.ops.len() {
            return self.trip(now, random, Failure::NotOurs, &asked.ops, out);
        }
        match delta {
            Delta::Page(page) => {
                self.net.heard(now, page.now, page.newest);
                if page.entries.last().is_some_and(|last| last.seq < page.newest) {
                    self.net.room.widen();
                }
                self.net.acknowledge(placed(&receipts));
                self.jobs.push_back(Job::Take(Taking { receipts, page: Some(page) }));
            }
            Delta::Diverged { common, newest, now: office } => {
                self.net.heard(now, office, newest);
                self.net.forget();
                self.jobs.push_back(Job::RollBack { asked: asked.cursor, common });
            }
            Delta::Snapshot { sha256, size, newest, now: office, .. } => {
                self.net.heard(now, office, newest);
                self.load.begin(sha256, size);
            }
            Delta::Withheld { now: office } => {
                self.net.heard(now, office, self.net.newest);
                self.net.link = Link::Barred;
                self.net.acknowledge(placed(&receipts));
                self.jobs.push_back(Job::Take(Taking { receipts, page: None }));
            }
        }
    }

    fn about_file(&mut self, now: Now, random: u64, result: Result<Answer, Failure>, out: &mut Vec<Effect>) {
        match self.uploads.take(&self.replica, now.mono_ms, result) {
            Outcome::Trip(failure) => self.trip(now, random, failure, &[], out),
            Outcome::Onward => self.net.reached(),
            Outcome::Confirmed(sha256) => {
                self.net.reached();
                self.jobs.push_back(Job::Confirm(sha256));
            }
        }
        out.push(Effect::Changed(Changes { status: true, ..Changes::default() }));
    }

    /// A try failed: waits, or asks for a sign-in.
    pub(super) fn trip(
        &mut self,
        now: Now,
        random: u64,
        failure: Failure,
        ops: &[OpId],
        out: &mut Vec<Effect>,
    ) {
        if let Some(after_ms) = self.net.failed(now, random, failure, ops) {
            out.push(Effect::Schedule { after_ms });
        }
    }

    /// Sends the next request, if there is a reason and nothing is under way.
    pub(super) fn send_next(&mut self, now: Now, random: u64, out: &mut Vec<Effect>) {
        let Some(cursor) = self.replica.cursor().filter(|_| self.loaded) else { return };
        let mut jobs = self.flight.iter().map(|f| &f.job).chain(&self.jobs);
        if jobs.any(Job::holds_requests) || !self.net.may_send(now) {
            return;
        }
        let current = self.net.link == Link::Up && cursor.seq >= self.net.newest;
        let waits = |op: &OpId| self.replica.outbox.get(op).is_some_and(|o| o.waits());
        if self.net.lost_acknowledged(current, waits) {
            // It had acknowledged what its whole log does not have.
            self.net.forget();
            return self.trip(now, random, Failure::Busy { retry_after_ms: None }, &[], out);
        }
        if cursor.seq > 0 {
            self.load.forget();
        }
        let Some((call, ops)) = self.next_call() else { return };
        let call = self.load.next().filter(|_| ops.is_empty()).unwrap_or(call);
        let idle = current || self.net.link == Link::Barred;
        if idle && ops.is_empty() && !self.net.check {
            if self.replica.uploads.is_empty() {
                self.uploads.rest();
            }
            if let Some((file, call)) = self.uploads.next(&self.replica, now.mono_ms) {
                return self.ask(
                    call,
                    Asked { request: 0, cursor, ops, file: Some(file), at: now.mono_ms },
                    out,
                );
            }
            if let Some(after_ms) = self.net.rest(now, random) {
                out.push(Effect::Schedule { after_ms });
            }
            return;
        }
        self.net.burst = self.net.burst.max(self.replica.waiting_count());
        self.net.check = false;
        self.ask(call, Asked { request: 0, cursor, ops, file: None, at: now.mono_ms }, out);
    }

    fn ask(&mut self, call: Call, asked: Asked, out: &mut Vec<Effect>) {
        self.ids = self.ids.wrapping_add(1);
        self.net.asked = Some(Asked { request: self.ids, ..asked });
        out.push(Effect::Send { request: self.ids, call });
    }
}

fn placed(receipts: &[Receipt]) -> impl Iterator<Item = OpId> {
    receipts.iter().filter(|r| r.seq.is_some()).map(|r| r.op)
}
