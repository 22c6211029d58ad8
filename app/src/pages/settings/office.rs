//! *Kantor*: name, regency, address, zone, word for the villages.

use crate::signal::*;
use takar_domain::config::{Office, Zone};
use takar_domain::permission::Permission;
use takar_domain::text::{common, settings as words};

use super::{Saving, head};
use crate::acts::settings::save_office;
use crate::pages::piece::{Input, Select, input};
use crate::state::App;
use crate::ui::{Button, ErrorSummary};
use crate::view::{View, view};

#[component]
pub fn OfficePage(app: App) -> View {
    let known = untrack(|| app.config().office.clone());
    view! {
        <div class="stack">
            {head(app, words::OFFICE, Permission::ManageOffice)}
            {known.map(|(id, office)| view! { <Form app=app id=id office=office /> })}
        </div>
    }
}

#[component]
fn Form(app: App, id: takar_domain::record::RecordId, office: Office) -> View {
    let form = Saving::new(app, "kantor");
    let errors = form.errors;
    let name = RwSignal::new(office.name.clone());
    let regency = RwSignal::new(office.regency.clone());
    let address = RwSignal::new(office.address.clone());
    let village = RwSignal::new(office.village_word.clone());
    let zone = RwSignal::new(zone_code(office.zone).to_owned());
    let office = StoredValue::new(office);
    let press = move || {
        let changed = Office {
            name: name.get_untracked().trim().into(),
            regency: regency.get_untracked().trim().into(),
            address: address.get_untracked().trim().into(),
            village_word: village.get_untracked().trim().to_ascii_lowercase(),
            zone: zone_of(&zone.get_untracked()),
            ..office.get_value()
        };
        let settled = untrack(|| save_office(&app.reader(), id, &changed));
        form.submit(settled, || {});
    };
    let zones = words::ZONES.map(|(code, words)| (code.to_owned(), words.to_owned())).to_vec();
    view! {
        <ErrorSummary errors=errors />
        <section class="card stack">
            {input(Input::text("kantor-name", words::OFFICE_NAME).hint(words::OFFICE_NAME_HINT), name, errors)}
            {input(Input::text("kantor-regency", words::REGENCY), regency, errors)}
            {input(Input::text("kantor-address", words::ADDRESS).optional(), address, errors)}
            {input(Input::text("kantor-village_word", words::VILLAGE_WORD).hint(words::VILLAGE_WORD_HINT), village, errors)}
            <Select
                label=words::ZONE
                options=Signal::stored(zones)
                value=zone
                on_pick=zone
                short=true
            />
            {move || app.can(Permission::ManageOffice, None).then(|| view! { <Button press=press>{common::SAVE}</Button> })}
        </section>
    }
}

const fn zone_code(zone: Zone) -> &'static str {
    match zone {
        Zone::Wib => "WIB",
        Zone::Wita => "WITA",
        Zone::Wit => "WIT",
    }
}

fn zone_of(code: &str) -> Zone {
    match code {
        "WITA" => Zone::Wita,
        "WIT" => Zone::Wit,
        _ => Zone::Wib,
    }
}
