//! *Daftar nagari*: paste many names, mend or retire one.

use crate::signal::*;
use takar_domain::codec::to_value;
use takar_domain::config::Nagari;
use takar_domain::issue::Issue;
use takar_domain::permission::Permission;
use takar_domain::record::{RecordId, Value};
use takar_domain::sorted::sort_by;
use takar_domain::text::{common, settings as words};
use uuid::Uuid;

use super::form::{Act, Form};
use super::line::{line, presses};
use super::{only, page};
use crate::acts::settings::ask::{Ask, Kind, text};
use crate::acts::settings::{Settled, paste_nagari, read, save_nagari};
use crate::state::App;
use crate::ui::{Look, Tone, tag};
use crate::view::{View, view};

const ASKS: &[Ask] =
    &[Ask::new(Kind::Text, "name", words::NAME), Ask::new(Kind::Tick, "active", words::ACTIVE)];
const PASTE: &[Ask] = &[Ask::new(Kind::Area, "nagari", words::VILLAGES).hint(words::PASTE_HINT)];

type Editing = RwSignal<Option<RecordId>>;

pub fn villages(app: App) -> View {
    let editing: Editing = RwSignal::new(None);
    let inside = view! {
        <section class="card">{move || lines(app, editing)}</section>
        {only(app, Permission::ManageOffice, move || pasting(app))}
    };
    page(app, words::VILLAGES, Permission::ManageOffice, inside)
}

fn pasting(app: App) -> View {
    let mut form = Form::new(app, "tempel", RecordId(Uuid::nil()), PASTE, Act::Save(paste));
    form.title = words::PASTE.to_owned();
    form.press = words::PASTE_ADD;
    form.preview = Some(preview);
    form.again = true;
    form.draw()
}

fn lines(app: App, editing: Editing) -> View {
    let config = app.config();
    let may = app.can(Permission::ManageOffice, None);
    let mut list: Vec<_> = config.nagari.iter().collect();
    sort_by(&mut list, |a, b| (a.1.order, &a.1.name).cmp(&(b.1.order, &b.1.name)));
    if list.is_empty() {
        return view! { <p class="soft">{words::NO_VILLAGES}</p> };
    }
    let lines = list.into_iter().map(|(id, nagari)| {
        let id = *id;
        if editing.get() == Some(id) {
            return edit(app, id, nagari, editing);
        }
        let detail = [words::CODE, " ", &nagari.code].concat();
        let mark = (!nagari.active).then(|| tag(Tone::Plain, words::INACTIVE));
        let edit =
            may.then(|| presses(Look::Link, common::EDIT, &nagari.name, move || editing.set(Some(id))));
        line(&nagari.name, detail, mark, edit)
    });
    view! { <ol class="tasks">{lines.collect::<View>()}</ol> }
}

fn edit(app: App, id: RecordId, nagari: &Nagari, editing: Editing) -> View {
    let mut form = Form::new(app, "nagari", id, ASKS, Act::Save(save));
    form.record = to_value(nagari);
    form.class = "what stack-s";
    form.then = Some(Callback::from(move || editing.set(None)));
    form.cancels = true;
    view! { <li>{form.draw()}</li> }
}

fn save(app: App, id: RecordId, record: Value) -> Settled {
    save_nagari(&app.config(), &app.reader(), id, &read(&record)?)
}

fn paste(app: App, _: RecordId, record: Value) -> Settled {
    let paste = paste_nagari(&app.config(), &app.reader(), text(&record, "nagari"));
    if paste.parts.is_empty() { Err(vec![Issue::hard("paste.empty", "nagari")]) } else { Ok(paste.parts) }
}

/// How many names are new, and which.
fn preview(app: App, texts: &[String]) -> View {
    let text = texts.first().map(String::as_str).unwrap_or_default();
    let paste = paste_nagari(&app.config(), &app.reader(), text);
    if paste.added.is_empty() && paste.known.is_empty() {
        return View::Nothing;
    }
    view! {
        <p>{words::pasted(paste.added.len(), paste.known.len())}</p>
        <p class="small soft">{paste.added.join(", ")}</p>
    }
}
