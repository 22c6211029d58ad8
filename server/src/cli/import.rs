//! `takar import plan`, `takar import sop` and `takar import outbox`.

use std::path::Path;

use takar_domain::imported::Imported;
use takar_domain::plan_import::Line;

use super::database::DataOptions;
use super::print;
use crate::problem::Problem;
use crate::service::clock::now_ms;
use crate::service::front::Front;
use crate::service::import::Report;

/// Opens the database alone: the server must not run on the same folder.
pub(super) async fn front(data: &DataOptions) -> Result<Front, String> {
    let store = data.open("Hentikan `takar serve` yang memakainya dahulu.").await?;
    Front::new(store, data.open_files()?, false).map_err(|e| e.to_string())
}

/// Imports a plan and reports taken, skipped and odd rows by line.
pub(super) async fn plan(file: &Path, data: &DataOptions) -> Result<(), String> {
    let bytes =
        std::fs::read(file).map_err(|e| format!("berkas {} tidak dapat dibaca ({e}).", file.display()))?;
    let front = front(data).await?;
    let report = front.import_plan(&bytes).await.map_err(|e| e.to_string());
    front.store.close().await;
    let report = report?;
    tell(&report);
    if report.refused > 0 { Err(format!("{} bagian tidak diterima kantor.", report.refused)) } else { Ok(()) }
}

/// Imports a version of the SOP, or names the lines that are wrong.
pub(super) async fn sop(file: &Path, data: &DataOptions) -> Result<(), String> {
    let text = std::fs::read_to_string(file)
        .map_err(|e| format!("berkas {} tidak dapat dibaca sebagai teks ({e}).", file.display()))?;
    let front = front(data).await?;
    let done = front.import_sop(&text).await;
    front.store.close().await;
    let new = done.map_err(|lines| lines.join("\n"))?;
    print(if new { "Versi SOP tersimpan. Pilih saat membuka tahapan." } else { "Versi SOP ini sudah ada." });
    Ok(())
}

/// Imports a device's unsent work and says what became of it.
pub(super) async fn outbox(file: &Path, data: &DataOptions) -> Result<(), String> {
    std::fs::File::open(file).map_err(|e| format!("berkas {} tidak dapat dibuka ({e}).", file.display()))?;
    let front = front(data).await?;
    let done = take(&front, file).await;
    front.store.close().await;
    print(&takar_domain::text::parcel::imported(&done.map_err(|problem| problem.words())?));
    Ok(())
}

async fn take(front: &Front, file: &Path) -> Result<Imported, Problem> {
    let office = front.office().await?;
    office.import(&front.files, file, now_ms()).await
}

fn tell(report: &Report) {
    let import = &report.import;
    let nodes: usize = import.nodes.values().sum();
    print(&format!(
        "Diambil: {} baris ({nodes} unsur perencanaan), {} indikator ditautkan.",
        import.taken.len(),
        import.linked
    ));
    list("Dilewati", report.unreadable.iter().chain(&import.skipped));
    list("Perlu diperiksa", import.odd.iter());
    match &report.receipt {
        Some(_) => print(&format!(
            "Tersimpan: {} catatan berubah.",
            import.parts.len().saturating_sub(report.refused)
        )),
        None => print("Tidak ada yang berubah."),
    }
}

fn list<'a>(title: &str, lines: impl Iterator<Item = &'a Line>) {
    let lines: Vec<_> = lines.collect();
    print(&format!("{title}: {}", lines.len()));
    for line in lines {
        let place = if line.line == 0 { "berkas".to_owned() } else { format!("baris {}", line.line) };
        let code = if line.code.is_empty() { String::new() } else { format!(" ({})", line.code) };
        print(&format!("  {place}{code}: {}", line.text));
    }
}
