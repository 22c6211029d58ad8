//! Drafts left behind: typed, safe on this device, and not yet saved.

use takar_domain::budget::subject;
use takar_domain::date::date_clock;
use takar_domain::figure::VALIDATION;
use takar_domain::procedure::runs_of;
use takar_domain::record::{RecordId, Subject};
use takar_domain::text::evidence::count;
use takar_domain::text::{common, outbox as words, sop};
use takar_domain::view::entry_sheet::figure;
use takar_domain::workflow::unit_of;

use crate::acts::entry::evidence::read;
use crate::acts::entry::typed::EVIDENCE;
use crate::acts::words as say;
use crate::pages::difference::address_of;
use crate::pages::settings::UNKNOWN;
use crate::pages::settings::sop_edit::STEPS;
use crate::state::{App, Draft, DraftKey};
use crate::ui::{Button, Look};
use crate::view::{View, view};

const SETTINGS: &str = "/pengaturan";
/// Most characters of a draft that the list shows.
const MOST_SHOWN: usize = 400;

/// Drafts of one person on one record.
pub struct Left {
    person: RecordId,
    record: RecordId,
    since: i64,
    keys: Vec<DraftKey>,
    texts: Vec<(String, String)>,
}

/// All drafts of this device, those of a record together. Reactive.
pub fn by_record(app: App) -> Vec<Left> {
    let mut found: Vec<Left> = Vec::new();
    for (key, Draft { text, at, .. }) in app.drafts() {
        let kind = |key: &DraftKey| (key.person, key.record, key.judged().is_some());
        let same = found.iter_mut().find(|left| left.keys.first().is_some_and(|k| kind(k) == kind(&key)));
        let listed = (key.field == EVIDENCE).then(|| read(&text)).flatten();
        let shown = match listed {
            Some(listed) => count(listed.len()),
            None if key.field == STEPS => sop::CHANGED.to_owned(),
            // A whole SOP may be typed into one field.
            None => text.chars().take(MOST_SHOWN).collect(),
        };
        let typed = (key.group.clone(), shown);
        match same {
            Some(left) => {
                left.since = left.since.min(at);
                left.texts.push(typed);
                left.keys.push(key);
            }
            None => found.push(Left {
                person: key.person,
                record: key.record,
                since: at,
                texts: vec![typed],
                keys: vec![key],
            }),
        }
    }
    found
}

/// The list with the way to each field.
pub fn draft_section(app: App, drafts: &[Left]) -> View {
    let config = app.config();
    let lines = drafts.iter().map(|left| {
        let subject = subject_of(app, left.record);
        let about = match &subject {
            Some(subject) => say::subject(&config, subject),
            None if left.record == UNKNOWN => common::SETTINGS.to_owned(),
            None => common::ENTRY.to_owned(),
        };
        let judged = left.keys.first().and_then(DraftKey::judged);
        let href = match &subject {
            Some(s) if judged == Some(VALIDATION) => {
                unit_of(s, &config).map(|unit| format!("/validasi/{unit}"))
            }
            Some(s) if let Some(group) = judged => Some(address_of(s.record(), group)),
            Some(s @ Subject::Figure { indicator, .. }) => {
                unit_of(s, &config).map(|unit| format!("/isi/{unit}/{indicator}"))
            }
            Some(Subject::Budget { .. }) => Some("/anggaran".to_owned()),
            Some(s @ Subject::StepRun { .. }) => Some(say::step_page(s)),
            Some(Subject::Sop { id }) => Some(["/pengaturan/ubah-sop/", &id.to_string()].concat()),
            Some(Subject::Cycle { id }) => Some(format!("/tahapan/{id}")),
            Some(s) => s.is_config().then(|| SETTINGS.to_owned()),
            None => (left.record == UNKNOWN).then(|| SETTINGS.to_owned()),
        };
        let mine = app.me().is_some_and(|me| me.person == left.person);
        let who = if mine { words::MINE.to_owned() } else { say::person(&config, left.person).to_owned() };
        let texts = left.texts.iter().map(|(group, text)| [&say::group(&config, group), ": ", text].concat());
        let texts: Vec<_> = texts.take(6).collect();
        let keys = left.keys.clone();
        let drop = move || keys.iter().for_each(|key| app.drop_draft(key));
        view! {
            <li class="card stack-s">
                <p class="small soft">
                    {words::WHO} " " {who} " · " {words::SINCE} " " {date_clock(left.since, app.zone())}
                </p>
                <p>
                    <strong>{about}</strong>
                </p>
                <p class="small pre">{texts.join("\n")}</p>
                <div class="row">
                    {href
                        .map(|href| {
                            view! {
                                <a class=Look::Quiet.class() href=href>
                                    {words::OPEN}
                                </a>
                            }
                        })}
                    {mine
                        .then(|| {
                            view! {
                                <Button look=Look::Danger press=drop>
                                    {words::DROP_DRAFT}
                                </Button>
                            }
                        })}
                </div>
            </li>
        }
    });
    view! {
        <section class="stack-s">
            <h2>{words::DRAFTS}</h2>
            <p class="lead">{words::DRAFTS_HINT}</p>
            <ul class="outbox">{lines.collect::<View>()}</ul>
        </section>
    }
}

/// The subject behind a record id: known records say it, unwritten figures, steps
/// and budgets are found by their natural id.
fn subject_of(app: App, record: RecordId) -> Option<Subject> {
    if let Some(found) = app.record(record) {
        return Some(found.subject);
    }
    let config = app.config();
    let runs = config.cycles.keys().flat_map(|cycle| runs_of(&config, *cycle));
    let values = config.cycles.values().map(|c| c.period).flat_map(|period| {
        let budgets = config.nodes.keys().map(move |id| subject(*id, period));
        config.indicators.keys().map(move |id| figure(*id, period)).chain(budgets)
    });
    runs.chain(values).find(|s| s.record() == record)
}
