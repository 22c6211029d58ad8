//! Posts of one person: from a date to a date, by a letter.

use crate::signal::*;
use takar_domain::codec::to_value;
use takar_domain::config::{Holding, Post, Tenure};
use takar_domain::permission::Permission;
use takar_domain::record::{RecordId, Value};
use takar_domain::sorted::sort_by;
use takar_domain::text::{common, names, settings as words};

use super::form::{Act, Form};
use super::fresh;
use super::line::{line, presses};
use crate::acts::settings::ask::{Ask, Kind, text};
use crate::acts::settings::{Settled, choice, end_holding, read, save_holding};
use crate::acts::words::{day, unit_name};
use crate::state::App;
use crate::ui::{Button, Look};
use crate::view::{View, view};

const ASKS: &[Ask] = &[
    Ask::new(Kind::Choice(choice::posts), "post", words::POST),
    Ask::new(Kind::Choice(choice::tenures), "tenure", words::TENURE),
    Ask::new(Kind::Choice(choice::posted), "unit", common::UNIT),
    Ask::new(Kind::Date, "from", words::FROM).hint(words::DUE_HINT),
    Ask::new(Kind::Date, "to", words::TO).optional(),
    Ask::new(Kind::Text, "letter", words::LETTER).hint(words::LETTER_HINT).optional(),
];
const END: &[Ask] = &[Ask::new(Kind::Date, "to", words::END_ON).hint(words::DUE_HINT)];

/// Which form is open: a new post, or the end of one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Nothing,
    New,
    End(RecordId),
}

pub fn posts(app: App, person: RecordId) -> View {
    let may = Memo::new(move || app.can(Permission::ManagePeople, None));
    let open = RwSignal::new(Open::Nothing);
    let form = move || {
        let mut form = match open.get() {
            Open::Nothing => {
                return may.get().then(|| {
                    view! {
                        <Button look=Look::Quiet press=move || open.set(Open::New)>
                            {words::ADD_POST}
                        </Button>
                    }
                });
            }
            Open::New => Form::new(app, "jabatan", person, ASKS, Act::Save(add)),
            Open::End(id) => Form::new(app, "jabatan", id, END, Act::Save(end)),
        };
        let today = Some(untrack(|| app.today()).to_string());
        form.record = to_value(&Holding {
            person,
            post: Post::Pelaksana,
            unit: None,
            tenure: Tenure::Definitive,
            from: today.clone().unwrap_or_default(),
            to: today.filter(|_| open.get() != Open::New),
            letter: String::new(),
        });
        if open.get() != Open::New {
            form.press = words::END_POST;
        }
        form.class = "stack";
        form.then = Some(Callback::from(move || open.set(Open::Nothing)));
        form.cancels = true;
        Some(form.draw())
    };
    view! {
        <section class="card stack">
            <h2>{words::POSTS}</h2>
            <ul class="tasks">{move || lines(app, person, may.get(), open)}</ul>
            {form}
        </section>
    }
}

fn lines(app: App, person: RecordId, may: bool, open: RwSignal<Open>) -> Vec<View> {
    let config = app.config();
    let mut held: Vec<_> = config.holdings.iter().filter(|(_, h)| h.person == person).collect();
    sort_by(&mut held, |a, b| b.1.from.cmp(&a.1.from));
    let lines = held.into_iter().map(|(id, holding)| {
        let id = *id;
        let unit = holding.unit.map_or(words::OFFICE_WIDE, |u| unit_name(&config, u));
        let post = names::post_held(holding.post, holding.tenure);
        let mut dates = day(&holding.from);
        if let Some(to) = &holding.to {
            dates.extend([" – ", &day(to)]);
        }
        if !holding.letter.is_empty() {
            dates.extend([" · ", &holding.letter]);
        }
        let press = (holding.to.is_none() && may)
            .then(|| presses(Look::Quiet, words::END_POST, &post, move || open.set(Open::End(id))));
        line(&[&post, ", ", unit].concat(), dates, (), press)
    });
    lines.collect()
}

fn add(app: App, person: RecordId, record: Value) -> Settled {
    let holding = Holding { person, ..read(&record)? };
    save_holding(&app.config(), &app.reader(), fresh(), &holding)
}

fn end(app: App, id: RecordId, record: Value) -> Settled {
    end_holding(&app.config(), &app.reader(), id, text(&record, "to"))
}
