//! The demo's SOP carried out so far: 1 to 5 done, 6 running, 7 done in three
//! units, 8 in two.

use super::people::person;
use super::story::{
    COMMUNITY, GOVERNMENT, LAPTOP, SECRETARIAT, SECRETARY, SERVICE, Teller, WELFARE, edit, workday,
};
use super::{DemoAct, DemoPart, files, values};
use crate::procedure::{PAPER, Told};
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
                ("passed_to", "Sekretaris\nSub Bagian Perencanaan".into()),
                ("nature", "Segera".into()),
                ("subject", "Pengukuran kinerja triwulan".into()),
            ],
        );
        let (camat, recorder) = (person(self.office, "camat"), person(self.office, "sekretaris"));
        let day = workday(self.today, -order.back);
        for step in self.steps.iter_mut().rev().take(3) {
            (step.acted_for, step.source) = (Some(camat), Source::Paper);
            for DemoPart { act, .. } in &mut step.parts {
                if let DemoAct::Edit(groups) = act {
                    let paper = std::mem::take(groups).into_iter();
                    *groups = paper.map(|g| files::proved(g, files::disposition(recorder, day))).collect();
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
                (
                    "decisions",
                    "Data diisi sampai batas isi data. Nagari tertib administrasi dirinci per nagari.".into(),
                ),
                ("tasks", "Setiap Kasi: memvalidasi data seksinya sebelum batas.".into()),
            ],
        );
        self.moved("anggota.tim", LAPTOP, 6, (8, 30), vec![self.turn(6, None, DemoAct::Start)]);
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
        let own = |id: &RecordId| self.config.unit_of(*id) == Some(unit);
        let measured =
            self.config.indicators.iter().filter(|(id, i)| i.active && i.same_as.is_none() && own(id));
        measured.map(|(id, _)| values::figure(*id, self.period)).collect()
    }

    fn turn(&self, step: u16, unit: Option<RecordId>, act: DemoAct) -> DemoPart {
        DemoPart { subject: Subject::StepRun { cycle: self.cycle, step, unit }, act }
    }
}
