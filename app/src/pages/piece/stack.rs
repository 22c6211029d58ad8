//! Table cells that carry their column's name, so that a narrow screen can
//! show each row as a small card without losing what a number means.

use crate::view::{View, view};

/// A cell; `number` aligns it to the end.
#[must_use]
pub fn cell(label: &'static str, number: bool, inside: View) -> View {
    view! {
        <td role="cell" class:r=number data-label=label>
            {inside}
        </td>
    }
}
