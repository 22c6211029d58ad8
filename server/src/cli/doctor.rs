//! `takar doctor`.

use super::backup::errand;
use super::database::DataOptions;
use super::options::DoctorOptions;
use super::print;
use crate::service::certificate::earliest_end;
use crate::service::clock::now_ms;
use crate::service::doctor::{Facts, Found, Level, examine};
use crate::service::errand::{Ask, Told};

/// Prints what is fine and what is not; an error if anything is one.
pub(super) async fn doctor(options: &DoctorOptions) -> Result<(), String> {
    let data = &options.data;
    let facts = Facts {
        now: now_ms(),
        free: free(data)?,
        database: database(data).await?,
        certificate: options.tls_cert.as_deref().map(earliest_end),
    };
    let findings = examine(&facts);
    for finding in &findings {
        let mark = match finding.level {
            Level::Fine => "baik     ",
            Level::Warning => "perhatian",
            Level::Error => "SALAH    ",
        };
        print(&format!("{mark}  {}", finding.words));
    }
    match findings.iter().filter(|finding| finding.level == Level::Error).count() {
        0 => Ok(()),
        errors => Err(format!("{errors} hal perlu dibetulkan, lihat baris SALAH di atas.")),
    }
}

/// Free bytes where the data is, or will be.
fn free(data: &DataOptions) -> Result<Option<Result<u64, String>>, String> {
    let Some(folder) = data.folder()? else { return Ok(None) };
    let exists = folder.ancestors().find(|folder| folder.exists()).unwrap_or(&folder);
    Ok(Some(fs2::available_space(exists).map_err(|e| e.to_string())))
}

async fn database(data: &DataOptions) -> Result<Found, String> {
    if let Some(folder) = data.folder()?
        && !folder.join("takar.db").exists()
    {
        return Ok(Found::Nothing);
    }
    Ok(match errand(data, Ask::Health).await {
        Ok(Told::Health(health)) => Found::Open(health),
        Ok(_) => Found::Closed("server menjawab hal lain. Jalankan ulang `takar serve`.".into()),
        Err(why) => Found::Closed(why),
    })
}
