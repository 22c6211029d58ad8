//! `takar serve`.

use tokio::sync::watch;

use super::options::ServeOptions;
use super::print;
use crate::app::Application;
use crate::http::Site;

/// Serves until Ctrl-C or a termination signal.
pub(super) async fn serve(options: ServeOptions) -> Result<(), String> {
    let settings = options.settings()?;
    let scheme = if settings.tls.is_some() { "https" } else { "http" };
    let without_app = matches!(settings.site, Site::None);
    let nightly = settings.nightly.clone();
    let app = Application::build(settings).await.map_err(|e| e.to_string())?;
    let address = app.address();
    print(&format!("Takar siap di {scheme}://{address}"));
    if without_app {
        print("Aplikasi belum dibuat: hanya antarmuka data yang menjawab. Pakai --site FOLDER.");
    }
    if let Some(nightly) = nightly {
        print(&format!("Cadangan harian: {}, pukul {:02}.00.", nightly.into.display(), nightly.hour));
    }
    let front = app.front();
    let state = front.first_run_state().await.map_err(|p| p.words())?;
    if state.needed {
        print("Kantor belum dibuat. Buka alamat di atas dan masukkan kode sekali pakai ini:");
        print(&format!("    {}", front.first_run_code()));
    }
    let stop = app.stopper();
    tokio::spawn(wait_for_signal(stop));
    app.run_until_stopped().await.map_err(|e| e.to_string())
}

async fn wait_for_signal(stop: watch::Sender<bool>) {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut terminated) => {
                tokio::select! {
                    _ = interrupted => {}
                    _ = terminated.recv() => {}
                }
            }
            Err(_) => {
                let _ = interrupted.await;
            }
        }
    }
    #[cfg(not(unix))]
    {
        let _ = interrupted.await;
    }
    stop.send_replace(true);
}
