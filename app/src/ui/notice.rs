//! A message that stays: what is the matter, and the presses that help.

use crate::signal::*;

use super::{Icon, Tone, icon};
use crate::view::{View, view};

/// Announced at once if it is bad, politely otherwise.
#[component]
pub fn Notice(#[prop(default = Tone::Info)] tone: Tone, children: View) -> View {
    let sign = match tone {
        Tone::Ok => Icon::Check,
        Tone::Wait => Icon::Clock,
        Tone::Bad => Icon::Alert,
        Tone::Info | Tone::Plain => Icon::Help,
    };
    let role = if tone == Tone::Bad { "alert" } else { "note" };
    view! {
        <div class=format!("notice {}", tone.class()) role=role>
            {icon(sign)} {children}
        </div>
    }
}
