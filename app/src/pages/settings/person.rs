//! One person: name, username, posts, password.

use crate::signal::*;
use takar_domain::codec::to_value;
use takar_domain::config::Person;
use takar_domain::permission::Permission;
use takar_domain::record::{RecordId, Value};
use takar_domain::text::settings as words;

use super::form::{Act, Form};
use super::password::give;
use super::people::address;
use super::posts::posts;
use super::{UNKNOWN, below, only, page_of};
use crate::acts::settings::ask::{Ask, Kind};
use crate::acts::settings::{Settled, read, save_person};
use crate::acts::words::person as name_of;
use crate::route::{Step, use_route};
use crate::state::App;
use crate::view::{View, view};

const ASKS: &[Ask] = &[
    Ask::new(Kind::Text, "name", words::NAME),
    Ask::new(Kind::Text, "username", words::USERNAME).hint(words::USERNAME_HINT),
    Ask::new(Kind::Text, "nip", words::NIP).optional(),
    Ask::new(Kind::Tick, "active", words::PERSON_ACTIVE),
];

pub fn person(app: App, id: RecordId) -> View {
    let known = Memo::new(move || app.config().people.contains_key(&id));
    let title = Signal::derive(move || {
        if known.get() { name_of(&app.config(), id).to_owned() } else { words::ADD_PERSON.into() }
    });
    let inside = view! {
        {form(app, id)}
        {move || known.get().then(|| posts(app, id))}
        {move || known.get().then(|| only(app, Permission::ManagePeople, move || give(app, id)))}
    };
    page_of(app, below("orang", words::PEOPLE), title, Permission::ManagePeople, inside)
}

fn form(app: App, id: RecordId) -> View {
    let config = untrack(|| app.config());
    let found = config.people.get(&id);
    let mut form = Form::new(app, "orang", id, ASKS, Act::Save(save));
    form.right = Some(Permission::ManagePeople);
    if found.is_none() {
        form.keeps = Some((UNKNOWN, "orang"));
        let route = use_route();
        form.then = Some(Callback::from(move || route.go(&address(id), Step::Push)));
    }
    form.record = found.map(to_value).unwrap_or_default();
    form.draw()
}

fn save(app: App, id: RecordId, record: Value) -> Settled {
    let mut person: Person = read(&record)?;
    person.username.make_ascii_lowercase();
    save_person(&app.config(), &app.reader(), id, &person)
}
