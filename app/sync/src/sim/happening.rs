//! Everything that happens in a run: what people do, and what goes wrong.

/// Something that happens. The order is that of [`Happening::ALL`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Happening {
    /// A value was typed and saved.
    Edit,
    /// A request left a device.
    Send,
    /// An answer reached the tab that asked.
    Deliver,
    /// A request overtook an earlier one of its device.
    Reorder,
    /// A person's right ended, or came back.
    RightsChange,
    /// A request never reached the office.
    DropRequest,
    /// The office acted on a request, and its answer was lost.
    DropAnswer,
    /// A request arrived twice.
    Duplicate,
    /// A request took seconds to a minute, sometimes longer than the tab waited.
    LongDelay,
    /// Somebody answered who is not the office: a captive portal.
    Portal,
    /// The office wanted a sign-in (401).
    SessionExpiry,
    /// The person who works there had no post any more.
    Barred,
    /// The office's process died while it answered; what was not synced is lost.
    ServerCrash,
    /// A commit was reported as failed, and had happened.
    AmbiguousCommit,
    /// Another instance wrote between reading and committing.
    Conflict,
    /// The browser refused one transaction.
    StoreFailure,
    /// The device died: tabs, and every transaction not yet run.
    DeviceCrash,
    /// A tab was opened or closed.
    Tabs,
    /// Tabs disagreed about who talks to the office.
    Leaders,
    /// A device lost its connection for a while.
    Partition,
    /// The wall clock of a device jumped: hours, years, back.
    ClockJump,
    /// A person signed out on a device.
    SignOut,
    /// The browser deleted the database and kept the cookie.
    Wipe,
    /// The disk was full for a while; what was typed is saved again later.
    Quota,
    /// A device started newer software, which knows kinds that the older skipped.
    Upgrade,
    /// Older and newer software on another device sent an operation of its own.
    OtherSoftware,
    BackUp,
    /// The newest backup is all that is left of the office.
    Restore,
    /// Waiting operations went as a file with another person's session.
    File,
    /// Somebody wrote another's name into an operation.
    Forgery,
    /// A file was picked for a value: its bytes are on that device only.
    Evidence,
    /// The office judged an operation while it lacked a file that it names.
    AbsentFile,
}

use Happening as H;

/// What a weight counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// Percent of requests.
    Requests,
    /// Percent of a device's transactions.
    Transactions,
    /// Percent of the values that people type.
    Values,
    /// Share among the faults that come by themselves.
    Faults,
    /// Not drawn: it follows from something else, and is counted.
    Nothing,
}

impl Happening {
    pub const ALL: [Self; 32] = [
        H::Edit,
        H::Send,
        H::Deliver,
        H::Reorder,
        H::RightsChange,
        H::DropRequest,
        H::DropAnswer,
        H::Duplicate,
        H::LongDelay,
        H::Portal,
        H::SessionExpiry,
        H::Barred,
        H::ServerCrash,
        H::AmbiguousCommit,
        H::Conflict,
        H::StoreFailure,
        H::DeviceCrash,
        H::Tabs,
        H::Leaders,
        H::Partition,
        H::ClockJump,
        H::SignOut,
        H::Wipe,
        H::Quota,
        H::Upgrade,
        H::OtherSoftware,
        H::BackUp,
        H::Restore,
        H::File,
        H::Forgery,
        H::Evidence,
        H::AbsentFile,
    ];

    /// How often it happens in a hard run.
    #[must_use]
    pub const fn hard(self) -> (Of, u64) {
        match self {
            Self::Edit | Self::Send | Self::Deliver | Self::Reorder | Self::RightsChange => (Of::Nothing, 0),
            Self::AbsentFile => (Of::Nothing, 0),
            Self::Evidence => (Of::Values, 10),
            Self::DropRequest | Self::DropAnswer => (Of::Requests, 15),
            Self::Duplicate => (Of::Requests, 10),
            Self::Portal | Self::SessionExpiry | Self::Barred | Self::LongDelay => (Of::Requests, 4),
            Self::ServerCrash | Self::AmbiguousCommit => (Of::Requests, 3),
            Self::Conflict => (Of::Requests, 10),
            Self::StoreFailure => (Of::Transactions, 2),
            Self::DeviceCrash => (Of::Faults, 18),
            Self::Partition => (Of::Faults, 22),
            Self::Tabs => (Of::Faults, 9),
            Self::ClockJump | Self::BackUp | Self::File => (Of::Faults, 8),
            Self::SignOut | Self::Restore | Self::Leaders => (Of::Faults, 6),
            Self::Forgery | Self::OtherSoftware | Self::Quota => (Of::Faults, 5),
            Self::Wipe | Self::Upgrade => (Of::Faults, 4),
        }
    }
}
