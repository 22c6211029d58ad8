//! The unit's form as Excel: out of the office, and back in after a look at it.

use crate::signal::*;
use takar_domain::record::Source;
use takar_domain::text::workbook as words;
use takar_domain::view::workbook::{Book, Stamp, book, strange};

use super::line::Sheet;
use crate::acts::entry::workbook::{Brought, bring};
use crate::acts::words::unit_name;
use crate::pages::piece::saved;
use crate::platform::files::picked;
use crate::state::{App, Save};
use crate::ui::{Button, ErrorSummary, FieldError, Look, Reveal, use_toast};
use crate::view::{View, view};

/// One press away: most units fill in on the screen.
pub fn workbook(app: App, sheet: Sheet) -> View {
    view! {
        <Reveal summary=words::TITLE>
            {inside(app, sheet)}
        </Reveal>
    }
}

/// The workbook of the sheet as it stands, and its name. Reactive.
fn made(app: App, sheet: Sheet) -> Option<(Book, String)> {
    sheet.with(|sheet| {
        let sheet = sheet.as_ref()?;
        let config = app.config();
        let (office, about) = config.office.as_ref()?;
        let unit = unit_name(&config, sheet.unit);
        let version = config.form(sheet.cycle).version;
        Some((book((*office, &about.name), unit, sheet, version), words::file_name(unit)))
    })
}

fn inside(app: App, sheet: Sheet) -> View {
    let errors: RwSignal<Vec<FieldError>> = RwSignal::new(Vec::new());
    let fail = move |words: String| errors.set(vec![FieldError { field: String::new(), words }]);
    let brought: RwSignal<Option<Brought>> = RwSignal::new(None);
    let reading = RwSignal::new(false);
    let give = move || {
        let Some((book, name)) = untrack(|| made(app, sheet)) else { return };
        spawn_local(async move {
            match app.give_workbook(&book, &name).await {
                Ok(()) => errors.set(Vec::new()),
                Err(words) => fail(words),
            }
        });
    };
    let take = move |event: web_sys::Event| {
        let Some(file) = picked(&event).into_iter().next() else { return };
        brought.set(None);
        reading.set(true);
        spawn_local(async move {
            let back = app.read_workbook(&file).await;
            reading.set(false);
            let wanted: Option<Stamp> = untrack(|| made(app, sheet)).map(|(book, _)| book.stamp);
            let read = back.and_then(|back| {
                let strange = wanted.and_then(|wanted| strange(&back.stamp, &wanted));
                strange.map_or(Ok(back), |code| Err(words::issue(code)))
            });
            match read {
                Ok(back) => {
                    errors.set(Vec::new());
                    let found = untrack(|| {
                        sheet.with(|sheet| {
                            let sheet = sheet.as_ref()?;
                            Some(bring(&app.config(), &app.reader(), sheet, &back, app.today()))
                        })
                    });
                    brought.set(found);
                }
                Err(words) => fail(words),
            }
        });
    };
    view! {
        <div class="stack-s">
            <p class="small soft">{words::LEAD}</p>
            <ErrorSummary errors=errors />
            <div class="row">
                <Button look=Look::Quiet press=give>
                    {words::DOWNLOAD}
                </Button>
                <label class="btn quiet pick">
                    {words::BRING} <input type="file" class="sr" accept=".xlsx" on:change=take />
                </label>
            </div>
            <p role="status">{move || reading.get().then_some(words::READING)}</p>
            {View::live(move || brought.get().map(|found| preview(app, found, brought, errors)).unwrap_or_default())}
        </div>
    }
}

/// What would be saved, and what cannot be.
fn preview(
    app: App,
    found: Brought,
    brought: RwSignal<Option<Brought>>,
    errors: RwSignal<Vec<FieldError>>,
) -> View {
    let toast = use_toast();
    let Brought { parts, changes, faults } = found;
    let line = |(first, second): (String, String)| view! { <li><strong>{first}</strong> ": " {second}</li> };
    let none = changes.is_empty();
    let save = move || {
        let save = Save { parts: parts.clone(), source: Source::Paper, ..Save::default() };
        saved(app, save, errors, move |_| {
            toast.say(words::SAVED);
            brought.set(None);
        });
    };
    let unusable = (!faults.is_empty()).then(|| {
        view! {
            <h3>{words::FAULTS}</h3>
            <p class="small soft">{words::FAULTS_NOTE}</p>
            <ul class="trail">{faults.into_iter().map(line).collect::<Vec<_>>()}</ul>
        }
    });
    let changed = (!none).then(|| {
        view! {
            <h3>{words::PREVIEW}</h3>
            <ul class="trail">{changes.into_iter().map(line).collect::<Vec<_>>()}</ul>
            <div class="row">
                <Button press=save>{words::SAVE}</Button>
            </div>
        }
    });
    view! {
        {none.then(|| view! { <p>{words::NOTHING}</p> })}
        {changed}
        {unusable}
    }
}
