//! Tables as a CSV that office spreadsheets open by themselves.

use takar_domain::view::measurement_form::{HeadCell, MeasurementForm};

/// Lines of cells as text: semicolons, because the comma is the decimal sign here,
/// and a byte order mark, because Excel would else misread the dash.
#[must_use]
pub fn lines(lines: &[Vec<String>]) -> String {
    let mut out = String::from("\u{feff}");
    for cells in lines {
        let quoted: Vec<_> = cells.iter().map(|c| quote(c)).collect();
        out.push_str(&quoted.join(";"));
        out.push_str("\r\n");
    }
    out
}

/// The form as text.
#[must_use]
pub fn text(form: &MeasurementForm) -> String {
    let mut all = vec![vec![form.title.to_owned()]];
    all.extend(form.heading.iter().map(|head| vec![head.clone()]));
    let [top, below] = &form.head;
    all.push(heads(top, below));
    all.extend(form.rows.iter().map(|row| row.cells.clone()));
    lines(&all)
}

/// One head row from two: `TW III T`.
fn heads(top: &[HeadCell], below: &[HeadCell]) -> Vec<String> {
    let mut below = below.iter();
    let mut found = Vec::new();
    for head in top {
        if head.rows > 1 {
            found.push(head.text.clone());
            continue;
        }
        let under = below.by_ref().take(head.columns);
        found.extend(under.map(|b| [&head.text, " ", &b.text].concat()));
    }
    found
}

/// A cell that a spreadsheet reads as text: quoted, and never as a formula.
fn quote(cell: &str) -> String {
    let risky = cell.starts_with(['=', '+', '@', '\t']);
    let guard = if risky { "'" } else { "" };
    ["\"", guard, &cell.replace('"', "\"\""), "\""].concat()
}

/// The text as an address that a browser saves as a file.
#[must_use]
pub fn address(text: &str) -> String {
    address_of("text/csv", text)
}

/// The same for text of another media type.
#[must_use]
pub fn address_of(media: &str, text: &str) -> String {
    let mut out = ["data:", media, ";charset=utf-8,"].concat();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() {
            out.push(char::from(byte));
        } else {
            out.push('%');
            for half in [byte >> 4, byte & 15] {
                out.push(char::from(b"0123456789ABCDEF"[usize::from(half)]));
            }
        }
    }
    out
}
