//! A labelled native select.

use crate::signal::*;

use crate::ui::{Icon, icon, unique_id};
use crate::view::{View, view};

/// One of several as a select; `options` are (value, words).
#[component]
pub fn Select(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] options: Signal<Vec<(String, String)>>,
    #[prop(into)] value: Signal<String>,
    #[prop(into)] on_pick: Callback<(String,)>,
    #[prop(into, optional)] id: Option<String>,
    #[prop(into, optional)] error: Signal<Option<String>>,
    #[prop(optional)] short: bool,
) -> View {
    let id = id.unwrap_or_else(|| unique_id("pilih"));
    let choices = move || {
        let now = value.get();
        let line = |(option, words): (String, String)| {
            let chosen = option == now;
            view! {
                <option value=option prop:selected=chosen>
                    {words}
                </option>
            }
        };
        options.get().into_iter().map(line).collect::<View>()
    };
    let error_id = [&id, "-salah"].concat();
    let described = {
        let error_id = error_id.clone();
        move || error.with(Option::is_some).then(|| error_id.clone())
    };
    view! {
        <div class="field" class:wrong=move || error.with(Option::is_some)>
            <label class="label" for=id.clone()>
                {label}
            </label>
            {move || {
                error.get().map(|e| view! { <p class="error" id=error_id.clone()>{icon(Icon::Alert)} <span>{e}</span></p> })
            }}
            <select
                id=id
                class=if short { "inp short" } else { "inp" }
                prop:value=value
                aria-describedby=described
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                on:change=move |ev| on_pick.run((event_target_value(&ev),))
            >
                {choices}
            </select>
        </div>
    }
}
