//! *Dokumen*: what is signed, with its hash, as this device has it; who signed it, and
//! the package.

use takar_domain::achievement::Reason;
use takar_domain::date::{date_clock, period_name};
use takar_domain::procedure::Progress;
use takar_domain::procedure::document::{canonical, digest, document};
use takar_domain::procedure::sign::{Signature, standing, step};
use takar_domain::record::{RecordId, Value};
use takar_domain::text::{common, names, procedure as steps, sign as words};

use super::All;
use crate::acts::settings::ask::text;
use crate::pages::piece::signer;
use crate::pages::settings::back;
use crate::state::App;
use crate::ui::{Icon, Look, Notice, PageHead, Scroll, Tone, state};
use crate::view::{View, view};

/// Where the page of a cycle's document is.
pub fn href(cycle: RecordId) -> String {
    ["/tahapan/", &cycle.to_string(), "/dokumen"].concat()
}

/// The package of a signed cycle, as the office gives it.
pub fn package(cycle: RecordId) -> View {
    let href = ["/api/v1/packages/", &cycle.to_string()].concat();
    view! {
        <a class=Look::Quiet.class() href=href download="">
            {words::PACKAGE}
        </a>
    }
}

pub fn page(app: App, cycle: RecordId, all: All) -> View {
    let period = app.config().cycles.get(&cycle).map(|c| period_name(c.period)).unwrap_or_default();
    let inside = move || {
        let found = document(&app.config(), &app.reader(), cycle)?;
        let digest = digest(&canonical(&found));
        let signed = all.with(|all| standing(&all.0).is_some());
        Some(view! {
            {move || all.with(|all| about(app, cycle, &all.0, &digest))}
            {table(&found, signed)}
            {move || all.with(|all| block(&all.0))}
        })
    };
    view! {
        <div class="stack">
            {back(&["/tahapan/", &cycle.to_string()].concat(), steps::TITLE)}
            <PageHead title=words::letter_about(&period) tab=words::DOCUMENT />
            {inside}
        </div>
    }
}

fn about(app: App, cycle: RecordId, all: &[Progress], digest: &str) -> View {
    let line = |signature: &Signature| {
        let when = date_clock(signature.at, app.zone());
        words::signed(&signature.name, &signature.title, signature.manner, &when)
    };
    let standing = standing(all).map(|(_, signature)| signature);
    let period = app.config().cycles.get(&cycle).map(|of| of.period.to_string()).unwrap_or_default();
    let run = step(all).and_then(|step| step.runs.first()?.state.as_ref());
    let past = run.map(|run| run.past.as_slice()).unwrap_or_default();
    let past = past.iter().filter_map(|round| round.signature.as_ref());
    let past: Vec<_> = past.map(|s| view! { <li>{line(s)} <br /> <code class="small hash">{s.document.sha256.clone()}</code></li> }).collect();
    let said = match standing {
        None => view! { <p>{words::NOT_SIGNED}</p> },
        Some(signature) if signature.document.sha256 == digest => view! {
            <p>{line(signature)}</p>
            <p>{state(Tone::Ok, Icon::Check, words::SAME)}</p>
        },
        Some(signature) => view! {
            <p>{line(signature)}</p>
            <p><code class="small hash">{signature.document.sha256.clone()}</code></p>
            <Notice tone=Tone::Wait>
                <div>{words::OTHER}</div>
            </Notice>
        },
    };
    view! {
        <section class="card stack-s">
            {said}
            <p class="small soft">{words::DIGEST}</p>
            <p><code class="hash">{digest.to_owned()}</code></p>
            <div class="row">
                <a class=Look::Quiet.class() href=["/rekap/cetak?periode=", &period].concat()>
                    {words::PRINT}
                </a>
                {standing.map(|_| package(cycle))}
            </div>
            <p class="small soft">{words::SEAL_NOTE}</p>
            {(!past.is_empty()).then(|| view! { <h2>{words::VERSIONS}</h2> <ul class="trail">{past}</ul> })}
        </section>
    }
}

fn table(found: &Value, signed: bool) -> View {
    const COLUMNS: [(&str, &str); 7] = [
        (words::CODE, "code"),
        (common::INDICATOR, "name"),
        (common::MEASURE, "measure"),
        (common::TARGET, "target"),
        (common::ACTUAL, "actual"),
        (common::ACHIEVEMENT, "bounded"),
        (words::RATING, "rating"),
    ];
    let lines = found.get("lines").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let cell = |line: &Value, name: &str| {
        let said = text(line, name);
        let shown = match name {
            "target" | "actual" | "bounded" => number(said),
            _ => said.to_owned(),
        };
        match (name, shown.is_empty()) {
            ("actual", true) if !text(line, "predicate").is_empty() => text(line, "predicate").to_owned(),
            ("actual", true) if signed && text(line, "state") == names::reason(Reason::NotFilled) => {
                names::reason(Reason::Unfilled).to_owned()
            }
            ("actual", true) => text(line, "state").to_owned(),
            (_, true) => common::DASH.to_owned(),
            _ => shown,
        }
    };
    let row = |line: &Value| {
        let cells = COLUMNS.iter().map(|(_, name)| view! { <td>{cell(line, name)}</td> });
        view! { <tr>{cells.collect::<View>()}</tr> }
    };
    let heads = COLUMNS.iter().map(|(head, _)| view! { <th scope="col">{*head}</th> });
    view! {
        <Scroll label=words::DOCUMENT.to_owned()>
            <table class="table">
                <thead>
                    <tr>{heads.collect::<View>()}</tr>
                </thead>
                <tbody>{lines.iter().map(row).collect::<View>()}</tbody>
            </table>
        </Scroll>
    }
}

fn number(text: &str) -> String {
    text.parse().map(|n| takar_domain::number::format_places(n, 2)).unwrap_or_default()
}

/// The block of the signature, as it was signed.
fn block(all: &[Progress]) -> Option<View> {
    let (_, signature) = standing(all)?;
    let below = [words::manner(signature.manner), " · kode kunci ", &signature.key].concat();
    Some(signer(None, &signature.into(), Some(below)))
}
