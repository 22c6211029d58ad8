//! The list of nagari: pasted from any list of names, one per line.

use takar_domain::config::{Config, Nagari};
use takar_domain::issue::Issue;
use takar_domain::record::{RecordId, Subject, natural};
use takar_domain::sorted::Set;
use takar_domain::text::is_letter;
use takar_sync::operation::Part;

use super::{Settled, main_part, required, settled};
use crate::acts::Get;

/// What a paste of names would do.
#[derive(Debug, Default)]
pub struct NagariPaste {
    pub parts: Vec<Part>,
    /// Names that will be added, in the order of the paste.
    pub added: Vec<String>,
    /// Names that the office has already, or that stood twice in the paste.
    pub known: Vec<String>,
}

/// Reads names from lines; a leading number, bullet or further columns of a
/// spreadsheet are left out. Names that exist already change nothing, so the
/// same paste twice is harmless.
#[must_use]
pub fn paste_nagari(config: &Config, get: Get<'_>, text: &str) -> NagariPaste {
    let mut paste = NagariPaste::default();
    let Some((office, _)) = config.office else { return paste };
    let mut names: Set<_> = config.nagari.values().map(|n| n.name.to_ascii_lowercase()).collect();
    let mut codes: Set<_> = config.nagari.values().map(|n| n.code.clone()).collect();
    let mut order = config.nagari.values().map(|n| n.order).max().unwrap_or(0);
    for name in text.lines().filter_map(name_of) {
        let code = slug(&name);
        if code.is_empty() {
            continue;
        }
        if !names.insert(name.to_ascii_lowercase()) || !codes.insert(code.clone()) {
            paste.known.push(name);
            continue;
        }
        order = order.saturating_add(1);
        let id = natural(office.0, &format!("nagari/{code}"));
        let nagari = Nagari { name: name.clone(), code, order, active: true };
        paste.parts.push(main_part(get, Subject::Nagari { id }, &nagari));
        paste.added.push(name);
    }
    paste
}

/// The name in one pasted line: the first cell with a letter in it.
fn name_of(line: &str) -> Option<String> {
    let cell = line.split(['\t', ';']).find(|cell| cell.chars().any(is_letter))?;
    let name = cell.trim().trim_start_matches(|c| !is_letter(c)).trim_end();
    (!name.is_empty()).then(|| name.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// A short stable code from a name: `Nagari Contoh X` gives `nagari-contoh-x`.
#[must_use]
pub fn slug(name: &str) -> String {
    let mut code = String::new();
    for c in name.chars() {
        if c.is_ascii_alphanumeric() {
            code.push(c.to_ascii_lowercase());
        } else if !code.is_empty() && !code.ends_with('-') {
            code.push('-');
        }
        if code.len() >= 32 {
            break;
        }
    }
    code.trim_end_matches('-').to_owned()
}

/// A changed name, order or state of one nagari. The code never changes: the
/// rows already entered are named after it.
///
/// # Errors
/// The name must not be empty nor that of another nagari.
pub fn save_nagari(config: &Config, get: Get<'_>, id: RecordId, nagari: &Nagari) -> Settled {
    let mut issues = Vec::new();
    required(&nagari.name, "name", &mut issues);
    let name = nagari.name.trim().to_ascii_lowercase();
    if config.nagari.iter().any(|(other, n)| *other != id && n.name.trim().to_ascii_lowercase() == name) {
        issues.push(Issue::hard("settings.taken", "name"));
    }
    settled(issues, vec![main_part(get, Subject::Nagari { id }, nagari)])
}
