//! *Pelaksanaan*: where a step stands, what is in the way, and its presses.

use crate::signal::*;
use takar_domain::date::date_clock;
use takar_domain::permission::Permission;
use takar_domain::procedure::sign::{Signature, standing};
use takar_domain::procedure::{Phase, STATE, Told, Way, ahead, hindrance};
use takar_domain::sop::Kind;
use takar_domain::text::{self, budget, correction, procedure as words, sign};
use takar_sync::verdict::Outcome;

use super::document;
use super::list::due_words;
use super::place::Place;
use super::press::{finish_dialog, finish_words, on_behalf, reopen_dialog};
use super::units::mark;
use crate::acts::steps::{by, finish, lasted, open_unit, start};
use crate::acts::words::day;
use crate::pages::piece::saved;
use crate::ui::{Button, FieldError, Look, Notice, Tone, use_toast};
use crate::view::{View, view};

/// The state, what is in the way, and the presses.
pub fn carrying_out(at: Place, errors: RwSignal<Vec<FieldError>>) -> View {
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

pub(super) fn signed(at: Place, signature: &Signature) -> String {
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
