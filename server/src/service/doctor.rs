//! What `takar doctor` finds. The findings are a pure function of facts.

use serde::{Deserialize, Serialize};
use takar_domain::config::Zone;
use takar_domain::date::date_clock;
use takar_sync::operation::SCHEMA;

use super::backup::manifest::FORMAT;
use super::evidence::Evidence;
use crate::store::access::RESERVE;
use crate::store::backup::BackupState;
use crate::store::{Store, StoreError, migration};

const MIB: u64 = 1 << 20;
/// Free space below which the office is in danger, and below which it is told.
const LITTLE: u64 = RESERVE;
const SCARCE: u64 = 2048 * MIB;
const DAY: i64 = 24 * 3_600_000;
/// A clock that is behind the newest entry by less is a matter of seconds.
const TOLERANCE: i64 = 5_000;
/// 1 January 2026: this software is younger than any clock before it.
const TOO_OLD: i64 = 1_767_225_600_000;
/// A certificate is told of so long before it ends.
const RENEW: i64 = 14 * DAY;
/// A backup older than this is told of.
const STALE: i64 = 3 * DAY;

/// The state of an office's database.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Health {
    /// Version of the software that has the database open.
    pub software: String,
    /// Steps of the database's tables: seen, and known to that software.
    pub schema: usize,
    pub known_schema: usize,
    /// Whether an office was founded; its newest sequence and receipt time.
    pub office: bool,
    pub seq: u64,
    pub at: i64,
    /// A restore that did not end.
    pub half_restored: bool,
    /// Restored at this time, and not confirmed by a person.
    pub restored: Option<i64>,
    pub backup: BackupState,
    #[serde(default)]
    pub evidence: Evidence,
    /// What could not be read.
    pub trouble: Option<String>,
}

impl Health {
    /// Reads it; what fails is part of it.
    pub async fn read(store: &Store) -> Self {
        let mut health = Self {
            software: env!("CARGO_PKG_VERSION").into(),
            known_schema: migration::NEWEST,
            ..Self::default()
        };
        if let Err(error) = health.fill(store).await {
            health.trouble = Some(error.to_string());
        }
        health
    }

    async fn fill(&mut self, store: &Store) -> Result<(), StoreError> {
        self.schema = store.version().await?;
        self.half_restored = store.is_half_restored().await?;
        let Some(office) = store.office().await? else { return Ok(()) };
        let tip = store.tip(office).await?;
        (self.office, self.seq, self.at) = (true, tip.cursor.seq, tip.at);
        let restored = store.restoration(office).await?;
        self.restored = restored.filter(|mark| mark.confirmed.is_none()).map(|mark| mark.at);
        self.backup = store.backup_state(office).await?;
        self.evidence = Evidence::count(store, office).await?;
        Ok(())
    }
}

/// The database as it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// There is none yet.
    Nothing,
    /// It does not open: why, and the remedy.
    Closed(String),
    Open(Health),
}

/// What is looked at.
#[derive(Clone, Debug)]
pub struct Facts {
    /// This computer's clock, ms since 1970 UTC.
    pub now: i64,
    /// Free bytes in the data folder; none if the data is elsewhere.
    pub free: Option<Result<u64, String>>,
    pub database: Found,
    /// When the certificate ends, ms since 1970 UTC; none without TLS.
    pub certificate: Option<Result<i64, String>>,
}

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    Fine,
    Warning,
    Error,
}

/// One line of the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub level: Level,
    pub words: String,
}

fn fine(words: impl Into<String>) -> Finding {
    Finding { level: Level::Fine, words: words.into() }
}

fn warning(words: impl Into<String>) -> Finding {
    Finding { level: Level::Warning, words: words.into() }
}

fn error(words: impl Into<String>) -> Finding {
    Finding { level: Level::Error, words: words.into() }
}

/// Everything that is fine or not, each with its remedy.
#[must_use]
pub fn examine(facts: &Facts) -> Vec<Finding> {
    let mut findings = vec![fine(format!(
        "Versi: takar {}, operasi {SCHEMA}, tabel {}, cadangan {FORMAT}.",
        env!("CARGO_PKG_VERSION"),
        migration::NEWEST
    ))];
    findings.extend(facts.free.as_ref().map(space));
    match &facts.database {
        Found::Nothing => {
            findings.push(clock(facts.now, 0));
            findings
                .push(warning("Basis data: belum ada. `takar serve` membuatnya, atau pulihkan cadangan."));
        }
        Found::Closed(why) => {
            findings.push(clock(facts.now, 0));
            findings.push(error(format!("Basis data: {why}")));
        }
        Found::Open(health) => {
            findings.push(clock(facts.now, health.at));
            findings.extend(database(health));
            if health.office {
                findings.push(evidence(&health.evidence));
                findings.push(backup(&health.backup, facts.now));
            }
        }
    }
    findings.extend(facts.certificate.as_ref().map(|end| certificate(end, facts.now)));
    findings
}

fn space(free: &Result<u64, String>) -> Finding {
    match free {
        Err(why) => error(format!("Ruang: folder data tidak dapat diperiksa ({why}). Periksa --data.")),
        Ok(free) if *free < LITTLE => error(format!(
            "Ruang: tinggal {} MB di folder data; kantor tidak menerima data baru (lihat --reserve). \
             Kosongkan ruang sekarang, atau pindahkan folder data.",
            free / MIB
        )),
        Ok(free) if *free < SCARCE => {
            warning(format!("Ruang: tinggal {} MB di folder data. Kosongkan ruang.", free / MIB))
        }
        Ok(free) => fine(format!("Ruang: {} MB bebas di folder data.", free / MIB)),
    }
}

fn clock(now: i64, newest: i64) -> Finding {
    let shown = date_clock(now, Zone::Wib);
    if now < TOO_OLD {
        return error(format!("Jam: {shown}, terlalu lama. Betulkan jam komputer ini."));
    }
    if now < newest.saturating_sub(TOLERANCE) {
        return error(format!(
            "Jam: {shown}, mundur dari data terbaru ({}). Betulkan jam komputer ini sebelum memberi nomor atau tanda tangan.",
            date_clock(newest, Zone::Wib)
        ));
    }
    fine(format!("Jam: {shown}."))
}

fn database(health: &Health) -> Vec<Finding> {
    let mut findings = Vec::new();
    if let Some(why) = &health.trouble {
        findings.push(error(format!("Basis data: tidak dapat dibaca ({why}). Jalankan `takar verify log`.")));
    }
    if health.schema > health.known_schema {
        findings.push(error(format!(
            "Basis data: tabel versi {} dari Takar yang lebih baru. Pasang Takar yang terbaru.",
            health.schema
        )));
    } else {
        let state =
            if health.office { format!("urutan terbaru {}", health.seq) } else { "belum ada kantor".into() };
        findings.push(fine(format!("Basis data: terbuka, tabel versi {}, {state}.", health.schema)));
    }
    if health.software != env!("CARGO_PKG_VERSION") {
        findings.push(warning(format!(
            "Versi: server yang berjalan adalah takar {}. Jalankan ulang `takar serve`.",
            health.software
        )));
    }
    if health.half_restored {
        findings.push(error(
            "Pemulihan: terputus di tengah. Kosongkan folder data ini, lalu ulangi `takar restore`.",
        ));
    }
    if let Some(at) = health.restored {
        findings.push(warning(format!(
            "Pemulihan: kantor ini dipulihkan {} dan belum dikonfirmasi. Penomoran dan tanda tangan menunggu; \
             periksa nomor dan surat yang terbit sesudah cadangan dibuat, lalu jalankan `takar admin confirm-restore`.",
            date_clock(at, Zone::Wib)
        )));
    }
    findings
}

fn backup(state: &BackupState, now: i64) -> Finding {
    if let (Some(since), Some(why)) = (state.failing, &state.why) {
        return error(format!("Cadangan: gagal sejak {}: {why}", date_clock(since, Zone::Wib)));
    }
    match state.done {
        None => warning(
            "Cadangan: belum pernah dibuat. Pakai `takar backup FOLDER`, atau `takar serve --backup-dir FOLDER`.",
        ),
        Some(at) if now.saturating_sub(at) > STALE => warning(format!(
            "Cadangan: terakhir {}. Buat lagi dengan `takar backup FOLDER`, atau pakai `takar serve --backup-dir FOLDER`.",
            date_clock(at, Zone::Wib)
        )),
        Some(at) => fine(format!("Cadangan: terakhir {}.", date_clock(at, Zone::Wib))),
    }
}

fn evidence(evidence: &Evidence) -> Finding {
    let Evidence { files, bytes, awaited } = evidence;
    fine(format!(
        "Berkas bukti: {files} berkas, {} MB; {awaited} disebut dan belum sampai.",
        bytes.div_ceil(MIB)
    ))
}

fn certificate(end: &Result<i64, String>, now: i64) -> Finding {
    match end {
        Err(why) => error(format!(
            "Sertifikat: --tls-cert tidak dapat dibaca ({why}). Pakai berkas PEM yang berisi sertifikat."
        )),
        Ok(end) if *end <= now => error(format!(
            "Sertifikat: berakhir {}. Perbarui sertifikat, lalu jalankan ulang `takar serve`.",
            date_clock(*end, Zone::Wib)
        )),
        Ok(end) if end.saturating_sub(now) < RENEW => {
            warning(format!("Sertifikat: berakhir {}. Perbarui segera.", date_clock(*end, Zone::Wib)))
        }
        Ok(end) => fine(format!("Sertifikat: berlaku sampai {}.", date_clock(*end, Zone::Wib))),
    }
}

#[cfg(test)]
mod tests;
