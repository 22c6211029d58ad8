//! *Pengaturan*: everything an office sets, as ordinary operations that work
//! without a connection. Only passwords need the office.

mod cycles;
mod indicator;
mod office;
mod password;
mod people;
mod person;
mod plan;
mod policy;
mod posts;
mod units;
mod villages;

use crate::signal::*;
use takar_domain::permission::Permission;
use takar_domain::record::RecordId;
use takar_domain::text::{common, settings as words};

use super::piece::{fault, saved};
use crate::acts::settings::Settled;
use crate::route::use_route;
use crate::state::{App, Save, use_app};
use crate::ui::{FieldError, Look, Notice, PageHead, Toast, use_toast};
use crate::view::{View, view};

/// The page of `/pengaturan` and everything below it.
#[component]
pub fn SettingsPage() -> View {
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
            ("kantor", _) => view! { <office::OfficePage app=app /> },
            ("unit", _) => view! { <units::UnitsPage app=app /> },
            ("orang", None) => view! { <people::PeoplePage app=app /> },
            ("orang", Some(id)) => view! { <person::PersonPage app=app id=id /> },
            ("nagari", _) => view! { <villages::VillagesPage app=app /> },
            ("tahapan", _) => view! { <cycles::CyclesPage app=app /> },
            ("rencana", None) => view! { <plan::PlanPage app=app /> },
            ("rencana", Some(id)) => view! { <indicator::IndicatorPage app=app id=id /> },
            ("kebijakan", _) => view! { <policy::PolicyPage app=app /> },
            ("sandi", _) => view! { <password::PasswordPage app=app /> },
            _ => view! { <Index app=app /> },
        }
    })
}

/// The list of settings, each with how it stands.
#[component]
fn Index(app: App) -> View {
    let line = |place: &str, title: &'static str, detail: String| {
        view! {
            <li>
                <div class="what">
                    <strong>{title}</strong>
                    <span class="small soft">{detail}</span>
                </div>
                <a class=Look::Quiet.class() href=format!("/pengaturan/{place}") aria-label=[common::OPEN, ": ", title].concat()>
                    {common::OPEN}
                </a>
            </li>
        }
    };
    view! {
        <div class="stack">
            <PageHead title=common::SETTINGS lead=words::LEAD />
            <section class="card">
                <ul class="tasks">
                    {move || {
                        let config = app.config();
                        let office = config.office.as_ref().map(|(_, o)| o.name.clone()).unwrap_or_default();
                        let active = config.units.values().filter(|u| u.active).count();
                        let people = config.people.values().filter(|p| p.active).count();
                        let nagari = config.nagari.values().filter(|n| n.active).count();
                        let open = config.cycles.values().filter(|c| c.open).count();
                        let assumed = config.indicators.values().filter(|i| i.active && i.direction_assumed).count();
                        let indicators = config.indicators.values().filter(|i| i.active).count();
                        view! {
                            {line("kantor", words::OFFICE, office)}
                            {line("unit", words::UNITS, active.to_string())}
                            {line("orang", words::PEOPLE, people.to_string())}
                            {line("nagari", words::VILLAGES, nagari.to_string())}
                            {line("tahapan", words::CYCLES, [&open.to_string(), " ", words::CYCLE_OPEN].concat())}
                            {line("rencana", words::PLAN, words::plan_counts(indicators, assumed))}
                            {line("kebijakan", words::POLICY, String::new())}
                            {line("sandi", words::PASSWORD, String::new())}
                        }
                    }}
                </ul>
            </section>
        </div>
    }
}

/// Head of a settings page with the way back, and a word to those who only look.
fn head(app: App, title: &'static str, right: Permission) -> View {
    view! {
        <p>
            <a class=Look::Link.class() href="/pengaturan">
                {common::SETTINGS}
            </a>
        </p>
        <PageHead title=title.to_owned() />
        {move || (!app.can(right, None)).then(|| view! { <Notice>{words::LOOK_ONLY}</Notice> })}
    }
}

/// A new record's id.
fn fresh() -> RecordId {
    RecordId(crate::platform::clock::uuid_v7())
}

/// A settings form: where its errors stand, and how it is saved.
#[derive(Clone, Copy)]
struct Saving {
    app: App,
    /// First part of the DOM ids of its fields.
    name: &'static str,
    errors: RwSignal<Vec<FieldError>>,
    toast: Toast,
}

impl Saving {
    /// To be made while the page is built: later there is no toast to speak through.
    fn new(app: App, name: &'static str) -> Self {
        Self { app, name, errors: RwSignal::new(Vec::new()), toast: use_toast() }
    }

    /// Saves, says so and goes on; or shows beside the fields what is wrong.
    fn submit(self, settled: Settled, then: impl FnOnce() + 'static) {
        self.run(settled, Box::new(then));
    }

    #[inline(never)]
    fn run(self, settled: Settled, then: Box<dyn FnOnce()>) {
        match settled {
            Ok(parts) => saved(self.app, Save { parts, ..Save::default() }, self.errors, move |_| {
                self.toast.say(common::SAVED);
                then();
            }),
            Err(issues) => self.fail(issues.iter().map(|issue| fault(self.name, issue)).collect()),
        }
    }

    fn fail(self, faults: Vec<FieldError>) {
        self.errors.set(faults);
    }
}
