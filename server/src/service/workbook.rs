//! The form of a unit as an XLSX workbook: written for who fills it elsewhere, and
//! read when it comes back, however it was changed or made.

use std::io::{Cursor, Read};

use calamine::{DataRef, Reader, Xlsx, open_workbook_from_rs};
use rust_xlsxwriter::{Color, Format, FormatBorder, Workbook, Worksheet, XlsxError};
use takar_domain::issue::Issue;
use takar_domain::record::RecordId;
use takar_domain::text::workbook as words;
use takar_domain::view::workbook::{Book, BookLine, MOST_CELLS, Returned, ReturnedCell, Stamp};

/// Largest workbook as it comes; a form of hundred indicators is 30 KB.
pub const MOST: usize = 2 << 20;
/// Most bytes that may come out of it: far more than any form, far less than memory.
const MOST_PLAIN: u64 = 32 << 20;
/// Most parts; a workbook has about fifteen.
const MOST_PARTS: usize = 200;
/// The hidden sheet that says whose form it is, and its first cell.
const STAMP: &str = "takar";
const MARK: &str = "takar-form-1";
/// The column that is filled, and the hidden ones with its keys and with what stood
/// there when it went out: what nobody touched must not undo what others did since.
const FILLED: u16 = 4;
const KEY: u16 = 5;
const WAS: u16 = 6;
/// Longest text of a cell that is kept.
const MOST_CHARS: usize = 4_000;
/// Most bytes of all cells: a text that many cells share is there once in the file.
const MOST_TEXT: usize = 4 << 20;

/// Writes a book. Only the column that is filled can be changed without unprotecting.
///
/// # Errors
/// `sheet.large`: more lines than are read again, or a text that a cell cannot hold.
pub fn write(book: &Book) -> Result<Vec<u8>, Issue> {
    let large = || Issue::hard("sheet.large", "");
    if book.lines.len() > MOST_CELLS {
        return Err(large());
    }
    // What the library refuses are texts of more than 32,767 characters.
    written(book).map_err(|_| large())
}

fn written(book: &Book) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    form(workbook.add_worksheet(), book)?;
    let stamp = workbook.add_worksheet();
    stamp.set_name(STAMP)?.set_very_hidden(true);
    let Stamp { office, cycle, unit, version } = book.stamp;
    let lines =
        [MARK.to_owned(), office.to_string(), cycle.to_string(), unit.to_string(), version.to_string()];
    for (row, text) in (0..).zip(lines) {
        stamp.write_string(row, 0, text)?;
    }
    workbook.save_to_buffer()
}

fn form(sheet: &mut Worksheet, book: &Book) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    let wrapped = Format::new().set_text_wrap().set_border(FormatBorder::Thin);
    let head = wrapped.clone().set_bold().set_background_color(Color::RGB(0x00E6_EEF7));
    let open = wrapped.clone().set_unlocked().set_background_color(Color::RGB(0x00FF_FBE6));
    sheet.set_name(words::SHEET)?.protect();
    for (column, width) in (0..).zip([46.0, 30.0, 12.0, 12.0, 30.0]) {
        sheet.set_column_width(column, width)?;
    }
    sheet.set_column_hidden(KEY)?;
    sheet.set_column_hidden(WAS)?;
    let mut row = 0;
    for title in &book.title {
        sheet.write_string_with_format(row, 0, title, &bold)?;
        row += 1;
    }
    for (column, name) in (0..).zip(words::HEADS) {
        sheet.write_string_with_format(row, column, name, &head)?;
    }
    row += 1;
    sheet.set_freeze_panes(row, 0)?;
    for line in &book.lines {
        let BookLine { key, cells, now, number } = line;
        for (column, text) in (0..).zip(cells) {
            sheet.write_string_with_format(row, column, text, &wrapped)?;
        }
        let value = now.replace('.', "").replace(',', ".").parse::<f64>().ok();
        let value = value.filter(|value| *number && value.is_finite());
        for (column, format) in [(FILLED, &open), (WAS, &wrapped)] {
            match value {
                Some(value) => sheet.write_number_with_format(row, column, value, format)?,
                None if now.is_empty() => sheet.write_blank(row, column, format)?,
                None => sheet.write_string_with_format(row, column, now, format)?,
            };
        }
        sheet.write_string(row, KEY, key)?;
        row += 1;
    }
    Ok(())
}

/// Reads a book that came back.
///
/// # Errors
/// In the words of their codes: no workbook, none of ours, far too large.
pub fn read(bytes: &[u8]) -> Result<Returned, Issue> {
    let refused = |code: &str| Issue::hard(code, "");
    if bytes.len() > MOST {
        return Err(refused("sheet.large"));
    }
    measure(bytes)?;
    let mut book: Xlsx<_> =
        open_workbook_from_rs(Cursor::new(bytes)).map_err(|_| refused("sheet.damaged"))?;
    let names = book.sheet_names();
    let [form, stamp] = [words::SHEET, STAMP].map(|name| names.iter().any(|found| found == name));
    if !(form && stamp) {
        return Err(refused("sheet.other"));
    }
    let stamp = stamped(&cells(&mut book, STAMP)?).ok_or_else(|| refused("sheet.other"))?;
    let formulas = formulas(&mut book)?;
    let all = cells(&mut book, words::SHEET)?;
    let cell = |row, column: u16| {
        let found = all.binary_search_by_key(&(row, u32::from(column)), |(at, _)| *at).ok();
        found.and_then(|place| all.get(place)).map(|(_, filled)| filled.clone()).unwrap_or_default()
    };
    let mut found = Vec::new();
    for ((row, _), key) in all.iter().filter(|((_, column), _)| *column == u32::from(KEY)) {
        let (filled, was) = (cell(*row, FILLED), cell(*row, WAS));
        let formula = formulas.contains(&(*row, u32::from(FILLED)));
        let fault = if formula { Some("sheet.formula") } else { filled.fault };
        if fault.is_none() && (filled.text.is_empty() || filled.text == was.text) {
            continue;
        }
        found.push(ReturnedCell {
            at: format!("E{}", row.saturating_add(1)),
            key: key.text.clone(),
            text: filled.text,
            fault: fault.map(str::to_owned),
        });
    }
    Ok(Returned { stamp, cells: found })
}

/// Unpacks every part once, keeping nothing, so that no small file becomes a large one
/// later: what its directory says about sizes may be a lie.
fn measure(bytes: &[u8]) -> Result<(), Issue> {
    let damaged = || Issue::hard("sheet.damaged", "");
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
    if archive.len() > MOST_PARTS {
        return Err(Issue::hard("sheet.large", ""));
    }
    let mut left = MOST_PLAIN;
    for place in 0..archive.len() {
        let part = archive.by_index(place).map_err(|_| damaged())?;
        let read = std::io::copy(&mut part.take(left.saturating_add(1)), &mut std::io::sink());
        left =
            left.checked_sub(read.map_err(|_| damaged())?).ok_or_else(|| Issue::hard("sheet.large", ""))?;
    }
    Ok(())
}

/// A cell as it would be typed.
#[derive(Clone, Debug, Default)]
struct Filled {
    text: String,
    fault: Option<&'static str>,
}

type At = (u32, u32);

/// The filled cells of a sheet by their place, read one by one: a cell far out costs
/// nothing.
fn cells(book: &mut Xlsx<Cursor<&[u8]>>, sheet: &str) -> Result<Vec<(At, Filled)>, Issue> {
    let damaged = |_| Issue::hard("sheet.damaged", "");
    let mut reader = book.worksheet_cells_reader(sheet).map_err(damaged)?;
    let mut found = Vec::new();
    let (mut seen, mut text) = (0_usize, 0_usize);
    while let Some(cell) = reader.next_cell().map_err(damaged)? {
        seen += 1;
        if seen > 8 * MOST_CELLS || text > MOST_TEXT {
            return Err(Issue::hard("sheet.large", ""));
        }
        if let Some(filled) = filled(cell.get_value()) {
            text += filled.text.len();
            found.push((cell.get_position(), filled));
        }
    }
    found.sort_by_key(|(at, _)| *at);
    Ok(found)
}

/// Cells with formulas: what they would show was computed elsewhere.
fn formulas(book: &mut Xlsx<Cursor<&[u8]>>) -> Result<Vec<At>, Issue> {
    let damaged = |_| Issue::hard("sheet.damaged", "");
    let mut reader = book.worksheet_cells_reader(words::SHEET).map_err(damaged)?;
    let mut found = Vec::new();
    while let Some(cell) = reader.next_formula().map_err(damaged)? {
        if !cell.get_value().is_empty() {
            found.push(cell.get_position());
        }
        if found.len() > MOST_CELLS {
            return Err(Issue::hard("sheet.large", ""));
        }
    }
    Ok(found)
}

fn filled(value: &DataRef<'_>) -> Option<Filled> {
    let text = |text: &str| Filled { text: text.trim().chars().take(MOST_CHARS).collect(), fault: None };
    let fault = |code| Filled { text: String::new(), fault: Some(code) };
    Some(match value {
        DataRef::Empty => return None,
        DataRef::String(written) => text(written),
        DataRef::SharedString(written) => text(written),
        DataRef::Int(number) => text(&number.to_string()),
        // The shortest decimal that means this number, with the comma of this country.
        DataRef::Float(number) if number.is_finite() => text(&number.to_string().replace('.', ",")),
        DataRef::DateTime(_) | DataRef::DateTimeIso(_) | DataRef::DurationIso(_) => fault("sheet.date"),
        DataRef::Float(_) | DataRef::Bool(_) | DataRef::Error(_) => fault("sheet.kind"),
    })
}

fn stamped(cells: &[(At, Filled)]) -> Option<Stamp> {
    let line = |row| cells.iter().find(|(at, _)| *at == (row, 0)).map(|(_, cell)| cell.text.as_str());
    let id = |row| Some(RecordId(line(row)?.parse().ok()?));
    (line(0)? == MARK).then_some(())?;
    Some(Stamp { office: id(1)?, cycle: id(2)?, unit: id(3)?, version: line(4)?.parse().ok()? })
}
