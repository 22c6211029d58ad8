//! Operations that reach the office by another way than their device's engine:
//! in a file, from other software, or with a forged author.

use takar_domain::record::{DeviceId, Made, OpId, RecordId, Source};

use super::ask::Ask;
use super::happening::Happening;
use super::setup::{edit, figure};
use super::soon::Soon;
use super::world::World;
use crate::client::{Answer, Call};
use crate::codec::to_cbor;
use crate::operation::{Envelope, Operation, SCHEMA};
use crate::seal::{self, Key};
use crate::wire::Push;

/// The reason that a forged operation gives.
pub(super) const FORGED: &str = "palsu";
/// The reason that an operation of other software gives.
pub(super) const OTHER: &str = "versi lain";

impl World<'_> {
    /// What waits on a device goes into a file, perhaps cut short, that others
    /// import with their own sessions, perhaps twice, while the device goes on.
    pub(super) fn export(&mut self, device: usize) {
        let Some(home) = self.devices.get(device) else { return };
        let waiting = home.store.outbox().into_iter().filter(|item| item.receipt.is_none());
        let mut envelopes: Vec<_> = waiting.map(|item| item.envelope).collect();
        if self.random.chance(20) {
            envelopes.pop();
        }
        if envelopes.is_empty() {
            return;
        }
        self.note(Happening::File);
        for _ in 0..1 + self.random.below(2) {
            let device = usize::try_from(self.random.below(self.devices.len() as u64)).unwrap_or(0);
            let after = self.delay(6_000);
            self.soon(after, Soon::Import { device, envelopes: envelopes.clone() });
        }
    }

    /// A file goes with the session of whoever is signed in on this device.
    pub(super) fn import(&mut self, device: usize, envelopes: Vec<Envelope>) {
        let Some(home) = self.devices.get(device) else { return };
        if !home.online {
            return self.soon(1_000, Soon::Import { device, envelopes });
        }
        let (id, depth) = (home.id, self.depths.get(&home.id).copied().unwrap_or(0));
        self.push(id, envelopes, depth);
    }

    /// A push from outside the engine. Who waits for its answer is not simulated.
    fn push(&mut self, device: DeviceId, envelopes: Vec<Envelope>, depth: u64) {
        let call = Call::Push(Push { device, envelopes, cursors: Vec::new(), depth, room: None });
        let arrival = self.arrival(&call);
        let reply = self.ask(Ask::Call(arrival));
        self.note_depth(arrival, &reply);
        if let super::ask::Reply::Answer(answer @ Answer::Push(_)) = reply {
            self.note_told(&answer);
        }
    }

    fn foreign(&mut self, author: RecordId, device: DeviceId, reason: &str, number: u64) -> Operation {
        // The one between them has rows instead.
        let [first, _, last] = self.setup.shared;
        let indicator = if self.random.chance(50) { first } else { last };
        let value = serde_json::json!({"state": "value", "number": self.random.below(4).to_string()});
        Operation {
            id: OpId(self.random.uuid()),
            office: self.setup.office,
            device,
            author,
            number,
            acted_for: None,
            source: Source::Own,
            schema: SCHEMA,
            made: Made::default(),
            reason: Some(reason.to_owned()),
            names: None,
            parts: vec![edit(figure(indicator), "value", value)],
        }
    }

    /// Somebody writes another's name into an operation: without the key it is
    /// held, and changes nothing.
    pub(super) fn forge(&mut self, device: usize) {
        let Some(device) = self.devices.get(device).map(|d| d.id) else { return };
        let author = self.setup.heads[0];
        let operation = self.foreign(author, device, FORGED, 1_000);
        let wrong = Key(self.random.uuid().as_bytes().to_vec());
        let envelope = seal::seal(&operation, &wrong, &seal::key_id(author, device));
        let depth = self.depths.get(&device).copied().unwrap_or(0);
        self.push(device, vec![envelope], depth);
    }

    /// An operation of an older or a newer version, from a device of its own:
    /// with a lower schema number, with a field that nobody here knows, or with
    /// a schema that this office cannot judge.
    pub(super) fn other_software(&mut self) {
        let (author, device) = (self.setup.planner, self.setup.elder);
        let number = self.others.len() as u64 + 1;
        let mut operation = self.foreign(author, device, OTHER, number);
        let kind = self.random.below(3);
        match kind {
            0 => operation.schema = SCHEMA - 1,
            1 => operation.schema = SCHEMA + 1,
            _ => {}
        }
        let mut body = to_cbor(&operation);
        // One more field at the end of a map that says in its first byte how many it has.
        if let Some(first) = body.first_mut().filter(|_| kind == 2) {
            *first += 1;
            body.extend(b"\x65warna\x65merah");
        }
        let key_id = seal::key_id(author, device);
        let key = seal::derive_key(&self.setup.secret, &key_id);
        self.others.push(seal::seal_body(body, &key, &key_id));
        self.resend_others();
    }

    /// That device knows no answers: it sends everything again.
    pub(super) fn resend_others(&mut self) {
        if !self.others.is_empty() {
            self.push(self.setup.elder, self.others.clone(), 0);
        }
    }
}
