//! Turns a plan file's rows into parts of one bulk operation.
//!
//! Ids come from codes, so importing twice changes nothing; what the office set
//! by hand (unit, direction, nagari rows, quarters) survives an import whose file
//! does not say otherwise. A bad row is listed with its line and never stops the
//! others.

use std::collections::{BTreeMap, BTreeSet};

use crate::decimal::Decimal;
use serde::Serialize;

use crate::codec::to_value;
use crate::config::{Config, Direction, Indicator, Level, MAIN, Node, PAGU, TARGET, Target, ValueType};
use crate::plan_cells::Cells;
use crate::plan_odd;
use crate::plan_row::PlanRow;
use crate::plan_tree::{IndicatorRow, NodeRows, Nodes, gather, links};
use crate::record::{RecordId, Subject, Value};

/// Something to tell about one line of the file; line 0 is the file as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub line: u64,
    pub code: String,
    /// In Indonesian.
    pub text: String,
}

impl Line {
    #[must_use]
    pub fn new(line: u64, code: &str, text: &str) -> Self {
        Self { line, code: code.into(), text: text.into() }
    }
}

/// What an import would do, and what to tell about it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Import {
    /// Parents before children; only groups that differ from what stands.
    pub parts: Vec<(Subject, Vec<(String, Value)>)>,
    /// One per row taken.
    pub taken: Vec<Line>,
    pub skipped: Vec<Line>,
    /// Taken, but worth a look.
    pub odd: Vec<Line>,
    /// Nodes in the file by level.
    pub nodes: BTreeMap<Level, usize>,
    /// Indicators that repeat one of a node below and are entered only there.
    pub linked: usize,
}

/// Plans the import of `rows` into the office as it stands.
#[must_use]
pub fn plan_import(office: RecordId, rows: &[PlanRow], existing: &Config) -> Import {
    let mut import = Import::default();
    let nodes = gather(office, rows, existing, &mut import);
    let links = links(&nodes, &mut import);
    for node in nodes.values() {
        *import.nodes.entry(node.level).or_default() += 1;
        node_part(node, &nodes, existing, &mut import);
    }
    for node in nodes.values() {
        for (index, row) in node.rows.iter().enumerate() {
            indicator_part(node, index, row, &links, existing, &mut import);
        }
    }
    plan_odd::look(&nodes, &links, existing, &mut import.odd);
    for lines in [&mut import.taken, &mut import.skipped, &mut import.odd] {
        lines.sort_by_key(|line| line.line);
    }
    import
}

/// Text as compared: the sources break lines and double spaces inside names.
pub(crate) fn key(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

/// Text as stored: one space between words.
pub(crate) fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn node_part(node: &NodeRows, nodes: &Nodes, existing: &Config, import: &mut Import) {
    let parent = node.first.parent.trim();
    let in_file = nodes.values().find(|n| n.first.code.trim() == parent).map(|n| n.id);
    let known = || existing.nodes.iter().find(|(_, n)| n.code == parent).map(|(id, _)| *id);
    let old = existing.nodes.get(&node.id);
    let new = Node {
        level: node.level,
        code: node.first.code.trim().into(),
        title: tidy(&node.first.title),
        parent: in_file.or_else(known),
        unit: old.and_then(|n| n.unit),
        order: node.order,
    };
    let mut changes = Vec::new();
    put(&mut changes, MAIN.into(), &new, old);
    let years: BTreeSet<u16> = node.rows.iter().flat_map(|r| r.cells.budgets.keys().copied()).collect();
    for year in years.into_iter().filter(|_| !node.incomplete) {
        // A kegiatan carries its whole budget on its first row, 0.00 on the others.
        let sum: Decimal = node.rows.iter().filter_map(|r| r.cells.budgets.get(&year)).sum();
        let old = existing.pagu.get(&node.id).and_then(|p| p.get(&year));
        put(&mut changes, format!("{PAGU}{year}"), &sum.normalize(), old);
    }
    push(import, Subject::Node { id: node.id }, changes);
}

fn indicator_part(
    node: &NodeRows,
    index: usize,
    row: &IndicatorRow,
    links: &BTreeMap<RecordId, RecordId>,
    existing: &Config,
    import: &mut Import,
) {
    if key(&row.row.indicator).is_empty() {
        return;
    }
    let old = existing.indicators.get(&row.id);
    let mut changes = Vec::new();
    put(&mut changes, MAIN.into(), &indicator(node, index, row, links, existing), old);
    for (year, target) in &row.cells.targets {
        let old = existing.targets.get(&row.id).and_then(|t| t.get(year));
        let mut new = Target { year: *target, ..old.cloned().unwrap_or_default() };
        for (quarter, place) in (1..).zip(&mut new.quarters) {
            if let Some(value) = row.cells.quarters.get(&(*year, quarter)) {
                *place = *value;
            }
        }
        // An empty cell is no target, never zero: nothing to write if none stood.
        if old.is_some() || new != Target::default() {
            put(&mut changes, format!("{TARGET}{year}"), &new, old);
        }
    }
    push(import, Subject::Indicator { id: row.id }, changes);
}

fn indicator(
    node: &NodeRows,
    index: usize,
    row: &IndicatorRow,
    links: &BTreeMap<RecordId, RecordId>,
    existing: &Config,
) -> Indicator {
    let cells = &row.cells;
    let old = existing.indicators.get(&row.id);
    let link = links.get(&row.id).copied();
    let code = node.first.code.trim();
    Indicator {
        node: node.id,
        code: if node.rows.len() == 1 { code.into() } else { format!("{code}-{}", index + 1) },
        name: tidy(&row.row.indicator),
        measure: tidy(&row.row.measure),
        value_type: old.map_or_else(|| value_type(&row.row.measure, cells), |i| i.value_type),
        direction: cells.direction.or(old.map(|i| i.direction)).unwrap_or_default(),
        direction_assumed: cells.direction.is_none() && old.is_none_or(|i| i.direction_assumed),
        accumulation: cells.accumulation.or(old.map(|i| i.accumulation)).unwrap_or_default(),
        rows: cells.rows.or(old.and_then(|i| i.rows)),
        variables: old.map(|i| i.variables.clone()).unwrap_or_default(),
        unit: cells.unit.or(old.and_then(|i| i.unit)),
        // The office may have taken a link apart: only what is new is linked.
        same_as: match old {
            Some(old) => old.same_as.or(link.filter(|below| !existing.indicators.contains_key(below))),
            None => link,
        },
        baseline: cells.baseline,
        definition: old.map(|i| i.definition.clone()).unwrap_or_default(),
        order: row.order,
        active: old.is_none_or(|i| i.active),
    }
}

/// Guessed from the measure; the office may change it.
fn value_type(measure: &str, cells: &Cells) -> ValueType {
    match key(measure).as_str() {
        "%" | "persen" => ValueType::Percent,
        "nilai" | "indeks" | "skor" => ValueType::Index,
        "rp" | "rupiah" => ValueType::Rupiah,
        "predikat" => ValueType::Predicate,
        _ if cells.numbers().all(|n| n.is_integer()) => ValueType::Count,
        _ => ValueType::Number,
    }
}

fn put<T: Serialize + PartialEq>(
    changes: &mut Vec<(String, Value)>,
    group: String,
    new: &T,
    old: Option<&T>,
) {
    if old != Some(new) {
        changes.push((group, to_value(new)));
    }
}

fn push(import: &mut Import, subject: Subject, changes: Vec<(String, Value)>) {
    if !changes.is_empty() {
        import.parts.push((subject, changes));
    }
}

/// Whether a direction was assumed and waits for the office's word.
pub(crate) fn assumed(row: &IndicatorRow, existing: &Config) -> bool {
    let old = existing.indicators.get(&row.id);
    row.cells.direction.is_none()
        && old.is_none_or(|i| i.direction_assumed && i.direction == Direction::Higher)
}
