//! Lists whose rows keep their elements while the list changes around them.

use leptos::prelude::Owner;
use web_sys::{Comment, Node};

use super::View;
use super::drawn::{Drawn, placeholder, put_before};

/// One row to show: its key, and how to make it if it is new.
pub type Entry = (String, Box<dyn FnOnce() -> View + Send>);

/// A row for a list; `make` runs if no row has the key yet.
pub fn entry(key: String, make: impl FnOnce() -> View + Send + 'static) -> Entry {
    (key, Box::new(make))
}

/// Shows these rows, and others whenever a signal changes that `rows` read. A
/// row is made once and stays as long as its key is in the list: what is typed
/// in it survives. Keys are unique.
pub fn keyed(rows: impl FnMut() -> Vec<Entry> + Send + 'static) -> View {
    View::Keyed(Box::new(rows))
}

struct Row {
    key: String,
    drawn: Drawn,
    owner: Owner,
}

impl Row {
    fn new((key, make): Entry, list: &Owner) -> Self {
        let owner = list.with(Owner::new);
        let drawn = owner.with(|| make().draw());
        Self { key, drawn, owner }
    }

    fn end(mut self) {
        self.drawn.unmount();
        drop(self.drawn);
        self.owner.cleanup();
    }
}

/// The rows in the page, and the comment behind the last one.
pub struct Rows {
    rows: Vec<Row>,
    end: Comment,
    /// Rows belong to the list, not to one reading of its items.
    owner: Owner,
}

impl Rows {
    pub fn new() -> Self {
        Self { rows: Vec::new(), end: placeholder(), owner: Owner::current().unwrap_or_default() }
    }

    /// Makes, keeps, moves and ends rows until they are these.
    pub fn set(&mut self, entries: Vec<Entry>) {
        let mut old = std::mem::take(&mut self.rows);
        for entry in entries {
            let kept = old.iter().position(|row| row.key == entry.0);
            self.rows.push(kept.map_or_else(|| Row::new(entry, &self.owner), |place| old.remove(place)));
        }
        old.into_iter().for_each(Row::end);
        // From the end: a row is moved only if it is not in its place, because
        // moving takes focus away.
        let mut next: Node = self.end.clone().into();
        for row in self.rows.iter_mut().rev() {
            let follows = row.drawn.last().and_then(|last| last.next_sibling());
            if follows.as_ref() != Some(&next) {
                put_before(&next, &mut row.drawn);
            }
            next = row.drawn.first().unwrap_or(next);
        }
    }

    /// Forgets the rows; their nodes are somebody else's.
    pub fn clear(&mut self) {
        self.rows.clear();
    }

    pub fn first(&self) -> Option<Node> {
        self.rows.iter().find_map(|row| row.drawn.first()).or_else(|| Some(self.end()))
    }

    pub fn end(&self) -> Node {
        self.end.clone().into()
    }

    pub fn mount(&mut self, parent: &Node, marker: Option<&Node>) {
        self.rows.iter_mut().for_each(|row| row.drawn.mount(parent, marker));
        drop(parent.insert_before(&self.end, marker));
    }

    pub fn unmount(&mut self) {
        self.rows.iter_mut().for_each(|row| row.drawn.unmount());
        self.end.remove();
    }
}
