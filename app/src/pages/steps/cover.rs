//! *Surat pengantar* as the browser prints it: F4 upright.

use takar_domain::record::RecordId;
use takar_domain::sop::Kind;
use takar_domain::text::sign as words;
use takar_domain::view::cover_letter::{CoverLetter, cover_letter};

use super::All;
use crate::acts::words::step_page;
use crate::pages::piece::printed::{printed, table};
use crate::pages::piece::signer;
use crate::pages::settings::back;
use crate::state::App;
use crate::view::{View, view};

/// Where the page of a round's letter is.
pub fn href(cycle: RecordId) -> String {
    ["/tahapan/", &cycle.to_string(), "/surat"].concat()
}

#[inline(never)]
pub fn page(app: App, cycle: RecordId, all: All) -> View {
    let step = all.with(|all| {
        let step = all.0.iter().find(|step| step.step.kind == Kind::Letter)?;
        Some(step_page(&step.runs.first()?.subject))
    });
    let paper = move || {
        let letter =
            all.with(|all| cover_letter(&app.config(), &app.reader(), cycle, &all.0, app.today()))?;
        let draft = letter.number.is_none();
        Some(view! {
            {draft.then(|| view! { <p class="noprint">{words::COVER_DRAFT}</p> })}
            {sheet(&letter)}
        })
    };
    let back = step.map_or(View::Nothing, |step| back(&step, words::COVER));
    printed(back, words::COVER, words::COVER_LEAD, view! { {paper} })
}

fn sheet(letter: &CoverLetter) -> View {
    let heading = letter.heading.iter().map(|line| view! { <p>{line.clone()}</p> });
    let rows = (1_usize..).zip(&letter.rows).map(|(number, row)| {
        let cells = row.iter().map(|cell| view! { <td>{cell.clone()}</td> });
        view! { <tr><td>{number}</td> {cells.collect::<View>()}</tr> }
    });
    let receipt = words::RECEIVED_BLOCK.map(|line| view! { <p>{line} ": …………………………"</p> });
    let number = letter.number.clone().unwrap_or_else(|| words::NUMBER_LATER.to_owned());
    view! {
        <article class="paper upright f4">
            <header class="paper-head letterhead">{heading.collect::<View>()}</header>
            <div class="addressed">
                <p>{letter.dated.clone()}</p>
                <p>{words::TO}</p>
                <p class="pre">{letter.addressee.clone()}</p>
            </div>
            <header class="paper-head">
                <h2>{words::COVER_TITLE}</h2>
                <p>{words::NUMBER_LINE} {number}</p>
            </header>
            {table(
                words::COVER.to_owned(),
                "form-table letter-table",
                &words::COVER_HEADS,
                rows.collect(),
            )}
            <footer class="paper-foot">
                <div class="receipt">{receipt}</div>
                {letter.signer.as_ref().map(|who| signer(None, who, None))}
            </footer>
            <p class="small">{words::PARAF}</p>
        </article>
    }
}
