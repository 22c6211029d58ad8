//! *Rencana kinerja*: what the import left open first, then all indicators.

use crate::signal::*;
use takar_domain::config::{Indicator, Level};
use takar_domain::permission::Permission;
use takar_domain::record::{RecordId, Value};
use takar_domain::sorted::{Map, sort_by_key};
use takar_domain::text::{common, holds, names, settings as words};
use uuid::Uuid;

use super::form::{Act, Form};
use super::line::{line, opens};
use super::page;
use crate::acts::settings::choice::units;
use crate::acts::settings::{Settled, assign_node, confirm_directions};
use crate::acts::words::unit_name;
use crate::pages::piece::{Select, fault, saved};
use crate::state::{App, Save};
use crate::ui::{Empty, ErrorSummary, Field, FieldError, Icon, Look, Tone, tag, use_toast};
use crate::view::{View, view};

pub fn plan(app: App) -> View {
    let search = RwSignal::new(String::new());
    let none = Memo::new(move || app.config().indicators.is_empty());
    let inside = view! {
        {move || assumed(app)}
        {programs(app)}
        {move || {
            if none.get() {
                view! {
                    <Empty sign=Icon::Sheet title=words::NO_PLAN>
                        <p>{words::NO_PLAN_HINT}</p>
                    </Empty>
                }
            } else {
                view! { <Field label=words::SEARCH value=search on_type=search /> }
            }
        }}
        {move || groups(app, &search.get().to_ascii_lowercase())}
    };
    page(app, words::PLAN, Permission::ManagePlan, inside)
}

/// Indicators whose direction was assumed: confirmed all at once, or changed one by one.
fn assumed(app: App) -> Option<View> {
    let config = app.config();
    let waiting: Vec<_> = config.indicators.iter().filter(|(_, i)| i.active && i.direction_assumed).collect();
    if waiting.is_empty() {
        return None;
    }
    let lines = waiting.iter().map(|(id, i)| indicator(app, **id, i)).collect::<Vec<_>>();
    let mut form = Form::new(app, "arah", RecordId(Uuid::nil()), &[], Act::Save(confirm));
    form.class = "";
    form.press = words::CONFIRM_ALL;
    let may = app.can(Permission::ManagePlan, None);
    Some(view! {
        <section class="card stack">
            <h2>{words::ASSUMED} " " {tag(Tone::Wait, waiting.len().to_string())}</h2>
            <p class="small soft">{words::ASSUMED_HINT}</p>
            <details class="reveal">
                <summary>{common::INDICATOR}</summary>
                <ul class="tasks">{lines}</ul>
            </details>
            {may.then(|| form.draw())}
        </section>
    })
}

fn confirm(app: App, _: RecordId, _: Value) -> Settled {
    let config = app.config();
    let ids: Vec<_> = config.indicators.iter().filter(|(_, i)| i.active).map(|(id, _)| *id).collect();
    Ok(confirm_directions(&config, &app.reader(), &ids))
}

/// Who answers for each programme, and so for all below it.
fn programs(app: App) -> View {
    let errors: RwSignal<Vec<FieldError>> = RwSignal::new(Vec::new());
    let toast = use_toast();
    let pick = Callback::new(move |(id, to): (RecordId, String)| {
        let unit = to.parse().ok().map(RecordId);
        match untrack(|| assign_node(&app.config(), &app.reader(), id, unit)) {
            Ok(parts) => {
                saved(app, Save { parts, ..Save::default() }, errors, move |_| toast.say(common::SAVED));
            }
            Err(issues) => errors.set(issues.iter().map(|issue| fault("program", &[], issue)).collect()),
        }
    });
    View::live(move || {
        if !app.can(Permission::ManagePlan, None) {
            return None;
        }
        let config = app.config();
        let mut programs: Vec<_> = config.nodes.iter().filter(|(_, n)| n.level == Level::Program).collect();
        if programs.is_empty() {
            return None;
        }
        sort_by_key(&mut programs, |(id, n)| (n.order, **id));
        let options = Signal::stored(units(&config, words::NO_UNIT));
        let selects = programs.into_iter().map(|(id, node)| {
            let id = *id;
            let value = Signal::stored(node.unit.map(|u| u.to_string()).unwrap_or_default());
            let label = [&node.code, " ", &node.title].concat();
            view! { <Select label=label options=options value=value on_pick=move |to| pick.run((id, to)) /> }
        });
        Some(view! {
            <section class="card stack">
                <h2>{words::PROGRAM_UNITS}</h2>
                <ErrorSummary errors=errors />
                <p class="small soft">{words::PROGRAM_UNITS_HINT}</p>
                {selects.collect::<View>()}
            </section>
        })
    })
}

type Lines<'a> = Vec<(RecordId, &'a Indicator)>;

/// Indicators by responsible unit, filtered by words in their name or code.
fn groups(app: App, search: &str) -> View {
    let config = app.config();
    let mut by: Map<(u16, Option<RecordId>), Lines<'_>> = Map::new();
    for (id, indicator) in &config.indicators {
        let code = config.nodes.get(&indicator.node).map_or("", |n| &n.code);
        let found = holds(&indicator.name.to_ascii_lowercase(), search) || holds(code, search);
        if found {
            let unit = config.unit_of(*id);
            let order = unit.and_then(|u| config.units.get(&u)).map_or(u16::MAX, |u| u.order);
            by.entry((order, unit)).or_default().push((*id, indicator));
        }
    }
    let sections = by.into_iter().map(|((_, unit), mut list)| {
        sort_by_key(&mut list, |(id, i)| (i.order, *id));
        let title = unit.map_or(words::NO_UNIT, |u| unit_name(&config, u)).to_owned();
        let lines = list.into_iter().map(|(id, i)| indicator(app, id, i)).collect::<Vec<_>>();
        view! {
            <section class="card">
                <h2>{title}</h2>
                <ul class="tasks">{lines}</ul>
            </section>
        }
    });
    sections.collect()
}

fn indicator(app: App, id: RecordId, indicator: &Indicator) -> View {
    let config = app.config();
    let mut facts = Vec::new();
    facts.extend(config.nodes.get(&indicator.node).map(|n| n.code.as_str()));
    facts.push(&indicator.measure);
    facts.push(names::direction(indicator.direction));
    if indicator.rows.is_some() {
        facts.push(words::ROWS);
    }
    let same = indicator.same_as.and_then(|o| config.indicators.get(&o));
    let same = same.map(|other| [words::SAME_AS, " ", &other.name].concat());
    facts.extend(same.as_deref());
    facts.retain(|f| !f.is_empty());
    let mark = (!indicator.active).then(|| tag(Tone::Plain, words::INDICATOR_INACTIVE));
    let href = ["/pengaturan/rencana/", &id.to_string()].concat();
    line(&indicator.name, facts.join(" · "), mark, opens(Look::Link, href, &indicator.name))
}
