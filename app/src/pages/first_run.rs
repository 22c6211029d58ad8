//! Opening a new office with the one-time code from the server's console.

use crate::signal::*;
use takar_domain::config::Zone;
use takar_domain::date::zone_name;
use takar_domain::text::{common, sign_in as words};

use super::piece::Select;
use super::sign_in::error_of;
use crate::api::setup::Founding;
use crate::state::use_app;
use crate::ui::{Button, ErrorSummary, Field, FieldError, Kind, PageHead, mark};
use crate::view::{View, view};

const ZONES: [Zone; 3] = [Zone::Wib, Zone::Wita, Zone::Wit];
/// As the office takes it; shorter ones are refused there too.
const PASSWORD_CHARS: usize = 8;

/// What is typed: one text per field, in the order of [`FIELDS`].
#[derive(Clone, Copy)]
struct Form {
    texts: [RwSignal<String>; 6],
    zone: RwSignal<String>,
}

/// Field id, label, hint, words when it is missing.
const FIELDS: [(&str, &str, &str, &str); 6] = [
    ("kode", words::CODE, words::CODE_HINT, words::CODE_MISSING),
    ("kantor", words::OFFICE, words::OFFICE_HINT, words::OFFICE_MISSING),
    ("kabupaten", words::REGENCY, "", words::REGENCY_MISSING),
    ("admin", words::ADMIN, "", words::ADMIN_MISSING),
    ("nama-pengguna", words::USERNAME, "", words::USERNAME_MISSING),
    ("kata-sandi", words::NEW_PASSWORD, words::PASSWORD_HINT, words::PASSWORD_SHORT),
];

impl Form {
    fn errors(self) -> Vec<FieldError> {
        let wrong = |n: &usize| {
            let Some(text) = self.texts.get(*n) else { return false };
            text.with_untracked(|t| {
                if *n == 5 { t.chars().count() < PASSWORD_CHARS } else { t.trim().is_empty() }
            })
        };
        let found = (0..FIELDS.len()).filter(wrong).filter_map(|n| FIELDS.get(n));
        found
            .map(|(field, _, _, words)| FieldError { field: (*field).into(), words: (*words).into() })
            .collect()
    }

    fn founding(self) -> Founding {
        let [code, office, regency, admin, username, password] = self.texts.map(|t| t.get_untracked());
        let line = |text: String| text.trim().to_owned();
        let zone = self.zone.get_untracked();
        Founding {
            code: line(code),
            office: line(office),
            regency: line(regency),
            zone: ZONES.into_iter().find(|z| zone_name(*z) == zone).unwrap_or_default(),
            admin: line(admin),
            username: line(username),
            password,
        }
    }
}

/// The whole page while the office does not exist.
#[component]
pub fn FirstRunPage() -> View {
    let app = use_app();
    let form = Form {
        texts: std::array::from_fn(|_| RwSignal::new(String::new())),
        zone: RwSignal::new(zone_name(Zone::Wib).to_owned()),
    };
    let errors = RwSignal::new(Vec::new());
    let busy = RwSignal::new(false);
    let submit = move |ev: leptos::ev::SubmitEvent| {
        ev.prevent_default();
        let wrong = form.errors();
        let clean = wrong.is_empty();
        errors.set(wrong);
        if !clean || busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let answer = app.first_run(form.founding()).await;
            // The page gives way to the sign-in once the office is there.
            busy.set(false);
            if let Err(words) = answer {
                errors.set(vec![FieldError { field: "kode".into(), words }]);
            }
        });
    };
    let fields = move |from: usize, to: usize| (from..to).map(|n| field(form, n, errors)).collect::<Vec<_>>();
    let zones: Vec<_> = ZONES.map(|z| (zone_name(z).to_owned(), zone_name(z).to_owned())).to_vec();
    view! {
        <main id="isi" tabindex="-1" class="gate narrow">
            <div class="stack">
                <p class="mark">{mark()} {common::PRODUCT}</p>
                <PageHead title=words::FIRST_TITLE lead=words::FIRST_LEAD />
                <form class="stack" on:submit=submit>
                    <ErrorSummary errors=errors />
                    {fields(0, 1)}
                    <h2>{words::OFFICE_DATA}</h2>
                    {fields(1, 3)}
                    <Select
                        label=words::ZONE
                        options=zones
                        value=form.zone
                        on_pick=Callback::from(move |zone: String| form.zone.set(zone))
                    />
                    <h2>{words::YOUR_DATA}</h2>
                    {fields(3, FIELDS.len())}
                    <p class="soft" role="status">
                        {move || busy.get().then_some(words::WORKING)}
                    </p>
                    <Button submit=true>{words::FOUND}</Button>
                </form>
            </div>
        </main>
    }
}

fn field(form: Form, n: usize, errors: RwSignal<Vec<FieldError>>) -> View {
    let (Some((id, label, hint, _)), Some(text)) = (FIELDS.get(n), form.texts.get(n).copied()) else {
        return View::Nothing;
    };
    let (kind, autocomplete) = match *id {
        "kata-sandi" => (Kind::Password, "new-password"),
        "nama-pengguna" => (Kind::Text, "username"),
        "admin" => (Kind::Text, "name"),
        _ => (Kind::Text, "off"),
    };
    view! {
        <Field
            id=*id
            label=*label
            hint=(!hint.is_empty()).then(|| (*hint).to_owned())
            kind=kind
            autocomplete=autocomplete
            value=text
            error=error_of(errors, id)
            on_type=Callback::from(move |typed: String| text.set(typed))
        />
    }
}
