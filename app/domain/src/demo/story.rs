//! The story of the demo's quarter, one operation after the other.

use uuid::Uuid;

use super::values::{self, ORDERLY, Task, When};
use super::{Demo, DemoAct, DemoPart, DemoStep, files, people, plan};
use crate::config::{Config, Cycle, Office, Zone};
use crate::date::Date;
use crate::period::Period;
use crate::record::{
    Attribution, DeviceId, Group, Head, Made, OpId, Record, RecordId, Source, Subject, Value, natural,
};
use crate::setup::{Fields, main, office_parts, unit_id};

pub(super) const LAPTOP: u8 = 0;
const PHONE: u8 = 1;
pub(super) const SECRETARY: u8 = 2;

pub(super) const SECRETARIAT: &str = "Sekretariat";
pub(super) const GOVERNMENT: &str = "Seksi Pemerintahan";
pub(super) const COMMUNITY: &str = "Seksi Pemberdayaan Masyarakat";
pub(super) const WELFARE: &str = "Seksi Kesejahteraan Sosial";
pub(super) const SERVICE: &str = "Seksi Pelayanan";
pub(super) const ORDER: &str = "Seksi Ketenteraman dan Ketertiban";
const PLANNING: &str = "Sub Bagian Perencanaan";
const GENERAL: &str = "Sub Bagian Umum dan Keuangan";

pub(super) struct Teller {
    pub(super) office: RecordId,
    /// The configuration as told so far.
    pub(super) config: Config,
    pub(super) period: Period,
    pub(super) cycle: RecordId,
    pub(super) today: Date,
    pub(super) steps: Vec<DemoStep>,
}

/// Tells the whole story.
pub(super) fn tell(office: RecordId, today: Date) -> Result<Demo, String> {
    let period = today.quarter().previous();
    let cycle = natural(office.0, &format!("cycle/{period}"));
    let mut teller = Teller { office, config: Config::default(), period, cycle, today, steps: Vec::new() };
    teller.founding()?;
    teller.planning()?;
    teller.history();
    teller.past();
    teller.procedure();
    teller.secretariat();
    teller.handed_over(COMMUNITY, "kasi.pemberdayaan", 4);
    teller.handed_over(WELFARE, "kasi.kesejahteraan", 3);
    teller.returned();
    teller.handing_over();
    teller.late();
    teller.difference();
    teller.running();
    teller.budgets();
    teller.restated();
    Ok(Demo { office, accounts: people::accounts(office), files: files::files(), steps: teller.steps })
}

impl Teller {
    fn founding(&mut self) -> Result<(), String> {
        let office = Office {
            name: "Kecamatan Contoh".into(),
            regency: "Kabupaten Contoh".into(),
            address: "Jalan Contoh Nomor 1".into(),
            zone: Zone::Wib,
            village_word: "nagari".into(),
            demo: true,
            file_limit: crate::evidence::LIMIT,
            number_pattern: crate::letter::PATTERN.into(),
            letter_unit: String::new(),
            letter_class: crate::letter::CLASS.into(),
            place: "Contoh".into(),
            retention: crate::retention::SCHEDULE.into(),
        };
        let mut parts = office_parts(self.office, &office, self.today).map_err(|e| e.to_string())?;
        parts.extend(values::nagari(self.office));
        // Long before the history that they enter.
        parts.extend(people::parts(
            self.office,
            self.today.add_days(-800),
            (workday(self.today, -16), workday(self.today, -14)),
        ));
        self.configure("admin", 60, parts);
        Ok(())
    }

    fn planning(&mut self) -> Result<(), String> {
        let import = plan::import(self.office, &self.config, self.period)?;
        self.configure("perencanaan", 55, import.parts);
        let cycle = Cycle {
            period: self.period,
            due: Some(workday(self.today, -1).to_string()),
            regency_due: Some(workday(self.today, 6).to_string()),
            open: true,
            policy: self.config.policies.keys().next().copied(),
            sop: self.config.sops.keys().next().copied(),
            stepwise: true,
            abandoned: None,
        };
        self.configure("perencanaan", 15, vec![main(Subject::Cycle { id: self.cycle }, &cycle)]);
        Ok(())
    }

    /// Two quarters before, entered as history, so that "periode lalu" has values.
    fn history(&mut self) {
        let last = self.period.previous();
        for (period, when, back) in [(last.previous(), When::Before, 14), (last, When::Last, 13)] {
            let date = workday(self.today, -back);
            let tasks = values::tasks(&self.config, self.period, None);
            let year = self.period.year;
            let parts = tasks.iter().map(|t| {
                let groups = values::groups(&self.config, t, year, period, when, date);
                edit(values::figure(t.id, period), groups)
            });
            let parts = parts.collect();
            self.moved("perencanaan", LAPTOP, back, (9, 0), parts);
        }
    }

    /// Everything validated: the secretariat's own by the Sekretaris, the rest by the
    /// two Kasubbag.
    fn secretariat(&mut self) {
        let sakip = self.config.indicators.iter().find(|(_, i)| values::is_sakip(i)).map(|(id, _)| *id);
        let waits =
            values::not_published(workday(self.today, 30), "Menunggu hasil evaluasi Inspektorat kabupaten");
        let sakip = sakip.map(|sakip| edit(values::figure(sakip, self.period), vec![waits]));
        for (unit, head, device, more) in [
            (SECRETARIAT, "sekretaris", SECRETARY, sakip),
            (PLANNING, "perencanaan", LAPTOP, None),
            (GENERAL, "kasubbag.umum", LAPTOP, None),
        ] {
            let mut parts = self.filled(unit, 5);
            parts.extend(more);
            self.moved("perencanaan", LAPTOP, 5, (10, 12), parts.clone());
            self.send_and_accept(unit, head, device, 4, parts);
        }
    }

    /// A seksi whose Kasi typed, sent and validated in one go.
    fn handed_over(&mut self, unit: &str, head: &str, back: i32) {
        let parts = self.filled(unit, back);
        self.moved(head, LAPTOP, back, (13, 40), parts.clone());
        self.send_and_accept(unit, head, LAPTOP, back, parts);
    }

    /// Pelayanan: one figure sent back for missing evidence.
    fn returned(&mut self) {
        let head = people::person(self.office, "kasi.pelayanan");
        let parts = self.filled(SERVICE, 3);
        let figures: Vec<Subject> = parts.iter().map(|p| p.subject.clone()).collect();
        self.moved("anggota.tim", LAPTOP, 3, (8, 50), parts);
        self.told(Some(head), Source::WhatsApp, None);
        let send = DemoAct::Send { figures: figures.clone() };
        self.moved("kasi.pelayanan", LAPTOP, 2, (9, 20), vec![self.form(SERVICE, send)]);
        let decide = |(index, subject): (usize, Subject)| {
            let comment = "Mohon lampirkan rekap buku register layanan sebagai bukti dukung.".into();
            let act = if index == 0 {
                DemoAct::Return { comment }
            } else {
                DemoAct::Accept { self_validated: false }
            };
            DemoPart { subject, act }
        };
        let decisions = figures.into_iter().enumerate().map(decide).collect();
        self.moved("kasi.pelayanan", LAPTOP, 2, (9, 31), decisions);
    }

    /// Trantibum: one value, the rest waits for others.
    fn late(&mut self) {
        let mut parts = self.filled(ORDER, 2);
        for part in parts.iter_mut().skip(1) {
            part.act = DemoAct::Edit(vec![values::note(1, "Menunggu data dari Polsek dan Koramil.")]);
        }
        self.moved("kasi.trantibum", LAPTOP, 2, (15, 5), parts);
    }

    /// Pemerintahan: laptop and phone both saw only the base; five nagari merge by
    /// themselves, one is asked.
    fn difference(&mut self) {
        let parts = self.filled(GOVERNMENT, 3);
        let figures: Vec<Subject> = parts.iter().map(|p| p.subject.clone()).collect();
        self.moved("staf.lapangan", PHONE, 3, (14, 10), parts);
        let base = self.steps.len();
        let Some(orderly) = self.indicator(ORDERLY) else { return };
        let subject = values::figure(orderly, self.period);
        let day = workday(self.today, -1);
        let laptop = vec![
            values::row('P', true, day, None),
            values::row('Q', true, day, None),
            files::proved(
                values::row('X', false, day, Some("Daftar hadir musyawarah belum lengkap.")),
                files::attendance(people::person(self.office, "anggota.tim"), day),
            ),
        ];
        self.moved("anggota.tim", LAPTOP, 1, (16, 2), vec![edit(subject.clone(), laptop)]);
        self.told(Some(people::person(self.office, "kasi.pemerintahan")), Source::Paper, Some(base));
        let mut phone: Vec<_> = ['R', 'S', 'T'].map(|l| values::row(l, true, day, None)).into();
        phone.push(files::proved(
            values::row('X', true, day, Some("Musyawarah selesai, dilihat sendiri di nagari.")),
            files::meeting(people::person(self.office, "staf.lapangan"), day),
        ));
        self.moved("staf.lapangan", PHONE, 1, (11, 40), vec![edit(subject, phone)]);
        self.told(None, Source::Own, Some(base));
        let send = DemoAct::Send { figures };
        self.moved("staf.lapangan", PHONE, 1, (16, 30), vec![self.form(GOVERNMENT, send)]);
    }

    fn send_and_accept(&mut self, unit: &str, head: &str, device: u8, back: i32, typed: Vec<DemoPart>) {
        let figures: Vec<Subject> = typed.into_iter().map(|p| p.subject).collect();
        let mut parts = vec![self.form(unit, DemoAct::Send { figures: figures.clone() })];
        let accept = |subject| DemoPart { subject, act: DemoAct::Accept { self_validated: true } };
        parts.extend(figures.into_iter().map(accept));
        self.moved(head, device, back, (15, 20), parts);
    }

    /// A unit's figures of the running quarter, by the rules.
    fn filled(&self, unit: &str, back: i32) -> Vec<DemoPart> {
        let (period, date) = (self.period, workday(self.today, -back));
        let groups = |t: &Task| values::groups(&self.config, t, period.year, period, When::Now, date);
        let tasks = values::tasks(&self.config, period, Some(unit_id(self.office, unit)));
        tasks.iter().map(|t| edit(values::figure(t.id, period), groups(t))).collect()
    }

    pub(super) fn indicator(&self, name: &str) -> Option<RecordId> {
        self.config.indicators.iter().find(|(_, i)| i.name == name).map(|(id, _)| *id)
    }

    fn form(&self, unit: &str, act: DemoAct) -> DemoPart {
        let subject = Subject::UnitForm { cycle: self.cycle, unit: unit_id(self.office, unit) };
        DemoPart { subject, act }
    }

    pub(super) fn configure(&mut self, author: &str, back: i32, parts: Vec<Fields>) {
        for (subject, changes) in &parts {
            self.config.apply(&record(subject, changes));
        }
        let parts = parts.into_iter().map(|(subject, changes)| edit(subject, changes)).collect();
        self.moved(author, LAPTOP, back, (8, 30), parts);
    }

    /// Adds a step made some working days ago, at a time of the office's day.
    pub(super) fn moved(
        &mut self,
        author: &str,
        device: u8,
        back: i32,
        time: (i64, i64),
        parts: Vec<DemoPart>,
    ) {
        self.steps.push(DemoStep {
            author: people::person(self.office, author),
            device,
            acted_for: None,
            source: Source::Own,
            made: instant(workday(self.today, -back), time),
            reason: None,
            base: None,
            parts,
        });
    }

    /// Says more about the step just added.
    pub(super) fn told(&mut self, acted_for: Option<RecordId>, source: Source, base: Option<usize>) {
        if let Some(step) = self.steps.last_mut() {
            *step = DemoStep { acted_for, source, base, ..step.clone() };
        }
    }
}

pub(super) const fn edit(subject: Subject, changes: Vec<(String, Value)>) -> DemoPart {
    DemoPart { subject, act: DemoAct::Edit(changes) }
}

/// Working days (Monday to Friday) from a day on, or back if negative.
pub(super) fn workday(from: Date, days: i32) -> Date {
    let step = days.signum();
    let (mut date, mut left) = (from, days.abs());
    while left > 0 {
        date = date.add_days(step);
        left -= i32::from(!date.is_weekend());
    }
    date
}

/// Milliseconds since 1970 UTC of a time in the demo's zone, WIB.
fn instant(date: Date, (hour, minute): (i64, i64)) -> i64 {
    let epoch = Date::new(1970, 1, 1).unwrap_or(date);
    let minutes = i64::from(epoch.days_until(date)) * 24 * 60 + (hour - 7) * 60 + minute;
    minutes * 60_000
}

/// A record as it stands after a first write, for [`Config::apply`].
fn record(subject: &Subject, changes: &[(String, Value)]) -> Record {
    let by = Attribution {
        author: RecordId(Uuid::nil()),
        acted_for: None,
        source: Source::Own,
        device: DeviceId(Uuid::nil()),
        made: Made::default(),
        reason: None,
    };
    let mut record = Record::new(subject.clone());
    for (group, value) in changes {
        let head = Head { op: OpId(Uuid::nil()), value: value.clone(), seq: None, by: by.clone() };
        record.groups.insert(group.clone(), Group { heads: vec![head], ..Group::default() });
    }
    record
}
