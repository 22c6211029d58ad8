//! Where one value stands on its way: typed, waiting, sending, at the office.

use takar_domain::record::{OpId, Record};
use takar_domain::status::FigureStatus;

use super::typed::Typed;

/// What the state beside a value says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Typed, not saved.
    Draft,
    /// Saved on this device.
    Waiting,
    /// On its way to the office.
    Sending,
    /// At the office, with its place in the work.
    Office(FigureStatus),
}

/// Something typed counts first, then what has not arrived, then the office's word.
#[must_use]
pub fn standing(
    typed: &Typed,
    record: Option<&Record>,
    sending: &dyn Fn(OpId) -> bool,
    status: FigureStatus,
) -> Standing {
    if !typed.is_empty() {
        return Standing::Draft;
    }
    if status == FigureStatus::Differs {
        return Standing::Office(status);
    }
    let groups = record.into_iter().flat_map(|r| r.groups.values());
    let waiting: Vec<_> = groups.flat_map(|g| &g.heads).filter(|h| h.seq.is_none()).map(|h| h.op).collect();
    match waiting.as_slice() {
        [] => Standing::Office(status),
        ops if ops.iter().any(|op| sending(*op)) => Standing::Sending,
        _ => Standing::Waiting,
    }
}
