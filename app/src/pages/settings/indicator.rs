//! One indicator: who answers for it, which way is better, nagari rows, quarter targets.

use crate::signal::*;
use takar_domain::config::{Accumulation, Direction, Indicator, RowRule, Target, ValueType, Variable};
use takar_domain::decimal::Decimal;
use takar_domain::issue::Issue;
use takar_domain::number::{self, Parsed};
use takar_domain::permission::Permission;
use takar_domain::record::RecordId;
use takar_domain::text::{common, names, settings as words};

use super::Saving;
use crate::acts::settings::{save_indicator, save_target, target_faults};
use crate::pages::piece::{Input, Select, fault, input};
use crate::state::App;
use crate::ui::{Button, ErrorSummary, FieldError, Kind, Look, Notice, PageHead, Tick};
use crate::view::{View, view};

const DIRECTIONS: [Direction; 2] = [Direction::Higher, Direction::Lower];
const ACCUMULATIONS: [Accumulation; 4] =
    [Accumulation::Sum, Accumulation::Last, Accumulation::Average, Accumulation::Flat];
const VALUE_TYPES: [ValueType; 6] = [
    ValueType::Number,
    ValueType::Percent,
    ValueType::Index,
    ValueType::Count,
    ValueType::Rupiah,
    ValueType::Predicate,
];
const ROWS: [RowRule; 3] = [RowRule::Count, RowRule::Sum, RowRule::Ratio];

#[component]
pub fn IndicatorPage(app: App, id: RecordId) -> View {
    let found = untrack(|| app.config().indicators.get(&id).cloned());
    let title = found.as_ref().map_or_else(|| words::GONE_INDICATOR.to_owned(), |i| i.name.clone());
    let may = Memo::new(move || app.can(Permission::ManagePlan, None));
    view! {
        <div class="stack">
            <p>
                <a class=Look::Link.class() href="/pengaturan/rencana">
                    {words::PLAN}
                </a>
            </p>
            <PageHead title=title />
            {move || (!may.get()).then(|| view! { <Notice>{words::LOOK_ONLY}</Notice> })}
            {found
                .map(|indicator| {
                    view! {
                        <Form app=app id=id indicator=indicator may=may />
                        <Targets app=app id=id may=may />
                    }
                })}
        </div>
    }
}

/// Place of a value in a list of choices, as a select's value.
fn place<T: PartialEq>(list: &[T], value: &T) -> String {
    list.iter().position(|v| v == value).unwrap_or_default().to_string()
}

fn chosen<T: Copy>(list: &[T], place: &str) -> Option<T> {
    list.get(place.parse::<usize>().ok()?).copied()
}

fn options<T: Copy>(list: &[T], say: fn(T) -> &'static str) -> Vec<(String, String)> {
    list.iter().enumerate().map(|(n, v)| (n.to_string(), say(*v).to_owned())).collect()
}

#[component]
fn Form(app: App, id: RecordId, indicator: Indicator, may: Memo<bool>) -> View {
    let form = Saving::new(app, "indikator");
    let errors = form.errors;
    let name = RwSignal::new(indicator.name.clone());
    let measure = RwSignal::new(indicator.measure.clone());
    let unit = RwSignal::new(indicator.unit.map(|u| u.to_string()).unwrap_or_default());
    let value_type = RwSignal::new(place(&VALUE_TYPES, &indicator.value_type));
    let [part, whole] =
        [0, 1].map(|n| RwSignal::new(indicator.variables.get(n).map(|v| v.name.clone()).unwrap_or_default()));
    let direction = RwSignal::new(place(&DIRECTIONS, &indicator.direction));
    let accumulation = RwSignal::new(place(&ACCUMULATIONS, &indicator.accumulation));
    let rows = RwSignal::new(indicator.rows.map(|r| place(&ROWS, &r)).unwrap_or_default());
    let active = RwSignal::new(indicator.active);
    let indicator = StoredValue::new(indicator);
    let press = move || {
        let before = indicator.get_value();
        let changed = Indicator {
            name: name.get_untracked().trim().into(),
            measure: measure.get_untracked().trim().into(),
            unit: unit.get_untracked().parse().ok().map(RecordId),
            value_type: chosen(&VALUE_TYPES, &value_type.get_untracked()).unwrap_or(before.value_type),
            variables: variables(&before.variables, [part.get_untracked(), whole.get_untracked()]),
            direction: chosen(&DIRECTIONS, &direction.get_untracked()).unwrap_or(before.direction),
            // Whoever saves this form has seen the direction on it.
            direction_assumed: false,
            accumulation: chosen(&ACCUMULATIONS, &accumulation.get_untracked())
                .unwrap_or(before.accumulation),
            rows: chosen(&ROWS, &rows.get_untracked()),
            active: active.get_untracked(),
            ..before
        };
        let settled = untrack(|| save_indicator(&app.reader(), id, &changed));
        indicator.set_value(changed);
        form.submit(settled, || {});
    };
    let units = Signal::derive(move || {
        let mut options = vec![(String::new(), words::FROM_NODE.to_owned())];
        let config = app.config();
        options.extend(
            config.units.iter().filter(|(_, u)| u.active).map(|(id, u)| (id.to_string(), u.name.clone())),
        );
        options
    });
    let mut row_rules = vec![(String::new(), words::ROWS_OFF.to_owned())];
    row_rules.extend(options(&ROWS, names::row_rule));
    view! {
        <ErrorSummary errors=errors />
        <section class="card stack">
            {input(Input::text("indikator-name", common::INDICATOR).kind(Kind::Area), name, errors)}
            {input(Input::text("indikator-measure", common::MEASURE), measure, errors)}
            {pick(words::VALUE_TYPE, Signal::stored(options(&VALUE_TYPES, names::value_type)), value_type)}
            {input(Input::text("indikator-variables", words::PART).hint(words::PART_HINT).optional(), part, errors)}
            {input(Input::text("indikator-whole", words::WHOLE).optional(), whole, errors)}
            {pick(words::RESPONSIBLE, units, unit)}
            {pick(words::DIRECTION, Signal::stored(options(&DIRECTIONS, names::direction)), direction)}
            {pick(words::ACCUMULATION, Signal::stored(options(&ACCUMULATIONS, names::accumulation)), accumulation)}
            {pick(words::ROWS, Signal::stored(row_rules), rows)}
            <Tick label=words::ACTIVE checked=active on_tick=active />
            {move || may.get().then(|| view! { <Button press=press>{common::SAVE}</Button> })}
        </section>
    }
}

/// The two data that the realisasi is computed from; none if both are left empty.
fn variables(before: &[Variable], names: [String; 2]) -> Vec<Variable> {
    let names = names.map(|name| name.trim().to_owned());
    if names.iter().all(String::is_empty) {
        return Vec::new();
    }
    let measure = |name: &str| before.iter().find(|v| v.name == name).map(|v| v.measure.clone());
    names.map(|name| Variable { measure: measure(&name).unwrap_or_default(), name }).into()
}

fn pick(label: &'static str, options: Signal<Vec<(String, String)>>, value: RwSignal<String>) -> View {
    view! {
        <Select label=label.to_owned() options=options value=value on_pick=value />
    }
}

/// Target of the year and its quarters; what is not shown is carried over.
#[component]
fn Targets(app: App, id: RecordId, may: Memo<bool>) -> View {
    let config = untrack(|| app.config());
    let running = untrack(|| app.cycle()).map(|(_, cycle)| cycle.period.year);
    let year = running.unwrap_or_else(|| untrack(|| app.today().quarter().year));
    let before = config.targets.get(&id).and_then(|years| years.get(&year)).cloned().unwrap_or_default();
    let form = Saving::new(app, "target");
    let errors = form.errors;
    let text = |n: Option<Decimal>| RwSignal::new(n.map(number::format).unwrap_or_default());
    let whole = text(before.year);
    let quarters = before.quarters.map(text);
    let before = StoredValue::new(before);
    let press = move || {
        let mut faults = Vec::new();
        let read_year = read(&whole.get_untracked(), "year", &mut faults);
        let names = ["q1", "q2", "q3", "q4"];
        let mut read_quarters = [None; 4];
        for ((slot, typed), name) in read_quarters.iter_mut().zip(&quarters).zip(names) {
            *slot = read(&typed.get_untracked(), name, &mut faults);
        }
        let target = Target { year: read_year, quarters: read_quarters, ..before.get_value() };
        faults.extend(target_faults(&target).iter().map(|issue| fault("target", issue)));
        if !faults.is_empty() {
            form.fail(faults);
            return;
        }
        let parts = untrack(|| save_target(&app.reader(), id, year, &target));
        form.submit(Ok(parts), || {});
    };
    let fields =
        [("target-q1", "TW I"), ("target-q2", "TW II"), ("target-q3", "TW III"), ("target-q4", "TW IV")];
    let inputs = fields.into_iter().zip(quarters).map(|((field, label), value)| {
        input(Input::text(field, label).kind(Kind::Number).optional(), value, errors)
    });
    view! {
        <section class="card stack">
            <h2>{words::QUARTER_TARGETS} " " {year}</h2>
            <ErrorSummary errors=errors />
            <p class="small soft">{words::TARGET_EMPTY_HINT}</p>
            {input(Input::text("target-year", words::YEAR_TARGET).kind(Kind::Number).optional(), whole, errors)}
            <div class="quarters">{inputs.collect::<Vec<_>>()}</div>
            {move || may.get().then(|| view! { <Button press=press>{common::SAVE}</Button> })}
        </section>
    }
}

fn read(text: &str, path: &str, faults: &mut Vec<FieldError>) -> Option<Decimal> {
    match number::parse(text) {
        Ok(Parsed::Empty) => None,
        Ok(Parsed::Number(n)) => Some(n),
        Ok(Parsed::Ambiguous { as_thousands, as_decimal }) => {
            let issue = Issue::hard("number.ambiguous", path)
                .with("as_thousands", as_thousands.to_string())
                .with("as_decimal", number::format(as_decimal));
            faults.push(fault("target", &issue));
            None
        }
        Err(issue) => {
            faults.push(fault("target", &Issue { path: path.into(), ..issue }));
            None
        }
    }
}
