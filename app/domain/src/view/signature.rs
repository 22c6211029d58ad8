//! The block of who signs, as the Form Pengukuran Kinerja prints it.

use crate::config::Config;
use crate::date::{Date, date_of};
use crate::period::Period;
use crate::procedure::document::{canonical, digest, document};
use crate::procedure::progress;
use crate::procedure::sign::{Manner, Signer, signers, standing};
use crate::record::{Record, RecordId};
use crate::text::sign as words;

/// The block as texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Place and date, once it is signed.
    pub dated: Option<String>,
    /// `None` if nobody may sign.
    pub signer: Option<Signer>,
    /// What the paper proves, and what it does not.
    pub below: String,
}

/// The block of the whole office's form of a period. A sheet whose figures are not those
/// that were signed does not carry the signature.
#[must_use]
#[inline(never)]
pub fn signature_block(
    config: &Config,
    get: &dyn Fn(RecordId) -> Option<Record>,
    period: Period,
    today: Date,
) -> Block {
    let mut rounds = config.cycles.iter();
    let round = rounds.find(|(_, of)| of.period == period && of.stepwise && of.abandoned.is_none());
    let all = round.map(|(id, _)| progress(config, get, *id)).unwrap_or_default();
    let unsigned = |below| {
        let signer = signers(config, &today.to_string()).into_iter().next();
        Block { dated: None, signer, below }
    };
    let Some(((cycle, _), (of, signature))) = round.zip(standing(&all)) else {
        return unsigned(words::NOT_SIGNED.into());
    };
    let code = words::short(&signature.document.sha256);
    let now = document(config, get, *cycle).map(|all| digest(&canonical(&all)));
    if now.as_ref() != Some(&signature.document.sha256) {
        return unsigned(words::not_this(code));
    }
    let on = of.event_date.as_deref().and_then(|day| day.parse().ok());
    let on = on.unwrap_or_else(|| date_of(signature.at, config.zone()));
    let below = match signature.manner {
        Manner::Seal => words::sealed(code),
        manner => words::attached(manner, code),
    };
    Block {
        dated: config.office.as_ref().map(|(_, office)| office.dated(on)),
        signer: Some(signature.into()),
        below,
    }
}
