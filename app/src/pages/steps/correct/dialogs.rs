//! The dialogs that pin a correction and that decide about one.

use takar_domain::codec::to_value;
use takar_domain::issue::Issue;
use takar_domain::procedure::correction::{CORRECTION, Decided};
use takar_domain::procedure::paper::EVIDENCE;
use takar_domain::record::Value;
use takar_domain::sorted::Map;
use takar_domain::text::procedure;

use super::{Asking, NOBODY, title_of};
use crate::acts::settings::ask::Ask;
use crate::acts::steps::correct::{GIVE_BACK, PIN, PIN_SECTION, SETTLE, WITHDRAW, decide, pin, shown};
use crate::pages::piece::attach;
use crate::pages::steps::press::{form, on_behalf};
use crate::platform::clock::uuid_v7;
use crate::signal::*;
use crate::state::{DraftKey, Save};
use crate::view::{View, view};

impl Asking {
    /// The dialog that pins a new correction.
    pub(super) fn pinning(self) -> View {
        let at = self.at;
        let indicator = Some(self.indicator.get_untracked()).filter(|id| *id != NOBODY);
        // Pages that were picked and not saved are still there.
        let record = at.subject().record();
        let known = at.app.drafts_of(record).into_iter().map(|(key, _)| key);
        let known = known.filter(|key| key.group.starts_with(CORRECTION)).map(|key| key.group).next();
        let group = known.unwrap_or_else(|| [CORRECTION, &uuid_v7().to_string()].concat());
        let key = at.app.me().map(|me| DraftKey::new(me.person, record, &group, EVIDENCE));
        let pages = key.clone().map(|key| attach(at.app, key, "koreksi-evidence".into(), ""));
        let save = move |typed: &Value| {
            let evidence = key.as_ref().map(|key| at.app.evidence(key)).unwrap_or_default();
            let part =
                pin(&at.app.config(), &at.app.reader(), &at.subject(), (&group, indicator), typed, evidence);
            let drop_drafts = key.iter().cloned().collect();
            Ok(Save { drop_drafts, ..at.save(vec![part.ok_or_else(gone)?], None) })
        };
        let asks = if indicator.is_some() { PIN } else { PIN_SECTION };
        let mut form = form(at, "koreksi", asks, self.pins, save);
        form.id = indicator.unwrap_or(at.cycle);
        form.keeps = Some((form.id, "koreksi"));
        form.extra = pages.unwrap_or_default();
        let first = if indicator.is_some() { takar_domain::figure::VALUE } else { "text" };
        form.record = filled(&[("at", first.to_owned())]);
        let name = indicator.and_then(|id| at.app.config().indicators.get(&id).map(|i| i.name.clone()));
        view! {
            <div class="stack-s">
                {name.map(|name| view! { <p><strong>{name}</strong></p> })}
                {on_behalf(at)}
                {form.draw()}
            </div>
        }
    }

    /// The dialog that decides about one.
    pub(super) fn deciding(self) -> View {
        let (at, decided) = (self.at, self.decided.get_untracked());
        let group = self.group.get_untracked();
        let run = at.subject();
        let all = untrack(|| shown(&at.app.config(), &at.app.reader(), &run));
        let Some(one) = all.into_iter().find(|one| one.group == group) else { return View::Nothing };
        let about = group.strip_prefix(CORRECTION).and_then(|id| id.parse().ok()).unwrap_or_default();
        let save = move |typed: &Value| {
            if decided == Decided::Returned
                && typed.get("word").and_then(Value::as_str).unwrap_or("").is_empty()
            {
                return Err(vec![Issue::hard("step.reason", "word")]);
            }
            let parts = decide(&at.app.config(), &at.app.reader(), &run, &group, decided, typed);
            Ok(Save { parts: parts.ok_or_else(gone)?, ..Save::default() })
        };
        let (name, asks, note): (_, &'static [Ask], _) = match decided {
            Decided::Returned => ("dikembalikan", GIVE_BACK, procedure::GIVE_BACK_LEAD),
            Decided::Settled => ("diselesaikan", SETTLE, ""),
            Decided::Open | Decided::Withdrawn => ("ditarik", WITHDRAW, ""),
        };
        let mut form = form(at, name, asks, self.decides, save);
        (form.id, form.press, form.note) = (at.cycle, title_of(decided), note);
        form.about(about);
        if decided == Decided::Returned {
            let unit = one.unit.map(|unit| unit.to_string()).unwrap_or_default();
            form.record = filled(&[("to", unit), ("word", one.correction.text)]);
        }
        view! {
            <p>
                <strong>{one.title}</strong>
            </p>
            {form.draw()}
        }
    }
}

fn gone() -> Vec<Issue> {
    vec![Issue::hard("step.wrong_state", "")]
}

fn filled(fields: &[(&'static str, String)]) -> Value {
    to_value(&fields.iter().cloned().collect::<Map<_, _>>())
}
