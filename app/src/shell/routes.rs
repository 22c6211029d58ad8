//! Which page an address opens.

use crate::signal::*;
use takar_domain::permission::Permission;
use takar_domain::text::{common, shell as words, sync};

use crate::pages::blank::blank;
use crate::pages::budget::budget;
use crate::pages::difference::DifferencePage;
use crate::pages::entry::EntryPage;
use crate::pages::held::HeldPage;
use crate::pages::help::HelpPage;
use crate::pages::home::HomePage;
use crate::pages::notices::notices_page;
use crate::pages::outbox::outbox;
use crate::pages::recap::{RecapPage, RecapPrintPage};
use crate::pages::send::SendPage;
use crate::pages::settings::settings;
use crate::pages::sign_in::AnotherPage;
use crate::pages::steps::steps;
use crate::pages::units::Units;
use crate::pages::validate::ValidatePage;
use crate::route::{segment, use_route};
use crate::state::use_app;
use crate::ui::PageHead;
use crate::view::{View, view};

/// Pages, by the name that their address starts with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Page {
    Home,
    SignIn,
    Entry,
    Blank,
    SendUnits,
    Send,
    ValidateUnits,
    Validate,
    Steps,
    Difference,
    Budget,
    Recap,
    RecapPrint,
    Notices,
    Outbox,
    Held,
    Settings,
    Help,
    Unknown,
}

fn page_of(path: &str) -> Page {
    let inside = segment(path, 1).is_some();
    match segment(path, 0) {
        None => Page::Home,
        Some("masuk") => Page::SignIn,
        Some("isi") => Page::Entry,
        Some("formulir") => Page::Blank,
        Some("kirim") if inside => Page::Send,
        Some("kirim") => Page::SendUnits,
        Some("validasi") if inside => Page::Validate,
        Some("validasi") => Page::ValidateUnits,
        Some("tahapan") => Page::Steps,
        Some("beda") => Page::Difference,
        Some("anggaran") => Page::Budget,
        Some("rekap") if segment(path, 1) == Some("cetak") => Page::RecapPrint,
        Some("rekap") => Page::Recap,
        Some("pemberitahuan") => Page::Notices,
        Some("belum-terkirim") => Page::Outbox,
        Some("ditahan") => Page::Held,
        Some("pengaturan") => Page::Settings,
        Some("bantuan") => Page::Help,
        Some(_) => Page::Unknown,
    }
}

/// The page of the address in view. A page stays while its address changes
/// behind the name.
pub fn routes() -> View {
    let route = use_route();
    let app = use_app();
    let page = Memo::new(move || route.with_path(page_of));
    let fetching = Memo::new(move || app.is_fetching());
    View::live(move || match page.get() {
        Page::SignIn => view! { <AnotherPage /> },
        // Nothing would be right before the office's data is here.
        _ if fetching.get() => view! { <PageHead title=sync::FETCHING /> },
        Page::Home => view! { <HomePage /> },
        Page::Entry => view! { <EntryPage /> },
        Page::Blank => blank(),
        Page::SendUnits => {
            view! { <Units title=common::SEND permission=Permission::SendForm base="/kirim" /> }
        }
        Page::Send => view! { <SendPage /> },
        Page::ValidateUnits => {
            view! { <Units title=common::VALIDATE permission=Permission::ValidateFigure base="/validasi" /> }
        }
        Page::Validate => view! { <ValidatePage /> },
        Page::Steps => steps(),
        Page::Difference => view! { <DifferencePage /> },
        Page::Budget => budget(),
        Page::Recap => view! { <RecapPage /> },
        Page::RecapPrint => view! { <RecapPrintPage /> },
        Page::Notices => notices_page(),
        Page::Outbox => outbox(),
        Page::Held => view! { <HeldPage /> },
        Page::Settings => settings(),
        Page::Help => view! { <HelpPage /> },
        Page::Unknown => {
            view! { <PageHead title=words::NOT_FOUND lead=words::NOT_FOUND_LEAD /> }
        }
    })
}
