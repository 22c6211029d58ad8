//! Excel into the grid: pasted cells become drafts, one press saves them all,
//! one press takes them all back.

use crate::signal::*;
use takar_domain::config::ValueType;
use takar_domain::figure::{EntryState, NOTES, VALUE};
use takar_domain::record::RecordId;
use takar_domain::text::{common, entry};

use super::grid::FIRST_NOTE;
use super::line::{Line, save_all};
use crate::acts::entry::paste::{place, table};
use crate::acts::entry::typed::{NUMBER, PREDICATE, TEXT, variable};
use crate::ui::{Button, Dialog, Field, Icon, Kind, Look, Notice, Tone, icon, use_toast};
use crate::view::{View, view};

/// A draft as it was before the paste: row, group, field, text.
type Before = (usize, String, String, Option<String>);

/// The last paste of a grid.
#[derive(Clone, Copy)]
pub struct Pasting {
    lines: StoredValue<Vec<Line>>,
    before: RwSignal<Vec<Before>>,
    left: RwSignal<usize>,
    open: RwSignal<bool>,
    text: RwSignal<String>,
}

impl Pasting {
    #[must_use]
    pub fn new(lines: &[Line]) -> Self {
        Self {
            lines: StoredValue::new(lines.to_vec()),
            before: RwSignal::new(Vec::new()),
            left: RwSignal::new(0),
            open: RwSignal::new(false),
            text: RwSignal::new(String::new()),
        }
    }

    /// Indicators whose pasted cells are neither saved nor taken back yet.
    #[must_use]
    pub fn pasted(self) -> Signal<Vec<RecordId>> {
        Signal::derive(move || {
            let of = |row: usize| self.lines.with_value(|l| l.get(row).map(|l| l.indicator));
            self.before.with(|b| b.iter().filter_map(|(row, ..)| of(*row)).collect())
        })
    }

    /// What a cell calls when a table is pasted into it.
    #[must_use]
    pub fn callback(self) -> Callback<(RecordId, usize, String)> {
        Callback::new(move |(indicator, column, text): (RecordId, usize, String)| {
            let row = self.lines.with_value(|l| l.iter().position(|l| l.indicator == indicator));
            self.fill(&text, (row.unwrap_or_default(), column));
        })
    }

    /// Fills the cells from `start` on. `false` if nothing found a place.
    fn fill(self, text: &str, start: (usize, usize)) -> bool {
        let lines = self.lines.get_value();
        let names: Vec<_> = lines
            .iter()
            .map(|l| l.row.with_untracked(|r| r.as_ref().map(|r| r.name.clone()).unwrap_or_default()))
            .collect();
        let placed = place(&table(text), &names, start);
        let mut left = placed.left.len();
        let mut before = Vec::new();
        for (row, column, text) in placed.cells {
            match lines.get(row).and_then(|line| Some((*line, target(*line, column)?))) {
                Some((line, (group, field))) => {
                    let was = line.typed.with_untracked(|t| t.get(&group, &field).map(str::to_owned));
                    line.left.set(true);
                    line.type_text(&group, &field, text);
                    before.push((row, group, field, was));
                }
                None => left += 1,
            }
        }
        self.left.set(left);
        let filled = !before.is_empty();
        self.before.set(before);
        filled
    }

    fn undo(self) {
        let lines = self.lines.get_value();
        // Last first: a cell pasted twice gets its oldest text back.
        for (row, group, field, was) in self.before.get_untracked().into_iter().rev() {
            let Some(line) = lines.get(row) else { continue };
            match was {
                Some(text) => line.type_text(&group, &field, text),
                None => line.drop_text(&group, &field),
            }
        }
        self.before.set(Vec::new());
    }

    fn save(self) {
        let pasted = self.before.with_untracked(|b| b.iter().map(|(row, ..)| *row).collect::<Vec<_>>());
        let all = self.lines.get_value();
        let lines: Vec<_> =
            all.into_iter().enumerate().filter(|(n, _)| pasted.contains(n)).map(|(_, l)| l).collect();
        save_all(&lines);
        self.before.set(Vec::new());
    }

    /// What the last paste did, with its two presses.
    pub fn bar(self) -> View {
        View::live(move || {
            let count = self.before.with(Vec::len);
            (count > 0).then(|| {
                view! {
                    <Notice tone=Tone::Info>
                        <div role="status">{entry::pasted(count, self.left.get())}</div>
                        <div class="row">
                            <Button press=Callback::from(move || self.save())>{entry::SAVE_ALL}</Button>
                            <Button look=Look::Quiet press=Callback::from(move || self.undo())>
                                {icon(Icon::Undo)}
                                {common::UNDO}
                            </Button>
                        </div>
                    </Notice>
                }
            })
        })
    }

    /// Opens the dialog for those who do not paste into a cell.
    pub fn press(self) -> View {
        view! {
            <Button look=Look::Quiet press=Callback::from(move || self.open.set(true))>
                {icon(Icon::Paste)}
                {entry::PASTE}
            </Button>
        }
    }

    pub fn dialog(self) -> View {
        let toast = use_toast();
        let fill = move || {
            let text = self.text.get_untracked();
            if self.fill(&text, (0, 0)) {
                self.text.set(String::new());
                self.open.set(false);
            } else {
                toast.say(entry::PASTE_NOTHING);
            }
        };
        view! {
            <Dialog open=self.open title=entry::PASTE>
                <div class="stack">
                    <p>{entry::PASTE_LEAD}</p>
                    <Field
                        label=entry::PASTE_LABEL
                        kind=Kind::Area
                        value=self.text
                        on_type=Callback::from(move |text: String| self.text.set(text))
                    />
                    <Button press=Callback::from(fill)>{entry::PASTE_FILL}</Button>
                </div>
            </Dialog>
        }
    }
}

/// The field of a row in a column; `None` if nothing can be typed there.
fn target(line: Line, column: usize) -> Option<(String, String)> {
    if !line.editable.get_untracked() {
        return None;
    }
    if let Some(group) = column.checked_sub(FIRST_NOTE).and_then(|n| NOTES.get(n)) {
        return Some(((*group).to_owned(), TEXT.to_owned()));
    }
    let (shape, state) = line.row.with_untracked(|r| r.as_ref().map(|r| (r.shape.clone(), r.entry.state)))?;
    if shape.rows.is_some() || matches!(state, EntryState::NotMeasured | EntryState::NotPublished) {
        return None;
    }
    let field = match (shape.value_type, shape.variables.len(), column) {
        (ValueType::Predicate, _, 0) => PREDICATE.to_owned(),
        (_, 0, 0) => NUMBER.to_owned(),
        (_, count, n) if n < count => variable(n),
        _ => return None,
    };
    Some((VALUE.to_owned(), field))
}
