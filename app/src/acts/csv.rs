//! The Form Pengukuran Kinerja as a CSV that office spreadsheets open by themselves.

use takar_domain::view::measurement_form::{HeadCell, MeasurementForm};

/// The form as text: semicolons, because the comma is the decimal sign here, and
/// a byte order mark, because Excel would else misread the dash.
#[must_use]
pub fn text(form: &MeasurementForm) -> String {
    let mut out = String::from("\u{feff}");
    let mut line = |cells: &[String]| {
        let quoted: Vec<_> = cells.iter().map(|c| quote(c)).collect();
        out.push_str(&quoted.join(";"));
        out.push_str("\r\n");
    };
    line(&[form.title.to_owned()]);
    form.heading.iter().for_each(|h| line(std::slice::from_ref(h)));
    let [top, below] = &form.head;
    line(&heads(top, below));
    form.rows.iter().for_each(|r| line(&r.cells));
    out
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
pub fn address(form: &MeasurementForm) -> String {
    let mut out = String::from("data:text/csv;charset=utf-8,");
    for byte in text(form).bytes() {
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
