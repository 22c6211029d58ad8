//! *Angka berbeda*: where values stand side by side, and the choice between them.

mod one;
mod side;

use crate::signal::*;
use takar_domain::permission::Permission;
use takar_domain::record::{RecordId, Subject};
use takar_domain::text::{common, difference as words, outbox};
use takar_domain::workflow::{Action, needs, unit_of};

use super::id_at;
use crate::acts::decide::{Difference, asked, differences};
use crate::acts::words::{self as say, group, subject};
use crate::route::use_route;
use crate::state::{App, use_app};
use crate::ui::{Empty, Look, PageHead};
use crate::view::{View, view};
use one::OnePage;

/// The page of `/beda` and `/beda/:record`; `?bidang=` names one field of the record.
#[component]
pub fn DifferencePage() -> View {
    let app = use_app();
    let route = use_route();
    let record = Memo::new(move || id_at(route, 1));
    let field = Memo::new(move || route.query("bidang"));
    View::live(move || match record.get() {
        Some(id) => view! { <OnePage app=app record=id field=field.get() /> },
        None => view! { <ListPage app=app /> },
    })
}

/// Where a difference is decided.
#[must_use]
pub fn address(difference: &Difference) -> String {
    address_of(difference.subject.record(), &difference.group)
}

/// Where the difference of a field is decided.
#[must_use]
pub fn address_of(record: RecordId, group: &str) -> String {
    format!("/beda/{record}?bidang={}", group.replace('/', "%2F"))
}

/// Whether the person who works may settle it.
fn may_decide(app: App, subject: &Subject) -> bool {
    let config = app.config();
    if subject.is_config() {
        return needs(subject, Action::Edit, &config).is_some_and(|(right, unit)| app.can(right, unit));
    }
    app.can(Permission::DecideDifference, unit_of(subject, &config))
}

/// Every difference this device knows, own decisions first.
fn open(app: App) -> (Vec<Difference>, Vec<Difference>) {
    let (config, today) = (app.config(), app.today());
    let can = |right, unit| app.can(right, unit);
    let mine = |d: &Difference| match d.subject.is_config() {
        true => may_decide(app, &d.subject),
        false => asked(&config, d, &can, today),
    };
    differences(&config, &app.reader()).into_iter().partition(mine)
}

/// What was entered on this device and differs from somebody else's; nothing
/// if there is none.
pub fn of_this_device(app: App) -> View {
    View::live(move || {
        let device = app.me().map(|me| me.device);
        let mut own = differences(&app.config(), &app.reader());
        own.retain(|d| d.sides.iter().any(|side| Some(side.by.device) == device));
        (!own.is_empty()).then(|| {
            view! {
                <section class="card">
                    <h2>{common::DIFFERENCE}</h2>
                    <p class="small soft">{outbox::DIFFERS}</p>
                    {lines(app, &own)}
                </section>
            }
        })
    })
}

#[component]
fn ListPage(app: App) -> View {
    let both = Memo::new(move || open(app));
    let lead = Signal::derive(move || {
        both.with(|(mine, others)| (!mine.is_empty() || !others.is_empty()).then(|| words::LEAD.to_owned()))
    });
    view! {
        <div class="stack">
            <PageHead title=common::DIFFERENCE lead=lead />
            {move || {
                let (mine, others) = both.get();
                if mine.is_empty() && others.is_empty() {
                    return view! {
                        <Empty title=words::NONE>
                            <p>{words::NONE_HINT}</p>
                        </Empty>
                    };
                }
                view! {
                    {(!mine.is_empty()).then(|| view! { <section class="card">{lines(app, &mine)}</section> })}
                    {(!others.is_empty())
                        .then(|| {
                            view! {
                                <section class="card">
                                    <h2>{words::OTHERS}</h2>
                                    <p class="small soft">{words::OTHERS_HINT}</p>
                                    {lines(app, &others)}
                                </section>
                            }
                        })}
                }
            }}
        </div>
    }
}

fn lines(app: App, list: &[Difference]) -> View {
    let config = app.config();
    let line = |d: &Difference| {
        let field = group(&config, &d.group);
        let values = d.sides.iter().map(|s| say::value(&config, &d.subject, &d.group, &s.value));
        let values: Vec<_> = values.collect();
        let spoken = [words::OPEN, ": ", &field, ", ", &subject(&config, &d.subject)].concat();
        view! {
            <li>
                <div class="what">
                    <strong>{field}</strong>
                    <span class="small soft">{subject(&config, &d.subject)}</span>
                </div>
                <span class="num">{values.join(" / ")}</span>
                <a class=Look::Quiet.class() href=address(d) aria-label=spoken>
                    {words::OPEN}
                </a>
            </li>
        }
    };
    view! { <ul class="tasks">{list.iter().map(line).collect::<View>()}</ul> }
}
