//! Ticks, one-of-several and switches on native inputs.

use crate::signal::*;

use super::unique_id;
use crate::view::{View, view};

/// A big checkbox; the whole line is the target.
#[component]
pub fn Tick(
    #[prop(into)] label: Signal<String>,
    /// Smaller words under the label.
    #[prop(into, optional)]
    sub: Signal<Option<String>>,
    #[prop(into)] checked: Signal<bool>,
    #[prop(into)] on_tick: Callback<(bool,)>,
    #[prop(into, optional_no_strip)] id: Option<String>,
) -> View {
    view! {
        <label class="tick">
            <input
                type="checkbox"
                id=id
                prop:checked=checked
                on:change=move |ev| on_tick.run((event_target_checked(&ev),))
            />
            <span>{label}{move || sub.get().map(|s| view! { <span class="sub">{s}</span> })}</span>
        </label>
    }
}

/// Any number of `options`, each a tick. `on` has those that are on, line by line.
#[inline(never)]
pub fn several(
    id: String,
    error: Signal<Option<String>>,
    label: String,
    options: Vec<(String, String)>,
    on: RwSignal<String>,
    pick: Callback<(String,)>,
) -> View {
    let mut first = Some(id);
    let ticks = options.into_iter().map(|(option, words)| {
        let is = option.clone();
        let is_on = Signal::derive(move || on.with(|text| text.lines().any(|line| line == is)));
        let flip = move |tick: bool| {
            let text = on.get_untracked();
            let rest = text.lines().filter(|line| *line != option);
            let all: Vec<_> = rest.chain(tick.then_some(&*option)).collect();
            pick.run((all.join("\n"),));
        };
        view! { <Tick id=first.take() label=words checked=is_on on_tick=flip /> }
    });
    let ticks: Vec<_> = ticks.collect();
    view! {
        <fieldset class="field" class:wrong=move || error.with(Option::is_some)>
            <legend class="label">
                {label} {move || error.get().map(|words| view! { <span class="error">{words}</span> })}
            </legend>
            <div class="ticks">{ticks}</div>
        </fieldset>
    }
}

/// One of several, all in view. `options` are (value, words).
#[component]
pub fn RadioGroup(
    #[prop(into)] legend: Signal<String>,
    options: Vec<(String, String)>,
    #[prop(into)] value: Signal<String>,
    #[prop(into)] on_pick: Callback<(String,)>,
    /// In a row instead of one below the other.
    #[prop(optional)]
    inline: bool,
    #[prop(into, optional)] id: Option<String>,
) -> View {
    let name = unique_id("pilihan");
    let choices = options
        .into_iter()
        .enumerate()
        .map(|(n, (option, words))| {
            let is = option.clone();
            let id = id.clone().filter(|_| n == 0);
            view! {
                <label class="choice">
                    <input
                        type="radio"
                        id=id
                        name=name.clone()
                        prop:checked=move || value.with(|v| *v == is)
                        on:change=move |_| on_pick.run((option.clone(),))
                    />
                    <span>{words}</span>
                </label>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <fieldset class="field">
            <legend class="label">{legend}</legend>
            <div class=if inline { "choices inline" } else { "choices" }>{choices}</div>
        </fieldset>
    }
}

/// On or off, effective at once.
#[component]
pub fn Switch(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] on: Signal<bool>,
    #[prop(into)] on_flip: Callback<(bool,)>,
) -> View {
    view! {
        <label class="switch">
            <input
                type="checkbox"
                role="switch"
                prop:checked=on
                on:change=move |ev| on_flip.run((event_target_checked(&ev),))
            />
            <span>{label}</span>
        </label>
    }
}
