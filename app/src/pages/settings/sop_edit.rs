//! *Ubah SOP*: identity block and steps of a version as a form. What is changed is a
//! draft of that version until all of it is saved as a new one.

use takar_domain::codec::{from_json, to_json};
use takar_domain::issue::Issue;
use takar_domain::permission::Permission;
use takar_domain::record::{RecordId, Value};
use takar_domain::sop::Step;
use takar_domain::text::{common, names, settings, sop as words};

use super::form::{Act, Doing, Form, OF};
use super::line::{line, spoken};
use super::{below, page_of};
use crate::acts::settings::save_sop;
use crate::acts::settings::sop::{IDENTITY, STEP, asked, identity, lower_step, put_step, remove_step, whole};
use crate::platform::screen::focus;
use crate::route::{self, use_route};
use crate::signal::*;
use crate::state::{App, DraftKey, Save};
use crate::ui::{Button, Look, Toast, Tone, tag, use_toast};
use crate::view::{View, view};

/// The group of all drafts of a version.
const GROUP: &str = "sop";
/// The field of the draft that has all steps.
pub const STEPS: &str = "steps";
/// DOM id of the list of steps, and first part of those of its presses.
const LIST: &str = "sop-steps";
/// The presses of a step; UP and DOWN are these places.
const PRESSES: [&str; 4] = [common::EDIT, words::UP, words::DOWN, words::REMOVE];
const UP: usize = 1;
const DOWN: usize = 2;

/// The version that is changed: a handle, freely copied into closures.
#[derive(Clone, Copy)]
struct Editor {
    app: App,
    id: RecordId,
    /// The place of the step whose form is open; the place after the last for a new one.
    open: RwSignal<Option<usize>>,
    /// What was removed last, and the steps as they were before.
    removed: RwSignal<Option<(String, Vec<Step>)>>,
    toast: Toast,
}

/// The page of `/pengaturan/ubah-sop/{id}`.
#[inline(never)]
pub fn sop_edit(app: App, id: RecordId) -> View {
    let (open, removed) = (RwSignal::new(None), RwSignal::new(None));
    let editor = Editor { app, id, open, removed, toast: use_toast() };
    // A step that was being changed when the page ended is open again.
    open.set(untrack(|| editor.left_open()));
    let record = untrack(|| app.config()).sops.get(&id).map(identity);
    let inside = record.map(|record| form(editor, record)).unwrap_or_default();
    let title = Signal::stored(words::EDIT.to_owned());
    page_of(app, below("sop", settings::SOP), title, Permission::ManageOffice, inside)
}

fn form(editor: Editor, record: Value) -> View {
    let mut form = editor.blank(GROUP, IDENTITY, Box::new(move |record| editor.save(record)));
    form.record = record;
    form.note = words::LEAD;
    form.press = words::SAVE;
    form.right = Some(Permission::ManageOffice);
    form.extra = view! {
        <h2 id=LIST tabindex="-1">
            {words::STEPS}
        </h2>
        <ul class="tasks">{move || rows(editor)}</ul>
        <div class="row" role="status">
            {move || undo(editor)}
        </div>
    };
    form.then = Some(Callback::from(|| use_route().go("/pengaturan/sop", route::Step::Push)));
    form.draw()
}

fn rows(editor: Editor) -> View {
    let (steps, open) = (editor.steps(), editor.open.get());
    let last = steps.len();
    let mut rows: Vec<_> = steps.iter().enumerate().map(|(at, step)| row(editor, at, step, last)).collect();
    rows.push(match open {
        Some(at) if at == last => step_form(editor, at, None),
        Some(_) => View::Nothing,
        None => {
            let add = move || editor.open.set(Some(last));
            view! { <li><Button look=Look::Quiet press=add>{words::ADD}</Button></li> }
        }
    });
    view! { {rows} }
}

/// A step with its presses; while one is changed, no other moves.
fn row(editor: Editor, at: usize, step: &Step, last: usize) -> View {
    let open = editor.open.get();
    if open == Some(at) {
        return step_form(editor, at, Some(step));
    }
    let title = step.numbered();
    let actors: Vec<_> = step.actors.iter().map(|post| names::post(*post)).collect();
    let detail = words::step_detail(step.minutes, &actors.join(", "));
    let mark = step.extra.then(|| tag(Tone::Plain, words::extra(step.number)));
    let none = |which: usize| open.is_some() || which == UP && at == 0 || which == DOWN && at + 1 == last;
    let all: Vec<_> =
        (0..4).filter(|which| !none(*which)).map(|which| pressed(editor, which, at, step)).collect();
    line(&title, detail, mark, view! { <div class="row">{all}</div> })
}

/// A press of a step, which focus can go back to once the list is drawn anew.
fn pressed(editor: Editor, which: usize, at: usize, step: &Step) -> View {
    let words = PRESSES.get(which).copied().unwrap_or_default();
    view! {
        <button
            type="button"
            class=Look::Link.class()
            id=press_id(which, at)
            aria-label=spoken(words, &step.screen_title)
            on:click=move |_| editor.press(which, at)
        >
            {words}
        </button>
    }
}

fn press_id(which: usize, at: usize) -> String {
    [LIST, "-", &which.to_string(), "-", &at.to_string()].concat()
}

fn undo(editor: Editor) -> Option<View> {
    let (title, before) = editor.removed.get()?;
    let back = move || editor.put(&before);
    Some(view! {
        <span>{words::removed(&title)}</span>
        <Button look=Look::Quiet press=Callback::from(back)>
            {common::UNDO}
        </Button>
    })
}

fn step_form(editor: Editor, at: usize, step: Option<&Step>) -> View {
    let keep = move |record: &Value| {
        let mut steps = untrack(|| editor.steps());
        put_step(&mut steps, at, record)?;
        editor.put(&steps);
        editor.toast.say(words::KEPT);
        Ok(Save::default())
    };
    let mut form = editor.blank("tahap", STEP, Box::new(keep));
    form.record = asked(step);
    form.title = step.map_or_else(|| words::NEW.to_owned(), |step| step.screen_title.clone());
    form.of = at + 1;
    form.press = words::KEEP;
    form.look = Look::Quiet;
    form.class = "what stack-s";
    form.cancels = true;
    form.then = Some(Callback::from(move || editor.open.set(None)));
    view! { <li>{form.draw()}</li> }
}

impl Editor {
    fn blank(
        self,
        name: &'static str,
        asks: &'static [crate::acts::settings::ask::Ask],
        act: Box<Doing>,
    ) -> Form {
        let mut form = Form::new(self.app, name, self.id, asks, Act::Do(StoredValue::new(act)));
        form.keeps = Some((self.id, GROUP));
        form
    }

    fn key(self) -> Option<DraftKey> {
        untrack(|| self.app.me()).map(|me| DraftKey::new(me.person, self.id, GROUP, STEPS))
    }

    /// The steps as the version has them.
    fn base(self) -> Vec<Step> {
        let config = untrack(|| self.app.config());
        config.sops.get(&self.id).map(|sop| sop.steps.clone()).unwrap_or_default()
    }

    /// The steps as they were changed so far. Reactive.
    fn steps(self) -> Vec<Step> {
        let kept = self.key().and_then(|key| self.app.draft(&key));
        let kept = kept.and_then(|draft| from_json(draft.text.as_bytes()).ok());
        kept.unwrap_or_else(|| self.base())
    }

    fn put(self, steps: &Vec<Step>) {
        self.removed.set(None);
        let (Some(key), text) = (self.key(), to_json(steps)) else { return };
        self.app.keep_draft(key, &text, &to_json(&self.base()));
    }

    fn left_open(self) -> Option<usize> {
        let drafts = self.app.drafts_of(self.id);
        drafts.iter().find_map(|(key, _)| key.field.split_once(OF)?.1.parse::<usize>().ok()?.checked_sub(1))
    }

    fn press(self, which: usize, at: usize) {
        let before = untrack(|| self.steps());
        let mut steps = before.clone();
        let mut to = at;
        match which {
            0 => return self.open.set(Some(at)),
            UP => {
                to = at.saturating_sub(1);
                lower_step(&mut steps, to);
            }
            DOWN => {
                to = at + 1;
                lower_step(&mut steps, at);
            }
            _ => remove_step(&mut steps, at),
        }
        self.put(&steps);
        match (which, steps.get(to), before.get(at)) {
            (UP | DOWN, Some(step), _) => self.toast.say(words::moved(step)),
            (_, _, Some(gone)) => self.removed.set(Some((gone.screen_title.clone(), before.clone()))),
            _ => {}
        }
        request_animation_frame(move || {
            // At either end of the list one of the two is missing, and the last may be gone.
            let all = [which, UP, DOWN].map(|one| press_id(one, to));
            if !all.iter().any(|id| focus(id)) {
                focus(LIST);
            }
        });
    }

    /// The whole form makes a version, once no step is being changed.
    fn save(self, record: &Value) -> Result<Save, Vec<Issue>> {
        if self.open.get_untracked().is_some() {
            return Err(vec![Issue::hard("sop.editing", STEPS)]);
        }
        let config = self.app.config();
        let Some((office, _)) = config.office else { return Err(Vec::new()) };
        let parts = save_sop(&config, &self.app.reader(), office, whole(record, self.steps())?)?;
        Ok(Save { parts, drop_drafts: self.key().into_iter().collect(), ..Save::default() })
    }
}
