//! Starting: open the device's store, recover drafts, then listen to the world.

use std::rc::Rc;

use crate::signal::*;
use takar_sync::client::{Event, Trigger};
use takar_sync::codec::from_cbor;

use super::core::Core;
use super::draft::by_name;
use super::driver::{TABLES, stored};
use super::view::{Blocked, Phase};
use crate::platform::database::{Database, StoreError, Taken};
use crate::platform::leader::Leader;
use crate::platform::tabs::Tabs;
use crate::platform::{files, page, tail, worker};

/// Flag: the demo's switch is off.
const CUT: &str = "cut";
/// Flag: its reader knows that iPhones keep only installed apps.
pub(super) const INSTALL: &str = "install";
/// Flag: entries lost with a wipe, until the reader took notice.
pub(super) const WIPED: &str = "wiped";

impl Core {
    pub fn start(&'static self) {
        spawn_local(async move {
            match self.open().await {
                Ok(()) => self.listen(),
                Err(blocked) => self.signals.phase.set(Phase::Blocked(blocked)),
            }
        });
    }

    async fn open(&'static self) -> Result<(), Blocked> {
        if !tail::available() {
            return Err(Blocked::Storage);
        }
        self.signals.cut.set(tail::flag(CUT).unwrap_or(false));
        self.signals.wiped.set(tail::flag(WIPED));
        self.signals.install.set(page::is_ios_browser() && !tail::flag(INSTALL).unwrap_or(false));
        let phase = self.signals.phase;
        let taken = move |taken| {
            phase.set(Phase::Blocked(match taken {
                Taken::ByNewer => Blocked::Outdated,
                Taken::ByOlder => Blocked::OtherTab,
            }));
        };
        let database = Database::open(&TABLES, taken).await.map_err(|why| blocked(&why))?;
        // An older tab may have let go of it.
        phase.set(Phase::Starting);
        let mut rows = database.load().await.map_err(|why| blocked(&why))?;
        self.database.replace(Some(database));
        let drafts = rows.pop().unwrap_or_default();
        let drafts = drafts.into_iter().filter_map(|(name, row)| Some((name, from_cbor(&row).ok()?)));
        self.recover_drafts(by_name(drafts));
        self.feed(Event::Loaded(stored(rows, self.live_drafts())));
        self.count_drafts();
        self.settle_gate();
        self.settle_phase();
        if let Some(store) = self.store() {
            spawn_local(async move { self.clear_files(&store).await });
        }
        Ok(())
    }

    /// Takes in what another tab stored.
    pub fn reload_rows(&'static self) {
        if !page::is_visible() {
            self.behind.set(true);
            return;
        }
        self.behind.set(false);
        let store = self.store();
        spawn_local(async move {
            let Some(store) = store else { return };
            if let Ok(rows) = store.load().await {
                self.feed(Event::Loaded(stored(rows, self.live_drafts())));
                self.count_drafts();
                // It may be work for the tab that talks to the office.
                self.feed(Event::Wake(Trigger::Manual));
            }
        });
    }

    fn listen(&'static self) {
        let tabs = Tabs::join(move |text| {
            self.heard_from_tab(&text);
        });
        self.tabs.replace(Some(tabs));
        page::on_visibility(move |visible| {
            self.seen(visible);
        });
        page::on_connection(move |online| {
            self.connection(online);
        });
        files::on_kind_of_connection(move || self.settle_gate());
        let update = self.signals.update;
        worker::register(Rc::new(move || update.set(true)));
        self.join_leaders();
        self.feed(Event::Wake(Trigger::Start));
        self.look_who();
    }

    /// This tab came to the front, or left it.
    fn seen(&'static self, visible: bool) {
        let leader = self.leader.borrow().clone();
        if !visible {
            self.flush_now();
            if let Some(leader) = leader {
                leader.yield_to_others();
            }
            return;
        }
        if self.behind.get() {
            self.reload_rows();
        }
        // Another tab may have chosen otherwise.
        self.settle_gate();
        if let Some(leader) = leader {
            leader.claim();
        }
        self.renew_line();
        self.feed(Event::Wake(Trigger::Visible));
        worker::look();
        self.look_who();
    }

    fn connection(&'static self, online: bool) {
        // Either way the office's answer, or its absence, decides.
        self.feed(Event::Wake(if online { Trigger::Online } else { Trigger::Manual }));
        if online {
            self.renew_line();
            self.look_who();
        }
    }

    fn join_leaders(&'static self) {
        let leader = Leader::new(move |leads| {
            self.leads.set(leads);
            self.feed(Event::Leader(leads));
            self.settle_line();
        });
        if page::is_visible() {
            leader.claim();
        } else {
            leader.yield_to_others();
        }
        self.leader.replace(Some(leader));
    }

    pub fn sync_now(&'static self) {
        self.feed(Event::Wake(Trigger::Manual));
    }

    pub fn simulate_cut(&'static self, cut: bool) {
        tail::set_flag(CUT, cut.then_some(true));
        self.signals.cut.set(cut);
        self.settle_line();
        self.feed(Event::Wake(Trigger::Manual));
    }

    pub fn apply_update(&'static self) {
        let store = self.store();
        spawn_local(async move {
            if let Some(store) = store {
                self.flush_to(&store).await;
            }
            worker::apply();
        });
    }
}

fn blocked(why: &StoreError) -> Blocked {
    match why {
        StoreError::Outdated => Blocked::Outdated,
        _ => Blocked::Storage,
    }
}
