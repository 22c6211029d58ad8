//! How bad a run is.

use super::happening::{Happening, Of};
use super::random::Random;

/// The shape of a run.
#[derive(Clone, Debug)]
pub struct Plan {
    pub devices: usize,
    /// Most tabs on one device.
    pub tabs: usize,
    /// Servers on one store.
    pub instances: usize,
    /// How long people work and things go wrong, in ms.
    pub chaos: u64,
    /// Mean ms between two acts on one device.
    pub pace: u64,
    /// Mean ms between two faults.
    pub fault_pace: u64,
    /// The office offers a snapshot to devices that have nothing.
    pub snapshots: bool,
    /// The office is sometimes too busy to answer a push with a page.
    pub busy: bool,
    /// A crash may keep the first of several commits of one push.
    pub torn_pushes: bool,
    /// Most entries in one page of the simulated office.
    pub page: usize,
    /// Whether [`Traffic`](super::Traffic) is counted, which takes time.
    pub counts_bytes: bool,
    /// Whether what databases are asked is written down.
    pub traces: bool,
    /// By happening, in its own unit: see [`Happening::hard`].
    pub weights: [u64; Happening::ALL.len()],
}

impl Plan {
    /// Everything goes wrong, in short: the run of `cargo test`.
    #[must_use]
    pub const fn hard() -> Self {
        let mut weights = [0; Happening::ALL.len()];
        let mut n = 0;
        while n < weights.len() {
            weights[n] = Happening::ALL[n].hard().1;
            n += 1;
        }
        Self {
            devices: 3,
            tabs: 2,
            instances: 2,
            chaos: 15_000,
            pace: 2_000,
            fault_pace: 2_000,
            snapshots: true,
            busy: true,
            torn_pushes: true,
            page: 6,
            counts_bytes: false,
            traces: false,
            weights,
        }
    }

    /// The offices of `make test` and `make soak`: few and many devices, tabs
    /// and servers.
    #[must_use]
    pub fn all() -> [Self; 6] {
        [(2, 1, 1), (2, 2, 2), (2, 3, 2), (3, 2, 1), (2, 1, 2), (4, 1, 2)].map(
            |(devices, tabs, instances)| Self {
                devices,
                tabs,
                instances,
                snapshots: tabs == 1,
                ..Self::hard()
            },
        )
    }

    /// As hard as a real server bears without its store being swapped: the
    /// same calls give the same states there, operation for operation.
    #[must_use]
    pub const fn replayable() -> Self {
        let plan =
            Self { snapshots: false, busy: false, torn_pushes: false, page: usize::MAX, ..Self::hard() };
        plan.with(Happening::BackUp, 0).with(Happening::Restore, 0)
    }

    /// Nothing goes wrong: devices that are good to each other.
    #[must_use]
    pub const fn calm() -> Self {
        Self { weights: [0; Happening::ALL.len()], ..Self::hard() }
    }

    /// Another weight for something.
    #[must_use]
    pub const fn with(mut self, what: Happening, weight: u64) -> Self {
        self.weights[what as usize] = weight;
        self
    }

    /// Its weight, in the unit of [`Happening::hard`].
    #[must_use]
    pub const fn weight(&self, what: Happening) -> u64 {
        self.weights[what as usize]
    }

    /// What goes wrong next by itself, if anything ever does.
    pub fn draw(&self, random: &mut Random) -> Option<Happening> {
        let faults = || Happening::ALL.into_iter().filter(|h| h.hard().0 == Of::Faults);
        let mut left = random.below(faults().map(|h| self.weight(h)).sum());
        faults().find(|fault| {
            let weight = self.weight(*fault);
            let found = left < weight;
            left = left.saturating_sub(weight);
            found
        })
    }
}
