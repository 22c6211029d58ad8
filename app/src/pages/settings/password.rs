//! Passwords, the own and another person's: they need the office, like signing in.

use takar_domain::issue::Issue;
use takar_domain::record::{RecordId, Value};
use takar_domain::text::{common, settings as words};
use uuid::Uuid;

use super::back;
use super::form::{Act, Asked, Form, typed};
use crate::acts::settings::ask::{Ask, Kind};
use crate::state::App;
use crate::ui::{Look, PageHead};
use crate::view::{View, view};

/// Fewest characters of a password, as the office asks.
const SHORTEST: usize = 8;

const OLD: &str = "lama";
const NEW: &str = "baru";

const OWN: &[Ask] =
    &[Ask::new(Kind::Password, OLD, words::OLD_PASSWORD), Ask::new(Kind::Password, NEW, words::NEW_PASSWORD)];
const ANOTHERS: &[Ask] = &[Ask::new(Kind::Password, NEW, words::NEW_PASSWORD).hint(words::PASSWORD_HINT)];

pub fn password(app: App) -> View {
    let mut form = Form::new(app, "sandi", RecordId(Uuid::nil()), OWN, Act::Ask(change));
    form.again = true;
    view! {
        <div class="stack">
            {back("/pengaturan", common::SETTINGS)}
            <PageHead title=words::PASSWORD lead=words::PASSWORD_ONLINE />
            {form.draw()}
        </div>
    }
}

/// Gives a person a password.
pub fn give(app: App, person: RecordId) -> View {
    let mut form = Form::new(app, "sandi", person, ANOTHERS, Act::Ask(set));
    form.title = words::SET_PASSWORD.to_owned();
    form.note = words::PASSWORD_ONLINE;
    form.press = words::SET_PASSWORD;
    form.look = Look::Quiet;
    form.again = true;
    form.draw()
}

/// The new password, if it is long enough.
fn new(record: &Value) -> Result<String, Vec<Issue>> {
    let new = typed(record, NEW);
    if new.chars().count() < SHORTEST { Err(vec![Issue::hard("password.short", NEW)]) } else { Ok(new) }
}

fn change(app: App, _: RecordId, record: Value) -> Result<Asked, Vec<Issue>> {
    let (old, new) = (typed(&record, OLD), new(&record)?);
    Ok(Box::pin(async move { app.change_password(old, new).await }))
}

fn set(app: App, person: RecordId, record: Value) -> Result<Asked, Vec<Issue>> {
    let new = new(&record)?;
    Ok(Box::pin(async move { app.set_password(person, new).await }))
}
