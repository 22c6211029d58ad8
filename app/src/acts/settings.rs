//! *Pengaturan*: every setting is an ordinary operation, so that it works
//! without a connection and stays in the office's history.

pub mod ask;
mod calendar;
pub mod choice;
mod cycle;
mod nagari;
mod people;
mod plan;
pub mod sop;

pub use calendar::{calendar_id, save_calendar};
pub use cycle::{
    Opening, abandon_cycle, bases, basis_group, change_dates, close_cycle, counted_back, cycle_id,
    open_cycle, save_basis,
};
pub use nagari::{NagariPaste, paste_nagari, save_nagari, slug};
pub use people::{end_holding, save_holding, save_person};
pub use plan::{assign_node, confirm_directions, save_indicator, save_target, target_faults};
pub use sop::save_sop;

use serde::Serialize;
use serde::de::DeserializeOwned;
use takar_domain::codec::from_value;
use takar_domain::config::{Config, DEVICE, MAIN, Office, Unit};
use takar_domain::issue::Issue;
use takar_domain::record::{DeviceId, RecordId, Subject, Value};
use takar_sync::operation::Part;

use super::{Get, change, edit};

/// The parts of a setting, or what keeps it from being saved, by field.
pub type Settled = Result<Vec<Part>, Vec<Issue>>;

/// A setting as its form gives it.
///
/// # Errors
/// What is there has another shape: a newer app wrote it.
pub fn read<T: DeserializeOwned>(record: &Value) -> Result<T, Vec<Issue>> {
    from_value(record).map_err(|_| vec![Issue::hard("shape.wrong", "")])
}

fn main_part(get: Get<'_>, subject: Subject, value: &impl Serialize) -> Part {
    let record = get(subject.record());
    let change = change(record.as_ref(), MAIN, value);
    edit(subject, vec![change])
}

fn required(text: &str, path: &str, issues: &mut Vec<Issue>) {
    if text.trim().is_empty() {
        issues.push(Issue::hard("text.empty", path));
    }
}

fn settled(issues: Vec<Issue>, parts: Vec<Part>) -> Settled {
    if issues.is_empty() { Ok(parts) } else { Err(issues) }
}

/// The office's own name, regency, address, zone and word for its villages.
///
/// # Errors
/// Name and regency must not be empty: papers print both.
pub fn save_office(get: Get<'_>, id: RecordId, office: &Office) -> Settled {
    let mut issues = Vec::new();
    required(&office.name, "name", &mut issues);
    required(&office.regency, "regency", &mut issues);
    required(&office.village_word, "village_word", &mut issues);
    settled(issues, vec![main_part(get, Subject::Office { id }, office)])
}

/// What a device is called in histories and lists; empty for its code.
#[must_use]
pub fn name_device(get: Get<'_>, office: RecordId, device: DeviceId, name: &str) -> Part {
    let group = [DEVICE, &device.to_string()].concat();
    let change = change(get(office).as_ref(), &group, &name.trim());
    edit(Subject::Office { id: office }, vec![change])
}

/// A new or changed unit.
///
/// # Errors
/// The name must not be empty nor that of another active unit, and a unit
/// cannot stand below itself.
pub fn save_unit(config: &Config, get: Get<'_>, id: RecordId, unit: &Unit) -> Settled {
    let mut issues = Vec::new();
    required(&unit.name, "name", &mut issues);
    let name = unit.name.trim().to_ascii_lowercase();
    let twin = |(other, u): (&RecordId, &Unit)| {
        *other != id && u.active && u.name.trim().to_ascii_lowercase() == name
    };
    if unit.active && config.units.iter().any(twin) {
        issues.push(Issue::hard("settings.taken", "name"));
    }
    if unit.parent == Some(id) {
        issues.push(Issue::hard("settings.own_parent", "parent"));
    }
    settled(issues, vec![main_part(get, Subject::Unit { id }, unit)])
}
