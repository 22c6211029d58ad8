//! *Orang dan jabatan*: who there is, and which posts they hold today.

use takar_domain::config::Config;
use takar_domain::permission::{Permission, posts};
use takar_domain::record::RecordId;
use takar_domain::sorted::sort_by;
use takar_domain::text::{names, settings as words};

use super::line::{line, list, opens};
use super::{fresh, page};
use crate::acts::words::unit_name;
use crate::state::App;
use crate::ui::{Look, Tone, tag};
use crate::view::{View, view};

pub fn people(app: App) -> View {
    let new = address(fresh());
    let inside = View::live(move || {
        let add = app.can(Permission::ManagePeople, None).then(|| {
            view! {
                <a class=Look::Main.class() href=new.clone()>
                    {words::ADD_PERSON}
                </a>
            }
        });
        view! {
            {list(lines(app))}
            {add}
        }
    });
    page(app, words::PEOPLE, Permission::ManagePeople, inside)
}

/// The page of a person.
pub fn address(id: RecordId) -> String {
    ["/pengaturan/orang/", &id.to_string()].concat()
}

fn lines(app: App) -> Vec<View> {
    let config = app.config();
    let today = app.today().to_string();
    let mut people: Vec<_> = config.people.iter().collect();
    sort_by(&mut people, |a, b| (!a.1.active, &a.1.name).cmp(&(!b.1.active, &b.1.name)));
    let lines = people.into_iter().map(|(id, person)| {
        let detail = [&held_today(&config, *id, &today), " · ", &person.username].concat();
        let mark = (!person.active).then(|| tag(Tone::Plain, words::PERSON_INACTIVE));
        line(&person.name, detail, mark, opens(Look::Quiet, address(*id), &person.name))
    });
    lines.collect()
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
