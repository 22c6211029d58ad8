//! Small accessible components on native HTML. They hold no office data and
//! know no page: words and values come in as arguments.
//!
//! Invariant: no component sets a `style` attribute (strict CSP) and every
//! press is a native control, so that keyboard and screen reader work by themselves.

pub mod button;
pub mod choice;
pub mod dialog;
pub mod empty;
pub mod field;
pub mod icon;
pub mod link;
pub mod notice;
pub mod page_head;
pub mod progress;
pub mod reveal;
pub mod summary;
pub mod table;
pub mod tag;
pub mod task;
pub mod toast;

pub use button::{Button, Look};
pub use choice::{RadioGroup, Switch, Tick, several};
pub use dialog::Dialog;
pub use empty::Empty;
pub use field::{Field, Kind};
pub use icon::{Icon, icon, mark};
pub use link::{Tabs, nav_link};
pub use notice::Notice;
pub use page_head::{FirstPage, PageHead};
pub use progress::Progress;
pub use reveal::Reveal;
pub use summary::{ErrorSummary, FieldError};
pub use table::Scroll;
pub use tag::{Tone, rating_tag, state, tag};
pub use task::Task;
pub use toast::{Toast, Toasts, use_toast};

use std::sync::atomic::{AtomicU32, Ordering};

/// A DOM id that no other element has, for labels that name their control.
#[must_use]
pub fn unique_id(prefix: &str) -> String {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    format!("{prefix}-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}
