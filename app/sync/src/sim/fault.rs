//! What goes wrong besides the network.

use takar_domain::record::{OpId, Source};

use super::setup::{START, edit, figure};
use super::world::{Ask, Reply, Soon, World};
use crate::client::{Call, Event};
use crate::operation::{Envelope, Operation, SCHEMA};
use crate::seal;
use crate::wire::Push;

/// Three years in ms.
const YEARS: u64 = 3 * 365 * 86_400_000;

impl World<'_> {
    /// Something breaks, and something else will later.
    pub(super) fn fault(&mut self) {
        if self.quiet {
            return;
        }
        let again = 1 + self.random.below(self.plan.fault_pace * 2);
        self.soon(again, Soon::Fault);
        let device = usize::try_from(self.random.below(self.devices.len() as u64)).unwrap_or(0);
        match self.random.below(100) {
            0..20 => self.crash(device),
            20..30 => self.tabs_come_and_go(device),
            30..55 => {
                self.switch(device, false);
                let after = 500 + self.random.below(15_000);
                self.soon(after, Soon::Online { device, online: true });
            }
            55..63 => drop(self.ask(Ask::Restart)),
            63..71 => self.clock_jumps(device),
            71..78 => drop(self.ask(Ask::BackUp)),
            78..84 if self.plan.restores => self.restore(),
            84..90 => self.sign_out(device),
            90..95 => self.forge(device),
            _ => self.leaders_change(device),
        }
    }

    fn crash(&mut self, device: usize) {
        if let Some(home) = self.devices.get_mut(device) {
            home.tabs.clear();
        }
        let tabs = 1 + self.random.below(self.plan.tabs as u64);
        for _ in 0..tabs {
            self.open(device);
        }
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

    fn clock_jumps(&mut self, device: usize) {
        let far = self.random.below(2 * YEARS).cast_signed() - YEARS.cast_signed();
        let right = self.random.chance(30);
        if let Some(home) = self.devices.get_mut(device) {
            home.skew = if right { 0 } else { far };
        }
    }

    fn restore(&mut self) {
        if matches!(self.ask(Ask::Restore), Reply::Done) {
            self.forget_told();
        }
    }

    fn sign_out(&mut self, device: usize) {
        let people = self.setup.people_of(device);
        let Some(person) = self.random.pick(&people).copied() else { return };
        let Some(home) = self.devices.get(device) else { return };
        if let Some((tab, boot)) = home.tabs.first().map(|t| (0, t.boot)) {
            self.hear(device, tab, boot, Event::SignedOut(person));
        }
        let after = self.random.below(5_000);
        self.soon(after, Soon::SignIn { device });
    }

    fn leaders_change(&mut self, device: usize) {
        let Some(home) = self.devices.get(device) else { return };
        let boots: Vec<_> = home.tabs.iter().map(|t| t.boot).enumerate().collect();
        for (tab, boot) in boots {
            let leader = self.random.chance(60);
            self.hear(device, tab, boot, Event::Leader(leader));
        }
    }

    /// Somebody writes another's name into an operation: without the key it is
    /// held, and changes nothing.
    fn forge(&mut self, device: usize) {
        let Some(device) = self.setup.devices.get(device).copied() else { return };
        let author = self.setup.heads[0];
        let value = serde_json::json!({"state": "value", "number": "666"});
        let operation = Operation {
            id: OpId(self.random.uuid()),
            office: self.setup.office,
            device,
            author,
            number: 1_000,
            acted_for: None,
            source: Source::Own,
            schema: SCHEMA,
            made: takar_domain::record::Made::default(),
            reason: Some("palsu".to_owned()),
            names: None,
            parts: vec![edit(figure(self.setup.shared[0]), "value", value)],
        };
        let wrong = seal::Key(self.random.uuid().as_bytes().to_vec());
        let envelope: Envelope = seal::seal(&operation, &wrong, &seal::key_id(author, device));
        let call = Call::Push(Push { device, envelopes: vec![envelope], cursors: Vec::new(), depth: 0 });
        let at = START.saturating_add_unsigned(self.now);
        drop(self.ask(Ask::Call { call: &call, at }));
    }
}
