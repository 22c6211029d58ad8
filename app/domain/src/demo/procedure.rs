//! The demo's SOP carried out so far: 1 to 5 done, 6 running, 7 done in three
//! units, 8 in two.

use super::people::person;
use super::story::{
    COMMUNITY, GOVERNMENT, LAPTOP, ORDER, SECRETARIAT, SECRETARY, SERVICE, Teller, WELFARE, edit, workday,
};
use super::{DemoAct, DemoPart, files, values};
use crate::codec::to_value;
use crate::config::{FormRead, Post, READ};
use crate::period::Period;
use crate::procedure::list::{DECISIONS, HOPS, TASKS, WHO};
use crate::procedure::{PAPER, Seat, Told};
use crate::record::{RecordId, Source, Subject, Value};
use crate::setup::unit_id;

/// A step that was carried out: working days ago, from and to on that day.
struct Done {
    step: u16,
    author: &'static str,
    device: u8,
    back: i32,
    from: (i64, i64),
    to: (i64, i64),
    minutes: u32,
}

impl Teller {
    /// Perintah to Penghimpunan.
    pub(super) fn procedure(&mut self) {
        let order = Done {
            step: 1,
            author: "sekretaris",
            device: SECRETARY,
            back: 12,
            from: (9, 0),
            to: (9, 14),
            minutes: 12,
        };
        let instruction =
            "Susun pengukuran kinerja triwulan ini. Semua seksi dan sekretariat mengisi form tepat waktu.";
        self.carried_out(
            &order,
            None,
            &[
                ("instruction", instruction.into()),
                ("nature", "Segera".into()),
                ("subject", "Pengukuran kinerja triwulan".into()),
            ],
        );
        let lines = self.passed_on();
        if let Some(paper) = self.steps.iter_mut().rev().nth(1) {
            paper.parts.extend(lines);
        }
        let (camat, recorder) = (person(self.office, "camat"), person(self.office, "sekretaris"));
        let day = workday(self.today, -order.back);
        for step in self.steps.iter_mut().rev().take(3) {
            (step.acted_for, step.source) = (Some(camat), Source::Paper);
            for DemoPart { act, .. } in &mut step.parts {
                if let DemoAct::Edit(groups) = act {
                    let paper = std::mem::take(groups).into_iter();
                    let proved = |g: (String, Value)| match g.0.as_str() {
                        PAPER => files::proved(g, files::disposition(recorder, day)),
                        _ => g,
                    };
                    *groups = paper.map(proved).collect();
                }
            }
        }
        let form = Done {
            step: 2,
            author: "perencanaan",
            device: LAPTOP,
            back: 11,
            from: (8, 30),
            to: (9, 25),
            minutes: 48,
        };
        self.carried_out(
            &form,
            None,
            &[("remarks", "Form memakai indikator Renstra tahun berjalan.".into())],
        );
        let deliver = Done {
            step: 3,
            author: "anggota.tim",
            device: LAPTOP,
            back: 10,
            from: (8, 45),
            to: (10, 10),
            minutes: 20,
        };
        self.carried_out(
            &deliver,
            None,
            &[("remarks", "Sudah dibaca enam unit, tanpa usul perubahan.".into())],
        );
        self.read_by_units();
        let invite = Done {
            step: 4,
            author: "sekretaris",
            device: SECRETARY,
            back: 9,
            from: (10, 0),
            to: (10, 40),
            minutes: 34,
        };
        let meeting_day = workday(self.today, -7);
        self.carried_out(
            &invite,
            None,
            &[
                ("date", meeting_day.to_string()),
                ("time", "09.00 WIB sampai selesai".into()),
                ("place", "Ruang rapat kantor camat".into()),
                ("agenda", "Pembahasan form dan data pengukuran kinerja triwulan".into()),
                ("invitees", "Para Kepala Seksi\nPara Kepala Sub Bagian\nTim SAKIP".into()),
            ],
        );
        let meeting = Done {
            step: 5,
            author: "sekretaris",
            device: SECRETARY,
            back: 7,
            from: (9, 0),
            to: (11, 5),
            minutes: 118,
        };
        self.carried_out(
            &meeting,
            None,
            &[
                ("date", meeting_day.to_string()),
                (
                    "attendance",
                    "Sekretaris\nKasubbag Perencanaan\nKasi Pemerintahan\nKasi Trantibum\nTiga Kasi lainnya"
                        .into(),
                ),
            ],
        );
        let lines = self.decided();
        if let Some(paper) = self.steps.iter_mut().rev().nth(1) {
            paper.parts.extend(lines);
        }
        self.moved("anggota.tim", LAPTOP, 6, (8, 30), vec![self.turn(6, None, DemoAct::Start)]);
    }

    /// The disposisi on its way: to the Sekretaris, from there to the planner; both
    /// have it.
    fn passed_on(&self) -> Vec<DemoPart> {
        let unit = |name| Some(unit_id(self.office, name));
        let hops = [
            (Post::Sekretaris, unit(SECRETARIAT), "Koordinasikan sampai selesai."),
            (Post::Kasubbag, unit("Sub Bagian Perencanaan"), "Siapkan form dan jadwalnya."),
        ];
        let mut changes = Vec::new();
        for (number, (post, unit, instruction)) in (1..).zip(hops) {
            let name = number.to_string();
            let seat = Seat { post, unit }.to_string();
            let line = [(WHO, seat), ("instruction", instruction.to_owned())];
            changes.push(([HOPS.prefix, &name].concat(), texts(line)));
            let got = HOPS.answer.as_ref().map_or("", |answer| answer.prefix);
            changes.push(([got, &name].concat(), texts([])));
        }
        vec![edit(Subject::StepRun { cycle: self.cycle, step: 1, unit: None }, changes)]
    }

    /// Every head has read the form that the plan gives.
    fn read_by_units(&mut self) {
        let heads = [
            (SECRETARIAT, "sekretaris"),
            ("Sub Bagian Perencanaan", "perencanaan"),
            ("Sub Bagian Umum dan Keuangan", "sekretaris"),
            (GOVERNMENT, "kasi.pemerintahan"),
            (COMMUNITY, "kasi.pemberdayaan"),
            (WELFARE, "kasi.kesejahteraan"),
            (SERVICE, "kasi.pelayanan"),
            (ORDER, "kasi.trantibum"),
        ];
        for (unit, head) in heads {
            let reader = person(self.office, head);
            let subject = Subject::UnitForm { cycle: self.cycle, unit: unit_id(self.office, unit) };
            let group = [READ, &reader.to_string()].concat();
            let receipt = to_value(&FormRead { version: 1, remarks: String::new() });
            self.moved(head, LAPTOP, 10, (13, 0), vec![edit(subject, vec![(group, receipt)])]);
        }
    }

    /// What the meeting decided, and who does what by when.
    fn decided(&self) -> Vec<DemoPart> {
        let mut changes = Vec::new();
        for (number, text) in
            (1..).zip(["Data diisi sampai batas isi data.", "Nagari tertib administrasi dirinci per nagari."])
        {
            let group = [DECISIONS.prefix, &i32::to_string(&number)].concat();
            changes.push((group, texts([("text", text.to_owned())])));
        }
        let seat = Seat { post: Post::Kasi, unit: Some(unit_id(self.office, ORDER)) };
        let task = [
            ("text", "Melengkapi data kejadian dari nagari".to_owned()),
            (WHO, seat.to_string()),
            ("due", workday(self.today, 2).to_string()),
        ];
        changes.push(([TASKS.prefix, "1"].concat(), texts(task)));
        vec![edit(Subject::StepRun { cycle: self.cycle, step: 5, unit: None }, changes)]
    }

    /// A unit's validation, begun and finished on one day.
    pub(super) fn validated(&mut self, unit: &str, head: &'static str, device: u8, back: i32, minutes: u32) {
        let done = Done { step: 7, author: head, device, back, from: (13, 30), to: (15, 35), minutes };
        self.carried_out(&done, Some(unit_id(self.office, unit)), &[]);
    }

    /// A unit's data handed over.
    pub(super) fn delivered(&mut self, unit: &str, head: &'static str, back: i32, minutes: u32) {
        let done =
            Done { step: 8, author: head, device: LAPTOP, back, from: (15, 40), to: (15, 58), minutes };
        self.carried_out(&done, Some(unit_id(self.office, unit)), &[]);
    }

    /// Three of the units that are still at it.
    pub(super) fn running(&mut self) {
        for (unit, head, back) in [(GOVERNMENT, "kasi.pemerintahan", 1), (SERVICE, "kasi.pelayanan", 2)] {
            let turn = self.turn(7, Some(unit_id(self.office, unit)), DemoAct::Start);
            self.moved(head, LAPTOP, back, (9, 10), vec![turn]);
        }
    }

    /// The units that are done with validating.
    pub(super) fn handing_over(&mut self) {
        self.validated(SECRETARIAT, "sekretaris", SECRETARY, 4, 62);
        for (unit, head, back, minutes) in
            [(COMMUNITY, "kasi.pemberdayaan", 4, 38), (WELFARE, "kasi.kesejahteraan", 3, 30)]
        {
            self.validated(unit, head, LAPTOP, back, minutes);
            self.delivered(unit, head, back, 8);
        }
    }

    /// Three operations: begun, written down, finished.
    fn carried_out(&mut self, done: &Done, unit: Option<RecordId>, paper: &[(&str, String)]) {
        let Done { step, author, device, back, from, to, minutes } = *done;
        self.moved(author, device, back, from, vec![self.turn(step, unit, DemoAct::Start)]);
        if !paper.is_empty() {
            let fields = paper.iter().map(|(name, text)| ((*name).to_owned(), Value::from(text.as_str())));
            let subject = Subject::StepRun { cycle: self.cycle, step, unit };
            self.moved(author, device, back, to, vec![edit(subject, vec![(PAPER.into(), fields.collect())])]);
        }
        let told = Told { minutes: Some(minutes), ..Told::default() };
        let act = match unit.filter(|_| step == 8) {
            Some(unit) => DemoAct::HandOver { told, figures: self.figures_of(unit) },
            None => DemoAct::Finish(told),
        };
        self.moved(author, device, back, to, vec![self.turn(step, unit, act)]);
    }

    /// Every figure that a unit answers for in the running quarter.
    fn figures_of(&self, unit: RecordId) -> Vec<Subject> {
        self.figures_in(unit, self.period)
    }

    /// The same in another one, its sub bagian's included.
    pub(super) fn figures_in(&self, unit: RecordId, period: Period) -> Vec<Subject> {
        let own = |id: &RecordId| {
            let of = self.config.unit_of(*id);
            of.and_then(|of| crate::procedure::lock::handing_over(&self.config, of)) == Some(unit)
        };
        let measured =
            self.config.indicators.iter().filter(|(id, i)| i.active && i.same_as.is_none() && own(id));
        measured.map(|(id, _)| values::figure(*id, period)).collect()
    }

    fn turn(&self, step: u16, unit: Option<RecordId>, act: DemoAct) -> DemoPart {
        DemoPart { subject: Subject::StepRun { cycle: self.cycle, step, unit }, act }
    }
}

/// A line of a list.
fn texts<const N: usize>(all: [(&str, String); N]) -> Value {
    all.into_iter().map(|(name, text)| (name.to_owned(), Value::from(text))).collect()
}
