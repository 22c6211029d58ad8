//! The form of a cycle: what it measures, to read and to change.

use crate::signal::*;
use takar_domain::config::{FORM, Form};
use takar_domain::permission::Permission;
use takar_domain::record::{OpId, RecordId, Subject};
use takar_domain::sop::Kind;
use takar_domain::text::{common, cycle_form as words};

use super::paper::NOTHING;
use super::place::Place;
use crate::acts::form::{
    Line, UnitPart, because, next_version, parts, readers, save, words as version_words,
};
use crate::acts::words::{day, unit_name};
use crate::pages::piece::{history, saved};
use crate::pages::settings::back;
use crate::route::segment;
use crate::ui::{
    Button, ErrorSummary, Field, FieldError, Kind as Control, Look, Notice, PageHead, Reveal, Tick, Tone,
    use_toast,
};
use crate::view::{View, entry, keyed, view};

/// Versions shown in the history; older ones stay in the office's log.
const MOST: usize = 30;

/// What a new version is made for, from the address: `/form/masukan/<unit>`,
/// `/form/putusan/<line>`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct From {
    remark: Option<RecordId>,
    decision: Option<String>,
}

/// Reads it behind `/tahapan/<cycle>/form`.
pub fn from(path: &str) -> Option<From> {
    (segment(path, 2)? == "form").then_some(())?;
    let last = segment(path, 4);
    Some(match segment(path, 3) {
        Some("masukan") => From { remark: last.and_then(|id| id.parse().ok()).map(RecordId), decision: None },
        Some("putusan") => From { remark: None, decision: last.map(str::to_owned) },
        _ => From::default(),
    })
}

/// What is being changed; a handle, freely copied.
#[derive(Clone, Copy)]
struct Editing {
    form: RwSignal<Form>,
    typed: RwSignal<bool>,
}

impl Editing {
    fn change(self, change: impl FnOnce(&mut Form)) {
        self.typed.set(true);
        self.form.update(change);
    }
}

/// The page of a cycle's form.
pub fn page(at: Place, from: From) -> View {
    let app = at.app;
    let lead = Signal::derive(move || {
        let config = app.config();
        Some(version_words(&config, &config.form(at.cycle)))
    });
    let may = Memo::new(move || may(at));
    let from = StoredValue::new(from);
    let body = View::live(move || if may.get() { editor(at, from.get_value()) } else { reading(at) });
    let title = Signal::stored(words::TITLE.to_owned());
    view! {
        <div class="stack">
            {back(&at.href(at.step, None), common::BACK)}
            <PageHead title=title lead=lead />
            <p class="small soft">{words::LEAD}</p>
            {body}
            {move || versions(at)}
        </div>
    }
}

/// Whether the person who works may change the form.
pub fn may(at: Place) -> bool {
    at.may() || at.app.can(Permission::RunSteps, None) && at.is_open()
}

/// The form in one line, with the way to it.
pub fn about(at: Place) -> Option<View> {
    at.with(|step, _| matches!(step.step.kind, Kind::Form | Kind::Deliver)).filter(|yes| *yes)?;
    let config = at.app.config();
    let words = if may(at) { words::EDIT } else { words::OPEN };
    Some(view! {
        <section class="card stack-s">
            <h2>{words::TITLE}</h2>
            <p>{version_words(&config, &config.form(at.cycle))}</p>
            <p>
                <a class=Look::Quiet.class() href=href(at.cycle)>
                    {words}
                </a>
            </p>
        </section>
    })
}

pub fn href(cycle: RecordId) -> String {
    ["/tahapan/", &cycle.to_string(), "/form"].concat()
}

fn reading(at: Place) -> View {
    let body = move || {
        let config = at.app.config();
        let form = config.form(at.cycle);
        let one = |part: UnitPart| {
            let lines = part.lines.iter().filter(|line| !form.left_out.contains(&line.indicator));
            let lines: Vec<_> = lines.map(|line| read_line(line, &form)).collect();
            let due = part.unit.and_then(|unit| config.due_of(at.cycle, unit)).map(day);
            view! {
                <section class="card stack-s">
                    <h2>{part.name}</h2>
                    {due.map(|due| view! { <p class="small">{[words::DATE, ": ", &due].concat()}</p> })}
                    {lines.is_empty().then(|| view! { <p class="soft">{words::NOTHING}</p> })}
                    <ul class="tasks">{lines}</ul>
                </section>
            }
        };
        parts(&config).into_iter().map(one).collect::<Vec<_>>()
    };
    view! { <div class="stack">{body}</div> }
}

fn read_line(line: &Line, form: &Form) -> View {
    let asked = form.evidence.get(&line.indicator).map(|asked| words::asks(asked));
    view! {
        <li>
            <div class="what">
                <strong>{line.name.clone()}</strong>
                <span class="small soft">{line.detail.clone()}</span>
                {asked.map(|asked| view! { <span class="small">{asked}</span> })}
            </div>
        </li>
    }
}

/// The editor begins anew when the form moves, unless something is typed.
fn editor(at: Place, from: From) -> View {
    let typed = RwSignal::new(false);
    let record = Subject::CycleForm { cycle: at.cycle }.record();
    let now = Memo::new(move || at.app.record(record).map(|r| r.seen(FORM)).unwrap_or_default());
    let kept = StoredValue::new(Vec::<OpId>::new());
    let shown = Memo::new(move || {
        if !typed.get() {
            kept.set_value(now.get());
        }
        kept.get_value()
    });
    let differs =
        move || at.app.record(record).is_some_and(|r| r.groups.get(FORM).is_some_and(|g| g.differs()));
    let notice = move || {
        let words = match (typed.get() && now.get() != shown.get(), differs()) {
            (true, _) => words::MOVED,
            (_, true) => words::DIFFERS,
            _ => return None,
        };
        Some(view! { <Notice tone=Tone::Wait><div>{words}</div></Notice> })
    };
    let rows = move || {
        let seen = shown.get();
        let key: Vec<_> = seen.iter().map(ToString::to_string).collect();
        let from = from.clone();
        vec![entry(key.concat(), move || untrack(|| fields(at, seen, from, typed)))]
    };
    view! {
        {notice}
        {keyed(rows)}
    }
}

fn fields(at: Place, seen: Vec<OpId>, from: From, typed: RwSignal<bool>) -> View {
    let app = at.app;
    let config = app.config();
    let record = app.record(Subject::CycleForm { cycle: at.cycle }.record());
    let version = next_version(record.as_ref());
    let before = config.form(at.cycle);
    let form = RwSignal::new(Form { version, because: reason(at, &from), decision: from.decision, ..before });
    let editing = Editing { form, typed };
    let errors: RwSignal<Vec<FieldError>> = RwSignal::new(Vec::new());
    let toast = use_toast();
    let press = move || {
        let seen = if seen.is_empty() { vec![NOTHING] } else { seen.clone() };
        let form = form.get_untracked();
        let because = Some(form.because.clone()).filter(|why| !why.is_empty());
        let save = at.save(vec![save(at.cycle, seen, &form)], because);
        saved(app, save, errors, move |_| {
            toast.say(common::SAVED);
            typed.set(false);
        });
    };
    let why = Signal::derive(move || form.with(|f| f.because.clone()));
    let say = move |words: String| editing.change(|form| form.because = because(&words));
    let units: Vec<_> = parts(&config).into_iter().map(|part| unit(editing, part)).collect();
    view! {
        <div class="stack">
            <ErrorSummary errors=errors />
            <p class="small soft">{words::LEFT_OUT_NOTE}</p>
            {units}
            <section class="card stack">
                <Field id="form-because" label=words::BECAUSE value=why optional=true on_type=say />
                <div class="row">
                    <Button press=press>{words::save(version)}</Button>
                </div>
            </section>
        </div>
    }
}

/// What the new version is made for.
fn reason(at: Place, from: &From) -> String {
    let app = at.app;
    let remark = from.remark.map(|unit| {
        let said = readers(&app.reader(), at.cycle, unit).into_iter().map(|(receipt, _)| receipt.remarks);
        let said: Vec<_> = said.filter(|remark| !remark.is_empty()).collect();
        words::remark_of(unit_name(&app.config(), unit), &said.join("; "))
    });
    let decision = from.decision.as_deref().and_then(|name| super::lists::decision(at, name));
    let words = remark.or_else(|| decision.map(|text| words::decision_of(&text)));
    because(&words.unwrap_or_default())
}

fn unit(editing: Editing, part: UnitPart) -> View {
    let lines: Vec<_> = part.lines.iter().map(|line| choice(editing, line)).collect();
    let due = part.unit.map(|unit| {
        let value = Signal::derive(move || {
            editing.form.with(|form| form.dates.get(&unit).cloned().unwrap_or_default())
        });
        let date = move |iso: String| {
            editing.change(|form| {
                if iso.is_empty() {
                    form.dates.remove(&unit)
                } else {
                    form.dates.insert(unit, iso)
                };
            });
        };
        let hint = Signal::stored(Some(words::DATE_HINT.to_owned()));
        view! { <Field kind=Control::Date label=words::DATE hint=hint value=value on_type=date /> }
    });
    view! {
        <section class="card stack-s">
            <h2>{part.name}</h2>
            {due}
            <ul class="choices">{lines}</ul>
        </section>
    }
}

fn choice(editing: Editing, line: &Line) -> View {
    let id = line.indicator;
    let form = editing.form;
    let measured = Memo::new(move || form.with(|form| !form.left_out.contains(&id)));
    let flip = move |on: bool| {
        editing.change(|form| {
            if on {
                form.left_out.remove(&id)
            } else {
                form.left_out.insert(id)
            };
        });
    };
    let detail = line.detail.clone();
    let sub = Signal::derive(move || {
        let out = (!measured.get()).then_some(words::LEFT_OUT);
        let all: Vec<_> = [Some(detail.as_str()), out].into_iter().flatten().collect();
        Some(all.join(" · "))
    });
    let asked = Signal::derive(move || form.with(|form| form.evidence.get(&id).cloned().unwrap_or_default()));
    let ask = move |text: String| {
        editing.change(|form| {
            if text.trim().is_empty() {
                form.evidence.remove(&id)
            } else {
                form.evidence.insert(id, text)
            };
        });
    };
    let name = line.name.clone();
    let more = move || {
        let name = name.clone();
        measured.get().then(|| {
            view! {
                <Reveal summary=words::ASKED about=name>
                    <Field label=words::ASKED value=asked on_type=ask />
                </Reveal>
            }
        })
    };
    let checked = Signal::derive(move || measured.get());
    view! {
        <li class="stack-s">
            <Tick label=line.name.clone() sub=sub checked=checked on_tick=flip />
            {View::live(move || more().unwrap_or_default())}
        </li>
    }
}

/// The versions so far.
fn versions(at: Place) -> Option<View> {
    let record = at.app.record(Subject::CycleForm { cycle: at.cycle }.record())?;
    Some(view! {
        <section class="card stack-s">
            <h2>{common::HISTORY}</h2>
            {history(at.app, &record, MOST)}
        </section>
    })
}
