//! Bukti dukung of a value, of a nagari's row or of a step's paper: picked, listed,
//! dated, removed. What is picked is a draft at once, as what is typed is.

use crate::signal::*;
use takar_domain::evidence::{Kind, LIMIT, Reference};
use takar_domain::text::{self, common, evidence as words};

use super::file;
use crate::acts::entry::evidence::{add, key, stored};
use crate::platform::files::{Picked, picked};
use crate::platform::position::position;
use crate::platform::screen::focus;
use crate::state::{App, DraftKey};
use crate::ui::{Button, Field, Icon, Kind as Input, Look, Tick, icon, unique_id, use_toast};
use crate::view::{Entry, View, entry, keyed, view};

/// What browsers offer to pick; the content decides.
const TYPES: &str = "image/*,.pdf,.xlsx,.ods,.csv";

/// The evidence of one group while it is being entered.
#[derive(Clone, Copy)]
struct Proofs {
    app: App,
    key: StoredValue<DraftKey>,
    listed: Memo<Vec<Reference>>,
    stored: Memo<Vec<Reference>>,
    wrong: RwSignal<Vec<String>>,
    busy: RwSignal<bool>,
    /// What was removed last, and from where.
    removed: RwSignal<Option<(usize, Reference)>>,
    /// DOM id of what is said of it.
    gone: StoredValue<String>,
}

/// The list of the group that `of` names, and the ways to add to it. `id` is the DOM
/// id of the file chooser; `about` says whose it is, if several are in view.
#[inline(never)]
pub fn attach(app: App, of: DraftKey, id: String, about: &str) -> View {
    let of = StoredValue::new(of);
    let listed = Memo::new(move || of.with_value(|of| app.evidence(of)));
    let proofs = Proofs {
        app,
        key: of,
        listed,
        stored: Memo::new(move || of.with_value(|of| stored(app.record(of.record).as_ref(), &of.group))),
        wrong: RwSignal::new(Vec::new()),
        busy: RwSignal::new(false),
        removed: RwSignal::new(None),
        gone: StoredValue::new(unique_id("hapus")),
    };
    // What is being picked is not drawn anew because the office changed.
    let limit = untrack(|| app.config()).office.as_ref().map_or(LIMIT, |(_, office)| office.file_limit);
    let hint = unique_id("bukti");
    view! {
        <div class="stack-s" role="group" aria-label=[words::HEAD, " ", about].concat()>
            <p class="label">{words::HEAD}</p>
            <ul class="files">{keyed(move || rows(proofs))}</ul>
            <div class="row">
                <label class="btn quiet pick camera">
                    <input
                        type="file"
                        class="sr"
                        accept="image/*"
                        capture="environment"
                        aria-describedby=hint.clone()
                        on:change=move |event| proofs.take(picked(&event))
                    />
                    {words::CAMERA}
                </label>
                <label class="btn quiet pick">
                    <input
                        type="file"
                        class="sr"
                        id=id
                        multiple=true
                        accept=TYPES
                        aria-describedby=hint.clone()
                        on:change=move |event| proofs.take(picked(&event))
                    />
                    {words::PICK}
                </label>
            </div>
            <p class="hint" id=hint>{words::limit(limit)}</p>
            <div role="alert">{move || proofs.wrong.get().into_iter().map(wrong).collect::<View>()}</div>
            <div class="row" role="status">{move || said(proofs)}</div>
        </div>
    }
}

fn wrong(said: String) -> View {
    view! { <p class="error">{icon(Icon::Alert)} <span>{said}</span></p> }
}

/// That files are being read, or what was removed with the way back.
fn said(proofs: Proofs) -> Option<View> {
    if proofs.busy.get() {
        return Some(view! { <span class="small">{words::PREPARING}</span> });
    }
    let (at, gone) = proofs.removed.get()?;
    let name = words::removed(&gone.name);
    let back = move || {
        proofs.change(&mut |listed| listed.insert(at.min(listed.len()), gone.clone()));
        proofs.removed.set(None);
    };
    Some(view! {
        <span class="small" id=proofs.gone.get_value() tabindex="-1">
            {name}
        </span>
        <Button look=Look::Quiet press=Callback::from(back)>
            {common::UNDO}
        </Button>
    })
}

impl Proofs {
    fn change(self, change: &mut dyn FnMut(&mut Vec<Reference>)) {
        self.key.with_value(|of| self.app.list_evidence(of, change));
    }

    /// Takes files in one by one. Goes on if the page is left meanwhile.
    fn take(self, picked: Vec<Picked>) {
        let (app, of) = (self.app, self.key.get_value());
        self.removed.set(None);
        self.busy.set(true);
        spawn_local(async move {
            let mut wrong = Vec::new();
            for file in picked {
                let mut taken = app.attach(&file).await;
                app.list_evidence(&of, &mut |listed| {
                    if let Ok(new) = &taken
                        && let Err(full) = add(listed, new.clone())
                    {
                        taken = Err(full);
                    }
                });
                if let Err(issue) = taken {
                    wrong.push([&file.name(), ": ", &text::issue(&issue)].concat());
                }
            }
            self.busy.set(false);
            self.wrong.set(wrong);
        });
    }
}

fn rows(proofs: Proofs) -> Vec<Entry> {
    let row = |reference: &Reference| {
        let first = reference.clone();
        entry(key(reference).to_owned(), move || untrack(|| row(proofs, first)))
    };
    proofs.listed.with(|listed| listed.iter().map(row).collect())
}

fn row(proofs: Proofs, first: Reference) -> View {
    let of = StoredValue::new(key(&first).to_owned());
    let asked = first.kind == Kind::Photo;
    let undated = asked && first.captured.is_none();
    let (name, before) = (first.name.clone(), first);
    let is = move |reference: &Reference| of.with_value(|of| key(reference) == of);
    let now = Signal::derive(move || {
        proofs.listed.with(|l| l.iter().find(|r| is(r)).cloned()).unwrap_or_else(|| before.clone())
    });
    let draft = Signal::derive(move || proofs.stored.with(|stored| !stored.iter().any(is)));
    let remove = move |_| {
        let place = proofs.listed.with_untracked(|listed| listed.iter().position(is));
        proofs.removed.set(place.map(|place| (place, now.get_untracked())));
        proofs.change(&mut |listed| listed.retain(|reference| !is(reference)));
        // The press is gone: the way back is next to it.
        let gone = proofs.gone.get_value();
        request_animation_frame(move || {
            focus(&gone);
        });
    };
    let alter = move |change: &mut dyn FnMut(&mut Reference)| {
        proofs.change(&mut |listed| listed.iter_mut().filter(|r| is(r)).for_each(&mut *change));
    };
    let day = move || {
        view! {
            <Field
                label=words::ACTIVITY_DATE
                hint=words::ACTIVITY_DATE_HINT
                kind=Input::Date
                short=true
                optional=true
                value=Signal::derive(move || now.with(|now| now.date.clone().unwrap_or_default()))
                on_type=Callback::from(move |day: String| {
                    alter(&mut |reference| reference.date = Some(day.clone()).filter(|day| !day.is_empty()));
                })
            />
        }
    };
    let toast = use_toast();
    let place = move |agreed: bool| {
        if !agreed {
            return alter(&mut |reference| reference.position = None);
        }
        let (app, list, of) = (proofs.app, proofs.key.get_value(), of.get_value());
        spawn_local(async move {
            let Some(place) = position().await else { return toast.say(words::NO_POSITION) };
            // The page may be gone by now, or the photo.
            app.list_evidence(&list, &mut |listed| {
                let found = listed.iter_mut().filter(|reference| key(reference) == of);
                found.for_each(|reference| reference.position = Some(place.clone()));
            });
        });
    };
    view! {
        <li>
            {file(proofs.app, now, draft)}
            <button
                type="button"
                class="iconbtn"
                aria-label=[words::REMOVE, " ", &name].concat()
                on:click=remove
            >
                {icon(Icon::Cross)}
            </button>
            {undated.then(day)}
            {move || {
                (asked && draft.get())
                    .then(|| {
                        view! {
                            <Tick
                                label=words::POSITION
                                sub=words::POSITION_HINT
                                checked=Signal::derive(move || now.with(|now| now.position.is_some()))
                                on_tick=Callback::from(place)
                            />
                        }
                    })
            }}
        </li>
    }
}
