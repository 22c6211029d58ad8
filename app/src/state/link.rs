//! The standing line to the office: a stream of pokes while it answers, and a
//! light knock every few seconds while it does not, so that waiting work goes
//! out within seconds of a reconnect that the browser does not notice.

use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use leptos::task::spawn_local;
use takar_sync::client::{Event, State, Trigger};
use takar_sync::wire::Poke;

use super::core::Core;
use crate::platform::poke::{Heard, Pokes};
use crate::platform::{clock, http, page};

/// Shortest and longest pause before a lost stream is opened again, in ms.
const REOPEN_MS: (u32, u32) = (1_000, 30_000);
/// Shortest pause between two knocks, and what chance adds so that the devices
/// of an office do not knock in step, in ms.
const KNOCK_MS: (u32, u32) = (3_000, 3_000);

/// What there is of the line.
#[derive(Default)]
pub(super) struct Line {
    stream: Option<Pokes>,
    /// Streams lost since the last poke.
    losses: u32,
    reopen: Option<Timeout>,
    knock: Option<Timeout>,
}

impl Core {
    /// Follows the engine: a stream while the office answers, knocks while it
    /// does not, nothing for a tab that does not lead.
    pub fn settle_line(&self) {
        let (somebody, state, heard) = {
            let engine = self.engine.borrow();
            let status = engine.status();
            (engine.working().is_some(), status.state, status.heard.is_some())
        };
        let may = self.leads.get() && somebody && !self.signals.cut.get_untracked();
        let silent = matches!(
            state,
            State::Starting
                | State::Offline
                | State::SignInNeeded
                | State::OtherOffice
                | State::Refused { .. }
        );
        if may && heard && !silent {
            self.open_stream();
        } else {
            let mut line = self.line.borrow_mut();
            line.stream = None;
            line.reopen = None;
        }
        if may && state == State::Offline {
            self.knock_later();
        } else {
            self.line.borrow_mut().knock = None;
        }
    }

    /// A tab that was frozen may hold a stream that is dead without knowing it.
    pub fn renew_line(&self) {
        self.line.replace(Line::default());
        self.settle_line();
    }

    fn open_stream(&self) {
        let mut line = self.line.borrow_mut();
        if line.stream.is_some() || line.reopen.is_some() {
            return;
        }
        let this = self.weak();
        line.stream = Pokes::open(move |heard| {
            let Some(this) = this.upgrade() else { return };
            match heard {
                Heard::Poke(data) => {
                    this.line.borrow_mut().losses = 0;
                    if let Ok(poke) = serde_json::from_str::<Poke>(&data) {
                        this.feed(Event::Wake(Trigger::Poke(poke.seq)));
                    }
                }
                Heard::Lost => this.lost_stream(),
            }
        });
    }

    /// The engine finds out at once whether the office still answers.
    fn lost_stream(&self) {
        let pause = {
            let line = self.line.borrow();
            REOPEN_MS.0.saturating_mul(1 << line.losses.min(5)).min(REOPEN_MS.1)
        };
        let this = self.weak();
        let reopen = Timeout::new(pause, move || {
            if let Some(this) = this.upgrade() {
                this.line.borrow_mut().reopen = None;
                this.settle_line();
            }
        });
        {
            let mut line = self.line.borrow_mut();
            line.losses = line.losses.saturating_add(1);
            line.stream = None;
            line.reopen = Some(reopen);
        }
        self.feed(Event::Wake(Trigger::Online));
    }

    fn knock_later(&self) {
        if self.line.borrow().knock.is_some() {
            return;
        }
        let this = self.weak();
        let chance = u32::try_from(clock::random_u64() % u64::from(KNOCK_MS.1)).unwrap_or_default();
        let knock = Timeout::new(KNOCK_MS.0.saturating_add(chance), move || {
            let Some(this) = this.upgrade() else { return };
            spawn_local(async move {
                let reached = page::is_visible() && http::reaches_office().await;
                this.line.borrow_mut().knock = None;
                if reached {
                    this.feed(Event::Wake(Trigger::Online));
                }
                this.settle_line();
            });
        });
        self.line.borrow_mut().knock = Some(knock);
    }
}
