//! Signing and numbering: asked of the office at once, from the step's own page.

use crate::signal::*;
use takar_domain::codec::to_value;
use takar_domain::config::Config;
use takar_domain::date::date_of;
use takar_domain::issue::Issue;
use takar_domain::letter::of_run;
use takar_domain::procedure::document::{canonical, digest, document};
use takar_domain::procedure::{RECEIPT, progress};
use takar_domain::record::{RecordId, Value};
use takar_domain::sop::Kind as Step;
use takar_domain::sorted::Map;
use takar_domain::text::{procedure as steps, sign as words};

use super::cover;
use super::place::Place;
use crate::acts::settings::ask::{Ask, Kind, Options, text};
use crate::acts::steps::{
    NUMBER, RECEIPT_ASKS, manners, may_move, may_sign, proposed, proposed_signer, receipt as write_receipt,
    signing,
};
use crate::acts::words::day;
use crate::pages::settings::form::{Act, Asked, Form};
use crate::platform::clock;
use crate::state::App;
use crate::ui::Look;
use crate::view::{View, view};

const SIGN: &[Ask] = &[
    Ask::new(Kind::Choice(manners), "manner", words::MANNER),
    Ask::new(Kind::Choice(signers), "signer", words::SIGNER),
    Ask::new(Kind::Password, "password", words::PASSWORD).hint(words::PASSWORD_HINT),
    Ask::new(Kind::Number, "minutes", steps::MINUTES).hint(steps::MINUTES_HINT),
    Ask::new(Kind::Date, "event_date", steps::EVENT_DATE).hint(steps::EVENT_DATE_HINT).optional(),
    Ask::new(Kind::Area, "reason", steps::REASON).hint(steps::REASON_HINT).optional(),
];

fn signers(config: &Config, _: RecordId) -> Options {
    may_sign(config, date_of(clock::wall_ms(), config.zone()))
}

/// The form that signs; ready to be drawn in the step's dialog.
pub fn sign_form(at: Place) -> Form {
    let app = at.app;
    let mut form = Form::new(app, "tandatangan", at.cycle, SIGN, Act::Ask(sign));
    let known = untrack(|| at.with_run(|_, run| proposed(&app.config(), run, app.now_ms())).flatten());
    let me = untrack(|| app.me()).map(|me| proposed_signer(&app.config(), me.person, app.today()));
    let minutes = known.map(|minutes| ("minutes", minutes.to_string()));
    // What is signed is what stood when the dialog was opened, or nothing.
    let shown = untrack(|| document(&app.config(), &app.reader(), at.cycle));
    let shown = shown.map(|all| ("shown", digest(&canonical(&all))));
    let typed = [("manner", "seal".to_owned())].into_iter().chain(me.map(|me| ("signer", me)));
    let typed = typed.chain(minutes).chain(shown);
    form.record = to_value(&typed.collect::<Map<_, _>>());
    form.press = words::SIGN;
    form.note = words::LEAD;
    form.asked = words::SIGNED;
    form
}

fn sign(app: App, cycle: RecordId, typed: Value) -> Result<Asked, Vec<Issue>> {
    let all = untrack(|| progress(&app.config(), &app.reader(), cycle));
    let step = all.into_iter().find(|step| step.step.kind == Step::Sign);
    let step = step.ok_or_else(|| vec![Issue::hard("step.wrong_state", "manner")])?;
    let signing = signing(&step, cycle, app.today(), &typed)?;
    Ok(Box::pin(async move { app.sign_document(signing).await }))
}

/// The letter's number and its receipt; nothing for any other step.
pub fn letter(at: Place) -> View {
    let is = Memo::new(move || at.with(|step, _| step.step.kind == Step::Letter) == Some(true));
    let known = Memo::new(move || {
        let config = at.app.config();
        of_run(&config, at.cycle, at.step).map(|known| words::numbered(&known.number, &day(&known.date)))
    });
    let may = Memo::new(move || at.may());
    let number = move || {
        View::live(move || match known.get() {
            Some(known) => view! { <p class="num">{known}</p> },
            None => view! {
                <p class="small soft">{words::NO_NUMBER}</p>
                {may.get().then(|| untrack(|| number_form(at).draw()))}
            },
        })
    };
    View::live(move || {
        if !is.get() {
            return View::Nothing;
        }
        view! {
            <section class="card stack-s">
                <h2>{words::LETTER}</h2>
                {number()}
                <p>
                    <a class=Look::Link.class() href=cover::href(at.cycle)>
                        {words::PRINT_COVER}
                    </a>
                </p>
            </section>
            {receipt(at)}
        }
    })
}

fn number_form(at: Place) -> Form {
    let mut form = Form::new(at.app, "nomor", at.cycle, NUMBER, Act::Ask(number));
    form.record = to_value(&Map::from([("date", at.app.today().to_string())]));
    form.press = words::GIVE_NUMBER;
    form.asked = words::NUMBER_GIVEN;
    form.class = "stack-s";
    form
}

fn number(app: App, cycle: RecordId, typed: Value) -> Result<Asked, Vec<Issue>> {
    let config = untrack(|| app.config());
    let sop = takar_domain::procedure::sop_of(&config, cycle);
    let step = sop.and_then(|sop| sop.steps.iter().find(|step| step.kind == Step::Letter)).map(|s| s.number);
    let step = step.ok_or_else(|| vec![Issue::hard("step.wrong_state", "date")])?;
    let date = text(&typed, "date").to_owned();
    Ok(Box::pin(async move { app.give_number(cycle, step, date).await }))
}

/// Whoever may move the step records it, also when its cycle is long closed.
fn receipt(at: Place) -> View {
    let known = Memo::new(move || {
        at.app.record(at.subject().record()).and_then(|r| r.groups.get(RECEIPT)?.value().cloned())
    });
    let may = Memo::new(move || {
        let me = at.app.me();
        me.is_some_and(|me| may_move(&at.app.config(), me.person, &at.subject(), &at.app.today().to_string()))
    });
    View::live(move || match (may.get(), known.get()) {
        (true, known) => untrack(|| receipt_form(at, known).draw()),
        (false, None) => View::Nothing,
        (false, Some(known)) => view! {
            <section class="card stack-s">
                <h2>{words::RECEIPT}</h2>
                <p>{[&day(text(&known, "date")), " · ", text(&known, "by")].concat()}</p>
            </section>
        },
    })
}

fn receipt_form(at: Place, known: Option<Value>) -> Form {
    let save = move |typed: &Value| {
        Ok(at.save(vec![write_receipt(&at.app.reader(), &at.subject(), typed.clone())], None))
    };
    let act = Act::Do(StoredValue::new(Box::new(save)));
    let mut form = Form::new(at.app, "terima", at.cycle, RECEIPT_ASKS, act);
    form.record = known.unwrap_or_default();
    form.title = words::RECEIPT.to_owned();
    form.note = words::RECEIPT_LEAD;
    form.look = Look::Quiet;
    form
}
