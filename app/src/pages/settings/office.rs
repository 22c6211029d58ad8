//! *Kantor*: name, regency, address, zone, word for the villages.

use crate::signal::*;
use takar_domain::codec::to_value;
use takar_domain::config::Office;
use takar_domain::permission::Permission;
use takar_domain::record::{RecordId, Value};
use takar_domain::text::{procedure as steps, settings as words, sign};

use super::form::{Act, Form};
use super::page;
use crate::acts::settings::ask::{Ask, Kind};
use crate::acts::settings::{Settled, choice, read, save_office};
use crate::state::App;
use crate::view::View;

const ASKS: &[Ask] = &[
    Ask::new(Kind::Text, "name", words::OFFICE_NAME).hint(words::OFFICE_NAME_HINT),
    Ask::new(Kind::Text, "regency", words::REGENCY),
    Ask::new(Kind::Text, "address", words::ADDRESS).optional(),
    Ask::new(Kind::Text, "village_word", words::VILLAGE_WORD).hint(words::VILLAGE_WORD_HINT),
    Ask::new(Kind::Choice(choice::zones), "zone", words::ZONE),
    Ask::new(Kind::Text, "number_pattern", sign::NUMBER_PATTERN).hint(sign::NUMBER_PATTERN_HINT),
    Ask::new(Kind::Text, "letter_unit", sign::LETTER_UNIT).optional(),
    Ask::new(Kind::Text, "letter_class", sign::LETTER_CLASS).optional(),
    Ask::new(Kind::Text, "place", sign::PLACE).hint(sign::PLACE_HINT).optional(),
    Ask::new(Kind::Area, "retention", steps::SCHEDULE).hint(steps::SCHEDULE_HINT),
];

pub fn office(app: App) -> View {
    let config = untrack(|| app.config());
    let form = config.office.as_ref().map(|(id, office)| {
        let mut form = Form::new(app, "kantor", *id, ASKS, Act::Save(save));
        form.record = to_value(office);
        form.right = Some(Permission::ManageOffice);
        form.draw()
    });
    page(app, words::OFFICE, Permission::ManageOffice, form.unwrap_or_default())
}

fn save(app: App, id: RecordId, record: Value) -> Settled {
    let mut office: Office = read(&record)?;
    office.village_word.make_ascii_lowercase();
    save_office(&app.reader(), id, &office)
}
