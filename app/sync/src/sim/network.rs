//! The network between devices and office, and all that goes wrong with it.

use super::ask::{Arrival, Ask, Reply, Trouble};
use super::happening::Happening;
use super::setup::START;
use super::soon::Soon;
use super::world::World;
use crate::client::{Answer, Call, Event, FILE_GONE, Failure, Trigger};
use crate::wire::{Delta, PushAnswer};

/// Where an answer goes, and whether it gets there.
#[derive(Clone, Copy)]
struct Back {
    device: usize,
    tab: usize,
    boot: u64,
    request: u64,
    answered: bool,
}

/// How long a tab waits for an answer, in ms.
const PATIENCE: u64 = 30_000;

impl World<'_> {
    /// A request leaves a tab. It may arrive, once or twice, or never.
    pub(super) fn send(&mut self, device: usize, tab: usize, boot: u64, request: u64, call: Call) {
        if let Call::Unpack(bytes) = call {
            let event = Box::new(Event::Answer { request, result: Ok(Answer::Unpacked(bytes)) });
            return self.soon(1, Soon::Hear { device, tab, boot, event });
        }
        let result = self.honest_depth(device, tab, &call);
        self.check(result);
        self.note(Happening::Send);
        self.traffic.asked(&call);
        let online = self.devices.get(device).is_some_and(|d| d.online);
        if !online || self.happens(Happening::DropRequest) {
            return self.fail(device, tab, boot, request, Failure::Offline);
        }
        if !self.has_bytes(device, &call) {
            let gone = Failure::Refused { code: FILE_GONE.to_owned() };
            return self.fail(device, tab, boot, request, gone);
        }
        if self.happens(Happening::Portal) {
            return self.fail(device, tab, boot, request, Failure::NotOurs);
        }
        if self.happens(Happening::SessionExpiry) {
            self.fail(device, tab, boot, request, Failure::SignIn);
            let after = 200 + self.random.below(4_000);
            return self.soon(after, Soon::SignIn { device });
        }
        let nth = self.count;
        if self.happens(Happening::Duplicate) {
            let after = self.delay(3_000);
            let call = Box::new(call.clone());
            let twin = Soon::Arrive { device, tab, boot, request, call, answered: false, nth };
            self.soon(after, twin);
        }
        let after = self.travel();
        let answered = after < PATIENCE && !self.happens(Happening::DropAnswer);
        let call = Box::new(call);
        self.soon(after, Soon::Arrive { device, tab, boot, request, call, answered, nth });
        if !answered {
            self.fail(device, tab, boot, request, Failure::Offline);
        }
    }

    pub(super) fn delay(&mut self, most: u64) -> u64 {
        5 + self.random.below(if self.quiet { 20 } else { most })
    }

    /// Most requests are quick; the slower, the rarer, up to a minute.
    fn travel(&mut self) -> u64 {
        let quick = self.delay(400);
        if self.happens(Happening::LongDelay) { quick + (1_500 << self.random.below(6)) } else { quick }
    }

    /// The tab learns of a failure after its time-out.
    fn fail(&mut self, device: usize, tab: usize, boot: u64, request: u64, failure: Failure) {
        let after = self.delay(1_500);
        let event = Box::new(Event::Answer { request, result: Err(failure) });
        self.soon(after, Soon::Hear { device, tab, boot, event });
    }

    /// A request reaches the office, which may be in trouble itself.
    #[expect(clippy::too_many_arguments, reason = "they are one line of the queue")]
    pub(super) fn arrive(
        &mut self,
        device: usize,
        tab: usize,
        boot: u64,
        request: u64,
        call: &Call,
        answered: bool,
        nth: u64,
    ) {
        self.note_order(device, nth);
        let back = Back { device, tab, boot, request, answered };
        let first = self.arrival(call);
        if first.trouble != Some(Trouble::Stale) || self.plan.instances < 2 {
            let reply = self.ask(Ask::Call(first));
            return self.answer(back, first, reply);
        }
        let Some(Soon::Arrive { device, tab, boot, request, call: other, answered, nth }) =
            self.rival(device)
        else {
            let reply = self.ask(Ask::Call(first));
            return self.answer(back, first, reply);
        };
        self.note_order(device, nth);
        let first = Arrival { trouble: None, ..first };
        let second = Arrival { call: &other, instance: 1 - first.instance.min(1), ..first };
        let Reply::Both(replies) = self.ask(Ask::Race(first, second)) else {
            return self.check(Err("no answer to a race".to_owned()));
        };
        let [ours, theirs] = *replies;
        self.answer(Back { device, tab, boot, request, answered }, second, theirs);
        self.answer(back, first, ours);
    }

    /// A request at one of the servers, and what goes wrong there.
    pub(super) fn arrival<'a>(&mut self, call: &'a Call) -> Arrival<'a> {
        let at = START.saturating_add_unsigned(self.now);
        let instance = usize::try_from(self.random.below(self.plan.instances as u64)).unwrap_or(0);
        let trouble = if self.happens(Happening::ServerCrash) {
            let torn = Trouble::Crash { commits: 1 };
            let kinds = [Trouble::CRASH_BEFORE, Trouble::CRASH_AFTER, torn];
            let kinds = if self.plan.torn_pushes { &kinds[..] } else { &kinds[..2] };
            self.random.pick(kinds).copied()
        } else if !matches!(call, Call::Push(_)) {
            None
        } else if self.happens(Happening::AmbiguousCommit) {
            Some(Trouble::Ambiguous)
        } else {
            self.happens(Happening::Conflict).then_some(Trouble::Stale)
        };
        Arrival { call, at, instance, trouble }
    }

    /// Another device's push that is on its way.
    fn rival(&mut self, than: usize) -> Option<Soon> {
        let is_push = |soon: &Soon| match soon {
            Soon::Arrive { device, call, .. } => *device != than && matches!(**call, Call::Push(_)),
            _ => false,
        };
        let at = self.queue.iter().find(|(_, soon)| is_push(soon)).map(|(at, _)| *at)?;
        self.queue.remove(&at)
    }

    fn note_order(&mut self, device: usize, nth: u64) {
        let Some(home) = self.devices.get_mut(device) else { return };
        let overtaken = nth < home.arrived;
        home.arrived = home.arrived.max(nth);
        if overtaken {
            self.note(Happening::Reorder);
        }
    }

    /// The office's answer starts on its way back.
    fn answer(&mut self, back: Back, arrival: Arrival<'_>, reply: Reply) {
        self.note_depth(arrival, &reply);
        let result = match reply {
            Reply::Answer(answer) => Ok(answer),
            Reply::Failure(failure) => Err(failure),
            other => return self.check(Err(format!("no answer to a call: {other:?}"))),
        };
        if let Ok(answer) = &result {
            self.traffic.answered(answer);
            self.note_told(answer);
            self.note_confirmed(arrival.call, answer);
            self.poke(back.device, answer);
        }
        let result = self.bar(result, arrival.at);
        if back.answered {
            self.note(Happening::Deliver);
            let after = self.delay(400);
            let event = Box::new(Event::Answer { request: back.request, result });
            self.soon(after, Soon::Hear { device: back.device, tab: back.tab, boot: back.boot, event });
        }
    }

    /// Now and then the person who works there has no post: the office takes
    /// what comes, and tells nothing but the verdicts.
    fn bar(&mut self, result: Result<Answer, Failure>, now: i64) -> Result<Answer, Failure> {
        if !self.happens(Happening::Barred) {
            return result;
        }
        match result? {
            Answer::Push(answer) => Ok(Answer::Push(PushAnswer { delta: Delta::Withheld { now }, ..answer })),
            // Her files are taken too.
            Answer::Stands(offset) => Ok(Answer::Stands(offset)),
            _ => Err(Failure::Refused { code: "permission.denied".to_owned() }),
        }
    }

    /// The office pokes the others when its log has grown.
    fn poke(&mut self, from: usize, answer: &Answer) {
        let Answer::Push(push) = answer else { return };
        let newest = match &push.delta {
            Delta::Page(page) => page.newest,
            Delta::Diverged { newest, .. } => *newest,
            Delta::Snapshot { .. } | Delta::Withheld { .. } => return,
        };
        let others: Vec<_> = (0..self.devices.len()).filter(|d| *d != from).collect();
        for device in others {
            if !self.quiet && self.random.chance(30) {
                continue;
            }
            let after = self.delay(300);
            let Some(home) = self.devices.get(device).filter(|d| d.online) else { continue };
            let boots: Vec<_> = home.tabs.iter().map(|t| t.boot).enumerate().collect();
            for (tab, boot) in boots {
                let event = Box::new(Event::Wake(Trigger::Poke(newest)));
                self.soon(after, Soon::Hear { device, tab, boot, event });
            }
        }
    }

    /// A device gets or loses its connection.
    pub(super) fn switch(&mut self, device: usize, online: bool) {
        let Some(home) = self.devices.get_mut(device) else { return };
        home.online = online;
        let boots: Vec<_> = home.tabs.iter().map(|t| t.boot).enumerate().collect();
        // The browser's `online` event is not to be relied on.
        if online && (self.quiet || self.random.chance(60)) {
            for (tab, boot) in boots {
                self.hear(device, tab, boot, Event::Wake(Trigger::Online));
            }
        }
    }
}
