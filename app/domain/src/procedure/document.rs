//! The document of a cycle: everything that is signed at SOP step 11, in one
//! canonical text. The screen shows its hash, the office signs it; both call this.
//!
//! Nothing in it depends on who asks or when: the values that calculations use,
//! their capaian and kriteria, the policy, the SOP, the version of the form,
//! what units handed over and what the Camat corrected.

use serde_json::Map;
use sha2::{Digest, Sha256};

use super::correction::corrections;
use super::runs::{runs_of, sop_of};
use super::sealing::figures_of;
use super::state::{STATE, StepState};
use crate::codec::{to_json, to_value};
use crate::config::Config;
use crate::date::period_name;
use crate::decimal::Decimal;
use crate::figure::{VALIDATION, restating};
use crate::record::{Record, RecordId, Subject, Value};
use crate::text::names;
use crate::view::recap::{RecapRow, own_recap, recap_reads};

/// Shape of [`document`]; another one gives other hashes of the same figures.
pub const FORMAT: u16 = 1;

type Fields = Map<String, Value>;

/// The document as plain data; `None` for a cycle that does not exist.
#[must_use]
pub fn document(config: &Config, get: &dyn Fn(RecordId) -> Option<Record>, cycle: RecordId) -> Option<Value> {
    let of = config.cycles.get(&cycle)?;
    let recap = own_recap(config, get, of.period);
    let mut all = Fields::new();
    all.insert("format".into(), FORMAT.into());
    if let Some((office, about)) = &config.office {
        text(&mut all, "office", office.to_string());
        text(&mut all, "office_name", about.name.clone());
        text(&mut all, "regency", about.regency.clone());
    }
    text(&mut all, "cycle", cycle.to_string());
    text(&mut all, "period", of.period.to_string());
    text(&mut all, "title", period_name(of.period));
    text(&mut all, "policy", recap.policy.clone());
    text(&mut all, "sop", sop_of(config, cycle).map(|sop| sop.number.clone()).unwrap_or_default());
    all.insert("form".into(), config.form(cycle).version.into());
    let rows = recap.groups.iter().flat_map(|group| &group.rows);
    all.insert("lines".into(), rows.map(|row| line(config, row)).collect());
    all.insert("figures".into(), values(get, &figures_of(config, cycle)));
    all.insert("handed_over".into(), handed_over(config, get, cycle));
    let corrected = corrected(config, get, cycle);
    if !corrected.is_empty() {
        all.insert("corrections".into(), Value::Object(corrected));
    }
    Some(Value::Object(all))
}

/// The records that [`document`] asks for.
#[must_use]
#[inline(never)]
pub fn reads(config: &Config, cycle: RecordId) -> Vec<RecordId> {
    let Some(of) = config.cycles.get(&cycle) else { return Vec::new() };
    let mut ids = recap_reads(config, of.period.year, of.period);
    let own = figures_of(config, cycle).into_iter().chain(runs_of(config, cycle));
    ids.extend(own.map(|subject| subject.record()));
    ids
}

/// The text that is hashed, kept and signed: JSON without spaces, names sorted.
#[must_use]
pub fn canonical(document: &Value) -> String {
    to_json(document)
}

/// SHA-256 of [`canonical`], lower case hex.
#[must_use]
pub fn digest(canonical: &str) -> String {
    Sha256::digest(canonical.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What is absent or empty is left out.
fn text(fields: &mut Fields, name: &str, text: String) {
    if !text.is_empty() {
        fields.insert(name.into(), Value::String(text));
    }
}

fn number(fields: &mut Fields, name: &str, number: Option<Decimal>) {
    text(fields, name, number.map(|n| n.to_string()).unwrap_or_default());
}

fn line(config: &Config, row: &RecapRow) -> Value {
    let mut fields = Fields::new();
    let put = &mut fields;
    let unit = row.unit.and_then(|id| config.units.get(&id)).map(|unit| unit.name.clone());
    text(put, "indicator", row.indicator.to_string());
    text(put, "code", row.node_code.clone());
    text(put, "node", row.node_title.clone());
    text(put, "name", row.name.clone());
    text(put, "measure", row.measure.clone());
    text(put, "unit", unit.unwrap_or_default());
    number(put, "year_target", row.year_target);
    text(put, "target_predicate", row.target_predicate.clone().unwrap_or_default());
    number(put, "target", row.achievement.target);
    number(put, "actual", row.actual.number);
    text(put, "predicate", row.actual.predicate.clone().unwrap_or_default());
    text(put, "state", names::entry_state(row.actual.state).into());
    text(put, "rule", row.achievement.rule.id().into());
    number(put, "raw", row.achievement.raw);
    number(put, "bounded", row.achievement.bounded);
    text(put, "rating", row.achievement.rating.clone().unwrap_or_default());
    number(put, "year_actual", row.year_actual);
    number(put, "year_bounded", row.year_achievement.bounded);
    number(put, "pagu", row.pagu);
    number(put, "spent", row.spent);
    let restated = row.restated.iter().map(|(period, how)| (period.to_string(), to_value(how)));
    let restated: Fields = restated.collect();
    if !restated.is_empty() {
        put.insert("restated".into(), Value::Object(restated));
    }
    Value::Object(fields)
}

/// Every figure by id, every group by name with the value that calculations use;
/// decisions of validation are no part of what was measured, and what a later round
/// restates is part of that round's document.
fn values(get: &dyn Fn(RecordId) -> Option<Record>, figures: &[Subject]) -> Value {
    let mut all = Fields::new();
    for subject in figures {
        let Some(record) = get(subject.record()) else { continue };
        let groups =
            record.groups.iter().filter(|(name, _)| *name != VALIDATION && restating(name).is_none());
        let read = groups.filter_map(|(name, group)| Some((name.clone(), group.value()?.clone())));
        all.insert(subject.record().to_string(), read.collect());
    }
    Value::Object(all)
}

/// What the Camat corrected, and what became of it.
fn corrected(config: &Config, get: &dyn Fn(RecordId) -> Option<Record>, cycle: RecordId) -> Fields {
    let mut all = Fields::new();
    for record in runs_of(config, cycle).iter().filter_map(|run| get(run.record())) {
        let found = corrections(&record);
        all.extend(found.filter_map(|(name, group)| Some((name.to_owned(), group.value()?.clone()))));
    }
    all
}

/// What each unit handed over, sealed, by the name of the unit.
fn handed_over(config: &Config, get: &dyn Fn(RecordId) -> Option<Record>, cycle: RecordId) -> Value {
    let mut all = Fields::new();
    for run in runs_of(config, cycle) {
        let Subject::StepRun { unit: Some(unit), .. } = run else { continue };
        let state = get(run.record()).and_then(|record| record.read::<StepState>(STATE));
        if let Some(seal) = state.and_then(|state| state.round.seal) {
            let name = config.units.get(&unit).map(|unit| unit.name.clone());
            all.insert(name.unwrap_or_else(|| unit.to_string()), to_value(&seal));
        }
    }
    Value::Object(all)
}
