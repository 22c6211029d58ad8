//! *Jam kerja dan hari libur*: what lama proses is counted by.

use takar_domain::permission::Permission;
use takar_domain::record::{RecordId, Value};
use takar_domain::text::settings as words;
use takar_domain::worktime::written::{write_holidays, write_hours};

use super::form::{Act, Form};
use super::page;
use crate::acts::settings::ask::{Ask, Kind, text};
use crate::acts::settings::{Settled, calendar_id, save_calendar};
use crate::signal::*;
use crate::state::App;
use crate::view::View;

const ASKS: &[Ask] = &[
    Ask::new(Kind::Area, "hours", words::HOURS).hint(words::HOURS_HINT),
    Ask::new(Kind::Area, "holidays", words::HOLIDAYS).hint(words::HOLIDAYS_HINT).optional(),
];

#[inline(never)]
pub fn calendar(app: App) -> View {
    let config = untrack(|| app.config());
    let form = calendar_id(&config).map(|id| {
        let calendar = config.calendar();
        let mut form = Form::new(app, "kalender", id, ASKS, Act::Save(save));
        let written = [
            ("hours".to_owned(), Value::from(write_hours(&calendar.hours))),
            ("holidays".to_owned(), write_holidays(&calendar.holidays).into()),
        ];
        form.record = written.into_iter().collect();
        form.right = Some(Permission::ManageOffice);
        form.class = "card stack tall";
        form.draw()
    });
    page(app, words::CALENDAR, Permission::ManageOffice, form.unwrap_or_default())
}

fn save(app: App, id: RecordId, record: Value) -> Settled {
    save_calendar(&app.reader(), id, text(&record, "hours"), text(&record, "holidays"))
}
