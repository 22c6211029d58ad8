//! The network between devices and office, and all that goes wrong with it.

use takar_domain::record::RecordId;

use super::setup::START;
use super::world::{Ask, Reply, Soon, World};
use crate::client::{Answer, Call, Event, Failure, Trigger};
use crate::wire::{Delta, PushAnswer};

impl World<'_> {
    /// A request leaves a tab. It may arrive, once or twice, or never.
    pub(super) fn send(&mut self, device: usize, tab: usize, boot: u64, request: u64, call: Call) {
        if let Call::Unpack(bytes) = call {
            let event = Box::new(Event::Answer { request, result: Ok(Answer::Unpacked(bytes)) });
            return self.soon(1, Soon::Hear { device, tab, boot, event });
        }
        let online = self.devices.get(device).is_some_and(|d| d.online);
        let quiet = self.quiet;
        let fails = |world: &mut Self, percent: u64| !quiet && world.random.chance(percent);
        if !online || fails(self, self.plan.drop_request) {
            return self.fail(device, tab, boot, request, Failure::Offline);
        }
        if fails(self, self.plan.foreign_answer) {
            return self.fail(device, tab, boot, request, Failure::NotOurs);
        }
        if fails(self, self.plan.unauthorised) {
            self.fail(device, tab, boot, request, Failure::SignIn);
            let after = 200 + self.random.below(4_000);
            return self.soon(after, Soon::SignIn { device });
        }
        if fails(self, self.plan.duplicate) {
            let after = self.delay(3_000);
            let call = Box::new(call.clone());
            let twin = Soon::Arrive { device, tab, boot, request, call, answered: false };
            self.soon(after, twin);
        }
        let answered = !fails(self, self.plan.drop_answer);
        let after = self.delay(400);
        let call = Box::new(call);
        self.soon(after, Soon::Arrive { device, tab, boot, request, call, answered });
        if !answered {
            self.fail(device, tab, boot, request, Failure::Offline);
        }
    }

    fn delay(&mut self, most: u64) -> u64 {
        5 + self.random.below(if self.quiet { 20 } else { most })
    }

    /// The tab learns of a failure after its time-out.
    fn fail(&mut self, device: usize, tab: usize, boot: u64, request: u64, failure: Failure) {
        let after = self.delay(1_500);
        let event = Box::new(Event::Answer { request, result: Err(failure) });
        self.soon(after, Soon::Hear { device, tab, boot, event });
    }

    /// A request reaches the office.
    pub(super) fn arrive(
        &mut self,
        device: usize,
        tab: usize,
        boot: u64,
        request: u64,
        call: &Call,
        answered: bool,
    ) {
        let at = START.saturating_add_unsigned(self.now);
        let result = match self.ask(Ask::Call { call, at }) {
            Reply::Answer(answer) => Ok(answer),
            Reply::Failure(failure) => Err(failure),
            other => return self.check(Err(format!("no answer to a call: {other:?}"))),
        };
        if let Ok(answer) = &result {
            self.note_told(answer);
            self.poke(device, answer);
        }
        let result = self.bar(result, at);
        if answered {
            let after = self.delay(400);
            let event = Box::new(Event::Answer { request, result });
            self.soon(after, Soon::Hear { device, tab, boot, event });
        }
    }

    /// Now and then the person who works there has no post: the office takes
    /// what comes, and tells nothing but the verdicts.
    fn bar(&mut self, result: Result<Answer, Failure>, now: i64) -> Result<Answer, Failure> {
        if self.quiet || !self.random.chance(self.plan.barred) {
            return result;
        }
        match result? {
            Answer::Push(answer) => Ok(Answer::Push(PushAnswer { delta: Delta::Withheld { now }, ..answer })),
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

    /// Somebody signs in on a device: the one who is there, not always the author.
    pub(super) fn sign_in(&mut self, device: usize) {
        let people = self.setup.people_of(device);
        if let Some(person) = self.random.pick(&people).copied() {
            self.sign_in_as(device, person);
        }
    }

    pub(super) fn sign_in_as(&mut self, device: usize, person: RecordId) {
        let online = self.devices.get(device).is_some_and(|d| d.online);
        let Some(id) = self.setup.devices.get(device).copied() else { return };
        if !online {
            return self.soon(1_000, Soon::SignIn { device });
        }
        let Reply::Number(number) = self.ask(Ask::LastNumber { device: id, person }) else {
            return self.check(Err("no last number".to_owned()));
        };
        let time = START.saturating_add_unsigned(self.now);
        let account = self.setup.account(person, id, number, time);
        let Some(home) = self.devices.get(device) else { return };
        let boots: Vec<_> = home.tabs.iter().map(|t| t.boot).enumerate().collect();
        // One tab shows the form; the session is the browser's.
        let first = usize::try_from(self.random.below(boots.len() as u64)).unwrap_or(0);
        for (tab, boot) in boots {
            if tab == first || self.random.chance(50) {
                self.hear(device, tab, boot, Event::SignedIn(account.clone()));
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
