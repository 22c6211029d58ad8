//! One device: the product's engine, a table in memory for its database, HTTP.

use std::collections::{HashMap, HashSet};
use std::time::{Duration, Instant};

use takar_domain::figure::VALUE;
use takar_domain::record::{OpId, RecordId, Source, Subject};
use takar_domain::workflow::Action;
use takar_sync::client::{
    Account, Answer, Client, Effect, Event, Key, Now, SaveRequest, State, Stored, Table, Transaction,
    Trigger, sha256,
};
use takar_sync::operation::{Change, Part};
use takar_sync::sim::Random;
use takar_sync::wire::Poke;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::JoinHandle;
use uuid::Uuid;

use crate::Failed;
use crate::http::{Http, now_ms};
use crate::work::proven;

type Act = Box<dyn FnOnce(&mut Device) + Send>;

/// What comes in to a device.
enum Input {
    Event(Event),
    /// The stream of pokes broke.
    Lost,
    Act(Act),
}

/// What is known of a device from outside.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// The office has told the verdict of everything that was saved here: in an
    /// answer, or by its log if the answer was lost.
    pub told: bool,
    pub seq: u64,
    pub up_to_date: bool,
    /// Files that the office does not have yet.
    pub files: usize,
}

/// A running device.
#[derive(Debug)]
pub struct Handle {
    inbox: mpsc::UnboundedSender<Input>,
    pub seen: watch::Receiver<Seen>,
}

impl Handle {
    /// Does something with the device and gives what came of it.
    pub async fn act<T: Send + 'static>(
        &self,
        act: impl FnOnce(&mut Device) -> T + Send + 'static,
    ) -> Result<T, Failed> {
        let (reply, answer) = oneshot::channel();
        let act: Act = Box::new(move |device| drop(reply.send(act(device))));
        self.inbox.send(Input::Act(act)).map_err(|_| "a device is gone")?;
        Ok(answer.await?)
    }

    /// Waits until the device looks so.
    pub async fn until(&self, wanted: impl FnMut(&Seen) -> bool) -> Result<(), Failed> {
        self.seen.clone().wait_for(wanted).await?;
        Ok(())
    }
}

/// A device and its only tab.
#[derive(Debug)]
pub struct Device {
    pub client: Client,
    rows: HashMap<(Table, Key), Vec<u8>>,
    person: RecordId,
    http: Http,
    inbox: mpsc::UnboundedSender<Input>,
    seen: watch::Sender<Seen>,
    /// Operations whose verdict came in an answer.
    acknowledged: HashSet<OpId>,
    started: Instant,
    boot: Uuid,
    random: Random,
    timer: Option<Instant>,
    /// Whether it has a connection; without one nothing is even tried.
    connected: bool,
    stream: Option<JoinHandle<()>>,
    losses: u32,
    saves: u64,
    pub refused: Vec<String>,
}

impl Device {
    /// Starts a device on which this person is signed in, without a connection.
    pub fn start(http: Http, account: Account, seed: u64) -> Handle {
        let (inbox, events) = mpsc::unbounded_channel();
        let (seen, look) = watch::channel(Seen::default());
        let device = Self {
            client: Client::new(),
            rows: HashMap::new(),
            person: account.person,
            http: http.working(account.person),
            inbox: inbox.clone(),
            seen,
            acknowledged: HashSet::new(),
            started: Instant::now(),
            boot: Uuid::now_v7(),
            random: Random::new(seed),
            timer: None,
            connected: false,
            stream: None,
            losses: 0,
            saves: 0,
            refused: Vec::new(),
        };
        tokio::spawn(device.run(account, events));
        Handle { inbox, seen: look }
    }

    async fn run(mut self, account: Account, mut events: mpsc::UnboundedReceiver<Input>) {
        let person = account.person;
        self.hear(Event::Loaded(Stored::default()));
        self.hear(Event::SignedIn(account));
        self.hear(Event::Use(person));
        loop {
            let due = self.timer;
            let ring = async {
                match due {
                    Some(due) => tokio::time::sleep_until(due.into()).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                input = events.recv() => match input {
                    Some(Input::Event(event)) => {
                        if matches!(event, Event::Wake(Trigger::Poke(_))) {
                            self.losses = 0;
                        }
                        self.hear(event);
                    }
                    Some(Input::Lost) => self.lost(),
                    Some(Input::Act(act)) => act(&mut self),
                    None => return,
                },
                () = ring => {
                    self.timer = None;
                    self.hear(Event::Wake(Trigger::Timer));
                }
            }
            self.settle_stream();
            self.tell();
        }
    }

    /// The connection comes or goes.
    pub fn connect(&mut self, connected: bool) {
        self.connected = connected;
        if !connected {
            self.stream.take().inspect(JoinHandle::abort);
        }
        self.hear(Event::Leader(connected));
    }

    /// Saves new values of groups of one record, as one press does.
    pub fn save(&mut self, subject: Subject, fields: Vec<(String, serde_json::Value)>) {
        let changes = fields.into_iter().map(|(group, value)| Change { group, seen: Vec::new(), value });
        let part = Part { subject, action: Action::Edit, changes: changes.collect(), judged: Vec::new() };
        self.saves += 1;
        self.hear(Event::Save(SaveRequest {
            save: self.saves,
            parts: vec![part],
            source: Source::Own,
            acted_for: None,
            reason: None,
            names: None,
            drop_drafts: Vec::new(),
        }));
    }

    /// Attaches a paper to a value: its bytes are stored first, as the app does it.
    pub fn attach(&mut self, subject: Subject, file: Vec<u8>) {
        let name = sha256(&file);
        let value = proven(&name, file.len(), self.person);
        self.rows.insert((Table::Files, name), file);
        self.save(subject, vec![(VALUE.to_owned(), value)]);
    }

    /// Lets an event and all that follows from it on the device happen.
    fn hear(&mut self, event: Event) {
        let mut next = Some(event);
        while let Some(event) = next.take() {
            if let Event::Answer { result: Ok(Answer::Push(answer)), .. } = &event {
                self.acknowledged.extend(answer.receipts.iter().map(|r| r.op));
            }
            let mono_ms = u64::try_from(self.started.elapsed().as_millis()).unwrap_or(0);
            let now = Now { wall_ms: now_ms(), mono_ms, boot: self.boot };
            for effect in self.client.handle(now, self.random.next(), event) {
                match effect {
                    Effect::Commit(txn) => next = Some(self.commit(txn)),
                    Effect::Send { request, call } => self.send(request, call),
                    Effect::Schedule { after_ms } => {
                        self.timer = Some(Instant::now() + Duration::from_millis(after_ms));
                    }
                    Effect::SaveDone { result: Err(why), .. } => self.refused.push(format!("{why:?}")),
                    Effect::SaveDone { .. } | Effect::Changed(_) => {}
                }
            }
        }
    }

    /// There is one tab only, so every expectation holds.
    fn commit(&mut self, txn: Transaction) -> Event {
        let holds =
            |e: &takar_sync::client::Expect| self.rows.get(&(e.table, e.key.clone())) == e.value.as_ref();
        if !txn.expect.iter().all(holds) {
            return Event::StoreFailed { txn: txn.id, why: "another tab wrote".to_owned() };
        }
        for key in txn.deletes {
            self.rows.remove(&key);
        }
        for (table, key, value) in txn.puts {
            self.rows.insert((table, key), value);
        }
        Event::Committed { txn: txn.id }
    }

    fn send(&self, request: u64, call: takar_sync::client::Call) {
        let (http, inbox) = (self.http.clone(), self.inbox.clone());
        let part = match &call {
            takar_sync::client::Call::Part { sha256, from, to } => {
                let place = usize::try_from(*from).ok().zip(usize::try_from(*to).ok());
                let file = self.rows.get(&(Table::Files, sha256.clone()));
                place.zip(file).and_then(|((from, to), file)| file.get(from..to)).map(<[u8]>::to_vec)
            }
            _ => None,
        };
        tokio::spawn(async move {
            let result = http.call(&call, part).await;
            let _ = inbox.send(Input::Event(Event::Answer { request, result }));
        });
    }

    /// A stream of pokes while the office answers, as `app/src/state/link.rs` has it.
    fn settle_stream(&mut self) {
        let status = self.client.status();
        let silent = matches!(status.state, State::Starting | State::Offline | State::Refused { .. });
        if !self.connected || status.heard.is_none() || silent {
            self.stream.take().inspect(JoinHandle::abort);
        } else if self.stream.is_none() {
            let pause = if self.losses == 0 { 0 } else { 500 << self.losses.min(6) };
            let stream = listen(self.http.clone(), self.inbox.clone(), Duration::from_millis(pause));
            self.stream = Some(tokio::spawn(stream));
        }
    }

    fn lost(&mut self) {
        self.stream = None;
        self.losses += 1;
        self.hear(Event::Wake(Trigger::Online));
    }

    fn tell(&mut self) {
        let status = self.client.status();
        self.seen.send_replace(Seen {
            told: status.waiting == 0 || self.acknowledged.len() as u64 >= self.saves,
            seq: self.client.cursor().map_or(0, |c| c.seq),
            up_to_date: matches!(status.state, State::UpToDate { .. }),
            files: status.files.files,
        });
    }
}

async fn listen(http: Http, inbox: mpsc::UnboundedSender<Input>, pause: Duration) {
    tokio::time::sleep(pause).await;
    if let Ok(mut answer) = http.events().await {
        let mut text = String::new();
        while let Ok(Some(bytes)) = answer.chunk().await {
            text.push_str(&String::from_utf8_lossy(&bytes));
            while let Some(end) = text.find("\n\n") {
                let event: String = text.drain(..end + 2).collect();
                let data = event.lines().find_map(|line| line.strip_prefix("data:"));
                if let Some(poke) = data.and_then(|d| serde_json::from_str::<Poke>(d).ok()) {
                    let _ = inbox.send(Input::Event(Event::Wake(Trigger::Poke(poke.seq))));
                }
            }
        }
    }
    let _ = inbox.send(Input::Lost);
}
