//! How bad a run is: percentages and counts.

/// The shape of a run. Percentages are of requests, transactions or faults.
#[derive(Clone, Debug)]
pub struct Plan {
    pub devices: usize,
    /// Most tabs on one device.
    pub tabs: usize,
    /// How long people work and things go wrong, in ms.
    pub chaos: u64,
    /// Mean ms between two acts on one device.
    pub pace: u64,
    pub drop_request: u64,
    pub drop_answer: u64,
    pub duplicate: u64,
    pub foreign_answer: u64,
    pub unauthorised: u64,
    /// Answers to somebody whose posts ended.
    pub barred: u64,
    pub store_fails: u64,
    /// Mean ms between two faults: crash, cut, restart, clock jump, restore.
    pub fault_pace: u64,
    pub restores: bool,
    /// The office offers a snapshot to devices that have nothing.
    pub snapshots: bool,
    /// Most entries in one page of the simulated office.
    pub page: usize,
}

impl Plan {
    /// Everything goes wrong, in short: the run of `cargo test`.
    #[must_use]
    pub const fn hard() -> Self {
        Self {
            devices: 3,
            tabs: 2,
            chaos: 25_000,
            pace: 3_500,
            drop_request: 15,
            drop_answer: 15,
            duplicate: 10,
            foreign_answer: 4,
            unauthorised: 4,
            barred: 4,
            store_fails: 2,
            fault_pace: 4_000,
            restores: true,
            snapshots: true,
            page: 6,
        }
    }

    /// As hard as a real server bears without its store being swapped: the
    /// same calls give the same states there, operation for operation.
    #[must_use]
    pub const fn replayable() -> Self {
        Self { restores: false, snapshots: false, page: usize::MAX, ..Self::hard() }
    }
}
