//! Everything about one indicator in one column: the phone's card, and the
//! detail that opens from the grid.

use crate::signal::*;
use takar_domain::figure::{EntryState, VALUE};
use takar_domain::number;
use takar_domain::status::FigureStatus;
use takar_domain::text::{common, cycle_form, entry, names};

use super::amounts::amounts;
use super::answer::answers;
use super::blank::{Blank, choice};
use super::evidence::evidence;
use super::line::Line;
use super::notes::{notes, provenance};
use super::standing::{achieved, explanation, rating, standing};
use crate::acts::entry::compile::state_name;
use crate::acts::entry::typed::{EVENT_DATE, EXPECTED, REASON, STATE};
use crate::pages::piece::history;
use crate::ui::{Kind, Notice, Reveal, Tone};
use crate::view::{View, view};

/// The states that a person chooses between; the other two are derived.
const CHOICES: [EntryState; 4] =
    [EntryState::Value, EntryState::NotFilled, EntryState::NotMeasured, EntryState::NotPublished];

/// Acts shown in the trail; older ones stay in the office's log.
const MOST_TRAIL: usize = 30;

/// The fields of one indicator, without presses at its end.
pub fn form(line: Line) -> View {
    let Some(row) = line.row.get_untracked() else { return View::Nothing };
    let last = row.last.map_or_else(|| common::DASH.into(), number::format);
    let target = row.target.map_or_else(|| common::DASH.into(), number::format);
    let target = row.target_predicate.clone().unwrap_or(target);
    let definition = row.shape.definition.clone();
    view! {
        <div class="stack">
            <div class="row between">
                <span class="small soft num">
                    {common::TARGET} " " <strong>{target}</strong> " · " {entry::LAST} " "
                    <strong>{last}</strong>
                    {row.of_quarters.map(|n| view! { " · " {entry::OF_QUARTERS} " " <strong>{number::format(n)}</strong> })}
                </span>
                {standing(line)}
            </div>
            {(!row.asked.is_empty()).then(|| view! { <p class="hint">{cycle_form::asks(&row.asked)}</p> })}
            {(!definition.is_empty()).then(|| view! { <p class="hint">{definition}</p> })}
            {row.not_measured.clone().map(|why| view! { <p class="hint">{entry::not_measured(&why)}</p> })}
            {move || matter(line)}
            {live_line(line)}
            {amounts(line)}
            {answers(line, false)}
            {state(line)}
            {dates(line)}
            {evidence(line, VALUE, "")}
            {notes(line)}
            <div>{provenance(line)} {explanation(line)} {trail(line)}</div>
        </div>
    }
}

/// What the head said, or that values stand side by side.
fn matter(line: Line) -> Option<View> {
    match line.row.with(|r| r.as_ref().map(|r| (r.status.clone(), r.figure)))? {
        (FigureStatus::Returned { comment }, _) => Some(view! {
            <Notice tone=Tone::Wait>
                <div>
                    <strong>{entry::RETURNED}</strong>
                    <p class="pre">{comment}</p>
                </div>
            </Notice>
        }),
        (FigureStatus::Differs, figure) => Some(view! {
            <Notice tone=Tone::Wait>
                <div>
                    <p>{entry::DIFFERS}</p>
                    <a href=format!("/beda/{figure}")>{entry::SEE_DIFFERENCE}</a>
                </div>
            </Notice>
        }),
        _ => None,
    }
}

/// Capaian and kriteria while typing.
fn live_line(line: Line) -> View {
    let rows = move || {
        line.live.with(|l| {
            l.as_ref().and_then(|l| match l.actual.from {
                takar_domain::variables::Origin::Rows { done, total, .. } => {
                    Some(entry::rows_done(done, total))
                }
                _ => None,
            })
        })
    };
    let reason = move || {
        line.live.with(|l| {
            let a = &l.as_ref()?.achievement;
            a.reason.filter(|_| a.bounded.is_none()).map(names::reason)
        })
    };
    view! {
        <div class="live" role="group" aria-label=entry::LIVE>
            {move || rows().map(|r| view! { <span class="live-rows num">{r}</span> })}
            <span class="num">{achieved(line)}</span>
            {rating(line)}
            {move || reason().map(|r| view! { <span class="small">{r}</span> })}
        </div>
    }
}

/// Why there is no number, and what that needs.
fn state(line: Line) -> View {
    let now =
        Memo::new(move || line.live.with(|l| l.as_ref().map(|l| l.entry.value.state).unwrap_or_default()));
    let chosen = Signal::derive(move || {
        let typed = line.typed.with(|t| t.get(VALUE, STATE).map(str::to_owned));
        typed.unwrap_or_else(|| state_name(now.get()).to_owned())
    });
    let rows = line.row.with_untracked(|r| r.as_ref().is_some_and(|r| r.shape.rows.is_some()));
    let options = CHOICES.iter().filter(|s| !(rows && **s == EntryState::Value));
    let name = |state: EntryState| match state {
        EntryState::NotFilled if rows => entry::FROM_ROWS,
        state => names::entry_state(state),
    };
    let options: Vec<_> = options.map(|s| (state_name(*s).to_owned(), sentence(name(*s)))).collect();
    let options = Signal::stored(options);
    view! {
        {move || {
            line.editable
                .get()
                .then(|| {
                    choice(line, STATE, entry::VALUE_STATE, options, chosen)
                })
        }}
        {move || (now.get() == EntryState::NotPublished).then(|| dated(line, EXPECTED, entry::EXPECTED_DATE, entry::EXPECTED_HINT))}
        {move || {
            (now.get() == EntryState::NotMeasured)
                .then(|| Blank::new(Kind::Text, REASON, entry::REASON_NOT_MEASURED).draw(line))
        }}
    }
}

/// When it happened; nagari rows have their own days.
fn dates(line: Line) -> View {
    let rows = line.row.with_untracked(|r| r.as_ref().is_some_and(|r| r.shape.rows.is_some()));
    let value = Memo::new(move || {
        line.live.with(|l| l.as_ref().is_some_and(|l| l.entry.value.state == EntryState::Value))
    });
    View::live(move || {
        (value.get() && !rows && line.editable.get())
            .then(|| dated(line, EVENT_DATE, entry::EVENT_DATE, entry::EVENT_DATE_HINT))
    })
}

fn dated(line: Line, field: &'static str, label: &'static str, hint: &'static str) -> View {
    let mut blank = Blank::new(Kind::Date, field, label);
    blank.path = Some(field.into());
    blank.hint = hint;
    blank.optional = field == EVENT_DATE;
    blank.draw(line)
}

/// How the figure came to its values, one press away.
fn trail(line: Line) -> View {
    view! {
        <Reveal summary=common::HISTORY>
            {move || {
                let record = line.row.with(|r| r.as_ref().map(|r| r.figure)).and_then(|id| line.app.record(id));
                match record {
                    Some(record) => history(line.app, &record, MOST_TRAIL),
                    None => view! { <p class="soft">{entry::HISTORY_EMPTY}</p> },
                }
            }}
        </Reveal>
    }
}

/// A state's name as a choice begins with a capital.
fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters
        .next()
        .map(|first| std::iter::once(first.to_ascii_uppercase()).chain(letters).collect())
        .unwrap_or_default()
}
