//! A form of *Pengaturan*: its fields, its error summary and its presses. What
//! it asks for is data; what saving it means is one function.

mod shown;

use std::future::Future;
use std::pin::Pin;

use crate::signal::*;
use takar_domain::issue::Issue;
use takar_domain::permission::Permission;
use takar_domain::record::{RecordId, Value};
use takar_domain::text::{common, settings as words};
use uuid::Uuid;

use self::shown::Shown;
use crate::acts::settings::Settled;
use crate::acts::settings::ask::{Ask, text};
use crate::state::{App, Save, Words};
use crate::ui::{Button, ErrorSummary, Look, use_toast};
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
    /// Which of several things of that group it is: a number that is its own; 0 for the
    /// only one.
    pub of: usize,
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

    /// One form for several things: what is typed about one is not another's.
    pub fn about(&mut self, which: Uuid) {
        let [.., a, b, c, d] = *which.as_bytes();
        self.of = usize::try_from(u32::from_be_bytes([a, b, c, d])).unwrap_or_default().max(1);
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

/// What is typed in a form whose fields only [`Act::Ask`] reads.
pub fn typed(record: &Value, path: &str) -> String {
    text(record, path).to_owned()
}
