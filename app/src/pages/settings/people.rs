//! *Orang dan jabatan*: who there is, and which posts they hold today.

use crate::signal::*;
use takar_domain::config::{Config, Person};
use takar_domain::permission::{Permission, posts};
use takar_domain::record::RecordId;
use takar_domain::sorted::sort_by;
use takar_domain::text::{common, names, settings as words};

use super::{fresh, head};
use crate::acts::words::unit_name;
use crate::state::App;
use crate::ui::{Look, Tone, tag};
use crate::view::{View, view};

#[component]
pub fn PeoplePage(app: App) -> View {
    let new = format!("/pengaturan/orang/{}", fresh());
    view! {
        <div class="stack">
            {head(app, words::PEOPLE, Permission::ManagePeople)}
            <section class="card">
                <ul class="tasks">{move || lines(app)}</ul>
            </section>
            {move || {
                app.can(Permission::ManagePeople, None)
                    .then(|| {
                        view! {
                            <a class=Look::Main.class() href=new.clone()>
                                {words::ADD_PERSON}
                            </a>
                        }
                    })
            }}
        </div>
    }
}

fn lines(app: App) -> View {
    let config = app.config();
    let today = app.today().to_string();
    let mut people: Vec<_> = config.people.iter().collect();
    sort_by(&mut people, |a, b| (!a.1.active, &a.1.name).cmp(&(!b.1.active, &b.1.name)));
    let line = |(id, person): (&RecordId, &Person)| {
        let held = held_today(&config, *id, &today);
        view! {
            <li>
                <div class="what">
                    <strong>{person.name.clone()}</strong>
                    <span class="small soft">{held} " · " {person.username.clone()}</span>
                </div>
                {(!person.active).then(|| tag(Tone::Plain, words::PERSON_INACTIVE))}
                <a
                    class=Look::Quiet.class()
                    href=format!("/pengaturan/orang/{id}")
                    aria-label=[common::OPEN, ": ", &person.name].concat()
                >
                    {common::OPEN}
                </a>
            </li>
        }
    };
    people.into_iter().map(line).collect()
}

/// `Kepala Seksi, Seksi Pemerintahan`; several posts one after the other.
fn held_today(config: &Config, person: RecordId, today: &str) -> String {
    let held: Vec<_> = posts(config, person, today)
        .map(|h| {
            let post = names::post_held(h.post, h.tenure);
            h.unit.map_or_else(|| post.clone(), |unit| [&post, ", ", unit_name(config, unit)].concat())
        })
        .collect();
    if held.is_empty() { words::NO_POST.into() } else { held.join("; ") }
}
