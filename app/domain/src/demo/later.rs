//! What is known after the units: realisasi anggaran, and one
//! figure of the quarter before that was wrong.

use super::DemoPart;
use super::story::{LAPTOP, Teller, edit};
use super::values;
use crate::budget::{Budget, funded, subject};
use crate::config::MAIN;
use crate::date::Date;
use crate::decimal::Decimal;
use crate::figure::{RESTATED, Restated};
use crate::period::Period;
use crate::setup::plain;

impl Teller {
    /// The running quarter's without its last month, which is awaited.
    pub(super) fn budgets(&mut self) {
        let end = self.period.last_day();
        let month = end.and_then(|end| Date::new(end.year(), end.month(), 1)).map(|first| first.add_days(-1));
        let parts = self.spent(self.period, month, 58);
        if !parts.is_empty() {
            self.moved("bendahara", LAPTOP, 6, (11, 5), parts);
        }
    }

    /// So many percent of every pagu, a little more or less by its place in the plan.
    pub(super) fn spent(&self, period: Period, until: Option<Date>, percent: i64) -> Vec<DemoPart> {
        let Some(until) = until else { return Vec::new() };
        let one = |(place, (node, pagu)): (i64, (_, Decimal))| {
            let actual = pagu * Decimal::from(percent + place % 7 - 3) / Decimal::from(100);
            let budget = Budget {
                actual: actual.ceil(),
                until: until.to_string(),
                source: "Laporan realisasi anggaran".into(),
                confirmed: Vec::new(),
            };
            edit(subject(node, period), vec![(MAIN.into(), plain(&budget))])
        };
        (0..).zip(funded(&self.config, period)).map(one).collect()
    }

    /// One nagari was counted twice in the quarter before.
    pub(super) fn restated(&mut self) {
        let Some(reports) = self.indicator(values::REPORTS) else { return };
        let before = values::counted(values::REPORTS, values::When::Last);
        let restated = Restated {
            before: Some(before.into()),
            after: (before - 1).into(),
            reason: "Satu nagari terhitung dua kali.".into(),
        };
        let group = [RESTATED, &self.period.to_string()].concat();
        let subject = values::figure(reports, self.period.previous());
        self.moved(
            "kasi.pemerintahan",
            LAPTOP,
            1,
            (9, 25),
            vec![edit(subject, vec![(group, plain(&restated))])],
        );
    }
}
