//! A new version of the SOP. A version never changes, so that the cycles that run
//! by it stay as they were opened.

use takar_domain::config::Config;
use takar_domain::issue::Issue;
use takar_domain::record::{RecordId, Subject};
use takar_domain::sop::{Sop, version_id};

use super::{Settled, main_part};
use crate::acts::Get;

/// Saves an SOP as a version of its own.
///
/// # Errors
/// The office has this very version already.
pub fn save_sop(config: &Config, get: Get<'_>, office: RecordId, sop: &Sop) -> Settled {
    let id = version_id(office, sop);
    if config.sops.contains_key(&id) {
        return Err(vec![Issue::hard("sop.known", "")]);
    }
    Ok(vec![main_part(get, Subject::Sop { id }, sop)])
}
