//! The register of letter numbers, as far as SOP step 12 needs it (domain.md §5):
//! one sequence per office and year of the letter's date. A number is a record of
//! its own whose id follows from office, year and place, so that the log itself
//! lets nobody have it twice; only the office allots it.

use serde::Serialize;
use takar_derive::Readable;

use crate::config::{Config, Office};
use crate::date::Date;
use crate::issue::Issue;
use crate::procedure::needed;
use crate::record::{RecordId, Subject};
use crate::rules::PartView;
use crate::sop::{Kind, Step};

/// A number that was given out; never again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Readable)]
pub struct Numbered {
    /// As it is printed.
    pub number: String,
    /// Date of the letter, ISO: its year is the sequence's.
    pub date: String,
    /// The step whose letter it is.
    pub cycle: RecordId,
    pub step: u16,
    /// What the letter sends.
    pub about: String,
}

/// What offices print unless they say otherwise.
pub const PATTERN: &str = "{klasifikasi}/{seq}/{kode_unit}/{tahun}";
/// Performance accountability (Permendagri 83/2022).
pub const CLASS: &str = "000.8.6.3";
/// What a pattern may name.
pub const TOKENS: [&str; 7] =
    ["klasifikasi", "seq", "sisipan", "jenis", "kode_unit", "bulan_romawi", "tahun"];
/// Surat pengantar.
const KIND: &str = "SP";
const ROMAN: [&str; 12] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];

/// The number as the office prints it.
#[must_use]
#[inline(never)]
pub fn printed(office: &Office, seq: u32, date: Date) -> String {
    let mut out = String::new();
    for piece in pieces(&office.number_pattern) {
        match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::Token("klasifikasi") => out.push_str(&office.letter_class),
            Piece::Token("seq") => out.push_str(&seq.to_string()),
            Piece::Token("jenis") => out.push_str(KIND),
            Piece::Token("kode_unit") => out.push_str(&office.letter_code()),
            Piece::Token("bulan_romawi") => {
                out.push_str(ROMAN.get(usize::from(date.month()) - 1).copied().unwrap_or_default());
            }
            Piece::Token("tahun") => out.push_str(&date.year().to_string()),
            Piece::Token(_) => {}
        }
    }
    out
}

/// Whether a pattern can be printed: its tokens are known, and the place is in it.
#[must_use]
#[inline(never)]
pub fn is_pattern(pattern: &str) -> bool {
    let known = |piece: &Piece| match piece {
        Piece::Text(text) => !text.contains(['{', '}']),
        Piece::Token(name) => TOKENS.contains(name),
    };
    let pieces = pieces(pattern);
    pieces.iter().all(known) && pieces.iter().any(|piece| matches!(piece, Piece::Token("seq")))
}

enum Piece<'a> {
    Text(&'a str),
    Token(&'a str),
}

fn pieces(pattern: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((token, after)) = after.split_once('}') else { break };
        found.extend([Piece::Text(before), Piece::Token(token)]);
        rest = after;
    }
    found.push(Piece::Text(rest));
    found
}

/// The next place of a year's sequence.
#[must_use]
pub fn next(config: &Config, year: u16) -> u32 {
    let used = config.numbers.keys().filter(|(of, _)| *of == year).map(|(_, seq)| *seq);
    used.max().unwrap_or(0).saturating_add(1)
}

/// The number of a step's letter; the newest, should it ever have two.
#[must_use]
pub fn of_run(config: &Config, cycle: RecordId, step: u16) -> Option<&Numbered> {
    config.numbers.values().rfind(|n| n.cycle == cycle && n.step == step)
}

/// What a part would number, as it is written; `None` for anything else.
fn written(part: &PartView) -> Option<Numbered> {
    part.changes.first().and_then(|(.., value)| crate::codec::from_value(value).ok())
}

/// The step whose letter a part numbers.
pub(crate) fn step<'a>(config: &'a Config, part: &PartView) -> Option<&'a Step> {
    let Numbered { cycle, step, .. } = written(part)?;
    let step = needed(config, &Subject::StepRun { cycle, step, unit: None })?;
    (step.kind == Kind::Letter).then_some(step)
}

/// What keeps a number from being given: only the office gives one, once, and no
/// letter is dated in the future or in another year than its sequence's.
#[inline(never)]
pub(crate) fn issue(part: &PartView, exists: bool, today: &str) -> Option<Issue> {
    let Subject::Number { year, .. } = part.subject else { return None };
    if !part.by_office {
        return Some(Issue::hard("number.office_only", ""));
    }
    if exists {
        return Some(Issue::hard("number.taken", ""));
    }
    let written = written(part)?;
    let of = written.date.parse::<Date>().map(Date::year);
    if written.date.as_str() > today {
        return Some(Issue::hard("letter.future", "date"));
    }
    (of != Ok(i32::from(*year))).then(|| Issue::hard("letter.year", "date"))
}
