//! *Koreksi Camat*: what its presses write, and what its list says.

use takar_domain::codec::from_value;
use takar_domain::config::{Config, Level};
use takar_domain::evidence::Reference;
use takar_domain::figure::{NAGARI, NOTES, VALUE};
use takar_domain::procedure::correction::{
    CORRECTION, Correction, Decided, Standing, corrections, hand_over, returned, standing,
};
use takar_domain::procedure::lock::handing_over;
use takar_domain::procedure::runs_for;
use takar_domain::record::{Head, RecordId, Subject, Value};
use takar_domain::text::{common, correction as words};
use takar_domain::view::entry_sheet::figure;
use takar_sync::operation::Part;

use super::press::give_back;
use crate::acts::settings::ask::{Ask, Kind, Options, text};
use crate::acts::{Get, change, edit, words as say};

/// A value is corrected.
pub const PIN: &[Ask] = &[
    Ask::new(Kind::Choice(groups), "at", words::WHERE),
    Ask::new(Kind::Area, "text", words::WHAT).hint(words::WHAT_HINT),
];
/// Anything else of the document is.
pub const PIN_SECTION: &[Ask] = &[
    Ask::new(Kind::Choice(sections), "at", words::WHERE),
    Ask::new(Kind::Area, "text", words::WHAT).hint(words::WHAT_HINT),
];
/// *Kembalikan ke unit*.
pub const GIVE_BACK: &[Ask] = &[
    Ask::new(Kind::Choice(units), "to", words::GIVE_BACK_UNIT),
    Ask::new(Kind::Area, "word", takar_domain::text::procedure::GIVE_BACK_REASON),
];
/// *Selesaikan sendiri*.
pub const SETTLE: &[Ask] = &[Ask::new(Kind::Area, "word", words::SETTLE_WORD)];
/// *Tarik kembali*.
pub const WITHDRAW: &[Ask] = &[Ask::new(Kind::Area, "word", words::WITHDRAW_WORD).optional()];

/// The fields of an indicator's figure.
fn groups(config: &Config, indicator: RecordId) -> Options {
    let mut names = vec![VALUE.to_owned()];
    if config.indicators.get(&indicator).is_some_and(|i| i.rows.is_some()) {
        let rows = config.nagari.values().filter(|n| n.active).map(|n| [NAGARI, &n.code].concat());
        names.extend(rows);
    }
    names.extend(NOTES.map(str::to_owned));
    names.into_iter().map(|name| (name.clone(), say::group(config, &name))).collect()
}

/// The text, the units that hand over, the sasaran.
fn sections(config: &Config, cycle: RecordId) -> Options {
    let mut found = vec![("text".to_owned(), words::TEXT.to_owned())];
    found.extend(units(config, cycle));
    let sasaran = config.nodes.iter().filter(|(_, node)| node.level == Level::Objective);
    found.extend(sasaran.map(|(id, node)| (id.to_string(), [&node.code, " ", &node.title].concat())));
    found
}

fn units(config: &Config, cycle: RecordId) -> Options {
    let units = hand_over(config, cycle).map(|step| runs_for(config, step)).unwrap_or_default();
    let units = units.into_iter().flatten();
    units.map(|unit| (unit.to_string(), say::unit_name(config, unit).to_owned())).collect()
}

fn id_of(typed: &Value, path: &str) -> Option<RecordId> {
    text(typed, path).parse().ok().map(RecordId)
}

/// A new correction of an indicator's figure, or of a section; `group` is its own.
#[must_use]
pub fn pin(
    config: &Config,
    get: Get<'_>,
    run: &Subject,
    (group, indicator): (&str, Option<RecordId>),
    typed: &Value,
    evidence: Vec<Reference>,
) -> Option<Part> {
    let Subject::StepRun { cycle, .. } = run else { return None };
    let mut new = Correction { text: text(typed, "text").to_owned(), evidence, ..Correction::default() };
    match indicator {
        Some(indicator) => {
            let at = text(typed, "at");
            let figure = get(figure(indicator, config.cycles.get(cycle)?.period).record());
            let stands = figure.as_ref().and_then(|figure| figure.groups.get(at));
            (new.indicator, new.group) = (Some(indicator), at.to_owned());
            new.before = stands.and_then(|group| group.value().cloned());
            new.seen = stands.map(|group| group.seen()).unwrap_or_default();
        }
        None => {
            let at = id_of(typed, "at");
            new.unit = at.filter(|id| config.units.contains_key(id));
            new.node = at.filter(|id| config.nodes.contains_key(id));
        }
    }
    Some(edit(run.clone(), vec![change(get(run.record()).as_ref(), group, &new)]))
}

/// The parts of a decision about a correction: for one that goes back, its unit's
/// steps are opened again in the same operation. `None` if it is gone, or its unit
/// hands nothing over.
#[must_use]
pub fn decide(
    config: &Config,
    get: Get<'_>,
    run: &Subject,
    group: &str,
    decided: Decided,
    typed: &Value,
) -> Option<Vec<Part>> {
    let Subject::StepRun { cycle, .. } = run else { return None };
    let record = get(run.record())?;
    let pinned = record.read::<Correction>(group)?.pinned();
    let word = text(typed, "word");
    let mut parts = Vec::new();
    let next = match decided {
        Decided::Returned => {
            let unit = id_of(typed, "to")?;
            let back = returned(config, get, *cycle, unit, &pinned)?;
            parts = give_back(config, get, *cycle, unit, word);
            Correction { word: word.to_owned(), ..back }
        }
        _ => Correction { decided, word: word.to_owned(), ..pinned },
    };
    parts.push(edit(run.clone(), vec![change(Some(&record), group, &next)]));
    Some(parts)
}

/// One correction as the list shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// Its group in the step's record.
    pub group: String,
    pub title: String,
    pub correction: Correction,
    pub standing: Standing,
    /// The value when it was pinned and now; `None` for a section.
    pub values: Option<(String, String)>,
    /// Several if two decisions stand side by side.
    pub heads: Vec<Head>,
    /// The unit that would mend it; `None` if a person must say which.
    pub unit: Option<RecordId>,
}

/// All corrections of a step, those that wait for somebody first.
#[must_use]
pub fn shown(config: &Config, get: Get<'_>, run: &Subject) -> Vec<Shown> {
    let Subject::StepRun { cycle, .. } = run else { return Vec::new() };
    let Some(record) = get(run.record()) else { return Vec::new() };
    let one = |(id, group): (&str, &takar_domain::record::Group)| {
        let correction: Correction = from_value(group.value()?).ok()?;
        let standing = standing(config, get, *cycle, group)?;
        let pinned = correction.indicator.zip(config.cycles.get(cycle));
        let pinned = pinned.map(|(indicator, cycle)| figure(indicator, cycle.period));
        let answers = correction.unit.or_else(|| config.unit_of(correction.indicator?));
        let answers = answers.or_else(|| config.nodes.get(&correction.node?)?.unit);
        Some(Shown {
            group: [CORRECTION, id].concat(),
            title: title(config, &correction),
            values: pinned.map(|figure| values(config, get, &figure, &correction)),
            unit: answers.and_then(|unit| handing_over(config, unit)),
            heads: group.heads.clone(),
            correction,
            standing,
        })
    };
    let (mut waiting, done): (Vec<_>, Vec<_>) = corrections(&record).filter_map(one).partition(|shown| {
        matches!(shown.standing, Standing::Open | Standing::Differs | Standing::Waits { .. })
    });
    waiting.extend(done);
    waiting
}

fn title(config: &Config, correction: &Correction) -> String {
    let Correction { indicator, group, unit, node, evidence, .. } = correction;
    if let Some(indicator) = indicator {
        let name = config.indicators.get(indicator).map_or(common::DASH, |i| i.name.as_str());
        return [name, " · ", &say::group(config, group)].concat();
    }
    let unit = unit.map(|unit| say::unit_name(config, unit));
    let node = node.and_then(|node| config.nodes.get(&node)).map(|node| node.title.as_str());
    let plain = if evidence.is_empty() { words::TEXT } else { words::PAGES };
    unit.or(node).unwrap_or(plain).to_owned()
}

/// The value as it was when it was pinned, and as it is now.
fn values(config: &Config, get: Get<'_>, figure: &Subject, correction: &Correction) -> (String, String) {
    let group = &correction.group;
    let said = |value: Option<&Value>| {
        value.map_or_else(|| words::EMPTY.to_owned(), |value| say::value(config, figure, group, value))
    };
    let record = get(figure.record());
    let now = record.as_ref().and_then(|record| record.groups.get(group)?.value());
    let before = correction.before.as_ref();
    let told = said(now);
    let told = if before == now { [&told, " · ", words::UNCHANGED].concat() } else { told };
    (said(before), told)
}
