//! A labelled input: label above, hint, the error's words, then the control.

use crate::signal::*;
use takar_domain::date::Date;
use takar_domain::text::common;

use super::{Icon, icon, unique_id};
use crate::view::{View, view};

/// Which native control a field is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    #[default]
    Text,
    Password,
    /// Text with the number keyboard: Indonesian numbers are parsed elsewhere.
    Number,
    /// The same, in big figures.
    BigNumber,
    /// The browser's date picker; the value is an ISO date.
    Date,
    /// Several lines.
    Area,
}

/// One labelled field. `on_type` gets every keystroke's text, `on_leave` the leaving.
#[component]
pub fn Field(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] value: Signal<String>,
    #[prop(into)] on_type: Callback<(String,)>,
    #[prop(into, optional)] on_leave: Option<Callback<()>>,
    #[prop(optional)] kind: Kind,
    /// DOM id, so that an error summary can lead here.
    #[prop(into, optional)]
    id: Option<String>,
    #[prop(into, optional)] hint: Signal<Option<String>>,
    #[prop(into, optional)] error: Signal<Option<String>>,
    /// Word after the box: `%`, `dokumen`.
    #[prop(into, optional_no_strip)]
    unit: Option<String>,
    #[prop(optional)] optional: bool,
    #[prop(optional)] autocomplete: &'static str,
    #[prop(optional)] short: bool,
) -> View {
    let id = id.unwrap_or_else(|| unique_id("isian"));
    let hint_id = format!("{id}-petunjuk");
    let error_id = format!("{id}-salah");
    let described = {
        let (hint_id, error_id) = (hint_id.clone(), error_id.clone());
        move || match (hint.with(Option::is_some), error.with(Option::is_some)) {
            (true, true) => Some(format!("{hint_id} {error_id}")),
            (true, false) => Some(hint_id.clone()),
            (false, true) => Some(error_id.clone()),
            (false, false) => None,
        }
    };
    let control = control(
        Control { id: id.clone(), kind, value, on_type, on_leave, autocomplete, short },
        described,
        error,
    );
    view! {
        <div class="field" class:wrong=move || error.with(Option::is_some)>
            <label class="label" for=id.clone()>
                {label}
                {optional.then(|| view! { <span class="optional">" " {common::OPTIONAL}</span> })}
            </label>
            {move || hint.get().map(|h| view! { <p class="hint" id=hint_id.clone()>{h}</p> })}
            {move || {
                error.get().map(|e| view! { <p class="error" id=error_id.clone()>{icon(Icon::Alert)} <span>{e}</span></p> })
            }}
            {match unit {
                None if kind == Kind::Date => {
                    view! {
                        <div class="with-unit day">
                            {control} <span class="small soft">{move || value.with(|iso| in_words(iso))}</span>
                        </div>
                    }
                }
                None => control,
                Some(unit) => view! { <div class="with-unit">{control} <span class="soft">{unit}</span></div> },
            }}
        </div>
    }
}

/// The browser shows dates in its own language; these are the office's words.
fn in_words(iso: &str) -> Option<String> {
    let date: Date = iso.parse().ok()?;
    Some([date.weekday_name(), ", ", &date.format_long()].concat())
}

struct Control {
    id: String,
    kind: Kind,
    value: Signal<String>,
    on_type: Callback<(String,)>,
    on_leave: Option<Callback<()>>,
    autocomplete: &'static str,
    short: bool,
}

fn control(
    c: Control,
    described: impl Fn() -> Option<String> + Send + 'static,
    error: Signal<Option<String>>,
) -> View {
    let Control { id, kind, value, on_type, on_leave, autocomplete, short } = c;
    let invalid = move || error.with(Option::is_some).then_some("true");
    let leave = move |_| {
        if let Some(leave) = on_leave {
            leave.run(());
        }
    };
    if kind == Kind::Area {
        return view! {
            <textarea
                id=id
                class="inp"
                rows="3"
                prop:value=value
                aria-describedby=described
                aria-invalid=invalid
                on:input=move |ev| on_type.run((event_target_value(&ev),))
                on:blur=leave
            ></textarea>
        };
    }
    let number = matches!(kind, Kind::Number | Kind::BigNumber);
    let class = match (kind, short) {
        (Kind::BigNumber, _) => "inp big",
        (_, true) => "inp short",
        _ => "inp",
    };
    let autocomplete = if autocomplete.is_empty() { "off" } else { autocomplete };
    view! {
        <input
            id=id
            class=class
            type=match kind {
                Kind::Password => "password",
                Kind::Date => "date",
                _ => "text",
            }
            inputmode=number.then_some("decimal")
            autocomplete=autocomplete
            autocapitalize=(autocomplete == "username").then_some("none")
            enterkeyhint="next"
            prop:value=value
            aria-describedby=described
            aria-invalid=invalid
            on:input=move |ev| on_type.run((event_target_value(&ev),))
            on:blur=leave
        />
    }
}
