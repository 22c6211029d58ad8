//! The SOP's sheet as it hangs on the wall: identity block and flow table, word
//! for word, with a footnote where the print slips (sop.md).
//!
//! Marks in the lanes are the office's to set: what it never signed is not printed.

use crate::sop::Sop;
use crate::text::procedure as words;

/// Everything that the sheet prints, in its order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SopSheet {
    pub institution: Vec<String>,
    pub title: String,
    /// Number, dates, and who approves: label and text.
    pub facts: Vec<(&'static str, String)>,
    /// Legal bases to recording: label and lines.
    pub lists: Vec<(&'static str, Vec<String>)>,
    pub chart_title: String,
    /// The columns of who performs.
    pub lanes: Vec<String>,
    /// The columns of the standard.
    pub heads: Vec<String>,
    pub rows: Vec<SheetRow>,
    /// In the order of their numbers, from 1.
    pub footnotes: Vec<String>,
}

/// One step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetRow {
    pub number: u16,
    pub text: String,
    /// Number of its footnote.
    pub footnote: Option<usize>,
    /// One per lane.
    pub marks: Vec<bool>,
    pub requires: String,
    pub minutes: u32,
    pub output: String,
}

/// The sheet of a version. What Takar adds to the procedure is not on it.
#[must_use]
pub fn sop_sheet(sop: &Sop) -> SopSheet {
    let mut footnotes = Vec::new();
    let steps = sop.steps.iter().filter(|step| !step.extra);
    let rows = steps.map(|step| {
        footnotes.extend(step.screen_note.clone());
        SheetRow {
            number: step.number,
            text: step.text.clone(),
            footnote: step.screen_note.as_ref().map(|_| footnotes.len()),
            marks: (0..sop.printed_columns.len())
                .map(|lane| step.printed_column.is_some_and(|marked| usize::from(marked) == lane))
                .collect(),
            requires: step.requires.clone(),
            minutes: step.minutes,
            output: step.output.clone(),
        }
    });
    let rows = rows.collect();
    footnotes.extend(sop.notes.iter().cloned());
    SopSheet {
        institution: sop.institution.clone(),
        title: sop.title.clone(),
        facts: vec![
            (words::SHEET_NUMBER, sop.number.clone()),
            (words::SHEET_CREATED, sop.created.clone()),
            (words::SHEET_REVISED, sop.revised.clone()),
            (words::SHEET_EFFECTIVE, sop.effective.clone()),
            (words::SHEET_APPROVED, sop.approved_by_post.clone()),
        ],
        lists: vec![
            (words::SHEET_LEGAL, sop.legal_bases.clone()),
            (words::SHEET_QUALIFIED, sop.qualifications.clone()),
            (words::SHEET_RELATED, sop.related.clone()),
            (words::SHEET_EQUIPMENT, sop.equipment.clone()),
            (words::SHEET_WARNING, vec![sop.warning.clone()]),
            (words::SHEET_RECORDING, sop.recording.clone()),
        ],
        chart_title: sop.chart_title.clone(),
        lanes: sop.printed_columns.clone(),
        heads: sop.standard_heads.clone(),
        rows,
        footnotes,
    }
}
