//! Views in the page: making, updating, moving and removing their nodes.

use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::document;
use web_sys::{Comment, Node, Text};

use super::View;
use super::drawn_element::{DrawnElement, Kept, effect};
use super::keyed::Rows;

/// A view that has nodes. Dropping it ends its effects and listeners; the nodes
/// leave by [`Drawn::unmount`].
pub enum Drawn {
    /// A comment keeps the place.
    Nothing(Comment),
    Text(Text, Cow<'static, str>),
    Element(Box<DrawnElement>),
    /// A comment stands behind the last.
    Many(Vec<Drawn>, Comment),
    Live(Rc<RefCell<Option<Drawn>>>, #[expect(dead_code, reason = "held, never read")] Kept),
    Keyed(Rc<RefCell<Rows>>, #[expect(dead_code, reason = "held, never read")] Kept),
}

/// Effects inside end at once. The task of an effect that is dropped holds what it
/// drew until its next turn; until then those inside would still run, and read
/// signals that went with the view around them.
impl Drop for Drawn {
    fn drop(&mut self) {
        match self {
            Self::Live(place, _) => drop(place.try_borrow_mut().map(|mut place| place.take())),
            Self::Keyed(rows, _) => drop(rows.try_borrow_mut().map(|mut rows| rows.clear())),
            _ => {}
        }
    }
}

pub(super) fn placeholder() -> Comment {
    document().create_comment("")
}

impl View {
    pub(super) fn draw(self) -> Drawn {
        match self {
            Self::Nothing => Drawn::Nothing(placeholder()),
            Self::Text(words) => Drawn::Text(document().create_text_node(&words), words),
            Self::Element(element) => Drawn::Element(Box::new(element.draw())),
            Self::Many(views) => Drawn::Many(views.into_iter().map(Self::draw).collect(), placeholder()),
            Self::Live(mut make) => {
                let place = Rc::new(RefCell::new(None));
                let inside = Rc::clone(&place);
                let effect = effect(Box::new(move || {
                    let view = make.make();
                    let before = inside.take();
                    let after = match before {
                        None => view.draw(),
                        Some(mut drawn) => {
                            view.redraw(&mut drawn);
                            drawn
                        }
                    };
                    inside.replace(Some(after));
                }));
                Drawn::Live(place, effect)
            }
            Self::Keyed(mut make) => {
                let rows = Rc::new(RefCell::new(Rows::new()));
                let inside = Rc::clone(&rows);
                let effect = effect(Box::new(move || {
                    let entries = make.make();
                    inside.borrow_mut().set(entries);
                }));
                Drawn::Keyed(rows, effect)
            }
        }
    }

    /// Shows this instead of what is drawn, in the same place. Elements of the
    /// same make stay, with focus and what is typed in them.
    pub(super) fn redraw(self, drawn: &mut Drawn) {
        match (self, drawn) {
            (Self::Nothing, Drawn::Nothing(_)) => {}
            (Self::Text(words), Drawn::Text(node, before)) => {
                if words != *before {
                    node.set_data(&words);
                    *before = words;
                }
            }
            (Self::Element(new), Drawn::Element(old)) if new.is_like(old) => new.redraw(old),
            (Self::Many(new), Drawn::Many(old, end)) => redraw_many(new, old, end),
            (new, old) => {
                let mut new = new.draw();
                if let Some(first) = old.first() {
                    put_before(&first, &mut new);
                }
                old.unmount();
                *old = new;
            }
        }
    }
}

fn redraw_many(new: Vec<View>, old: &mut Vec<Drawn>, end: &Comment) {
    for mut gone in old.drain(new.len().min(old.len())..) {
        gone.unmount();
    }
    let kept = old.len();
    for (place, view) in new.into_iter().enumerate() {
        match old.get_mut(place) {
            Some(drawn) if place < kept => view.redraw(drawn),
            _ => {
                let mut drawn = view.draw();
                put_before(end, &mut drawn);
                old.push(drawn);
            }
        }
    }
}

/// Mounts `drawn` in front of a node that is in the page.
pub(super) fn put_before(node: &Node, drawn: &mut Drawn) {
    if let Some(parent) = node.parent_node() {
        drawn.mount(&parent, Some(node));
    }
}

impl Drawn {
    /// The first node in the page's order.
    pub(super) fn first(&self) -> Option<Node> {
        match self {
            Self::Nothing(node) => Some(node.clone().into()),
            Self::Text(node, _) => Some(node.clone().into()),
            Self::Element(element) => Some(element.node.clone().into()),
            Self::Many(views, end) => match views.first() {
                Some(view) => view.first(),
                None => Some(end.clone().into()),
            },
            Self::Live(place, _) => place.borrow().as_ref().and_then(Self::first),
            Self::Keyed(rows, _) => rows.borrow().first(),
        }
    }

    /// The last node in the page's order.
    pub(super) fn last(&self) -> Option<Node> {
        match self {
            Self::Many(_, end) => Some(end.clone().into()),
            Self::Live(place, _) => place.borrow().as_ref().and_then(Self::last),
            Self::Keyed(rows, _) => Some(rows.borrow().end()),
            _ => self.first(),
        }
    }
}

impl Drawn {
    /// Takes the nodes out of the page.
    pub(super) fn unmount(&mut self) {
        match self {
            Self::Nothing(node) => node.remove(),
            Self::Text(node, _) => node.remove(),
            Self::Element(element) => element.node.remove(),
            Self::Many(views, end) => {
                views.iter_mut().for_each(Self::unmount);
                end.remove();
            }
            Self::Live(place, _) => {
                if let Some(drawn) = place.borrow_mut().as_mut() {
                    drawn.unmount();
                }
            }
            Self::Keyed(rows, _) => rows.borrow_mut().unmount(),
        }
    }

    /// Puts the nodes into `parent`, in front of `marker` or at the end.
    pub(super) fn mount(&mut self, parent: &Node, marker: Option<&Node>) {
        let put = |node: &Node| drop(parent.insert_before(node, marker));
        match self {
            Self::Nothing(node) => put(node),
            Self::Text(node, _) => put(node),
            Self::Element(element) => put(&element.node),
            Self::Many(views, end) => {
                views.iter_mut().for_each(|view| view.mount(parent, marker));
                put(end);
            }
            Self::Live(place, _) => {
                if let Some(drawn) = place.borrow_mut().as_mut() {
                    drawn.mount(parent, marker);
                }
            }
            Self::Keyed(rows, _) => rows.borrow_mut().mount(parent, marker),
        }
    }
}
