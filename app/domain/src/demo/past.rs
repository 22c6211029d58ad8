//! The two quarters before, each carried out to the archive: the first signed by the
//! Camat, the second by the Sekretaris as Plt. Camat, on paper.

use super::files::DemoFile;
use super::people::person;
use super::story::{
    COMMUNITY, GOVERNMENT, LAPTOP, ORDER, SECRETARIAT, SECRETARY, SERVICE, Teller, WELFARE, edit, workday,
};
use super::values::{self, When};
use super::{DemoAct, DemoPart};
use crate::config::Cycle;
use crate::evidence::media::Media;
use crate::evidence::{Kind, Reference, Stored};
use crate::period::Period;
use crate::procedure::sign::Manner;
use crate::procedure::{PAPER, RECEIPT, Told};
use crate::record::{RecordId, Source, Subject, Value, natural};
use crate::setup::{main, plain, unit_id};

/// Every unit that hands over, with who heads it.
const HEADS: [(&str, &str); 6] = [
    (SECRETARIAT, "sekretaris"),
    (GOVERNMENT, "kasi.pemerintahan"),
    (COMMUNITY, "kasi.pemberdayaan"),
    (WELFARE, "kasi.kesejahteraan"),
    (SERVICE, "kasi.pelayanan"),
    (ORDER, "kasi.trantibum"),
];

/// The scan of the signed page: one empty page that says so.
pub(super) fn scan() -> DemoFile {
    let page = "BT /F1 14 Tf 72 760 Td (Contoh pindaian halaman yang ditandatangani) Tj ET";
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 609 935]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>"
            .to_owned(),
        format!("<</Length {}>>stream\n{page}\nendstream", page.len()),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_owned(),
    ];
    let mut out = String::from("%PDF-1.4\n");
    let mut places = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.push_str(&format!("{} 0 obj{object}endobj\n", at + 1));
    }
    let list = out.len();
    out.push_str("xref\n0 6\n0000000000 65535 f \n");
    places.iter().for_each(|place| out.push_str(&format!("{place:010} 00000 n \n")));
    out.push_str(&format!("trailer<</Size 6/Root 1 0 R>>\nstartxref\n{list}\n%%EOF\n"));
    DemoFile { bytes: out.into_bytes().into() }
}

fn reference(by: RecordId) -> Reference {
    let scan = scan();
    let sha256 = scan.sha256();
    let media = Media::Pdf.name().into();
    let file = Some(Stored { sha256, size: scan.bytes.len() as u64, media });
    Reference {
        kind: Kind::Pdf,
        name: "halaman-tanda-tangan.pdf".into(),
        added_by: by,
        file,
        thumbnail: None,
        address: None,
        captured: None,
        date: None,
        position: None,
    }
}

/// A round that is over.
struct Past {
    cycle: RecordId,
    period: Period,
    when: When,
    /// Working days ago.
    back: i32,
}

impl Teller {
    /// Tells both quarters from their opening to their archive.
    pub(super) fn past(&mut self) {
        let last = self.period.previous();
        let first = last.previous();
        for (period, when, back) in [(first, When::Before, 14), (last, When::Last, 13)] {
            let cycle = natural(self.office.0, &format!("cycle/{period}"));
            let past = Past { cycle, period, when, back };
            self.opened(&past, true);
            self.prepared(&past);
            HEADS.iter().for_each(|(unit, head)| self.unit_done(&past, unit, head));
            self.ended(&past);
            self.signed(&past);
            self.opened(&past, false);
        }
    }

    fn opened(&mut self, past: &Past, open: bool) {
        let day = workday(self.today, -past.back).to_string();
        let value = Cycle {
            period: past.period,
            due: Some(day.clone()),
            regency_due: Some(day),
            open,
            policy: self.config.policies.keys().next().copied(),
            sop: self.config.sops.keys().next().copied(),
            stepwise: true,
            abandoned: None,
        };
        self.configure("perencanaan", past.back, vec![main(Subject::Cycle { id: past.cycle }, &value)]);
    }

    /// A step ended in one press, with what it produced.
    fn done(&self, past: &Past, step: u16, minutes: u32, paper: &[(&str, &str)]) -> Vec<DemoPart> {
        let subject = Subject::StepRun { cycle: past.cycle, step, unit: None };
        let mut parts = Vec::new();
        if !paper.is_empty() {
            let fields = paper.iter().map(|(name, text)| ((*name).to_owned(), Value::from(*text)));
            parts.push(edit(subject.clone(), vec![(PAPER.into(), fields.collect())]));
        }
        let told = Told { minutes: Some(minutes), ..Told::default() };
        parts.push(DemoPart { subject, act: DemoAct::Finish(told) });
        parts
    }

    fn prepared(&mut self, past: &Past) {
        let day = workday(self.today, -past.back).to_string();
        let (back, camat) = (past.back, person(self.office, "camat"));
        let order =
            [("instruction", "Susun pengukuran kinerja triwulan ini."), ("subject", "Pengukuran kinerja")];
        let parts = self.done(past, 1, 12, &order);
        self.moved("sekretaris", SECRETARY, back, (8, 40), parts);
        self.told(Some(camat), Source::Paper, None);
        let parts = self.done(past, 2, 50, &[]);
        self.moved("perencanaan", LAPTOP, back, (9, 40), parts);
        let parts = self.done(past, 3, 20, &[]);
        self.moved("anggota.tim", LAPTOP, back, (10, 5), parts);
        let invite = [
            ("date", day.as_str()),
            ("time", "13.00 WIB"),
            ("place", "Ruang rapat kantor camat"),
            ("agenda", "Pembahasan form"),
            ("invitees", "Para Kepala Seksi\nTim SAKIP"),
        ];
        let meeting = [
            ("date", day.as_str()),
            ("attendance", "Sekretaris\nPara Kepala Seksi"),
            ("decisions", "Data diisi sampai batasnya."),
        ];
        let mut parts = self.done(past, 4, 26, &invite);
        parts.extend(self.done(past, 5, 110, &meeting));
        self.moved("sekretaris", SECRETARY, back, (11, 30), parts);
        let parts = self.done(past, 6, 100, &[]);
        self.moved("anggota.tim", LAPTOP, back, (13, 0), parts);
    }

    /// A unit sends, validates and hands over what it typed.
    fn unit_done(&mut self, past: &Past, unit: &str, head: &str) {
        let id = unit_id(self.office, unit);
        let date = workday(self.today, -past.back);
        let tasks = values::tasks(&self.config, self.period, None);
        let own = tasks.iter().filter(|t| {
            let of = self.config.unit_of(t.id);
            of == Some(id) || of.and_then(|of| self.config.units.get(&of)?.parent) == Some(id)
        });
        let year = self.period.year;
        let typed =
            own.filter(|t| !values::groups(&self.config, t, year, past.period, past.when, date).is_empty());
        let figures: Vec<_> = typed.map(|t| values::figure(t.id, past.period)).collect();
        let mut parts = Vec::new();
        let subject = Subject::UnitForm { cycle: past.cycle, unit: id };
        parts.push(DemoPart { subject, act: DemoAct::Send { figures: figures.clone() } });
        let accept = |subject: &Subject| DemoPart {
            subject: subject.clone(),
            act: DemoAct::Accept { self_validated: true },
        };
        parts.extend(figures.iter().map(accept));
        let run = |step| Subject::StepRun { cycle: past.cycle, step, unit: Some(id) };
        let told = |minutes| Told { minutes: Some(minutes), ..Told::default() };
        parts.push(DemoPart { subject: run(7), act: DemoAct::Finish(told(80)) });
        let all = self.figures_in(id, past.period);
        parts.push(DemoPart { subject: run(8), act: DemoAct::HandOver { told: told(12), figures: all } });
        self.moved(head, LAPTOP, past.back, (14, 10), parts);
    }

    /// Compiled, corrected and submitted, once the budget was known.
    fn ended(&mut self, past: &Past) {
        let percent = if past.when == When::Last { 41 } else { 22 };
        let spent = self.spent(past.period, past.period.last_day(), percent);
        if !spent.is_empty() {
            self.moved("bendahara", LAPTOP, past.back, (15, 0), spent);
        }
        let mut parts = Vec::new();
        for (step, minutes) in [(101, 40), (9, 30), (10, 15)] {
            parts.extend(self.done(past, step, minutes, &[]));
        }
        self.moved("sekretaris", SECRETARY, past.back, (15, 20), parts);
    }

    /// Signed, numbered, sent, copied and archived.
    fn signed(&mut self, past: &Past) {
        let day = workday(self.today, -past.back).to_string();
        let second = past.when == When::Last;
        let name = if second { "sekretaris" } else { "camat" };
        let (signer, back) = (person(self.office, name), past.back);
        let sign = Subject::StepRun { cycle: past.cycle, step: 11, unit: None };
        if second {
            let evidence =
                vec![(PAPER.into(), serde_json::json!({ "evidence": [plain(&reference(signer))] }))];
            self.moved(name, SECRETARY, back, (15, 40), vec![edit(sign.clone(), evidence)]);
        }
        let manner = if second { Manner::Scan } else { Manner::Seal };
        let told = Told { minutes: Some(8), event_date: Some(day.clone()), ..Told::default() };
        let act = DemoAct::Sign { manner, signer, told };
        self.moved(name, SECRETARY, back, (15, 45), vec![DemoPart { subject: sign, act }]);
        let letter = Subject::StepRun { cycle: past.cycle, step: 12, unit: None };
        let number = DemoPart { subject: letter.clone(), act: DemoAct::Number { date: day.clone() } };
        self.moved("perencanaan", LAPTOP, back, (15, 50), vec![number]);
        let sent = [
            ("addressee", "Bupati Contoh melalui Bagian Organisasi"),
            ("items", "Dokumen Pengukuran Kinerja, 1 berkas"),
            ("channel", "Diantar"),
            ("sent", day.as_str()),
        ];
        let mut parts = self.done(past, 12, 15, &sent);
        let receipt = serde_json::json!({ "date": day, "by": "Bagian Organisasi" });
        parts.push(edit(letter, vec![(RECEIPT.into(), receipt)]));
        self.moved("perencanaan", LAPTOP, back, (16, 5), parts);
        let copies = [("copies", "2"), ("for_whom", "Bupati\nArsip")];
        let archive = [("classification", "000.8.6.3"), ("location", "Lemari arsip 2, rak 1")];
        let mut parts = self.done(past, 13, 20, &copies);
        parts.extend(self.done(past, 14, 9, &archive));
        self.moved("anggota.tim", LAPTOP, back, (16, 20), parts);
    }
}
