//! The bar at the top: cycle, status pill, who works.

use crate::signal::*;
use takar_domain::date::{period_name, period_short};
use takar_domain::record::RecordId;
use takar_domain::sorted::sort_by_key;
use takar_domain::text::shell as words;

use super::who::who;
use crate::state::{App, SyncState};
use crate::ui::{Icon, icon, mark};
use crate::view::{View, view};

pub fn top(app: App, narrow: Signal<bool>) -> View {
    view! {
        <header class="top">
            {move || {
                narrow
                    .get()
                    .then(|| {
                        view! {
                            <a class="mark" href="/" aria-label=takar_domain::text::common::HOME>
                                {mark()}
                            </a>
                        }
                    })
            }} {cycles(app, narrow)} <div class="top-end">{pill(app)} {who(app)}</div>
        </header>
    }
}

/// The cycle in view; a choice only if several are open, as in January.
fn cycles(app: App, narrow: Signal<bool>) -> View {
    let open = Memo::new(move || {
        let config = app.config();
        let mut open: Vec<_> =
            config.cycles.iter().filter(|(_, c)| c.open).map(|(id, c)| (*id, c.period)).collect();
        sort_by_key(&mut open, |(_, period)| std::cmp::Reverse(*period));
        open
    });
    let now = Memo::new(move || app.cycle().map(|(id, c)| (id, c.period)));
    let pick = move |ev: leptos::ev::Event| {
        if let Ok(id) = event_target_value(&ev).parse() {
            app.choose_cycle(RecordId(id));
        }
    };
    View::live(move || {
        let name = if narrow.get() { period_short } else { period_name };
        match (now.get(), open.get().len()) {
            (None, _) => view! { <span class="cycle-one soft">{words::NO_CYCLE}</span> },
            // A phone's page names the period itself.
            (Some(_), 0 | 1) if narrow.get() => View::Nothing,
            (Some((_, period)), 0 | 1) => {
                view! { <span class="cycle-one">{period_name(period)}</span> }
            }
            (Some((chosen, _)), _) => {
                let option = |(id, period): (RecordId, _)| {
                    view! {
                        <option value=id.to_string() selected=id == chosen>
                            {name(period)}
                        </option>
                    }
                };
                view! {
                    <select class="cycle" aria-label=words::CYCLE on:change=pick>
                        {open.get().into_iter().map(option).collect::<View>()}
                    </select>
                }
            }
        }
    })
}

/// The sync state: text, icon, and a press to what is not sent.
fn pill(app: App) -> View {
    let status = Memo::new(move || app.status());
    let sign = move || match status.with(|s| s.state) {
        SyncState::Green => Icon::Check,
        SyncState::Waiting => Icon::Clock,
        SyncState::Sending => Icon::Sync,
        SyncState::Offline => Icon::Offline,
        SyncState::SignIn => Icon::Key,
        SyncState::Attention | SyncState::Wiped => Icon::Alert,
    };
    let href =
        move || if status.with(|s| s.state) == SyncState::SignIn { "/masuk" } else { "/belum-terkirim" };
    view! {
        <div class="pill" role="status" data-state=move || status.with(|s| s.state.attribute())>
            <a href=href>{move || icon(sign())} <span>{move || status.with(|s| s.text.clone())}</span></a>
        </div>
    }
}
