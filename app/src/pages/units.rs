//! Which unit? For those who work for several; one unit opens at once.

use crate::signal::*;
use takar_domain::permission::Permission;
use takar_domain::record::RecordId;
use takar_domain::sorted::sort_by;
use takar_domain::text::{common, entry};

use crate::route::{Step, use_route};
use crate::state::{App, use_app};
use crate::ui::{Empty, Icon, Look, PageHead};
use crate::view::{View, view};

/// Active units over which the person who works has a right, in the office's order. Reactive.
#[must_use]
pub fn units_with(app: App, permission: Permission) -> Vec<RecordId> {
    let config = app.config();
    let mut units: Vec<_> =
        config.units.iter().filter(|(id, u)| u.active && app.can(permission, Some(**id))).collect();
    sort_by(&mut units, |a, b| (a.1.order, &a.1.name).cmp(&(b.1.order, &b.1.name)));
    units.into_iter().map(|(id, _)| *id).collect()
}

/// Chooses the unit of a page whose address is `base/<unit>`.
#[component]
pub fn Units(title: &'static str, permission: Permission, base: &'static str) -> View {
    let app = use_app();
    let units = Memo::new(move || units_with(app, permission));
    let route = use_route();
    Effect::run(move || {
        if let [only] = units.get().as_slice() {
            route.go(&format!("{base}/{only}"), Step::Replace);
        }
    });
    let list = move || {
        let config = app.config();
        let item = |id: RecordId| {
            let name = config.units.get(&id).map(|u| u.name.clone()).unwrap_or_default();
            view! {
                <li>
                    <div class="what">
                        <strong>{name.clone()}</strong>
                    </div>
                    <a class=Look::Quiet.class() href=format!("{base}/{id}")>
                        {common::OPEN}
                        <span class="sr">" " {name}</span>
                    </a>
                </li>
            }
        };
        units.get().into_iter().map(item).collect::<View>()
    };
    let none = move || units.with(Vec::is_empty);
    view! {
        <div class="stack">
            <PageHead
                title=title
                lead=Signal::derive(move || (!none()).then(|| entry::WHICH_UNIT.to_owned()))
            />
            {move || {
                if none() {
                    view! {
                        <Empty sign=Icon::Sheet title=entry::NO_UNIT>
                            <p>{entry::NO_UNIT_LEAD}</p>
                        </Empty>
                    }
                } else {
                    view! {
                        <section class="card">
                            <ul class="tasks">{list()}</ul>
                        </section>
                    }
                }
            }}
        </div>
    }
}
