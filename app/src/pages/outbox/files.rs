//! Files that the office has not confirmed: how far they came, and the ways to
//! hold them back.

use crate::signal::*;
use takar_domain::text::{common, evidence as words};
use takar_sync::client::{Gate, Progress as Upload, Transfer};

use crate::platform::files::tells_wifi;
use crate::state::App;
use crate::ui::{Button, Icon, Look, Progress, Switch, Tone, state};
use crate::view::{Entry, View, entry, keyed, view};

/// Shown while files wait, or are held back.
pub fn file_section(app: App) -> View {
    let chosen = RwSignal::new(untrack(|| app.chosen_for_files()));
    let all = Memo::new(move || Fresh(app.uploads()));
    let any = Memo::new(move || all.with(|all| !all.0.is_empty()) || chosen.get() != (false, false));
    let choose = move |paused, only_wifi| {
        app.choose_files(paused, only_wifi);
        chosen.set((paused, only_wifi));
    };
    let section = move || {
        view! {
            <section class="stack-s">
                <h2>{words::HEAD}</h2>
                {move || whole(app.transfer())}
                <ul class="outbox">{keyed(move || rows(all))}</ul>
                {move || {
                    let refused = all.with(|all| all.0.iter().any(|upload| upload.refused.is_some()));
                    refused.then(|| {
                        view! { <Button look=Look::Quiet press=move || app.retry_files()>{common::RETRY}</Button> }
                    })
                }}
                <div class="row">
                    <Switch
                        label=words::PAUSE
                        on=Signal::derive(move || chosen.get().0)
                        on_flip=Callback::from(move |paused: bool| choose(paused, chosen.get_untracked().1))
                    />
                    <Switch
                        label=words::ONLY_WIFI
                        on=Signal::derive(move || chosen.get().1)
                        on_flip=Callback::from(move |only: bool| choose(chosen.get_untracked().0, only))
                    />
                </div>
                {move || {
                    (chosen.get().1 && !tells_wifi()).then(|| view! { <p class="small" role="note">{words::UNTOLD}</p> })
                }}
                <p class="hint">{words::NUMBERS_FIRST}</p>
            </section>
        }
    };
    View::live(move || any.get().then(section))
}

/// All files together, and what holds them back.
fn whole(now: Transfer) -> Option<View> {
    let held = match now.gate {
        Gate::Open => "",
        Gate::Paused => words::PAUSED,
        Gate::WaitsForWifi => words::WAITS_FOR_WIFI,
    };
    (now.files > 0).then(|| {
        let said = words::transfer(now.files, now.done, now.total);
        view! {
            <div class="stack-s">
                <p>{said.clone()} " " <strong>{held}</strong></p>
                {bar(&said, now.done, now.total)}
            </div>
        }
    })
}

fn rows(all: Memo<Fresh<Vec<Upload>>>) -> Vec<Entry> {
    let row = |upload: &Upload| {
        let first = upload.clone();
        entry(first.sha256.clone(), move || row(all, first))
    };
    // A small picture goes with its photo, unless it is refused.
    let shown = |upload: &&Upload| !upload.name.is_empty() || upload.refused.is_some();
    all.with(|all| all.0.iter().filter(shown).map(row).collect())
}

fn row(all: Memo<Fresh<Vec<Upload>>>, first: Upload) -> View {
    let name = if first.name.is_empty() { words::SMALL.to_owned() } else { first.name.clone() };
    let label = name.clone();
    let now = move || {
        let found = all.with(|all| all.0.iter().find(|upload| upload.sha256 == first.sha256).cloned());
        let upload = found.unwrap_or_else(|| first.clone());
        let said = match &upload.refused {
            Some(code) => state(Tone::Bad, Icon::Alert, words::refused(code)),
            None if upload.done > 0 => {
                state(Tone::Info, Icon::Sync, words::sending(upload.done, upload.size))
            }
            None => state(Tone::Wait, Icon::Clock, words::WAITING),
        };
        view! {
            <span class="row between">
                <span class="small soft">{words::size(upload.size)}</span>
                {said}
            </span>
            {bar(&label, upload.done, upload.size)}
        }
    };
    view! {
        <li class="card stack-s">
            <strong>{name}</strong>
            {now}
        </li>
    }
}

/// In kilobytes: the bar needs no more.
fn bar(label: &str, done: u64, total: u64) -> View {
    let kilobytes = |bytes: u64| usize::try_from(bytes >> 10).unwrap_or(usize::MAX);
    view! { <Progress label=label done=kilobytes(done) total=kilobytes(total) /> }
}
