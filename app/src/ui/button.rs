//! A press that does something on this page. A press that leads elsewhere is a link.

use crate::signal::*;
use crate::view::{View, view};

/// How weighty a button looks. One main button per page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    #[default]
    Main,
    Quiet,
    Danger,
    /// Reads as text inside a line.
    Link,
}

impl Look {
    /// The classes, also for `<a>` elements that look like buttons.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Main => "btn",
            Self::Quiet => "btn quiet",
            Self::Danger => "btn danger",
            Self::Link => "link",
        }
    }
}

/// A button, never disabled: a press always answers. `submit` sends its form.
#[component]
pub fn Button(
    #[prop(into, optional)] press: Option<Callback<()>>,
    #[prop(optional)] look: Look,
    #[prop(optional)] submit: bool,
    children: View,
) -> View {
    view! {
        <button
            type=if submit { "submit" } else { "button" }
            class=look.class()
            on:click=move |_| {
                if let Some(press) = press {
                    press.run(());
                }
            }
        >
            {children}
        </button>
    }
}
