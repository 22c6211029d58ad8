//! Server-sent events: the office says that its log grew.

use std::rc::Rc;

use js_sys::Function;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{EventSource, MessageEvent};

const PATH: &str = "/api/v1/events";
/// The event's name.
const POKE: &str = "poke";

/// What a stream brings.
pub enum Heard {
    /// An event's data.
    Poke(String),
    /// The stream broke, or never came about. It does not come back by itself:
    /// the browser would knock on a captive portal for ever.
    Lost,
}

/// An open stream; ends when dropped.
pub struct Pokes {
    source: EventSource,
    message: Closure<dyn Fn(MessageEvent)>,
    _error: Closure<dyn Fn()>,
}

impl Pokes {
    /// Opens the stream; `None` where the browser has none.
    pub fn open(heard: impl Fn(Heard) + 'static) -> Option<Self> {
        let source = EventSource::new(PATH).ok()?;
        let heard = Rc::new(heard);
        let hear = heard.clone();
        let message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(data) = event.data().as_string() {
                hear(Heard::Poke(data));
            }
        });
        let listener = message.as_ref().unchecked_ref();
        source.add_event_listener_with_callback(POKE, listener).ok()?;
        let broken = source.clone();
        let error = Closure::<dyn Fn()>::new(move || {
            broken.close();
            heard(Heard::Lost);
        });
        source.set_onerror(Some(error.as_ref().unchecked_ref()));
        Some(Self { source, message, _error: error })
    }
}

impl Drop for Pokes {
    fn drop(&mut self) {
        let listener = self.message.as_ref().unchecked_ref();
        let _ = self.source.remove_event_listener_with_callback(POKE, listener);
        self.source.set_onerror(None::<&Function>);
        self.source.close();
    }
}
