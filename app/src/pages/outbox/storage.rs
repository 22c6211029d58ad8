//! What the browser says about this device's storage.

use crate::signal::*;
use takar_domain::text::outbox as words;

use crate::platform::page;
use crate::view::{View, view};

/// Whether the browser keeps what is here, and how much it is; nothing if it
/// does not tell.
pub fn storage() -> View {
    let told: RwSignal<Option<String>> = RwSignal::new(None);
    spawn_local(async move {
        let Some(storage) = page::storage().await else { return };
        let keeps = if storage.persists { words::PERSISTS } else { words::NOT_KEPT };
        told.set(Some([keeps, " ", &words::used(storage.used_mb, storage.quota_mb)].concat()));
    });
    View::live(move || {
        told.get().map(|told| {
            view! {
                <section class="stack-s">
                    <h2>{words::STORAGE}</h2>
                    <p class="small soft">{told}</p>
                </section>
            }
        })
    })
}
