//! Closures behind a table of their own.

/// What makes a value again and again.
///
/// Not `dyn FnMut`: the table of such a closure names a second function for
/// `FnOnce`, compiled for every closure and never called.
pub trait Make<V>: Send {
    fn make(&mut self) -> V;
}

impl<V, F: FnMut() -> V + Send> Make<V> for F {
    fn make(&mut self) -> V {
        self()
    }
}

/// What an event does.
pub trait Handle {
    fn handle(&mut self, event: web_sys::Event);
}

impl<F: FnMut(web_sys::Event)> Handle for F {
    fn handle(&mut self, event: web_sys::Event) {
        self(event);
    }
}
