//! *Koreksi*: what the Camat wants corrected, where each stands, and the document
//! in which he points at it.

use crate::signal::*;
use takar_domain::codec::{from_value, to_value};
use takar_domain::issue::Issue;
use takar_domain::procedure::Phase;
use takar_domain::procedure::correction::{CORRECTION, Correction, Decided, Standing};
use takar_domain::procedure::paper::EVIDENCE;
use takar_domain::record::{Head, RecordId, Value};
use takar_domain::sop::Kind;
use takar_domain::sorted::Map;
use takar_domain::text::{common, correction as words, procedure};
use takar_domain::view::entry_sheet::entry_sheet;
use uuid::Uuid;

use super::place::Place;
use super::press::{form, on_behalf};
use crate::acts::settings::ask::Ask;
use crate::acts::steps::correct::{GIVE_BACK, PIN, PIN_SECTION, SETTLE, Shown, WITHDRAW, decide, pin, shown};
use crate::acts::words::{actual, unit_name};
use crate::acts::{change, edit};
use crate::pages::home::sheets;
use crate::pages::piece::attribution::trail_line;
use crate::pages::piece::{attach, files, saved};
use crate::pages::settings::line::{line, presses};
use crate::platform::clock::uuid_v7;
use crate::state::{DraftKey, Save};
use crate::ui::{Button, Dialog, FieldError, Look, Notice, Reveal, Tone, tag, use_toast};
use crate::view::{View, entry, keyed, view};

const NOBODY: RecordId = RecordId(Uuid::nil());

/// What is being pinned or decided: handles, freely copied into closures.
#[derive(Clone, Copy)]
struct Asking {
    at: Place,
    /// The indicator whose figure is corrected; nobody's for a section.
    indicator: RwSignal<RecordId>,
    pins: RwSignal<bool>,
    group: RwSignal<String>,
    decided: RwSignal<Decided>,
    decides: RwSignal<bool>,
    errors: RwSignal<Vec<FieldError>>,
}

/// Corrections and the document, on the page of the step that corrects.
pub fn corrections(at: Place, errors: RwSignal<Vec<FieldError>>) -> View {
    let corrects = Memo::new(move || at.with(|step, _| step.step.kind == Kind::Correct) == Some(true));
    View::live(move || if corrects.get() { untrack(|| drawn(at, errors)) } else { View::Nothing })
}

fn drawn(at: Place, errors: RwSignal<Vec<FieldError>>) -> View {
    let ask = Asking {
        at,
        indicator: RwSignal::new(NOBODY),
        pins: RwSignal::new(false),
        group: RwSignal::new(String::new()),
        decided: RwSignal::new(Decided::Open),
        decides: RwSignal::new(false),
        errors,
    };
    let open =
        Memo::new(move || at.may() && at.with_run(|_, run| run.phase() != Some(Phase::Done)) == Some(true));
    let all = move || {
        let all = shown(&at.app.config(), &at.app.reader(), &at.subject());
        if all.is_empty() {
            return view! { <p class="soft">{words::NONE}</p> };
        }
        let lines: Vec<_> = all.iter().map(|one| ask.item(one, open.get())).collect();
        view! { <ul class="trail">{lines}</ul> }
    };
    view! {
        <section class="card stack-s" id="koreksi" tabindex="-1" aria-label=words::TITLE>
            <h2>{words::TITLE}</h2>
            {all}
        </section>
        {View::live(move || open.get().then(|| untrack(|| document(ask))))}
        <Dialog open=ask.pins title=words::PIN>
            {untrack(|| ask.pinning())}
        </Dialog>
        <Dialog open=ask.decides title=Signal::derive(move || title_of(ask.decided.get()).to_owned())>
            {untrack(|| ask.deciding())}
        </Dialog>
    }
}

/// The figures of every unit, each with the press that corrects it.
fn document(ask: Asking) -> View {
    let (app, cycle) = (ask.at.app, ask.at.cycle);
    let of_unit = move |unit: RecordId| {
        let rows = move || {
            let sheet = entry_sheet(&app.config(), &app.reader(), cycle, unit);
            let rows = sheet.map(|sheet| sheet.rows).unwrap_or_default();
            let rows = rows.into_iter().filter(|row| row.same_as.is_none()).map(|row| {
                let indicator = row.indicator;
                let press = presses(Look::Quiet, words::PIN, &row.name, move || ask.pin(indicator));
                line(&row.name, actual(&row.measure, &row.actual), (), press)
            });
            view! { <ul class="tasks">{rows.collect::<View>()}</ul> }
        };
        let name = unit_name(&app.config(), unit).to_owned();
        view! { <Reveal summary=name>{rows}</Reveal> }
    };
    let units = move || {
        let sheets = sheets(app, cycle).into_iter();
        sheets
            .map(|sheet| entry(sheet.unit.to_string(), move || untrack(|| of_unit(sheet.unit))))
            .collect::<Vec<_>>()
    };
    view! {
        <section class="card stack-s" aria-label=words::DOCUMENT>
            <h2>{words::DOCUMENT}</h2>
            <p class="small soft">{words::DOCUMENT_LEAD}</p>
            <div>{keyed(units)}</div>
            <div class="row">
                <Button look=Look::Quiet press=move || ask.pin(NOBODY)>
                    {words::PIN_OTHER}
                </Button>
            </div>
        </section>
    }
}

const fn title_of(decided: Decided) -> &'static str {
    match decided {
        Decided::Returned => words::GIVE_BACK,
        Decided::Settled => words::SETTLE,
        Decided::Open | Decided::Withdrawn => words::WITHDRAW,
    }
}

impl Asking {
    fn pin(self, indicator: RecordId) {
        self.indicator.set(indicator);
        self.pins.set(true);
    }

    fn decide(self, group: &str, decided: Decided) {
        self.group.set(group.to_owned());
        self.decided.set(decided);
        self.decides.set(true);
    }

    /// The dialog that pins a new correction.
    fn pinning(self) -> View {
        let at = self.at;
        let indicator = Some(self.indicator.get_untracked()).filter(|id| *id != NOBODY);
        // Pages that were picked and not saved are still there.
        let record = at.subject().record();
        let known = at.app.drafts_of(record).into_iter().map(|(key, _)| key);
        let known = known.filter(|key| key.group.starts_with(CORRECTION)).map(|key| key.group).next();
        let group = known.unwrap_or_else(|| [CORRECTION, &uuid_v7().to_string()].concat());
        let key = at.app.me().map(|me| DraftKey::new(me.person, record, &group, EVIDENCE));
        let pages = key.clone().map(|key| attach(at.app, key, "koreksi-evidence".into(), ""));
        let save = move |typed: &Value| {
            let evidence = key.as_ref().map(|key| at.app.evidence(key)).unwrap_or_default();
            let part =
                pin(&at.app.config(), &at.app.reader(), &at.subject(), (&group, indicator), typed, evidence);
            let drop_drafts = key.iter().cloned().collect();
            Ok(Save { drop_drafts, ..at.save(vec![part.ok_or_else(gone)?], None) })
        };
        let asks = if indicator.is_some() { PIN } else { PIN_SECTION };
        let mut form = form(at, "koreksi", asks, self.pins, save);
        form.id = indicator.unwrap_or(at.cycle);
        form.keeps = Some((form.id, "koreksi"));
        form.extra = pages.unwrap_or_default();
        let first = if indicator.is_some() { takar_domain::figure::VALUE } else { "text" };
        form.record = filled(&[("at", first.to_owned())]);
        let name = indicator.and_then(|id| at.app.config().indicators.get(&id).map(|i| i.name.clone()));
        view! {
            <div class="stack-s">
                {name.map(|name| view! { <p><strong>{name}</strong></p> })}
                {on_behalf(at)}
                {form.draw()}
            </div>
        }
    }

    /// The dialog that decides about one.
    fn deciding(self) -> View {
        let (at, decided) = (self.at, self.decided.get_untracked());
        let group = self.group.get_untracked();
        let run = at.subject();
        let all = untrack(|| shown(&at.app.config(), &at.app.reader(), &run));
        let Some(one) = all.into_iter().find(|one| one.group == group) else { return View::Nothing };
        let about = group.strip_prefix(CORRECTION).and_then(|id| id.parse().ok()).unwrap_or_default();
        let save = move |typed: &Value| {
            if decided == Decided::Returned
                && typed.get("word").and_then(Value::as_str).unwrap_or("").is_empty()
            {
                return Err(vec![Issue::hard("step.reason", "word")]);
            }
            let parts = decide(&at.app.config(), &at.app.reader(), &run, &group, decided, typed);
            Ok(Save { parts: parts.ok_or_else(gone)?, ..Save::default() })
        };
        let (name, asks, note): (_, &'static [Ask], _) = match decided {
            Decided::Returned => ("dikembalikan", GIVE_BACK, procedure::GIVE_BACK_LEAD),
            Decided::Settled => ("diselesaikan", SETTLE, ""),
            Decided::Open | Decided::Withdrawn => ("ditarik", WITHDRAW, ""),
        };
        let mut form = form(at, name, asks, self.decides, save);
        (form.id, form.press, form.note) = (at.cycle, title_of(decided), note);
        form.about(about);
        if decided == Decided::Returned {
            let unit = one.unit.map(|unit| unit.to_string()).unwrap_or_default();
            form.record = filled(&[("to", unit), ("word", one.correction.text)]);
        }
        view! {
            <p>
                <strong>{one.title}</strong>
            </p>
            {form.draw()}
        }
    }

    fn item(self, one: &Shown, open: bool) -> View {
        let app = self.at.app;
        let tone = match one.standing {
            Standing::Open | Standing::Waits { .. } => Tone::Wait,
            Standing::Differs => Tone::Bad,
            Standing::Answered | Standing::Settled => Tone::Ok,
            Standing::Withdrawn => Tone::Plain,
        };
        let to = one.correction.to.map(|unit| unit_name(&app.config(), unit).to_owned());
        let values = one.values.as_ref().map(|(before, now)| {
            view! {
                <dl class="facts">
                    <dt>{words::BEFORE}</dt>
                    <dd>{before.clone()}</dd>
                    <dt>{words::NOW}</dt>
                    <dd>{now.clone()}</dd>
                </dl>
            }
        });
        let trail = app.history(self.at.subject().record(), &one.group).into_iter().map(|trail| {
            let said: Correction = from_value(&trail.value).unwrap_or_default();
            view! {
                <li>
                    <strong>{words::decided(said.decided)}</strong>
                    {(!said.word.is_empty()).then(|| view! { <span class="small pre">" · " {said.word}</span> })}
                    {trail_line(app, &trail)}
                </li>
            }
        });
        let trail: Vec<_> = trail.collect();
        let choice = (one.standing == Standing::Differs).then(|| self.sides(one, open));
        let presses = open.then(|| self.presses(one));
        view! {
            <li class="stack-s">
                <div class="row">
                    <strong>{one.title.clone()}</strong>
                    {tag(tone, words::standing(one.standing))}
                    <span class="small soft">{to}</span>
                </div>
                {(!one.correction.text.is_empty()).then(|| view! { <p class="pre">{one.correction.text.clone()}</p> })}
                {files(app, &one.correction.evidence)}
                {values}
                <ul class="trail">{trail}</ul>
                {choice}
                {presses}
            </li>
        }
    }

    fn presses(self, one: &Shown) -> View {
        let kinds: &[Decided] = match one.standing {
            Standing::Open => &[Decided::Returned, Decided::Settled, Decided::Withdrawn],
            Standing::Waits { .. } => &[Decided::Settled],
            _ => &[],
        };
        let may = self.at.may_reopen();
        let kinds = kinds.iter().filter(|kind| may || **kind != Decided::Returned);
        let press = |kind: &Decided| {
            let (kind, group) = (*kind, one.group.clone());
            presses(Look::Quiet, title_of(kind), &one.title, move || self.decide(&group, kind))
        };
        let all: Vec<_> = kinds.map(press).collect();
        view! { <div class="row">{all}</div> }
    }

    /// Two decisions side by side; one is taken.
    fn sides(self, one: &Shown, open: bool) -> View {
        let at = self.at;
        let toast = use_toast();
        let side = |head: &Head| {
            let said: Correction = from_value(&head.value).unwrap_or_default();
            let (group, errors) = (one.group.clone(), self.errors);
            let label = [words::decided(said.decided), " · ", &said.word].concat();
            let take = move || {
                let record = untrack(|| at.app.record(at.subject().record()));
                let part = edit(at.subject(), vec![change(record.as_ref(), &group, &said)]);
                let save = Save { parts: vec![part], ..Save::default() };
                saved(at.app, save, errors, move |_| toast.say(common::SAVED));
            };
            let press = open.then(|| presses(Look::Quiet, procedure::TAKE, &label, take));
            view! {
                <div class="row">
                    <strong>{label}</strong>
                    {press}
                </div>
            }
        };
        let sides: Vec<_> = one.heads.iter().map(side).collect();
        view! {
            <Notice tone=Tone::Wait>
                <div>{words::DIFFERS} {sides}</div>
            </Notice>
        }
    }
}

fn gone() -> Vec<Issue> {
    vec![Issue::hard("step.wrong_state", "")]
}

fn filled(fields: &[(&'static str, String)]) -> Value {
    to_value(&fields.iter().cloned().collect::<Map<_, _>>())
}
