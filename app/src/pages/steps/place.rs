//! Which step a page is about.

use crate::signal::*;
use takar_domain::config::Config;
use takar_domain::procedure::{Progress, UnitProgress};
use takar_domain::record::{RecordId, Source, Subject};
use takar_sync::operation::Part;

use super::All;
use crate::acts::steps::{acted_for, may_choose, may_move, may_reopen};
use crate::acts::words::step_page;
use crate::pages::id_at;
use crate::route::{Route, segment};
use crate::state::{App, Save};

/// The round of an address, else the one in view. Reactive.
pub fn cycle(app: App, route: Route) -> Option<RecordId> {
    id_at(route, 1).or_else(|| app.cycle().map(|(id, _)| id))
}

/// Step and unit behind `/tahapan/<cycle>/`.
pub fn step(path: &str) -> Option<(u16, Option<RecordId>)> {
    let step = segment(path, 2)?.parse().ok()?;
    Some((step, segment(path, 3).and_then(|id| id.parse().ok()).map(RecordId)))
}

/// One step, in one unit if units do it apart; a handle, freely copied.
#[derive(Clone, Copy)]
pub struct Place {
    pub app: App,
    pub cycle: RecordId,
    pub step: u16,
    pub unit: Option<RecordId>,
    pub all: All,
    /// She says that she acts herself, where she may also record for another.
    pub own: RwSignal<bool>,
}

impl Place {
    pub const fn subject(self) -> Subject {
        Subject::StepRun { cycle: self.cycle, step: self.step, unit: self.unit }
    }

    /// What `read` finds in the step and in its run here; `None` for the overview of
    /// a step that units do apart. Reactive.
    pub fn with<T>(self, read: impl FnOnce(&Progress, Option<&UnitProgress>) -> T) -> Option<T> {
        self.all.with(|all| {
            let step = all.0.iter().find(|s| s.step.number == self.step)?;
            Some(read(step, step.runs.iter().find(|run| run.unit == self.unit)))
        })
    }

    /// The run here, if there is one. Reactive.
    pub fn with_run<T>(self, read: impl FnOnce(&Progress, &UnitProgress) -> T) -> Option<T> {
        self.with(|step, run| run.map(|run| read(step, run))).flatten()
    }

    /// Where the page of this step is, or of another one of the round.
    pub fn href(self, step: u16, unit: Option<RecordId>) -> String {
        step_page(&Subject::StepRun { cycle: self.cycle, step, unit })
    }

    /// Whether the person who works may move the step. Reactive.
    pub fn may(self) -> bool {
        self.asks(may_move)
    }

    /// Whether she may open it again. Reactive.
    pub fn may_reopen(self) -> bool {
        self.asks(may_reopen)
    }

    /// Whether the round is open. Reactive.
    pub fn is_open(self) -> bool {
        self.app.config().cycles.get(&self.cycle).is_some_and(|c| c.open)
    }

    fn asks(self, may: fn(&Config, RecordId, &Subject, &str) -> bool) -> bool {
        let Some(me) = self.app.me() else { return false };
        self.is_open() && may(&self.app.config(), me.person, &self.subject(), &self.app.today().to_string())
    }

    /// Whether she may say for whom she acts. Reactive.
    pub fn may_choose(self) -> bool {
        self.asks(may_choose)
    }

    /// For whom she records the step. Reactive.
    pub fn acted_for(self) -> Option<RecordId> {
        let chosen = || self.own.get() && self.may_choose();
        self.named().filter(|_| !chosen())
    }

    /// For whom she would record it, unless she says otherwise. Reactive.
    pub fn named(self) -> Option<RecordId> {
        let me = self.app.me()?;
        acted_for(&self.app.config(), me.person, &self.subject(), &self.app.today().to_string())
    }

    /// One operation about the step; what is recorded for somebody came on paper.
    pub fn save(self, parts: Vec<Part>, reason: Option<String>) -> Save {
        let acted_for = untrack(|| self.acted_for());
        let source = acted_for.map_or(Source::Own, |_| Source::Paper);
        Save { parts, source, acted_for, reason, ..Save::default() }
    }
}
