//! Who has read the form, unit by unit, and what they say to it (SOP step 3).

use crate::signal::*;
use takar_domain::config::{Config, FormRead};
use takar_domain::record::{Attribution, RecordId, Value};
use takar_domain::sop::Kind;
use takar_domain::text::cycle_form as words;
use uuid::Uuid;

use super::form::{href, may};
use super::place::Place;
use crate::acts::form::{is_read, parts, read, readable, readers};
use crate::acts::settings::ask::{Ask, Kind as Asked, text};
use crate::acts::steps::by;
use crate::acts::words::unit_name;
use crate::pages::settings::form::{Act, Form};
use crate::pages::settings::line::{line, list};
use crate::state::Save;
use crate::ui::{Look, Tone, tag};
use crate::view::{View, entry, keyed, view};

const ASKS: &[Ask] = &[Ask::new(Asked::Area, "remarks", words::REMARKS).hint(words::REMARKS_HINT).optional()];

/// The units and, for who may say so, the press that says it.
pub fn receipts(at: Place) -> View {
    let delivers = Memo::new(move || {
        at.with_run(|step, run| step.step.kind == Kind::Deliver && run.state.is_some()) == Some(true)
    });
    View::live(move || {
        if !delivers.get() {
            return View::Nothing;
        }
        view! {
            {own(at)}
            {move || all(at)}
        }
    })
}

/// A form for each own unit that has not read the form as it stands.
fn own(at: Place) -> View {
    keyed(move || {
        let Some(me) = at.app.me().filter(|_| at.is_open()) else { return Vec::new() };
        let (config, get) = (at.app.config(), at.app.reader());
        let units = readable(&config, me.person, &at.app.today().to_string());
        let unread = units.into_iter().filter(|unit| !is_read(&config, &get, at.cycle, *unit));
        // One after the other: fields of two would have the same names.
        unread
            .take(1)
            .map(|unit| {
                let version = config.form(at.cycle).version;
                let key = [&unit.to_string(), "-", &version.to_string()].concat();
                entry(key, move || untrack(|| say(at, unit, me.person)))
            })
            .collect()
    })
}

fn say(at: Place, unit: RecordId, person: RecordId) -> View {
    let save = move |typed: &Value| {
        let (config, get) = (at.app.config(), at.app.reader());
        let part = read(&config, &get, (at.cycle, unit), person, text(typed, "remarks"));
        Ok(Save { parts: vec![part], ..Save::default() })
    };
    let act = Act::Do(StoredValue::new(Box::new(save)));
    let mut form = Form::new(at.app, "baca", RecordId(Uuid::nil()), ASKS, act);
    form.title = words::task(unit_name(&at.app.config(), unit));
    form.press = words::READ;
    form.draw()
}

fn all(at: Place) -> View {
    let (config, get) = (at.app.config(), at.app.reader());
    let version = config.form(at.cycle).version;
    let lines = parts(&config).into_iter().filter_map(|part| part.unit.map(|unit| (unit, part.name)));
    let lines = lines.map(|(unit, name)| {
        let read = readers(&get, at.cycle, unit);
        let newest = read.iter().map(|(receipt, _)| receipt.version).max();
        let mark = match newest {
            Some(seen) if seen >= version => tag(Tone::Ok, words::READ.to_ascii_lowercase()),
            Some(seen) => tag(Tone::Wait, words::read_older(seen)),
            None => tag(Tone::Plain, words::NOT_READ),
        };
        let said = read.iter().any(|(receipt, _)| !receipt.remarks.is_empty());
        let href = [&href(at.cycle), "/masukan/", &unit.to_string()].concat();
        let press = (said && may(at)).then(|| {
            view! { <a class=Look::Quiet.class() href=href>{words::CHANGE_FORM}</a> }
        });
        let detail: Vec<_> = read.iter().map(|one| words_of(&config, one)).collect();
        line(&name, detail.join(" · "), mark, press)
    });
    view! {
        <h2>{words::READ_BY}</h2>
        {list(lines.collect())}
    }
}

/// `Kasi Pemerintahan: “Mohon ditambah.”`
fn words_of(config: &Config, (receipt, who): &(FormRead, Attribution)) -> String {
    let name = by(config, who);
    if receipt.remarks.is_empty() { name } else { [&name, ": “", &receipt.remarks, "”"].concat() }
}
