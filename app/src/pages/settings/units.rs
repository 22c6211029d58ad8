//! *Unit kerja*: secretariat, sub bagian and seksi.

use crate::signal::*;
use takar_domain::codec::to_value;
use takar_domain::config::{Unit, UnitKind};
use takar_domain::permission::Permission;
use takar_domain::record::{RecordId, Value};
use takar_domain::sorted::sort_by_key;
use takar_domain::text::{common, names, settings as words};

use super::form::{Act, Form};
use super::line::{line, list, presses};
use super::{UNKNOWN, fresh, page};
use crate::acts::settings::ask::{Ask, Kind};
use crate::acts::settings::{Settled, choice, read, save_unit};
use crate::acts::words::unit_name;
use crate::state::App;
use crate::ui::{Button, Look, Tone, tag};
use crate::view::{View, view};

/// A new unit is in use: only a known one can be taken out of it.
const NEW: usize = 3;
const ASKS: &[Ask] = &[
    Ask::new(Kind::Text, "name", words::UNIT_NAME),
    Ask::new(Kind::Choice(choice::unit_kinds), "kind", words::UNIT_KIND),
    Ask::new(Kind::Choice(choice::parents), "parent", words::UNIT_PARENT),
    Ask::new(Kind::Tick, "active", words::ACTIVE),
];

type Editing = RwSignal<Option<RecordId>>;

pub fn units(app: App) -> View {
    let editing: Editing = RwSignal::new(None);
    let inside = View::live(move || match editing.get() {
        Some(id) => untrack(|| form(app, id, editing)),
        None => all(app, editing),
    });
    page(app, words::UNITS, Permission::ManageOffice, inside)
}

fn all(app: App, editing: Editing) -> View {
    let config = app.config();
    let may = app.can(Permission::ManageOffice, None);
    let mut units: Vec<_> = config.units.iter().collect();
    sort_by_key(&mut units, |(id, u)| (u.order, **id));
    let lines = units.into_iter().map(|(id, unit)| {
        let id = *id;
        let mut detail = names::unit_kind(unit.kind).to_owned();
        if let Some(parent) = unit.parent {
            detail.extend([" · ", words::UNIT_PARENT, " ", unit_name(&config, parent)]);
        }
        let mark = (!unit.active).then(|| tag(Tone::Plain, words::INACTIVE));
        let edit = may.then(|| presses(Look::Quiet, common::EDIT, &unit.name, move || editing.set(Some(id))));
        line(&unit.name, detail, mark, edit)
    });
    view! {
        {list(lines.collect())}
        {may
            .then(|| {
                view! { <Button press=move || editing.set(Some(fresh()))>{words::ADD_UNIT}</Button> }
            })}
    }
}

fn form(app: App, id: RecordId, editing: Editing) -> View {
    let config = app.config();
    let known = config.units.get(&id);
    let asks = if known.is_some() { ASKS } else { ASKS.get(..NEW).unwrap_or(ASKS) };
    let mut form = Form::new(app, "unit", id, asks, Act::Save(save));
    form.record = known.map_or_else(|| blank(app), to_value);
    form.title = if known.is_some() { common::EDIT } else { words::ADD_UNIT }.to_owned();
    form.then = Some(Callback::from(move || editing.set(None)));
    form.cancels = true;
    form.keeps = Some((if known.is_some() { id } else { UNKNOWN }, "unit"));
    form.draw()
}

/// A new unit comes after the others.
fn blank(app: App) -> Value {
    let last = app.config().units.values().map(|u| u.order).max().unwrap_or(0);
    let order = last.saturating_add(1);
    to_value(&Unit { name: String::new(), kind: UnitKind::Section, parent: None, order, active: true })
}

fn save(app: App, id: RecordId, record: Value) -> Settled {
    save_unit(&app.config(), &app.reader(), id, &read(&record)?)
}
