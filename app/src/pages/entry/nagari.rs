//! Nagari rows: one big tick, or one number, per nagari; each merges apart.

use crate::signal::*;
use takar_domain::config::RowRule;
use takar_domain::figure::{NAGARI, Row};
use takar_domain::text::evidence::{self as words, count};
use takar_domain::text::{common, entry};
use takar_domain::view::entry_sheet::NagariRow;

use super::blank::Blank;
use super::evidence::evidence;
use super::line::Line;
use crate::acts::entry::typed::{DONE, EVENT_DATE, NOTE, NUMBER};
use crate::acts::words::day;
use crate::ui::{Button, Field, Kind, Look, Reveal, Tick};
use crate::view::{View, view};

/// The list of an indicator that is entered per nagari.
pub fn rows(line: Line) -> View {
    let word = line.app.config().office.as_ref().map_or_else(String::new, |(_, o)| o.village_word.clone());
    let by_number = line.row.with_untracked(|r| r.as_ref().and_then(|r| r.shape.rows)) == Some(RowRule::Sum);
    let date = RwSignal::new(line.app.today().to_string());
    let nagari = Memo::new(move || {
        let row = line.row.get();
        row.map(|r| r.nagari.iter().map(|n| (n.code.clone(), n.name.clone())).collect::<Vec<_>>())
            .unwrap_or_default()
    });
    let list = move || {
        let one =
            |(code, name)| if by_number { number(line, code, name) } else { tick(line, code, name, date) };
        nagari.get().into_iter().map(one).collect::<View>()
    };
    view! {
        <fieldset class="stack-s">
            <legend class="label">{entry::rows_head(&word)}</legend>
            {(!by_number && line.editable.get_untracked())
                .then(|| {
                    view! {
                        <Field
                            label=entry::ROW_DATE
                            hint=entry::ROW_DATE_HINT
                            kind=Kind::Date
                            short=true
                            value=date
                            on_type=Callback::from(move |text: String| date.set(text))
                        />
                    }
                })}
            <div class="ticks">{list}</div>
            {(!by_number).then(|| rest(line))}
        </fieldset>
    }
}

fn group(code: &str) -> String {
    [NAGARI, code].concat()
}

/// The row as it would be saved now.
fn current(line: Line, code: &str) -> Row {
    line.live.with(|l| l.as_ref().and_then(|l| l.rows.get(code).cloned()).unwrap_or_default())
}

fn stored(line: Line, code: &str) -> Option<NagariRow> {
    line.row.with(|r| r.as_ref().and_then(|r| r.nagari.iter().find(|n| n.code == code).cloned()))
}

fn tick(line: Line, code: String, name: String, date: RwSignal<String>) -> View {
    let row = {
        let code = code.clone();
        Memo::new(move || current(line, &code))
    };
    let sub = {
        let code = code.clone();
        Signal::derive(move || Some(under(line, &code, &row.get())))
    };
    let on_tick = {
        let group = group(&code);
        move |done: bool| {
            line.type_text(&group, DONE, if done { "1" } else { "0" }.into());
            let when = if done { date.get_untracked() } else { String::new() };
            line.type_text(&group, EVENT_DATE, when);
        }
    };
    let checked = Memo::new(move || row.with(|r| r.done == Some(true)));
    let has_more = Memo::new(move || row.with(|r| r.done == Some(true) || !r.evidence.is_empty()));
    if !line.editable.get_untracked() {
        return view! {
            <div>
                <div class="tick"><span>{name.clone()}<span class="sub">{sub}</span></span></div>
                {evidence(line, &group(&code), &name)}
            </div>
        };
    }
    view! {
        <div class="nagari-row">
            <Tick label=name.clone() sub=sub checked=checked on_tick=Callback::from(on_tick) />
            {move || has_more.get().then(|| more(line, &code, name.clone()))}
        </div>
    }
}

/// The words under a nagari's name: answer, day, and what is the matter.
fn under(line: Line, code: &str, row: &Row) -> String {
    let mut words = vec![match row.done {
        Some(true) => row.event_date.as_deref().map(day).unwrap_or_default(),
        Some(false) => entry::ROW_NOT_YET.into(),
        None => entry::ROW_BLANK.into(),
    }];
    words.extend(row.note.clone());
    words.extend((!row.evidence.is_empty()).then(|| count(row.evidence.len())));
    if stored(line, code).is_some_and(|n| n.differs) {
        words.push(common::DIFFERENCE.to_ascii_lowercase());
    }
    if line.typed.with(|t| t.has(&group(code))) {
        words.push(entry::DRAFT.into());
    }
    words.retain(|w| !w.is_empty());
    words.join(" · ")
}

/// Another day or a note for one nagari.
fn more(line: Line, code: &str, name: String) -> View {
    let group = group(code);
    let about = [&name, " ", &entry::ROW_MORE.to_ascii_lowercase()].concat();
    view! {
        <Reveal summary=common::EDIT about=about>
            {
                let mut day = Blank::of(&group, Kind::Date, EVENT_DATE, entry::EVENT_DATE);
                day.path = Some(EVENT_DATE.into());
                let note = Blank { id: [&group, "-", NOTE].concat(), ..Blank::of(&group, Kind::Text, NOTE, entry::ROW_NOTE) };
                let proofs = evidence(line, &group, &name);
                view! { <div class="stack-s">{day.draw(line)} {note.draw(line)} {proofs}</div> }
            }
        </Reveal>
    }
}

fn number(line: Line, code: String, name: String) -> View {
    let mut blank = Blank::of(&group(&code), Kind::Number, NUMBER, &name);
    blank.path = Some(NUMBER.into());
    blank.short = true;
    blank.patient = true;
    let of = group(&code);
    view! {
        <div>
            {blank.draw(line)}
            <Reveal summary=words::HEAD about=name.clone()>
                {evidence(line, &of, &name)}
            </Reveal>
        </div>
    }
}

/// One press for all nagari that nobody answered.
fn rest(line: Line) -> View {
    let blank = Memo::new(move || {
        let codes = line
            .row
            .with(|r| r.as_ref().map(|r| r.nagari.iter().map(|n| n.code.clone()).collect::<Vec<_>>()));
        let mut codes = codes.unwrap_or_default();
        line.live.with(|l| {
            codes.retain(|c| l.as_ref().and_then(|l| l.rows.get(c)).is_none_or(|r| r.done.is_none()));
        });
        codes
    });
    let press = move || {
        for code in blank.get_untracked() {
            line.type_text(&group(&code), DONE, "0".into());
        }
    };
    View::live(move || {
        let count = blank.with(Vec::len);
        (count > 0 && line.editable.get()).then(|| {
            view! {
                <Button look=Look::Quiet press=Callback::from(press)>
                    {entry::rest_not_yet(count)}
                </Button>
            }
        })
    })
}
