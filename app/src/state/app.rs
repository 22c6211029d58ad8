//! What pages read. Every method marked reactive makes the running effect,
//! memo or view depend on what it returned.

use std::sync::Arc;

use leptos::prelude::{self as graph, GetValue, LocalStorage};
use takar_domain::config::{Config, Cycle, Zone};
use takar_domain::date::{Date, date_of};
use takar_domain::evidence::Reference;
use takar_domain::issue::Issue;
use takar_domain::permission::{Permission, allows};
use takar_domain::record::{OpId, Record, RecordId};
use takar_domain::view::workbook::{Book, Returned};
use takar_sync::client::{Progress, Trail, Transfer};
use takar_sync::operation::Part;
use takar_sync::verdict::Outcome;

use super::core::Core;
use super::draft::{Draft, DraftKey};
use super::view::{AccountInfo, Me, Notice, OpState, OutboxLine, Phase, SyncState, SyncView, Words};
use crate::api::setup::FirstRunState;
use crate::platform::clock;
use crate::platform::files::Picked;
use crate::signal::*;

/// The app as pages see it: a handle, freely copied into closures.
#[derive(Clone, Copy)]
pub struct App {
    core: graph::StoredValue<&'static Core, LocalStorage>,
}

/// The app of this page.
///
/// Only below [`App::provide`], which the shell calls once.
#[must_use]
pub fn use_app() -> App {
    match shared() {
        Some(known) => known,
        None => unreachable!("shared before a page is made"),
    }
}

impl App {
    /// Starts the app and shares it with everything below.
    pub fn provide() -> Self {
        let app = Self { core: graph::StoredValue::new_local(Core::new()) };
        share(app);
        app.core().start();
        app
    }

    pub(super) fn core(&self) -> &'static Core {
        self.core.get_value()
    }

    /// What the app as a whole can show. Reactive.
    #[must_use]
    pub fn phase(&self) -> Phase {
        self.core().signals.phase.get()
    }

    /// What the reader must know about this device. Reactive.
    #[must_use]
    pub fn notices(&self) -> Vec<Notice> {
        self.core().notices()
    }

    /// Takes the notice about wiped data away, after the reader has seen it.
    pub fn dismiss_wiped(&self) {
        self.core().set_wiped(None);
    }

    /// Who works. Reactive.
    #[must_use]
    pub fn me(&self) -> Option<Me> {
        self.core().me()
    }

    /// Who is signed in on this device. Reactive.
    #[must_use]
    pub fn accounts(&self) -> Vec<AccountInfo> {
        self.core().accounts()
    }

    /// What the office said about its first run and the demo's people, once it
    /// answered; `None` while it has not (offline). Reactive.
    #[must_use]
    pub fn entrance(&self) -> Option<FirstRunState> {
        self.core().signals.entrance.get()
    }

    /// The office's configuration. Reactive.
    #[must_use]
    pub fn config(&self) -> Arc<Config> {
        self.core().signals.config.get()
    }

    /// A record with this device's waiting work. Reactive for this record.
    #[must_use]
    pub fn record(&self, id: RecordId) -> Option<Record> {
        self.core().record(id)
    }

    /// [`Self::record`] as the argument of view functions. Reactive for what
    /// it is asked.
    pub fn reader(&self) -> impl Fn(RecordId) -> Option<Record> + Clone + 'static {
        let core = self.core();
        move |id| core.record(id)
    }

    /// Whether the person who works may do something today. Reactive.
    #[must_use]
    pub fn can(&self, permission: Permission, unit: Option<RecordId>) -> bool {
        let Some(person) = self.core().signals.person.get() else { return false };
        allows(&self.config(), person, permission, unit, &self.today().to_string())
    }

    /// The status pill. Reactive.
    #[must_use]
    pub fn status(&self) -> SyncView {
        self.core().status()
    }

    /// Whether the office's first data is still on its way here. Reactive.
    #[must_use]
    pub fn is_fetching(&self) -> bool {
        self.config().office.is_none() && self.status().state == SyncState::Waiting
    }

    /// *Belum terkirim*: own work that has no verdict, or one to act on, of
    /// every person of this device. Reactive.
    #[must_use]
    pub fn outbox(&self) -> Vec<OutboxLine> {
        self.core().outbox()
    }

    /// How a group came to its value, oldest first; works offline. Reactive.
    #[must_use]
    pub fn history(&self, record: RecordId, group: &str) -> Vec<Trail> {
        self.core().history(record, group)
    }

    /// Takes a picked file in; its bytes are durable on this device when the
    /// reference is given. Save it in a value's or row's evidence.
    ///
    /// # Errors
    /// What is wrong with the file, in the words of its code.
    pub async fn attach(&self, file: &Picked) -> Result<Reference, Issue> {
        self.core().attach(file).await
    }

    /// Has the office write a unit's form as a workbook, and gives it as a download.
    ///
    /// # Errors
    /// In words: without a connection there is none.
    pub async fn give_workbook(&self, book: &Book, name: &str) -> Result<(), Words> {
        self.core().give_workbook(book, name).await
    }

    /// Has the office read a workbook that came back.
    ///
    /// # Errors
    /// In words: no connection, or no form of ours.
    pub async fn read_workbook(&self, file: &Picked) -> Result<Returned, Words> {
        self.core().read_workbook(file).await
    }

    /// The list of evidence of a value or row as it would be saved now. Reactive.
    #[must_use]
    pub fn evidence(&self, key: &DraftKey) -> Vec<Reference> {
        self.core().evidence(key)
    }

    /// Changes that list as a draft: kept at once, like a keystroke.
    pub fn list_evidence(&self, key: &DraftKey, change: &mut dyn FnMut(&mut Vec<Reference>)) {
        self.core().list_evidence(key, change);
    }

    /// An address for a file that is on this device, for as long as the page shows it.
    pub async fn file_here(&self, sha256: &str) -> Option<String> {
        self.core().file_here(sha256).await
    }

    /// How far all files came, and whether they may go. Reactive.
    #[must_use]
    pub fn transfer(&self) -> Transfer {
        self.core().transfer()
    }

    /// What [`Self::choose_files`] was told last.
    #[must_use]
    pub fn chosen_for_files(&self) -> (bool, bool) {
        self.core().chosen_for_files()
    }

    /// Files that the office has not confirmed. Reactive.
    #[must_use]
    pub fn uploads(&self) -> Vec<Progress> {
        self.core().uploads()
    }

    /// Pauses files, or keeps them for Wi-Fi; numbers go all the same.
    pub fn choose_files(&self, paused: bool, only_wifi: bool) {
        self.core().choose_files(paused, only_wifi);
    }

    /// Where an own operation stands; `None` once it is applied and confirmed,
    /// or if it is unknown. Reactive.
    #[must_use]
    pub fn op_state(&self, op: OpId) -> Option<OpState> {
        self.core().op_state(op)
    }

    /// What the office would say to these parts now, one outcome each: early
    /// words, never a verdict. Not reactive.
    #[must_use]
    pub fn preview(&self, parts: &[Part]) -> Vec<Outcome> {
        self.core().preview(parts)
    }

    /// The office's clock as far as known, else the device's.
    #[must_use]
    pub fn now_ms(&self) -> i64 {
        self.core().office_now().unwrap_or_else(clock::wall_ms)
    }

    /// Today in the office's zone.
    #[must_use]
    pub fn today(&self) -> Date {
        date_of(self.now_ms(), self.zone())
    }

    /// The office's zone. Reactive.
    #[must_use]
    pub fn zone(&self) -> Zone {
        self.config().office.as_ref().map(|(_, office)| office.zone).unwrap_or_default()
    }

    /// A draft, if something is typed and not saved. Reactive for this draft.
    #[must_use]
    pub fn draft(&self, key: &DraftKey) -> Option<Draft> {
        self.core().draft(key)
    }

    /// Drafts of the person who works, of one record; not what is typed about judging
    /// it. Reactive for every draft of this record.
    #[must_use]
    pub fn drafts_of(&self, record: RecordId) -> Vec<(DraftKey, Draft)> {
        self.core().drafts_of(record)
    }

    /// The measuring cycle in view: chosen, else the newest open one. Reactive.
    #[must_use]
    pub fn cycle(&self) -> Option<(RecordId, Cycle)> {
        let chosen = self.core().signals.cycle.get();
        let config = self.config();
        let chosen = chosen.and_then(|id| config.cycles.get(&id).map(|cycle| (id, cycle.clone())));
        chosen.or_else(|| {
            let open = config.cycles.iter().filter(|(_, cycle)| cycle.open);
            open.max_by_key(|(_, cycle)| cycle.period.recency()).map(|(id, cycle)| (*id, cycle.clone()))
        })
    }

    /// Looks at another cycle until the page is closed.
    pub fn choose_cycle(&self, id: RecordId) {
        self.core().signals.cycle.set(Some(id));
    }

    /// Whether the demo's switch cuts the connection. Reactive.
    #[must_use]
    pub fn is_cut(&self) -> bool {
        self.core().signals.cut.get()
    }

    /// Whether a new version of the app waits for the reader's press. Reactive.
    #[must_use]
    pub fn update_waiting(&self) -> bool {
        self.core().signals.update.get()
    }
}
