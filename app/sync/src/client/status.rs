//! What the sync line says. Green only when nothing at all is left to do.

use super::Client;
use super::net::Link;
use super::upload::Transfer;

/// The state of one device's work, of every person on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    pub state: State,
    /// Operations that the office has not confirmed, of every person.
    pub waiting: usize,
    /// Answered operations that a person must look at.
    pub attention: usize,
    /// Typed and not saved, in every tab and of every person.
    pub drafts: usize,
    /// Files that the office has not confirmed, of every person.
    pub files: Transfer,
    /// Office time of the last answer, ms since 1970 UTC.
    pub heard: Option<i64>,
}

/// The one word of the sync line, most urgent first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// Stored data is still being read.
    Starting,
    /// The browser could not store the last thing: its own words.
    StoreTrouble {
        why: String,
    },
    /// The server belongs to another office than the data here.
    OtherOffice,
    /// The office wants a sign-in; nothing is lost meanwhile.
    SignInNeeded,
    Offline,
    /// The office has no room; it is tried again.
    OfficeFull,
    /// The office refuses the request with this problem code; it is tried again.
    Refused {
        code: String,
    },
    Sending {
        done: usize,
        total: usize,
    },
    /// All numbers are at the office; files follow, bytes of all files.
    SendingFiles {
        done: u64,
        total: u64,
    },
    /// The posts of the person who works ended: what is saved is sent and
    /// judged, nothing comes back.
    Barred,
    Attention {
        count: usize,
    },
    /// Connected or not yet asked, and something is still to be sent, saved or fetched.
    Waiting,
    /// *Semua sudah terkirim*, by office time in ms since 1970 UTC.
    UpToDate {
        at: i64,
    },
}

impl Client {
    /// The state of everything on this device.
    #[must_use]
    pub fn status(&self) -> Status {
        let waiting = self.replica.waiting_count();
        // Those that the office refuses to look at need a person as well.
        let attention = self.attention() + self.set_aside() + self.uploads.refused(&self.replica);
        let files = self.uploads.transfer(&self.replica);
        let heard = self.net.heard.map(|h| h.office_ms);
        let state = self.state(waiting, attention, files);
        Status { state, waiting, attention, drafts: self.drafts, files, heard }
    }

    fn state(&self, waiting: usize, attention: usize, files: Transfer) -> State {
        if !self.loaded {
            return State::Starting;
        }
        if let Some(why) = &self.trouble {
            return State::StoreTrouble { why: why.clone() };
        }
        match &self.net.link {
            Link::OtherOffice => return State::OtherOffice,
            Link::SignIn => return State::SignInNeeded,
            Link::Down => return State::Offline,
            Link::Full => return State::OfficeFull,
            Link::Refused(code) => return State::Refused { code: code.clone() },
            Link::Up | Link::Unknown | Link::Barred => {}
        }
        if self.net.asked.as_ref().is_some_and(|a| !a.ops.is_empty()) {
            let total = self.net.burst.max(waiting);
            return State::Sending { done: total - waiting, total };
        }
        if self.net.asked.as_ref().is_some_and(|a| a.file.is_some()) {
            return State::SendingFiles { done: files.done, total: files.total };
        }
        if self.net.link == Link::Barred {
            return State::Barred;
        }
        if attention > 0 {
            return State::Attention { count: attention };
        }
        let newest = self.replica.cursor().is_some_and(|c| c.seq >= self.net.newest);
        let unconfirmed = !self.replica.unconfirmed().is_empty();
        let idle = !unconfirmed
            && files.files == 0
            && self.drafts == 0
            && self.jobs.is_empty()
            && self.flight.is_none();
        match self.net.heard {
            Some(heard) if self.net.link == Link::Up && newest && idle => {
                State::UpToDate { at: heard.office_ms }
            }
            _ => State::Waiting,
        }
    }

    /// Answered operations that nobody acts on yet: one that a waiting
    /// operation names is being settled.
    fn attention(&self) -> usize {
        let waiting = self.replica.outbox.values().filter(|o| o.waits());
        let named: Vec<_> = waiting.filter_map(|o| o.operation.as_ref()?.names).collect();
        let answered = self.replica.outbox.values().filter(|o| !o.waits() && !o.is_taken());
        answered.filter(|o| !named.contains(&o.op)).count()
    }
}
