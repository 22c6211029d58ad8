//! A short answer to a press, read out by screen readers, gone after some seconds.
//! Nothing that needs an answer is said here.

use std::time::Duration;

use crate::signal::*;
use crate::view::{View, view};

const SHOWN: Duration = Duration::from_secs(6);

/// Handle of the one toast area.
#[derive(Clone, Copy)]
pub struct Toast {
    now: RwSignal<Option<(u32, String)>>,
}

impl Toast {
    /// An area that says nothing yet. The shell provides it as context.
    #[must_use]
    pub fn new() -> Self {
        Self { now: RwSignal::new(None) }
    }

    /// Says it, in place of what was said before.
    pub fn say(&self, words: impl Into<String>) {
        let now = self.now;
        let number = now.with_untracked(|n| n.as_ref().map_or(0, |(n, _)| n.wrapping_add(1)));
        now.set(Some((number, words.into())));
        set_timeout(
            move || {
                if now.with_untracked(|n| n.as_ref().is_some_and(|(n, _)| *n == number)) {
                    now.set(None);
                }
            },
            SHOWN,
        );
    }
}

impl Default for Toast {
    fn default() -> Self {
        Self::new()
    }
}

/// The toast handle of this app; outside the shell it speaks to nobody.
#[must_use]
pub fn use_toast() -> Toast {
    shared::<Toast>().unwrap_or_default()
}

/// Where toasts appear: always in the page, so that screen readers watch it.
#[component]
pub fn Toasts() -> View {
    let toast = use_toast();
    view! {
        <div class="toast" role="status" aria-live="polite">
            {move || toast.now.get().map(|(_, words)| view! { <p>{words}</p> })}
        </div>
    }
}
