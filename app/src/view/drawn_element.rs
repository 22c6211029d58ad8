//! Elements in the page: their attributes, listeners and children.

use std::borrow::Cow;

use leptos::prelude::{Owner, RenderEffect, document};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

use super::View;
use super::attribute::Value;
use super::drawn::Drawn;
use super::element::{Element, Part};
use super::make::Make;

pub struct DrawnElement {
    made: &'static str,
    pub node: web_sys::Element,
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

/// The tag of an element, and its attributes that are text in the source.
fn split(made: &'static str) -> (&'static str, impl Iterator<Item = (&'static str, &'static str)>) {
    let mut lines = made.split('\n');
    (lines.next().unwrap_or_default(), lines.filter_map(|line| line.split_once('=')))
}

/// Whether tag and names of attributes are the same.
fn is_same_make(new: &'static str, old: &'static str) -> bool {
    let ((new_tag, new_fixed), (old_tag, old_fixed)) = (split(new), split(old));
    new == old || (new_tag == old_tag && new_fixed.map(|(name, _)| name).eq(old_fixed.map(|(name, _)| name)))
}

impl Element {
    pub(super) fn draw(self) -> DrawnElement {
        let (tag, fixed) = split(self.made);
        let node = if self.svg {
            document().create_element_ns(Some("http://www.w3.org/2000/svg"), tag)
        } else {
            document().create_element(tag)
        };
        // Tags are written in the source: the browser knows them all.
        let node = node.unwrap_or_else(|odd| odd.unchecked_into());
        fixed.for_each(|(name, words)| set(&node, name, Some(words)));
        let parts = self.parts.into_iter().map(|part| part.draw(&node)).collect();
        let mut children: Vec<_> = self.children.into_iter().map(View::draw).collect();
        for child in &mut children {
            child.mount(&node, None);
        }
        DrawnElement { made: self.made, node, parts, children }
    }

    /// Whether the same place of a page made both.
    pub(super) fn is_like(&self, old: &DrawnElement) -> bool {
        is_same_make(self.made, old.made)
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
        if self.made != old.made {
            split(self.made).1.for_each(|(name, words)| set(&old.node, name, Some(words)));
            old.made = self.made;
        }
        for (new, old_part) in self.parts.into_iter().zip(&mut old.parts) {
            if let (Part::Fixed(_, new), DrawnPart::Fixed(_, old)) = (&new, &*old_part)
                && new == old
            {
                continue;
            }
            *old_part = new.draw(&old.node);
        }
        for (new, old) in self.children.into_iter().zip(&mut old.children) {
            new.redraw(old);
        }
    }
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
