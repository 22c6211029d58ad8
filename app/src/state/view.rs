//! What pages read from the app: plain values, no browser and no signals.

use takar_domain::config::{Post, Tenure};
use takar_domain::issue::Issue;
use takar_domain::record::{DeviceId, OpId, RecordId, Source};
use takar_domain::text;
use takar_sync::operation::Part;
use takar_sync::verdict::Verdict;

use super::draft::DraftKey;

/// A sentence or two for the reader.
pub type Words = String;

/// What the app as a whole can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Opening the device's own store; a few milliseconds.
    Starting,
    /// The app cannot keep what is typed, so it does not let anybody type.
    Blocked(Blocked),
    /// The office does not exist yet.
    FirstRun,
    /// Nobody works on this device.
    SignIn,
    /// Somebody works; online or not is the sync status's matter.
    Ready,
}

/// Why the app refuses to start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blocked {
    /// The browser forbids storage, or the disk refuses it.
    Storage,
    /// A newer version of the app in another tab needs this one to reload.
    Outdated,
    /// An older version of the app in another tab has the store; it goes on by
    /// itself once that tab is closed.
    OtherTab,
}

/// Something the reader must know about this device, whatever page is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// No secure context: what the browser therefore withholds.
    NotSecure,
    /// The browser wiped this device's data; so many entries had not arrived.
    Wiped { unsent: u64 },
    /// The last save or the last keystrokes could not be stored: the device is
    /// `full`, or refuses.
    StoreFailed { full: bool },
    /// The browser of an iPhone, which deletes what is not visited for a week.
    Install,
    /// Unsent for more than three days.
    UnsentForDays { days: u64 },
}

/// Who works.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Me {
    pub person: RecordId,
    pub name: String,
    /// Posts held today, with their status and the unit.
    pub posts: Vec<(Post, Tenure, Option<RecordId>)>,
    pub device: DeviceId,
}

/// A person who is signed in on this device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountInfo {
    pub person: RecordId,
    pub name: String,
    /// The one who works now.
    pub current: bool,
    /// Operations without a verdict.
    pub waiting: usize,
    /// Unsaved drafts.
    pub drafts: usize,
    /// The office asks for the password again before it takes or gives anything.
    pub sign_in_needed: bool,
}

/// `data-state` of the status pill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SyncState {
    /// Everything of this device is at the office, and nothing newer is there.
    Green,
    /// Unsaved drafts, or work that will be sent shortly.
    Waiting,
    Sending,
    Offline,
    /// Something was refused or held: a person must act.
    Attention,
    SignIn,
    /// The browser wiped this device's data.
    Wiped,
}

impl SyncState {
    /// As the attribute says it.
    #[must_use]
    pub const fn attribute(self) -> &'static str {
        match self {
            Self::Green => "green",
            Self::Waiting => "waiting",
            Self::Sending => "sending",
            Self::Offline => "offline",
            Self::Attention => "attention",
            Self::SignIn => "signin",
            Self::Wiped => "wiped",
        }
    }
}

/// The status pill's content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyncView {
    pub state: SyncState,
    /// *Tanpa sambungan · 3 belum terkirim*.
    pub text: String,
    /// Operations of all people on this device without a verdict.
    pub waiting: usize,
    /// Operations whose verdict a person must act on.
    pub attention: usize,
    /// Unsaved drafts of all people on this device.
    pub drafts: usize,
}

/// Where an own operation stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OpState {
    Waiting,
    Sending,
    /// The office's stored verdict.
    Answered(Verdict),
}

/// One operation of *Belum terkirim*.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxLine {
    pub op: OpId,
    pub number: u64,
    pub author: RecordId,
    pub acted_for: Option<RecordId>,
    pub made_ms: i64,
    pub source: Source,
    pub reason: Option<String>,
    pub parts: Vec<Part>,
    pub state: OpState,
    /// The office's code, if it refuses to look at it.
    pub refusal: Option<String>,
}

/// What a page asks to be saved as one operation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Save {
    /// A change with an empty `seen` gets what its draft or this device saw.
    pub parts: Vec<Part>,
    pub source: Source,
    pub acted_for: Option<RecordId>,
    pub reason: Option<String>,
    /// The held or late operation that this one adopts or discards.
    pub names: Option<OpId>,
    /// Drafts that the value replaces: removed in the same transaction.
    pub drop_drafts: Vec<DraftKey>,
}

/// Why nothing was saved; what was typed is still there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveError {
    NobodyWorks,
    /// The device could not store it: it is `full`, or the browser refuses.
    Store {
        full: bool,
    },
    /// Hard issues of the rules.
    Issues(Vec<Issue>),
}

impl SaveError {
    /// What happened, what is safe, what to do.
    #[must_use]
    pub fn words(&self) -> Words {
        match self {
            Self::NobodyWorks => text::device::NOT_SAVED_NOBODY.into(),
            Self::Store { full: true } => text::device::NOT_SAVED_FULL.into(),
            Self::Store { .. } => text::device::NOT_SAVED_STORE.into(),
            Self::Issues(issues) => {
                let lines: Vec<_> = issues.iter().map(text::issue::issue).collect();
                lines.join(" ")
            }
        }
    }
}
