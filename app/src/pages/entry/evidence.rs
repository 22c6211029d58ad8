//! Bukti dukung of a value or of a nagari's row, while it may be entered.

use crate::signal::*;

use super::blank::field_id;
use super::line::Line;
use crate::acts::entry::typed::EVIDENCE;
use crate::pages::piece::{attach, files};
use crate::view::View;

/// The list and the ways to add to it. `about` says whose it is, if several are in view.
pub fn evidence(line: Line, group: &str, about: &str) -> View {
    let app = line.app;
    let Some(of) = untrack(|| line.key(group, EVIDENCE)) else { return View::Nothing };
    if line.editable.get_untracked() {
        return attach(app, of, field_id(line, &[group, "-", EVIDENCE].concat()), about);
    }
    let of = StoredValue::new(of);
    let listed = Memo::new(move || of.with_value(|of| app.evidence(of)));
    View::live(move || listed.with(|listed| files(app, listed)))
}
