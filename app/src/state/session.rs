//! Who works on this device: signing in and out, and what the office knows of it.

use crate::signal::*;
use takar_domain::record::{DeviceId, RecordId};
use takar_domain::text;
use takar_sync::client::{Account, Event};
use takar_sync::seal::Key;

use super::core::Core;
use super::start::WIPED;
use super::view::{Phase, Words};
use crate::api::Problem;
use crate::api::account::{self, SignedIn};
use crate::api::device::{self, DeviceReport};
use crate::api::document::{self, Signing};
use crate::api::setup::{self, Founding};
use crate::api::sop::{self, SopFile};
use crate::platform::{page, tail};

/// Flag: the device's id, kept while nobody is signed in: an empty store with
/// it was left on purpose, without it the browser wiped it.
const DEVICE: &str = "device";
/// Flag: people signed out here whom the office has not been told of.
const LEFT: &str = "left";

impl Core {
    /// Follows the engine: who works, and what the app can show.
    pub fn settle_phase(&self) {
        let phase = self.signals.phase;
        if self.store().is_none() || matches!(phase.get_untracked(), Phase::Blocked(_)) {
            return;
        }
        let working = self.engine.borrow().working();
        if self.signals.person.get_untracked() != working {
            self.signals.person.set(working);
        }
        let needed = self.signals.entrance.with_untracked(|e| e.as_ref().is_some_and(|e| e.needed));
        let next = match working {
            Some(_) => Phase::Ready,
            None if needed => Phase::FirstRun,
            None => Phase::SignIn,
        };
        if phase.get_untracked() != next {
            phase.set(next);
        }
    }

    /// No call leaves this device while the demo's switch is off.
    pub fn uncut(&self) -> Result<(), Problem> {
        if self.signals.cut.get_untracked() { Err(Problem::offline()) } else { Ok(()) }
    }

    pub async fn sign_in(&'static self, username: String, password: String) -> Result<(), Words> {
        let device = self.engine.borrow().device().or_else(|| tail::flag(DEVICE));
        self.uncut()?;
        let signed = account::sign_in(username, password, device).await?;
        self.refuse_other_office(&signed)?;
        let person = signed.person;
        self.feed(Event::SignedIn(account_of(signed)));
        self.feed(Event::Use(person));
        tail::set_flag::<DeviceId>(DEVICE, None);
        Ok(())
    }

    /// Another office's data may only be replaced when nothing of it is unsent.
    fn refuse_other_office(&self, signed: &SignedIn) -> Result<(), Words> {
        let engine = self.engine.borrow();
        let moves = engine.cursor().is_some_and(|c| c.office != signed.office);
        let unsent = engine.status().waiting > 0 || engine.status().drafts > 0;
        if moves && unsent { Err(text::device::OTHER_OFFICE.into()) } else { Ok(()) }
    }

    /// Works offline too; the office is told when it can be.
    pub async fn sign_out(&'static self) -> Result<(), Words> {
        let Some(person) = self.signals.person.get_untracked() else { return Ok(()) };
        // What was exported may stay behind: any other session carries it too.
        let exported = self.exported.get();
        let (waiting, drafts) = (if exported { 0 } else { self.waiting_of(person) }, self.drafts_by(person));
        // Whoever stays signed in carries the files; the last one does not leave them.
        let last = !exported && self.engine.borrow().accounts().count() == 1;
        let files = if last { self.engine.borrow().status().files.files } else { 0 };
        if waiting > 0 || drafts > 0 || files > 0 {
            return Err(text::device::sign_out_refused(waiting, files, drafts));
        }
        let mut left: Vec<RecordId> = tail::flag(LEFT).unwrap_or_default();
        left.push(person);
        tail::set_flag(LEFT, Some(left));
        if last {
            tail::set_flag(DEVICE, self.engine.borrow().device());
        }
        self.feed(Event::SignedOut(person));
        self.tell_left().await;
        self.refresh_entrance();
        Ok(())
    }

    pub fn use_person(&'static self, person: RecordId) {
        self.feed(Event::Use(person));
    }

    /// Ends sessions of people who signed out while there was no connection.
    async fn tell_left(&self) {
        let left: Vec<RecordId> = tail::flag(LEFT).unwrap_or_default();
        for person in left {
            let back = self.engine.borrow().accounts().any(|a| a.person == person);
            if back || (self.uncut().is_ok() && account::sign_out(person).await.is_ok()) {
                let rest: Vec<RecordId> = tail::flag(LEFT).unwrap_or_default();
                let rest: Vec<_> = rest.into_iter().filter(|p| *p != person).collect();
                tail::set_flag(LEFT, (!rest.is_empty()).then_some(rest));
            }
        }
    }

    /// Asks the office what it knows of this browser: a device by its cookie
    /// whose store is empty was wiped.
    pub fn look_who(&'static self) {
        if self.engine.borrow().working().is_none() {
            self.refresh_entrance();
        }
        spawn_local(async move {
            self.tell_left().await;
            let known: Option<DeviceId> = self.engine.borrow().device().or_else(|| tail::flag(DEVICE));
            if known.is_some() {
                return;
            }
            if self.uncut().is_ok()
                && let Ok(who) = account::who(None).await
                && let Some(unsent) = who.wiped
            {
                self.set_wiped(Some(unsent));
            }
        });
    }

    pub fn set_wiped(&self, unsent: Option<u64>) {
        tail::set_flag(WIPED, unsent);
        self.signals.wiped.set(unsent);
    }

    pub fn refresh_entrance(&'static self) {
        if self.uncut().is_err() {
            return;
        }
        spawn_local(async move {
            if let Ok(state) = setup::first_run_state().await {
                self.signals.entrance.set(Some(state));
                self.settle_phase();
            }
        });
    }

    pub async fn first_run(&'static self, founding: Founding) -> Result<(), Words> {
        let (username, password) = (founding.username.clone(), founding.password.clone());
        self.uncut()?;
        setup::first_run(founding).await?;
        self.sign_in(username, password).await
    }

    /// Who asks the office for something at once.
    fn acting(&self) -> Result<RecordId, Words> {
        let person = self.signals.person.get_untracked().ok_or(text::device::NOT_SAVED_NOBODY)?;
        self.uncut()?;
        Ok(person)
    }

    pub async fn set_password(&self, person: RecordId, new: String) -> Result<(), Words> {
        let acting = self.acting()?;
        Ok(account::set_password(acting, person, new).await?)
    }

    pub async fn change_password(&self, old: String, new: String) -> Result<(), Words> {
        let acting = self.acting()?;
        Ok(account::change_password(acting, old, new).await?)
    }

    pub async fn unsent(&self) -> Result<Vec<DeviceReport>, Words> {
        let acting = self.acting()?;
        Ok(device::unsent(acting).await?)
    }

    pub async fn devices(&self) -> Result<Vec<DeviceReport>, Words> {
        let acting = self.acting()?;
        Ok(device::devices(acting).await?)
    }

    pub async fn read_sop(&self, text: String) -> Result<SopFile, Words> {
        let acting = self.acting()?;
        Ok(sop::read_sop(acting, text).await?)
    }

    pub async fn sign_document(&'static self, signing: Signing) -> Result<(), Words> {
        let acting = self.acting()?;
        document::sign_document(acting, signing).await?;
        self.sync_now();
        Ok(())
    }

    pub async fn give_number(&'static self, cycle: RecordId, step: u16, date: String) -> Result<(), Words> {
        let acting = self.acting()?;
        document::give_number(acting, cycle, step, date).await?;
        self.sync_now();
        Ok(())
    }

    pub async fn write_sop(&self, sop: RecordId) -> Result<String, Words> {
        let acting = self.acting()?;
        Ok(sop::write_sop(acting, sop).await?)
    }

    pub async fn reset_demo(&self) -> Result<(), Words> {
        self.uncut()?;
        setup::reset_demo().await?;
        let device = self.engine.borrow().device();
        if let Some(store) = self.store() {
            store.erase().await;
        }
        tail::clear();
        tail::set_flag(DEVICE, device);
        page::reload();
        Ok(())
    }
}

fn account_of(signed: SignedIn) -> Account {
    Account {
        person: signed.person,
        name: signed.name,
        device: signed.device,
        office: signed.office,
        key_id: signed.key_id,
        key: Key(signed.key),
        last_number: signed.last_number,
        time: signed.time,
    }
}
