//! The package of a signed cycle (SOP step 14): one ZIP with the document as it was
//! signed, its signature, the letter's number, the evidence and the trail, and a
//! list of it all with hashes. Made when it is asked for, one file in memory at a time.

mod trail;
mod zip;

use std::collections::BTreeMap;

use axum::body::Bytes;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use takar_app::acts::csv;
use takar_domain::date::period_name;
use takar_domain::decimal::Decimal;
use takar_domain::evidence::media::Media;
use takar_domain::issue::Issue;
use takar_domain::letter::of_run;
use takar_domain::number as numbers;
use takar_domain::procedure::sign::Signature;
use takar_domain::procedure::{PAPER, Phase, RECEIPT, STATE, StepState, progress, runs_of, sop_of};
use takar_domain::record::{Record, RecordId, Subject};
use takar_domain::retention::kept;
use takar_domain::sop::Kind;
use uuid::Uuid;

use self::zip::Zip;
use super::clock::today;
use super::front::Front;
use super::office::Office;
use super::secret::hex;
use super::snapshot::Snapshot;
use crate::blob::FilesError;
use crate::blob::spool::{Scratch, Spool};
use crate::problem::Problem;
use crate::store::access::RESERVE;

/// Entries of the log read at once.
const PAGE: u32 = 500;
/// Shape of the package.
const FORMAT: u32 = 1;
/// Columns of the table, by their names in the document.
const COLUMNS: [(&str, &str); 18] = [
    ("Kode", "code"),
    ("Program, kegiatan, atau sasaran", "node"),
    ("Indikator", "name"),
    ("Satuan", "measure"),
    ("Unit", "unit"),
    ("Target tahun", "year_target"),
    ("Target predikat", "target_predicate"),
    ("Target periode", "target"),
    ("Realisasi", "actual"),
    ("Predikat", "predicate"),
    ("Status", "state"),
    ("Rumus", "rule"),
    ("Capaian rumus (%)", "raw"),
    ("Capaian (%)", "bounded"),
    ("Kriteria", "rating"),
    ("Capaian tahun (%)", "year_bounded"),
    ("Pagu (Rp)", "pagu"),
    ("Realisasi anggaran (Rp)", "spent"),
];
/// Numbers as they were typed.
const TYPED: [&str; 5] = ["year_target", "target", "actual", "pagu", "spent"];
/// What the rules gave: to as many places as people read, exact in the document.
const COMPUTED: [&str; 3] = ["raw", "bounded", "year_bounded"];
const PLACES: u32 = 2;

/// A package on this server's disk, which goes when it was sent.
#[derive(Debug)]
pub struct Package {
    pub scratch: Scratch,
    /// Bytes.
    pub size: u64,
    /// What a browser saves it as.
    pub name: String,
}

/// What a package is made of, found before anything is written.
struct Source<'a> {
    office: &'a Office,
    snapshot: &'a Snapshot,
    cycle: RecordId,
    runs: Vec<(Kind, Subject, Record)>,
    signature: Signature,
}

/// Adds files and remembers what they are.
struct Packing<'a> {
    zip: Zip<'a>,
    listed: Vec<Value>,
    spool: &'a Spool,
}

impl Packing<'_> {
    fn add(&mut self, name: &str, bytes: &[u8]) -> Result<(), Problem> {
        // The office's own work goes before anybody's copy.
        if self.spool.free()? < RESERVE.saturating_add(bytes.len() as u64) {
            return Err(Problem::Full);
        }
        let sha256 = hex(&Sha256::digest(bytes));
        self.listed.push(json!({ "name": name, "size": bytes.len(), "sha256": sha256 }));
        self.zip.add(name, bytes)
    }
}

impl Front {
    /// Makes the package of a cycle.
    ///
    /// # Errors
    /// The cycle is not signed, its document or its evidence cannot be read, or the
    /// disk is full.
    pub async fn package(&self, office: &Office, cycle: RecordId) -> Result<Package, Problem> {
        let snapshot = office.snapshot();
        let source = self.source(office, &snapshot, cycle).await?;
        let mut scratch = self.files.spool.scratch(office.id, &Uuid::now_v7().to_string())?;
        let mut packing =
            Packing { zip: Zip::new(&mut scratch.writer), listed: Vec::new(), spool: &self.files.spool };
        let (bytes, document) = self.signed_document(&source).await?;
        packing.add("dokumen.json", &bytes)?;
        packing.add("dokumen.csv", table(&document).as_bytes())?;
        packing.add("tanda-tangan.json", pretty(&signature(&source.signature)).as_bytes())?;
        packing.add("surat-dan-arsip.json", pretty(&papers(&source)).as_bytes())?;
        packing.add("jejak.csv", self.trail(&source).await?.as_bytes())?;
        let missing = self.evidence(&source, &document, &mut packing).await?;
        let period = snapshot.config.cycles.get(&cycle).map(|c| period_name(c.period)).unwrap_or_default();
        let number = number(&source).map(|n| json!({ "number": n.number, "date": n.date }));
        let manifest = json!({
            "format": FORMAT,
            "title": takar_domain::text::sign::letter_about(&period),
            "office": snapshot.config.office.as_ref().map(|(_, office)| office.name.clone()),
            "document": source.signature.document.sha256,
            "letter": number,
            "files": packing.listed,
            "not_yet_here": missing,
        });
        packing.zip.add("manifest.json", pretty(&manifest).as_bytes())?;
        packing.zip.end()?;
        let size = scratch.writer.at;
        let name = format!("paket-{}.zip", period.to_lowercase().replace(' ', "-"));
        Ok(Package { scratch, size, name })
    }

    async fn source<'a>(
        &self,
        office: &'a Office,
        snapshot: &'a Snapshot,
        cycle: RecordId,
    ) -> Result<Source<'a>, Problem> {
        let sop = sop_of(&snapshot.config, cycle).ok_or(Problem::NotFound)?;
        let subjects = runs_of(&snapshot.config, cycle);
        let mut records =
            snapshot.records(&self.store, subjects.iter().map(Subject::record).collect()).await?;
        let mut runs = Vec::new();
        for subject in subjects {
            let Subject::StepRun { step, .. } = subject else { continue };
            let kind = sop.step(step).map(|step| step.kind);
            runs.extend(
                kind.zip(records.remove(&subject.record())).map(|(kind, record)| (kind, subject, record)),
            );
        }
        let state =
            |record: &Record| record.read::<StepState>(STATE).filter(|state| state.phase == Phase::Done);
        let mut signed = runs.iter().filter(|(kind, ..)| *kind == Kind::Sign);
        let signature = signed.find_map(|(.., record)| state(record)?.round.signature);
        let signature = signature.ok_or_else(|| Problem::Refused(Issue::hard("sign.none", STATE)))?;
        Ok(Source { office, snapshot, cycle, runs, signature })
    }

    /// The document as it was signed, whose hash is compared again.
    async fn signed_document(&self, source: &Source<'_>) -> Result<(Bytes, Value), Problem> {
        let wanted = &source.signature.document.sha256;
        let bytes = self.files.read(source.office.id, wanted).await?;
        if hex(&Sha256::digest(&bytes)) != *wanted {
            tracing::error!(file = %wanted, "a signed document has other bytes than were signed");
            return Err(Problem::Refused(Issue::hard("sign.damaged", "")));
        }
        let document =
            serde_json::from_slice(&bytes).map_err(|error| Problem::Internal(error.to_string()))?;
        Ok((bytes, document))
    }

    async fn trail(&self, source: &Source<'_>) -> Result<String, Problem> {
        let config = &source.snapshot.config;
        let mut lines = vec![trail::HEAD.map(str::to_owned).to_vec()];
        let mut from = 0;
        loop {
            let entries = self.store.entries(source.office.id, from, PAGE).await?;
            let Some((last, _)) = entries.last() else { break };
            from = last.seq;
            lines.extend(entries.iter().flat_map(|(entry, _)| trail::lines(config, source.cycle, entry)));
        }
        Ok(csv::lines(&lines))
    }

    /// Every file that the document or a step's paper names; gives those that have not
    /// come yet.
    async fn evidence(
        &self,
        source: &Source<'_>,
        document: &Value,
        packing: &mut Packing<'_>,
    ) -> Result<Vec<String>, Problem> {
        let mut named = BTreeMap::new();
        name_files(&document["figures"], &mut named);
        for (.., record) in &source.runs {
            let paper = record.groups.get(PAPER).and_then(|group| group.value());
            paper.into_iter().for_each(|paper| name_files(paper, &mut named));
        }
        let mut missing = Vec::new();
        for (sha256, media) in named {
            let _one = self.files.checks.acquire().await.map_err(|_| Problem::Busy)?;
            match self.files.read(source.office.id, &sha256).await {
                Ok(bytes) => {
                    let ending = Media::named(&media).map_or("bin", Media::extension);
                    packing.add(&format!("bukti/{sha256}.{ending}"), &bytes)?;
                }
                Err(FilesError::Missing) => missing.push(sha256),
                Err(error) => return Err(error.into()),
            }
        }
        Ok(missing)
    }
}

/// Files by hash, each with its media type.
fn name_files(value: &Value, found: &mut BTreeMap<String, String>) {
    if let (Some(sha256), Some(media)) = (value["sha256"].as_str(), value["media"].as_str()) {
        found.insert(sha256.to_owned(), media.to_owned());
    }
    match value {
        Value::Object(fields) => fields.values().for_each(|value| name_files(value, found)),
        Value::Array(items) => items.iter().for_each(|value| name_files(value, found)),
        _ => {}
    }
}

fn table(document: &Value) -> String {
    let mut lines = vec![COLUMNS.map(|(head, _)| head.to_owned()).to_vec()];
    for line in document["lines"].as_array().into_iter().flatten() {
        lines.push(COLUMNS.map(|(_, name)| cell(name, line[name].as_str().unwrap_or_default())).to_vec());
    }
    csv::lines(&lines)
}

/// Numbers have the decimal sign of this country; texts keep their points.
fn cell(name: &str, text: &str) -> String {
    match text.parse::<Decimal>() {
        Ok(number) if COMPUTED.contains(&name) => numbers::format_places(number, PLACES).replace('.', ""),
        Ok(_) if TYPED.contains(&name) => text.replace('.', ","),
        _ => text.to_owned(),
    }
}

/// The signature, and the very bytes that were signed, for who verifies it elsewhere.
fn signature(signature: &Signature) -> Value {
    json!({
        "signature": signature,
        "message": String::from_utf8_lossy(&signature.message()),
        "algorithm": "Ed25519",
    })
}

/// What the steps after signing produced: number, letter, receipt, copies, archive.
fn papers(source: &Source<'_>) -> Value {
    let of = |wanted: Kind, group: &str| {
        let found = source.runs.iter().find(|(kind, ..)| *kind == wanted);
        found.and_then(|(.., record)| record.groups.get(group)?.value().cloned())
    };
    json!({
        "number": number(source),
        "letter": of(Kind::Letter, PAPER),
        "receipt": of(Kind::Letter, RECEIPT),
        "copies": of(Kind::Copy, PAPER),
        "archive": of(Kind::Archive, PAPER),
        "retention": retention(source),
    })
}

/// How long it is kept, as the step's page says it.
fn retention(source: &Source<'_>) -> Option<Value> {
    let config = &source.snapshot.config;
    let get = |id| {
        let found = source.runs.iter().find(|(.., record)| record.subject.record() == id);
        found.map(|(.., record)| record.clone())
    };
    let kept = kept(config, &get, &progress(config, &get, source.cycle), today(config))?;
    Some(json!({
        "active_until": kept.active_until,
        "inactive_until": kept.inactive_until,
        "fate": kept.fate,
    }))
}

fn number<'a>(source: &'a Source<'_>) -> Option<&'a takar_domain::letter::Numbered> {
    source.runs.iter().find_map(|(kind, subject, _)| match subject {
        Subject::StepRun { step, .. } if *kind == Kind::Letter => {
            of_run(&source.snapshot.config, source.cycle, *step)
        }
        _ => None,
    })
}

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}
