//! *Belum terkirim*: what stands on this device only, whose it is and since when;
//! what the browser promises about it; and its way out without a connection.

mod aside;
mod drafts;
mod files;
mod line;
mod mend;
mod parcel;
mod storage;

use crate::signal::*;
use takar_domain::text::{common, outbox as words};

use super::difference::of_this_device;
use crate::state::{App, OpState, OutboxLine, use_app};
use crate::ui::{Button, Empty, ErrorSummary, FieldError, Look, PageHead, use_toast};
use crate::view::{Entry, View, entry, keyed, view};
use drafts::{by_record, draft_section};
use files::file_section;

/// The page of `/belum-terkirim`.
#[inline(never)]
pub fn outbox() -> View {
    let app = use_app();
    let toast = use_toast();
    let errors: RwSignal<Vec<FieldError>> = RwSignal::new(Vec::new());
    let lines = Memo::new(move || Fresh(app.outbox()));
    let drafts = Memo::new(move || Fresh(by_record(app)));
    let lead = Signal::derive(move || {
        let waits = lines.with(|l| l.0.iter().any(|l| !needs_you(l)));
        waits.then(|| words::LEAD.to_owned())
    });
    let retry = move || {
        app.sync_now();
        toast.say(words::RETRIED);
    };
    let empty =
        move || lines.with(|l| l.0.is_empty()) && drafts.with(|d| d.0.is_empty()) && app.uploads().is_empty();
    let section = move |title: &'static str, wanted: bool| {
        let some = Memo::new(move || lines.with(|l| l.0.iter().any(|l| needs_you(l) == wanted)));
        move || {
            some.get().then(|| {
                view! {
                    <section class="stack-s">
                        <h2>{title}</h2>
                        <ul class="outbox">
                            {keyed(move || rows(app, lines, wanted, errors))}
                        </ul>
                    </section>
                }
            })
        }
    };
    view! {
        <div class="stack">
            <PageHead title=common::OUTBOX lead=lead>
                <Button look=Look::Quiet press=retry>
                    {words::RETRY}
                </Button>
            </PageHead>
            <ErrorSummary errors=errors />
            {move || {
                empty()
                    .then(|| {
                        view! {
                            <Empty title=words::EMPTY>
                                <p>{words::EMPTY_HINT}</p>
                            </Empty>
                        }
                    })
            }}
            {section(words::NEEDS_YOU, true)}
            {section(words::WAITING, false)}
            {file_section(app)}
            {move || {
                drafts.with(|d| (!d.0.is_empty()).then(|| draft_section(app, &d.0)))
            }} {of_this_device(app)} {aside::laid_aside(app)} {parcel::parcel(app, errors)} {storage::storage()}
        </div>
    }
}

fn rows(
    app: App,
    lines: Memo<Fresh<Vec<OutboxLine>>>,
    wanted: bool,
    errors: RwSignal<Vec<FieldError>>,
) -> Vec<Entry> {
    let row = |line: &OutboxLine| {
        let line = line.clone();
        let key = [line.op.to_string().as_str(), if wanted { "/1" } else { "/0" }].concat();
        entry(key, move || untrack(|| line::line(app, &line, errors)))
    };
    lines.with(|l| l.0.iter().filter(|l| needs_you(l) == wanted).map(row).collect())
}

/// Whether a person has to act: the office answered, or refuses to look at it.
const fn needs_you(line: &OutboxLine) -> bool {
    matches!(line.state, OpState::Answered(_)) || line.refusal.is_some()
}
