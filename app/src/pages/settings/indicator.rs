//! One indicator: who answers for it, which way is better, nagari rows, quarter targets.

use crate::signal::*;
use takar_domain::codec::to_value;
use takar_domain::config::{Indicator, Target, Variable};
use takar_domain::permission::Permission;
use takar_domain::record::{RecordId, Value};
use takar_domain::sorted::Map;
use takar_domain::text::{common, settings as words};

use super::form::{Act, Form};
use super::{below, page_of};
use crate::acts::settings::ask::{Ask, Kind, text};
use crate::acts::settings::{Settled, choice, read, save_indicator, save_target, target_faults};
use crate::state::App;
use crate::view::{View, view};

const ASKS: &[Ask] = &[
    Ask::new(Kind::Area, "name", common::INDICATOR),
    Ask::new(Kind::Text, "measure", common::MEASURE),
    Ask::new(Kind::Choice(choice::value_types), "value_type", words::VALUE_TYPE),
    Ask::new(Kind::Text, PART, words::PART).hint(words::PART_HINT).optional(),
    Ask::new(Kind::Text, WHOLE, words::WHOLE).optional(),
    Ask::new(Kind::Choice(choice::responsible), "unit", words::RESPONSIBLE),
    Ask::new(Kind::Choice(choice::directions), "direction", words::DIRECTION),
    Ask::new(Kind::Choice(choice::accumulations), "accumulation", words::ACCUMULATION),
    Ask::new(Kind::Choice(choice::rows), "rows", words::ROWS),
    Ask::new(Kind::Tick, "active", words::ACTIVE),
];
/// The two data, which the record has as a list. What is wrong is said beside the first.
const PART: &str = "variables";
const WHOLE: &str = "whole";

const TARGETS: &[Ask] = &[
    Ask::new(Kind::Number, "year", words::YEAR_TARGET).optional(),
    Ask::new(Kind::Number, QUARTERS[0], "TW I").optional(),
    Ask::new(Kind::Number, QUARTERS[1], "TW II").optional(),
    Ask::new(Kind::Number, QUARTERS[2], "TW III").optional(),
    Ask::new(Kind::Number, QUARTERS[3], "TW IV").optional(),
];
const QUARTERS: [&str; 4] = ["q1", "q2", "q3", "q4"];
/// The year whose targets a form shows: kept, not asked for.
const OF_YEAR: &str = "of";

pub fn indicator(app: App, id: RecordId) -> View {
    let config = untrack(|| app.config());
    let found = config.indicators.get(&id);
    let title = found.map_or_else(|| words::GONE_INDICATOR.to_owned(), |i| i.name.clone());
    let inside = found.map(|indicator| {
        view! {
            {form(app, id, indicator)}
            {targets(app, id)}
        }
    });
    let title = Signal::stored(title);
    page_of(app, below("rencana", words::PLAN), title, Permission::ManagePlan, inside.unwrap_or_default())
}

fn form(app: App, id: RecordId, indicator: &Indicator) -> View {
    let mut form = Form::new(app, "indikator", id, ASKS, Act::Save(save));
    form.record = to_value(indicator);
    for (path, nth) in [(PART, 0), (WHOLE, 1)] {
        form.record[path] = indicator.variables.get(nth).map(|v| v.name.clone()).into();
    }
    form.right = Some(Permission::ManagePlan);
    form.draw()
}

fn save(app: App, id: RecordId, mut record: Value) -> Settled {
    let names = [PART, WHOLE].map(|path| text(&record, path).to_owned());
    let config = app.config();
    let before = config.indicators.get(&id).map(|i| i.variables.as_slice()).unwrap_or_default();
    record[PART] = to_value(&variables(before, names));
    // Whoever saves this form has seen the direction on it.
    let indicator = Indicator { direction_assumed: false, ..read(&record)? };
    save_indicator(&app.reader(), id, &indicator)
}

/// The two data that the realisasi is computed from; none if both are left empty.
fn variables(before: &[Variable], names: [String; 2]) -> Vec<Variable> {
    if names.iter().all(String::is_empty) {
        return Vec::new();
    }
    let measure = |name: &str| before.iter().find(|v| v.name == name).map(|v| v.measure.clone());
    names.map(|name| Variable { measure: measure(&name).unwrap_or_default(), name }).into()
}

/// Target of the year and its quarters; what is not shown is carried over.
fn targets(app: App, id: RecordId) -> View {
    let running = untrack(|| app.cycle()).map(|(_, cycle)| cycle.period.year);
    let year = running.unwrap_or_else(|| untrack(|| app.today()).quarter().year);
    let target = untrack(|| standing(app, id, year));
    let mut shown: Map<&str, String> = Map::new();
    shown.insert(OF_YEAR, year.to_string());
    let quarters = QUARTERS.into_iter().zip(target.quarters);
    for (path, number) in [("year", target.year)].into_iter().chain(quarters) {
        if let Some(number) = number {
            shown.insert(path, number.to_string());
        }
    }
    let mut form = Form::new(app, "target", id, TARGETS, Act::Save(save_targets));
    form.record = to_value(&shown);
    form.right = Some(Permission::ManagePlan);
    form.title = [words::QUARTER_TARGETS, " ", text(&form.record, OF_YEAR)].concat();
    form.note = words::TARGET_EMPTY_HINT;
    form.beside = QUARTERS.len();
    form.draw()
}

fn standing(app: App, id: RecordId, year: u16) -> Target {
    let config = app.config();
    config.targets.get(&id).and_then(|years| years.get(&year)).cloned().unwrap_or_default()
}

fn save_targets(app: App, id: RecordId, record: Value) -> Settled {
    let year = text(&record, OF_YEAR).parse().unwrap_or_default();
    let number = |path| text(&record, path).parse().ok();
    let target = Target { year: number("year"), quarters: QUARTERS.map(number), ..standing(app, id, year) };
    let faults = target_faults(&target);
    if faults.is_empty() { Ok(save_target(&app.reader(), id, year, &target)) } else { Err(faults) }
}
