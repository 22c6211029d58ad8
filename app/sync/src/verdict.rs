//! What the office says to an operation: stored with it, never changed.

use serde::{Deserialize, Serialize};
use takar_derive::Readable;
use takar_domain::blank;
use takar_domain::figure::Judged;
use takar_domain::issue::Issue;
use takar_domain::record::RecordId;

/// The stored answer to an operation, one outcome per part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Readable)]
pub struct Verdict {
    pub parts: Vec<Outcome>,
    /// SHA-256 of files that the operation names and the office lacked when it
    /// judged: news for people, not what an upload rests on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<String>,
}

impl Verdict {
    /// Whether every part was applied; not so if it cannot be read.
    #[must_use]
    pub fn is_applied(&self) -> bool {
        !self.parts.is_empty() && self.parts.iter().all(|part| *part == Outcome::Applied)
    }
}

/// What became of one part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case", try_from = "Flat")]
pub enum Outcome {
    Applied,
    /// A transition judged heads that have changed: what stands now.
    Conflict {
        now: Vec<Judged>,
    },
    /// The parent is locked: data susulan.
    Late {
        parent: RecordId,
    },
    /// Waits for a person's decision; nothing was changed.
    Held {
        why: Why,
    },
    /// Cannot be taken as it is; nothing was changed.
    Rejected {
        issues: Vec<Issue>,
    },
}

/// An [`Outcome`] as it is read, flat like a `Subject` and for the same reason.
#[derive(Readable)]
struct Flat {
    outcome: Kind,
    now: Option<Vec<Judged>>,
    parent: Option<RecordId>,
    why: Option<Why>,
    issues: Option<Vec<Issue>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Applied,
    Conflict,
    Late,
    Held,
    Rejected,
}

blank! { Kind = Self::Held; }

impl TryFrom<Flat> for Outcome {
    type Error = &'static str;

    fn try_from(flat: Flat) -> Result<Self, Self::Error> {
        let found = match flat.outcome {
            Kind::Applied => Some(Self::Applied),
            Kind::Conflict => flat.now.map(|now| Self::Conflict { now }),
            Kind::Late => flat.parent.map(|parent| Self::Late { parent }),
            Kind::Held => flat.why.map(|why| Self::Held { why }),
            Kind::Rejected => flat.issues.map(|issues| Self::Rejected { issues }),
        };
        found.ok_or("an outcome lacks its field")
    }
}

/// Why an operation is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// No valid MAC for the author and device it names.
    Unauthenticated,
    /// The author has no right to it now, but had it when it was made (as
    /// far as the office's own dated posts tell).
    RightsChanged,
    /// The indicator or unit is no longer measured.
    Removed,
}
