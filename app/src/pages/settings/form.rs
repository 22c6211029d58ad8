//! A form of *Pengaturan*: its fields, its error summary and its presses. What
//! it asks for is data; what saving it means is one function.

use std::future::Future;
use std::pin::Pin;

use crate::signal::*;
use takar_domain::issue::Issue;
use takar_domain::permission::Permission;
use takar_domain::record::{RecordId, Value};
use takar_domain::text::{common, settings as words};

use crate::acts::settings::Settled;
use crate::acts::settings::ask::{Ask, Kind, filled, text};
use crate::pages::piece::{Select, beside, fault, saved};
use crate::state::{App, DraftKey, Save, Words};
use crate::ui::{
    Button, ErrorSummary, Field, FieldError, Kind as Control, Look, Tick, Toast, several, use_toast,
};
use crate::view::{View, view};

/// Between the path of a field and which of several things it belongs to.
pub const OF: &str = "/";

/// What a press of the form's button does with what is typed.
#[derive(Clone, Copy)]
pub enum Act {
    /// Saves an operation about the record with this id.
    Save(fn(App, RecordId, Value) -> Settled),
    /// Asks the office at once: passwords never become operations.
    Ask(fn(App, RecordId, Value) -> Result<Asked, Vec<Issue>>),
    /// Saves what a closure makes of it, for a form that knows more than an id. Without
    /// parts nothing is saved: the closure kept it.
    Do(StoredValue<Box<Doing>>),
}

/// From what is typed to what is saved.
pub type Doing = dyn Fn(&Value) -> Result<Save, Vec<Issue>> + Send + Sync;

/// What the office answers, sooner or later.
pub type Asked = Pin<Box<dyn Future<Output = Result<(), Words>>>>;

/// A form before it is shown.
pub struct Form {
    pub app: App,
    /// First part of the DOM ids of its fields.
    pub name: &'static str,
    pub id: RecordId,
    pub asks: &'static [Ask],
    /// What the record says, as far as there is one.
    pub record: Value,
    pub act: Act,
    /// Without this right it only shows.
    pub right: Option<Permission>,
    /// Empty for none.
    pub title: String,
    /// Small words above the fields; empty for none.
    pub note: &'static str,
    pub press: &'static str,
    pub look: Look,
    pub class: &'static str,
    /// So many fields at the end stand side by side.
    pub beside: usize,
    /// What is typed would do; the texts in the order of `asks`.
    pub preview: Option<fn(App, &[String]) -> View>,
    /// What a press that asks the office says once it is done.
    pub asked: &'static str,
    /// Between the fields and the presses.
    pub extra: View,
    /// After saving; with `cancels` also a press of its own.
    pub then: Option<Callback<()>>,
    pub cancels: bool,
    /// After saving it begins anew.
    pub again: bool,
    /// Record and group under which what is typed is kept until it is saved or cancelled.
    pub keeps: Option<(RecordId, &'static str)>,
    /// Which of several things of that group it is, from 1; 0 for the only one.
    pub of: usize,
}

/// The form in the page: a handle, freely copied into closures.
#[derive(Clone, Copy)]
struct Shown {
    app: App,
    name: &'static str,
    id: RecordId,
    asks: &'static [Ask],
    record: StoredValue<Value>,
    texts: StoredValue<Vec<RwSignal<String>>>,
    act: Act,
    asked: &'static str,
    then: Option<Callback<()>>,
    again: bool,
    keeps: Option<(RecordId, &'static str)>,
    of: usize,
    errors: RwSignal<Vec<FieldError>>,
    toast: Toast,
}

impl Form {
    /// A form as a card of its own.
    pub fn new(app: App, name: &'static str, id: RecordId, asks: &'static [Ask], act: Act) -> Self {
        Self {
            app,
            name,
            id,
            asks,
            record: Value::Null,
            act,
            right: None,
            title: String::new(),
            note: "",
            press: common::SAVE,
            look: Look::Main,
            class: "card stack",
            beside: 0,
            preview: None,
            asked: words::PASSWORD_SET,
            extra: View::Nothing,
            then: None,
            cancels: false,
            again: false,
            // A password is kept nowhere.
            keeps: (!matches!(act, Act::Ask(_))).then_some((id, name)),
            of: 0,
        }
    }

    pub fn draw(self) -> View {
        let (app, right, then) = (self.app, self.right, self.then);
        let shown = Shown {
            app,
            name: self.name,
            id: self.id,
            asks: self.asks,
            record: StoredValue::new(self.record),
            texts: StoredValue::new(Vec::new()),
            act: self.act,
            asked: self.asked,
            then,
            again: self.again,
            keeps: self.keeps,
            of: self.of,
            errors: RwSignal::new(Vec::new()),
            toast: use_toast(),
        };
        let texts: Vec<_> = self.asks.iter().map(|ask| RwSignal::new(shown.first(ask))).collect();
        shown.texts.set_value(texts.clone());
        let mut fields: Vec<_> =
            self.asks.iter().zip(&texts).map(|(ask, text)| shown.field(ask, *text)).collect();
        let side = fields.split_off(fields.len().saturating_sub(self.beside));
        let preview = self.preview.map(|preview| {
            let typed = move || texts.iter().map(RwSignal::get).collect::<Vec<_>>();
            view! { <div role="status">{move || preview(app, &typed())}</div> }
        });
        let may = move || right.is_none_or(|right| app.can(right, None));
        let press = Callback::from(move || shown.press());
        view! {
            <section class=self.class>
                {(!self.title.is_empty()).then(|| view! { <h2>{self.title}</h2> })}
                <ErrorSummary errors=shown.errors />
                {(!self.note.is_empty()).then(|| view! { <p class="small soft">{self.note}</p> })}
                {fields}
                {(!side.is_empty()).then(|| view! { <div class="quarters">{side}</div> })}
                {preview}
                {self.extra}
                {move || {
                    may()
                        .then(|| {
                            view! {
                                <div class="row">
                                    <Button look=self.look press=press>{self.press}</Button>
                                    {self
                                        .cancels
                                        .then(|| {
                                            view! {
                                                <Button look=Look::Quiet press=move || shown.cancel()>
                                                    {common::CANCEL}
                                                </Button>
                                            }
                                        })}
                                </div>
                            }
                        })
                }}
            </section>
        }
    }
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
    fn first(self, ask: &Ask) -> String {
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
                if self.stands(ask) == text {
                    self.app.drop_draft(&key);
                } else {
                    self.app.type_draft(key, text.clone());
                }
            }
            typed.set(text);
        })
    }

    fn field(self, ask: &'static Ask, typed: RwSignal<String>) -> View {
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
    fn press(self) {
        let texts: Vec<_> = self.texts.with_value(|t| t.iter().map(RwSignal::get_untracked).collect());
        let record = self.record.with_value(|record| filled(self.asks, &texts, record));
        let (app, id, errors) = (self.app, self.id, self.errors);
        let done = match (record, self.act) {
            (Err(issues), _) => Err(issues),
            (Ok(record), Act::Save(act)) => untrack(|| act(app, id, record)).map(|parts| {
                let save = Save { parts, drop_drafts: self.keys(), ..Save::default() };
                saved(app, save, errors, move |_| self.went(common::SAVED));
            }),
            (Ok(record), Act::Do(act)) => untrack(|| act.with_value(|act| act(&record))).map(|mut save| {
                if save.parts.is_empty() {
                    return self.cancel();
                }
                save.drop_drafts.extend(self.keys());
                saved(app, save, errors, move |_| self.went(common::SAVED));
            }),
            (Ok(record), Act::Ask(act)) => act(app, id, record).map(|asked| {
                spawn_local(async move {
                    match asked.await {
                        Ok(()) => self.went(self.asked),
                        Err(words) => errors.set(vec![FieldError { field: String::new(), words }]),
                    }
                });
            }),
        };
        if let Err(issues) = done {
            errors.set(issues.iter().map(|issue| fault(self.name, self.asks, issue)).collect());
        }
    }

    /// What stands at the office now, or on its way there.
    fn went(self, words: &'static str) {
        self.errors.set(Vec::new());
        self.toast.say(words);
        if self.again
            && let Some(texts) = self.texts.try_get_value()
        {
            for (ask, text) in self.asks.iter().zip(texts) {
                text.set(self.stands(ask));
            }
        }
        self.done();
    }

    fn cancel(self) {
        self.keys().iter().for_each(|key| self.app.drop_draft(key));
        self.done();
    }

    fn done(self) {
        if let Some(then) = self.then {
            then.try_run(());
        }
    }
}

/// What is typed in a form whose fields only [`Act::Ask`] reads.
pub fn typed(record: &Value, path: &str) -> String {
    text(record, path).to_owned()
}
