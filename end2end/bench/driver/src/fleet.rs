//! Devices of one office, and what a scenario does with them.

use std::ops::Range;
use std::time::{Duration, Instant};

use serde::Serialize;
use takar_sync::codec::to_cbor;
use takar_sync::seal;

use crate::Failed;
use crate::device::{Device, Handle};
use crate::http::Http;
use crate::office::{PASSWORD, found, username};
use crate::work::{Edit, Shape, paper, subject};

/// Longest wait for devices to agree.
const PATIENCE: Duration = Duration::from_secs(900);

pub struct Fleet {
    url: String,
    shape: Shape,
    devices: Vec<Handle>,
    /// Length of the office's log once all that was typed has arrived.
    goal: u64,
    seed: u64,
}

/// How long it took, in ms.
#[derive(Debug, Default, Serialize)]
pub struct Times {
    /// Until the office had acknowledged every operation.
    pub push: f64,
    /// Until every device had everything.
    pub all: f64,
}

/// What two devices must agree in.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct State {
    pub records: usize,
    pub seq: u64,
    /// Chain hash of the log, then SHA-256 over every record, in hexadecimal digits.
    pub digest: String,
    /// Fields with several values that stand side by side, and the values in all.
    pub differences: usize,
    pub values: usize,
}

impl Fleet {
    /// Founds an office at `url` and signs in on every device.
    pub async fn open(url: String, code: &str, shape: Shape) -> Result<Self, Failed> {
        let goal = found(&url, code, &shape).await?;
        let mut fleet = Self { url, shape, devices: Vec::new(), goal, seed: shape.seed };
        for _ in 0..shape.devices {
            fleet.add().await?;
        }
        let all: Vec<usize> = (0..shape.devices).collect();
        fleet.connect(&all).await?;
        fleet.disconnect(&all).await?;
        Ok(fleet)
    }

    /// One more device, of the person of device `nth % devices`, without a connection.
    pub async fn add(&mut self) -> Result<usize, Failed> {
        let nth = self.devices.len();
        let http = Http::new(&self.url)?;
        let account = http.sign_in(&username(nth % self.shape.devices), PASSWORD).await?;
        self.seed = self.seed.wrapping_add(1);
        self.devices.push(Device::start(http, account, self.seed));
        Ok(nth)
    }

    /// The devices type their records, without a connection. Gives ms.
    pub async fn type_records(&mut self) -> Result<f64, Failed> {
        let (shape, started) = (self.shape, Instant::now());
        for nth in 0..shape.devices {
            self.type_range(nth, nth * shape.records..(nth + 1) * shape.records).await?;
        }
        Ok(ms(started))
    }

    /// Device 0 types the records of all and sends them, so many at once. Gives ms.
    pub async fn fill(&mut self, slice: usize) -> Result<f64, Failed> {
        let started = Instant::now();
        for from in (0..self.shape.total()).step_by(slice.max(1)) {
            self.type_range(0, from..(from + slice).min(self.shape.total())).await?;
            self.connect(&[0]).await?;
        }
        self.disconnect(&[0]).await?;
        Ok(ms(started))
    }

    async fn type_range(&mut self, device: usize, records: Range<usize>) -> Result<(), Failed> {
        self.goal += records.len() as u64;
        let shape = self.shape;
        let typing = move |device: &mut Device| {
            for record in records {
                device.save(subject(record), shape.fields_of(record));
            }
            std::mem::take(&mut device.refused)
        };
        none_refused(self.device(device)?.act(typing).await?)
    }

    /// A device makes edits, each of one field.
    pub async fn edit(&mut self, device: usize, edits: Vec<Edit>) -> Result<(), Failed> {
        self.goal += edits.len() as u64;
        let editing = move |device: &mut Device| {
            for edit in edits {
                device.save(subject(edit.record), vec![(edit.group, edit.value)]);
            }
            std::mem::take(&mut device.refused)
        };
        none_refused(self.device(device)?.act(editing).await?)
    }

    /// Connects these devices and waits until they have everything.
    pub async fn connect(&self, devices: &[usize]) -> Result<Times, Failed> {
        let started = Instant::now();
        for nth in devices {
            self.device(*nth)?.act(|device| device.connect(true)).await?;
        }
        let wait = async {
            let mut push = 0.0;
            for nth in devices {
                self.device(*nth)?.until(|seen| seen.told).await?;
                push = ms(started);
            }
            for nth in devices {
                self.device(*nth)?.until(|seen| seen.up_to_date && seen.seq >= self.goal).await?;
            }
            Ok(Times { push, all: ms(started) })
        };
        match tokio::time::timeout(PATIENCE, wait).await {
            Ok(times) => times,
            Err(_) => Err(format!("the devices do not reach {}: {:?}", self.goal, self.seen()).into()),
        }
    }

    pub async fn disconnect(&self, devices: &[usize]) -> Result<(), Failed> {
        for nth in devices {
            self.device(*nth)?.act(|device| device.connect(false)).await?;
        }
        Ok(())
    }

    /// A new device signs in and loads everything.
    pub async fn first_load(&mut self) -> Result<Times, Failed> {
        let nth = self.add().await?;
        let times = self.connect(&[nth]).await?;
        self.disconnect(&[nth]).await?;
        Ok(times)
    }

    /// Device 0 attaches a file to its first record and sends it. Gives ms.
    pub async fn evidence(&mut self, size: usize) -> Result<f64, Failed> {
        let file = paper(size, self.shape.seed);
        let attaching = move |device: &mut Device| {
            device.attach(subject(0), file);
            std::mem::take(&mut device.refused)
        };
        self.goal += 1;
        none_refused(self.device(0)?.act(attaching).await?)?;
        let started = Instant::now();
        self.device(0)?.act(|device| device.connect(true)).await?;
        let sent = self.device(0)?.until(|seen| seen.files == 0 && seen.up_to_date);
        tokio::time::timeout(PATIENCE, sent).await.map_err(|_| "the file does not arrive")??;
        let taken = ms(started);
        self.disconnect(&[0]).await?;
        Ok(taken)
    }

    /// One-field edits by device 0, each waited for on device 1: ms each.
    pub async fn latency(&mut self, rounds: usize) -> Result<Vec<f64>, Failed> {
        self.connect(&[0, 1]).await?;
        let mut taken = Vec::new();
        for round in 0..rounds {
            let edit = self.shape.edits_of(0, 10 + round).into_iter().next().ok_or("no edits")?;
            let started = Instant::now();
            self.edit(0, vec![edit]).await?;
            let goal = self.goal;
            self.device(1)?.until(|seen| seen.seq >= goal).await?;
            taken.push(ms(started));
            self.device(0)?.until(|seen| seen.up_to_date && seen.seq >= goal).await?;
        }
        self.disconnect(&[0, 1]).await?;
        Ok(taken)
    }

    /// The state on which all devices agree, with the exact number of records.
    pub async fn agreed(&self) -> Result<State, Failed> {
        let mut first: Option<State> = None;
        for (nth, device) in self.devices.iter().enumerate() {
            let state = device.act(|device| state(device)).await?;
            if state.seq != self.goal || state.records != self.shape.total() {
                return Err(format!("device {nth} has {state:?}, not {} entries", self.goal).into());
            }
            match &first {
                Some(first) if *first != state => {
                    return Err(format!("device {nth} has {state:?}, device 0 {first:?}").into());
                }
                Some(_) => {}
                None => first = Some(state),
            }
        }
        first.ok_or_else(|| "there are no devices".into())
    }

    fn device(&self, nth: usize) -> Result<&Handle, Failed> {
        self.devices.get(nth).ok_or_else(|| format!("there is no device {nth}").into())
    }

    fn seen(&self) -> Vec<crate::device::Seen> {
        self.devices.iter().map(|d| d.seen.borrow().clone()).collect()
    }

    pub const fn shape(&self) -> Shape {
        self.shape
    }
}

fn state(device: &Device) -> State {
    let (mut bytes, mut records, mut differences, mut values) = (Vec::new(), 0, 0, 0);
    for id in device.client.record_ids().iter() {
        let Some(record) = device.client.confirmed(*id) else { continue };
        bytes.extend(to_cbor(record));
        if record.subject.is_config() {
            continue;
        }
        records += 1;
        for group in record.groups.values().filter(|g| g.heads.len() > 1) {
            differences += 1;
            values += group.heads.len();
        }
    }
    let cursor = device.client.cursor();
    // The MAC's hash is at hand; any good hash would do.
    let digest = seal::derive_key(&cursor.as_ref().map(|c| c.hash.clone()).unwrap_or_default(), "state");
    let digest = seal::derive_key(&digest.0, &String::from_utf8_lossy(&bytes));
    let digest = digest.0.iter().map(|b| format!("{b:02x}")).collect();
    State { records, seq: cursor.map_or(0, |c| c.seq), digest, differences, values }
}

fn none_refused(refused: Vec<String>) -> Result<(), Failed> {
    match refused.first() {
        None => Ok(()),
        Some(why) => Err(format!("{} saves were refused: {why}", refused.len()).into()),
    }
}

pub fn ms(started: Instant) -> f64 {
    (started.elapsed().as_secs_f64() * 10_000.0).round() / 10.0
}
