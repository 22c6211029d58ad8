//! Before figures are locked: which devices still hold unsent work. The office
//! knows what they said last; without a connection nobody here does.

use takar_domain::date::date_clock;
use takar_domain::sop::Kind;
use takar_domain::text::unsent as words;

use super::place::Place;
use crate::acts::words::person;
use crate::api::device::DeviceReport;
use crate::signal::*;
use crate::state::Words;
use crate::ui::{Notice, Tone};
use crate::view::{View, view};

/// The office's answer, once it came.
#[derive(Clone, Copy)]
pub struct Unsent {
    at: Place,
    answer: RwSignal<Option<Result<Vec<DeviceReport>, Words>>>,
}

/// Asks, for a step that locks figures; `None` for any other.
pub fn ask(at: Place) -> Option<Unsent> {
    let locks = |kind| matches!(kind, Kind::HandOver | Kind::Submit | Kind::Sign);
    untrack(|| at.with(|step, _| locks(step.step.kind))).filter(|locks| *locks)?;
    let answer = RwSignal::new(None);
    spawn_local(async move { answer.set(Some(at.app.unsent().await)) });
    Some(Unsent { at, answer })
}

impl Unsent {
    /// Whether another device is known to hold something.
    pub fn holds(self) -> bool {
        self.answer.with_untracked(|answer| {
            answer
                .as_ref()
                .and_then(|answer| answer.as_ref().ok())
                .is_some_and(|all| !self.others(all).is_empty())
        })
    }

    fn others<'a>(&self, all: &'a [DeviceReport]) -> Vec<&'a DeviceReport> {
        let own = self.at.app.me().map(|me| me.device);
        all.iter().filter(|report| Some(report.device) != own).collect()
    }

    pub fn shown(self) -> View {
        View::live(move || {
            let app = self.at.app;
            let own = app.status().waiting;
            let own =
                (own > 0).then(|| view! { <Notice tone=Tone::Wait><div>{words::own(own)}</div></Notice> });
            let others = self.answer.with(|answer| match answer {
                None => view! { <p class="small soft" role="status">{words::ASKING}</p> },
                Some(Err(_)) => view! { <Notice tone=Tone::Wait><div>{words::UNKNOWN}</div></Notice> },
                Some(Ok(all)) => {
                    let lines: Vec<_> = self.others(all).into_iter().map(|one| self.line(one)).collect();
                    if lines.is_empty() {
                        return view! { <p class="small soft" role="status">{words::NONE}</p> };
                    }
                    view! {
                        <Notice tone=Tone::Wait>
                            <div>
                                <p>{words::HOLD}</p>
                                <ul>{lines}</ul>
                            </div>
                        </Notice>
                    }
                }
            });
            view! {
                {own}
                {others}
            }
        })
    }

    fn line(self, report: &DeviceReport) -> View {
        let app = self.at.app;
        let config = app.config();
        let people: Vec<_> = report.people.iter().map(|id| person(&config, *id)).collect();
        let since = report.reported.map(|ms| date_clock(ms, app.zone()));
        let missing = report.missing.iter().map(|gap| gap.to.saturating_sub(gap.from) + 1).sum::<u64>();
        let id = report.device.to_string();
        let code = id.get(id.len().saturating_sub(4)..).unwrap_or(&id);
        view! { <li>{words::device(code, &people.join(", "), report.depth + missing, since.as_deref())}</li> }
    }
}
