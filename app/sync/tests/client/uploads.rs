//! Files on their way: whatever happens to the connection, the office or the
//! tab, each arrives whole, and its bytes stay here until the office has it.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::json;
use takar_domain::record::OpId;
use takar_sync::client::{
    Answer, CHUNK, Call, Event, FILE_GONE, Failure, Gate, LARGEST, SMALLEST, State, Table, Trigger,
};
use takar_sync::operation::Part;
use takar_sync::sim::{NAGARI, edit, figure};

use crate::bench::{Bench, Network};

/// A file's name is made of its number and size here; the office checks bytes.
fn name(number: u8) -> String {
    format!("{number:02x}").repeat(32)
}

fn content(number: u8, size: u64) -> Vec<u8> {
    (0..size).map(|n| (n.wrapping_mul(7) as u8).wrapping_add(number)).collect()
}

/// The office's side, as tus has it.
#[derive(Default)]
struct Shelf {
    partial: BTreeMap<String, Vec<u8>>,
    whole: BTreeMap<String, Vec<u8>>,
}

impl Shelf {
    /// `reach`: how many bytes of a part come through.
    fn answer(&mut self, call: &Call, bytes: &[u8], size: u64, reach: u64) -> Result<Answer, Failure> {
        let refused = |code: &str| Err(Failure::Refused { code: code.into() });
        match call {
            Call::Offer { sha256, .. } if self.whole.contains_key(sha256) => Ok(Answer::Stands(size)),
            Call::Offer { sha256, .. } => {
                let at = self.partial.entry(sha256.clone()).or_default().len() as u64;
                Ok(Answer::Stands(at))
            }
            Call::Part { sha256, from, to } => {
                if self.whole.contains_key(sha256) {
                    return if *from == size { Ok(Answer::Stands(size)) } else { refused("upload.offset") };
                }
                let Some(partial) = self.partial.get_mut(sha256) else { return refused("upload.none") };
                if partial.len() as u64 != *from {
                    return refused("upload.offset");
                }
                let end = (*to).min(from.saturating_add(reach));
                partial.extend(&bytes[*from as usize..end as usize]);
                if partial.len() as u64 == size {
                    let partial = self.partial.remove(sha256).unwrap();
                    if partial != bytes {
                        return refused("upload.checksum");
                    }
                    self.whole.insert(sha256.clone(), partial);
                }
                Ok(Answer::Stands(end))
            }
            other => panic!("not about a file: {other:?}"),
        }
    }
}

struct Device {
    bench: Bench,
    shelf: Shelf,
    /// Everything that was ever picked.
    picked: BTreeMap<String, Vec<u8>>,
    parts: Vec<(u64, u64)>,
    /// Requests that were looked at.
    known: usize,
}

impl Device {
    fn new() -> Self {
        let mut bench = Bench::new();
        bench.network = Network::Held;
        bench.sent.clear();
        Self { bench, shelf: Shelf::default(), picked: BTreeMap::new(), parts: Vec::new(), known: 0 }
    }

    fn evidence(&self, files: &[(u8, u64)]) -> Part {
        let file = |(number, size): &(u8, u64)| {
            json!({"kind": "photo", "name": "a.jpg", "added_by": self.bench.setup.admin,
            "file": {"sha256": name(*number), "size": size, "media": "image/jpeg"}})
        };
        let evidence: Vec<_> = files.iter().map(file).collect();
        let value = json!({"state": "value", "number": "5", "evidence": evidence});
        edit(figure(self.bench.setup.shared[0]), "value", value)
    }

    /// Picks files (their bytes are stored at once) and saves a value with them.
    fn attach(&mut self, files: &[(u8, u64)]) -> Option<OpId> {
        for (number, size) in files {
            let bytes = self.picked.entry(name(*number)).or_insert_with(|| content(*number, *size));
            self.bench.store.rows.insert((Table::Files, name(*number)), bytes.clone());
        }
        let part = self.evidence(files);
        self.bench.save(vec![part])?.ok()
    }

    fn bytes(&self, call: &Call) -> (Vec<u8>, u64) {
        let (Call::Offer { sha256, .. } | Call::Part { sha256, .. }) = call else { panic!("{call:?}") };
        let row = self.bench.store.rows.get(&(Table::Files, sha256.clone()));
        assert!(row == self.picked.get(sha256), "its bytes are still here");
        let bytes = self.picked[sha256].clone();
        let size = bytes.len() as u64;
        (bytes, size)
    }

    /// The next request that is under way.
    fn next(&mut self) -> Option<(u64, Call)> {
        let next = (!self.bench.sent.is_empty()).then(|| self.bench.sent.remove(0));
        self.known = self.bench.sent.len();
        if let Some((_, Call::Part { from, to, .. })) = &next {
            self.parts.push((*from, *to));
        }
        next
    }

    fn hear(&mut self, request: u64, result: Result<Answer, Failure>) {
        self.bench.hear(Event::Answer { request, result });
        self.check();
    }

    fn tell(&mut self, event: Event) {
        self.bench.hear(event);
        self.check();
    }

    fn deliver(&mut self, request: u64, call: &Call) {
        let result = match call {
            Call::Offer { .. } | Call::Part { .. } => {
                let (bytes, size) = self.bytes(call);
                self.shelf.answer(call, &bytes, size, u64::MAX)
            }
            other => Ok(self.bench.answer(other)),
        };
        self.hear(request, result);
    }

    /// What must hold after every step.
    fn check(&mut self) {
        let status = self.bench.client.status();
        let new = self.bench.sent.iter().skip(self.known);
        let about_files = new.filter(|(_, call)| matches!(call, Call::Offer { .. } | Call::Part { .. }));
        assert!(status.waiting == 0 || about_files.count() == 0, "numbers go first");
        self.known = self.bench.sent.len();
        for (sha256, bytes) in &self.picked {
            let here = self.bench.store.rows.contains_key(&(Table::Files, sha256.clone()));
            let there = self.shelf.whole.get(sha256) == Some(bytes);
            assert!(here || there, "{sha256} is nowhere");
            let waits = self.bench.store.rows.contains_key(&(Table::Uploads, sha256.clone()));
            if matches!(status.state, State::UpToDate { .. }) {
                assert!(!waits, "green while a file waits");
            }
        }
        assert!(status.files.done <= status.files.total);
    }

    /// Everything works again until nothing is left to do.
    fn settle(&mut self) {
        self.bench.wake();
        for _ in 0..2_000 {
            match self.next() {
                Some((request, call)) => self.deliver(request, &call),
                None if matches!(self.bench.client.status().state, State::UpToDate { .. }) => return,
                None => self.bench.wake(),
            }
        }
        panic!("never done: {:?}", self.bench.client.status());
    }

    fn expect_all_there(&self) {
        assert!(self.shelf.whole == self.picked);
        let left = [Table::Files, Table::Uploads].map(|table| self.bench.store.table(table).len());
        assert_eq!(left, [0, 0], "nothing is kept that is confirmed");
    }
}

#[test]
fn files_follow_the_numbers_and_leave_once_they_are_confirmed() {
    let mut device = Device::new();
    let op = device.attach(&[(1, 700_000), (2, 9_000)]).unwrap();
    device.attach(&[(1, 700_000), (2, 9_000), (3, 10)]);
    let waiting = device.bench.client.uploads();
    assert_eq!(waiting.len(), 3);
    assert_eq!(waiting[0].ops, [op], "the second edit attached only what is new in it");
    let (request, push) = device.next().unwrap();
    assert!(matches!(push, Call::Push(_)));
    device.deliver(request, &push);
    assert!(!matches!(device.bench.client.status().state, State::UpToDate { .. }), "files are left");
    device.settle();
    device.expect_all_there();
    assert_eq!(device.bench.client.status().files.total, 0, "a new count begins");
}

#[test]
fn parts_grow_on_a_good_line_and_shrink_on_a_bad_one() {
    let mut device = Device::new();
    device.attach(&[(1, 12 << 20)]);
    device.settle();
    let lengths: Vec<u64> = device.parts.iter().map(|(from, to)| to - from).collect();
    assert_eq!(lengths[..4], [CHUNK, 2 * CHUNK, 4 * CHUNK, LARGEST]);
    assert_eq!(lengths.iter().sum::<u64>(), 12 << 20, "no byte twice");

    let mut device = Device::new();
    device.attach(&[(1, 1 << 20)]);
    let mut cut = 0;
    while cut < 8 {
        let (request, call) = loop {
            if let Some(next) = device.next() {
                break next;
            }
            device.bench.wake();
        };
        if matches!(call, Call::Part { .. }) {
            cut += 1;
            device.hear(request, Err(Failure::Offline));
            assert_eq!(device.bench.client.status().state, State::Offline);
        } else {
            device.deliver(request, &call);
        }
    }
    let (from, to) = *device.parts.last().unwrap();
    assert_eq!(to - from, SMALLEST);
    device.settle();
    device.expect_all_there();
}

#[test]
fn an_office_without_room_for_a_part_is_named_and_the_part_comes_again() {
    let mut device = Device::new();
    device.attach(&[(1, 700_000)]);
    let mut refused = 0;
    while refused < 3 {
        let (request, call) = loop {
            if let Some(next) = device.next() {
                break next;
            }
            device.bench.wake();
        };
        if matches!(call, Call::Part { .. }) {
            refused += 1;
            device.hear(request, Err(Failure::Full { retry_after_ms: Some(60_000) }));
            assert_eq!(device.bench.client.status().state, State::OfficeFull);
            assert!(*device.bench.timers.last().unwrap() >= 60_000, "not before the office asked for it");
        } else {
            device.deliver(request, &call);
        }
    }
    device.settle();
    device.expect_all_there();
}

#[test]
fn a_photo_and_its_small_picture_are_one_file_to_a_person() {
    let mut device = Device::new();
    let mut part = device.evidence(&[(1, 700_000)]);
    let small = json!({"sha256": name(2), "size": 900, "media": "image/jpeg"});
    part.changes[0].value["evidence"][0]["thumbnail"] = small;
    for (number, size) in [(1, 700_000), (2, 900)] {
        device.picked.insert(name(number), content(number, size));
        device.bench.store.rows.insert((Table::Files, name(number)), content(number, size));
    }
    device.bench.save(vec![part]).unwrap().unwrap();
    let names: Vec<_> = device.bench.client.uploads().into_iter().map(|upload| upload.name).collect();
    assert_eq!(names, ["a.jpg", ""]);
    assert_eq!(device.bench.client.status().files.files, 1);
    assert_eq!(device.bench.client.status().files.total, 700_900);
    device.settle();
    device.expect_all_there();
}

#[test]
fn a_cut_at_every_part_resumes() {
    let mut device = Device::new();
    device.attach(&[(1, 1_500_000)]);
    let mut sent = 0u64;
    for _ in 0..200 {
        let Some((request, call)) = device.next() else {
            device.bench.wake();
            continue;
        };
        let Call::Part { from, to, .. } = call else {
            device.deliver(request, &call);
            continue;
        };
        let (bytes, size) = device.bytes(&call);
        // Most of it arrives, and the answer never does.
        let reach = (to - from) * 9 / 10 + 1;
        sent += to - from;
        let _ = device.shelf.answer(&call, &bytes, size, reach);
        device.hear(request, Err(Failure::Offline));
        if device.shelf.whole.len() == 1 {
            break;
        }
    }
    device.settle();
    device.expect_all_there();
    assert!(sent < 1_500_000 * 5 / 4, "{sent} bytes for 1500000");
}

#[test]
fn nothing_goes_while_it_is_paused_or_waits_for_wifi() {
    let mut device = Device::new();
    device.bench.hear(Event::Gate(Gate::of(false, true, true)));
    device.attach(&[(1, 5_000)]);
    for _ in 0..20 {
        match device.next() {
            Some((_, Call::Offer { .. } | Call::Part { .. })) => panic!("it costs money"),
            Some((request, call)) => device.deliver(request, &call),
            None => device.bench.wake(),
        }
    }
    let status = device.bench.client.status();
    assert_eq!((status.waiting, status.files.files, status.files.gate), (0, 1, Gate::WaitsForWifi));
    assert_eq!(status.state, State::Waiting, "numbers are there, and it is not green");
    assert_eq!(Gate::of(true, false, false), Gate::Paused);
    assert_eq!(Gate::of(false, true, false), Gate::Open);
    device.bench.hear(Event::Gate(Gate::Open));
    device.settle();
    device.expect_all_there();
}

#[test]
fn a_refused_file_needs_a_person_and_stops_no_other() {
    let mut device = Device::new();
    device.attach(&[(1, 5_000), (2, 6_000), (3, 7_000)]);
    for _ in 0..60 {
        match device.next() {
            Some((request, Call::Offer { sha256, .. })) if sha256 == name(1) => {
                device.hear(request, Err(Failure::TooLarge));
            }
            Some((request, Call::Part { sha256, .. })) if sha256 == name(2) => {
                device.hear(request, Err(Failure::Refused { code: FILE_GONE.into() }));
            }
            Some((request, call)) => device.deliver(request, &call),
            None => device.bench.wake(),
        }
    }
    let status = device.bench.client.status();
    assert_eq!(status.state, State::Attention { count: 2 });
    let codes: Vec<_> = device.bench.client.uploads().into_iter().filter_map(|file| file.refused).collect();
    assert_eq!(codes, ["file.too_large", FILE_GONE]);
    assert!(device.shelf.whole.contains_key(&name(3)));
    // The limit was raised: it goes when a person asks for it.
    device.bench.hear(Event::RetryFiles);
    device.settle();
    device.expect_all_there();
}

#[test]
fn an_office_that_never_takes_a_file_is_not_asked_for_ever() {
    let mut device = Device::new();
    device.attach(&[(1, 5_000)]);
    let mut asked = 0;
    for _ in 0..200 {
        match device.next() {
            Some((request, Call::Part { .. })) => {
                asked += 1;
                device.hear(request, Err(Failure::Refused { code: "upload.checksum".into() }));
            }
            Some((request, call)) => device.deliver(request, &call),
            None => device.bench.wake(),
        }
    }
    assert_eq!(asked, 5);
    assert_eq!(device.bench.client.status().state, State::Attention { count: 1 });
}

#[test]
fn a_file_stays_while_any_operation_that_named_it_waits() {
    let mut device = Device::new();
    device.attach(&[(1, 5_000)]);
    loop {
        let Some((request, call)) = device.next() else {
            device.bench.wake();
            continue;
        };
        if matches!(call, Call::Part { .. }) {
            // A nagari row gets the same photo while the last part is under way.
            let evidence = device.evidence(&[(1, 5_000)]).changes[0].value["evidence"].clone();
            let row = json!({"done": true, "evidence": evidence});
            let group = format!("nagari/{}", NAGARI[0]);
            let row = edit(figure(device.bench.setup.shared[1]), &group, row);
            device.bench.save(vec![row]).unwrap().unwrap();
            device.deliver(request, &call);
            break;
        }
        device.deliver(request, &call);
    }
    assert_eq!(device.bench.store.table(Table::Files).len(), 1, "one of them has no verdict yet");
    device.settle();
    device.expect_all_there();
}

#[derive(Clone, Debug)]
enum Step {
    Deliver,
    /// Sent and delivered, twice; the answer of the first is heard.
    Twice,
    Lost,
    AnswerLost,
    /// So many percent arrive.
    Cut(u64),
    NotOurs,
    Busy,
    Restart,
    /// The office's disk lost what was not whole.
    OfficeForgot,
    /// Somebody else's bytes, or a restored backup: it stands elsewhere.
    OfficeMoved(u64),
    Attach(u8, u64),
    Number,
    Pause,
    Resume,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        6 => Just(Step::Deliver),
        1 => Just(Step::Twice),
        1 => Just(Step::Lost),
        2 => Just(Step::AnswerLost),
        3 => (0..100u64).prop_map(Step::Cut),
        1 => Just(Step::NotOurs),
        1 => Just(Step::Busy),
        1 => Just(Step::Restart),
        1 => Just(Step::OfficeForgot),
        1 => (0..100u64).prop_map(Step::OfficeMoved),
        2 => (0..6u8, 1..700_000u64).prop_map(|(n, size)| Step::Attach(n, size)),
        1 => Just(Step::Number),
        1 => Just(Step::Pause),
        1 => Just(Step::Resume),
    ];
    prop::collection::vec(step, 1..60)
}

fn take(device: &mut Device, step: &Step) {
    match step {
        Step::Attach(number, size) => {
            // The same name is the same bytes.
            let size = device.picked.get(&name(*number)).map_or(*size, |bytes| bytes.len() as u64);
            device.attach(&[(*number, size)]);
            return device.check();
        }
        Step::Number => {
            let part = edit(figure(device.bench.setup.shared[1]), "obstacle", "jalan".into());
            device.bench.save(vec![part]);
            return device.check();
        }
        Step::Restart => {
            device.bench.sent.clear();
            device.bench.restart();
            return device.check();
        }
        Step::OfficeForgot => return device.shelf.partial.clear(),
        Step::OfficeMoved(percent) => {
            for partial in device.shelf.partial.values_mut() {
                partial.truncate(partial.len() * usize::try_from(*percent).unwrap() / 100);
            }
            return;
        }
        Step::Pause => return device.tell(Event::Gate(Gate::Paused)),
        Step::Resume => return device.tell(Event::Gate(Gate::Open)),
        _ => {}
    }
    let Some((request, call)) = device.next() else { return device.tell(Event::Wake(Trigger::Manual)) };
    let about_file = matches!(call, Call::Offer { .. } | Call::Part { .. });
    match step {
        Step::Lost => device.hear(request, Err(Failure::Offline)),
        Step::NotOurs => device.hear(request, Err(Failure::NotOurs)),
        Step::Busy => device.hear(request, Err(Failure::Busy { retry_after_ms: None })),
        Step::AnswerLost | Step::Cut(_) if about_file => {
            let (bytes, size) = device.bytes(&call);
            let reach = match (step, &call) {
                (Step::Cut(percent), Call::Part { from, to, .. }) => (to - from) * percent / 100,
                _ => u64::MAX,
            };
            let _ = device.shelf.answer(&call, &bytes, size, reach);
            device.hear(request, Err(Failure::Offline));
        }
        Step::AnswerLost | Step::Cut(_) => {
            device.bench.answer(&call);
            device.hear(request, Err(Failure::Offline));
        }
        Step::Twice if about_file => {
            let (bytes, size) = device.bytes(&call);
            let first = device.shelf.answer(&call, &bytes, size, u64::MAX);
            let _ = device.shelf.answer(&call, &bytes, size, u64::MAX);
            device.hear(request, first);
        }
        _ => device.deliver(request, &call),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn every_file_arrives_whole_whatever_happens_on_the_way(steps in steps()) {
        let mut device = Device::new();
        for step in &steps {
            take(&mut device, step);
        }
        // A start tries again what was given up, and clears what nothing needs:
        // a file that is attached where it already is.
        device.bench.sent.clear();
        device.bench.restart();
        let needed: Vec<_> = device.bench.client.uploads().into_iter().map(|file| file.sha256).collect();
        device.bench.store.rows.retain(|(table, key), _| *table != Table::Files || needed.contains(key));
        device.bench.hear(Event::Gate(Gate::Open));
        device.settle();
        device.expect_all_there();
    }
}
