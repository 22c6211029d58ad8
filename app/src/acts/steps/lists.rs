//! Lists on the papers of steps: what their presses write, and what they ask of
//! whom.

use takar_domain::codec::to_value;
use takar_domain::config::Config;
use takar_domain::date::Date;
use takar_domain::procedure::list::{self, HOPS, INVITEES, Line, List, PRESENCE, TASKS, lines};
use takar_domain::procedure::{PAPER, Phase, Progress, Seat, sop_of};
use takar_domain::record::{Record, RecordId, Subject, Value};
use takar_domain::sop::Kind;
use takar_domain::sorted::Map;
use takar_domain::text::{cycle_form, meeting as words};
use takar_sync::operation::{Change, Part};

use super::todo::Todo;
use crate::acts::form::{is_read, readable};
use crate::acts::settings::ask::text;
use crate::acts::words::{day, person, seat, step_page, unit_name};
use crate::acts::{Get, change, edit};

/// A line of a list as it is typed; empty to take it off.
#[must_use]
pub fn write(get: Get<'_>, run: &Subject, list: &List, name: &str, value: &Value) -> Part {
    put(get, run, [list.prefix, name].concat(), value)
}

/// What the receiver of a line says; `None` where nothing is asked of one.
#[must_use]
pub fn answer(get: Get<'_>, run: &Subject, list: &List, name: &str, value: &Value) -> Option<Part> {
    let prefix = list.answer.as_ref()?.prefix;
    Some(put(get, run, [prefix, name].concat(), value))
}

fn put(get: Get<'_>, run: &Subject, group: String, value: &Value) -> Part {
    let change = change(get(run.record()).as_ref(), &group, value);
    edit(run.clone(), vec![change])
}

/// Who sits where a line is addressed, as far as somebody does. `today` is ISO.
#[must_use]
pub fn holder(config: &Config, seat: Seat, today: &str) -> Option<RecordId> {
    config.people.keys().copied().find(|id| seat.is_held_by(config, *id, today))
}

/// A line in words: its addressee with name, then its other texts.
#[must_use]
pub fn said(config: &Config, list: &List, line: &Line, today: &str) -> (String, String) {
    let who = line.seat.map(|to| {
        let name = holder(config, to, today).map(|id| person(config, id));
        let seat = seat(config, to);
        // Demo people are named after their post.
        name.filter(|name| *name != seat).map_or_else(|| seat.clone(), |name| [&seat, ", ", name].concat())
    });
    let texts = list.fields.iter().filter(|field| field.name != list::WHO).filter_map(|field| {
        let text = line.text(field.name);
        let text = if field.name == "due" { day(text) } else { text.to_owned() };
        (!text.is_empty()).then_some(text)
    });
    let mut texts: Vec<_> = texts.collect();
    let title = who.unwrap_or_else(|| if texts.is_empty() { String::new() } else { texts.remove(0) });
    (title, texts.join(" · "))
}

/// The run of a cycle's step of a kind that is carried out once.
#[must_use]
pub fn run_of(config: &Config, cycle: RecordId, kind: Kind) -> Option<Subject> {
    let step = sop_of(config, cycle)?.steps.iter().find(|s| s.kind == kind && !s.per_unit)?;
    Some(Subject::StepRun { cycle, step: step.number, unit: None })
}

/// *Salin dari undangan*: who is invited, and came as he answered; empty if nobody
/// is, or all stand on the list.
#[must_use]
pub fn copy_invited(config: &Config, get: Get<'_>, meeting: &Subject) -> Vec<Part> {
    let Subject::StepRun { cycle, .. } = meeting else { return Vec::new() };
    let Some(invite) = run_of(config, *cycle, Kind::Invite) else { return Vec::new() };
    let invited = lines(&INVITEES, get(invite.record()).as_ref());
    let meeting_record = get(meeting.record());
    let known = lines(&PRESENCE, meeting_record.as_ref());
    let fresh = invited.iter().filter(|line| !known.iter().any(|k| k.seat == line.seat));
    let changes: Vec<Change> = fresh
        .map(|line| {
            let given = line.answer.as_ref().and_then(|a| a.get("answer")).map_or("", String::as_str);
            let came = match given {
                "Berhalangan" => "Tidak hadir",
                "Diwakili" => "Diwakili",
                _ => "Hadir",
            };
            let note = line.answer.as_ref().and_then(|a| a.get("note")).cloned().unwrap_or_default();
            let texts = [("who", line.text(list::WHO)), ("came", came), ("note", note.as_str())];
            let texts: Map<_, _> = texts.into_iter().filter(|(_, text)| !text.is_empty()).collect();
            change(meeting_record.as_ref(), &[PRESENCE.prefix, &line.name].concat(), &to_value(&texts))
        })
        .collect();
    if changes.is_empty() { Vec::new() } else { vec![edit(meeting.clone(), changes)] }
}

/// What lists ask of a person: a form to be read, a disposisi to be received, an
/// invitation to be answered, a task of the meeting. `today` is ISO.
pub(super) fn calls(
    config: &Config,
    get: Get<'_>,
    all: &[Progress],
    person: RecordId,
    today: &str,
) -> Vec<Todo> {
    let mut found = Vec::new();
    let ended = |kind| all.iter().any(|s| s.step.kind == kind && s.is_done());
    for (step, run) in all.iter().filter_map(|step| Some((step, step.runs.first()?))) {
        let number = (!step.step.extra).then_some(step.step.number);
        let href = step_page(&run.subject);
        let todo = |title: String, detail: String, due: Option<Date>| Todo {
            href: href.clone(),
            number,
            title,
            detail,
            due,
        };
        if step.step.kind == Kind::Deliver && run.state.is_some() {
            let Subject::StepRun { cycle, .. } = run.subject else { continue };
            let unread = readable(config, person, today).into_iter();
            let unread = unread.filter(|unit| !is_read(config, get, cycle, *unit));
            let version = cycle_form::version(config.form(cycle).version);
            found.extend(unread.map(|u| todo(cycle_form::task(unit_name(config, u)), version.clone(), None)));
        }
        let record = get(run.subject.record());
        for list in list::lists(step.step.kind).filter(|list| list.answer.is_some()) {
            // An invitation is out once its step is done, and over with the meeting.
            let out = run.phase() == Some(Phase::Done) && !ended(Kind::Meeting);
            if *list == INVITEES && !out {
                continue;
            }
            let open = lines(list, record.as_ref()).into_iter().filter(|line| line.answer.is_none());
            let mine = open.filter(|l| l.seat.is_some_and(|seat| seat.is_held_by(config, person, today)));
            found.extend(mine.map(|line| {
                let (title, detail) = asked(list, &line, record.as_ref());
                todo(title, detail, line.text("due").parse().ok())
            }));
        }
    }
    found
}

fn asked(list: &List, line: &Line, run: Option<&Record>) -> (String, String) {
    if *list == HOPS {
        return (words::hop_task(line.text("instruction")), words::HOPS.to_owned());
    }
    if *list == TASKS {
        return (line.text("text").to_owned(), words::TASKS.to_owned());
    }
    let paper: Value = run.and_then(|r| r.groups.get(PAPER)?.value().cloned()).unwrap_or_default();
    (words::answer_task(&day(text(&paper, "date"))), text(&paper, "place").to_owned())
}

/// A jabatan that a line may be addressed to: its own text, and its words.
#[must_use]
pub fn seats(config: &Config, _: RecordId) -> Vec<(String, String)> {
    let mut all: Vec<_> =
        Seat::all(config).into_iter().map(|one| (one.to_string(), seat(config, one))).collect();
    takar_domain::sorted::sort_by_key(&mut all, |(_, words)| words.clone());
    all.insert(0, (String::new(), words::NOBODY.to_owned()));
    all
}
