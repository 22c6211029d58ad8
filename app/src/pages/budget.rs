//! *Anggaran*: what the bendahara knows of each sub kegiatan, typed as one sheet.

use crate::signal::*;
use takar_domain::config::MAIN;
use takar_domain::date::{Date, period_name};
use takar_domain::issue::Severity;
use takar_domain::number;
use takar_domain::permission::Permission;
use takar_domain::record::RecordId;
use takar_domain::text::{self, budget as words, common, names};
use takar_domain::view::budget_sheet::{BudgetRow, BudgetSheet, budget_sheet};

use crate::acts::budget::{Found, Told, save};
use crate::acts::words::day;
use crate::pages::piece::{beside, cell, saved};
use crate::state::{App, DraftKey, Save, use_app};
use crate::ui::{
    Button, Empty, ErrorSummary, Field, FieldError, Icon, Kind, Notice, PageHead, Tick, Toast, Tone, tag,
    use_toast,
};
use crate::view::{Entry, View, entry, keyed, view};

/// The sheet in view and what stands above its rows: handles, freely copied.
#[derive(Clone, Copy)]
struct Sheet {
    app: App,
    all: Memo<Fresh<Option<BudgetSheet>>>,
    until: RwSignal<String>,
    source: RwSignal<String>,
    keep: RwSignal<bool>,
    errors: RwSignal<Vec<FieldError>>,
    /// What earlier presses asked.
    asked: StoredValue<Vec<Found>>,
    toast: Toast,
}

/// The page of `/anggaran`, for the round in view.
#[inline(never)]
pub fn budget() -> View {
    let app = use_app();
    let all = Memo::new(move || {
        let cycle = app.cycle().map(|(id, _)| id);
        Fresh(cycle.and_then(|id| budget_sheet(&app.config(), &app.reader(), id)))
    });
    let title = Signal::derive(move || {
        let period = all.with(|all| all.0.as_ref().map(|sheet| period_name(sheet.period)));
        [words::TITLE, " ", &period.unwrap_or_default()].concat()
    });
    let some = Memo::new(move || all.with(|all| all.0.as_ref().is_some_and(|sheet| !sheet.rows.is_empty())));
    let body = View::live(move || {
        if some.get() {
            return untrack(|| Sheet::new(app, all).drawn());
        }
        view! {
            <Empty sign=Icon::Sheet title=words::NOTHING>
                <p>{words::NOTHING_LEAD}</p>
            </Empty>
        }
    });
    view! {
        <div class="stack">
            <PageHead title=title lead=words::LEAD tab=words::TITLE />
            {body}
        </div>
    }
}

impl Sheet {
    /// The day and the source are proposed: the period's end or today, and what was
    /// said last.
    fn new(app: App, all: Memo<Fresh<Option<BudgetSheet>>>) -> Self {
        let (last, source) = all.with_untracked(|all| {
            let sheet = all.0.as_ref();
            let known = sheet.and_then(|sheet| {
                sheet.rows.iter().find_map(|row| Some(row.budget.as_ref()?.source.clone()))
            });
            (sheet.and_then(|sheet| sheet.last), known.unwrap_or_default())
        });
        let today = app.today();
        let until = last.map_or(today, |last| last.min(today));
        Self {
            app,
            all,
            until: RwSignal::new(until.to_string()),
            source: RwSignal::new(source),
            keep: RwSignal::new(false),
            errors: RwSignal::new(Vec::new()),
            asked: StoredValue::new(Vec::new()),
            toast: use_toast(),
        }
    }

    fn with<T>(self, read: impl FnOnce(&BudgetSheet) -> T) -> Option<T> {
        self.all.with(|all| all.0.as_ref().map(read))
    }

    fn drawn(self) -> View {
        let app = self.app;
        let open = Memo::new(move || {
            let free = self.with(|sheet| sheet.lock.is_none()) == Some(true);
            free && app.can(Permission::EnterBudget, None)
        });
        let lead = move || {
            self.with(|sheet| {
                let complete = sheet.rows.iter().filter(|row| row.complete).count();
                let last = sheet.last.map(Date::format_long).unwrap_or_default();
                let lock = sheet
                    .lock
                    .map(|lock| view! { <Notice tone=Tone::Wait><div>{names::lock(lock)}</div></Notice> });
                view! {
                    <p>{words::counted(&last, complete, sheet.rows.len())}</p>
                    {lock}
                }
            })
        };
        let heads = [words::NODE, words::PAGU, words::BEFORE, words::ACTUAL, words::SHARE].map(|label| {
            view! {
                <th role="columnheader" scope="col">
                    {label}
                </th>
            }
        });
        let heads: Vec<_> = heads.into_iter().collect();
        let rows = move || {
            let open = open.get();
            let one = |row: &BudgetRow| -> Entry {
                // A row is made anew when what is known of it changes.
                let known = row.budget.as_ref().map(|b| [&b.actual.to_string(), "/", &b.until].concat());
                let key =
                    [if open { "isi" } else { "baca" }, &row.node.to_string(), &known.unwrap_or_default()];
                let row = row.clone();
                entry(key.concat(), move || untrack(|| self.row(&row, open)))
            };
            self.with(|sheet| sheet.rows.iter().map(one).collect::<Vec<_>>()).unwrap_or_default()
        };
        view! {
            {lead}
            <ErrorSummary errors=self.errors />
            {View::live(move || open.get().then(|| untrack(|| self.head())))}
            <section class="card flush">
                <table class="table stacked" role="table" aria-label=words::TITLE>
                    <thead role="rowgroup">
                        <tr role="row">{heads}</tr>
                    </thead>
                    <tbody role="rowgroup">{keyed(rows)}</tbody>
                </table>
            </section>
            {View::live(move || {
                open.get()
                    .then(|| {
                        view! {
                            <div class="row">
                                <Button press=move || self.press()>{common::SAVE}</Button>
                            </div>
                        }
                    })
            })}
        }
    }

    /// The day and the source of everything that is saved.
    fn head(self) -> View {
        view! {
            <section class="card stack">
                <Field
                    id="anggaran-until"
                    kind=Kind::Date
                    short=true
                    label=words::UNTIL.to_owned()
                    value=self.until
                    error=beside(self.errors, "anggaran-until")
                    on_type=self.until
                />
                <Field
                    id="anggaran-source"
                    label=words::SOURCE.to_owned()
                    hint=Signal::stored(Some(words::SOURCE_HINT.to_owned()))
                    value=self.source
                    error=beside(self.errors, "anggaran-source")
                    on_type=self.source
                />
                <Tick label=words::KEEP sub=words::KEEP_HINT checked=self.keep on_tick=self.keep />
            </section>
        }
    }

    fn key(self, node: RecordId) -> Option<DraftKey> {
        let person = self.app.me()?.person;
        let period = self.with(|sheet| sheet.period)?;
        Some(DraftKey::new(person, takar_domain::budget::subject(node, period).record(), MAIN, "actual"))
    }

    /// One sub kegiatan; what is typed is a draft at once.
    fn row(self, row: &BudgetRow, open: bool) -> View {
        let (app, node) = (self.app, row.node);
        let name = [&row.code, " ", &row.title].concat();
        let stands = row.budget.as_ref().map(|budget| number::format(budget.actual)).unwrap_or_default();
        let earlier =
            row.before.as_ref().map_or_else(|| common::DASH.to_owned(), |b| number::format(b.actual));
        let share =
            row.share.map_or_else(|| common::DASH.to_owned(), |share| number::format_percent(share, 2));
        let (tone, words) = match (row.differs, row.complete, &row.budget) {
            (true, ..) => (Tone::Bad, words::DIFFERS.to_owned()),
            (_, true, _) => (Tone::Ok, words::COMPLETE.to_owned()),
            (_, _, None) => (Tone::Plain, words::MISSING.to_owned()),
            (_, _, Some(budget)) => (Tone::Wait, words::until(&day(&budget.until))),
        };
        let plain = |text: String| view! { <span class="num">{text}</span> };
        let amount = self.key(node).filter(|_| open).map(|key| {
            let id = ["anggaran-", &node.to_string()].concat();
            let (of, known) = (key.clone(), stands.clone());
            let typed =
                Signal::derive(move || app.draft(&of).map_or_else(|| known.clone(), |draft| draft.text));
            let stands = stands.clone();
            let on_type = Callback::from(move |text: String| {
                app.keep_draft(key.clone(), &text, &stands);
            });
            let error = beside(self.errors, &id);
            view! {
                <Field
                    id=id
                    kind=Kind::Number
                    short=true
                    label=[words::ACTUAL, " ", &name].concat()
                    value=typed
                    error=error
                    on_type=on_type
                />
            }
        });
        let amount = amount.unwrap_or_else(|| plain(stands));
        view! {
            <tr role="row">
                <th role="rowheader" scope="row">
                    {name.clone()}
                </th>
                {cell(words::PAGU, true, plain(number::format(row.pagu)))}
                {cell(words::BEFORE, true, plain(earlier))} {cell(words::ACTUAL, true, amount)}
                {cell(words::SHARE, false, view! { <span class="row">{plain(share)} {tag(tone, words)}</span> })}
            </tr>
        }
    }

    fn press(self) {
        let app = self.app;
        let told = Told {
            until: self.until.get_untracked(),
            source: self.source.get_untracked(),
            keep: self.keep.get_untracked(),
        };
        let done = untrack(|| {
            self.with(|sheet| {
                let draft = |row: &BudgetRow| Some((row.node, app.draft(&self.key(row.node)?)?.text));
                let typed: Vec<_> = sheet.rows.iter().filter_map(draft).collect();
                let keys: Vec<_> = typed.iter().filter_map(|(node, _)| self.key(*node)).collect();
                let asked = self.asked.get_value();
                (save(&app.reader(), sheet, &told, app.today(), &typed, &asked), keys)
            })
        });
        match done {
            None => {}
            Some((Ok(parts), drop_drafts)) => {
                self.asked.set_value(Vec::new());
                let save = Save { parts, drop_drafts, ..Save::default() };
                let (keep, toast) = (self.keep, self.toast);
                saved(app, save, self.errors, move |_| {
                    keep.set(false);
                    toast.say(common::SAVED);
                });
            }
            Some((Err(found), _)) => {
                self.errors.set(found.iter().map(said).collect());
                let soft = found.into_iter().filter(|(_, issue)| issue.severity == Severity::Soft);
                let before = self.asked.get_value();
                self.asked.set_value(before.into_iter().chain(soft).collect());
            }
        }
    }
}

fn said((node, issue): &Found) -> FieldError {
    let place = node.map_or_else(|| issue.path.clone(), |node| node.to_string());
    let again = if issue.severity == Severity::Soft { [" ", words::AGAIN].concat() } else { String::new() };
    FieldError {
        field: ["anggaran-", &place].concat(),
        words: [&text::issue(issue), again.as_str()].concat(),
    }
}
