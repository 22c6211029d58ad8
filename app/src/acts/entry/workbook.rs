//! A form that comes back as a workbook: its cells become what somebody would have
//! typed, and so meet the same checks.

use takar_domain::check::Context;
use takar_domain::config::Config;
use takar_domain::date::Date;
use takar_domain::figure::NAGARI;
use takar_domain::record::{Group, RecordId};
use takar_domain::text::workbook::issue as said;
use takar_domain::view::entry_sheet::EntrySheet;
use takar_domain::view::workbook::{Place, Returned, ReturnedCell};
use takar_sync::operation::Part;

use super::compile::Figure;
use super::save::work;
use super::typed::{DONE, Typed};
use crate::acts::{Get, edit, words as say};

/// What a workbook would change.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Brought {
    /// One per figure that changes.
    pub parts: Vec<Part>,
    /// Each change in words: where, what, from what stands now.
    pub changes: Vec<(String, String)>,
    /// Cells that cannot be used, and why.
    pub faults: Vec<(String, String)>,
}

/// What stands in the cells of one indicator.
struct Filled {
    indicator: RecordId,
    typed: Typed,
    /// Where each group was filled.
    cells: Vec<(String, String)>,
}

/// Reads a workbook against the unit's sheet as it stands. Empty cells change nothing.
#[must_use]
pub fn bring(config: &Config, get: Get<'_>, sheet: &EntrySheet, back: &Returned, today: Date) -> Brought {
    let mut brought = Brought::default();
    let mut typed: Vec<Filled> = Vec::new();
    for cell in &back.cells {
        match placed(sheet, cell) {
            Ok((place, text)) => {
                let known = typed.iter().position(|one| one.indicator == place.indicator);
                let at = known.unwrap_or(typed.len());
                if known.is_none() {
                    typed.push(Filled {
                        indicator: place.indicator,
                        typed: Typed::default(),
                        cells: Vec::new(),
                    });
                }
                if let Some(one) = typed.get_mut(at) {
                    one.cells.push((place.group.clone(), cell.at.clone()));
                    one.typed.0.insert((place.group, place.field), text);
                }
            }
            Err(code) => brought.faults.push((cell.at.clone(), said(code))),
        }
    }
    for Filled { indicator, typed, cells } in &typed {
        let Some(row) = sheet.rows.iter().find(|row| row.indicator == *indicator) else { continue };
        let record = get(row.figure);
        let around = Context { period: sheet.period, target: row.target, last: row.last, today };
        let figure = Figure { indicator: &row.shape, record: record.as_ref(), typed, around };
        let work = work(&figure, None);
        let at = |group: &str| {
            let at: Vec<_> = cells.iter().filter(|(of, _)| of == group).map(|(_, at)| at.as_str()).collect();
            at.join(", ")
        };
        for (group, issue) in &work.blocked {
            brought.faults.push((at(group), takar_domain::text::issue(issue)));
        }
        let mut changes = work.changes;
        // Who chooses between two values does it on their page, with a reason.
        let differs =
            |group: &str| record.as_ref().is_some_and(|r| r.groups.get(group).is_some_and(Group::differs));
        let open = changes.iter().filter(|change| differs(&change.group));
        brought.faults.extend(open.map(|change| (at(&change.group), said("sheet.differs"))));
        changes.retain(|change| !differs(&change.group));
        for change in &mut changes {
            let place = [&row.name, " · ", &say::group(config, &change.group)].concat();
            let now = say::value(config, &row.subject, &change.group, &change.value);
            brought.changes.push((place, now));
            change.seen = record.as_ref().map(|r| r.seen(&change.group)).unwrap_or_default();
        }
        if !changes.is_empty() {
            brought.parts.push(edit(row.subject.clone(), changes));
        }
    }
    brought
}

/// The field that a cell fills, and the text as it would be typed there.
fn placed(sheet: &EntrySheet, cell: &ReturnedCell) -> Result<(Place, String), &'static str> {
    if let Some(fault) = &cell.fault {
        return Err(if fault == "sheet.formula" {
            "sheet.formula"
        } else if fault == "sheet.date" {
            "sheet.date"
        } else {
            "sheet.kind"
        });
    }
    let known = |place: &Place| {
        let row = sheet.rows.iter().find(|row| row.indicator == place.indicator && row.same_as.is_none());
        let nagari = |code| row.is_some_and(|row| row.nagari.iter().any(|n| n.code == code));
        row.is_some() && place.group.strip_prefix(NAGARI).is_none_or(nagari)
    };
    let place = Place::parse(&cell.key).filter(known).ok_or("sheet.place")?;
    if place.field != DONE {
        return Ok((place, cell.text.clone()));
    }
    let tick = match cell.text.to_ascii_lowercase().as_str() {
        "sudah" | "ya" | "1" => "1",
        "belum" | "tidak" | "0" => "0",
        _ => return Err("sheet.tick"),
    };
    Ok((place, tick.to_owned()))
}
