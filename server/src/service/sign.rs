//! Signing a cycle's document (SOP step 11) and numbering its letter (step 12): what a
//! person decides and only the office can do, as operations like any other.

use axum::body::Bytes;
use takar_app::api::document::Signing;
use takar_domain::codec::to_value;
use takar_domain::config::MAIN;
use takar_domain::date::{Date, period_name};
use takar_domain::evidence::{Reference, Stored};
use takar_domain::issue::Issue;
use takar_domain::letter::{Numbered, next, of_run, printed};
use takar_domain::procedure::document::{FORMAT, canonical, digest, document, reads};
use takar_domain::procedure::sign::{Manner, Signature, Signer, evidence, hashes, signer};
use takar_domain::procedure::{PAPER, STATE, StepState, Told, finish, needed, paper};
use takar_domain::record::{Record, RecordId, Source, Subject};
use takar_domain::sop::Kind;
use takar_domain::workflow::Action;
use takar_sync::operation::{Change, Part};
use takar_sync::verdict::Outcome;

use super::clock::{now_ms, today};
use super::front::{Front, OfficeAct};
use super::office::Office;
use super::secret::hex;
use super::session::Visitor;
use super::snapshot::Snapshot;
use crate::problem::Problem;

/// Tries while others write in between.
const TRIES: u32 = 20;
/// How far a server's clock may be behind the log's newest entry, in ms: clocks of
/// several servers differ a little.
const CLOCK: i64 = 60_000;
/// The media type of a kept document.
pub const DOCUMENT: &str = "application/json";

/// The records of a document, by id.
type Records = std::collections::BTreeMap<RecordId, Record>;

impl Front {
    /// Seals the document of a cycle by one of the three ways, and ends its step.
    ///
    /// # Errors
    /// The acting person is not signed in here; the password is wrong; the signer or
    /// the recorder may not; another document stands than was shown; the step cannot end; the office was restored and nobody
    /// confirmed it, or its clock ran backwards.
    pub async fn sign_document(
        &self,
        visitor: &Visitor,
        acting: RecordId,
        signing: Signing,
    ) -> Result<(), Problem> {
        let session = self.session(visitor).await?;
        let office = self.office().await?;
        let snapshot = office.snapshot();
        let acting = self.worker(&snapshot, &session, Some(acting))?;
        if signing.manner == Manner::Seal {
            if signing.signer != acting {
                return Err(Problem::PermissionDenied);
            }
            self.check_password(&office, Some(acting), signing.password.clone(), visitor.address).await?;
        }
        self.sign(&office, acting, &signing).await
    }

    /// The same for somebody whose password was checked, or needs none.
    pub(super) async fn sign(
        &self,
        office: &Office,
        acting: RecordId,
        signing: &Signing,
    ) -> Result<(), Problem> {
        self.may_issue(office).await?;
        for _ in 0..TRIES {
            let snapshot = office.snapshot();
            let part = self.signed(office, &snapshot, signing).await?;
            let acted_for = (signing.signer != acting).then_some(signing.signer);
            let source = if signing.manner == Manner::Seal { Source::Own } else { Source::Paper };
            let act = OfficeAct { acted_for, source, reason: signing.reason.clone(), part };
            match self.write_own(office, acting, act).await? {
                Outcome::Applied => return Ok(()),
                // Somebody wrote between looking and writing: look again.
                Outcome::Conflict { .. } => {}
                Outcome::Rejected { issues } if issues.iter().any(|i| i.code == "sign.changed") => {}
                refused => return Err(refusal(refused)),
            }
        }
        Err(Problem::Busy)
    }

    /// The end of the step with the signature over what stands now.
    async fn signed(&self, office: &Office, snapshot: &Snapshot, signing: &Signing) -> Result<Part, Problem> {
        let config = &snapshot.config;
        let subject = Subject::StepRun { cycle: signing.cycle, step: signing.step, unit: None };
        let step = needed(config, &subject).filter(|step| step.kind == Kind::Sign);
        step.ok_or(Problem::NotFound)?;
        let date = signed_on(snapshot, signing)?;
        let signer = signer(config, signing.signer, &date).ok_or(Problem::PermissionDenied)?;
        let wanted = reads(config, signing.cycle).into_iter().chain([subject.record()]).collect();
        let records = snapshot.records(&self.store, wanted).await?;
        let get = |id: RecordId| records.get(&id).cloned();
        let text = document(config, &get, signing.cycle).ok_or(Problem::NotFound)?;
        let text = canonical(&text);
        let stored = Stored { sha256: digest(&text), size: text.len() as u64, media: DOCUMENT.to_owned() };
        if signing.shown.as_ref().is_some_and(|shown| *shown != stored.sha256) {
            return Err(Problem::Refused(Issue::hard("sign.changed", STATE)));
        }
        let files = attached(&records, &subject);
        evidence(signing.manner, &files).map_err(Problem::Refused)?;
        office.put_file(&self.files, &stored.sha256, Bytes::from(text), DOCUMENT, now_ms()).await?;
        let files = if signing.manner == Manner::Seal { Vec::new() } else { hashes(&files) };
        let signature = sealed(office, snapshot, signing.manner, stored, signer, files)?;
        let record = records.get(&subject.record());
        let told = Told {
            minutes: signing.minutes,
            reason: signing.reason.clone(),
            event_date: signing.event_date.clone(),
            signature: Some(signature),
            seal: None,
        };
        let state =
            finish(record, told).ok_or_else(|| Problem::Refused(Issue::hard("step.wrong_state", STATE)))?;
        let seen = record.map(|record| record.seen(STATE)).unwrap_or_default();
        let changes = vec![Change { group: STATE.into(), seen, value: to_value::<StepState>(&state) }];
        Ok(Part { subject, action: Action::Finish, changes, judged: Vec::new() })
    }

    /// Gives the letter of a step its number, once.
    ///
    /// # Errors
    /// As [`Front::sign_document`]; the date is none, or in the future.
    pub async fn give_number(
        &self,
        visitor: &Visitor,
        acting: RecordId,
        of: (RecordId, u16),
        date: String,
    ) -> Result<String, Problem> {
        let session = self.session(visitor).await?;
        let office = self.office().await?;
        let acting = self.worker(&office.snapshot(), &session, Some(acting))?;
        self.number(&office, acting, of, &date).await
    }

    pub(super) async fn number(
        &self,
        office: &Office,
        acting: RecordId,
        (cycle, step): (RecordId, u16),
        date: &str,
    ) -> Result<String, Problem> {
        self.may_issue(office).await?;
        let day: Date = date.parse().map_err(|_| Problem::Invalid { path: "date" })?;
        let year = u16::try_from(day.year()).map_err(|_| Problem::Invalid { path: "date" })?;
        for _ in 0..TRIES {
            let snapshot = office.snapshot();
            let config = &snapshot.config;
            let subject = Subject::StepRun { cycle, step, unit: None };
            needed(config, &subject).filter(|step| step.kind == Kind::Letter).ok_or(Problem::NotFound)?;
            if let Some(known) = of_run(config, cycle, step) {
                return Ok(known.number.clone());
            }
            let (id, about) = config.office.as_ref().ok_or(Problem::NotFounded)?;
            let seq = next(config, year);
            let period = config.cycles.get(&cycle).map(|cycle| period_name(cycle.period)).unwrap_or_default();
            let numbered = Numbered {
                number: printed(about, seq, day),
                date: day.to_string(),
                cycle,
                step,
                about: takar_domain::text::sign::letter_about(&period),
            };
            let changes = vec![Change { group: MAIN.into(), seen: Vec::new(), value: to_value(&numbered) }];
            let subject = Subject::Number { id: *id, year, seq };
            let part = Part { subject, action: Action::Edit, changes, judged: Vec::new() };
            let act = OfficeAct { acted_for: None, source: Source::Own, reason: None, part };
            match self.write_own(office, acting, act).await? {
                Outcome::Applied => return Ok(numbered.number),
                // Another letter got it meanwhile; the writer has read that by now.
                Outcome::Rejected { issues } if issues.iter().any(|i| i.code == "number.taken") => {}
                refused => return Err(refusal(refused)),
            }
        }
        Err(Problem::Busy)
    }

    /// Whether numbers and signatures may be given now: they sat in no device's
    /// outbox, so a restored office may have given them already.
    async fn may_issue(&self, office: &Office) -> Result<(), Problem> {
        let restored = self.store.restoration(office.id).await?;
        if restored.is_some_and(|mark| mark.confirmed.is_none()) {
            return Err(Problem::RestoreWaits);
        }
        let behind = office.snapshot().tip.at.saturating_sub(now_ms());
        if behind > CLOCK { Err(Problem::ClockBehind) } else { Ok(()) }
    }

    async fn write_own(&self, office: &Office, acting: RecordId, act: OfficeAct) -> Result<Outcome, Problem> {
        let sealed = self.sealed_by_office(office, acting, act);
        let receipts = office.receive(vec![sealed]).await?;
        let outcome =
            receipts.into_iter().next().and_then(|receipt| receipt.verdict.parts.into_iter().next());
        outcome.ok_or_else(|| Problem::Internal("an own operation got no verdict".into()))
    }
}

fn sealed(
    office: &Office,
    snapshot: &Snapshot,
    manner: Manner,
    document: Stored,
    signer: Signer,
    files: Vec<String>,
) -> Result<Signature, Problem> {
    let Signer { person, title, name, nip } = signer;
    let cursor = &snapshot.tip.cursor;
    let signature = Signature {
        manner,
        format: FORMAT,
        document,
        seq: cursor.seq,
        head: hex(&cursor.hash),
        at: now_ms(),
        signer: person,
        title,
        name,
        nip,
        files,
        key: String::new(),
        public: String::new(),
        value: String::new(),
    };
    Ok(office.signing_key()?.sign(signature))
}

/// The day of signing, ISO: today, or when it happened on paper.
fn signed_on(snapshot: &Snapshot, signing: &Signing) -> Result<String, Problem> {
    let now = today(&snapshot.config).to_string();
    match &signing.event_date {
        Some(date) if *date > now => Err(Problem::Refused(Issue::hard("date.future", "event_date"))),
        Some(date) => Ok(date.clone()),
        None => Ok(now),
    }
}

/// The files of a step's paper.
fn attached(records: &Records, subject: &Subject) -> Vec<Reference> {
    let paper = records.get(&subject.record()).and_then(|record| record.groups.get(PAPER)?.value());
    let listed = paper.and_then(|paper| paper.get(paper::EVIDENCE));
    listed.and_then(|listed| takar_domain::codec::from_value(listed).ok()).unwrap_or_default()
}

fn refusal(outcome: Outcome) -> Problem {
    match outcome {
        Outcome::Rejected { issues } => issues.into_iter().next().map_or(Problem::Busy, |issue| {
            if issue.code == "permission.denied" {
                Problem::PermissionDenied
            } else {
                Problem::Refused(issue)
            }
        }),
        Outcome::Late { .. } => Problem::Refused(Issue::hard("step.wrong_state", STATE)),
        _ => Problem::PermissionDenied,
    }
}
