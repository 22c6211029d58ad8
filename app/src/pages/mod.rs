//! One page per screen. What a press means is decided in [`crate::acts`], what
//! is shown comes from the view models of the domain.

pub mod blank;
pub mod budget;
pub mod difference;
pub mod entry;
pub mod first_run;
pub mod held;
pub mod help;
pub mod home;
pub mod notices;
pub mod outbox;
pub mod piece;
pub mod recap;
pub mod send;
pub mod settings;
pub mod sign_in;
pub mod steps;
pub mod units;
pub mod validate;

use takar_domain::record::RecordId;

use crate::acts::words;
use crate::route::Route;
use crate::state::App;

/// The record's id at a place of the page's address; `None` if it is missing or
/// no id. Reactive.
#[must_use]
pub fn id_at(route: Route, place: usize) -> Option<RecordId> {
    route.segment(place)?.parse().ok().map(RecordId)
}

/// The name of the unit that a page is about, empty without one. Reactive.
#[must_use]
pub fn unit_words(app: App, unit: Option<RecordId>) -> String {
    unit.map(|unit| words::unit_name(&app.config(), unit).to_owned()).unwrap_or_default()
}
