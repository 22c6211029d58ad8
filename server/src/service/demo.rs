//! The demo office: its story played through the office's writer, operation by
//! operation, like anybody's work.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use axum::body::Bytes;
use takar_app::api::document::Signing;
use takar_app::api::setup::DemoPerson;
use takar_domain::date::{Date, date_of};
use takar_domain::demo::{Demo, DemoAct, DemoStep, Prepared, demo};
use takar_domain::record::{DeviceId, Made, OpId, Record, RecordId, Subject, natural};
use takar_sync::codec::from_cbor;
use takar_sync::merge::apply_part;
use takar_sync::operation::{Change, Envelope, Operation, Part, SCHEMA};
use takar_sync::seal;
use takar_sync::verdict::Outcome;
use uuid::Uuid;

use super::clock::now_ms;
use super::front::Front;
use super::office::Office;
use crate::problem::Problem;

type Records = BTreeMap<RecordId, Record>;

/// The people of the demo's sign-in page.
///
/// # Errors
/// The demo's own data is damaged.
pub(super) fn people(office: RecordId) -> Result<Vec<DemoPerson>, Problem> {
    let demo = demo(office, today()).map_err(Problem::Internal)?;
    let person = |a: takar_domain::demo::DemoAccount| DemoPerson {
        person: a.person,
        username: a.username,
        password: a.password,
        label: a.label,
        look_at: a.look_at,
        more: a.more,
    };
    Ok(demo.accounts.into_iter().map(person).collect())
}

fn today() -> Date {
    date_of(now_ms(), takar_domain::config::Zone::Wib)
}

impl Front {
    /// Makes a demo office if the database is empty.
    ///
    /// # Errors
    /// The database fails, or the demo's own data is damaged.
    pub async fn seed_demo(&self) -> Result<(), Problem> {
        if self.find_office().await?.is_some() {
            return Ok(());
        }
        let office = self.play(today()).await?;
        self.open(office, None).await
    }

    /// Opens a fresh demo office; the old one's log stays in the database.
    ///
    /// # Errors
    /// This is not a demo.
    pub async fn reset_demo(&self) -> Result<(), Problem> {
        if !self.demo {
            return Err(Problem::DemoOnly);
        }
        let old = self.office().await?.id;
        let office = self.play(today()).await?;
        self.open(office, Some(old)).await
    }

    /// Plays the demo into a new office that is not served yet.
    async fn play(&self, today: Date) -> Result<Arc<Office>, Problem> {
        let id = RecordId(Uuid::now_v7());
        let demo = demo(id, today).map_err(Problem::Internal)?;
        let office = self.prepare_office(id).await?;
        // Before the operations that name them, so that no verdict lacks a file.
        for file in demo.files.iter() {
            let bytes = Bytes::from(file.bytes.clone().into_owned());
            office.admit(&self.files, &file.sha256(), bytes, now_ms()).await?;
        }
        Stage::new(&demo).perform(self, &office, &demo).await?;
        for account in demo.accounts {
            self.put_password(&office, account.person, account.password).await?;
        }
        Ok(office)
    }
}

/// What the story's devices have seen so far.
struct Stage {
    now: Records,
    /// States that a device stayed at while it was offline, by number of steps.
    remembered: BTreeMap<usize, Records>,
    wanted: BTreeSet<usize>,
    numbers: BTreeMap<(u8, RecordId), u64>,
}

impl Stage {
    fn new(demo: &Demo) -> Self {
        Self {
            now: Records::new(),
            remembered: BTreeMap::new(),
            wanted: demo.steps.iter().filter_map(|step| step.base).collect(),
            numbers: BTreeMap::new(),
        }
    }

    async fn perform(mut self, front: &Front, office: &Office, demo: &Demo) -> Result<(), Problem> {
        for (done, step) in demo.steps.iter().enumerate() {
            if self.wanted.contains(&done) {
                self.remembered.insert(done, self.now.clone());
            }
            if self.asked(front, office, step).await? {
                continue;
            }
            let (operation, envelope) = self.make(office, step);
            let receipts = office.receive(vec![envelope]).await?;
            let receipt = receipts.into_iter().next();
            let receipt = receipt.ok_or_else(|| Problem::Internal("the demo got no receipt".into()))?;
            for (part, outcome) in operation.parts.iter().zip(&receipt.verdict.parts) {
                if *outcome != Outcome::Applied {
                    let kind = part.subject.kind();
                    return Err(Problem::Internal(format!("demo step {done}, {kind}: {outcome:?}")));
                }
                let record = self
                    .now
                    .entry(part.subject.record())
                    .or_insert_with(|| Record::new(part.subject.clone()));
                apply_part(record, &operation, part, receipt.seq);
            }
        }
        Ok(())
    }

    /// What only the office does, asked of it as the app would. False for everything
    /// else.
    async fn asked(&mut self, front: &Front, office: &Office, step: &DemoStep) -> Result<bool, Problem> {
        let Some(part) = step.parts.first() else { return Ok(false) };
        let Subject::StepRun { cycle, step: number, .. } = &part.subject else { return Ok(false) };
        match &part.act {
            DemoAct::Sign { manner, signer, told } => {
                let signing = Signing {
                    cycle: *cycle,
                    step: *number,
                    manner: *manner,
                    signer: *signer,
                    password: String::new(),
                    shown: None,
                    minutes: told.minutes,
                    event_date: told.event_date.clone(),
                    reason: told.reason.clone(),
                };
                front.sign(office, step.author, &signing).await?;
            }
            DemoAct::Number { date } => {
                front.number(office, step.author, (*cycle, *number), date).await?;
            }
            _ => return Ok(false),
        }
        let id = part.subject.record();
        let bytes = front.store.record_bytes(office.id, id).await?;
        let record = bytes.and_then(|bytes| from_cbor(&bytes).ok());
        self.now.extend(record.map(|record| (id, record)));
        Ok(true)
    }

    fn make(&mut self, office: &Office, step: &DemoStep) -> (Operation, Envelope) {
        let seen = step.base.and_then(|base| self.remembered.get(&base)).unwrap_or(&self.now);
        let parts =
            step.parts.iter().map(|part| carried(part.prepare(&|id| seen.get(&id).cloned()))).collect();
        let number = self.numbers.entry((step.device, step.author)).or_insert(0);
        *number = number.saturating_add(1);
        let device = DeviceId(natural(office.id.0, &format!("demo-device/{}", step.device)).0);
        let operation = Operation {
            id: OpId(Uuid::now_v7()),
            office: office.id,
            device,
            author: step.author,
            number: *number,
            acted_for: step.acted_for,
            source: step.source,
            schema: SCHEMA,
            made: Made { wall: step.made, anchor: None },
            reason: step.reason.clone(),
            names: None,
            parts,
        };
        let (key_id, key) = office.key(step.author, device);
        let envelope = seal::seal(&operation, &key, &key_id);
        (operation, envelope)
    }
}

fn carried(prepared: Prepared) -> Part {
    let change = |(group, seen, value)| Change { group, seen, value };
    Part {
        subject: prepared.subject,
        action: prepared.action,
        changes: prepared.changes.into_iter().map(change).collect(),
        judged: prepared.judged,
    }
}
