//! What a step produces, as a form while it is open and as facts once it is done.

use crate::signal::*;
use takar_domain::codec::{from_value, to_value};
use takar_domain::procedure::paper::{EVIDENCE, Form as Kind, earlier, fields};
use takar_domain::procedure::{PAPER, Phase};
use takar_domain::record::{Group, Head, OpId, Value};
use takar_domain::sop::Kind as Step;
use takar_domain::text::{common, procedure as words};
use uuid::Uuid;

use super::place::Place;
use crate::acts::settings::ask::text;
use crate::acts::steps::{paper as part, paper_asks};
use crate::acts::words::day;
use crate::pages::piece::{attach, files, head_line, saved};
use crate::pages::settings::form::{Act, Form};
use crate::state::{DraftKey, Save};
use crate::ui::{Button, FieldError, Look, Notice, Tone, use_toast};
use crate::view::{View, entry, keyed, view};

/// Nobody's operation: *saw nothing* must not look like *not said*.
pub(super) const NOTHING: OpId = OpId(Uuid::nil());

pub fn paper(at: Place, errors: RwSignal<Vec<FieldError>>) -> View {
    let kind = Memo::new(move || at.with(|step, _| Same(step.step.kind)).unwrap_or(Same(Step::Plain)));
    let open =
        Memo::new(move || at.may() && at.with_run(|_, run| run.phase() != Some(Phase::Done)) == Some(true));
    let differs = Memo::new(move || group(at).is_some_and(|group| group.differs()));
    View::live(move || match (differs.get(), open.get()) {
        (true, may) => view! { {move || sides(at, kind.get().0, may, errors)} },
        (false, true) => writing(at, kind.get().0),
        (false, false) => view! { {move || reading(at, kind.get().0)} },
    })
}

/// A kind of step, to be compared.
#[derive(Clone, Copy, Default, PartialEq)]
pub(super) struct Same(pub(super) Step);

fn group(at: Place) -> Option<Group> {
    at.app.record(at.subject().record())?.groups.get(PAPER).cloned()
}

fn value(at: Place) -> Value {
    group(at).and_then(|group| group.value().cloned()).unwrap_or_default()
}

/// The form. What somebody else writes meanwhile shows at once, unless something
/// is typed here: then saving leaves both to choose from.
fn writing(at: Place, kind: Step) -> View {
    let id = at.subject().record();
    let now = Memo::new(move || group(at).map(|group| group.seen()).unwrap_or_default());
    // What stood when typing began, if anything is typed.
    let typed = Memo::new(move || {
        let drafts = at.app.drafts_of(id).into_iter();
        drafts.filter(|(key, _)| key.group == PAPER).map(|(_, draft)| draft.seen).next()
    });
    let shown = Memo::new(move || typed.get().unwrap_or_else(|| now.get()));
    let moved = move || {
        (now.get() != shown.get())
            .then(|| view! { <Notice tone=Tone::Wait><div>{words::PAPER_MOVED}</div></Notice> })
    };
    let rows = move || {
        let key: Vec<_> = shown.get().iter().map(ToString::to_string).collect();
        vec![entry(key.concat(), move || untrack(|| form(at, kind, shown)))]
    };
    view! {
        {moved}
        {keyed(rows)}
    }
}

fn form(at: Place, kind: Step, shown: Memo<Vec<OpId>>) -> View {
    let id = at.subject().record();
    let files = at.app.me().map(|me| DraftKey::new(me.person, id, PAPER, EVIDENCE));
    let kept = StoredValue::new(files.clone());
    let save = move |value: &Value| {
        let seen = Some(shown.get()).filter(|seen| !seen.is_empty()).unwrap_or_else(|| vec![NOTHING]);
        let mut value = value.clone();
        let drafts: Vec<_> = kept.get_value().into_iter().collect();
        for key in &drafts {
            let listed = at.app.evidence(key);
            if let Some(paper) = value.as_object_mut() {
                if listed.is_empty() {
                    paper.remove(EVIDENCE);
                } else {
                    paper.insert(EVIDENCE.to_owned(), to_value(&listed));
                }
            }
        }
        Ok(Save { drop_drafts: drafts, ..at.save(vec![part(&at.subject(), seen, value)], None) })
    };
    let act = Act::Do(StoredValue::new(Box::new(save)));
    let mut form = Form::new(at.app, "isi", id, paper_asks(kind), act);
    form.record = value(at);
    form.title = words::PAPER.to_owned();
    form.look = Look::Quiet;
    form.keeps = Some((id, PAPER));
    form.extra = files.map_or(View::Nothing, |of| attach(at.app, of, "isi-evidence".into(), ""));
    form.draw()
}

fn evidence(at: Place, paper: &Value) -> Option<View> {
    files(at.app, &from_value::<Vec<_>>(paper.get(EVIDENCE)?).ok()?)
}

/// The paper to read; nothing if nobody wrote one.
fn reading(at: Place, kind: Step) -> Option<View> {
    let group = group(at)?;
    let head = group.heads.first()?;
    let record = at.app.record(at.subject().record())?;
    Some(view! {
        <section class="card stack-s">
            <h2>{words::PAPER}</h2>
            {written(at, kind, &head.value)}
            {head_line(at.app, &record, PAPER, head)}
        </section>
    })
}

fn written(at: Place, kind: Step, paper: &Value) -> View {
    let lines = fields(kind).iter().filter_map(|field| {
        let said = text(paper, field.name);
        let said = if field.form == Kind::Date { day(said) } else { said.to_owned() };
        (!said.is_empty()).then(|| view! { <dt>{field.label}</dt> <dd class="pre">{said}</dd> })
    });
    let before = earlier(paper).map(|(label, said)| {
        view! { <dt>{label}</dt> <dd class="pre">{said.to_owned()}</dd> }
    });
    view! {
        <dl class="facts">{lines.chain(before).collect::<View>()}</dl>
        {evidence(at, paper)}
    }
}

/// Papers that two people wrote without knowing of each other; one is taken.
fn sides(at: Place, kind: Step, may: bool, errors: RwSignal<Vec<FieldError>>) -> Option<View> {
    let record = at.app.record(at.subject().record())?;
    let group = record.groups.get(PAPER)?;
    let seen = group.seen();
    let toast = use_toast();
    let side = |head: &Head| {
        let (seen, value) = (seen.clone(), head.value.clone());
        let take = move || {
            let save = at.save(vec![part(&at.subject(), seen.clone(), value.clone())], None);
            saved(at.app, save, errors, move |_| toast.say(common::SAVED));
        };
        view! {
            <section class="card stack-s">
                {written(at, kind, &head.value)}
                {head_line(at.app, &record, PAPER, head)}
                {may.then(|| view! { <Button look=Look::Quiet press=take>{words::TAKE}</Button> })}
            </section>
        }
    };
    Some(view! {
        <h2>{words::PAPER}</h2>
        <Notice tone=Tone::Wait>
            <div>{words::PAPER_DIFFERS}</div>
        </Notice>
        <div class="two">{group.heads.iter().map(side).collect::<View>()}</div>
    })
}
