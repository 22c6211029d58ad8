//! Signing the document and the letter that sends it: what the office is asked, and
//! what a letter's receipt writes.

use takar_domain::config::Config;
use takar_domain::issue::Issue;
use takar_domain::procedure::sign::{Manner, signer, signers};
use takar_domain::procedure::{Progress, RECEIPT};
use takar_domain::record::{RecordId, Subject, Value};
use takar_domain::text::sign as words;
use takar_sync::operation::{Change, Part};

use super::told;
use crate::acts::settings::ask::{Ask, Kind, Options, text};
use crate::acts::{Get, edit};
use crate::api::document::Signing;
use takar_domain::date::Date;
use takar_domain::text::procedure as steps;

/// The ways to sign, by their names on the wire.
const MANNERS: [(&str, Manner); 3] = [("seal", Manner::Seal), ("scan", Manner::Scan), ("bsre", Manner::Bsre)];

/// *Beri nomor*.
pub const NUMBER: &[Ask] = &[Ask::new(Kind::Date, "date", words::LETTER_DATE).hint(words::LETTER_DATE_HINT)];

/// *Tanda terima*.
pub const RECEIPT_ASKS: &[Ask] = &[
    Ask::new(Kind::Date, "date", words::RECEIVED_ON),
    Ask::new(Kind::Text, "by", words::RECEIVED_BY),
    Ask::new(Kind::Area, "remarks", steps::REMARKS).optional(),
];

/// The ways to sign, for a list.
#[must_use]
pub fn manners(_: &Config, _: RecordId) -> Options {
    MANNERS.iter().map(|(name, manner)| ((*name).to_owned(), words::manner(*manner).to_owned())).collect()
}

/// Who may sign on a date, for a list: `Plt. CAMAT CONTOH: Sekretaris`.
#[must_use]
pub fn may_sign(config: &Config, date: Date) -> Options {
    let line = |title: &[String], name: &str| [&title.join(", "), ": ", name].concat();
    let all = signers(config, &date.to_string());
    all.iter().map(|signer| (signer.person.to_string(), line(&signer.title, &signer.name))).collect()
}

/// Whom the form proposes: the person herself, else the first who may.
#[must_use]
pub fn proposed_signer(config: &Config, me: RecordId, date: Date) -> String {
    let own = signer(config, me, &date.to_string()).map(|_| me.to_string());
    own.or_else(|| Some(may_sign(config, date).into_iter().next()?.0)).unwrap_or_default()
}

/// What the office is asked to seal.
///
/// # Errors
/// As [`told`]; a signer is missing, or the password of the one who seals.
pub fn signing(step: &Progress, cycle: RecordId, today: Date, typed: &Value) -> Result<Signing, Vec<Issue>> {
    let told = told(step, today, typed)?;
    let chosen = MANNERS.iter().find(|(name, _)| *name == text(typed, "manner"));
    let manner = chosen.map_or(Manner::Seal, |(_, manner)| *manner);
    let signer = text(typed, "signer").parse().map_err(|_| vec![Issue::hard("text.empty", "signer")])?;
    let password = text(typed, "password").to_owned();
    if manner == Manner::Seal && password.is_empty() {
        return Err(vec![Issue::hard("text.empty", "password")]);
    }
    Ok(Signing {
        cycle,
        step: step.step.number,
        manner,
        signer: RecordId(signer),
        password,
        shown: Some(text(typed, "shown").to_owned()).filter(|shown| !shown.is_empty()),
        minutes: told.minutes,
        event_date: told.event_date,
        reason: told.reason,
    })
}

/// When the letter arrived and who took it.
#[must_use]
pub fn receipt(get: Get<'_>, run: &Subject, value: Value) -> Part {
    let seen = get(run.record()).map(|record| record.seen(RECEIPT)).unwrap_or_default();
    edit(run.clone(), vec![Change { group: RECEIPT.into(), seen, value }])
}
