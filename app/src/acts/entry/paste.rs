//! A table copied from Excel: lines of cells separated by tabs.

/// Cells of a copied table. Quoted cells may hold tabs, line breaks and `""`.
#[must_use]
pub fn table(text: &str) -> Vec<Vec<String>> {
    let mut rows = vec![Vec::new()];
    let mut cell = String::new();
    let mut quoted = false;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            '"' if quoted => quoted = false,
            '"' if cell.is_empty() => quoted = true,
            '\t' if !quoted => end_cell(&mut rows, &mut cell),
            '\n' if !quoted => {
                end_cell(&mut rows, &mut cell);
                rows.push(Vec::new());
            }
            '\r' if !quoted => {}
            _ => cell.push(letter),
        }
    }
    end_cell(&mut rows, &mut cell);
    // Excel ends with a line break.
    while rows.last().is_some_and(|row| row.iter().all(String::is_empty)) {
        rows.pop();
    }
    rows
}

fn end_cell(rows: &mut [Vec<String>], cell: &mut String) {
    if let Some(row) = rows.last_mut() {
        row.push(std::mem::take(cell).trim().to_owned());
    }
}

/// Where pasted cells go: (row, column, text) of the grid, and what found no place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Placed {
    pub cells: Vec<(usize, usize, String)>,
    /// Lines beyond the grid, or with a name that no indicator has.
    pub left: Vec<String>,
}

/// Fills from `start` (row, column) downwards and to the right.
///
/// If the first column names indicators, lines go to the indicator of that
/// name wherever it stands, and the values start in the column of `start`.
#[must_use]
pub fn place(table: &[Vec<String>], names: &[String], start: (usize, usize)) -> Placed {
    let mut placed = Placed::default();
    let row_named = |cell: &str| names.iter().position(|n| n.trim().eq_ignore_ascii_case(cell));
    let by_name =
        table.iter().any(|row| row.len() > 1 && row.first().is_some_and(|c| row_named(c).is_some()));
    for (n, line) in table.iter().enumerate() {
        let (row, cells) = match line.split_first() {
            Some((name, rest)) if by_name => (row_named(name), rest),
            _ => (Some(start.0 + n), line.as_slice()),
        };
        match row.filter(|r| *r < names.len()) {
            Some(row) => {
                let filled = cells.iter().enumerate().filter(|(_, text)| !text.is_empty());
                placed.cells.extend(filled.map(|(c, text)| (row, start.1 + c, text.clone())));
            }
            None => placed.left.extend(line.first().filter(|c| !c.is_empty()).cloned()),
        }
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(expect: &[&[&str]]) -> Vec<Vec<String>> {
        expect.iter().map(|r| r.iter().map(|c| (*c).to_owned()).collect()).collect()
    }

    fn names() -> Vec<String> {
        ["Pembinaan nagari", "Keluhan", "Batas nagari"].map(String::from).to_vec()
    }

    #[test]
    fn a_column_from_excel_is_one_cell_a_line() {
        assert_eq!(table("98,5\r\n16\r\n13\r\n"), rows(&[&["98,5"], &["16"], &["13"]]));
    }

    #[test]
    fn a_quoted_cell_keeps_its_line_break() {
        assert_eq!(table("6\t\"baris 1\nbaris \"\"2\"\"\""), rows(&[&["6", "baris 1\nbaris \"2\""]]));
    }

    #[test]
    fn values_fill_downwards_from_the_cell_and_blanks_change_nothing() {
        let placed = place(&rows(&[&["6", "hujan"], &["", "surat"], &["9"]]), &names(), (1, 0));
        let cells = [(1, 0, "6"), (1, 1, "hujan"), (2, 1, "surat")];
        assert_eq!(placed.cells, cells.map(|(r, c, t)| (r, c, t.to_owned())).to_vec());
        assert_eq!(placed.left, ["9"]);
    }

    #[test]
    fn named_lines_find_their_indicator_in_any_order() {
        let placed = place(&rows(&[&["keluhan", "6"], &["Asing", "1"]]), &names(), (0, 0));
        assert_eq!(placed.cells, [(1, 0, "6".to_owned())]);
        assert_eq!(placed.left, ["Asing"]);
    }
}
