//! What was refused, back into its fields or sent once more.

use crate::signal::*;
use takar_domain::record::{OpId, Subject};
use takar_domain::text::outbox as words;
use takar_domain::workflow::Action;
use takar_sync::operation::Part;
use uuid::Uuid;

use super::super::piece::operation::place;
use super::super::piece::saved;
use crate::acts::entry::mend::texts;
use crate::route::{Step, use_route};
use crate::state::{App, DraftKey, OpState, OutboxLine, Save};
use crate::ui::{Button, FieldError, Look, use_toast};
use crate::view::{View, view};

/// *Perbaiki* for what its own author typed, *Coba lagi* for everything.
pub fn presses(app: App, line: &OutboxLine, open: &[Part], errors: RwSignal<Vec<FieldError>>) -> View {
    let toast = use_toast();
    let route = use_route();
    let op = line.op;
    let mine = app.me().is_some_and(|me| me.person == line.author);
    let drafts: Vec<_> = open.iter().flat_map(|part| typed(app, part)).collect();
    let to = open.first().map(|part| place(app, part)).filter(|_| mine && !drafts.is_empty());
    let mend = to.map(|to| {
        let press = move || {
            for (key, text) in &drafts {
                app.type_draft(key.clone(), text.clone());
            }
            app.dismiss(op, words::MENDED);
            route.go(&to, Step::Push);
        };
        view! { <Button press=press>{words::MEND}</Button> }
    });
    let answered = matches!(line.state, OpState::Answered(_));
    let save = Save {
        parts: open.iter().map(as_seen).collect(),
        source: line.source,
        acted_for: line.acted_for,
        reason: line.reason.clone(),
        ..Save::default()
    };
    // A verdict never changes: the same work goes as a new operation, of its author.
    let again = (mine || !answered).then(|| {
        let press = move || {
            if !answered {
                return app.retry(op);
            }
            saved(app, save.clone(), errors, move |_| {
                app.dismiss(op, words::SENT_AGAIN);
                toast.say(words::AGAIN_SAID);
            });
        };
        view! {
            <Button look=Look::Quiet press=press>
                {words::AGAIN}
            </Button>
        }
    });
    view! { <div class="row">{mend} {again}</div> }
}

/// What it had seen stays what it had seen: a value that came since is not
/// overwritten unseen.
fn as_seen(part: &Part) -> Part {
    let mut part = part.clone();
    for change in part.changes.iter_mut().filter(|c| c.seen.is_empty()) {
        change.seen.push(OpId(Uuid::nil()));
    }
    part
}

/// The drafts that a refused edit of a figure becomes again.
fn typed(app: App, part: &Part) -> Vec<(DraftKey, String)> {
    let config = app.config();
    let (Subject::Figure { indicator, .. }, Some(me)) = (&part.subject, app.me()) else { return Vec::new() };
    let Some(indicator) = config.indicators.get(indicator).filter(|_| part.action == Action::Edit) else {
        return Vec::new();
    };
    let record = part.subject.record();
    let of = |group: &str, field: &str| DraftKey::new(me.person, record, group, field);
    let all = part.changes.iter().flat_map(|change| {
        let texts = texts(indicator, &change.group, &change.value);
        texts.into_iter().map(move |(field, text)| (of(&change.group, &field), text))
    });
    all.collect()
}
