//! `takar backup`, `takar restore`, `takar verify`.

use std::path::Path;

use super::database::DataOptions;
use super::print;
use crate::service::backup::BackupError;
use crate::service::backup::checked::Checked;
use crate::service::backup::restore as service;
use crate::service::clock::now_ms;
use crate::service::control;
use crate::service::errand::{Ask, Told, about, perform};
use crate::service::secret::hex;

/// Makes a backup, through the running server if there is one.
pub(super) async fn backup(folder: &Path, data: &DataOptions) -> Result<(), String> {
    let into = data.outside("FOLDER", folder)?;
    tell(errand(data, Ask::Backup { into }).await?)
}

/// Checks the log, through the running server if there is one.
pub(super) async fn verify_log(data: &DataOptions) -> Result<(), String> {
    tell(errand(data, Ask::Verify).await?)
}

/// Checks evidence, through the running server if there is one.
pub(super) async fn verify_files(data: &DataOptions) -> Result<(), String> {
    tell(errand(data, Ask::VerifyFiles).await?)
}

/// Ends the waiting of a restored office.
pub(super) async fn confirm_restore(data: &DataOptions) -> Result<(), String> {
    tell(errand(data, Ask::ConfirmRestore).await?)
}

/// Checks a backup.
pub(super) fn verify_backup(folder: &Path) -> Result<(), String> {
    let checked = Checked::read(folder).map_err(|e| named(folder, &e))?;
    print(&format!("Cadangan utuh: {}", about(&checked.manifest)));
    print(&format!("Urutan terbaru: {}", checked.manifest.seq));
    print(&format!("Hash rantai: {}", checked.manifest.hash));
    note_difference(&checked);
    Ok(())
}

/// Writes a backup into an empty data folder.
pub(super) async fn restore(folder: &Path, data: &DataOptions) -> Result<(), String> {
    // First, so that a backup that is none leaves nothing behind.
    let checked = Checked::read(folder).map_err(|e| named(folder, &e))?;
    if let Some(place) = data.folder()?
        && std::fs::read_dir(&place).is_ok_and(|mut inside| inside.next().is_some())
    {
        return Err(format!(
            "--data {}: folder ini tidak kosong. Pemulihan hanya ke folder kosong: pilih --data lain, \
             atau pindahkan isinya dahulu. Tidak ada yang diubah.",
            place.display()
        ));
    }
    let store = data.open("Periksa hak tulis folder atau alamatnya.").await?;
    let files = data.open_files()?;
    let restored = service::restore(&checked, &store, &files, now_ms()).await;
    store.close().await;
    restored.map_err(|e| match e {
        BackupError::NotEmpty => e.to_string(),
        _ => format!("{e} Pemulihan tidak selesai: kosongkan folder tujuan sebelum mengulang."),
    })?;
    print(&format!("Kantor dipulihkan: {}", about(&checked.manifest)));
    print(&format!("Hash rantai: {}", hex(&checked.audit.replay.tip().hash)));
    note_difference(&checked);
    print(
        "Semua orang perlu masuk lagi. Perangkat mengirim sendiri apa yang dipegangnya sejak cadangan dibuat.",
    );
    print(
        "Penomoran dan tanda tangan menunggu: periksa yang terbit sesudah cadangan dibuat, lalu jalankan `takar admin confirm-restore`.",
    );
    Ok(())
}

fn note_difference(checked: &Checked) {
    if let Some(broken) = checked.differs {
        print(&format!(
            "Catatan: dibuat oleh Takar {}; program ini menilai lain mulai {broken}. Putusan yang tersimpan tetap berlaku.",
            checked.manifest.software
        ));
    }
}

fn named(folder: &Path, error: &BackupError) -> String {
    match error {
        BackupError::NoManifest(_) | BackupError::Several(..) | BackupError::Read(..) => error.to_string(),
        _ => format!("{}: {error}", folder.display()),
    }
}

/// Has it done by the server that has the folder open, or opens the database.
pub(super) async fn errand(data: &DataOptions, ask: Ask) -> Result<Told, String> {
    if let Some(folder) = data.folder()? {
        let told = control::ask(&folder, &ask).await;
        let told = told.map_err(|e| format!("--data {}: server tidak menjawab ({e}).", folder.display()))?;
        if let Some(told) = told {
            return Ok(told);
        }
        if !folder.join("takar.db").exists() {
            return Err(format!(
                "--data {}: tidak ada basis data Takar di folder ini. Tunjuk folder yang dipakai `takar serve`.",
                folder.display()
            ));
        }
    }
    let store = data.open("Hentikan program lain yang memakainya.").await?;
    let files = data.open_files()?;
    let told = perform(&store, &files, ask).await;
    store.close().await;
    Ok(told)
}

fn tell(told: Told) -> Result<(), String> {
    match told {
        Told::Done(lines) => {
            lines.iter().for_each(|line| print(line));
            Ok(())
        }
        Told::Failed(words) => Err(words),
        Told::Health(_) => Err("server menjawab hal lain. Jalankan ulang `takar serve`.".into()),
    }
}
