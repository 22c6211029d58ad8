//! An SOP as a TOML file that people edit: read with a sentence per wrong line,
//! written so that reading gives the same again.

use serde::Deserialize;
use toml::Spanned;

use super::{Sop, check_steps};
use crate::text::issue;

/// Largest file that is looked at, in bytes.
pub const MAX_FILE: usize = 256 << 10;

/// Where the numbers of the steps stand, so that what is wrong with one names its line.
#[derive(Deserialize)]
struct Places {
    steps: Vec<Place>,
}

#[derive(Deserialize)]
struct Place {
    number: Spanned<u16>,
}

/// Reads an SOP.
///
/// # Errors
/// Sentences for the reader, each with its line: no TOML, something missing or of
/// another kind, a step after one that does not stand before it.
pub fn read(text: &str) -> Result<Sop, Vec<String>> {
    if text.len() > MAX_FILE {
        return Err(vec![format!("Berkas lebih besar dari {} KB.", MAX_FILE >> 10)]);
    }
    let line = |at: usize| text.get(..at).unwrap_or(text).matches('\n').count() + 1;
    let sop: Sop = toml::from_str(text).map_err(|error| {
        let place = error.span().map(|span| format!("Baris {}: ", line(span.start))).unwrap_or_default();
        vec![place + &explained(error.message())]
    })?;
    let mut found = Vec::new();
    check_steps(&sop, &mut found);
    if found.is_empty() {
        return Ok(sop);
    }
    let places = toml::from_str::<Places>(text).map(|p| p.steps).unwrap_or_default();
    let told = found.iter().map(|wrong| {
        let number: Option<u16> = wrong.facts.get("step").and_then(|n| n.parse().ok());
        // Of two steps with one number the later one is wrong.
        let place = places.iter().rev().find(|p| Some(*p.number.get_ref()) == number);
        let place = place.map(|p| format!("Baris {}: ", line(p.number.span().start))).unwrap_or_default();
        place + &issue(wrong)
    });
    Err(told.collect())
}

/// What the parser says in English, for an office.
fn explained(message: &str) -> String {
    let named = message.split('`').nth(1).unwrap_or_default();
    if message.starts_with("missing field") {
        format!("{named} belum ada.")
    } else if message.starts_with("unknown variant") {
        format!("\"{named}\" tidak dikenal di sini.")
    } else if message.starts_with("duplicate key") {
        "nama ini sudah dipakai di atasnya.".into()
    } else if message.starts_with("invalid type") || message.starts_with("invalid value") {
        "isinya bukan jenis yang diminta (teks dalam tanda kutip, angka, true atau false, daftar dalam [ ])."
            .into()
    } else {
        "tulisan ini tidak terbaca sebagai TOML. Periksa tanda kutip, kurung, dan tanda sama dengan.".into()
    }
}

/// The SOP as such a file, without the version that it replaces: which one that is,
/// is the office's own matter and found anew where the file is taken in.
///
/// # Errors
/// In words, should a text hold what TOML has no sign for; none is known.
pub fn write(sop: &Sop) -> Result<String, String> {
    toml::to_string(&Sop { replaces: None, ..sop.clone() })
        .map_err(|_| "SOP ini tidak dapat ditulis sebagai TOML.".to_owned())
}
