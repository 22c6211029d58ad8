//! The trail of a cycle: every operation of the log that touched it.

use takar_app::acts::words;
use takar_domain::config::Config;
use takar_domain::date::date_clock;
use takar_domain::record::{RecordId, Subject};
use takar_domain::workflow::Action;
use takar_sync::made_at;
use takar_sync::office::signatures;
use takar_sync::operation::Part;
use takar_sync::seal;
use takar_sync::verdict::Outcome;
use takar_sync::wire::Entry;

/// The columns.
pub(super) const HEAD: [&str; 11] = [
    "Urutan",
    "Diterima kantor",
    "Dibuat",
    "Oleh",
    "Atas nama",
    "Perangkat",
    "Tindakan",
    "Catatan",
    "Isi",
    "Alasan",
    "Putusan",
];

/// The lines of one entry.
pub(super) fn lines(config: &Config, cycle: RecordId, entry: &Entry) -> Vec<Vec<String>> {
    let opened = entry.envelope.as_ref().and_then(|envelope| seal::open(envelope).ok());
    let Some(operation) = opened else { return Vec::new() };
    let name = |id: RecordId| words::person(config, id).to_owned();
    let line = |(at, part): (usize, &Part)| {
        let changes: Vec<_> =
            part.changes.iter().map(|change| written(config, part, &change.group, &change.value)).collect();
        let signed = signatures(&operation).find(|(subject, _)| **subject == part.subject);
        let digest = signed.map(|(_, signature)| signature.document.sha256).unwrap_or_default();
        vec![
            entry.seq.to_string(),
            date_clock(entry.at, config.zone()),
            date_clock(made_at(&operation.made), config.zone()),
            name(operation.author),
            operation.acted_for.map(name).unwrap_or_default(),
            operation.device.to_string(),
            action(part.action).to_owned(),
            words::subject(config, &part.subject),
            if digest.is_empty() { changes.join("; ") } else { digest },
            operation.reason.clone().unwrap_or_default(),
            entry.verdict.parts.get(at).map_or("", outcome).to_owned(),
        ]
    };
    let mine = operation.parts.iter().enumerate().filter(|(_, part)| is_of(config, cycle, &part.subject));
    mine.map(line).collect()
}

fn written(config: &Config, part: &Part, group: &str, value: &takar_domain::record::Value) -> String {
    format!("{}: {}", words::group(config, group), words::value(config, &part.subject, group, value))
}

fn is_of(config: &Config, cycle: RecordId, subject: &Subject) -> bool {
    match subject {
        Subject::Cycle { id } => *id == cycle,
        Subject::StepRun { cycle: of, .. } | Subject::UnitForm { cycle: of, .. } => *of == cycle,
        Subject::Figure { period, .. } => config.cycles.get(&cycle).is_some_and(|c| c.period == *period),
        Subject::Number { year, seq, .. } => {
            config.numbers.get(&(*year, *seq)).is_some_and(|n| n.cycle == cycle)
        }
        _ => false,
    }
}

const fn action(action: Action) -> &'static str {
    match action {
        Action::Edit => "isi",
        Action::Send => "kirim",
        Action::Accept => "validasi",
        Action::Return => "kembalikan",
        Action::Adopt => "pakai yang ditahan",
        Action::Discard => "sisihkan",
        Action::Start => "mulai",
        Action::Finish => "selesai",
        Action::Reopen => "buka kembali",
    }
}

fn outcome(outcome: &Outcome) -> &'static str {
    takar_domain::text::names::outcome(match outcome {
        Outcome::Applied => "applied",
        Outcome::Conflict { .. } => "conflict",
        Outcome::Late { .. } => "late",
        Outcome::Held { .. } => "held",
        Outcome::Rejected { .. } => "rejected",
    })
}
