//! *Tahapan pengukuran*: open a round with its dates, change them, close it, give
//! it up.

use crate::signal::*;
use takar_domain::codec::to_value;
use takar_domain::config::{Cycle, MAIN};
use takar_domain::date::{parse_indonesian, period_name};
use takar_domain::issue::Issue;
use takar_domain::permission::Permission;
use takar_domain::record::{RecordId, Value};
use takar_domain::sop::newest;
use takar_domain::sorted::{Map, sort_by_key};
use takar_domain::text::{round, settings as words};
use uuid::Uuid;

use super::form::{Act, Form};
use super::line::{line, list, presses};
use super::{only, page};
use crate::acts::decide::of;
use crate::acts::settings::ask::{Ask, Kind, text};
use crate::acts::settings::{
    Opening, Settled, abandon_cycle, change_dates, choice, close_cycle, counted_back, open_cycle,
};
use crate::acts::words::round_detail;
use crate::pages::difference::address;
use crate::state::App;
use crate::ui::{Dialog, Look, Tone, tag};
use crate::view::{Child, View, view};

const ASKS: &[Ask] = &[
    Ask::new(Kind::Text, "year", words::YEAR),
    Ask::new(Kind::Choice(choice::spans), "period", round::PERIOD),
    Ask::new(Kind::Date, "regency_due", words::REGENCY_DUE).hint(words::DUE_HINT).optional(),
    Ask::new(Kind::Date, "due", words::DUE).hint(round::DUE_HINT).optional(),
    Ask::new(Kind::Tick, "stepwise", words::STEPWISE),
    Ask::new(Kind::Choice(choice::sops), "sop", words::SOP),
];

const DATES: &[Ask] = &[
    Ask::new(Kind::Date, "regency_due", words::REGENCY_DUE).hint(words::DUE_HINT).optional(),
    Ask::new(Kind::Date, "due", words::DUE).hint(words::DUE_HINT),
];

const ABANDON: &[Ask] = &[Ask::new(Kind::Area, "abandoned", round::ABANDON_REASON)];

/// What may be done with a round, each asked in a dialog: title, words before the
/// form, form's name, its fields, look of the press, and what saving means.
type Deed =
    (&'static str, &'static str, &'static str, &'static [Ask], Look, fn(App, RecordId, Value) -> Settled);

const DEEDS: [Deed; 3] = [
    (round::DATES, "", "tanggal", DATES, Look::Main, dates),
    (words::CLOSE_CYCLE, words::CLOSE_SURE, "tutup", &[], Look::Danger, close),
    (round::ABANDON, round::ABANDON_LEAD, "batal", ABANDON, Look::Danger, abandon),
];

/// The round that is asked about, what is asked, and whether it is.
#[derive(Clone, Copy)]
struct Asked {
    which: RwSignal<(RecordId, usize)>,
    open: RwSignal<bool>,
}

pub fn cycles(app: App) -> View {
    let asked = Asked { which: RwSignal::new((RecordId(Uuid::nil()), 0)), open: RwSignal::new(false) };
    let title = Signal::derive(move || DEEDS.get(asked.which.get().1).map_or("", |deed| deed.0).to_owned());
    let inside = view! {
        {move || lines(app, asked)}
        {only(app, Permission::ManageCycle, move || opening(app))}
        <Dialog open=asked.open title=title>
            {deed(app, asked)}
        </Dialog>
    };
    page(app, words::CYCLES, Permission::ManageCycle, inside)
}

fn lines(app: App, asked: Asked) -> View {
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
        let name = period_name(cycle.period);
        let deeds = if cycle.open && may { DEEDS.len() } else { 0 };
        let press = |at: usize| {
            let ask = (*id, at);
            DEEDS.get(at).map(|deed| {
                presses(Look::Quiet, deed.0, &name, move || {
                    asked.which.set(ask);
                    asked.open.set(true);
                })
            })
        };
        let (tone, state) = standing(cycle);
        let presses: Vec<_> = (0..deeds).filter_map(press).collect();
        // Two heads changed it at once: which of both counts is decided on a page of its own.
        let two = app.record(*id).and_then(|record| of(&record).into_iter().find(|d| d.group == MAIN));
        let two = two.map(|two| {
            view! {
                <a class=Look::Link.class() href=address(&two)>
                    {round::DIFFERS}
                </a>
            }
        });
        line(&name, round_detail(cycle), tag(tone, state), view! { <div class="row">{two} {presses}</div> })
    });
    list(lines.collect())
}

fn standing(cycle: &Cycle) -> (Tone, &'static str) {
    match (cycle.open, &cycle.abandoned) {
        (true, _) => (Tone::Ok, words::CYCLE_OPEN),
        (_, Some(_)) => (Tone::Wait, round::ABANDONED),
        _ => (Tone::Plain, words::CYCLE_CLOSED),
    }
}

#[inline(never)]
fn deed(app: App, asked: Asked) -> View {
    let (id, at) = asked.which.get();
    let Some((press, lead, name, asks, look, save)) = DEEDS.get(at).copied() else { return View::Nothing };
    let mut form = Form::new(app, name, id, asks, Act::Save(save));
    // A reason is written anew, dates are changed.
    form.record = untrack(|| app.config()).cycles.get(&id).map(to_value).unwrap_or_default();
    form.class = "stack";
    form.press = press;
    form.look = look;
    form.note = lead;
    form.then = Some(Callback::from(move || asked.open.set(false)));
    form.cancels = true;
    form.draw()
}

fn date(record: &Value, path: &str) -> Option<String> {
    Some(text(record, path)).filter(|date| !date.is_empty()).map(str::to_owned)
}

#[inline(never)]
fn dates(app: App, id: RecordId, record: Value) -> Settled {
    change_dates(&app.config(), &app.reader(), id, date(&record, "due"), date(&record, "regency_due"))
}

fn close(app: App, id: RecordId, _: Value) -> Settled {
    close_cycle(&app.config(), &app.reader(), id)
}

#[inline(never)]
fn abandon(app: App, id: RecordId, record: Value) -> Settled {
    abandon_cycle(&app.config(), &app.reader(), id, text(&record, "abandoned"))
}

fn opening(app: App) -> View {
    // The round that is usually opened measures the quarter that just ended.
    let proposed = untrack(|| app.today()).quarter().previous();
    let (year, span) = (proposed.year.to_string(), proposed.to_string());
    let span = span.get(year.len()..).unwrap_or_default().to_owned();
    let mut form = Form::new(app, "tahapan", RecordId(Uuid::nil()), ASKS, Act::Save(open));
    let sop = newest(&untrack(|| app.config())).map(|id| id.to_string()).unwrap_or_default();
    let proposed = [("year", year), ("period", span), ("sop", sop)];
    form.record = to_value(&proposed.into_iter().collect::<Map<_, _>>());
    form.title = words::OPEN_CYCLE.to_owned();
    form.press = words::OPEN_CYCLE;
    form.preview = Some(preview);
    form.again = true;
    form.draw()
}

/// The days of the steps as the typed date counts them back.
#[inline(never)]
fn preview(app: App, texts: &[String]) -> View {
    let [_, _, regency_due, .., sop] = texts else { return View::Nothing };
    let Ok(day) = parse_indonesian(regency_due) else { return View::Nothing };
    let sop = sop.parse().ok().map(RecordId);
    let all = counted_back(&app.config(), sop, &day.to_string());
    let all: Vec<_> = all.iter().map(|(title, day)| round::step_due(title, &day.format_short())).collect();
    if all.is_empty() {
        return View::Nothing;
    }
    view! { <p class="small soft">{round::COUNTED_BACK} " " {all.join(" · ").shown()}</p> }
}

fn open(app: App, _: RecordId, record: Value) -> Settled {
    let Ok(period) = [text(&record, "year"), text(&record, "period")].concat().parse() else {
        return Err(vec![Issue::hard("cycle.no_period", "period")]);
    };
    let opening = Opening {
        period,
        due: date(&record, "due"),
        regency_due: date(&record, "regency_due"),
        sop: text(&record, "sop").parse().ok().map(RecordId),
        stepwise: record["stepwise"].as_bool().unwrap_or_default(),
    };
    open_cycle(&app.config(), &app.reader(), opening)
}
