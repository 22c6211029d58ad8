//! Who may do what: one table by jabatan and scope (domain.md §4).
//!
//! Used by the screen and enforced by the server. Rights follow the jabatan on
//! a date, never a stored person.

use crate::config::{Config, Holding, Post, UnitKind};
use crate::record::RecordId;
use crate::sorted::sort;

/// What a person may be allowed to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Permission {
    Read,
    /// Isi data, also for another unit from paper where the scope is the whole office.
    EnterFigure,
    /// Periksa & kirim.
    SendForm,
    ValidateFigure,
    /// Choose between values that stand side by side.
    DecideDifference,
    /// Plan, targets, pagu, and figures of periods without an open cycle.
    ManagePlan,
    ManageCycle,
    /// Office, units, nagari, measurement policy, SOP.
    ManageOffice,
    /// People and the posts they hold.
    ManagePeople,
    /// Take over an operation that was held.
    ResolveHeld,
    /// Move any step, also in the name of who acts by the SOP.
    RunSteps,
    /// Open a step again, and thereby give a unit its data back.
    ReopenSteps,
    /// Realisasi anggaran.
    EnterBudget,
    /// Sign the document, or record who signed it on paper (SOP step 11).
    Sign,
}

impl Permission {
    /// Every permission, in the order of the columns of the table below.
    pub const ALL: [Self; 14] = [
        Self::Read,
        Self::EnterFigure,
        Self::SendForm,
        Self::ValidateFigure,
        Self::DecideDifference,
        Self::ManagePlan,
        Self::ManageCycle,
        Self::ManageOffice,
        Self::ManagePeople,
        Self::ResolveHeld,
        Self::RunSteps,
        Self::ReopenSteps,
        Self::EnterBudget,
        Self::Sign,
    ];
}

/// How far a right reaches from the unit in which the post is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scope {
    No,
    /// The unit of the post.
    Own,
    /// The secretariat with its sub bagian, and every unit whose head's post is
    /// vacant: the Sekretaris acts for them.
    Branch,
    All,
}
use Scope::{All, Branch, No, Own};

/// Columns: Read, Enter, Send, Validate, Decide, Plan, Cycle, Office, People, Held, Steps, Reopen, Budget,
/// Sign.
const TABLE: [(Post, [Scope; 14]); 11] = [
    (Post::Camat, [All, No, No, No, No, No, No, No, No, No, No, All, No, All]),
    (Post::Sekretaris, [All, Branch, Branch, Branch, Branch, All, All, All, All, Branch, All, All, All, All]),
    (Post::Perencana, [All, Own, No, No, No, All, All, No, No, No, No, No, No, No]),
    (Post::Kasubbag, [All, Own, Own, Own, Own, No, No, No, No, Own, No, No, No, No]),
    (Post::Kasi, [All, Own, Own, Own, Own, No, No, No, No, Own, No, No, No, No]),
    // The team types what units hand in on paper; an undecided difference
    // passes to its Sekretaris after some days.
    (Post::SekretarisTim, [All, All, No, No, All, All, All, No, No, No, All, All, No, No]),
    (Post::AnggotaTim, [All, All, No, No, No, No, No, No, No, No, No, No, No, No]),
    (Post::Pelaksana, [All, Own, Own, No, No, No, No, No, No, No, No, No, No, No]),
    (Post::Bendahara, [All, Own, No, No, No, No, No, No, No, No, No, No, All, No]),
    (Post::Inspektorat, [All, No, No, No, No, No, No, No, No, No, No, No, No, No]),
    (Post::Admin, [All, No, No, No, No, All, All, All, All, No, No, No, No, No]),
];

/// Whether an active person has a right on `date` (ISO) over `unit`.
///
/// `unit: None` means the whole office, or a figure for which no unit answers:
/// then only rights over everything count, and the Sekretaris as for a vacant head.
#[must_use]
pub fn allows(
    config: &Config,
    person: RecordId,
    permission: Permission,
    unit: Option<RecordId>,
    date: &str,
) -> bool {
    active(config, person) && holds(config, person, permission, unit, date)
}

/// Whether a person may still work at the office.
#[must_use]
pub fn active(config: &Config, person: RecordId) -> bool {
    config.people.get(&person).is_some_and(|p| p.active)
}

/// As [`allows`], without asking whether the person is still active: what the
/// office's dated posts say about an earlier day.
pub(crate) fn holds(
    config: &Config,
    person: RecordId,
    permission: Permission,
    unit: Option<RecordId>,
    date: &str,
) -> bool {
    posts(config, person, date).any(|h| covers(config, h, scope(h.post, permission), unit, date))
}

/// The posts a person holds on a date (ISO, both ends inclusive).
pub fn posts<'a>(config: &'a Config, person: RecordId, date: &'a str) -> impl Iterator<Item = &'a Holding> {
    config.holdings.values().filter(move |h| h.person == person && runs(h, date))
}

/// The active units over which a person has a right, in the office's order.
#[must_use]
pub fn units(config: &Config, person: RecordId, permission: Permission, date: &str) -> Vec<RecordId> {
    let mut found: Vec<_> = config
        .units
        .iter()
        .filter(|(id, u)| u.active && allows(config, person, permission, Some(**id), date))
        .map(|(id, u)| (u.order, *id))
        .collect();
    sort(&mut found);
    found.into_iter().map(|(_, id)| id).collect()
}

/// The person who heads a unit on a date; `None` if the post is vacant.
#[must_use]
pub fn head_of(config: &Config, unit: RecordId, date: &str) -> Option<RecordId> {
    let post = match config.units.get(&unit)?.kind {
        UnitKind::Secretariat => Post::Sekretaris,
        UnitKind::SubSection => Post::Kasubbag,
        UnitKind::Section => Post::Kasi,
    };
    let active = |person: RecordId| config.people.get(&person).is_some_and(|p| p.active);
    let here = |h: &Holding| h.unit == Some(unit) || (h.unit.is_none() && post == Post::Sekretaris);
    let mut holders = config.holdings.values();
    holders.find(|h| h.post == post && here(h) && runs(h, date) && active(h.person)).map(|h| h.person)
}

fn runs(holding: &Holding, date: &str) -> bool {
    holding.from.as_str() <= date && holding.to.as_deref().is_none_or(|to| date <= to)
}

fn scope(post: Post, permission: Permission) -> Scope {
    let column = permission as usize;
    let row = TABLE.iter().find(|(p, _)| *p == post);
    row.and_then(|(_, scopes)| scopes.get(column)).copied().unwrap_or(No)
}

fn covers(config: &Config, holding: &Holding, scope: Scope, unit: Option<RecordId>, date: &str) -> bool {
    match (scope, unit) {
        (All, _) | (Branch, None) => true,
        (No, _) | (Own, None) => false,
        (Own, Some(unit)) => holding.unit == Some(unit),
        (Branch, Some(unit)) => in_secretariat(config, unit) || head_of(config, unit, date).is_none(),
    }
}

fn in_secretariat(config: &Config, unit: RecordId) -> bool {
    let mut next = Some(unit);
    // Units are data: a loop in them must not hang the office.
    for _ in 0..8 {
        let Some(unit) = next.and_then(|id| config.units.get(&id)) else { return false };
        if unit.kind == UnitKind::Secretariat {
            return true;
        }
        next = unit.parent;
    }
    false
}
