//! *Rekap capaian*: per sasaran and programme, quarter and year, live.
//!
//! - `table`: the groups with their rows
//! - `explain`: what stands behind one capaian
//! - [`print`]: the Form Pengukuran Kinerja on paper

mod explain;
pub mod print;
mod table;

use crate::signal::*;
use takar_domain::date::{period_name, period_short};
use takar_domain::period::Period;
use takar_domain::sorted::Set;
use takar_domain::text::{common, recap as words};
use takar_domain::view::entry_sheet::policy_of;
use takar_domain::view::recap::{Recap, recap};

use super::piece::Select;
use crate::route::{Step, use_route};
use crate::state::{App, use_app};
use crate::ui::{Empty, Icon, Look, PageHead, Tone, tag};
use crate::view::{View, view};
pub use print::RecapPrintPage;

/// The page of `/rekap`; `?periode=2026-q3` names the period.
#[component]
pub fn RecapPage() -> View {
    let app = use_app();
    let period = chosen_period(app);
    let data = Memo::new(move || {
        let period = period.get()?;
        Some(recap(&app.config(), &app.reader(), period.year, period))
    });
    let title = Signal::derive(move || match period.get() {
        Some(period) => [common::RECAP, " ", &period_name(period)].concat(),
        None => common::RECAP.into(),
    });
    let open = table::Open::new();
    view! {
        <div class="stack">
            <PageHead title=title>
                {move || {
                    let period = period.get()?;
                    Some(
                        view! {
                            <a class=Look::Quiet.class() href=format!("/rekap/cetak?periode={period}")>
                                {common::PRINT}
                            </a>
                        },
                    )
                }}
            </PageHead>
            <div class="row ends">
                {move || period_select(app, period)} {move || data.with(|d| d.as_ref().map(completeness))}
            </div>
            {move || {
                data.with(|d| match d {
                    Some(recap) if !recap.groups.is_empty() => {
                        let policy = policy_of(&app.config(), recap.period, None);
                        let overview = table::overview(recap, policy.cap);
                        let tables = recap.groups.iter().map(|g| table::group(recap, g, &policy, open));
                        view! { {overview} {tables.collect::<View>()} }
                    }
                    _ => {
                        view! {
                            <Empty sign=Icon::Chart title=words::NOTHING>
                                <p>{words::NOTHING_HINT}</p>
                            </Empty>
                        }
                    }
                })
            }}
            <explain::Explanation app=app data=data open=open />
        </div>
    }
}

/// The period in the address, else the one of the cycle in view, else this quarter.
pub(super) fn chosen_period(app: App) -> Memo<Option<Period>> {
    let route = use_route();
    Memo::new(move || {
        let named = route.query("periode").and_then(|text| text.parse().ok());
        let running = || app.cycle().map(|(_, cycle)| cycle.period);
        named.or_else(running).or_else(|| Some(app.today().quarter()))
    })
}

/// Quarters and years that have a plan or a cycle, newest first.
fn periods(app: App, now: Option<Period>) -> Vec<Period> {
    let config = app.config();
    let mut found: Set<Period> = config.cycles.values().map(|c| c.period).collect();
    found.extend(now);
    let years: Set<u16> = found.iter().map(|p| p.year).collect();
    for year in years {
        found.extend((1..=4).map(|q| Period::quarter(year, q)));
        found.insert(Period::year(year));
    }
    found.into_iter().rev().collect()
}

/// A choice of period that stays in the address, so that it can be shared.
fn period_select(app: App, period: Memo<Option<Period>>) -> View {
    let options =
        periods(app, period.get()).into_iter().map(|p| (p.to_string(), period_name(p))).collect::<Vec<_>>();
    let route = use_route();
    let pick = move |to: String| route.go(&format!("?periode={to}"), Step::Push);
    let value = Signal::derive(move || period.get().map(|p| p.to_string()).unwrap_or_default());
    let options = Signal::stored(options);
    view! { <Select label=words::PERIOD options=options value=value on_pick=pick short=true /> }
}

/// How much of what should be filled is there, and what of it is not settled.
fn completeness(recap: &Recap) -> View {
    let of = recap.standing();
    let whole = of.filled == of.expected && of.returned + of.differing == 0;
    let tone = if whole || recap.signed { Tone::Ok } else { Tone::Wait };
    tag(tone, words::standing(&of, recap.signed))
}

/// `TW III` or `2026`, for narrow heads.
pub(super) fn short(period: Period) -> String {
    period_short(period)
}
