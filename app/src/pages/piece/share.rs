//! A text to give away: shown whole and mended, shared by the browser, or copied.

use takar_domain::text::board as words;

use crate::platform::share::{can_share, copy, share};
use crate::signal::*;
use crate::ui::{Button, Dialog, Field, Kind, Look, use_toast};
use crate::view::{View, view};

/// The dialog around a text; whoever opens it sets the text first.
#[inline(never)]
pub fn sharing(title: &'static str, text: RwSignal<String>, open: RwSignal<bool>) -> View {
    view! {
        <Dialog open=open title=title>
            {inside(text)}
        </Dialog>
    }
}

fn inside(text: RwSignal<String>) -> View {
    let toast = use_toast();
    let give = move || {
        let text = text.get_untracked();
        spawn_local(async move { share(&text).await });
    };
    let take = move || {
        let text = text.get_untracked();
        spawn_local(async move {
            toast.say(if copy(&text).await { words::COPIED } else { words::NOT_COPIED });
        });
    };
    view! {
        <div class="stack-s tall">
            <Field kind=Kind::Area label=words::TEXT value=text on_type=text />
            <div class="row">
                {can_share().then(|| view! { <Button press=give>{words::SHARE}</Button> })}
                <Button look=Look::Quiet press=take>
                    {words::COPY}
                </Button>
            </div>
        </div>
    }
}
