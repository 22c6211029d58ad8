//! *Pengaturan*: everything an office sets, as ordinary operations that work
//! without a connection. Only passwords need the office.

mod calendar;
mod cycles;
mod devices;
pub mod form;
mod indicator;
pub mod line;
mod office;
mod password;
mod people;
mod person;
mod plan;
mod policy;
mod posts;
mod sop;
pub mod sop_edit;
mod sop_print;
mod units;
mod villages;

use crate::signal::*;
use takar_domain::permission::Permission;
use takar_domain::record::RecordId;
use takar_domain::text::{common, settings as words};
use uuid::Uuid;

use crate::route::use_route;
use crate::state::{App, use_app};
use crate::ui::{Look, Notice, PageHead};
use crate::view::{View, view};
use line::{line, list, opens};

/// The page of `/pengaturan` and everything below it.
pub fn settings() -> View {
    let app = use_app();
    let route = use_route();
    let place = Memo::new(move || {
        route.with_path(|p| p.strip_prefix("/pengaturan").unwrap_or(p).trim_matches('/').to_owned())
    });
    View::live(move || {
        let place = place.get();
        let (first, second) = place.split_once('/').unwrap_or((&place, ""));
        let id = second.parse().ok().map(RecordId);
        match (first, id) {
            ("kantor", _) => office::office(app),
            ("unit", _) => units::units(app),
            ("orang", None) => people::people(app),
            ("orang", Some(id)) => person::person(app, id),
            ("nagari", _) => villages::villages(app),
            ("tahapan", _) => cycles::cycles(app),
            ("rencana", None) => plan::plan(app),
            ("rencana", Some(id)) => indicator::indicator(app, id),
            ("kebijakan", _) => policy::policy(app),
            ("sop", None) => sop::sop(app),
            ("sop", Some(id)) => sop_print::sop_print(app, id),
            ("ubah-sop", Some(id)) => sop_edit::sop_edit(app, id),
            ("kalender", _) => calendar::calendar(app),
            ("perangkat", _) => devices::devices(app),
            ("sandi", _) => password::password(app),
            _ => index(app),
        }
    })
}

/// The list of settings, each with how it stands.
fn index(app: App) -> View {
    let lines = move || {
        let config = app.config();
        let office = config.office.as_ref().map(|(_, o)| o.name.clone()).unwrap_or_default();
        let units = config.units.values().filter(|u| u.active).count();
        let people = config.people.values().filter(|p| p.active).count();
        let nagari = config.nagari.values().filter(|n| n.active).count();
        let open = config.cycles.values().filter(|c| c.open).count();
        let assumed = config.indicators.values().filter(|i| i.active && i.direction_assumed).count();
        let indicators = config.indicators.values().filter(|i| i.active).count();
        let all = [
            ("kantor", words::OFFICE, office),
            ("unit", words::UNITS, units.to_string()),
            ("orang", words::PEOPLE, people.to_string()),
            ("nagari", words::VILLAGES, nagari.to_string()),
            ("tahapan", words::CYCLES, [&open.to_string(), " ", words::CYCLE_OPEN].concat()),
            ("rencana", words::PLAN, words::plan_counts(indicators, assumed)),
            ("kebijakan", words::POLICY, String::new()),
            ("sop", words::SOP, config.sops.len().to_string()),
            ("kalender", words::CALENDAR, String::new()),
            ("perangkat", words::DEVICES, String::new()),
            ("sandi", words::PASSWORD, String::new()),
        ];
        let lines = all.into_iter().map(|(place, title, detail)| {
            line(title, detail, (), opens(Look::Quiet, ["/pengaturan/", place].concat(), title))
        });
        list(lines.collect())
    };
    view! {
        <div class="stack">
            <PageHead title=common::SETTINGS lead=words::LEAD />
            {lines}
        </div>
    }
}

/// A page right below the list of settings.
fn page(app: App, title: &'static str, right: Permission, inside: View) -> View {
    page_of(app, back("/pengaturan", common::SETTINGS), Signal::stored(title.to_owned()), right, inside)
}

/// A settings page: the way back, its head, and a word to those who only look.
fn page_of(app: App, back: View, title: Signal<String>, right: Permission, inside: View) -> View {
    view! {
        <div class="stack">
            {back}
            <PageHead title=title />
            {move || (!app.can(right, None)).then(|| view! { <Notice>{words::LOOK_ONLY}</Notice> })}
            {inside}
        </div>
    }
}

/// What only those see who have a right. It stays while other data comes in.
fn only(app: App, right: Permission, inside: impl Fn() -> View + Send + 'static) -> View {
    let may = Memo::new(move || app.can(right, None));
    View::live(move || may.get().then(&inside))
}

/// The way back to a list of things, by its place.
fn below(place: &str, words: &'static str) -> View {
    back(&["/pengaturan/", place].concat(), words)
}

pub fn back(href: &str, words: &'static str) -> View {
    view! {
        <p>
            <a class=Look::Link.class() href=href.to_owned()>
                {words}
            </a>
        </p>
    }
}

/// Under this id stands what is typed about things that do not exist yet.
pub const UNKNOWN: RecordId = RecordId(Uuid::nil());

/// A new record's id.
pub fn fresh() -> RecordId {
    RecordId(crate::platform::clock::uuid_v7())
}
