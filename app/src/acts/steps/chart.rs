//! *Diagram alir*: where each step stands in its lane, as plain geometry.

use takar_domain::procedure::Progress;
use takar_domain::text::{common, names, procedure as words};

/// Width of a lane and height of a row, in the drawing's own units.
pub const LANE: usize = 68;
pub const ROW: usize = 46;
/// Where the first row begins, below the names of the lanes.
pub const TOP: usize = 34;
/// Half of a box's width and height.
pub const HALF: (usize, usize) = (22, 14);

/// Lanes by who acts, one row per step.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chart {
    /// Their names, each in at most two lines.
    pub lanes: Vec<(String, String)>,
    pub boxes: Vec<Step>,
    /// The corners of every line, as `x,y x,y …`.
    pub lines: Vec<String>,
}

/// One step in the drawing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Its middle.
    pub x: usize,
    pub y: usize,
    /// Its number, `+` for what the SOP does not number.
    pub sign: String,
    /// Class of its state: `done`, `now` or nothing.
    pub class: &'static str,
}

impl Chart {
    /// Width and height of the drawing.
    #[must_use]
    pub fn size(&self) -> (usize, usize) {
        (self.lanes.len() * LANE, TOP + self.boxes.len() * ROW)
    }
}

/// Who acts first by the SOP; a unit's head where units do it apart.
#[must_use]
pub fn lane(step: &Progress) -> &'static str {
    if step.step.per_unit {
        return words::UNIT_HEADS;
    }
    step.step.actors.first().map_or(common::DASH, |post| names::post(*post))
}

/// The class of a step's state, for lists and drawings.
#[must_use]
pub fn class(step: &Progress) -> &'static str {
    match (step.is_done(), step.is_running()) {
        (true, _) => "done",
        (_, true) => "now",
        _ => "",
    }
}

/// The drawing of a round, lanes in the order in which they first act.
#[must_use]
pub fn chart(all: &[Progress]) -> Chart {
    let mut names: Vec<&str> = Vec::new();
    let mut chart = Chart::default();
    for (row, step) in all.iter().enumerate() {
        let name = lane(step);
        let at = names.iter().position(|known| *known == name).unwrap_or(names.len());
        if at == names.len() {
            names.push(name);
        }
        let sign = if step.step.extra { "+".to_owned() } else { step.step.number.to_string() };
        let (x, y) = (at * LANE + LANE / 2, TOP + row * ROW + ROW / 2);
        for earlier in &step.step.after {
            let found = all.iter().position(|s| s.step.number == *earlier);
            if let Some(from) = found.and_then(|from| chart.boxes.get(from)) {
                // Down its own lane, then across just above the next box.
                let turn = y - ROW / 2;
                let corners = [(from.x, from.y + HALF.1), (from.x, turn), (x, turn), (x, y - HALF.1)];
                let corners = corners.map(|(x, y)| [&x.to_string(), ",", &y.to_string()].concat());
                chart.lines.push(corners.join(" "));
            }
        }
        chart.boxes.push(Step { x, y, sign, class: class(step) });
    }
    let split = |name: &&str| {
        let short = name.trim_end_matches(" SAKIP");
        let (first, second) = short.split_once(' ').unwrap_or((short, ""));
        (first.to_owned(), second.to_owned())
    };
    chart.lanes = names.iter().map(split).collect();
    chart
}
