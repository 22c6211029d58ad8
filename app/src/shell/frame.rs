//! Menu at the side (laptop) or at the bottom (phone), bar at the top, page in the middle.

use takar_domain::text::{common, shell as words};

use super::{menu, notices, routes, top};
use crate::platform::screen;
use crate::state::App;
use crate::ui::mark;
use crate::view::{View, view};

pub fn frame(app: App) -> View {
    let narrow = screen::narrow();
    let skip = move |ev: leptos::ev::MouseEvent| {
        ev.prevent_default();
        screen::focus("isi");
    };
    view! {
        <a class="skip" href="#isi" on:click=skip>
            {words::SKIP}
        </a>
        <div class="app">
            {move || {
                (!narrow.get())
                    .then(|| {
                        view! {
                            <nav class="rail" aria-label=words::MAIN_MENU>
                                <a class="mark" href="/">
                                    {mark()}
                                    {common::PRODUCT}
                                </a>
                                {menu::side(app)}
                            </nav>
                        }
                    })
            }} <div class="page">
                {top::top(app, narrow)} {notices::notices(app)} <main id="isi" tabindex="-1">
                    {routes::routes()}
                </main>
            </div> {move || narrow.get().then(|| menu::bottom(app))}
        </div>
    }
}
