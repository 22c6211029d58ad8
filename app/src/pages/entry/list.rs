//! The unit's indicators on a phone: where each stands, one press to its card.

use std::sync::Arc;

use takar_domain::figure::EntryState;
use takar_domain::number;
use takar_domain::record::RecordId;
use takar_domain::text::entry;

use super::line::{Line, Sheet};
use super::standing::standing;
use crate::acts::words::measured;
use crate::state::App;
use crate::ui::Look;
use crate::view::{View, view};

/// All indicators; above them the next one to fill.
pub fn list(app: App, sheet: Sheet, unit: RecordId, order: &[RecordId]) -> View {
    let items = order.iter().map(|i| item(Line::new(app, sheet, unit, *i))).collect::<View>();
    view! {
        <div class="stack">
            {move || next(sheet, unit)} <section class="card">
                <ul class="tasks">{items}</ul>
            </section>
        </div>
    }
}

/// The first indicator that nobody filled.
fn next(sheet: Sheet, unit: RecordId) -> View {
    let open = sheet.with(|s| {
        let rows = s.as_ref().map(|s| &s.rows)?;
        let blank = |r: &&Arc<takar_domain::view::entry_sheet::EntryRow>| {
            r.same_as.is_none()
                && r.actual.state == EntryState::NotFilled
                && r.achievement.state != EntryState::NoTarget
        };
        rows.iter().find(blank).map(|r| r.indicator)
    });
    match open {
        Some(id) => view! {
            <a class=format!("{} wide", Look::Main.class()) href=format!("/isi/{unit}/{id}")>
                {entry::CONTINUE}
            </a>
        },
        None => view! { <p>{entry::ALL_FILLED}</p> },
    }
}

fn item(line: Line) -> View {
    let (unit, indicator) = (line.unit, line.indicator);
    let name = move || line.row.with(|r| r.as_ref().map(|r| r.name.clone()));
    let value = move || {
        line.live.with(|l| l.as_ref().and_then(|l| l.actual.number)).map(|n| {
            let measure = line.row.with(|r| r.as_ref().map(|r| r.measure.clone()).unwrap_or_default());
            measured(&measure, &number::format(n))
        })
    };
    view! {
        <li>
            <div class="what">
                <a class="item-link" href=format!("/isi/{unit}/{indicator}")>
                    {name}
                </a>
                {standing(line)}
            </div>
            <strong class="num">{value}</strong>
        </li>
    }
}
