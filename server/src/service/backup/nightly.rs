//! The backup by the clock, made by the running server.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use takar_domain::config::Zone;
use takar_domain::record::RecordId;
use tokio::sync::watch;
use uuid::Uuid;

use super::manifest::{Kind, Manifest, inside};
use super::schedule::{Past, Rule, is_due, kept};
use super::{BackupError, Made, PARTIAL, make};
use crate::service::clock::now_ms;
use crate::service::front::Front;

/// How often the clock is looked at.
const LOOK: Duration = Duration::from_secs(60);
const DAY: i64 = 24 * 3_600_000;
/// How the folder of a backup begins while it is removed.
const REMOVING: &str = ".takar-removing-";

/// Where to, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NightlySettings {
    pub into: PathBuf,
    /// Full hour of the office's clock, 0 to 23.
    pub hour: u8,
    pub rule: Rule,
}

/// What one look at the clock led to.
#[derive(Debug)]
pub enum Look {
    /// No office yet, or nothing is due.
    Nothing,
    Done(Made),
    Failed(String),
}

/// The backup by the clock.
#[derive(Debug)]
pub struct Nightly {
    front: Arc<Front>,
    settings: NightlySettings,
    /// Of the last attempt, if it failed: told once, not every half hour.
    failed: Option<(i64, String)>,
}

impl Nightly {
    #[must_use]
    pub const fn new(front: Arc<Front>, settings: NightlySettings) -> Self {
        Self { front, settings, failed: None }
    }

    /// Looks at the clock until the server stops.
    pub async fn run(mut self, mut stopping: watch::Receiver<bool>) {
        let mut clock = tokio::time::interval(LOOK);
        clock.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            let stopped = tokio::select! {
                _ = stopping.wait_for(|stop| *stop) => true,
                _ = clock.tick() => false,
            };
            if stopped {
                return;
            }
            self.look(now_ms()).await;
        }
    }

    /// Makes a backup if one is due at `now`, and removes what the rule does
    /// not keep. A failure is logged once, and stored for `takar doctor`.
    pub async fn look(&mut self, now: i64) -> Look {
        let (office, zone) = match self.front.find_office().await {
            Ok(Some(office)) => {
                let config = office.snapshot().config;
                let zone = config.office.as_ref().map(|(_, office)| office.zone).unwrap_or_default();
                (office.id, zone)
            }
            Ok(None) => return Look::Nothing,
            Err(error) => return self.fail(None, now, error.to_string()).await,
        };
        let state = match self.front.store.backup_state(office).await {
            Ok(state) => state,
            Err(error) => return self.fail(Some(office), now, error.to_string()).await,
        };
        let past = Past { done: state.nightly, failed: self.failed.as_ref().map(|(at, _)| *at) };
        if !is_due(now, zone, self.settings.hour, past) {
            return Look::Nothing;
        }
        // The folder knows too: a backup that could not be noted is not made
        // again and again.
        let past = Past { done: newest(&self.settings.into, office), ..past };
        if !is_due(now, zone, self.settings.hour, past) {
            return Look::Nothing;
        }
        let made = make(&self.front.store, &self.front.files, &self.settings.into, Kind::Nightly, now).await;
        match made.and_then(|made| clear(&self.settings, office, zone, now).map(|()| made)) {
            Ok(made) => {
                let folder = made.folder.display();
                match self.failed.take() {
                    Some(_) => tracing::info!(%folder, "the nightly backup works again"),
                    None => tracing::info!(%folder, seq = made.manifest.seq, "nightly backup made"),
                }
                Look::Done(made)
            }
            Err(error) => self.fail(Some(office), now, error.to_string()).await,
        }
    }

    async fn fail(&mut self, office: Option<RecordId>, now: i64, why: String) -> Look {
        if self.failed.as_ref().is_none_or(|(_, before)| *before != why) {
            tracing::error!(cause = why, "the nightly backup failed");
        }
        if let Some(office) = office
            && let Err(error) = self.front.store.note_backup_failure(office, now, &why).await
        {
            tracing::warn!(%error, "the failed backup was not noted");
        }
        self.failed = Some((now, why.clone()));
        Look::Failed(why)
    }
}

/// Nightly backups of this office.
fn nights(into: &Path, office: RecordId) -> Vec<(PathBuf, Manifest)> {
    let mut ours = inside(into);
    ours.retain(|(_, manifest)| manifest.kind == Kind::Nightly && manifest.office == office);
    ours
}

fn newest(into: &Path, office: RecordId) -> Option<i64> {
    nights(into, office).into_iter().map(|(_, manifest)| manifest.time).max()
}

/// Removes nightly backups of this office that the rule does not keep, and what
/// an interrupted backup left behind. Others, and what is none, are never touched.
fn clear(settings: &NightlySettings, office: RecordId, zone: Zone, now: i64) -> Result<(), BackupError> {
    let ours = nights(&settings.into, office);
    let times: Vec<i64> = ours.iter().map(|(_, manifest)| manifest.time).collect();
    let stay = kept(&times, zone, settings.rule);
    for (folder, manifest) in ours {
        if !stay.contains(&manifest.time) {
            remove(&settings.into, &folder)?;
        }
    }
    let entries = std::fs::read_dir(&settings.into).into_iter().flatten();
    for folder in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        if folder.file_name().is_some_and(|name| is_left_over(&name.to_string_lossy(), now)) {
            std::fs::remove_dir_all(&folder).map_err(|e| BackupError::Write(folder.clone(), e))?;
        }
    }
    Ok(())
}

/// Whether a name is that of a backup which was being removed, or which began
/// more than a day ago and was never finished.
fn is_left_over(name: &str, now: i64) -> bool {
    if name.starts_with(REMOVING) {
        return true;
    }
    let begun = name.strip_prefix(PARTIAL).and_then(|id| Uuid::parse_str(id).ok()?.get_timestamp());
    let begun = begun.and_then(|at| i64::try_from(at.to_unix().0).ok()?.checked_mul(1000));
    begun.is_some_and(|begun| begun < now.saturating_sub(DAY))
}

/// First it gets a name that nobody takes for a backup: half of one is none.
fn remove(into: &Path, folder: &Path) -> Result<(), BackupError> {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let going = into.join(format!("{REMOVING}{name}"));
    let gone = std::fs::rename(folder, &going).and_then(|()| std::fs::remove_dir_all(&going));
    gone.map_err(|e| BackupError::Write(folder.to_owned(), e))
}
