//! What the office side is asked: the hook through which the same runs go to a
//! simulated office or to a real server.

use takar_domain::record::{DeviceId, RecordId};

use crate::client::{Answer, Call, Failure};

/// A question to the office side.
#[derive(Debug)]
pub enum Ask<'a> {
    /// A request arrives.
    Call(Arrival<'a>),
    /// Two pushes arrive at two instances; the second is committed while the
    /// first stands between reading and committing. Answer [`Reply::Both`].
    Race(Arrival<'a>, Arrival<'a>),
    /// The last number of a person on a device, told at sign-in.
    LastNumber {
        device: DeviceId,
        person: RecordId,
    },
    /// Unsent operations at a device's last report, told after a wipe.
    Reported {
        device: DeviceId,
    },
    BackUp,
    /// Answer [`Reply::Nothing`] if there is no backup.
    Restore,
}

/// A request at the office's door.
#[derive(Clone, Copy, Debug)]
pub struct Arrival<'a> {
    pub call: &'a Call,
    /// Office time, ms since 1970 UTC.
    pub at: i64,
    /// Which server of the office.
    pub instance: usize,
    pub trouble: Option<Trouble>,
}

/// What the office meets while it acts on a push.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The process dies, without an answer, after so many commits.
    Crash { commits: usize },
    /// The first commit happens and is reported as failed.
    Ambiguous,
    /// The first commit is refused, as if another instance had written.
    Stale,
}

impl Trouble {
    /// Dies before anything is durable.
    pub const CRASH_BEFORE: Self = Self::Crash { commits: 0 };
    /// Dies with everything durable and nothing answered.
    pub const CRASH_AFTER: Self = Self::Crash { commits: usize::MAX };
}

/// The office side's answer to an [`Ask`].
#[derive(Debug)]
pub enum Reply {
    Answer(Answer),
    Failure(Failure),
    /// In the order of the question.
    Both(Box<[Self; 2]>),
    Number(u64),
    Done,
    Nothing,
}
