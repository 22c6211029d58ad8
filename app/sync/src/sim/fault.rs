//! What goes wrong by itself, one thing after the other.

use super::ask::{Ask, Reply};
use super::happening::Happening;
use super::soon::Soon;
use super::world::World;
use crate::client::Event;

/// An hour and three years in ms.
const HOUR: u64 = 3_600_000;
const YEARS: u64 = 3 * 365 * 24 * HOUR;

impl World<'_> {
    /// Something breaks, and something else will later.
    pub(super) fn fault(&mut self) {
        if self.quiet {
            return;
        }
        let again = 1 + self.random.below(self.plan.fault_pace * 2);
        self.soon(again, Soon::Fault);
        let device = usize::try_from(self.random.below(self.devices.len() as u64)).unwrap_or(0);
        let Some(what) = self.plan.draw(&mut self.random) else { return };
        if what != Happening::SignOut && what != Happening::Restore && what != Happening::File {
            self.note(what);
        }
        match what {
            Happening::DeviceCrash => self.crash(device),
            Happening::Tabs => self.tabs_come_and_go(device),
            Happening::Leaders => self.leaders_change(device),
            Happening::Partition => {
                self.switch(device, false);
                let after = 500 + self.random.below(15_000);
                self.soon(after, Soon::Online { device, online: true });
            }
            Happening::ClockJump => self.clock_jumps(device),
            Happening::SignOut => self.sign_out(device),
            Happening::Wipe => self.wipe(device),
            Happening::Quota => self.fill_up(device),
            Happening::Upgrade => self.upgrade(device),
            Happening::OtherSoftware => self.other_software(),
            Happening::BackUp => self.back_up(),
            Happening::Restore => self.restore(),
            Happening::File => self.export(device),
            Happening::Forgery => self.forge(device),
            // Drawn per request or transaction, or not at all.
            _ => {}
        }
    }

    fn crash(&mut self, device: usize) {
        if let Some(home) = self.devices.get_mut(device) {
            home.tabs.clear();
        }
        self.reopen(device);
    }

    fn tabs_come_and_go(&mut self, device: usize) {
        let most = self.plan.tabs;
        let Some(home) = self.devices.get_mut(device) else { return };
        if home.tabs.len() < most {
            self.open(device);
        } else if home.tabs.len() > 1 {
            home.tabs.pop();
        }
    }

    /// By hours or by years, forwards or backwards; sometimes it is set right.
    fn clock_jumps(&mut self, device: usize) {
        let reach = if self.random.chance(50) { YEARS } else { 12 * HOUR };
        let far = self.random.below(2 * reach).cast_signed() - reach.cast_signed();
        let right = self.random.chance(30);
        if let Some(home) = self.devices.get_mut(device) {
            home.skew = if right { 0 } else { far };
        }
    }

    fn restore(&mut self) {
        if matches!(self.ask(Ask::Restore), Reply::Done) {
            self.note(Happening::Restore);
            self.forget_told();
            self.forget_the_wiped();
        }
    }

    fn leaders_change(&mut self, device: usize) {
        let Some(home) = self.devices.get(device) else { return };
        let boots: Vec<_> = home.tabs.iter().map(|t| t.boot).enumerate().collect();
        for (tab, boot) in boots {
            let leader = self.random.chance(60);
            self.hear(device, tab, boot, Event::Leader(leader));
        }
    }
}
