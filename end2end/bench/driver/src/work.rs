//! The seeded work, the same for every peer.
//!
//! A record of F fields is one figure with F field groups, as the product keeps
//! them: `value`, the three notes of the Form Pengukuran Kinerja, and rows of
//! nagari, each of which merges by itself. For a peer it is a document with F
//! fields that hold the same values.

use serde::Deserialize;
use serde_json::{Value, json};
use takar_domain::figure::{NAGARI, NOTES, VALUE};
use takar_domain::period::Period;
use takar_domain::record::{RecordId, Subject, natural};
use takar_sync::sim::Random;
use uuid::Uuid;

use crate::Failed;

/// Indicators and quarters: their pairs are one unit's figures.
pub const INDICATORS: usize = 50;
pub const QUARTERS: usize = 40;
const FIRST_YEAR: u16 = 2017;

/// How much of everything.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Shape {
    pub seed: u64,
    pub devices: usize,
    /// Of each device.
    pub records: usize,
    pub fields: usize,
    pub edits: usize,
    /// Records that all devices edit at once.
    pub conflicts: usize,
}

/// A new value of one field of one record.
#[derive(Clone, Debug)]
pub struct Edit {
    pub record: usize,
    pub group: String,
    pub value: Value,
}

impl Shape {
    pub fn read(text: &str) -> Result<Self, Failed> {
        Ok(serde_json::from_str(text)?)
    }

    /// Records of all devices.
    pub const fn total(&self) -> usize {
        self.devices * self.records
    }

    /// Units that it takes to have so many figures.
    pub const fn units(&self) -> usize {
        self.total().div_ceil(INDICATORS * QUARTERS)
    }

    /// Every field of a record, in the order of the form.
    pub fn fields_of(&self, record: usize) -> Vec<(String, Value)> {
        let mut random = self.random(1, record);
        (0..self.fields).map(|n| (group(n), value(n, &mut random))).collect()
    }

    /// The single-field edits of one device, no field twice.
    pub fn edits_of(&self, device: usize, round: usize) -> Vec<Edit> {
        let mut random = self.random(2 + round, device);
        let mut edits: Vec<Edit> = Vec::new();
        while edits.len() < self.edits.min(self.total() * self.fields) {
            let (record, field) = (below(&mut random, self.total()), below(&mut random, self.fields));
            let (group, value) = (group(field), value(field, &mut random));
            if edits.iter().all(|e| (e.record, &e.group) != (record, &group)) {
                edits.push(Edit { record, group, value });
            }
        }
        edits
    }

    /// What a device writes where all others write too: a number of its own.
    pub fn conflicts_of(&self, device: usize) -> Vec<Edit> {
        let field = self.fields.saturating_sub(1);
        let own = |record: usize| {
            let value = match field {
                0 => counted(device, record, "2026-09-30"),
                1..=3 => json!(format!("Catatan perangkat {device} untuk {record}")),
                _ => json!({"number": (1000 * (device + 1) + record).to_string()}),
            };
            Edit { record, group: group(field), value }
        };
        (0..self.conflicts.min(self.total())).map(own).collect()
    }

    pub fn as_json(&self) -> Value {
        let record = |n| {
            let fields: serde_json::Map<_, _> = self.fields_of(n).into_iter().collect();
            json!({"id": subject(n).record(), "fields": fields})
        };
        let plain = |edits: Vec<Edit>| -> Vec<Value> {
            edits.into_iter().map(|e| json!([e.record, e.group, e.value])).collect()
        };
        json!({
            "records": (0..self.total()).map(record).collect::<Vec<_>>(),
            "edits": plain(self.edits_of(0, 0)),
            "conflicts": (0..self.devices).map(|d| plain(self.conflicts_of(d))).collect::<Vec<_>>(),
        })
    }

    fn random(&self, what: usize, nth: usize) -> Random {
        let mut random = Random::new(self.seed ^ ((what as u64) << 48) ^ nth as u64);
        random.next();
        random
    }
}

/// The figure of a record.
pub fn subject(record: usize) -> Subject {
    let (rest, nth) = (record / INDICATORS, record % INDICATORS);
    let (unit, quarter) = (rest / QUARTERS, rest % QUARTERS);
    let year = FIRST_YEAR.saturating_add(u16::try_from(quarter / 4).unwrap_or(0));
    let period = Period::quarter(year, u8::try_from(quarter % 4).unwrap_or(0) + 1);
    Subject::Figure { indicator: indicator(nth), period, unit: Some(unit_id(unit)) }
}

pub fn indicator(nth: usize) -> RecordId {
    natural(Uuid::nil(), &format!("indicator {nth}"))
}

pub fn unit_id(nth: usize) -> RecordId {
    natural(Uuid::nil(), &format!("unit {nth}"))
}

/// Code of a nagari, as the ministry numbers villages.
pub fn nagari_code(nth: usize) -> String {
    format!("{}", 2001 + nth)
}

fn group(field: usize) -> String {
    match field {
        0 => VALUE.to_owned(),
        1..=3 => NOTES[field - 1].to_owned(),
        _ => format!("{NAGARI}{}", nagari_code(field - 4)),
    }
}

fn value(field: usize, random: &mut Random) -> Value {
    match field {
        0 => counted(below(random, 100), below(random, 100), &date(random)),
        1..=3 => json!(sentence(random)),
        _ => json!({"number": below(random, 2_000).to_string(), "event_date": date(random)}),
    }
}

/// An amount made of two, and when it was counted.
fn counted(done: usize, of: usize, on: &str) -> Value {
    let variables = json!({"done": done.to_string(), "of": of.to_string()});
    json!({"state": "value", "variables": variables, "event_date": on})
}

fn date(random: &mut Random) -> String {
    format!("20{}-{:02}-{:02}", 17 + below(random, 10), 1 + below(random, 12), 1 + below(random, 28))
}

fn below(random: &mut Random, bound: usize) -> usize {
    usize::try_from(random.below(bound as u64)).unwrap_or(0)
}

/// A value whose paper is named so, attached by this person.
pub fn proven(sha256: &str, size: usize, by: RecordId) -> Value {
    let mut value = counted(1, 2, "2026-09-30");
    let file = json!({"sha256": sha256, "size": size, "media": "application/pdf"});
    value["evidence"] = json!([{"kind": "pdf", "name": "laporan.pdf", "added_by": by, "file": file}]);
    value
}

/// A paper of so many bytes that cannot be compressed.
pub fn paper(size: usize, seed: u64) -> Vec<u8> {
    let mut random = Random::new(seed);
    let mut bytes = b"%PDF-1.7\n".to_vec();
    while bytes.len() < size {
        bytes.extend(random.next().to_le_bytes());
    }
    bytes.truncate(size);
    bytes
}

/// A note as clerks write it: six to twelve words.
fn sentence(random: &mut Random) -> String {
    const WORDS: &str = "koordinasi dengan wali nagari berjalan lancar karena dukungan perangkat \
        kegiatan tertunda akibat anggaran belum cair menunggu laporan dari jorong data sudah diverifikasi \
        bersama tim rapat evaluasi dijadwalkan ulang setelah musyawarah keterbatasan petugas lapangan \
        cuaca buruk akses jalan terputus sosialisasi kepada masyarakat partisipasi warga meningkat \
        dokumen pendukung lengkap perlu pendampingan lanjutan pada triwulan berikutnya";
    let words: Vec<&str> = WORDS.split(' ').collect();
    let count = 6 + below(random, 7);
    let picked: Vec<&str> = (0..count).map(|_| words[below(random, words.len())]).collect();
    picked.join(" ")
}
