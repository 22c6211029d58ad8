//! Which tab talks to the office: the visible one takes the Web Lock, by force,
//! since a hidden tab may be frozen with it. Safety never rests on the lock.
//!
//! web-sys has locks only behind an unstable flag, hence the reflection.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::AbortController;

use super::request::member;

const NAME: &str = "takar-sync";

/// This tab's claim to the lock.
pub struct Leader {
    changed: Box<dyn Fn(bool)>,
    /// Ends the wait in the queue.
    queued: RefCell<Option<AbortController>>,
    /// Lets go of the lock that this tab holds.
    release: RefCell<Option<Function>>,
}

impl Leader {
    /// `changed` is told when this tab leads from now on, or no longer.
    pub fn new(changed: impl Fn(bool) + 'static) -> Rc<Self> {
        Rc::new(Self { changed: Box::new(changed), queued: RefCell::default(), release: RefCell::default() })
    }

    /// Takes the lock from whichever tab has it: this one is in front.
    /// Without locks (insecure context) every tab leads.
    pub fn claim(self: &Rc<Self>) {
        if self.release.borrow().is_some() {
            return;
        }
        if let Some(queued) = self.queued.take() {
            queued.abort();
        }
        let options = Object::new();
        let _ = Reflect::set(&options, &"steal".into(), &JsValue::TRUE);
        self.request(&options);
    }

    /// Lets tabs that wait go first, then leads again if there is none.
    pub fn yield_to_others(self: &Rc<Self>) {
        if let Some(release) = self.release.take() {
            let _ = release.call0(&JsValue::NULL);
        }
        self.queue();
    }

    fn queue(self: &Rc<Self>) {
        if self.queued.borrow().is_some() {
            return;
        }
        let options = Object::new();
        if let Ok(abort) = AbortController::new() {
            let _ = Reflect::set(&options, &"signal".into(), &abort.signal());
            self.queued.replace(Some(abort));
        }
        self.request(&options);
    }

    fn request(self: &Rc<Self>, options: &Object) {
        let led = Rc::new(Cell::new(false));
        let Some(ended) = self.ask(options, led.clone()) else {
            (self.changed)(true);
            return;
        };
        let this = self.clone();
        spawn_local(async move {
            let stolen = JsFuture::from(ended).await.is_err();
            if !led.get() {
                return;
            }
            (this.changed)(false);
            if stolen {
                this.release.take();
                this.queue();
            }
        });
    }

    /// `navigator.locks.request(name, options, callback)`.
    fn ask(self: &Rc<Self>, options: &Object, led: Rc<Cell<bool>>) -> Option<Promise> {
        let locks = member(&web_sys::window()?.navigator(), "locks")?;
        let method: Function = member(&locks, "request")?.dyn_into().ok()?;
        let this = self.clone();
        let held = Closure::once_into_js(move || {
            led.set(true);
            this.queued.take();
            let until = Promise::new(&mut |resolve, _| {
                this.release.replace(Some(resolve));
            });
            (this.changed)(true);
            JsValue::from(until)
        });
        method.call3(&locks, &NAME.into(), options, &held).ok()?.dyn_into().ok()
    }
}
