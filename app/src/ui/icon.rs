//! The icon set: 24 × 24, one path each, drawn in the colour of the text.

use crate::view::{View, view};

/// What an icon shows. Icons decorate words, they never stand alone without a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    Home,
    Sheet,
    People,
    Steps,
    Fork,
    Chart,
    Outbox,
    Tray,
    Gear,
    Help,
    More,
    Check,
    Cross,
    Alert,
    Clock,
    Sync,
    Offline,
    Pencil,
    Circle,
    Back,
    Next,
    Key,
    Paste,
    Undo,
    Return,
    Eye,
    Bell,
}

impl Icon {
    const fn path(self) -> &'static str {
        match self {
            Self::Home => "M3 11l9-8 9 8v9a1 1 0 0 1-1 1h-5v-6h-6v6H4a1 1 0 0 1-1-1z",
            Self::Sheet => "M5 3h14v18H5zM8 8h8M8 12h8M8 16h5",
            Self::People => {
                "M6 8a3 3 0 1 0 6 0a3 3 0 1 0-6 0M3 20c0-4 3-6 6-6s6 2 6 6M16 5a3 3 0 0 1 0 6M18 20c0-3-1-5-3-6"
            }
            Self::Steps => "M3 6h11M18 6h3M14 3.5v5M3 12h4M11 12h10M17 9.5v5M3 18h9M16 18h5M12 15.5v5",
            Self::Fork => "M6 3v6c0 5 6 4 6 9v3M18 3v6c0 5-6 4-6 9",
            Self::Chart => "M4 20V10M10 20V4M16 20v-8M21 20H3",
            Self::Outbox => "M4 13v6h16v-6M12 15V3M7 8l5-5 5 5",
            Self::Tray => "M4 13l2-8h12l2 8v6H4zM4 13h5c0 4 6 4 6 0h5",
            Self::Gear => {
                "M9 12a3 3 0 1 0 6 0a3 3 0 1 0-6 0M12 3v3M12 18v3M3 12h3M18 12h3M5.6 5.6l2.2 2.2M16.2 16.2l2.2 2.2M5.6 18.4l2.2-2.2M16.2 7.8l2.2-2.2"
            }
            Self::Help => "M3 12a9 9 0 1 0 18 0a9 9 0 1 0-18 0M9.5 9.5c0-3 5-3 5 0c0 2-2.5 2-2.5 4M12 17v.1",
            Self::More => "M4 6h16M4 12h16M4 18h16",
            Self::Check => "M4 12.5l5 5L20 6.5",
            Self::Cross => "M6 6l12 12M18 6L6 18",
            Self::Alert => "M12 3L2.5 20h19zM12 10v4M12 17v.1",
            Self::Clock => "M3 12a9 9 0 1 0 18 0a9 9 0 1 0-18 0M12 7v5l3 2",
            Self::Sync => "M4 12a8 8 0 0 1 14-5l2 2M20 4v5h-5M20 12a8 8 0 0 1-14 5l-2-2M4 20v-5h5",
            Self::Offline => "M3 3l18 18M6 9a5 5 0 0 0 1 10h10M20 17a4 4 0 0 0-3-7a6 6 0 0 0-7-4",
            Self::Pencil => "M4 20l1-5L16 4l4 4L9 19zM14 6l4 4",
            Self::Circle => "M5 12a7 7 0 1 0 14 0a7 7 0 1 0-14 0",
            Self::Back => "M15 5l-7 7 7 7",
            Self::Next => "M9 5l7 7-7 7",
            Self::Key => "M4 15a4 4 0 1 0 8 0a4 4 0 1 0-8 0M11 12l9-9M16 7l3 3",
            Self::Paste => "M8 5H5v16h14V5h-3M8 3h8v4H8zM8 12h8M8 16h5",
            Self::Undo => "M8 5L3 10l5 5M3 10h11a6 6 0 0 1 0 11h-3",
            Self::Return => "M9 5l-6 6 6 6M3 11h12a5 5 0 0 1 5 5v4",
            Self::Bell => "M6 17v-6a6 6 0 0 1 12 0v6l2 2H4zM10 21.5h4",
            Self::Eye => "M2 12c4-8 16-8 20 0c-4 8-16 8-20 0M9 12a3 3 0 1 0 6 0a3 3 0 1 0-6 0",
        }
    }
}

/// Draws an icon. It is hidden from screen readers: the words beside it speak.
#[must_use]
pub fn icon(icon: Icon) -> View {
    view! {
        <svg
            viewBox="0 0 24 24"
            width="20"
            height="20"
            fill="none"
            stroke="currentColor"
            stroke-width="1.8"
            stroke-linejoin="round"
            stroke-linecap="round"
            aria-hidden="true"
        >
            <path d=icon.path() />
        </svg>
    }
}

/// Takar's mark: a measuring cup.
#[must_use]
pub fn mark() -> View {
    view! {
        <svg
            viewBox="0 0 32 32"
            fill="none"
            stroke="currentColor"
            stroke-linejoin="round"
            stroke-linecap="round"
            aria-hidden="true"
        >
            <path stroke-width="2.6" d="M6 4h20l-2.2 22.2a2 2 0 0 1-2 1.8H10.2a2 2 0 0 1-2-1.8z" />
            <path fill="currentColor" stroke="none" d="M7.8 15c3-2 5.4 1.6 8.4 0s5-1.4 8-.2L22.4 28H9.6z" />
            <path stroke-width="2" d="M12 8h4M12 11.5h3" />
        </svg>
    }
}
