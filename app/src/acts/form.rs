//! *Form pengukuran*: what a cycle measures, who has read it, and what follows.

use takar_domain::codec::from_value;
use takar_domain::config::{Config, FORM, Form, FormRead, Indicator, READ};
use takar_domain::permission::{Permission, units};
use takar_domain::record::{Attribution, OpId, Record, RecordId, Subject};
use takar_domain::sorted::sort_by_key;
use takar_domain::text::cycle_form as text;
use takar_sync::operation::{Change, Part};

use super::words::unit_name;
use super::{Get, change, edit};

/// A unit's part of the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitPart {
    /// `None`: no unit answers for these indicators.
    pub unit: Option<RecordId>,
    pub name: String,
    pub lines: Vec<Line>,
}

/// One indicator that may be measured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub indicator: RecordId,
    pub name: String,
    /// `Dokumen · rincian 15 nagari`.
    pub detail: String,
}

/// Everything that the plan would let a cycle measure, each measurement once, by the
/// units that answer for it.
#[must_use]
pub fn parts(config: &Config) -> Vec<UnitPart> {
    let mut order: Vec<_> = config.units.iter().filter(|(_, u)| u.active).collect();
    sort_by_key(&mut order, |(id, u)| (u.order, **id));
    let order = order.into_iter().map(|(id, _)| Some(*id)).chain([None]);
    let mut indicators: Vec<_> =
        config.indicators.iter().filter(|(_, i)| i.active && i.same_as.is_none()).collect();
    sort_by_key(&mut indicators, |(id, i)| (i.order, **id));
    let part = |unit: Option<RecordId>| {
        let own = indicators.iter().filter(|(id, _)| answering(config, **id) == unit);
        let lines: Vec<_> = own.map(|(id, indicator)| line(config, **id, indicator)).collect();
        let name = unit.map_or(text::NO_UNIT, |id| unit_name(config, id)).to_owned();
        (!lines.is_empty()).then_some(UnitPart { unit, name, lines })
    };
    order.filter_map(part).collect()
}

/// The unit that answers for an indicator, if it is still one.
fn answering(config: &Config, indicator: RecordId) -> Option<RecordId> {
    config.unit_of(indicator).filter(|unit| config.units.get(unit).is_some_and(|u| u.active))
}

fn line(config: &Config, id: RecordId, indicator: &Indicator) -> Line {
    let mut detail = vec![indicator.measure.clone()];
    if indicator.rows.is_some() {
        let nagari = config.nagari.values().filter(|n| n.active).count();
        let word = config.office.as_ref().map_or("nagari", |(_, office)| office.village_word.as_str());
        detail.push(text::rows(nagari, word));
    }
    let variables: Vec<_> = indicator.variables.iter().map(|v| v.name.as_str()).collect();
    detail.push(variables.join(" / "));
    let also = config.indicators.values().filter(|i| i.active && i.same_as == Some(id));
    let also: Vec<_> = also.map(|i| i.name.as_str()).collect();
    if !also.is_empty() {
        detail.push([text::ALSO, " ", &also.join(", ")].concat());
    }
    detail.retain(|words| !words.is_empty());
    Line { indicator: id, name: indicator.name.clone(), detail: detail.join(" · ") }
}

/// So many indicators are measured in a cycle, so many are not.
#[must_use]
pub fn counts(config: &Config, form: &Form) -> (usize, usize) {
    let all = config.indicators.iter().filter(|(_, i)| i.active && i.same_as.is_none());
    let (out, measured): (Vec<_>, Vec<_>) = all.partition(|(id, _)| form.left_out.contains(*id));
    (measured.len(), out.len())
}

/// A version in words: `versi 2 · 60 indikator diukur, 1 tidak diukur · Putusan rapat: …`.
#[must_use]
pub fn words(config: &Config, form: &Form) -> String {
    let (measured, out) = counts(config, form);
    let mut found = vec![text::version(form.version), text::counts(measured, out)];
    found.extend(Some(form.because.clone()).filter(|why| !why.is_empty()));
    found.join(" · ")
}

/// The number of the version that follows everything that stands.
#[must_use]
pub fn next_version(record: Option<&Record>) -> u32 {
    let heads =
        record.and_then(|r| r.groups.get(FORM)).into_iter().flat_map(|g| g.heads.iter().chain(&g.same));
    let versions = heads.filter_map(|head| from_value::<Form>(&head.value).ok()).map(|form| form.version);
    versions.max().unwrap_or(1).saturating_add(1)
}

/// A new version, by somebody who saw these heads.
#[must_use]
pub fn save(cycle: RecordId, seen: Vec<OpId>, form: &Form) -> Part {
    let change = Change { group: FORM.into(), seen, value: takar_domain::codec::to_value(form) };
    edit(Subject::CycleForm { cycle }, vec![change])
}

fn receipt_of(person: RecordId) -> String {
    [READ, &person.to_string()].concat()
}

/// *Sudah dibaca*: the person has read the form as it stands for a unit.
#[must_use]
pub fn read(
    config: &Config,
    get: Get<'_>,
    (cycle, unit): (RecordId, RecordId),
    person: RecordId,
    remarks: &str,
) -> Part {
    let subject = Subject::UnitForm { cycle, unit };
    let receipt = FormRead { version: config.form(cycle).version, remarks: remarks.trim().to_owned() };
    let record = get(subject.record());
    let change = change(record.as_ref(), &receipt_of(person), &receipt);
    edit(subject, vec![change])
}

/// Everybody of a unit who has read the form, with what he said about it.
#[must_use]
pub fn readers(get: Get<'_>, cycle: RecordId, unit: RecordId) -> Vec<(FormRead, Attribution)> {
    let Some(form) = get(Subject::UnitForm { cycle, unit }.record()) else { return Vec::new() };
    let receipts = form.groups.iter().filter(|(name, _)| name.starts_with(READ));
    let read = receipts.filter_map(|(_, group)| {
        let head = group.heads.last()?;
        Some((from_value(&head.value).ok()?, head.by.clone()))
    });
    read.collect()
}

/// Whether somebody of a unit has read the form as it stands.
#[must_use]
pub fn is_read(config: &Config, get: Get<'_>, cycle: RecordId, unit: RecordId) -> bool {
    let version = config.form(cycle).version;
    readers(get, cycle, unit).iter().any(|(receipt, _)| receipt.version >= version)
}

/// The units for which a person may say that the form was read. `today` is ISO.
#[must_use]
pub fn readable(config: &Config, person: RecordId, today: &str) -> Vec<RecordId> {
    let asked = parts(config);
    let mut mine = units(config, person, Permission::SendForm, today);
    mine.retain(|unit| asked.iter().any(|part| part.unit == Some(*unit)));
    mine
}

/// The words of a remark or a decision, as long as a form's reason may be.
#[must_use]
pub fn because(words: &str) -> String {
    let line: Vec<_> = words.split_whitespace().collect();
    let line = line.join(" ");
    if line.chars().count() <= takar_domain::shape::MAX_LINE {
        return line;
    }
    line.chars().take(takar_domain::shape::MAX_LINE - 1).chain(['…']).collect()
}
