//! What the engine stores, and how: transactions as data for one thin executor.

/// The object stores of the device's database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Table {
    /// Revision, cursor, accounts, last numbers.
    Meta,
    /// Waiting and not applied operations, by operation id.
    Outbox,
    /// The office's log, by sequence in 16 hex digits.
    Log,
    /// Confirmed records, by record id.
    Records,
    /// Files that the office has not confirmed, by SHA-256.
    Uploads,
    /// What is typed and not saved. The engine only ever deletes here.
    Drafts,
    /// Bytes of picked files, by SHA-256. Put when a file is picked; the engine
    /// only ever deletes here, and never reads them.
    Files,
}

impl Table {
    pub const ALL: [Self; 7] =
        [Self::Meta, Self::Outbox, Self::Log, Self::Records, Self::Uploads, Self::Drafts, Self::Files];

    /// The object store's name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Meta => "meta",
            Self::Outbox => "outbox",
            Self::Log => "log",
            Self::Records => "records",
            Self::Uploads => "uploads",
            Self::Drafts => "drafts",
            Self::Files => "files",
        }
    }
}

/// A key in any table. Log keys sort as their sequences do.
pub type Key = String;

/// A stored value that the transaction relies on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expect {
    pub table: Table,
    pub key: Key,
    /// `None`: nothing is stored there.
    pub value: Option<Vec<u8>>,
}

/// All or nothing, durable when done: read every expectation, and if all hold
/// delete, then put; else write nothing and tell Stale.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Transaction {
    pub id: u64,
    pub expect: Vec<Expect>,
    pub puts: Vec<(Table, Key, Vec<u8>)>,
    pub deletes: Vec<(Table, Key)>,
}

/// Everything in the database but the bytes of files, read in one transaction.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stored {
    pub meta: Vec<(Key, Vec<u8>)>,
    pub outbox: Vec<(Key, Vec<u8>)>,
    pub log: Vec<(Key, Vec<u8>)>,
    pub records: Vec<(Key, Vec<u8>)>,
    pub uploads: Vec<(Key, Vec<u8>)>,
    /// How many rows the table of drafts has.
    pub drafts: usize,
}
