//! A modal dialog on `<dialog>`: the browser traps focus, closes on Escape and
//! gives focus back to what opened it.

use crate::signal::*;
use takar_domain::text::common;

use super::{Icon, icon, unique_id};
use crate::view::{ChildrenFn, View, view};

/// Shows its children while `open`; they are built on opening only.
#[component]
pub fn Dialog(
    open: RwSignal<bool>,
    #[prop(into)] title: Signal<String>,
    /// For tables and side-by-side content.
    #[prop(optional)]
    broad: bool,
    children: ChildrenFn,
) -> View {
    let node: NodeRef<web_sys::HtmlDialogElement> = NodeRef::new();
    let id = unique_id("dialog");
    let label = id.clone();
    Effect::run(move || {
        let Some(dialog) = node.get() else { return };
        match (open.get(), dialog.open()) {
            // A dialog that left the page meanwhile cannot open; nothing is lost.
            (true, false) => drop(dialog.show_modal()),
            (false, true) => dialog.close(),
            _ => {}
        }
    });
    view! {
        <dialog
            node_ref=node
            class=if broad { "dialog broad" } else { "dialog" }
            aria-labelledby=label
            on:close=move |_| open.set(false)
        >
            {move || {
                open.get()
                    .then(|| {
                        view! {
                            <div class="dialog-head">
                                <h2 id=id.clone() tabindex="-1" autofocus=true>
                                    {title}
                                </h2>
                                <button
                                    type="button"
                                    class="iconbtn"
                                    aria-label=common::CLOSE
                                    on:click=move |_| open.set(false)
                                >
                                    {icon(Icon::Cross)}
                                </button>
                            </div>
                            // As it stood when it was opened: else saving would draw it anew
                            // before what follows the save could close it.
                            <div class="dialog-body">{untrack(&*children)}</div>
                        }
                    })
            }}
        </dialog>
    }
}
