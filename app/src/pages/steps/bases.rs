//! *Berkas acuan* of a round: each files or the reason why there are none.

use crate::signal::*;
use takar_domain::codec::to_value;
use takar_domain::config::Basis;
use takar_domain::permission::Permission;
use takar_domain::procedure::paper::EVIDENCE;
use takar_domain::record::{RecordId, Value};
use takar_domain::text::{common, round as words};
use uuid::Uuid;

use crate::acts::settings::ask::{Ask, Kind, text};
use crate::acts::settings::{bases as all, basis_group, save_basis};
use crate::pages::piece::{attach, files};
use crate::pages::settings::form::{Act, Form};
use crate::pages::settings::line::presses;
use crate::state::{App, DraftKey, Save};
use crate::ui::{Dialog, Look, Tone, tag};
use crate::view::{View, view};

const REASON: &[Ask] = &[Ask::new(Kind::Area, "reason", words::BASIS_REASON).optional()];

/// The slots of one round, and the one that is being filled.
#[derive(Clone, Copy)]
struct Slots {
    app: App,
    cycle: RecordId,
    /// From 1.
    asked: RwSignal<usize>,
    open: RwSignal<bool>,
}

pub fn bases(app: App, cycle: RecordId) -> View {
    let slots = Slots { app, cycle, asked: RwSignal::new(1), open: RwSignal::new(false) };
    let inside = move || {
        let config = app.config();
        let found = all(&config, &app.reader(), cycle);
        let may = app.can(Permission::ManageCycle, None) && config.cycles.get(&cycle).is_some_and(|c| c.open);
        let missing = found.iter().filter(|(_, basis)| basis.is_missing()).count();
        let lines: Vec<_> =
            (1_usize..).zip(&found).map(|(at, (name, basis))| slots.line(at, name, basis, may)).collect();
        (!lines.is_empty()).then(|| {
            view! {
                <section class="card stack-s">
                    <h2>{words::BASES}</h2>
                    {(missing > 0).then(|| view! { <p class="small">{words::missing(missing, found.len())}</p> })}
                    <ul class="tasks">{lines}</ul>
                </section>
            }
        })
    };
    view! {
        {inside}
        <Dialog open=slots.open title=words::BASES>
            {slots.form()}
        </Dialog>
    }
}

impl Slots {
    fn line(self, at: usize, name: &str, basis: &Basis, may: bool) -> View {
        let mark = basis.is_missing().then(|| tag(Tone::Wait, words::BASIS_MISSING));
        let ask = move || {
            self.asked.set(at);
            self.open.set(true);
        };
        let reason = basis.reason.clone();
        view! {
            <li>
                <div class="what">
                    <strong>{name.to_owned()}</strong>
                    {(!reason.is_empty()).then(|| view! { <span class="small soft pre">{reason}</span> })}
                    {files(self.app, &basis.evidence)}
                </div>
                {mark}
                {may.then(|| presses(Look::Quiet, common::EDIT, name, ask))}
            </li>
        }
    }

    /// The files as they are listed, with the reason, become one operation.
    fn form(self) -> View {
        let (app, cycle, at) = (self.app, self.cycle, self.asked.get());
        let found = untrack(|| all(&app.config(), &app.reader(), cycle));
        let Some((name, basis)) = found.into_iter().nth(at.saturating_sub(1)) else { return View::Nothing };
        let key = untrack(|| app.me()).map(|me| DraftKey::new(me.person, cycle, &basis_group(at), EVIDENCE));
        let kept = StoredValue::new(key.clone());
        let save = move |typed: &Value| {
            let drafts: Vec<_> = kept.get_value().into_iter().collect();
            let evidence = drafts.first().map(|key| app.evidence(key)).unwrap_or_default();
            let basis = Basis { evidence, reason: text(typed, "reason").to_owned() };
            let mut part = save_basis(&app.reader(), cycle, at, &basis);
            // Picked before the dialog was open: the draft knows what stood then.
            if drafts.iter().any(|key| app.draft(key).is_some()) {
                part.changes.iter_mut().for_each(|change| change.seen.clear());
            }
            Ok(Save { parts: vec![part], drop_drafts: drafts, ..Save::default() })
        };
        let act = Act::Do(StoredValue::new(Box::new(save)));
        let mut form = Form::new(app, "acuan", RecordId(Uuid::nil()), REASON, act);
        form.record = to_value(&basis);
        form.title = name;
        form.note = words::BASES_LEAD;
        form.class = "stack";
        form.extra = key.map_or(View::Nothing, |key| attach(app, key, "acuan-evidence".into(), ""));
        form.then = Some(Callback::from(move || self.open.set(false)));
        form.cancels = true;
        form.draw()
    }
}
