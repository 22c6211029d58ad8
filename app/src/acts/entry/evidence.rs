//! The list of evidence as a draft: its JSON, so that what was picked survives
//! as what was typed does. The bytes are in the device's store by then.

use takar_domain::codec::{from_json, from_value, to_json};
use takar_domain::evidence::Reference;
use takar_domain::issue::Issue;
use takar_domain::record::Record;
use takar_domain::shape::MAX_EVIDENCE;
use takar_domain::text::evidence as words;

use crate::acts::words::day;

/// The draft's text; empty for an empty list.
#[must_use]
pub fn text(listed: &[Reference]) -> String {
    if listed.is_empty() { String::new() } else { to_json(listed) }
}

/// Reads what [`text`] wrote; `None` if other software wrote it.
#[must_use]
pub fn read(text: &str) -> Option<Vec<Reference>> {
    if text.is_empty() { Some(Vec::new()) } else { from_json(text.as_bytes()).ok() }
}

/// What stands in a value or a nagari's row.
#[must_use]
pub fn stored(record: Option<&Record>, group: &str) -> Vec<Reference> {
    // Both have the list under the same name.
    let value = record.and_then(|record| record.groups.get(group)?.value());
    value.and_then(|value| from_value(&value["evidence"]).ok()).unwrap_or_default()
}

/// What tells two apart in one list: the bytes, or the address.
#[must_use]
pub fn key(reference: &Reference) -> &str {
    let file = reference.file.as_ref().map(|file| file.sha256.as_str());
    file.or(reference.address.as_deref()).unwrap_or_default()
}

/// Adds one; the same bytes are there once.
///
/// # Errors
/// `entry.too_many`.
pub fn add(listed: &mut Vec<Reference>, new: Reference) -> Result<(), Issue> {
    if listed.iter().any(|known| key(known) == key(&new)) {
        return Ok(());
    }
    if listed.len() >= MAX_EVIDENCE {
        return Err(Issue::hard("entry.too_many", "evidence"));
    }
    listed.push(new);
    Ok(())
}

/// What is known of it: `1,2 MB · diambil 6 Oktober 2026 14.03 · dengan lokasi`.
#[must_use]
pub fn about(reference: &Reference) -> String {
    let mut known = Vec::new();
    known.extend(reference.file.as_ref().map(|file| words::size(file.size)));
    known.extend(reference.captured.as_deref().and_then(|moment| {
        let (date, time) = moment.split_once('T')?;
        Some([words::TAKEN, " ", &day(date), " ", &time.get(..5)?.replace(':', ".")].concat())
    }));
    known.extend(reference.date.as_deref().map(day));
    known.extend(reference.position.as_ref().map(|_| words::WITH_POSITION.to_owned()));
    known.join(" · ")
}
