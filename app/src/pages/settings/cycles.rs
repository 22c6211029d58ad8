//! *Tahapan pengukuran*: open a round for a quarter with its dates, close it.

use crate::signal::*;
use takar_domain::config::Cycle;
use takar_domain::date::{parse_indonesian, quarter_name, quarter_short};
use takar_domain::issue::Issue;
use takar_domain::period::{Period, Span};
use takar_domain::permission::Permission;
use takar_domain::record::RecordId;
use takar_domain::sorted::sort_by_key;
use takar_domain::text::{common, settings as words};

use super::{Saving, head};
use crate::acts::settings::{close_cycle, open_cycle};
use crate::acts::words::day;
use crate::pages::piece::{Input, Select, beside, fault, input};
use crate::state::App;
use crate::ui::{Button, Dialog, ErrorSummary, Look, Tone, tag};
use crate::view::{View, view};

#[component]
pub fn CyclesPage(app: App) -> View {
    let may = Memo::new(move || app.can(Permission::ManageCycle, None));
    let asks = RwSignal::new(false);
    let closing: RwSignal<Option<RecordId>> = RwSignal::new(None);
    let ask = Callback::new(move |id| {
        closing.set(Some(id));
        asks.set(true);
    });
    let form = Saving::new(app, "tahapan");
    let lines = move || {
        let config = app.config();
        let mut cycles: Vec<_> = config.cycles.iter().collect();
        sort_by_key(&mut cycles, |(_, c)| std::cmp::Reverse((c.open, c.period)));
        if cycles.is_empty() {
            return view! { <p class="soft">{words::NO_CYCLES}</p> };
        }
        let lines = cycles.into_iter().map(|(id, cycle)| line(*id, cycle, may.get(), ask));
        view! { <ul class="tasks">{lines.collect::<Vec<_>>()}</ul> }
    };
    let close = move || {
        let Some(id) = closing.get_untracked() else { return };
        let settled = untrack(|| close_cycle(&app.config(), &app.reader(), id));
        form.submit(settled, || {});
        asks.set(false);
    };
    let keep = move || asks.set(false);
    view! {
        <div class="stack">
            {head(app, words::CYCLES, Permission::ManageCycle)}
            <ErrorSummary errors=form.errors />
            <section class="card">{lines}</section>
            {move || may.get().then(|| view! { <Open app=app form=form /> })}
            <Dialog open=asks title=words::CLOSE_CYCLE>
                <p>{words::CLOSE_SURE}</p>
                <div class="dialog-foot">
                    <Button look=Look::Danger press=close>
                        {words::CLOSE_CYCLE}
                    </Button>
                    <Button look=Look::Quiet press=keep>
                        {common::CANCEL}
                    </Button>
                </div>
            </Dialog>
        </div>
    }
}

fn line(id: RecordId, cycle: &Cycle, may: bool, ask: Callback<RecordId>) -> View {
    let due = cycle.due.as_deref().map(|d| [words::DUE, " ", &day(d)].concat());
    let regency = cycle.regency_due.as_deref().map(|d| [words::REGENCY_DUE, " ", &day(d)].concat());
    let dates: Vec<_> = due.into_iter().chain(regency).collect();
    let (tone, state) =
        if cycle.open { (Tone::Ok, words::CYCLE_OPEN) } else { (Tone::Plain, words::CYCLE_CLOSED) };
    let name = quarter_name(cycle.period);
    let spoken = [words::CLOSE_CYCLE, ": ", &name].concat();
    view! {
        <li>
            <div class="what">
                <strong>{name}</strong>
                <span class="small soft">{dates.join(" · ")}</span>
            </div>
            {tag(tone, state)}
            {(cycle.open && may)
                .then(|| {
                    view! {
                        <button type="button" class=Look::Danger.class() aria-label=spoken on:click=move |_| ask.run(id)>
                            {words::CLOSE_CYCLE}
                        </button>
                    }
                })}
        </li>
    }
}

#[component]
fn Open(app: App, form: Saving) -> View {
    let errors = form.errors;
    // The round that is usually opened measures the quarter that just ended.
    let proposed = untrack(|| app.today().quarter().previous());
    let number = match proposed.span {
        Span::Quarter(q) => q,
        _ => 1,
    };
    let year = RwSignal::new(proposed.year.to_string());
    let quarter = RwSignal::new(number.to_string());
    let due = RwSignal::new(String::new());
    let regency = RwSignal::new(String::new());
    let press = move || {
        let mut faults = Vec::new();
        let mut date = |text: String, path: &str| {
            if text.trim().is_empty() {
                return None;
            }
            match parse_indonesian(&text) {
                Ok(date) => Some(date.to_string()),
                Err(issue) => {
                    faults.push(fault("tahapan", &Issue { path: path.into(), ..issue }));
                    None
                }
            }
        };
        let (unit_due, regency_due) =
            (date(due.get_untracked(), "due"), date(regency.get_untracked(), "regency_due"));
        if !faults.is_empty() {
            form.fail(faults);
            return;
        }
        let text = [&year.get_untracked(), "-q", &quarter.get_untracked()].concat();
        let Ok(period) = text.parse::<Period>() else {
            form.fail(vec![fault("tahapan", &Issue::hard("cycle.not_a_quarter", "period"))]);
            return;
        };
        let settled = untrack(|| open_cycle(&app.config(), &app.reader(), period, unit_due, regency_due));
        form.submit(settled, move || {
            due.set(String::new());
            regency.set(String::new());
        });
    };
    let quarters: Vec<_> =
        (1..=4).map(|q| (q.to_string(), quarter_short(Period::quarter(proposed.year, q)))).collect();
    view! {
        <section class="card stack">
            <h2>{words::OPEN_CYCLE}</h2>
            {input(Input::text("tahapan-year", words::YEAR), year, errors)}
            <Select
                id="tahapan-period"
                error=beside(errors, "tahapan-period")
                label=words::QUARTER
                options=Signal::stored(quarters)
                value=quarter
                on_pick=quarter
                short=true
            />
            {input(Input::text("tahapan-due", words::DUE).hint(words::DUE_HINT), due, errors)}
            {input(Input::text("tahapan-regency_due", words::REGENCY_DUE).hint(words::DUE_HINT).optional(), regency, errors)}
            <Button press=press>{words::OPEN_CYCLE}</Button>
        </section>
    }
}
