//! Signals with their values behind one type.
//!
//! Leptos compiles a signal, a memo and a callback again for every type that
//! they hold: a tenth of the app's bytes. Here a handle names its type and the
//! graph holds [`Held`], so that Leptos' graph is compiled once. What tracks,
//! runs and ends when, is the graph's as before; a value is shared with its
//! reader, so it may be set while it is read.
//!
//! Pages import this module whole, as they would Leptos' prelude.

mod effect;
mod fresh;
mod handle;
mod node;
mod node_ref;
mod shared;
mod task;

use std::any::Any;
use std::sync::Arc;

pub use effect::Effect;
pub use fresh::Fresh;
pub use node::{Callback, Memo, RwSignal, Signal, StoredValue};
pub use node_ref::NodeRef;
pub use shared::{share, shared};
pub use task::spawn_local;

pub use leptos::prelude::{
    component, document, event_target_checked, event_target_value, on_cleanup, request_animation_frame,
    set_timeout, untrack, window, window_event_listener,
};

/// A value of any type.
type Held = Arc<dyn Any + Send + Sync>;

/// The value as what its handle says it is.
fn seen<T: 'static>(held: &Held) -> &T {
    match (**held).downcast_ref() {
        Some(value) => value,
        None => unreachable!("a handle has the type of its value"),
    }
}
