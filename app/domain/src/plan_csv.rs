//! Reads the plan's CSV into [`PlanRow`]s: columns by name, in any order.
//!
//! Required: level, kode, induk_kode, uraian, indikator, satuan. Known besides:
//! kondisi_awal, target_YYYY, target_YYYY_twN, anggaran_YYYY, unit, arah,
//! akumulasi, rincian. Comma or semicolon, quoted where needed, UTF-8.

use crate::plan_import::Line;
use crate::plan_row::PlanRow;

/// Columns without which a file is not a plan.
const REQUIRED: [&str; 6] = ["level", "kode", "induk_kode", "uraian", "indikator", "satuan"];
/// A plan of a whole kabupaten has some thousand lines.
const MAX_ROWS: usize = 20_000;

/// What a file holds: rows to import, and lines that could not be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlanFile {
    pub rows: Vec<PlanRow>,
    pub unreadable: Vec<Line>,
}

/// Reads a plan file. Lines that cannot be read are listed and never stop the others.
///
/// # Errors
/// In words for the reader, if the file as a whole is no plan: not UTF-8, no
/// header, a required column missing, too many lines.
pub fn read(bytes: &[u8]) -> Result<PlanFile, String> {
    let text = std::str::from_utf8(bytes)
        .map_err(|_| "Berkas bukan teks UTF-8. Simpan ulang dari Excel sebagai \"CSV UTF-8\".".to_owned())?;
    let text = text.trim_start_matches('\u{feff}');
    let header = text.lines().next().unwrap_or_default();
    let delimiter = if header.contains(';') && !header.contains(',') { b';' } else { b',' };
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text.as_bytes());
    let headers = reader.headers().map_err(|_| "Baris judul kolom tidak terbaca.".to_owned())?;
    let columns: Vec<Column> = headers.iter().map(Column::of).collect();
    let names: Vec<String> = headers.iter().map(|h| h.trim().to_lowercase()).collect();
    if let Some(missing) = REQUIRED.iter().find(|r| !names.iter().any(|n| n == *r)) {
        return Err(format!("Kolom \"{missing}\" tidak ada. Kolom wajib: {}.", REQUIRED.join(", ")));
    }
    let mut file = PlanFile::default();
    for (index, record) in reader.records().enumerate() {
        if index >= MAX_ROWS {
            return Err(format!("Berkas lebih dari {MAX_ROWS} baris."));
        }
        match record {
            Ok(record) => add(&mut file, &columns, &record),
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                file.unreadable.push(Line::new(line, "", "baris tidak terbaca"));
            }
        }
    }
    Ok(file)
}

fn add(file: &mut PlanFile, columns: &[Column], record: &csv::StringRecord) {
    let line = record.position().map_or(0, csv::Position::line);
    if record.iter().all(|cell| cell.trim().is_empty()) {
        return;
    }
    if record.len() != columns.len() {
        let words = format!("jumlah kolom {} padahal judul {}", record.len(), columns.len());
        file.unreadable.push(Line::new(line, record.get(1).unwrap_or_default(), &words));
        return;
    }
    let mut row = PlanRow { line, ..PlanRow::default() };
    for (column, cell) in columns.iter().zip(record) {
        column.put(&mut row, cell.trim());
    }
    file.rows.push(row);
}

/// What a column's name says it holds.
enum Column {
    Text(fn(&mut PlanRow) -> &mut String),
    Target(u16),
    Quarter(u16, u8),
    Budget(u16),
    Unknown,
}

impl Column {
    fn of(name: &str) -> Self {
        let name = name.trim().to_lowercase();
        if let Some(year) = name.strip_prefix("anggaran_").and_then(|y| y.parse().ok()) {
            return Self::Budget(year);
        }
        if let Some(rest) = name.strip_prefix("target_") {
            return match rest.split_once("_tw") {
                Some((year, quarter)) => match (year.parse(), quarter.parse()) {
                    (Ok(year), Ok(quarter @ 1..=4)) => Self::Quarter(year, quarter),
                    _ => Self::Unknown,
                },
                None => rest.parse().map_or(Self::Unknown, Self::Target),
            };
        }
        match name.as_str() {
            "level" => Self::Text(|r| &mut r.level),
            "kode" => Self::Text(|r| &mut r.code),
            "induk_kode" => Self::Text(|r| &mut r.parent),
            "uraian" => Self::Text(|r| &mut r.title),
            "indikator" => Self::Text(|r| &mut r.indicator),
            "satuan" => Self::Text(|r| &mut r.measure),
            "kondisi_awal" => Self::Text(|r| &mut r.baseline),
            "unit" => Self::Text(|r| &mut r.unit),
            "arah" => Self::Text(|r| &mut r.direction),
            "akumulasi" => Self::Text(|r| &mut r.accumulation),
            "rincian" => Self::Text(|r| &mut r.rows),
            _ => Self::Unknown,
        }
    }

    fn put(&self, row: &mut PlanRow, cell: &str) {
        let cell = cell.to_owned();
        match self {
            Self::Text(field) => *field(row) = cell,
            Self::Target(year) => drop(row.targets.insert(*year, cell)),
            Self::Quarter(year, quarter) => drop(row.quarters.insert((*year, *quarter), cell)),
            Self::Budget(year) => drop(row.budgets.insert(*year, cell)),
            Self::Unknown => {}
        }
    }
}
