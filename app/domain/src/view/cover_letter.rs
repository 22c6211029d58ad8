//! Surat pengantar (SOP step 12), as it is printed; its draft starts while the document
//! is submitted, so that both papers are signed at once (domain.md §5).

use super::measurement_form::letterhead;
use crate::config::Config;
use crate::date::{Date, period_name};
use crate::letter::of_run;
use crate::procedure::sign::{Signer, signers, standing};
use crate::procedure::{PAPER, Progress};
use crate::record::{Record, RecordId};
use crate::sop::Kind;
use crate::text::sign as words;

/// The letter as texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoverLetter {
    /// Regency and office in capitals, then the address.
    pub heading: Vec<String>,
    /// Place and date; the date is the number's, so there is none before it.
    pub dated: Option<String>,
    pub number: Option<String>,
    /// Several lines.
    pub addressee: String,
    /// What is sent, how much of it, a remark.
    pub rows: Vec<[String; 3]>,
    /// Who signed the document, else who would sign.
    pub signer: Option<Signer>,
}

/// The letter of a round; `None` if its SOP has none. What nobody typed is what the
/// letter sends: one document.
#[must_use]
#[inline(never)]
pub fn cover_letter(
    config: &Config,
    get: &dyn Fn(RecordId) -> Option<Record>,
    cycle: RecordId,
    all: &[Progress],
    today: Date,
) -> Option<CoverLetter> {
    let step = all.iter().find(|step| step.step.kind == Kind::Letter)?;
    let run = get(step.runs.first()?.subject.record());
    let paper = run.as_ref().and_then(|run| run.groups.get(PAPER)?.value());
    let typed = |name: &str| paper.and_then(|paper| paper.get(name)?.as_str()).unwrap_or_default();
    let numbered = of_run(config, cycle, step.step.number);
    let date = numbered.and_then(|numbered| numbered.date.parse().ok());
    let office = config.office.as_ref().map(|(_, office)| office);
    let mut heading = letterhead(config, None);
    heading.extend(office.map(|office| office.address.clone()).filter(|address| !address.is_empty()));
    let mut rows: Vec<_> = typed("items").lines().filter(|line| !line.trim().is_empty()).map(row).collect();
    if rows.is_empty() {
        let period = config.cycles.get(&cycle).map(|of| period_name(of.period)).unwrap_or_default();
        rows.push([words::letter_about(&period), words::COVER_COUNT.into(), words::COVER_REMARKS.into()]);
    }
    let signed = standing(all).map(|(_, signature)| signature.into());
    let proposed = || signers(config, &date.unwrap_or(today).to_string()).into_iter().next();
    Some(CoverLetter {
        heading,
        dated: office.zip(date).map(|(office, date)| office.dated(date)),
        number: numbered.map(|numbered| numbered.number.clone()),
        addressee: typed("addressee").to_owned(),
        rows,
        signer: signed.or_else(proposed),
    })
}

/// A line of the paper: `jenis; banyaknya; keterangan`.
fn row(line: &str) -> [String; 3] {
    let mut cells = line.splitn(3, ';').map(|cell| cell.trim().to_owned());
    [(); 3].map(|()| cells.next().unwrap_or_default())
}
