//! The standing line to the office: a stream of pokes while it answers, and a
//! light knock every few seconds while it does not, so that waiting work goes
//! out within seconds of a reconnect that the browser does not notice. While
//! nothing can be sent, the office at least hears how much waits here: that is
//! what a device can say should the browser wipe it.

use crate::signal::*;
use gloo_timers::callback::Timeout;
use serde::Serialize;
use takar_domain::codec::{from_json, to_cbor};
use takar_domain::record::DeviceId;
use takar_sync::client::{Event, State, Status, Trigger};
use takar_sync::wire::Poke;

use super::core::Core;
use crate::platform::poke::{Heard, Pokes};
use crate::platform::{clock, http, page};

/// Shortest and longest pause before a lost stream is opened again, in ms.
const REOPEN_MS: (u32, u32) = (1_000, 30_000);
/// Shortest pause between two knocks, and what chance adds so that the devices
/// of an office do not knock in step, in ms.
const KNOCK_MS: (u32, u32) = (3_000, 3_000);
/// Doublings of the pause while knocks are answered and work is not taken.
const KNOCK_DOUBLINGS: u32 = 4;
/// Saves that follow each other make one report, in ms.
const REPORT_MS: u32 = 1_000;

const REPORT: &str = "/api/v1/report";

/// How many operations wait on this device.
#[derive(Serialize)]
struct Report {
    device: DeviceId,
    depth: u64,
}

/// What there is of the line.
#[derive(Default)]
pub(super) struct Line {
    stream: Option<Pokes>,
    /// Streams lost since the last poke.
    losses: u32,
    reopen: Option<Timeout>,
    knock: Option<Timeout>,
    /// Knocks that were answered since work was last taken.
    answered: u32,
    report: Option<Timeout>,
    /// The depth that was last reported, or tried to be.
    reported: Option<u64>,
}

impl Core {
    /// Follows the engine: a stream while the office answers, knocks while it
    /// does not, nothing for a tab that does not lead.
    pub fn settle_line(&'static self) {
        let (somebody, Status { state, waiting, heard, .. }) = {
            let engine = self.engine.borrow();
            (engine.working().is_some(), engine.status())
        };
        let may = self.leads.get() && somebody && !self.signals.cut.get_untracked();
        let silent = matches!(
            state,
            State::Starting
                | State::Offline
                | State::SignInNeeded
                | State::OtherOffice
                | State::Barred
                | State::Refused { .. }
        );
        if may && heard.is_some() && !silent {
            self.open_stream();
        } else {
            let mut line = self.line.borrow_mut();
            line.stream = None;
            line.reopen = None;
        }
        if may && state == State::Offline {
            self.knock_later();
        } else {
            let mut line = self.line.borrow_mut();
            line.knock = None;
            line.answered = 0;
        }
        let stuck = matches!(state, State::Offline | State::SignInNeeded | State::Refused { .. });
        if may && stuck {
            self.report_later(waiting);
        } else {
            let mut line = self.line.borrow_mut();
            line.report = None;
            line.reported = None;
        }
    }

    /// A tab that was frozen may hold a stream that is dead without knowing it.
    pub fn renew_line(&'static self) {
        self.line.replace(Line::default());
        self.settle_line();
    }

    fn open_stream(&'static self) {
        let mut line = self.line.borrow_mut();
        if line.stream.is_some() || line.reopen.is_some() {
            return;
        }
        line.stream = Pokes::open(move |heard| match heard {
            Heard::Poke(data) => {
                self.line.borrow_mut().losses = 0;
                if let Ok(poke) = from_json::<Poke>(data.as_bytes()) {
                    self.feed(Event::Wake(Trigger::Poke(poke.seq)));
                }
            }
            Heard::Lost => self.lost_stream(),
        });
    }

    /// The engine finds out at once whether the office still answers.
    fn lost_stream(&'static self) {
        let pause = {
            let line = self.line.borrow();
            REOPEN_MS.0.saturating_mul(1 << line.losses.min(5)).min(REOPEN_MS.1)
        };
        let reopen = Timeout::new(pause, move || {
            self.line.borrow_mut().reopen = None;
            self.settle_line();
        });
        {
            let mut line = self.line.borrow_mut();
            line.losses = line.losses.saturating_add(1);
            line.stream = None;
            line.reopen = Some(reopen);
        }
        self.feed(Event::Wake(Trigger::Online));
    }

    fn knock_later(&'static self) {
        if self.line.borrow().knock.is_some() {
            return;
        }
        let chance = u32::try_from(clock::random_u64() % u64::from(KNOCK_MS.1)).unwrap_or_default();
        let patience = KNOCK_MS.0 << self.line.borrow().answered.min(KNOCK_DOUBLINGS);
        let knock = Timeout::new(patience.saturating_add(chance), move || {
            spawn_local(async move {
                let reached = page::is_visible() && http::reaches_office().await;
                {
                    let mut line = self.line.borrow_mut();
                    line.knock = None;
                    if reached {
                        line.answered = line.answered.saturating_add(1);
                        line.reported = None;
                    }
                }
                if reached {
                    self.feed(Event::Wake(Trigger::Online));
                }
                self.settle_line();
            });
        });
        self.line.borrow_mut().knock = Some(knock);
    }
    fn report_later(&'static self, waiting: usize) {
        let depth = u64::try_from(waiting).unwrap_or(u64::MAX);
        let Some(device) = self.engine.borrow().device() else { return };
        if self.line.borrow().reported == Some(depth) {
            return;
        }
        let report = Timeout::new(REPORT_MS, move || {
            let body = to_cbor(&Report { device, depth });
            // A lost report is made good by the next one, or by the push itself.
            spawn_local(async move { drop(http::post(REPORT, &body, None, http::LIGHT_MS).await) });
        });
        let mut line = self.line.borrow_mut();
        line.report = Some(report);
        line.reported = Some(depth);
    }
}
