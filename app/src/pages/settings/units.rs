//! *Unit kerja*: secretariat, sub bagian and seksi.

use crate::signal::*;
use takar_domain::config::{Unit, UnitKind};
use takar_domain::permission::Permission;
use takar_domain::record::RecordId;
use takar_domain::sorted::sort_by_key;
use takar_domain::text::{common, names, settings as words};

use super::{Saving, fresh, head};
use crate::acts::settings::save_unit;
use crate::acts::words::unit_name;
use crate::pages::piece::{Input, Select, beside, input};
use crate::state::App;
use crate::ui::{Button, ErrorSummary, Look, Tick, Tone, tag};
use crate::view::{View, view};

const KINDS: [(UnitKind, &str); 3] = [
    (UnitKind::Secretariat, "secretariat"),
    (UnitKind::SubSection, "sub_section"),
    (UnitKind::Section, "section"),
];

#[component]
pub fn UnitsPage(app: App) -> View {
    let editing: RwSignal<Option<(RecordId, bool)>> = RwSignal::new(None);
    let may = Memo::new(move || app.can(Permission::ManageOffice, None));
    view! {
        <div class="stack">
            {head(app, words::UNITS, Permission::ManageOffice)}
            {move || match editing.get() {
                Some((id, new)) => view! { <Form app=app id=id new=new editing=editing /> },
                None => view! { {list(app, may, editing)} },
            }}
        </div>
    }
}

fn list(app: App, may: Memo<bool>, editing: RwSignal<Option<(RecordId, bool)>>) -> View {
    let lines = move || {
        let config = app.config();
        let mut units: Vec<_> = config.units.iter().collect();
        sort_by_key(&mut units, |(id, u)| (u.order, **id));
        let line = |(id, unit): (&RecordId, &Unit)| {
            let id = *id;
            let parent =
                unit.parent.map(|p| [" · ", words::UNIT_PARENT, " ", unit_name(&config, p)].concat());
            let name = unit.name.clone();
            view! {
                <li>
                    <div class="what">
                        <strong>{name.clone()}</strong>
                        <span class="small soft">{names::unit_kind(unit.kind)} {parent}</span>
                    </div>
                    {(!unit.active).then(|| tag(Tone::Plain, words::INACTIVE))}
                    {may
                        .get()
                        .then(|| {
                            view! {
                                <Button look=Look::Quiet press=move || editing.set(Some((id, false)))>
                                    {common::EDIT}
                                    <span class="sr">{[" ", &name].concat()}</span>
                                </Button>
                            }
                        })}
                </li>
            }
        };
        units.into_iter().map(line).collect::<Vec<_>>()
    };
    view! {
        <section class="card">
            <ul class="tasks">{lines}</ul>
        </section>
        {move || {
            may.get()
                .then(|| view! { <Button press=move || editing.set(Some((fresh(), true)))>{words::ADD_UNIT}</Button> })
        }}
    }
}

#[component]
fn Form(app: App, id: RecordId, new: bool, editing: RwSignal<Option<(RecordId, bool)>>) -> View {
    let config = untrack(|| app.config());
    let order = config.units.values().map(|u| u.order).max().unwrap_or(0).saturating_add(1);
    let blank = Unit { name: String::new(), kind: UnitKind::Section, parent: None, order, active: true };
    let unit = config.units.get(&id).cloned().unwrap_or(blank);
    let form = Saving::new(app, "unit");
    let errors = form.errors;
    let name = RwSignal::new(unit.name.clone());
    let code = KINDS.iter().find(|(k, _)| *k == unit.kind).map_or("section", |(_, c)| c);
    let kind = RwSignal::new(code.to_owned());
    let parent = RwSignal::new(unit.parent.map(|p| p.to_string()).unwrap_or_default());
    let active = RwSignal::new(unit.active);
    let order = unit.order;
    let press = move || {
        let picked = kind.get_untracked();
        let changed = Unit {
            name: name.get_untracked().trim().into(),
            kind: KINDS.iter().find(|(_, c)| *c == picked).map_or(UnitKind::Section, |(k, _)| *k),
            parent: parent.get_untracked().parse().ok().map(RecordId),
            order,
            active: active.get_untracked(),
        };
        let settled = untrack(|| save_unit(&app.config(), &app.reader(), id, &changed));
        form.submit(settled, move || editing.set(None));
    };
    let kinds = KINDS.map(|(kind, code)| (code.to_owned(), names::unit_kind(kind).to_owned())).to_vec();
    let mut parents = vec![(String::new(), words::NO_PARENT.to_owned())];
    parents.extend(
        config
            .units
            .iter()
            .filter(|(other, _)| **other != id)
            .map(|(id, u)| (id.to_string(), u.name.clone())),
    );
    view! {
        <ErrorSummary errors=errors />
        <section class="card stack" aria-label=if new { words::ADD_UNIT } else { common::EDIT }>
            {input(Input::text("unit-name", words::UNIT_NAME), name, errors)}
            <Select
                label=words::UNIT_KIND
                options=Signal::stored(kinds)
                value=kind
                on_pick=kind
                short=true
            />
            <Select
                id="unit-parent"
                error=beside(errors, "unit-parent")
                label=words::UNIT_PARENT
                options=Signal::stored(parents)
                value=parent
                on_pick=parent
            />
            {(!new)
                .then(|| {
                    view! {
                        <Tick label=words::ACTIVE checked=active on_tick=active />
                    }
                })}
            <div class="row">
                <Button press=press>{common::SAVE}</Button>
                <Button look=Look::Quiet press=move || editing.set(None)>
                    {common::CANCEL}
                </Button>
            </div>
        </section>
    }
}
