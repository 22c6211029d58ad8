//! The SOP as data: what is printed, and what the screen adds (sop.md).

use serde::{Deserialize, Serialize};

use crate::config::{Office, Post};

/// A versioned SOP definition. Texts are word for word as printed, slips included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
    pub steps: Vec<Step>,
}

/// One step of the procedure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
    /// Standard working minutes (mutu baku).
    pub minutes: u32,
    pub output: String,
}

impl Step {
    /// The wording for the screen: the printed text, mended where it slips.
    #[must_use]
    pub fn on_screen(&self) -> &str {
        self.screen_text.as_deref().unwrap_or(&self.text)
    }
}

impl Sop {
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
        for step in &mut self.steps {
            if let Some(mended) = step.screen_text.take() {
                step.text = mended;
                step.screen_note = None;
            }
        }
        self
    }
}

fn initials(name: &str) -> String {
    name.split_whitespace().filter_map(|word| word.chars().next()).flat_map(char::to_uppercase).collect()
}

/// The SOP that Takar puts on screen, from `data/sop.toml`: Kecamatan IV Jurai, 2023.
///
/// # Errors
/// Only if the file in this crate was damaged; a test reads it.
#[cfg(feature = "demo")]
pub fn printed() -> Result<Sop, toml::de::Error> {
    toml::from_str(include_str!("../data/sop.toml"))
}
