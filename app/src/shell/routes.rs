//! Which page an address opens.

use leptos::prelude::*;
use leptos_router::components::{FlatRoutes, Route};
use leptos_router::path;
use takar_domain::permission::Permission;
use takar_domain::text::{common, shell as words};

use crate::pages::difference::DifferencePage;
use crate::pages::entry::EntryPage;
use crate::pages::held::HeldPage;
use crate::pages::help::HelpPage;
use crate::pages::home::HomePage;
use crate::pages::outbox::OutboxPage;
use crate::pages::recap::{RecapPage, RecapPrintPage};
use crate::pages::send::SendPage;
use crate::pages::settings::SettingsPage;
use crate::pages::sign_in::AnotherPage;
use crate::pages::units::Units;
use crate::pages::validate::ValidatePage;
use crate::ui::PageHead;

/// The page of the address in view.
pub fn routes() -> AnyView {
    view! {
        <FlatRoutes fallback=not_found>
            <Route path=path!("/") view=HomePage />
            <Route path=path!("/masuk") view=AnotherPage />
            <Route path=path!("/isi/:unit?/:indicator?") view=EntryPage />
            <Route path=path!("/kirim") view=SendUnits />
            <Route path=path!("/kirim/:unit") view=SendPage />
            <Route path=path!("/validasi") view=ValidateUnits />
            <Route path=path!("/validasi/:unit") view=ValidatePage />
            <Route path=path!("/beda/:record?") view=DifferencePage />
            <Route path=path!("/rekap") view=RecapPage />
            <Route path=path!("/rekap/cetak") view=RecapPrintPage />
            <Route path=path!("/belum-terkirim") view=OutboxPage />
            <Route path=path!("/ditahan") view=HeldPage />
            <Route path=path!("/pengaturan/*any") view=SettingsPage />
            <Route path=path!("/bantuan") view=HelpPage />
        </FlatRoutes>
    }
    .into_any()
}

/// Which unit's form to send.
#[component]
fn SendUnits() -> impl IntoView {
    view! { <Units title=common::SEND permission=Permission::SendForm base="/kirim" /> }
}

/// Which unit's data to validate.
#[component]
fn ValidateUnits() -> impl IntoView {
    view! { <Units title=common::VALIDATE permission=Permission::ValidateFigure base="/validasi" /> }
}

fn not_found() -> AnyView {
    view! { <PageHead title=words::NOT_FOUND lead=Some(words::NOT_FOUND_LEAD.to_owned()) /> }.into_any()
}
