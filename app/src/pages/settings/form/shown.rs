//! A form in the page: its fields with what is typed, and what a press does with it.

use takar_domain::record::{RecordId, Value};
use takar_domain::text::common;

use super::{Act, OF};
use crate::acts::settings::ask::{Ask, Kind, filled};
use crate::pages::piece::{Select, beside, fault, saved};
use crate::signal::*;
use crate::state::{App, DraftKey, Save};
use crate::ui::{Field, FieldError, Kind as Control, Tick, Toast, several};
use crate::view::{View, view};

/// The form in the page: a handle, freely copied into closures.
#[derive(Clone, Copy)]
pub(super) struct Shown {
    pub(super) app: App,
    pub(super) name: &'static str,
    pub(super) id: RecordId,
    pub(super) asks: &'static [Ask],
    pub(super) record: StoredValue<Value>,
    pub(super) texts: StoredValue<Vec<RwSignal<String>>>,
    pub(super) act: Act,
    pub(super) asked: &'static str,
    pub(super) then: Option<Callback<()>>,
    pub(super) again: bool,
    pub(super) keeps: Option<(RecordId, &'static str)>,
    pub(super) of: usize,
    pub(super) errors: RwSignal<Vec<FieldError>>,
    pub(super) toast: Toast,
}

impl Shown {
    /// Where what is typed in a field is kept.
    fn key(self, ask: &Ask) -> Option<DraftKey> {
        let (person, (record, group)) = (untrack(|| self.app.me())?.person, self.keeps?);
        let field = if self.of == 0 { ask.path } else { &[ask.path, OF, &self.of.to_string()].concat() };
        Some(DraftKey::new(person, record, group, field))
    }

    fn keys(self) -> Vec<DraftKey> {
        self.asks.iter().filter_map(|ask| self.key(ask)).collect()
    }

    /// What a field shows at first: what was typed and not saved, else the record.
    pub(super) fn first(self, ask: &Ask) -> String {
        let kept = self.key(ask).and_then(|key| untrack(|| self.app.draft(&key)));
        kept.map_or_else(|| self.stands(ask), |draft| draft.text)
    }

    fn stands(self, ask: &Ask) -> String {
        self.record.with_value(|record| ask.shown(record))
    }

    /// Keeps a keystroke. A field put back as it was has no draft.
    fn typing(self, ask: &'static Ask, typed: RwSignal<String>) -> Callback<(String,)> {
        Callback::from(move |text: String| {
            if let Some(key) = self.key(ask) {
                self.app.keep_draft(key, &text, &self.stands(ask));
            }
            typed.set(text);
        })
    }

    pub(super) fn field(self, ask: &'static Ask, typed: RwSignal<String>) -> View {
        let (app, record) = (self.app, self.id);
        let id = [self.name, "-", ask.path].concat();
        let error = beside(self.errors, &id);
        let label = ask.label.to_owned();
        let keep = self.typing(ask, typed);
        let control = match ask.kind {
            Kind::Tick => {
                let flip = move |on: bool| keep.run((if on { "1".into() } else { String::new() },));
                let on = Signal::derive(move || typed.with(|text| !text.is_empty()));
                return view! { <Tick id=id label=label checked=on on_tick=flip /> };
            }
            Kind::Many(options) => {
                let options = options(&untrack(|| app.config()), record);
                return several(id, error, label, options, typed, keep);
            }
            Kind::Choice(options) | Kind::Place(options) => {
                let options = Signal::derive(move || options(&app.config(), record));
                return view! { <Select id=id error=error label=label options=options value=typed on_pick=keep /> };
            }
            Kind::OneOf(all) => {
                let options = [""].iter().chain(all).map(|one| ((*one).to_owned(), (*one).to_owned()));
                let options = Signal::stored(options.collect());
                return view! { <Select id=id error=error label=label options=options value=typed on_pick=keep /> };
            }
            Kind::Text | Kind::Date => Control::Text,
            Kind::Area | Kind::Lines => Control::Area,
            Kind::Password => Control::Password,
            Kind::Number | Kind::Whole => Control::Number,
        };
        let hint = (!ask.hint.is_empty()).then(|| ask.hint.to_owned());
        view! {
            <Field
                id=id
                kind=control
                label=label
                hint=Signal::stored(hint)
                value=typed
                error=error
                optional=ask.optional
                on_type=keep
            />
        }
    }

    /// Saves, says so and goes on; or shows beside the fields what is wrong.
    pub(super) fn press(self) {
        let sent: Vec<_> = self.texts.with_value(|t| t.iter().map(RwSignal::get_untracked).collect());
        let record = self.record.with_value(|record| filled(self.asks, &sent, record));
        let (app, id, errors) = (self.app, self.id, self.errors);
        let done = match (record, self.act) {
            (Err(issues), _) => Err(issues),
            (Ok(record), Act::Save(act)) => untrack(|| act(app, id, record)).map(|parts| {
                let save = Save { parts, drop_drafts: self.keys(), ..Save::default() };
                saved(app, save, errors, move |_| self.went(common::SAVED, &sent));
            }),
            (Ok(record), Act::Do(act)) => untrack(|| act.with_value(|act| act(&record))).map(|mut save| {
                if save.parts.is_empty() {
                    return self.cancel();
                }
                save.drop_drafts.extend(self.keys());
                saved(app, save, errors, move |_| self.went(common::SAVED, &sent));
            }),
            (Ok(record), Act::Ask(act)) => act(app, id, record).map(|asked| {
                spawn_local(async move {
                    match asked.await {
                        Ok(()) => self.went(self.asked, &sent),
                        Err(words) => errors.set(vec![FieldError { field: String::new(), words }]),
                    }
                });
            }),
        };
        if let Err(issues) = done {
            errors.set(issues.iter().map(|issue| fault(self.name, self.asks, issue)).collect());
        }
    }

    /// What stands at the office now, or on its way there. What was typed since the press
    /// is not what was sent, and stays.
    fn went(self, words: &'static str, sent: &[String]) {
        self.errors.set(Vec::new());
        self.toast.say(words);
        if self.again
            && let Some(texts) = self.texts.try_get_value()
        {
            for ((ask, text), sent) in self.asks.iter().zip(texts).zip(sent) {
                if text.get_untracked() == *sent {
                    text.set(self.stands(ask));
                }
            }
        }
        self.done();
    }

    pub(super) fn cancel(self) {
        self.keys().iter().for_each(|key| self.app.drop_draft(key));
        self.done();
    }

    fn done(self) {
        if let Some(then) = self.then {
            then.try_run(());
        }
    }
}
