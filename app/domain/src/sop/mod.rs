//! The SOP as data: what is printed, and what the screen adds (sop.md).

#[cfg(feature = "demo")]
pub mod file;

use serde::{Deserialize, Serialize};
use takar_derive::Readable;

use crate::config::{Config, Office, Post};
use crate::issue::Issue;
use crate::record::{RecordId, natural};

/// A versioned SOP definition. Texts are word for word as printed, slips included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Readable)]
pub struct Sop {
    pub title: String,
    pub chart_title: String,
    pub institution: Vec<String>,
    pub year: u16,
    pub number: String,
    pub created: String,
    pub revised: String,
    pub effective: String,
    pub approved_by_post: String,
    pub legal_bases: Vec<String>,
    pub qualifications: Vec<String>,
    pub related: Vec<String>,
    pub equipment: Vec<String>,
    pub warning: String,
    pub recording: Vec<String>,
    pub printed_columns: Vec<String>,
    pub standard_heads: Vec<String>,
    /// Footnotes of the sheet about other slips than a step's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// Percent over waktu baku that nobody has to explain (sop.md, *Time*).
    #[serde(default = "usual_tolerance")]
    pub tolerance: u32,
    /// The version that was the newest when this one was made, so that the newest is
    /// known of several of one year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<RecordId>,
    pub steps: Vec<Step>,
}

/// The tolerance of a version that names none.
const fn usual_tolerance() -> u32 {
    25
}

/// Most percent that may pass without a reason.
const MAX_TOLERANCE: u32 = 1_000;

/// One step of the procedure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Readable)]
pub struct Step {
    pub number: u16,
    /// As printed.
    pub text: String,
    /// Noun shown on screen.
    pub screen_title: String,
    /// Wording for the screen where the printed text slips.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub screen_text: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub screen_note: Option<String>,
    /// Printed column index; `None` until the office sets it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub printed_column: Option<u8>,
    /// Who acts by default, editable.
    pub actors: Vec<Post>,
    pub per_unit: bool,
    pub after: Vec<u16>,
    pub requires: String,
    /// Standard working minutes (mutu baku); 0 for what the SOP sets none.
    pub minutes: u32,
    pub output: String,
    /// What carrying it out opens, closes and asks for.
    #[serde(default)]
    pub kind: Kind,
    /// Not of the SOP (*tambahan*): shown without a number, never printed.
    #[serde(default)]
    pub extra: bool,
    /// So many working days before batas kirim ke kabupaten it should be done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days_before: Option<u16>,
}

/// What a step does, whatever its number and whoever acts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Only ticked off.
    #[default]
    Plain,
    /// Perintah, by lembar disposisi.
    Order,
    /// Penyusunan form.
    Form,
    /// Penyampaian form: entry opens.
    Deliver,
    /// Undangan rapat.
    Invite,
    /// Rapat, with notulen and presensi.
    Meeting,
    /// Penghimpunan data.
    Collect,
    /// Validasi: done when what the unit filled in is validated.
    Validate,
    /// Penyampaian by the unit: its figures are locked.
    HandOver,
    /// Kompilasi dan telaah Sekretaris.
    Compile,
    /// Koreksi Camat.
    Correct,
    /// Pengajuan persetujuan.
    Submit,
    /// Penandatanganan: everything under it is locked.
    Sign,
    /// Surat pengantar.
    Letter,
    /// Penggandaan.
    Copy,
    /// Pengarsipan.
    Archive,
}

/// What is wrong with the steps of an SOP: every one must be reachable, so it
/// comes after steps that stand before it.
pub fn check_steps(sop: &Sop, found: &mut Vec<Issue>) {
    if sop.steps.is_empty() || sop.steps.len() > 100 {
        Issue::add(found, "sop.steps", "steps");
    }
    if sop.tolerance > MAX_TOLERANCE {
        found.push(Issue::hard("sop.tolerance", "tolerance"));
    }
    for (at, step) in sop.steps.iter().enumerate() {
        let earlier = sop.steps.get(..at).unwrap_or_default();
        let known = |number: &u16| earlier.iter().any(|s| s.number == *number);
        if known(&step.number) {
            found.push(Issue::hard("sop.twice", "steps").with("step", step.number.to_string()));
        }
        if let Some(unknown) = step.after.iter().find(|number| !known(number)) {
            let issue = Issue::hard("sop.after", "steps").with("step", step.number.to_string());
            found.push(issue.with("after", unknown.to_string()));
        }
        if step.actors.is_empty() {
            found.push(Issue::hard("sop.nobody", "steps").with("step", step.number.to_string()));
        }
        // One lock each: a second step of these kinds would open what the first shut.
        let single = matches!(step.kind, Kind::Deliver | Kind::HandOver | Kind::Sign);
        if single && earlier.iter().any(|s| s.kind == step.kind) {
            found.push(Issue::hard("sop.kind_twice", "steps").with("step", step.number.to_string()));
        }
    }
}

impl Step {
    /// The wording for the screen: the printed text, mended where it slips.
    #[must_use]
    pub fn on_screen(&self) -> &str {
        self.screen_text.as_deref().unwrap_or(&self.text)
    }

    /// `7. Penghimpunan dan validasi`; what is *tambahan* has no number.
    #[must_use]
    pub fn numbered(&self) -> String {
        let number = if self.extra { String::new() } else { [&self.number.to_string(), ". "].concat() };
        [number.as_str(), &self.screen_title].concat()
    }
}

impl Sop {
    /// The step of a number.
    #[must_use]
    pub fn step(&self, number: u16) -> Option<&Step> {
        self.steps.iter().find(|step| step.number == number)
    }

    /// This procedure as the version after the newest, and its id; `None` if the office
    /// has one that says the same.
    #[must_use]
    pub fn next(mut self, config: &Config, office: RecordId) -> Option<(RecordId, Self)> {
        self.replaces = None;
        let id = version_id(office, &self);
        if config.sops.contains_key(&id) {
            return None;
        }
        self.replaces = newest(config);
        Some((id, self))
    }

    /// Which version of its procedure it is, from 1: one more for each that it follows.
    #[must_use]
    pub fn version(&self, config: &Config) -> usize {
        let (mut version, mut last) = (1, self);
        // Versions are data: a loop in them must not hang the office.
        while version < config.sops.len()
            && let Some(before) = last.replaces.and_then(|id| config.sops.get(&id))
        {
            (version, last) = (version + 1, before);
        }
        version
    }

    /// The same procedure under another office's name and number, not yet approved
    /// there: steps, legal bases and slips stay as printed.
    #[must_use]
    pub fn under(self, office: &Office, year: u16) -> Self {
        let name = office.name.to_ascii_uppercase();
        Self {
            institution: vec![format!("PEMERINTAH {}", office.regency.to_ascii_uppercase()), name.clone()],
            year,
            number: format!("000.8.3.3/01/SOP/{}-{year}", initials(&office.name)),
            created: format!("2 Januari {year}"),
            revised: "-".into(),
            effective: format!("2 Januari {year}"),
            approved_by_post: format!("CAMAT {}", name.trim_start_matches("KECAMATAN ")),
            ..self
        }
    }

    /// A first version for an office that has signed no sheet yet: wording mended,
    /// and without the legal bases of the kabupaten it was written in.
    #[must_use]
    pub fn as_template(mut self) -> Self {
        self.legal_bases.retain(|base| !base.contains("Pesisir Selatan"));
        self.notes.clear();
        for head in self.standard_heads.iter_mut().filter(|head| *head == "Ouput") {
            *head = "Output".into();
        }
        for step in &mut self.steps {
            if let Some(mended) = step.screen_text.take() {
                step.text = mended;
                step.screen_note = None;
            }
        }
        self
    }
}

/// The version that a new cycle usually runs by: of those that no other replaced, the
/// latest year's.
#[must_use]
pub fn newest(config: &Config) -> Option<RecordId> {
    let replaced = |id: &RecordId| config.sops.values().any(|sop| sop.replaces == Some(*id));
    let last = config.sops.iter().filter(|(id, _)| !replaced(id));
    last.max_by_key(|(id, sop)| (sop.year, **id)).map(|(id, _)| *id)
}

/// The id of a version, by its content without the one that it replaces: a version never
/// changes, so the same content is the same record on every device, and an edit is a new
/// one.
#[must_use]
pub fn version_id(office: RecordId, sop: &Sop) -> RecordId {
    let content = crate::codec::to_json(sop);
    natural(office.0, &["sop/", &content].concat())
}

pub(crate) fn initials(name: &str) -> String {
    name.split_whitespace().filter_map(|word| word.chars().next()).flat_map(char::to_uppercase).collect()
}

/// The SOP that Takar puts on screen, from `data/sop.toml`: Kecamatan IV Jurai, 2023.
///
/// # Errors
/// Only if the file in this crate was damaged; a test reads it.
#[cfg(feature = "demo")]
pub fn printed() -> Result<Sop, toml::de::Error> {
    toml::from_str(include_str!("../../data/sop.toml"))
}
