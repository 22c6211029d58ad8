//! What is worth a look in a plan that was taken: facts stated, nothing forbidden.

use std::collections::{BTreeMap, BTreeSet};

use crate::decimal::Decimal;

use crate::config::Config;
use crate::plan_import::{Line, assumed, key};
use crate::plan_tree::{IndicatorRow, NodeRows, Nodes};
use crate::record::RecordId;

/// A budget that grows or shrinks more than this from one year to the next.
const JUMP: i64 = 3;
/// A baseline that is this many times the first target looks like a sum of years.
const BASELINE: i64 = 3;

/// Lists what is odd in the nodes of a file. What is linked to an indicator below
/// is told once, there.
pub(crate) fn look(
    nodes: &Nodes,
    links: &BTreeMap<RecordId, RecordId>,
    existing: &Config,
    odd: &mut Vec<Line>,
) {
    let measures: BTreeSet<String> =
        nodes.values().flat_map(|n| &n.rows).filter_map(|r| first_word(&r.row.measure)).collect();
    for node in nodes.values() {
        if node.incomplete {
            tell(
                odd,
                node.first.line,
                node,
                "ada baris yang dilewati; pagu tidak diambil supaya tidak kurang",
            );
        }
        budget(node, odd);
        for row in &node.rows {
            money_without_target(node, row, odd);
            if !links.contains_key(&row.id) {
                indicator(node, row, &measures, odd);
            }
        }
    }
    sums(nodes, odd);
    twins(nodes, odd);
    whole_file(nodes, links, existing, odd);
}

fn tell(odd: &mut Vec<Line>, line: u64, node: &NodeRows, words: &str) {
    odd.push(Line::new(line, node.first.code.trim(), words));
}

fn indicator(node: &NodeRows, row: &IndicatorRow, measures: &BTreeSet<String>, odd: &mut Vec<Line>) {
    let line = row.row.line;
    let targets: Vec<_> = row.cells.targets.iter().map(|(year, t)| (*year, *t)).collect();
    let filled: Vec<_> = targets.iter().filter(|(_, t)| t.is_some()).map(|(y, _)| *y).collect();
    if filled.is_empty() && !key(&row.row.indicator).is_empty() {
        tell(odd, line, node, "tidak ada target di semua tahun");
    }
    let inside = |y: u16| filled.first().is_some_and(|f| *f < y) && filled.last().is_some_and(|l| y < *l);
    for (year, target) in &targets {
        if target.is_none() && inside(*year) {
            tell(odd, line, node, &format!("{year}: target kosong di antara tahun yang bertarget"));
        }
    }
    let first = targets.iter().find_map(|(_, t)| *t).filter(|t| !t.is_zero());
    if let (Some(baseline), Some(first)) = (row.cells.baseline, first)
        && baseline >= first * Decimal::from(BASELINE)
    {
        let words =
            format!("kondisi awal {baseline} jauh di atas target {first}; mungkin jumlah beberapa tahun");
        tell(odd, line, node, &words);
    }
    let named = row.row.indicator.split_whitespace().nth(1).map(str::to_lowercase);
    if let Some(named) = named
        && measures.contains(&named)
        && !key(&row.row.measure).starts_with(&named)
    {
        let words = format!("indikator menyebut \"{named}\", satuannya \"{}\"", row.row.measure.trim());
        tell(odd, line, node, &words);
    }
    if row.cells.unit_unknown {
        let words =
            format!("unit \"{}\" tidak ada di kantor ini; belum ada penanggung jawab", row.row.unit.trim());
        tell(odd, line, node, &words);
    }
}

fn money_without_target(node: &NodeRows, row: &IndicatorRow, odd: &mut Vec<Line>) {
    for (year, budget) in row.cells.budgets.iter().filter(|(_, b)| !b.is_zero()) {
        if row.cells.targets.get(year) == Some(&None) {
            tell(odd, row.row.line, node, &format!("{year}: anggaran {budget}, tetapi target kosong"));
        }
    }
}

fn first_word(text: &str) -> Option<String> {
    text.split_whitespace().next().filter(|w| w.len() > 3).map(str::to_lowercase)
}

/// A node's budget by year, summed over its rows; empty if it carries none.
fn yearly(node: &NodeRows) -> BTreeMap<u16, Decimal> {
    let mut sums: BTreeMap<u16, Decimal> = BTreeMap::new();
    for (year, cell) in node.rows.iter().flat_map(|r| &r.cells.budgets) {
        let sum = sums.entry(*year).or_default();
        *sum = *sum + *cell;
    }
    sums
}

fn budget(node: &NodeRows, odd: &mut Vec<Line>) {
    let years: Vec<_> = yearly(node).into_iter().collect();
    for pair in years.windows(2) {
        let [(from, before), (to, after)] = pair else { continue };
        let (low, high) = (*before.min(after), *before.max(after));
        if !low.is_zero() && high > low * Decimal::from(JUMP) {
            let words = format!("anggaran berubah tajam: {from} {before}, {to} {after}");
            tell(odd, node.first.line, node, &words);
        }
    }
    for trio in years.windows(3) {
        let [(_, before), (year, here), (_, after)] = trio else { continue };
        if here.is_zero() && !before.is_zero() && !after.is_zero() {
            tell(
                odd,
                node.first.line,
                node,
                &format!("anggaran {year} nol di antara tahun yang beranggaran"),
            );
        }
    }
}

/// Budgets of the nodes below must add up to the node's own.
fn sums(nodes: &Nodes, odd: &mut Vec<Line>) {
    for node in nodes.values().filter(|n| !n.incomplete) {
        let below: Vec<_> =
            nodes.values().filter(|n| n.first.parent.trim() == node.first.code.trim()).collect();
        for (year, own) in yearly(node) {
            let parts: Vec<Decimal> = below.iter().filter_map(|n| yearly(n).get(&year).copied()).collect();
            let sum: Decimal = parts.iter().sum();
            if !parts.is_empty() && sum != own {
                let words = format!("anggaran {year} {own}, jumlah di bawahnya {sum}");
                tell(odd, node.first.line, node, &words);
            }
        }
    }
}

/// Two nodes of one level with the same budget in all years.
fn twins(nodes: &Nodes, odd: &mut Vec<Line>) {
    let mut seen: BTreeMap<Vec<(u16, Decimal)>, (&NodeRows, crate::config::Level)> = BTreeMap::new();
    for node in nodes.values() {
        let years: Vec<_> = yearly(node).into_iter().collect();
        if years.len() < 2 || years.iter().any(|(_, b)| b.is_zero()) {
            continue;
        }
        match seen.get(&years) {
            Some((twin, level)) if *level == node.level => {
                let words = format!("anggaran semua tahun sama dengan {}", twin.first.code.trim());
                tell(odd, node.first.line, node, &words);
            }
            Some(_) => {}
            None => drop(seen.insert(years, (node, node.level))),
        }
    }
}

fn whole_file(nodes: &Nodes, links: &BTreeMap<RecordId, RecordId>, existing: &Config, odd: &mut Vec<Line>) {
    let entered = |r: &&IndicatorRow| !key(&r.row.indicator).is_empty() && !links.contains_key(&r.id);
    let rows = || nodes.values().flat_map(|n| &n.rows).filter(entered);
    let directions = rows().filter(|r| assumed(r, existing)).count();
    if directions > 0 {
        let words =
            format!("arah {directions} indikator dianggap \"lebih tinggi lebih baik\"; mohon dipastikan");
        odd.push(Line::new(0, "", &words));
    }
    let has_unit = |r: &IndicatorRow| r.cells.unit.is_some() || existing.unit_of(r.id).is_some();
    let nobody = rows().filter(|r| !has_unit(r)).count();
    if nobody > 0 {
        let words = format!("{nobody} indikator belum punya unit penanggung jawab");
        odd.push(Line::new(0, "", &words));
    }
    if !links.is_empty() {
        let words =
            format!("{} indikator sama dengan indikator di bawahnya; diisi sekali, di bawah", links.len());
        odd.push(Line::new(0, "", &words));
    }
    let shared = nodes.values().filter(|n| n.rows.len() > 1 && !yearly(n).is_empty()).count();
    if shared > 0 {
        let words = format!(
            "anggaran {shared} kegiatan dijumlah dari semua barisnya; 0.00 pada baris lain bukan nol rupiah"
        );
        odd.push(Line::new(0, "", &words));
    }
}
