//! What was laid aside on this device, with the reason.

use crate::signal::*;
use takar_domain::date::date_clock;
use takar_domain::text::{common, outbox as words};

use super::super::piece::operation::parts;
use crate::state::App;
use crate::ui::Reveal;
use crate::view::{View, view};

/// The list, one press away; nothing if there is none.
pub fn laid_aside(app: App) -> View {
    let some = Memo::new(move || !app.laid_aside().is_empty());
    View::live(move || {
        some.get().then(|| {
            view! {
                <Reveal summary=words::ASIDE>
                    <ul class="outbox">{move || lines(app)}</ul>
                </Reveal>
            }
        })
    })
}

fn lines(app: App) -> Vec<View> {
    let line = |aside: takar_sync::client::Aside| {
        let what = aside.operation().map(|operation| parts(app, &operation.parts));
        view! {
            <li class="card stack-s">
                <span class="small soft">{words::ASIDE_BY} " " {date_clock(aside.at, app.zone())}</span>
                {what}
                <p>{common::REASON} ": " {aside.reason}</p>
            </li>
        }
    };
    app.laid_aside().into_iter().map(line).collect()
}
