//! Lists on a step's paper: disposisi that go on, who is invited and comes, what is
//! decided, who does what.

use crate::signal::*;
use takar_domain::codec::to_value;
use takar_domain::issue::Issue;
use takar_domain::procedure::Phase;
use takar_domain::procedure::list::{
    Answer, DECISIONS, HOPS, INVITEES, Line, List, PRESENCE, lines, lists as lists_of,
};
use takar_domain::procedure::paper::Field;
use takar_domain::record::{Record, RecordId, Source, Value};
use takar_domain::sop::Kind;
use takar_domain::sorted::Map;
use takar_domain::text::meeting as words;
use uuid::Uuid;

use super::form::{href as form_href, may as may_change};
use super::paper::Same;
use super::place::Place;
use crate::acts::csv;
use crate::acts::settings::ask::{Ask, text};
use crate::acts::steps::lists::{answer, copy_invited, holder, run_of, said, write};
use crate::acts::steps::{answer_asks, calendar, list_asks, plain};
use crate::pages::piece::saved;
use crate::pages::settings::form::{Act, Form};
use crate::pages::settings::fresh;
use crate::pages::settings::line::{line, presses};
use crate::platform::share;
use crate::state::Save;
use crate::ui::{Button, Dialog, FieldError, Look, Tone, tag, use_toast};
use crate::view::{View, entry, keyed, view};

type Errors = RwSignal<Vec<FieldError>>;

/// The lists of the step's paper, made anew with another kind of step and only then.
pub fn lists(at: Place, errors: Errors) -> View {
    let kind = Memo::new(move || at.with(|step, _| Same(step.step.kind)).unwrap_or_default());
    View::live(move || {
        let kind = kind.get().0;
        let all: Vec<_> = lists_of(kind).map(|list| one(at, list, errors)).collect();
        view! { {all} }
    })
}

fn record(at: Place) -> Option<Record> {
    at.app.record(at.subject().record())
}

/// Whether lines may be added and taken off: until the step is done, and a disposisi
/// goes on after it.
fn is_open(at: Place, list: &List) -> bool {
    let done = at.with_run(|_, run| run.phase() == Some(Phase::Done)) == Some(true);
    at.is_open() && (!done || *list == HOPS)
}

/// Whether the person who works may write them: who carries the step out, and a
/// disposisi's receivers pass it on.
fn may(at: Place, list: &List) -> bool {
    is_open(at, list)
        && (at.may() || *list == HOPS && lines(list, record(at).as_ref()).iter().any(|l| mine(at, l)))
}

fn mine(at: Place, line: &Line) -> bool {
    let (Some(me), Some(seat)) = (at.app.me(), line.seat) else { return false };
    seat.is_held_by(&at.app.config(), me.person, &at.app.today().to_string())
}

fn one(at: Place, list: &'static List, errors: Errors) -> View {
    let writes = Memo::new(move || may(at, list));
    let anything = Memo::new(move || !lines(list, record(at).as_ref()).is_empty());
    let shown = Memo::new(move || writes.get() || anything.get());
    let says = Saying { line: RwSignal::new(String::new()), open: RwSignal::new(false) };
    let section = View::live(move || {
        if !shown.get() {
            return View::Nothing;
        }
        untrack(|| {
            view! {
                <section class="card stack-s">
                    <h2>{list.title}</h2>
                    <ul class="tasks">{rows(at, list, says, errors)}</ul>
                    {View::live(move || extra(at, list, writes.get(), errors))}
                    {View::live(move || if writes.get() { add(at, list) } else { View::Nothing })}
                </section>
            }
        })
    });
    view! {
        {section}
        {list.answer.as_ref().map(|answer| dialog(at, list, answer, says))}
    }
}

/// Which line is being answered.
#[derive(Clone, Copy)]
struct Saying {
    line: RwSignal<String>,
    open: RwSignal<bool>,
}

fn rows(at: Place, list: &'static List, says: Saying, errors: Errors) -> View {
    keyed(move || {
        let all = lines(list, record(at).as_ref()).into_iter().map(|line| line.name);
        all.map(|name| entry(name.clone(), move || row(at, list, name, says, errors))).collect()
    })
}

/// One line, made anew whenever it changes.
fn row(at: Place, list: &'static List, name: String, says: Saying, errors: Errors) -> View {
    let of = name.clone();
    let now = Memo::new(move || lines(list, record(at).as_ref()).into_iter().find(|line| line.name == of));
    View::live(move || now.get().map(|line| drawn(at, list, &line, says, errors)).unwrap_or_default())
}

fn drawn(at: Place, list: &'static List, of: &Line, says: Saying, errors: Errors) -> View {
    let config = at.app.config();
    let today = at.app.today().to_string();
    let (title, detail) = said(&config, list, of, &today);
    let mark = list.answer.as_ref().map(|answer| given(list, answer, of));
    let off = may(at, list).then(|| {
        let name = of.name.clone();
        let take = move || {
            let nothing = to_value(&Map::<String, String>::new());
            let save = at.save(vec![write(&at.app.reader(), &at.subject(), list, &name, &nothing)], None);
            saved(at.app, save, errors, |_| {});
        };
        presses(Look::Quiet, words::TAKE_OFF, &title, take)
    });
    let to_form = (*list == DECISIONS && may_change(at)).then(|| {
        let href = [&form_href(at.cycle), "/putusan/", &of.name].concat();
        view! { <a class=Look::Link.class() href=href>{words::CHANGE_FORM}</a> }
    });
    let asked = list.answer.as_ref().filter(|_| at.is_open() && of.answer.is_none());
    let asked = asked.filter(|_| mine(at, of) || at.may()).map(|answer| {
        let name = of.name.clone();
        let ask = move || {
            says.line.set(name.clone());
            says.open.set(true);
        };
        presses(if mine(at, of) { Look::Main } else { Look::Quiet }, answer.press, &title, ask)
    });
    let presses = view! { <div class="row">{asked} {to_form} {off}</div> };
    line(&title, detail, mark, presses)
}

/// What the receiver said, as a tag.
fn given(list: &List, answer: &Answer, line: &Line) -> View {
    let Some(said) = &line.answer else {
        let waits = match list.prefix {
            "hop/" => words::HOP_WAITS,
            "task/" => words::TASK_WAITS,
            _ => words::WAITS,
        };
        return tag(Tone::Plain, waits);
    };
    let text = |name: &str| said.get(name).cloned().unwrap_or_default();
    let first =
        if answer.given.is_empty() { text("answer").to_ascii_lowercase() } else { answer.given.into() };
    let tone = if first == "berhalangan" { Tone::Wait } else { Tone::Ok };
    let note = text("note");
    tag(tone, if note.is_empty() { first } else { [&first, ": ", &note].concat() })
}

/// The receiver's words, or those of who records them in the receiver's name.
fn dialog(at: Place, list: &'static List, to: &'static Answer, says: Saying) -> View {
    let inside = move || {
        let name = says.line.get_untracked();
        let of = lines(list, record(at).as_ref()).into_iter().find(|line| line.name == name);
        let Some(of) = of else { return View::Nothing };
        let own = mine(at, &of);
        let title = said(&at.app.config(), list, &of, &at.app.today().to_string()).0;
        let save = move |typed: &Value| {
            let part = answer(&at.app.reader(), &at.subject(), list, &name, typed);
            let Some(part) = part.filter(|_| missing(to.fields, typed).is_empty()) else {
                return Err(missing(to.fields, typed));
            };
            let today = at.app.today().to_string();
            let acted_for = of.seat.filter(|_| !own).and_then(|seat| holder(&at.app.config(), seat, &today));
            let source = acted_for.map_or(Source::Own, |_| Source::Paper);
            Ok(Save { parts: vec![part], source, acted_for, ..Save::default() })
        };
        let mut form = blank(at, to.prefix, answer_asks(list), save);
        form.press = to.press;
        form.class = "stack";
        form.cancels = true;
        form.then = Some(Callback::from(move || says.open.set(false)));
        view! {
            <p>
                <strong>{title}</strong>
            </p>
            {form.draw()}
        }
    };
    view! {
        <Dialog open=says.open title=to.press>
            {inside()}
        </Dialog>
    }
}

fn blank(
    at: Place,
    prefix: &'static str,
    asks: &'static [Ask],
    save: impl Fn(&Value) -> Result<Save, Vec<Issue>> + Send + Sync + 'static,
) -> Form {
    let act = Act::Do(StoredValue::new(Box::new(save)));
    Form::new(at.app, prefix.trim_end_matches('/'), RecordId(Uuid::nil()), asks, act)
}

/// A new line.
fn add(at: Place, list: &'static List) -> View {
    let save = move |typed: &Value| {
        let missing = missing(list.fields, typed);
        if !missing.is_empty() {
            return Err(missing);
        }
        let name = fresh().0.simple().to_string();
        Ok(at.save(vec![write(&at.app.reader(), &at.subject(), list, &name, typed)], None))
    };
    let mut form = blank(at, list.prefix, list_asks(list), save);
    form.press = words::ADD;
    form.look = Look::Quiet;
    form.class = "stack-s";
    form.again = true;
    form.draw()
}

/// What is still needed.
fn missing(fields: &[Field], typed: &Value) -> Vec<Issue> {
    let needed = fields.iter().filter(|field| field.needed && text(typed, field.name).is_empty());
    needed.map(|field| Issue::hard("text.empty", field.name)).collect()
}

/// What else a list offers.
fn extra(at: Place, list: &'static List, writes: bool, errors: Errors) -> View {
    let toast = use_toast();
    if *list == PRESENCE && writes {
        let copy = move || {
            let parts = copy_invited(&at.app.config(), &at.app.reader(), &at.subject());
            if !parts.is_empty() {
                saved(at.app, at.save(parts, None), errors, move |_| toast.say(words::COPIED));
            }
        };
        let invited = move || {
            let invite = run_of(&at.app.config(), at.cycle, Kind::Invite);
            invite.is_some_and(|run| !lines(&INVITEES, at.app.record(run.record()).as_ref()).is_empty())
        };
        return View::live(move || {
            let press = move || {
                view! { <div class="row"><Button look=Look::Quiet press=copy>{words::COPY_INVITED}</Button></div> }
            };
            if invited() { press() } else { View::Nothing }
        });
    }
    if *list != INVITEES {
        return View::Nothing;
    }
    let file = move || {
        let text = calendar(&at.app.config(), &record(at)?, at.app.now_ms())?;
        Some(csv::address_of("text/calendar", &text))
    };
    let share = move || {
        let text = record(at).map(|run| plain(&at.app.config(), &run, &at.app.today().to_string()));
        let Some(text) = text else { return };
        spawn_local(async move {
            if share::can_share() {
                share::share(&text).await;
            } else {
                toast.say(if share::copy(&text).await { words::COPIED_TEXT } else { words::NOT_COPIED });
            }
        });
    };
    View::live(move || {
        let Some(href) = file() else { return View::Nothing };
        view! {
            <div class="row">
                <a class=Look::Quiet.class() href=href download="undangan.ics">
                    {words::CALENDAR}
                </a>
                <Button look=Look::Quiet press=share>
                    {words::SHARE}
                </Button>
            </div>
        }
    })
}

/// What a decision of the cycle's meeting says.
pub fn decision(at: Place, name: &str) -> Option<String> {
    let run = run_of(&at.app.config(), at.cycle, Kind::Meeting)?;
    let all = lines(&DECISIONS, at.app.record(run.record()).as_ref());
    all.iter().find(|line| line.name == name).map(|line| line.text("text").to_owned())
}
