//! The SOP as data: what is printed, and what the screen adds (sop.md).

use serde::{Deserialize, Serialize};

use crate::config::Post;

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
