//! What stands beside a value: errors that explain, questions that ask, and
//! the presses that answer them.

use crate::signal::*;
use takar_domain::figure::{EntryState, VALUE};
use takar_domain::issue::{Issue, Severity};
use takar_domain::text::{self, common, entry};

use super::blank::Blank;
use super::line::Line;
use crate::acts::entry::Live;
use crate::acts::entry::typed::{CONFIRMED, NUMBER, REASON, variable};
use crate::ui::{Button, Kind, Look};
use crate::view::{Child, View, view};

/// Codes whose answer is more than a confirmation.
const AMBIGUOUS: &str = "number.ambiguous";
const FELL: &str = "number.fell";

/// Errors and questions about the realisasi, once the field was left. A form's
/// own fields say their errors, so there `errors` is false.
pub fn answers(line: Line, errors: bool) -> View {
    let issues = Memo::new(move || {
        if !line.left.get() || !line.editable.get() {
            return Vec::new();
        }
        let typed = line.typed.with(|t| t.has(VALUE));
        let shown = |i: &&Issue| match i.severity {
            Severity::Soft => i.code != FELL,
            Severity::Hard => typed && (errors || i.code == AMBIGUOUS),
        };
        let found =
            line.live.with(|l| l.as_ref().map(|l| l.entry.issues.iter().filter(shown).cloned().collect()));
        found.unwrap_or_default()
    });
    let fell = Memo::new(move || line.editable.get() && asks_why(line));
    let any = move || fell.get() || issues.with(|i: &Vec<Issue>| !i.is_empty());
    let any = Memo::new(any);
    View::live(move || {
        any.get().then(|| {
            let lines =
                move || issues.get().into_iter().map(|issue| one(line, issue, errors)).collect::<View>();
            view! {
                <div class="stack-s" id=answers_id(line)>
                    <div class="stack-s" role="alert">
                        {lines}
                    </div>
                    {move || fell.get().then(|| why(line))}
                </div>
            }
        })
    })
}

/// A cumulative count fell, or its reason is just being written.
fn asks_why(line: Line) -> bool {
    let writing = line.typed.with(|t| t.get(VALUE, REASON).is_some());
    line.live.with(|l| {
        l.as_ref().is_some_and(|l| {
            let value = l.entry.value.state == EntryState::Value;
            value && (writing || l.entry.issues.iter().any(|i| i.code == FELL) && line.left.get())
        })
    })
}

/// The DOM id of a value's errors and questions.
#[must_use]
pub fn answers_id(line: Line) -> String {
    format!("tanya-{}", line.indicator)
}

fn one(line: Line, issue: Issue, errors: bool) -> View {
    let words = text::issue(&issue);
    if issue.severity == Severity::Hard && issue.code != AMBIGUOUS {
        return view! { <p class="error">{crate::ui::icon(crate::ui::Icon::Alert)} <span>{words}</span></p> };
    }
    let presses = match issue.code.as_str() {
        AMBIGUOUS => ambiguous(line, &issue),
        "value.reason_missing" | "value.expected_missing" | "row.missing" => View::Nothing,
        _ => questioned(line, &issue),
    };
    view! {
        <div class="ask">
            {(errors || issue.code != AMBIGUOUS).then(|| view! { <p>{words}</p> })}
            <div class="row">{presses}</div>
        </div>
    }
}

/// `1.234` could be two numbers: one press chooses.
fn ambiguous(line: Line, issue: &Issue) -> View {
    let field = field_of(line, &issue.path);
    let choice = |fact: &str, reading: &str| {
        let number = issue.facts.get(fact).cloned().unwrap_or_default();
        // Without thousands' dots the text has one reading only.
        let plain = number.replace('.', "");
        let (field, words) = (field.clone(), format!("{number} ({reading})"));
        let press = move || {
            line.type_text(VALUE, &field, plain.clone());
            line.save(Some(VALUE));
        };
        view! {
            <Button look=Look::Quiet press=Callback::from(press)>
                {words}
            </Button>
        }
    };
    [choice("as_thousands", entry::AS_THOUSANDS), choice("as_decimal", entry::AS_DECIMAL)].shown()
}

/// Out of range: take the suggestion, or say that it is right.
fn questioned(line: Line, issue: &Issue) -> View {
    let code = issue.code.clone();
    let suggestion = issue.facts.get("suggestion").cloned();
    let keep = issue.facts.get("value").map_or_else(|| entry::CORRECT_AS_IS.to_owned(), |v| entry::keep(v));
    let take = suggestion.map(|number| {
        let words = entry::take(&number);
        let press = move || {
            line.type_text(VALUE, NUMBER, number.replace('.', ""));
            line.save(Some(VALUE));
        };
        view! { <Button press=Callback::from(press)>{words}</Button> }
    });
    let confirm = move || {
        let entry = line.live.with_untracked(|l| l.as_ref().map(|l| l.entry.value.confirmed.clone()));
        let mut codes = entry.unwrap_or_default();
        codes.push(code.clone());
        line.type_text(VALUE, CONFIRMED, codes.join(" "));
        line.save(Some(VALUE));
    };
    view! {
        {take}
        <Button look=Look::Quiet press=Callback::from(confirm)>
            {keep}
        </Button>
    }
}

/// A cumulative count fell: the reason is the answer.
fn why(line: Line) -> View {
    let words = move || {
        let fell = |l: &Live| l.entry.issues.iter().find(|i| i.code == FELL).map(text::issue);
        line.live.with(|l| l.as_ref().and_then(fell))
    };
    let save = move || {
        line.save(Some(VALUE));
    };
    view! {
        <div class="ask">
            <p>{words}</p>
            {Blank { id: "turun".into(), ..Blank::new(Kind::Area, REASON, entry::REASON_FELL) }.draw(line)}
            <div class="row">
                <Button look=Look::Quiet press=Callback::from(save)>
                    {common::SAVE}
                </Button>
            </div>
        </div>
    }
}

/// The field an issue's path means: the number, or a variable by its name.
fn field_of(line: Line, path: &str) -> String {
    let nth = line
        .row
        .with_untracked(|r| r.as_ref().and_then(|r| r.shape.variables.iter().position(|v| v.name == path)));
    nth.map_or_else(|| NUMBER.to_owned(), variable)
}
