//! One device on a bench: the real engine, a database, and an office in reach.

use serde_json::json;
use takar_domain::record::{OpId, Record, RecordId, Source, Value};
use takar_sync::client::{
    Answer, Call, Client, Effect, Event, Failure, Now, SaveFailure, SaveRequest, State, Transaction, Trigger,
};
use takar_sync::operation::{Envelope, Part};
use takar_sync::sim::{START, Setup, SimOffice, Store, edit, figure};
use takar_sync::wire::{Delta, Push, PushAnswer};
use uuid::Uuid;

/// What the network does with requests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Network {
    Up,
    /// The office hears, the device does not.
    AnswersLost,
    /// The posts of the person who works ended.
    Barred,
    Fails(Failure),
    /// Requests are only collected.
    Held,
}

pub struct Bench {
    pub setup: Setup,
    pub office: SimOffice,
    pub store: Store,
    pub client: Client,
    pub network: Network,
    pub now: u64,
    pub sent: Vec<(u64, Call)>,
    pub done: Vec<(u64, Result<OpId, SaveFailure>)>,
    pub timers: Vec<u64>,
    pub commits: Vec<Transaction>,
    /// Transactions are collected instead of being run.
    pub slow_store: bool,
    /// How far the wall clock is off, in ms.
    pub skew: i64,
    boot: u128,
    saves: u64,
    device: usize,
}

impl Bench {
    /// A device that is signed in and up to date.
    pub fn new() -> Self {
        Self::paged(100)
    }

    /// The same, with an office that answers so many entries at once.
    pub fn paged(page: usize) -> Self {
        let setup = Setup::new(2);
        let office = SimOffice::new(&setup, page, START);
        let mut bench = Self::offline(setup, office, 0);
        bench.sign_in(bench.setup.team[0]);
        assert!(matches!(bench.client.status().state, State::UpToDate { .. }));
        bench
    }

    pub fn offline(setup: Setup, office: SimOffice, device: usize) -> Self {
        let mut bench = Self {
            setup,
            office,
            store: Store::default(),
            client: Client::new(),
            network: Network::Up,
            now: 0,
            sent: Vec::new(),
            done: Vec::new(),
            timers: Vec::new(),
            commits: Vec::new(),
            slow_store: false,
            skew: 0,
            boot: 0,
            saves: 0,
            device,
        };
        bench.restart();
        bench
    }

    /// The tab dies and is opened again.
    pub fn restart(&mut self) {
        self.boot += 1;
        self.client = Client::new();
        self.hear(Event::Loaded(self.store.stored()));
        self.hear(Event::Leader(true));
    }

    pub fn sign_in(&mut self, person: RecordId) {
        let device = self.setup.devices[self.device];
        let number = self.office.last_number(device, person);
        let account = self.setup.account(person, device, number, START + self.now as i64);
        self.hear(Event::SignedIn(account));
        self.hear(Event::Use(person));
    }

    /// Tells the engine, and does all it wishes until it rests.
    pub fn hear(&mut self, event: Event) {
        self.now += 1;
        let clocks = Now {
            wall_ms: START + self.now as i64 + self.skew,
            mono_ms: self.now,
            boot: Uuid::from_u128(self.boot),
        };
        let random = (self.now + 1_000_000 * self.device as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        for effect in self.client.handle(clocks, random, event) {
            match effect {
                Effect::Commit(txn) if self.slow_store => self.commits.push(txn),
                Effect::Commit(txn) => self.run(txn),
                Effect::Send { request, call } => self.carry(request, call),
                Effect::Schedule { after_ms } => self.timers.push(after_ms),
                Effect::SaveDone { save, result } => self.done.push((save, result)),
                Effect::Changed(_) => {}
            }
        }
    }

    /// The browser runs a transaction and tells the engine.
    pub fn run(&mut self, txn: Transaction) {
        let id = txn.id;
        let event = if self.store.run(&txn).unwrap() {
            Event::Committed { txn: id }
        } else {
            Event::Stale { txn: id, stored: self.store.stored() }
        };
        self.commits.push(txn);
        self.hear(event);
    }

    fn carry(&mut self, request: u64, call: Call) {
        self.sent.push((request, call.clone()));
        let result = match &self.network {
            Network::Held => return,
            Network::Fails(failure) => Err(failure.clone()),
            Network::Up => Ok(self.answer(&call)),
            Network::Barred => match self.answer(&call) {
                Answer::Push(answer) => {
                    Ok(Answer::Push(PushAnswer { delta: Delta::Withheld { now: START }, ..answer }))
                }
                _ => Err(Failure::Refused { code: "permission.denied".to_owned() }),
            },
            Network::AnswersLost => {
                self.answer(&call);
                Err(Failure::Offline)
            }
        };
        self.hear(Event::Answer { request, result });
    }

    pub fn answer(&mut self, call: &Call) -> Answer {
        self.office.answer(call, START + self.now as i64)
    }

    pub fn go_offline(&mut self) {
        self.network = Network::Fails(Failure::Offline);
        self.wake();
    }

    pub fn go_online(&mut self) {
        self.network = Network::Up;
        self.hear(Event::Wake(Trigger::Online));
    }

    pub fn wake(&mut self) {
        self.hear(Event::Wake(Trigger::Manual));
    }

    /// Saves one edit; gives what the engine said, if it said so already.
    pub fn save(&mut self, parts: Vec<Part>) -> Option<Result<OpId, SaveFailure>> {
        self.save_as(parts, |_| ())
    }

    pub fn save_as(
        &mut self,
        parts: Vec<Part>,
        change: impl FnOnce(&mut SaveRequest),
    ) -> Option<Result<OpId, SaveFailure>> {
        self.saves += 1;
        let mut request = SaveRequest {
            save: self.saves,
            parts,
            source: Source::Own,
            acted_for: None,
            reason: None,
            names: None,
            drop_drafts: Vec::new(),
        };
        change(&mut request);
        let number = request.save;
        self.hear(Event::Save(request));
        self.done.iter().find(|(save, _)| *save == number).map(|(_, result)| result.clone())
    }

    /// Types a number into the first shared indicator.
    pub fn type_number(&mut self, number: &str) -> OpId {
        let part = self.number(number);
        self.save(vec![part]).unwrap().unwrap()
    }

    pub fn number(&self, number: &str) -> Part {
        edit(figure(self.setup.shared[0]), "value", entry(number))
    }

    /// The first shared figure, as the screen shows it.
    pub fn shown(&self) -> Option<Record> {
        self.client.record(self.figure())
    }

    pub fn figure(&self) -> RecordId {
        figure(self.setup.shared[0]).record()
    }

    /// Numbers that stand in the first shared figure at the office.
    pub fn at_office(&self) -> Vec<Value> {
        let record = self.office.records().get(&self.figure());
        let heads = record.and_then(|r| r.groups.get("value")).map(|g| g.heads.clone());
        heads.unwrap_or_default().into_iter().map(|h| h.value).collect()
    }

    pub fn waiting(&self) -> usize {
        self.client.status().waiting
    }

    /// Somebody else's operation reaches the office.
    pub fn elsewhere(&mut self, part: Part) -> Envelope {
        self.elsewhere_naming(part, None)
    }

    /// The same, settling an operation that was held or late.
    pub fn elsewhere_naming(&mut self, part: Part, names: Option<OpId>) -> Envelope {
        self.elsewhere_by(self.setup.planner, part, names)
    }

    /// The same, by somebody in particular.
    pub fn elsewhere_by(&mut self, person: RecordId, part: Part, names: Option<OpId>) -> Envelope {
        let mut other = Self::offline(self.setup.clone(), self.office.clone(), 1);
        other.now = self.now;
        other.sign_in(person);
        other.network = Network::Held;
        other.save_as(vec![part], |r| r.names = names).unwrap().unwrap();
        let envelope = other.client.outbox().next().unwrap().item.envelope.clone();
        self.push(vec![envelope.clone()]);
        envelope
    }

    /// Brings envelopes to the office past this device.
    pub fn push(&mut self, envelopes: Vec<Envelope>) -> Delta {
        let device = self.setup.devices[1];
        let call = Call::Push(Push { device, envelopes, cursors: Vec::new(), depth: 0, room: None });
        let Answer::Push(answer) = self.answer(&call) else { panic!("a push gets its answer") };
        answer.delta
    }
}

pub fn entry(number: &str) -> Value {
    json!({"state": "value", "number": number})
}
