//! What pages read, derived from the engine and the signals.

use takar_domain::date::date_of;
use takar_domain::record::{OpId, Record, RecordId};
use takar_sync::client::{Outgoing, Trail};
use takar_sync::operation::Part;
use takar_sync::verdict::Outcome;

use super::core::Core;
use super::draft::DraftKey;
use super::status::{sync_view, unsent_days};
use super::view::{AccountInfo, Me, Notice, OpState, OutboxLine, SyncState, SyncView};
use crate::platform::{clock, page};

impl Core {
    pub fn record(&self, id: RecordId) -> Option<Record> {
        self.records.track(&id);
        self.engine.borrow().record(id)
    }

    pub fn me(&self) -> Option<Me> {
        let person = self.signals.person.get()?;
        let config = self.signals.config.get();
        let account = self.engine.borrow().accounts().find(|a| a.person == person)?;
        let zone = config.office.as_ref().map(|(_, o)| o.zone).unwrap_or_default();
        let today = date_of(self.office_now().unwrap_or_else(clock::wall_ms), zone).to_string();
        let held = config
            .holdings
            .values()
            .filter(|h| h.person == person && h.from <= today && h.to.as_ref().is_none_or(|to| *to >= today));
        let name = config.people.get(&person).map_or(account.name, |p| p.name.clone());
        Some(Me {
            person,
            name,
            posts: held.map(|h| (h.post, h.tenure, h.unit)).collect(),
            device: account.device,
        })
    }

    pub fn accounts(&self) -> Vec<AccountInfo> {
        self.signals.status.track();
        self.signals.outbox.track();
        self.signals.drafts.track();
        let current = self.signals.person.get();
        let sign_in_needed = self.status().state == SyncState::SignIn;
        let accounts: Vec<_> = self.engine.borrow().accounts().collect();
        let info = accounts.into_iter().map(|account| AccountInfo {
            person: account.person,
            current: current == Some(account.person),
            waiting: self.waiting_of(account.person),
            drafts: self.drafts_by(account.person),
            name: account.name,
            sign_in_needed,
        });
        info.collect()
    }

    /// Operations of a person without a verdict.
    pub fn waiting_of(&self, person: RecordId) -> usize {
        let engine = self.engine.borrow();
        let own = |o: &&Outgoing| o.waits() && o.operation.as_ref().is_some_and(|op| op.author == person);
        engine.outbox().filter(own).count()
    }

    /// Unsaved drafts of a person.
    pub fn drafts_by(&self, person: RecordId) -> usize {
        let drafts = self.drafts.borrow();
        let live = drafts.all.iter().filter(|(_, d)| !d.gone);
        live.filter(|(name, _)| DraftKey::parse(name).is_some_and(|k| k.person == person)).count()
    }

    pub fn status(&self) -> SyncView {
        self.signals.status.track();
        let config = self.signals.config.get();
        let zone = config.office.as_ref().map(|(_, office)| office.zone).unwrap_or_default();
        let somebody = self.signals.person.get().is_some();
        sync_view(&self.engine.borrow().status(), somebody, self.signals.wiped.get(), zone)
    }

    pub fn outbox(&self) -> Vec<OutboxLine> {
        self.signals.outbox.track();
        self.signals.status.track();
        let engine = self.engine.borrow();
        let lines = engine.outbox().filter_map(|outgoing| {
            let operation = outgoing.operation.as_ref()?;
            Some(OutboxLine {
                op: outgoing.op,
                number: operation.number,
                author: operation.author,
                acted_for: operation.acted_for,
                made_ms: operation.made.wall,
                source: operation.source,
                reason: operation.reason.clone(),
                parts: operation.parts.clone(),
                state: state_of(outgoing, engine.is_sending(outgoing.op)),
                refusal: engine.refusal(outgoing.op).map(str::to_owned),
            })
        });
        lines.collect()
    }

    pub fn history(&self, record: RecordId, group: &str) -> Vec<Trail> {
        self.records.track(&record);
        self.signals.outbox.track();
        self.engine.borrow().history(record, group)
    }

    pub fn op_state(&self, op: OpId) -> Option<OpState> {
        self.signals.outbox.track();
        self.signals.status.track();
        let engine = self.engine.borrow();
        let found = engine.outbox().find(|o| o.op == op)?;
        Some(state_of(found, engine.is_sending(op)))
    }

    pub fn preview(&self, parts: &[Part]) -> Vec<Outcome> {
        let person = self.signals.person.get_untracked();
        person.map(|person| self.engine.borrow().preview(self.now(), person, parts)).unwrap_or_default()
    }

    pub fn notices(&'static self) -> Vec<Notice> {
        let mut notices = Vec::new();
        if let Some(unsent) = self.signals.wiped.get() {
            notices.push(Notice::Wiped { unsent });
        }
        if let Some(full) = self.signals.store_failed.get() {
            notices.push(Notice::StoreFailed { full });
        }
        if !page::is_secure() {
            notices.push(Notice::NotSecure);
        }
        self.signals.outbox.track();
        let engine = self.engine.borrow();
        let waiting = engine.outbox().filter(|o| o.waits());
        let oldest = waiting.filter_map(|o| o.operation.as_ref()).map(|op| op.made.wall).min();
        if let Some(days) = unsent_days(oldest, clock::wall_ms()) {
            notices.push(Notice::UnsentForDays { days });
        }
        if self.signals.install.get() {
            notices.push(Notice::Install);
        }
        notices
    }

    /// The office's clock, once this start of the app heard it.
    pub fn office_now(&self) -> Option<i64> {
        let (office, mono) = self.heard.get()?;
        let since = clock::mono_ms().saturating_sub(mono);
        Some(office.saturating_add(i64::try_from(since).unwrap_or_default()))
    }
}

fn state_of(outgoing: &Outgoing, sending: bool) -> OpState {
    match &outgoing.item.receipt {
        Some(receipt) => OpState::Answered(receipt.verdict.clone()),
        None if sending => OpState::Sending,
        None => OpState::Waiting,
    }
}
