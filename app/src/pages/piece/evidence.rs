//! Files of evidence: small picture, name, what is known, and the way to open
//! them, on this device or at the office.

use std::time::Duration;

use crate::signal::*;
use takar_domain::evidence::Reference;
use takar_domain::text::evidence as words;

use crate::acts::entry::evidence::about;
use crate::platform::files::forget;
use crate::state::App;
use crate::ui::{Icon, Tone, icon, state};
use crate::view::{View, view};

/// Where the office gives files.
const FILES: &str = "/api/v1/files/";
/// Until a small picture that is not there is asked for again: each time twice as
/// long, so many times.
const FIRST_WAIT: Duration = Duration::from_secs(4);
const MOST_WAITS: u32 = 6;

/// The files of a value as a list; nothing if there are none.
#[must_use]
pub fn files(app: App, listed: &[Reference]) -> Option<View> {
    let lines = listed.iter().map(|reference| {
        let now = Signal::stored(reference.clone());
        view! { <li>{file(app, now, Signal::stored(false))}</li> }
    });
    let lines: Vec<_> = lines.collect();
    (!lines.is_empty()).then(|| view! { <ul class="files" aria-label=words::HEAD>{lines}</ul> })
}

/// One file, without a press. `draft`: it is not saved yet.
#[must_use]
pub fn file(app: App, now: Signal<Reference>, draft: Signal<bool>) -> View {
    let Reference { file, thumbnail, name, address, .. } = now.get_untracked();
    let sha256 = file.map(|file| file.sha256).unwrap_or_default();
    let full = Place::find(app, &sha256, address);
    let small = thumbnail.map(|small| Place::find(app, &small.sha256, None));
    let absent = RwSignal::new(false);
    let missed = StoredValue::new(0);
    // Nobody tells when another device's photo has arrived: it is asked for again.
    let miss = move |_| {
        absent.set(true);
        let times: u32 = missed.get_value();
        missed.set_value((times + 1).min(MOST_WAITS));
        set_timeout(move || absent.set(false), FIRST_WAIT * (1 << times));
    };
    let picture = move || {
        let place = small.filter(|_| !absent.get()).and_then(|place| place.get());
        match place {
            Some(place) => view! { <img src=place.address alt="" on:error=miss /> },
            None => icon(Icon::Sheet),
        }
    };
    let known = move || {
        let upload = app.uploads().into_iter().find(|upload| upload.sha256 == sha256);
        match upload {
            Some(upload) => match upload.refused {
                Some(code) => state(Tone::Bad, Icon::Alert, words::refused(&code)),
                None if upload.done > 0 => {
                    state(Tone::Info, Icon::Sync, words::sending(upload.done, upload.size))
                }
                None => state(Tone::Wait, Icon::Clock, words::WAITING),
            },
            None if draft.get() => state(Tone::Info, Icon::Pencil, words::DRAFT),
            None if absent.get() => view! { <span class="small">{words::NOT_HERE}</span> },
            None => View::Nothing,
        }
    };
    let saved_as = name.clone();
    view! {
        <span class="thumb">{picture}</span>
        <span class="what">
            <a
                target="_blank"
                rel="noopener"
                href=move || full.get().map(|place| place.address)
                // A browser would show what is here as a page of this app.
                download=move || full.get().filter(|place| place.here).map(|_| saved_as.clone())
            >
                {name}
            </a>
            <span class="small soft">{move || now.with(about)}</span>
            {known}
        </span>
    }
}

/// Where a file can be had.
#[derive(Clone)]
struct Place {
    address: String,
    /// On this device.
    here: bool,
}

impl Place {
    /// Looks on this device first: what is not sent yet is nowhere else.
    fn find(app: App, sha256: &str, elsewhere: Option<String>) -> RwSignal<Option<Self>> {
        let found = RwSignal::new(elsewhere.clone().map(|address| Self { address, here: false }));
        if elsewhere.is_some() {
            return found;
        }
        let held = StoredValue::new(None::<String>);
        on_cleanup(move || {
            if let Some(Some(address)) = held.try_get_value() {
                forget(&address);
            }
        });
        let sha256 = sha256.to_owned();
        spawn_local(async move {
            let here = app.file_here(&sha256).await;
            held.set_value(here.clone());
            found.set(Some(match here {
                Some(address) => Self { address, here: true },
                None => Self { address: [FILES, &sha256].concat(), here: false },
            }));
        });
        found
    }
}
