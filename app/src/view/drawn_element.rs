//! Elements in the page: their attributes, listeners and children.
//!
//! What a view's source nests directly is one [`DrawnElement`]: inner elements that
//! never come or go by themselves.

use std::borrow::Cow;

use leptos::prelude::{Owner, RenderEffect, document};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

use super::View;
use super::attribute::Value;
use super::drawn::Drawn;
use super::element::{Element, Part};
use super::make::Make;
use super::marks::{ATTRIBUTE, CHILD, END, Marks, PART, SVG_TAG, TAG, TEXT, are_alike, named};

pub struct DrawnElement {
    made: &'static str,
    /// The outermost.
    pub node: web_sys::Element,
    /// Those inside, in the page's order, and the texts between their tags.
    inner: Vec<web_sys::Element>,
    texts: Vec<web_sys::Text>,
    parts: Vec<DrawnPart>,
    children: Vec<Drawn>,
}

/// An effect that ends with what it draws.
pub struct Kept(#[expect(dead_code, reason = "held, never read")] RenderEffect<()>);

enum DrawnPart {
    Fixed(&'static str, Cow<'static, str>),
    /// An attribute, class or property that follows signals.
    Live(&'static str, #[expect(dead_code, reason = "held, never read")] Kept),
    On(Listener),
    Told,
}

struct Listener {
    node: web_sys::Element,
    name: &'static str,
    call: Closure<dyn FnMut(web_sys::Event)>,
}

impl Drop for Listener {
    fn drop(&mut self) {
        let call = self.call.as_ref().unchecked_ref();
        // A listener that is gone already needs no removing.
        drop(self.node.remove_event_listener_with_callback(self.name, call));
    }
}

/// One effect type for every live part.
pub(super) fn effect(mut run: Box<dyn FnMut()>) -> Kept {
    Kept(RenderEffect::new(move |_| run()))
}

/// Goes through what was made, together with the element that each mark is about.
struct Walk {
    marks: Marks,
    /// The elements that have not ended, by their places among the inner ones.
    open: Vec<Option<usize>>,
    inner: usize,
}

impl Walk {
    fn of(made: &'static str) -> Self {
        Self { marks: Marks(made), open: Vec::new(), inner: 0 }
    }

    fn here(&self) -> Option<usize> {
        self.open.last().copied().flatten()
    }
}

/// A mark, its words, and the place of its element: `None` is the outermost one.
impl Iterator for Walk {
    type Item = (char, &'static str, Option<usize>);

    fn next(&mut self) -> Option<Self::Item> {
        let (mark, words) = self.marks.next()?;
        let around = self.here();
        match mark {
            TAG | SVG_TAG if self.open.is_empty() => self.open.push(None),
            TAG | SVG_TAG => {
                self.open.push(Some(self.inner));
                self.inner += 1;
            }
            END => drop(self.open.pop()),
            _ => {}
        }
        Some((mark, words, around))
    }
}

fn create(mark: char, tag: &str) -> web_sys::Element {
    let node = if mark == SVG_TAG {
        document().create_element_ns(Some("http://www.w3.org/2000/svg"), tag)
    } else {
        document().create_element(tag)
    };
    // Tags are written in the source: the browser knows them all.
    node.unwrap_or_else(|odd| odd.unchecked_into())
}

impl Element {
    pub(super) fn draw(self) -> DrawnElement {
        let (made, mut walk) = (self.made, Walk::of(self.made));
        let first = walk.next().map(|(mark, tag, _)| create(mark, tag));
        let mut drawn = DrawnElement {
            made,
            node: first.unwrap_or_else(|| create(TAG, "div")),
            inner: Vec::new(),
            texts: Vec::new(),
            parts: Vec::new(),
            children: Vec::new(),
        };
        let (mut parts, mut children) = (self.parts.into_iter(), self.children.into_iter());
        for (mark, words, place) in walk {
            match mark {
                TAG | SVG_TAG => {
                    let inside = create(mark, words);
                    put(drawn.at(place), &inside);
                    drawn.inner.push(inside);
                }
                TEXT => {
                    let text = document().create_text_node(words);
                    put(drawn.at(place), &text);
                    drawn.texts.push(text);
                }
                ATTRIBUTE => set_fixed(drawn.at(place), words),
                PART => drawn.part(parts.next(), place),
                CHILD => drawn.child(children.next(), place),
                _ => {}
            }
        }
        parts.for_each(|part| drawn.part(Some(part), None));
        children.for_each(|child| drawn.child(Some(child), None));
        drawn
    }

    /// Whether the same place of a page made both.
    pub(super) fn is_like(&self, old: &DrawnElement) -> bool {
        are_alike(self.made, old.made)
            && self.children.len() == old.children.len()
            && self.parts.len() == old.parts.len()
            && self.parts.iter().zip(&old.parts).all(|(new, old)| match (new, old) {
                (Part::Fixed(new, _), DrawnPart::Fixed(old, _)) => new == old,
                (
                    Part::Live(new, _) | Part::Class(new, _) | Part::Property(new, _),
                    DrawnPart::Live(old, _),
                ) => new == old,
                (Part::On(new, _), DrawnPart::On(old)) => *new == old.name,
                (Part::Tell(_), DrawnPart::Told) => true,
                _ => false,
            })
    }

    pub(super) fn redraw(self, old: &mut DrawnElement) {
        let news = self.made != old.made;
        old.made = self.made;
        let mut parts = self.parts.into_iter().zip(0..);
        let mut text = 0;
        for (mark, words, place) in Walk::of(self.made) {
            match mark {
                ATTRIBUTE if news => set_fixed(old.at(place), words),
                TEXT if news => {
                    old.texts.get(text).into_iter().for_each(|node| node.set_data(words));
                    text += 1;
                }
                PART => old.redraw_part(parts.next(), place),
                _ => {}
            }
        }
        parts.for_each(|part| old.redraw_part(Some(part), None));
        for (new, old) in self.children.into_iter().zip(&mut old.children) {
            new.redraw(old);
        }
    }
}

impl DrawnElement {
    fn at(&self, place: Option<usize>) -> &web_sys::Element {
        place.and_then(|place| self.inner.get(place)).unwrap_or(&self.node)
    }

    fn part(&mut self, part: Option<Part>, place: Option<usize>) {
        let drawn = part.map(|part| part.draw(self.at(place)));
        self.parts.extend(drawn);
    }

    fn child(&mut self, child: Option<View>, place: Option<usize>) {
        let Some(mut child) = child.map(View::draw) else { return };
        child.mount(self.at(place), None);
        self.children.push(child);
    }

    fn redraw_part(&mut self, part: Option<(Part, usize)>, place: Option<usize>) {
        let Some((new, at)) = part else { return };
        if let (Part::Fixed(_, new), Some(DrawnPart::Fixed(_, old))) = (&new, self.parts.get(at))
            && new == old
        {
            return;
        }
        self.parts[at] = new.draw(self.at(place));
    }
}

fn put(node: &web_sys::Element, inside: &web_sys::Node) {
    drop(node.append_child(inside));
}

fn set_fixed(node: &web_sys::Element, words: &'static str) {
    let (name, words) = named(words);
    set(node, name, Some(words));
}

impl Part {
    fn draw(self, node: &web_sys::Element) -> DrawnPart {
        match self {
            Self::Fixed(name, words) => {
                set(node, name, Some(&words));
                DrawnPart::Fixed(name, words)
            }
            Self::Live(name, make) => {
                live(node, name, make, |node, name, words| set(node, name, words.as_deref()))
            }
            Self::Class(name, make) => live(node, name, make, |node, name, on| {
                // Fails for names with spaces only, and none is written so.
                drop(node.class_list().toggle_with_force(name, *on));
            }),
            Self::Property(name, make) => live(node, name, make, |node, name, value| {
                let value = match value {
                    Value::Text(text) => JsValue::from_str(text),
                    Value::Flag(flag) => JsValue::from_bool(*flag),
                };
                drop(js_sys::Reflect::set(node, &JsValue::from_str(name), &value));
            }),
            Self::On(name, handler) => {
                let mut handler = handler.take();
                let owner = Owner::current().unwrap_or_default();
                let call = Closure::new(move |event| owner.with(|| handler.handle(event)));
                drop(node.add_event_listener_with_callback(name, call.as_ref().unchecked_ref()));
                DrawnPart::On(Listener { node: node.clone(), name, call })
            }
            Self::Tell(tell) => {
                tell(node);
                DrawnPart::Told
            }
        }
    }
}

fn set(node: &web_sys::Element, name: &str, words: Option<&str>) {
    // Fails for odd names only, and names are written in the source.
    drop(match words {
        Some(words) => node.set_attribute(name, words),
        None => node.remove_attribute(name),
    });
}

/// Writes a value into the element now and whenever it becomes another one.
fn live<V: PartialEq + 'static>(
    node: &web_sys::Element,
    name: &'static str,
    mut make: Box<dyn Make<V>>,
    write: fn(&web_sys::Element, &str, &V),
) -> DrawnPart {
    let node = node.clone();
    let mut before = None;
    DrawnPart::Live(
        name,
        effect(Box::new(move || {
            let now = make.make();
            if before.as_ref() != Some(&now) {
                write(&node, name, &now);
                before = Some(now);
            }
        })),
    )
}
