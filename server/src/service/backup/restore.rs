//! From a backup into a database that has no office.

use takar_sync::wire::Cursor;

use super::checked::{Checked, rows};
use super::manifest::{ACCOUNTS, DEVICES, LOG, REFUSED};
use super::sheet::Rows;
use super::{BackupError, evidence};
use crate::blob::Files;
use crate::service::audit::audit_store;
use crate::store::Store;
use crate::store::export::LogLine;
use crate::store::import::Restoration;
use crate::store::log::Tip;

/// Entries written at once.
const PAGE: usize = 500;

/// Writes a backup that was checked. Until it is whole and was read again, the
/// database says that it is not, and no server serves it. Afterwards the office
/// is marked as restored.
///
/// # Errors
/// The database is not empty, cannot be written, or does not give back what was
/// written.
pub async fn restore(checked: &Checked, store: &Store, files: &Files, now: i64) -> Result<(), BackupError> {
    if !store.is_untouched().await? {
        return Err(BackupError::NotEmpty);
    }
    let (folder, office) = (&checked.folder, checked.manifest.office);
    store.begin_restore().await?;
    store.put_secret(office, checked.secret.clone()).await?;
    let mut lines = Rows::<LogLine>::open(folder, LOG)?;
    loop {
        let page: Vec<LogLine> = lines.by_ref().take(PAGE).collect::<Result<_, _>>()?;
        if page.is_empty() {
            break;
        }
        store.put_log(office, &page).await?;
    }
    store.put_records(office, checked.audit.replay.records()).await?;
    store.put_numbers(office, &checked.audit.numbers).await?;
    let (accounts, devices) = (rows(folder, ACCOUNTS)?, rows(folder, DEVICES)?);
    let refused = rows(folder, REFUSED)?;
    evidence::put_back(checked, store, files, &refused).await?;
    store.put_beside(office, accounts, devices, refused).await?;
    let Cursor { seq, hash, .. } = checked.audit.replay.tip().clone();
    let tip = Tip { cursor: Cursor { office, seq, hash }, at: checked.audit.replay.at() };
    let seq = i64::try_from(seq).unwrap_or(i64::MAX);
    let mark = Restoration { at: now, made: checked.manifest.time, seq, confirmed: None };
    store.settle_restore(&tip, mark).await?;
    let whole = audit_store(store, office).await?;
    if let Some(broken) = whole.audit.disagreement
        && checked.differs != Some(broken)
    {
        return Err(BackupError::Broken(broken));
    }
    store.end_restore().await?;
    Ok(())
}
