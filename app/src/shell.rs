//! The frame around every page: what the app can show at all, the routes, the
//! menu, the status pill, who works, notices.

mod frame;
mod menu;
mod notices;
mod routes;
mod top;
mod who;

use crate::signal::*;
use takar_domain::text::shell as words;

use crate::pages::first_run::FirstRunPage;
use crate::pages::sign_in::SignInPage;
use crate::platform::page;
use crate::route::Route;
use crate::state::{App, Blocked, Phase};
use crate::ui::{Button, FirstPage, Toast, Toasts};
use crate::view::{View, view};

/// The whole app. Mounted once, on the page's body.
#[component]
pub fn Shell() -> View {
    let app = App::provide();
    Route::provide();
    share(Toast::new());
    share(FirstPage(StoredValue::new(true)));
    let phase = Memo::new(move || app.phase());
    Effect::run(move || {
        if phase.get() != Phase::Starting {
            page::remove_boot();
        }
    });
    view! {
        {move || match phase.get() {
            Phase::Starting => View::Nothing,
            Phase::Blocked(why) => blocked(why),
            Phase::FirstRun => view! { <FirstRunPage /> },
            Phase::SignIn => view! { <SignInPage /> },
            Phase::Ready => frame::frame(app),
        }}
        <Toasts />
    }
}

/// The app cannot keep what would be typed, so nobody types.
fn blocked(why: Blocked) -> View {
    let (title, lead) = match why {
        Blocked::Storage => (words::BLOCKED_STORAGE, words::BLOCKED_STORAGE_LEAD),
        Blocked::Outdated => (words::BLOCKED_OLD, words::BLOCKED_OLD_LEAD),
        Blocked::OtherTab => (words::BLOCKED_TAB, words::BLOCKED_TAB_LEAD),
    };
    view! {
        <main id="isi" class="gate narrow stack">
            <h1>{title}</h1>
            <p>{lead}</p>
            <Button press=Callback::from(page::reload)>{words::RELOAD}</Button>
        </main>
    }
}
