//! An operation in words: what it does to which record, and where that is.

use takar_domain::record::Subject;
use takar_domain::text::outbox as text;
use takar_domain::workflow::{Action, unit_of};
use takar_sync::operation::Part;

use crate::acts::words;
use crate::state::App;
use crate::view::{View, view};

/// Most parts named one by one.
const NAMED: usize = 3;
/// Most changed fields named one by one in a part.
const FIELDS: usize = 4;

/// The parts of an operation as a list, shortened if there are many.
#[must_use]
pub fn parts(app: App, parts: &[Part]) -> View {
    let more = parts.len().saturating_sub(NAMED);
    let lines = parts.iter().take(NAMED).map(|p| part(app, p));
    view! {
        <ul class="parts">
            {lines.collect::<View>()} {(more > 0).then(|| view! { <li class="soft">{text::and_more(more)}</li> })}
        </ul>
    }
}

fn part(app: App, part: &Part) -> View {
    let config = app.config();
    let about = words::subject(&config, &part.subject);
    let kind = (part.action != Action::Edit).then(|| [text::action(part.action), ": "].concat());
    let fields = part.changes.iter().take(FIELDS).map(|c| {
        let say = |value: &_| words::value(&config, &part.subject, &c.group, value);
        let now = say(&c.value);
        let before = app.before(part.subject.record(), c).map(|value| say(&value)).filter(|b| *b != now);
        let what = before.map_or_else(|| now.clone(), |before| text::became(&before, &now));
        [&words::group(&config, &c.group), ": ", &what].concat()
    });
    let mut fields: Vec<_> = if part.action == Action::Send { Vec::new() } else { fields.collect() };
    if part.changes.len() > FIELDS {
        fields.push(text::and_more(part.changes.len() - FIELDS));
    }
    view! {
        <li>
            <strong>{kind} {about}</strong>
            <span class="small">{fields.join(" · ")}</span>
        </li>
    }
}

/// Where the record of a part is filled in, if it is on a page of its own.
#[must_use]
pub fn place(app: App, part: &Part) -> String {
    match &part.subject {
        Subject::Figure { .. } if matches!(part.action, Action::Accept | Action::Return) => {
            unit_of(&part.subject, &app.config())
                .map_or_else(|| "/validasi".into(), |unit| format!("/validasi/{unit}"))
        }
        Subject::Figure { indicator, .. } => match unit_of(&part.subject, &app.config()) {
            Some(unit) => format!("/isi/{unit}/{indicator}"),
            None => "/".into(),
        },
        Subject::UnitForm { unit, .. } => format!("/kirim/{unit}"),
        Subject::Budget { .. } => "/anggaran".into(),
        Subject::Person { id } => format!("/pengaturan/orang/{id}"),
        Subject::Indicator { id } => format!("/pengaturan/rencana/{id}"),
        Subject::Holding { .. } => "/pengaturan/orang".into(),
        Subject::Office { .. } => "/pengaturan/kantor".into(),
        Subject::Unit { .. } => "/pengaturan/unit".into(),
        Subject::Nagari { .. } => "/pengaturan/nagari".into(),
        Subject::Cycle { .. } => "/pengaturan/tahapan".into(),
        Subject::StepRun { .. } => words::step_page(&part.subject),
        Subject::CycleForm { cycle } => ["/tahapan/", &cycle.to_string(), "/form"].concat(),
        Subject::Sop { .. } => "/pengaturan/sop".into(),
        Subject::Calendar { .. } => "/pengaturan/kalender".into(),
        Subject::Number { .. } => "/tahapan".into(),
        Subject::Node { .. } | Subject::Policy { .. } => "/pengaturan".into(),
    }
}
