//! *Rencana kinerja*: what the import left open first, then all indicators.

use crate::signal::*;
use takar_domain::config::{Indicator, Level};
use takar_domain::permission::Permission;
use takar_domain::record::RecordId;
use takar_domain::sorted::{Map, sort_by_key};
use takar_domain::text::{common, holds, names, settings as words};

use super::{Saving, head};
use crate::acts::settings::{assign_node, confirm_directions};
use crate::acts::words::unit_name;
use crate::pages::piece::Select;
use crate::state::App;
use crate::ui::{Button, Empty, ErrorSummary, Field, Icon, Look, Tone, tag};
use crate::view::{View, view};

#[component]
pub fn PlanPage(app: App) -> View {
    let search = RwSignal::new(String::new());
    let form = Saving::new(app, "arah");
    let none = move || app.config().indicators.is_empty();
    view! {
        <div class="stack">
            {head(app, words::PLAN, Permission::ManagePlan)}
            <ErrorSummary errors=form.errors />
            {move || {
                none()
                    .then(|| {
                        view! {
                            <Empty sign=Icon::Sheet title=words::NO_PLAN>
                                <p>{words::NO_PLAN_HINT}</p>
                            </Empty>
                        }
                    })
            }}
            {move || assumed(app, form)}
            {move || programs(app, form)}
            {move || {
                (!none())
                    .then(|| {
                        view! {
                            <Field label=words::SEARCH value=search on_type=search />
                        }
                    })
            }}
            {move || groups(app, &search.get().to_ascii_lowercase())}
        </div>
    }
}

/// Indicators whose direction was assumed: confirmed all at once, or changed one by one.
fn assumed(app: App, form: Saving) -> Option<View> {
    let config = app.config();
    let waiting: Vec<_> = config.indicators.iter().filter(|(_, i)| i.active && i.direction_assumed).collect();
    if waiting.is_empty() {
        return None;
    }
    let ids: Vec<RecordId> = waiting.iter().map(|(id, _)| **id).collect();
    let lines = waiting.iter().map(|(id, i)| line(app, **id, i)).collect::<Vec<_>>();
    let press = move || {
        let parts = untrack(|| confirm_directions(&app.config(), &app.reader(), &ids));
        form.submit(Ok(parts), || {});
    };
    let may = app.can(Permission::ManagePlan, None);
    Some(view! {
        <section class="card stack">
            <h2>{words::ASSUMED} " " {tag(Tone::Wait, waiting.len().to_string())}</h2>
            <p class="small soft">{words::ASSUMED_HINT}</p>
            <details class="reveal">
                <summary>{common::INDICATOR}</summary>
                <ul class="tasks">{lines}</ul>
            </details>
            {may.then(|| view! { <Button press=press>{words::CONFIRM_ALL}</Button> })}
        </section>
    })
}

/// Who answers for each programme, and so for all below it.
fn programs(app: App, form: Saving) -> Option<View> {
    if !app.can(Permission::ManagePlan, None) {
        return None;
    }
    let config = app.config();
    let mut programs: Vec<_> = config.nodes.iter().filter(|(_, n)| n.level == Level::Program).collect();
    if programs.is_empty() {
        return None;
    }
    sort_by_key(&mut programs, |(id, n)| (n.order, **id));
    let mut units = vec![(String::new(), words::NO_UNIT.to_owned())];
    units.extend(
        config.units.iter().filter(|(_, u)| u.active).map(|(id, u)| (id.to_string(), u.name.clone())),
    );
    let selects = programs.into_iter().map(|(id, node)| {
        let id = *id;
        let value = Signal::stored(node.unit.map(|u| u.to_string()).unwrap_or_default());
        let pick = move |to: String| {
            let unit = to.parse().ok().map(RecordId);
            let settled = untrack(|| assign_node(&app.config(), &app.reader(), id, unit));
            form.submit(settled, || {});
        };
        let label = [&node.code, " ", &node.title].concat();
        view! { <Select label=label options=Signal::stored(units.clone()) value=value on_pick=pick /> }
    });
    Some(view! {
        <section class="card stack">
            <h2>{words::PROGRAM_UNITS}</h2>
            <p class="small soft">{words::PROGRAM_UNITS_HINT}</p>
            {selects.collect::<Vec<_>>()}
        </section>
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
        let lines = list.into_iter().map(|(id, i)| line(app, id, i)).collect::<Vec<_>>();
        view! {
            <section class="card">
                <h2>{title}</h2>
                <ul class="tasks">{lines}</ul>
            </section>
        }
    });
    sections.collect()
}

fn line(app: App, id: RecordId, indicator: &Indicator) -> View {
    let config = app.config();
    let code = config.nodes.get(&indicator.node).map(|n| n.code.clone()).unwrap_or_default();
    let mut facts = vec![code, indicator.measure.clone(), names::direction(indicator.direction).to_owned()];
    if indicator.rows.is_some() {
        facts.push(words::ROWS.into());
    }
    if let Some(other) = indicator.same_as.and_then(|o| config.indicators.get(&o)) {
        facts.push([words::SAME_AS, " ", &other.name].concat());
    }
    facts.retain(|f| !f.is_empty());
    view! {
        <li>
            <div class="what">
                <strong>{indicator.name.clone()}</strong>
                <span class="small soft">{facts.join(" · ")}</span>
            </div>
            {(!indicator.active).then(|| tag(Tone::Plain, words::INDICATOR_INACTIVE))}
            <a
                class=Look::Link.class()
                href=format!("/pengaturan/rencana/{id}")
                aria-label=[common::OPEN, ": ", &indicator.name].concat()
            >
                {common::OPEN}
            </a>
        </li>
    }
}
