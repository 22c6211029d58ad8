//! The SOP's sheet as the browser prints it: F4 across, the head row on every sheet.

use takar_domain::record::RecordId;
use takar_domain::text::{procedure as words, recap, settings};
use takar_domain::view::sop_sheet::{SheetRow, SopSheet, sop_sheet};

use super::below;
use crate::pages::piece::printed::{headed, printed, table};
use crate::state::App;
use crate::view::{View, view};

/// The page of `/pengaturan/sop/{id}`.
#[inline(never)]
pub fn sop_print(app: App, id: RecordId) -> View {
    let paper = move || app.config().sops.get(&id).map(|sop| sheet(&sop_sheet(sop)));
    printed(below("sop", settings::SOP), words::SHEET, recap::PAPER_HINT, view! { {paper} })
}

fn sheet(sheet: &SopSheet) -> View {
    let facts = sheet.facts.iter().map(|(label, text)| view! { <dt>{*label}</dt> <dd>{text.clone()}</dd> });
    let lists = sheet.lists.iter().map(|(label, lines)| {
        let lines = lines.iter().map(|line| view! { <li>{line.clone()}</li> });
        view! {
            <section>
                <h3>{*label}</h3>
                <ol>{lines.collect::<View>()}</ol>
            </section>
        }
    });
    let mut heads = vec!["No", words::SHEET_STEPS];
    heads.extend(sheet.lanes.iter().chain(&sheet.heads).map(String::as_str));
    let rows = sheet.rows.iter().map(row);
    let notes =
        (1_usize..).zip(&sheet.footnotes).map(|(n, note)| view! { <p><sup>{n}</sup> " " {note.clone()}</p> });
    view! {
        <article class="paper f4">
            {headed(&sheet.institution, sheet.title.clone())}
            <dl class="facts">{facts.collect::<View>()}</dl>
            <div class="sop-lists">{lists.collect::<View>()}</div>
            <h2>{sheet.chart_title.clone()}</h2>
            {table(sheet.chart_title.clone(), "form-table sop-table", &heads, rows.collect())}
            <footer class="paper-foot">
                <div class="small">{notes.collect::<View>()}</div>
            </footer>
        </article>
    }
}

fn row(row: &SheetRow) -> View {
    let marks = row.marks.iter().map(|marked| view! { <td>{marked.then_some("●")}</td> });
    let note = row.footnote.map(|n| view! { <sup>{n}</sup> });
    view! {
        <tr>
            <td>{u32::from(row.number)}</td>
            <td>{row.text.clone()} {note}</td>
            {marks.collect::<View>()}
            <td>{row.requires.clone()}</td>
            <td>{row.minutes}</td>
            <td>{row.output.clone()}</td>
        </tr>
    }
}
