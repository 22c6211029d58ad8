//! The two answers to an operation that is not used: take it over, or lay it
//! aside with a reason.

use crate::signal::*;
use takar_domain::record::{OpId, Subject};
use takar_domain::text::{common, held, outbox as words};
use takar_domain::workflow::{Action, needs};
use takar_sync::operation::Part;
use takar_sync::verdict::Outcome;

use super::saved;
use crate::acts::settle::{adopt, discard};
use crate::state::{App, Save, SaveError};
use crate::ui::{Button, Field, FieldError, Look, unique_id, use_toast};
use crate::view::{View, view};

/// Buttons for one operation. `own` is on this device's outbox, and leaves it.
/// One without outcomes never reached the office's log: it is laid aside here only.
#[component]
pub fn Aside(
    app: App,
    op: OpId,
    parts: Vec<Part>,
    outcomes: Vec<Outcome>,
    own: bool,
    errors: RwSignal<Vec<FieldError>>,
) -> View {
    let toast = use_toast();
    let asks = RwSignal::new(false);
    let reason = RwSignal::new(String::new());
    let wrong: RwSignal<Option<String>> = RwSignal::new(None);
    let taken = untrack(|| adopt(&app.config(), &parts, &outcomes));
    let known = !outcomes.is_empty();
    let may_adopt = untrack(|| !taken.is_empty() && taken.iter().all(|p| may(app, p, Action::Adopt)));
    let tried = taken.clone();
    // What is still shut would only come late once more.
    let shut = move || {
        let run = |part: &Part| matches!(part.subject, Subject::StepRun { .. });
        tried.iter().any(|part| run(part) && app.record(part.subject.record()).is_some())
            && app.preview(&tried).iter().any(|outcome| matches!(outcome, Outcome::Late { .. }))
    };
    let take = move || {
        let save = Save { parts: taken.clone(), names: Some(op), ..Save::default() };
        saved(app, save, errors, move |_| {
            if own {
                app.dismiss(op, "");
            }
            toast.say(words::ADOPTED);
        });
    };
    let lay_aside = Callback::new(move |()| {
        let why = reason.get_untracked().trim().to_owned();
        if why.is_empty() {
            wrong.set(Some(words::DISCARD_NEEDED.into()));
            return;
        }
        if !known {
            app.dismiss(op, &why);
            return toast.say(words::DISCARDED);
        }
        let save =
            Save { parts: discard(&parts), names: Some(op), reason: Some(why.clone()), ..Save::default() };
        spawn_local(async move {
            match app.save(save).await {
                // Who may not even lay it aside at the office does so here only.
                Ok(_) | Err(SaveError::Issues(_)) if own => app.dismiss(op, &why),
                Ok(_) => {}
                Err(error) => {
                    errors.set(vec![FieldError { field: String::new(), words: error.words() }]);
                    return;
                }
            }
            toast.say(words::DISCARDED);
        });
    });
    let field = unique_id("sisihkan");
    view! {
        <div class="row">
            {move || {
                let take = take.clone();
                may_adopt.then(|| {
                    if shut() {
                        view! { <p class="small">{held::STEP_SHUT}</p> }
                    } else {
                        view! { <Button press=take>{words::ADOPT}</Button> }
                    }
                })
            }}
            {move || {
                (!asks.get())
                    .then(|| {
                        view! {
                            <Button look=Look::Danger press=move || asks.set(true)>
                                {words::DISCARD}
                            </Button>
                        }
                    })
            }}
        </div>
        {move || asks.get().then(|| form(field.clone(), reason, wrong, lay_aside, asks))}
    }
}

fn may(app: App, part: &Part, action: Action) -> bool {
    let right = needs(&part.subject, action, &app.config());
    right.is_some_and(|(right, unit)| app.can(right, unit))
}

/// Whether the person who works may decide about an operation.
#[must_use]
pub fn may_settle(app: App, parts: &[Part]) -> bool {
    parts.iter().all(|p| may(app, p, Action::Discard) || may(app, p, Action::Adopt))
}

fn form(
    field: String,
    reason: RwSignal<String>,
    wrong: RwSignal<Option<String>>,
    lay_aside: Callback<()>,
    asks: RwSignal<bool>,
) -> View {
    view! {
        <div class="stack-s">
            <Field
                id=field
                label=words::DISCARD_REASON
                hint=words::DISCARD_HINT
                value=reason
                error=wrong
                on_type=reason
            />
            <div class="row">
                <Button look=Look::Danger press=lay_aside>
                    {words::DISCARD}
                </Button>
                <Button look=Look::Quiet press=move || asks.set(false)>
                    {common::CANCEL}
                </Button>
            </div>
        </div>
    }
}
