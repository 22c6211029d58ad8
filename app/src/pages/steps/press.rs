//! *Selesai*, *Buka kembali* and *Kembalikan ke unit*: each asks once in a dialog.

use crate::signal::*;
use takar_domain::codec::to_value;
use takar_domain::issue::Issue;
use takar_domain::record::{RecordId, Value};
use takar_domain::sop::Kind as Step;
use takar_domain::sorted::Map;
use takar_domain::text::{correction, home, procedure as words, sign};
use uuid::Uuid;

use super::board::warning;
use super::place::Place;
use super::sign::sign_form;
use super::unsent;
use crate::acts::home::working_days_late;
use crate::acts::settings::ask::{Ask, text};
use crate::acts::steps::{FINISH, GIVE_BACK, REOPEN, finish, give_back as gives, proposed, reopen, told};
use crate::acts::words::{person, unit_name};
use crate::pages::settings::form::{Act, Form};
use crate::platform::screen;
use crate::state::Save;
use crate::ui::{Dialog, Look, Tick};
use crate::view::{View, view};

/// What a form's typing becomes.
type Read = Result<Save, Vec<Issue>>;

pub(super) fn form(
    at: Place,
    name: &'static str,
    asks: &'static [Ask],
    open: RwSignal<bool>,
    save: impl Fn(&Value) -> Read + Send + Sync + 'static,
) -> Form {
    let act = Act::Do(StoredValue::new(Box::new(save)));
    let mut form = in_dialog(Form::new(at.app, name, RecordId(Uuid::nil()), asks, act), open);
    form.keeps = Some((at.subject().record(), name));
    form
}

fn in_dialog(mut form: Form, open: RwSignal<bool>) -> Form {
    form.class = "stack";
    form.cancels = true;
    // What opened the dialog may be gone with the step's old state.
    form.then = Some(Callback::from(move || {
        open.set(false);
        request_animation_frame(|| {
            screen::focus("isi");
        });
    }));
    form
}

fn empty(issue: &'static str) -> Vec<Issue> {
    vec![Issue::hard(issue, "reason")]
}

/// *Selesai*, or *Tandatangani* where that ends the step.
pub fn finish_words(at: Place) -> &'static str {
    let signs = untrack(|| at.with(|step, _| step.step.kind == Step::Sign)).unwrap_or_default();
    if signs { sign::SIGN } else { words::FINISH }
}

/// The dialog of *Selesai*.
pub fn finish_dialog(at: Place, open: RwSignal<bool>) -> View {
    view! {
        <Dialog open=open title=finish_words(at)>
            {finish_form(at, open)}
        </Dialog>
    }
}

fn finish_form(at: Place, open: RwSignal<bool>) -> View {
    let app = at.app;
    if finish_words(at) == sign::SIGN {
        return in_dialog(sign_form(at), open).draw();
    }
    let unsent = unsent::ask(at);
    let save = move |typed: &Value| {
        if text(typed, "reason").is_empty() && unsent.is_some_and(unsent::Unsent::holds) {
            return Err(empty("step.devices"));
        }
        let about = at.with_run(|step, _| told(step, app.today(), typed));
        let told = about.ok_or_else(|| empty("step.wrong_state"))??;
        let part = finish(&app.config(), &app.reader(), &at.subject(), told)
            .ok_or_else(|| empty("step.wrong_state"))?;
        Ok(at.save(vec![part], None))
    };
    let mut form = form(at, "selesai", FINISH, open, save);
    form.press = words::FINISH;
    let known = untrack(|| {
        at.with_run(|step, run| {
            let proposed = proposed(&app.config(), run, app.now_ms()).filter(|_| step.step.minutes > 0);
            let late = step.due.filter(|due| *due < app.today());
            (step.step.minutes, proposed, late, run.unit)
        })
    });
    let Some((standard, proposed, late, unit)) = known else { return View::Nothing };
    let typed = proposed.map(|minutes| ("minutes", minutes.to_string()));
    form.record = to_value(&typed.into_iter().collect::<Map<_, _>>());
    let late = late.map(|due| home::late(working_days_late(due, app.today())));
    let about = unit.map(|unit| unit_name(&app.config(), unit).to_owned());
    let standard = (standard > 0).then(|| words::standard(standard, 1));
    let about: Vec<_> = about.into_iter().chain(standard).chain(late).collect();
    view! {
        <div class="stack-s">
            <p class="small soft">{about.join(" · ")}</p>
            {warning(at)}
            {unsent.map(unsent::Unsent::shown)}
            {on_behalf(at)}
            {form.draw()}
        </div>
    }
}

/// A word to who records for somebody else, and the choice where she acts herself too.
pub fn on_behalf(at: Place) -> Option<View> {
    let name = person(&at.app.config(), at.named()?).to_owned();
    if at.may_choose() {
        let label = [correction::ON_BEHALF, &name].concat();
        let (on, flip) = (Signal::derive(move || !at.own.get()), move |on: bool| at.own.set(!on));
        return Some(view! { <Tick label=label checked=on on_tick=flip /> });
    }
    Some(view! { <p class="small">{words::on_behalf(&name)}</p> })
}

/// The dialog of *Buka kembali*.
pub fn reopen_dialog(at: Place, open: RwSignal<bool>) -> View {
    let inside = move || {
        let save = move |typed: &Value| {
            let reason = text(typed, "reason");
            if reason.is_empty() {
                return Err(empty("step.reason"));
            }
            let part =
                reopen(&at.app.reader(), &at.subject(), reason).ok_or_else(|| empty("step.wrong_state"))?;
            Ok(at.save(vec![part], Some(reason.to_owned())))
        };
        let mut form = form(at, "buka", REOPEN, open, save);
        form.press = words::REOPEN;
        form.look = Look::Danger;
        form.note = words::REOPEN_LEAD;
        form.draw()
    };
    view! {
        <Dialog open=open title=words::REOPEN>
            {inside()}
        </Dialog>
    }
}

/// Which unit is given its data back, and whether that is being asked.
#[derive(Clone, Copy)]
pub struct GiveBack {
    unit: RwSignal<RecordId>,
    open: RwSignal<bool>,
}

pub fn give_back() -> GiveBack {
    GiveBack { unit: RwSignal::new(RecordId(Uuid::nil())), open: RwSignal::new(false) }
}

impl GiveBack {
    pub fn ask(self, unit: RecordId) {
        self.unit.set(unit);
        self.open.set(true);
    }

    /// The dialog of *Kembalikan ke unit*.
    pub fn dialog(self, at: Place) -> View {
        let inside = move || {
            let unit = self.unit.get_untracked();
            let save = move |typed: &Value| {
                let reason = text(typed, "reason");
                if reason.is_empty() {
                    return Err(empty("step.reason"));
                }
                let parts = gives(&at.app.config(), &at.app.reader(), at.cycle, unit, reason);
                if parts.is_empty() {
                    Err(empty("step.wrong_state"))
                } else {
                    Ok(at.save(parts, Some(reason.to_owned())))
                }
            };
            let mut form = form(at, "kembalikan", GIVE_BACK, self.open, save);
            form.press = words::GIVE_BACK;
            form.look = Look::Danger;
            form.note = words::GIVE_BACK_LEAD;
            form.about(unit.0);
            let name = unit_name(&at.app.config(), unit).to_owned();
            view! {
                <p>
                    <strong>{name}</strong>
                </p>
                {form.draw()}
            }
        };
        view! {
            <Dialog open=self.open title=words::GIVE_BACK>
                {inside()}
            </Dialog>
        }
    }
}
