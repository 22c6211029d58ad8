//! The page of one step: where it stands, what is in the way, what the SOP says,
//! and its presses.

use crate::signal::*;
use takar_domain::date::{Date, date_clock, period_name};
use takar_domain::permission::Permission;
use takar_domain::procedure::sign::{Signature, standing};
use takar_domain::procedure::{Phase, Round, STATE, Told, Way, ahead, hindrance};
use takar_domain::record::{Made, RecordId};
use takar_domain::sop::Kind;
use takar_domain::text::{self, budget, common, correction, procedure as words, sign, validate};
use takar_domain::worktime::instant;
use takar_sync::verdict::Outcome;

use super::form::about;
use super::list::due_words;
use super::lists::lists;
use super::place::Place;
use super::press::{finish_dialog, finish_words, on_behalf, reopen_dialog};
use super::receipts::receipts;
use super::sign::letter as number_and_receipt;
use super::units::{given, mark, units};
use super::{
    board,
    correct::corrections,
    document,
    facts::{facts, retention},
    paper::paper,
};
use crate::acts::steps::{by, finish, lasted, open_unit, start};
use crate::acts::words::{day, unit_name};
use crate::pages::piece::{history, outcome, saved};
use crate::pages::settings::back;
use crate::state::{App, OpState, OutboxLine};
use crate::ui::{
    Button, Empty, ErrorSummary, FieldError, Icon, Look, Notice, PageHead, Reveal, Tone, use_toast,
};
use crate::view::{View, view};

/// Acts of a history that are shown; older ones stay in the office's log.
const MOST: usize = 60;

pub fn page(at: Place) -> View {
    let app = at.app;
    let known = Memo::new(move || at.with(|_, run| run.is_some() || at.unit.is_none()).unwrap_or_default());
    let heading = Signal::derive(move || {
        let words = at.with(|step, _| {
            let number = (!step.step.extra).then_some(step.step.number);
            words::step(number, &step.step.screen_title)
        });
        words.unwrap_or_else(|| words::NO_STEP.to_owned())
    });
    let lead = Signal::derive(move || {
        let config = app.config();
        let period = config.cycles.get(&at.cycle).map(|c| period_name(c.period))?;
        let unit = at.unit.map(|unit| [unit_name(&config, unit), " · "].concat()).unwrap_or_default();
        Some([unit, period].concat())
    });
    let up = move || match at.unit {
        Some(_) => back(&at.href(at.step, None), words::UNITS),
        None => back(&["/tahapan/", &at.cycle.to_string()].concat(), words::TITLE),
    };
    let errors = RwSignal::new(Vec::new());
    let has_run = Memo::new(move || at.with_run(|_, _| ()).is_some());
    let body = View::live(move || {
        if !known.get() {
            return view! {
                <Empty sign=Icon::Steps title=words::NO_STEP>
                    <p>{words::NO_STEP_LEAD}</p>
                </Empty>
            };
        }
        let own = has_run.get().then(|| {
            view! {
                {move || overtaken(at)}
                {carrying_out(at, errors)}
                {number_and_receipt(at)}
                {paper(at, errors)}
                {move || retention(at)}
                {lists(at, errors)}
                {move || about(at)}
                {receipts(at)}
                {corrections(at, errors)}
                {move || letter(at)}
            }
        });
        view! {
            {own}
            {board::page(at)}
            {move || units(at)}
            {given(at)}
            {move || facts(at)}
            {move || rounds(at)}
            {trail(at.app, at.subject().record())}
        }
    });
    view! {
        <div class="stack">
            {up()}
            <PageHead title=heading lead=lead tab=words::MENU />
            <ErrorSummary errors=errors />
            {body}
        </div>
    }
}

/// The state, what is in the way, and the presses.
fn carrying_out(at: Place, errors: RwSignal<Vec<FieldError>>) -> View {
    let finishing = RwSignal::new(false);
    let reopening = RwSignal::new(false);
    let inside = move || {
        at.with_run(|step, run| {
            let now = match (run.phase(), &run.by, run.started, run.finished) {
                (Some(Phase::Done), Some(who), _, Some(at_ms)) => at_time(at, by(&at.app.config(), who), at_ms),
                (Some(Phase::Running), Some(who), Some(at_ms), _) => {
                    words::since(&at_time(at, by(&at.app.config(), who), at_ms))
                }
                _ => String::new(),
            };
            let due = step.due.filter(|_| run.phase() != Some(Phase::Done));
            let due = due.map(|due| due_words(due, at.app.today()));
            let round = run.state.as_ref().map(|state| state.round.clone()).unwrap_or_default();
            let worked = (run.phase() == Some(Phase::Done)).then(|| {
                let minutes = round.minutes.map(|minutes| match step.step.minutes {
                    0 => words::minutes(minutes),
                    standard => words::against(minutes, standard),
                });
                let lasted = run.lasted.map(|l| lasted(l.minutes, l.exact));
                let lasted = lasted.map(|lasted| [words::LASTED, " ", &lasted].concat());
                let event = round.event_date.as_deref().map(|iso| [words::EVENT_DATE, " ", &day(iso)].concat());
                let sealed = round.seal.as_ref().map(|seal| words::sealed(seal.count, &seal.digest));
                let signed = round.signature.as_ref().map(|s| signed(at, s));
                let all: Vec<_> =
                    minutes.into_iter().chain(lasted).chain(event).chain(sealed).chain(signed).collect();
                view! {
                    <p class="small num">{all.join(" · ")}</p>
                    {round.reason.clone().map(|reason| view! { <p class="small pre">{words::REASON} ": " {reason}</p> })}
                }
            });
            let ahead = ahead(&at.app.config(), &at.app.reader(), &at.subject());
            let ahead = ahead.filter(|_| run.phase() != Some(Phase::Done));
            let returned = run.state.as_ref().map(|state| state.returned.clone()).filter(|r| !r.is_empty());
            let returned = returned.filter(|_| run.phase() == Some(Phase::Running));
            view! {
                <div class="row">
                    {mark(run)} <span class="small soft">{now}</span>
                    <span class="small soft">{due}</span>
                </div>
                {returned.map(|reason| view! { <p class="ask pre">{words::returned(&reason)}</p> })}
                {worked}
                {run.way.as_ref().or(ahead.as_ref()).map(|way| in_the_way(at, way))}
            }
        })
    };
    view! {
        <section class="card stack-s" aria-label=words::STATE>
            {inside}
            {move || presses(at, finishing, reopening, errors)}
            {move || documents(at)}
        </section>
        {finish_dialog(at, finishing)}
        {reopen_dialog(at, reopening)}
    }
}

fn signed(at: Place, signature: &Signature) -> String {
    let when = date_clock(signature.at, at.app.zone());
    sign::signed(&signature.name, &signature.title, signature.manner, &when)
}

fn at_time(at: Place, who: String, ms: i64) -> String {
    [&date_clock(ms, at.app.zone()), " · ", &who].concat()
}

/// The way to the document, from the steps that make it, sign it and send it.
fn documents(at: Place) -> Option<View> {
    let kind = at.with(|step, _| step.step.kind)?;
    let kinds =
        [Kind::Compile, Kind::Correct, Kind::Submit, Kind::Sign, Kind::Letter, Kind::Copy, Kind::Archive];
    let package = kind == Kind::Archive && at.all.with(|all| standing(&all.0).is_some());
    kinds.contains(&kind).then(|| {
        view! {
            <div class="row">
                <a class=Look::Link.class() href=document::href(at.cycle)>
                    {sign::SEE}
                </a>
                {package.then(|| document::package(at.cycle))}
            </div>
        }
    })
}

/// What must be done first, and the way there.
fn in_the_way(at: Place, way: &Way) -> View {
    let issue = hindrance(&at.app.config(), &at.subject(), way);
    let (href, to) = match way {
        Way::Waits { step, unit } | Way::Followed { step, unit } => (at.href(*step, *unit), words::TO_STEP),
        Way::Unvalidated(_) => to_validation(at),
        Way::Differs(_) => ("/beda".to_owned(), words::TO_DIFFERENCES),
        Way::Mending { step, unit } => (at.href(*step, Some(*unit)), words::TO_STEP),
        Way::Budget(_) => ("/anggaran".to_owned(), budget::TO_BUDGET),
        Way::Corrections(_) => (to_corrections(at), correction::TO_CORRECTIONS),
    };
    view! {
        <Notice tone=Tone::Wait>
            <div>{text::issue(&issue)}</div>
            <a class=Look::Link.class() href=href>
                {to}
            </a>
        </Notice>
    }
}

/// The way to the cover letter, whose draft starts while the document is submitted, so
/// that both papers are signed at once.
fn letter(at: Place) -> Option<View> {
    let submits =
        at.with(|step, run| step.step.kind == Kind::Submit && run.is_some_and(|r| r.state.is_some()));
    submits.filter(|submits| *submits)?;
    let letter =
        at.all.with(|all| all.0.iter().find(|s| s.step.kind == Kind::Letter).map(|s| s.step.number))?;
    Some(view! {
        <p>
            <a class=Look::Link.class() href=at.href(letter, None)>
                {correction::LETTER}
            </a>
        </p>
    })
}

/// Where the corrections are: on this page, or on that of their step.
fn to_corrections(at: Place) -> String {
    let step = at.all.with(|all| {
        let step = all.0.iter().find(|step| step.step.kind == Kind::Correct);
        step.map(|step| step.step.number).filter(|number| *number != at.step)
    });
    step.map_or_else(|| "#koreksi".to_owned(), |step| at.href(step, None))
}

/// Where open figures are: to who validates them, and to who may only look.
fn to_validation(at: Place) -> (String, &'static str) {
    let (app, get) = (at.app, at.app.reader());
    let open = at.unit.and_then(|unit| open_unit(&app.config(), &get, at.cycle, unit).or(Some(unit)));
    let to = if app.can(Permission::ValidateFigure, open) { words::TO_VALIDATE } else { words::TO_LOOK };
    (["/validasi/", &open.map(|unit| unit.to_string()).unwrap_or_default()].concat(), to)
}

fn presses(
    at: Place,
    finishing: RwSignal<bool>,
    reopening: RwSignal<bool>,
    errors: RwSignal<Vec<FieldError>>,
) -> Option<View> {
    let toast = use_toast();
    let (phase, free) = at.with_run(|_, run| (run.phase(), run.way.is_none()))?;
    if phase == Some(Phase::Done) {
        let press = move || reopening.set(true);
        return at
            .may_reopen()
            .then(|| view! { <Button look=Look::Quiet press=press>{words::REOPEN}</Button> });
    }
    if !at.may() {
        return Some(view! { <p class="small soft">{words::NOT_YOURS}</p> });
    }
    let begin = move || {
        let part = untrack(|| start(&at.app.reader(), &at.subject()));
        if let Some(part) = part {
            saved(at.app, at.save(vec![part], None), errors, move |_| toast.say(words::STARTED));
        }
    };
    // What would keep it from ending is said before anything is asked.
    let end = move || {
        let part = untrack(|| finish(&at.app.config(), &at.app.reader(), &at.subject(), Told::default()));
        let refused = part.map(|part| at.app.preview(&[part])).and_then(|all| all.into_iter().next());
        match refused {
            // The office asks for the rest.
            Some(Outcome::Rejected { issues }) if issues.iter().all(|i| i.code == OFFICE) => {
                errors.set(Vec::new());
                finishing.set(true);
            }
            Some(Outcome::Rejected { issues }) => {
                let said =
                    issues.iter().map(|i| FieldError { field: paper_field(&i.path), words: text::issue(i) });
                errors.set(said.collect());
            }
            _ => {
                errors.set(Vec::new());
                finishing.set(true);
            }
        }
    };
    let quiet = phase.is_none();
    (free || phase.is_some()).then(|| {
        view! {
            {on_behalf(at)}
            <div class="row">
                {quiet.then(|| view! { <Button press=begin>{words::START}</Button> })}
                {free
                    .then(|| {
                        view! {
                            <Button look=if quiet { Look::Quiet } else { Look::Main } press=end>
                                {finish_words(at)}
                            </Button>
                        }
                    })}
            </div>
        }
    })
}

/// What only the office can end.
const OFFICE: &str = "sign.office_only";

/// The field of the paper's form that an issue is about.
fn paper_field(path: &str) -> String {
    if path == STATE { String::new() } else { ["isi-", path].concat() }
}

/// Own acts that came after somebody else's, each until the person has read it.
fn overtaken(at: Place) -> Vec<View> {
    let me = at.app.me().map(|me| me.person);
    let own = at.app.outbox().into_iter().filter(|line| Some(line.author) == me);
    own.filter_map(|line| refused(at, &line)).collect()
}

fn refused(at: Place, line: &OutboxLine) -> Option<View> {
    let OpState::Answered(verdict) = &line.state else { return None };
    let subject = at.subject();
    let mut parts = line.parts.iter().zip(&verdict.parts);
    let (part, outcome) =
        parts.find(|(part, o)| part.subject == subject && matches!(o, Outcome::Conflict { .. }))?;
    let (op, app) = (line.op, at.app);
    Some(view! {
        <Notice tone=Tone::Bad>
            <div>
                <h2>{validate::CHANGED}</h2>
                <p>{outcome::about(app, part, outcome)}</p>
            </div>
            <Button look=Look::Quiet press=move || app.dismiss(op, "")>
                {validate::SEEN}
            </Button>
        </Notice>
    })
}

/// Every change of a step or of the round itself: who, for whom, when, on which
/// device, before and after. From the device's own log, so without a connection.
/// Stays open while more arrives.
pub fn trail(app: App, record: RecordId) -> View {
    let known = Memo::new(move || app.record(record).is_some());
    let lines = move || app.record(record).map(|record| history(app, &record, MOST));
    let reveal = move || view! { <Reveal summary=validate::TRAIL>{lines}</Reveal> };
    view! { {move || known.get().then(reveal)} }
}

/// Rounds that ended by being opened again.
fn rounds(at: Place) -> Option<View> {
    let zone = at.app.zone();
    at.with_run(|_, run| {
        let past = run.state.as_ref().map(|state| state.past.as_slice()).unwrap_or_default();
        let line = |round: &Round| {
            let when = |made: Option<Made>| {
                made.map_or_else(|| common::DASH.to_owned(), |made| date_clock(instant(made), zone))
            };
            let minutes = round.minutes.map(words::minutes);
            let event: Option<Date> = round.event_date.as_deref().and_then(|iso| iso.parse().ok());
            let event = event.map(|d| [words::EVENT_DATE, " ", &d.format_long()].concat());
            let signed = round.signature.as_ref().map(|s| signed(at, s));
            let more = minutes.into_iter().chain(event).chain(signed).chain(round.reason.clone());
            view! {
                <li>
                    <strong>{[when(round.started), when(round.finished)].join(" – ")}</strong>
                    <br />
                    <span class="small">{more.collect::<Vec<_>>().join(" · ")}</span>
                </li>
            }
        };
        (!past.is_empty()).then(|| {
            view! {
                <section class="card stack-s">
                    <h2>{words::ROUNDS}</h2>
                    <ul class="trail">{past.iter().map(line).collect::<View>()}</ul>
                </section>
            }
        })
    })?
}
