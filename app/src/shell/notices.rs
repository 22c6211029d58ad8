//! What must be known whatever page is open: demo, update, wiped, not secure.

use crate::signal::*;
use takar_domain::text::{common, shell as words, sync};

use crate::state::{App, Notice as Matter};
use crate::ui::{Button, Dialog, Look, Notice, Switch, Tone};
use crate::view::{View, view};

pub fn notices(app: App) -> View {
    let matters = Memo::new(move || app.notices());
    let update = Memo::new(move || app.update_waiting());
    view! {
        <section class="notices" aria-label=words::NOTICES>
            {demo(app)} {move || matters.get().into_iter().map(|m| matter(app, m)).collect::<View>()}
            {move || {
                update
                    .get()
                    .then(|| {
                        view! {
                            <Notice>
                                <div role="status">{words::UPDATE}</div>
                                <Button look=Look::Quiet press=Callback::from(move || app.apply_update())>
                                    {words::UPDATE_NOW}
                                </Button>
                            </Notice>
                        }
                    })
            }}
        </section>
    }
}

fn matter(app: App, matter: Matter) -> View {
    match matter {
        Matter::NotSecure => {
            view! { <Notice tone=Tone::Wait><div>{words::NOT_SECURE}</div></Notice> }
        }
        Matter::StoreFailed { full } => {
            let said = if full { words::STORE_FULL } else { words::STORE_FAILED };
            view! { <Notice tone=Tone::Bad><div>{said}</div></Notice> }
        }
        Matter::UnsentForDays { days } => view! {
            <Notice tone=Tone::Wait>
                <div>
                    {words::unsent_days(days)} " "
                    <a class=Look::Link.class() href="/belum-terkirim">
                        {common::OUTBOX}
                    </a>
                </div>
            </Notice>
        },
        Matter::Install => view! {
            <Notice tone=Tone::Wait>
                <div>{words::INSTALL}</div>
                <Button look=Look::Quiet press=Callback::from(move || app.dismiss_install())>
                    {words::UNDERSTOOD}
                </Button>
            </Notice>
        },
        Matter::Wiped { unsent } => view! {
            <Notice tone=Tone::Bad>
                <div>
                    <strong>{sync::wiped(unsent)}</strong>
                    <p>{words::WIPED_NEXT}</p>
                </div>
                <Button look=Look::Quiet press=Callback::from(move || app.dismiss_wiped())>
                    {words::UNDERSTOOD}
                </Button>
            </Notice>
        },
    }
}

/// The yellow strip of the demo with its two presses.
fn demo(app: App) -> View {
    let shown = Memo::new(move || app.config().office.as_ref().is_some_and(|(_, o)| o.demo));
    let asking = RwSignal::new(false);
    let refused = RwSignal::new(None::<String>);
    let reset = move || {
        spawn_local(async move {
            match app.reset_demo().await {
                // The app starts anew; nothing is left to close.
                Ok(()) => {}
                Err(words) => refused.set(Some(words)),
            }
        });
    };
    View::live(move || {
        shown.get().then(|| {
            view! {
                <div class="strip">
                    <span>
                        <strong>{common::DEMO_STRIP}</strong>
                        <span class="wide-only">". " {words::DEMO_LINE}</span>
                    </span>
                    <Button look=Look::Link press=Callback::from(move || asking.set(true))>
                        {words::DEMO_RESET}
                    </Button>
                    <Switch
                        label=words::CUT
                        on=Signal::derive(move || app.is_cut())
                        on_flip=Callback::from(move |cut: bool| app.simulate_cut(cut))
                    />
                </div>
                <Dialog open=asking title=words::DEMO_RESET>
                    <div class="stack">
                        <p>{words::DEMO_RESET_LEAD}</p>
                        {move || {
                            refused.get().map(|w| view! { <Notice tone=Tone::Bad><div>{w}</div></Notice> })
                        }}
                        <div class="row">
                            <Button press=Callback::from(reset)>{words::DEMO_RESET}</Button>
                            <Button look=Look::Quiet press=Callback::from(move || asking.set(false))>
                                {common::CANCEL}
                            </Button>
                        </div>
                    </div>
                </Dialog>
            }
        })
    })
}
