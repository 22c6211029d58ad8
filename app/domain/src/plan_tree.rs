//! A plan file's rows as a cascade: nodes with their indicators, parents first,
//! and which indicators are one measurement.

use std::collections::BTreeMap;

use crate::config::{Config, Indicator, Level};
use crate::plan_cells::{Cells, cells};
use crate::plan_import::{Import, Line, key, tidy};
use crate::plan_row::PlanRow;
use crate::record::{RecordId, natural};

/// A node with the rows that describe it, in file order.
pub(crate) struct NodeRows<'a> {
    pub level: Level,
    pub first: &'a PlanRow,
    pub order: u32,
    pub id: RecordId,
    pub rows: Vec<IndicatorRow<'a>>,
    /// A row of it was skipped, so its budget would be summed short.
    pub incomplete: bool,
}

/// An indicator's row with its cells read.
pub(crate) struct IndicatorRow<'a> {
    pub row: &'a PlanRow,
    pub cells: Cells,
    pub id: RecordId,
    pub order: u32,
}

/// Nodes by level and file order, so that parents come first.
pub(crate) type Nodes<'a> = BTreeMap<(Level, u32), NodeRows<'a>>;

pub(crate) fn gather<'a>(
    office: RecordId,
    rows: &'a [PlanRow],
    existing: &Config,
    import: &mut Import,
) -> Nodes<'a> {
    let mut leveled: Vec<(Level, u32, &PlanRow)> = Vec::new();
    for (order, row) in (0..).zip(rows) {
        match level_of(&row.level) {
            Some(level) => leveled.push((level, order, row)),
            None => skip(import, row, &format!("level \"{}\" tidak dikenal", row.level)),
        }
    }
    leveled.sort_by_key(|(level, order, _)| (*level, *order));
    let mut nodes = Nodes::new();
    let mut places: BTreeMap<&str, (Level, u32)> = BTreeMap::new();
    for (level, order, row) in leveled {
        let code = row.code.trim();
        let place = *places.entry(code).or_insert((level, order));
        if let Some(why) = misplaced(row, level, place, &places, &nodes, existing) {
            if place == (level, order) {
                places.remove(code);
            }
            skip(import, row, &why);
            continue;
        }
        let node = nodes.entry(place).or_insert_with(|| NodeRows {
            level,
            first: row,
            order,
            id: node_id(office, code, existing),
            rows: Vec::new(),
            incomplete: false,
        });
        add_row(node, row, order, office, existing, import);
    }
    nodes
}

/// Why a row cannot stand where it says, in words.
fn misplaced(
    row: &PlanRow,
    level: Level,
    place: (Level, u32),
    places: &BTreeMap<&str, (Level, u32)>,
    nodes: &Nodes,
    existing: &Config,
) -> Option<String> {
    let (code, parent) = (row.code.trim(), row.parent.trim());
    if code.is_empty() {
        return Some("kode kosong".into());
    }
    if place.0 != level {
        return Some(format!("kode {code} sudah dipakai pada level lain"));
    }
    if nodes.get(&place).is_some_and(|n| n.first.parent.trim() != parent) {
        return Some(format!("induk {parent} berbeda dari baris sebelumnya dengan kode yang sama"));
    }
    if parent.is_empty() {
        return (level != Level::Goal).then(|| "induk kosong".into());
    }
    let in_file = places.get(parent).map(|(level, _)| *level);
    let known = in_file.or_else(|| existing.nodes.values().find(|n| n.code == parent).map(|n| n.level));
    match known {
        None => Some(format!("induk {parent} tidak ada")),
        Some(above) if above >= level => Some(format!("induk {parent} tidak berada di atasnya")),
        Some(_) => None,
    }
}

fn add_row<'a>(
    node: &mut NodeRows<'a>,
    row: &'a PlanRow,
    order: u32,
    office: RecordId,
    existing: &Config,
    import: &mut Import,
) {
    if key(&row.title) != key(&node.first.title) {
        let words = format!("nama berbeda dari baris {}; yang pertama dipakai", node.first.line);
        import.odd.push(Line::new(row.line, row.code.trim(), &words));
    }
    let cells = match cells(row, existing) {
        Ok(cells) => cells,
        Err(why) => {
            node.incomplete = true;
            return skip(import, row, &why);
        }
    };
    let text = key(&row.indicator);
    if text.is_empty() {
        import.odd.push(Line::new(
            row.line,
            row.code.trim(),
            "tanpa indikator; hanya nama dan anggaran diambil",
        ));
    } else if let Some(twin) = node.rows.iter().find(|r| key(&r.row.indicator) == text) {
        node.incomplete = true;
        return skip(import, row, &format!("indikator sudah ada pada baris {}", twin.row.line));
    }
    import.taken.push(Line::new(row.line, row.code.trim(), &tidy(&row.indicator)));
    let id = indicator_id(office, node, &text, existing);
    node.rows.push(IndicatorRow { row, cells, id, order });
}

fn skip(import: &mut Import, row: &PlanRow, why: &str) {
    import.skipped.push(Line::new(row.line, row.code.trim(), why));
}

fn level_of(text: &str) -> Option<Level> {
    Some(match key(text).as_str() {
        "tujuan" => Level::Goal,
        "sasaran" => Level::Objective,
        "program" => Level::Program,
        "kegiatan" => Level::Kegiatan,
        "subkegiatan" => Level::SubKegiatan,
        _ => return None,
    })
}

fn node_id(office: RecordId, code: &str, existing: &Config) -> RecordId {
    let known = existing.nodes.iter().find(|(_, n)| n.code == code).map(|(id, _)| *id);
    known.unwrap_or_else(|| natural(office.0, &format!("node/{code}")))
}

fn indicator_id(office: RecordId, node: &NodeRows, text: &str, existing: &Config) -> RecordId {
    let same = |i: &Indicator| i.node == node.id && key(&i.name) == text;
    let known = existing.indicators.iter().find(|(_, i)| same(i)).map(|(id, _)| *id);
    known.unwrap_or_else(|| natural(office.0, &format!("indicator/{}/{text}", node.first.code.trim())))
}

/// Indicators that repeat one of a node directly below, with the one below.
pub(crate) fn links(nodes: &Nodes, import: &mut Import) -> BTreeMap<RecordId, RecordId> {
    let mut above: BTreeMap<(&str, String), &IndicatorRow> = BTreeMap::new();
    for node in nodes.values() {
        for row in &node.rows {
            above.insert((node.first.code.trim(), key(&row.row.indicator)), row);
        }
    }
    let mut links = BTreeMap::new();
    for node in nodes.values() {
        for row in node.rows.iter().filter(|r| !key(&r.row.indicator).is_empty()) {
            let Some(upper) = above.get(&(node.first.parent.trim(), key(&row.row.indicator))) else {
                continue;
            };
            let code = upper.row.code.trim();
            if upper.cells.measures_like(&row.cells) && key(&upper.row.measure) == key(&row.row.measure) {
                links.entry(upper.id).or_insert(row.id);
                continue;
            }
            let words = format!(
                "indikator sama dengan baris {}, tetapi satuan, kondisi awal atau target berbeda; diisi sendiri-sendiri",
                row.row.line
            );
            import.odd.push(Line::new(upper.row.line, code, &words));
        }
    }
    import.linked = links.len();
    links
}
