//! *SOP*: its versions, and a new one by form, from a file or from an older version.

use takar_domain::permission::Permission;
use takar_domain::record::RecordId;
use takar_domain::sop::{Sop, newest};
use takar_domain::text::{common, settings as words, sop as sop_words};

use super::line::{leads, line, list, opens, presses};
use super::{UNKNOWN, only, page};
use crate::acts::settings::choice::sop_detail;
use crate::acts::settings::save_sop;
use crate::pages::piece::{fault, saved};
use crate::platform::files::{Growing, picked};
use crate::signal::*;
use crate::state::{App, DraftKey, Save};
use crate::ui::{Button, ErrorSummary, Field, FieldError, Kind, Look, Toast, Tone, tag, use_toast};
use crate::view::{View, view};

/// The text in hand and what is wrong with it.
#[derive(Clone, Copy)]
struct Draft {
    app: App,
    text: RwSignal<String>,
    errors: RwSignal<Vec<FieldError>>,
    toast: Toast,
}

#[inline(never)]
pub fn sop(app: App) -> View {
    let (text, errors) = (RwSignal::new(String::new()), RwSignal::new(Vec::new()));
    let draft = Draft { app, text, errors, toast: use_toast() };
    if let Some(kept) = draft.key().and_then(|key| untrack(|| app.draft(&key))) {
        text.set(kept.text);
    }
    let inside = view! {
        {move || versions(draft)}
        {only(app, Permission::ManageOffice, move || new_version(draft))}
    };
    page(app, words::SOP, Permission::ManageOffice, inside)
}

fn versions(draft: Draft) -> View {
    let (config, newest) = (draft.app.config(), newest(&draft.app.config()));
    let may = draft.app.can(Permission::ManageOffice, None);
    let lines = config.sops.iter().map(|(id, sop)| {
        let id = *id;
        let runs = config.cycles.values().any(|c| c.open && c.stepwise && c.sop == Some(id));
        let used = runs.then(|| tag(Tone::Ok, words::SOP_USED));
        let detail = sop_detail(&config, sop);
        let take = presses(Look::Quiet, words::SOP_TAKE, &sop.title, move || draft.take(id));
        let next = (newest == Some(id)).then(|| tag(Tone::Plain, sop_words::NEXT));
        let edit = ["/pengaturan/ubah-sop/", &id.to_string()].concat();
        let edit = may.then(|| leads(Look::Quiet, common::EDIT, edit, &sop.title));
        let print = opens(Look::Link, ["/pengaturan/sop/", &id.to_string()].concat(), &sop.title);
        line(&sop.title, detail, view! { {used} {next} {print} }, view! { {edit} {take} })
    });
    list(lines.collect())
}

fn new_version(draft: Draft) -> View {
    let pick = move |event: web_sys::Event| {
        let Some(file) = picked(&event).into_iter().next() else { return };
        spawn_local(async move {
            match file.read().await.map(String::from_utf8) {
                Some(Ok(text)) => draft.put(text),
                _ => draft.say(vec![words::SOP_NO_TEXT.into()]),
            }
        });
    };
    view! {
        <section class="card stack tall">
            <h2>{words::SOP_NEW}</h2>
            <ErrorSummary errors=draft.errors />
            <p class="small soft">{words::SOP_LEAD}</p>
            <Field
                id="sop-teks"
                kind=Kind::Area
                label=words::SOP_TEXT
                value=draft.text
                on_type=move |text| draft.put(text)
            />
            <div class="row">
                <Button press=move || draft.save()>{words::SOP_SAVE}</Button>
                <label class="btn quiet pick">
                    {words::SOP_PICK} <input type="file" class="sr" accept=".toml,text/plain" on:change=pick />
                </label>
                <Button look=Look::Quiet press=move || draft.download()>{words::SOP_DOWNLOAD}</Button>
            </div>
        </section>
    }
}

impl Draft {
    fn say(self, lines: Vec<String>) {
        let field = || "sop-teks".to_owned();
        self.errors.set(lines.into_iter().map(|words| FieldError { field: field(), words }).collect());
    }

    /// Under this what is typed is kept until it is saved.
    fn key(self) -> Option<DraftKey> {
        untrack(|| self.app.me()).map(|me| DraftKey::new(me.person, UNKNOWN, "sop", "text"))
    }

    fn put(self, text: String) {
        if let Some(key) = self.key() {
            self.app.keep_draft(key, &text, "");
        }
        self.text.set(text);
    }

    /// Begins with a version that is there.
    fn take(self, id: RecordId) {
        spawn_local(async move {
            match self.app.write_sop(id).await {
                Ok(text) => {
                    self.errors.set(Vec::new());
                    self.put(text);
                }
                Err(words) => self.say(vec![words]),
            }
        });
    }

    fn download(self) {
        let text = self.text.get_untracked();
        if Growing::new(text.as_bytes()).download("sop.toml").is_none() {
            self.say(vec![words::SOP_NO_TEXT.into()]);
        }
    }

    /// Has the office read the text, then saves it as a version.
    fn save(self) {
        let text = self.text.get_untracked();
        spawn_local(async move {
            match self.app.read_sop(text).await {
                Ok(file) => match file.sop {
                    Some(sop) => self.store(sop),
                    None => self.say(file.faults),
                },
                Err(words) => self.say(vec![words]),
            }
        });
    }

    fn store(self, sop: Sop) {
        let config = untrack(|| self.app.config());
        let Some((office, _)) = config.office else { return };
        match untrack(|| save_sop(&config, &self.app.reader(), office, sop)) {
            Ok(parts) => {
                let save = Save { parts, drop_drafts: self.key().into_iter().collect(), ..Save::default() };
                saved(self.app, save, self.errors, move |_| {
                    self.text.set(String::new());
                    self.toast.say(words::SOP_SAVED);
                });
            }
            Err(issues) => self.errors.set(issues.iter().map(|issue| fault("sop", &[], issue)).collect()),
        }
    }
}
