//! *Koreksi*: what the Camat wants corrected, where each stands, and the document
//! in which he points at it.

mod dialogs;
mod item;

use crate::signal::*;
use takar_domain::procedure::Phase;
use takar_domain::procedure::correction::Decided;
use takar_domain::record::RecordId;
use takar_domain::sop::Kind;
use takar_domain::text::correction as words;
use takar_domain::view::entry_sheet::entry_sheet;
use uuid::Uuid;

use super::place::Place;
use crate::acts::steps::correct::shown;
use crate::acts::words::{actual, unit_name};
use crate::pages::home::sheets;
use crate::pages::settings::line::{line, presses};
use crate::ui::{Button, Dialog, FieldError, Look, Reveal};
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
}
