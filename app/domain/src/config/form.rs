//! The form of one cycle (SOP step 2): what is measured in it, by when and with
//! which evidence.

use serde::Serialize;
use takar_derive::Readable;

use super::{Config, Indicator};
use crate::issue::Issue;
use crate::period::Period;
use crate::record::RecordId;
use crate::shape::{MAX_LINE, is_iso_date};
use crate::sorted::{Map, Set};

/// The group of a cycle's form.
pub const FORM: &str = "form";

/// Most indicators, units and the like that one form may name.
const MAX_NAMED: usize = 2_000;

/// One version of a cycle's form. Which versions were before, by whom and when, is
/// the history of the record.
///
/// A cycle without one measures the plan: that is version 1. What joins the plan
/// later joins every form that does not leave it out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Readable)]
pub struct Form {
    /// Each version is one more than the one that its author saw.
    pub version: u32,
    /// Indicators of the plan that this cycle does not measure.
    #[serde(default, skip_serializing_if = "Set::is_empty")]
    pub left_out: Set<RecordId>,
    /// Batas isi data of a unit, ISO, where it is not the cycle's.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub dates: Map<RecordId, String>,
    /// Bukti dukung that is asked for, by indicator.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub evidence: Map<RecordId, String>,
    /// Why it is changed: a remark of a unit, a decision of the meeting.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub because: String,
    /// The line of the meeting's decisions that it carries out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<String>,
}

impl Default for Form {
    /// The plan as it stands.
    fn default() -> Self {
        Self {
            version: 1,
            left_out: Set::new(),
            dates: Map::new(),
            evidence: Map::new(),
            because: String::new(),
            decision: None,
        }
    }
}

impl Config {
    /// The form of a cycle as it stands, the plan itself if nobody changed it.
    #[must_use]
    pub fn form(&self, cycle: RecordId) -> Form {
        self.forms.get(&cycle).cloned().unwrap_or_default()
    }

    /// Whether a cycle measures an indicator. Every list of a cycle's indicators
    /// asks this, so that what is removed from the form is gone from all of them.
    /// `None`: the plan.
    ///
    /// What is entered at another indicator goes with that one.
    #[must_use]
    #[inline(never)]
    pub fn measures(&self, cycle: Option<RecordId>, indicator: RecordId) -> bool {
        let Some(found) = self.indicators.get(&indicator) else { return false };
        let form = cycle.and_then(|id| self.forms.get(&id));
        let left_out = |id| form.is_some_and(|form| form.left_out.contains(&id));
        found.active && !left_out(indicator) && !found.same_as.is_some_and(left_out)
    }

    /// Whether an indicator's figure of a period counts, see [`Self::measures`].
    #[must_use]
    pub fn measured_in(&self, period: Period, indicator: RecordId) -> bool {
        self.measures(self.form_cycle(period), indicator)
    }

    /// The cycle whose form a period is measured by: the open one, else one that
    /// was not given up.
    #[must_use]
    #[inline(never)]
    pub fn form_cycle(&self, period: Period) -> Option<RecordId> {
        let closed = || {
            let ended = self.cycles.iter().find(|(_, c)| c.period == period && c.abandoned.is_none());
            ended.map(|(id, _)| *id)
        };
        self.cycle_of(period).or_else(closed)
    }

    /// The indicators that are entered in a cycle, each once, by id.
    #[inline(never)]
    pub fn entered(&self, cycle: RecordId) -> impl Iterator<Item = (RecordId, &Indicator)> {
        let all = self.indicators.iter().filter(|(_, i)| i.same_as.is_none());
        all.filter(move |(id, _)| self.measures(Some(cycle), **id)).map(|(id, i)| (*id, i))
    }

    /// Batas isi data of a unit in a cycle, ISO.
    #[must_use]
    pub fn due_of(&self, cycle: RecordId, unit: RecordId) -> Option<&str> {
        let own = self.forms.get(&cycle).and_then(|form| form.dates.get(&unit));
        own.or_else(|| self.cycles.get(&cycle)?.due.as_ref()).map(String::as_str)
    }
}

/// What no state of the office could mend.
pub(crate) fn check(form: &Form, found: &mut Vec<Issue>) {
    let named = [form.left_out.len(), form.dates.len(), form.evidence.len()];
    if form.version < 2 || named.iter().any(|count| *count > MAX_NAMED) {
        found.push(Issue::hard("form.version", "version"));
    }
    if form.dates.values().any(|date| !is_iso_date(date)) {
        found.push(Issue::hard("date.wrong", "dates"));
    }
    let texts = form.evidence.values().chain([&form.because]).chain(&form.decision);
    if texts.into_iter().any(|text| text.chars().count() > MAX_LINE) {
        found.push(Issue::hard("text.too_long", "because").with("max", MAX_LINE.to_string()));
    }
}
