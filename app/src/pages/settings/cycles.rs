//! *Tahapan pengukuran*: open a round for a quarter with its dates, close it.

use crate::signal::*;
use takar_domain::codec::to_value;
use takar_domain::date::period_name;
use takar_domain::issue::Issue;
use takar_domain::period::Span;
use takar_domain::permission::Permission;
use takar_domain::record::{RecordId, Value};
use takar_domain::sorted::{Map, sort_by_key};
use takar_domain::text::settings as words;
use uuid::Uuid;

use super::form::{Act, Form};
use super::line::{line, list, presses};
use super::{only, page};
use crate::acts::settings::ask::{Ask, Kind, text};
use crate::acts::settings::{Opening, Settled, choice, close_cycle, newest_sop, open_cycle};
use crate::acts::words::day;
use crate::state::App;
use crate::ui::{Dialog, Look, Tone, tag};
use crate::view::{View, view};

const ASKS: &[Ask] = &[
    Ask::new(Kind::Text, "year", words::YEAR),
    Ask::new(Kind::Choice(choice::quarters), "period", words::QUARTER),
    Ask::new(Kind::Date, "due", words::DUE).hint(words::DUE_HINT),
    Ask::new(Kind::Date, "regency_due", words::REGENCY_DUE).hint(words::DUE_HINT).optional(),
    Ask::new(Kind::Tick, "stepwise", words::STEPWISE),
    Ask::new(Kind::Choice(choice::sops), "sop", words::SOP),
];

/// The round to close, and whether that is being asked.
#[derive(Clone, Copy)]
struct Closing {
    which: RwSignal<RecordId>,
    asks: RwSignal<bool>,
}

pub fn cycles(app: App) -> View {
    let closing = Closing { which: RwSignal::new(RecordId(Uuid::nil())), asks: RwSignal::new(false) };
    let inside = view! {
        {move || lines(app, closing)}
        {only(app, Permission::ManageCycle, move || opening(app))}
        <Dialog open=closing.asks title=words::CLOSE_CYCLE>
            <p>{words::CLOSE_SURE}</p>
            {close_form(app, closing)}
        </Dialog>
    };
    page(app, words::CYCLES, Permission::ManageCycle, inside)
}

fn lines(app: App, closing: Closing) -> View {
    let config = app.config();
    let may = app.can(Permission::ManageCycle, None);
    let mut cycles: Vec<_> = config.cycles.iter().collect();
    sort_by_key(&mut cycles, |(_, c)| std::cmp::Reverse((c.open, c.period)));
    if cycles.is_empty() {
        return view! {
            <section class="card">
                <p class="soft">{words::NO_CYCLES}</p>
            </section>
        };
    }
    let lines = cycles.into_iter().map(|(id, cycle)| {
        let id = *id;
        let mut dates = Vec::new();
        for (label, date) in [(words::DUE, &cycle.due), (words::REGENCY_DUE, &cycle.regency_due)] {
            if let Some(date) = date {
                dates.push([label, " ", &day(date)].concat());
            }
        }
        let (tone, state) =
            if cycle.open { (Tone::Ok, words::CYCLE_OPEN) } else { (Tone::Plain, words::CYCLE_CLOSED) };
        let name = period_name(cycle.period);
        let ask = move || {
            closing.which.set(id);
            closing.asks.set(true);
        };
        let press = (cycle.open && may).then(|| presses(Look::Danger, words::CLOSE_CYCLE, &name, ask));
        line(&name, dates.join(" · "), tag(tone, state), press)
    });
    list(lines.collect())
}

fn close_form(app: App, closing: Closing) -> View {
    let mut form = Form::new(app, "tutup", closing.which.get(), &[], Act::Save(close));
    form.class = "stack";
    form.press = words::CLOSE_CYCLE;
    form.look = Look::Danger;
    form.then = Some(Callback::from(move || closing.asks.set(false)));
    form.cancels = true;
    form.draw()
}

fn close(app: App, id: RecordId, _: Value) -> Settled {
    close_cycle(&app.config(), &app.reader(), id)
}

fn opening(app: App) -> View {
    // The round that is usually opened measures the quarter that just ended.
    let proposed = untrack(|| app.today()).quarter().previous();
    let quarter = match proposed.span {
        Span::Quarter(quarter) => quarter,
        _ => 1,
    };
    let mut form = Form::new(app, "tahapan", RecordId(Uuid::nil()), ASKS, Act::Save(open));
    let sop = newest_sop(&untrack(|| app.config())).map(|id| id.to_string()).unwrap_or_default();
    let proposed = [("year", proposed.year.to_string()), ("period", quarter.to_string()), ("sop", sop)];
    form.record = to_value(&proposed.into_iter().collect::<Map<_, _>>());
    form.title = words::OPEN_CYCLE.to_owned();
    form.press = words::OPEN_CYCLE;
    form.again = true;
    form.draw()
}

fn open(app: App, _: RecordId, record: Value) -> Settled {
    let date = |path| Some(text(&record, path)).filter(|date| !date.is_empty()).map(str::to_owned);
    let Ok(period) = [text(&record, "year"), "-q", text(&record, "period")].concat().parse() else {
        return Err(vec![Issue::hard("cycle.not_a_quarter", "period")]);
    };
    let opening = Opening {
        period,
        due: date("due"),
        regency_due: date("regency_due"),
        sop: text(&record, "sop").parse().ok().map(RecordId),
        stepwise: record["stepwise"].as_bool().unwrap_or_default(),
    };
    open_cycle(&app.config(), &app.reader(), opening)
}
