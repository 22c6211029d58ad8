//! Who is signed in where.

use takar_domain::record::RecordId;

use super::ask::{Ask, Reply};
use super::happening::Happening;
use super::setup::START;
use super::soon::Soon;
use super::world::World;
use crate::client::Event;

impl World<'_> {
    /// Somebody signs in on a device: the one who is there, not always the author.
    pub(super) fn sign_in(&mut self, device: usize) {
        let people = self.setup.people_of(device);
        if let Some(person) = self.random.pick(&people).copied() {
            self.sign_in_as(device, person);
        }
    }

    pub(super) fn sign_in_as(&mut self, device: usize, person: RecordId) {
        let Some((online, id)) = self.devices.get(device).map(|d| (d.online, d.id)) else { return };
        if !online {
            return self.soon(1_000, Soon::SignIn { device });
        }
        self.tell_of_wipe(device);
        let Reply::Number(number) = self.ask(Ask::LastNumber { device: id, person }) else {
            return self.check(Err("no last number".to_owned()));
        };
        let time = START.saturating_add_unsigned(self.now);
        let account = self.setup.account(person, id, number, time);
        let Some(home) = self.devices.get(device) else { return };
        let boots: Vec<_> = home.tabs.iter().map(|t| t.boot).enumerate().collect();
        // One tab shows the form; the session is the browser's.
        let first = usize::try_from(self.random.below(boots.len() as u64)).unwrap_or(0);
        for (tab, boot) in boots {
            if tab == first || self.random.chance(50) {
                self.hear(device, tab, boot, Event::SignedIn(account.clone()));
            }
        }
    }

    pub(super) fn sign_out(&mut self, device: usize) {
        let people = self.setup.people_of(device);
        let Some(person) = self.random.pick(&people).copied() else { return };
        let Some(home) = self.devices.get(device) else { return };
        if let Some((tab, boot)) = home.tabs.first().map(|t| (0, t.boot)) {
            self.note(Happening::SignOut);
            self.hear(device, tab, boot, Event::SignedOut(person));
        }
        let after = self.random.below(5_000);
        self.soon(after, Soon::SignIn { device });
    }
}
