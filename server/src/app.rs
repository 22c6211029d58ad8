//! The server as a whole: build it, ask its port, run it until it is stopped.

use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum_server::Handle;
use axum_server::tls_rustls::RustlsConfig;
use tokio::sync::watch;

use crate::blob::{Files, FilesError};
use crate::http::router::{State, router};
use crate::problem::Problem;
use crate::service::backup::nightly::{Nightly, NightlySettings};
use crate::service::control::Control;
use crate::service::front::Front;
use crate::service::sweep;
use crate::settings::{Database, Settings, Tls};
use crate::store::{Store, StoreError};

/// Open requests get so long to end when the server stops.
const FAREWELL: Duration = Duration::from_secs(3);

/// Why the server does not start or run. Each names the option and the remedy.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error(
        "--listen {0}: alamat tidak dapat dipakai ({1}). Tutup program lain di alamat itu atau pilih port lain."
    )]
    Listen(SocketAddr, std::io::Error),
    #[error(
        "--demo: data contoh hanya boleh di komputer sendiri. Pakai --listen 127.0.0.1:3000, atau jalankan tanpa --demo."
    )]
    DemoInPublic,
    #[error(
        "--demo: basis data ini berisi kantor sungguhan. Jalankan tanpa --demo, atau pilih --data dengan folder lain."
    )]
    DemoOverOffice,
    #[error(
        "--data/--db: basis data ini berisi kantor contoh dengan kata sandi umum. Jalankan dengan --demo, atau pilih --data dengan folder lain."
    )]
    OfficeOverDemo,
    #[error(
        "--data/--db {0}: basis data tidak dapat dibuka ({1}). Periksa hak tulis folder, dan hentikan Takar lain yang memakainya."
    )]
    Database(String, StoreError),
    #[error(
        "--data/--db: basis data ini ditulis oleh Takar yang lebih baru ({0}). Pasang Takar yang terbaru; tidak ada yang diubah."
    )]
    Newer(StoreError),
    #[error(
        "--files: tempat berkas bukti tidak dapat dibuka ({0}). Periksa hak tulis folder atau alamatnya."
    )]
    Files(FilesError),
    #[error(
        "--data/--db: pemulihan cadangan di sini terputus. Kosongkan folder data ini, lalu ulangi `takar restore`."
    )]
    HalfRestored,
    #[error("--data {0}: berkas penghubung tidak dapat ditulis ({1}). Periksa hak tulis folder.")]
    Control(PathBuf, std::io::Error),
    #[error("--tls-cert/--tls-key: sertifikat tidak dapat dibaca ({0}). Keduanya harus berkas PEM.")]
    Tls(std::io::Error),
    #[error("{}{}", .0.words(), .0.cause().map(|c| format!(" ({c})")).unwrap_or_default())]
    Office(Problem),
    #[error("server berhenti: {0}")]
    Serve(std::io::Error),
}

impl From<Problem> for StartError {
    fn from(problem: Problem) -> Self {
        Self::Office(problem)
    }
}

/// A server that is ready to run.
#[derive(Debug)]
pub struct Application {
    listener: TcpListener,
    address: SocketAddr,
    router: Router,
    tls: Option<RustlsConfig>,
    front: Arc<Front>,
    /// Whether this server opened the database, and closes it at its end.
    owner: bool,
    /// For `takar backup` and its like, if this server alone can open the data.
    control: Option<Control>,
    nightly: Option<NightlySettings>,
    stop: watch::Sender<bool>,
}

impl Application {
    /// Opens the database, prepares the office and takes the port.
    ///
    /// # Errors
    /// See [`StartError`].
    pub async fn build(settings: Settings) -> Result<Self, StartError> {
        if settings.demo && !settings.listen.ip().is_loopback() {
            return Err(StartError::DemoInPublic);
        }
        let listener =
            TcpListener::bind(settings.listen).map_err(|e| StartError::Listen(settings.listen, e))?;
        listener.set_nonblocking(true).map_err(|e| StartError::Listen(settings.listen, e))?;
        let address = listener.local_addr().map_err(|e| StartError::Listen(settings.listen, e))?;
        let tls = match &settings.tls {
            Some(files) => Some(read_tls(files).await?),
            None => None,
        };
        let files = settings.files.open().map_err(StartError::Files)?;
        let front = Arc::new(open(&settings.database, files, settings.demo).await?);
        prepare(&front).await?;
        let control = control(&settings.database).await?;
        let owner = !matches!(settings.database, Database::Open(_));
        let (stop, stopping) = watch::channel(false);
        let state = State { front: Arc::clone(&front), pages: Arc::default(), tls: tls.is_some(), stopping };
        let router = router(state, settings.site);
        let nightly = settings.nightly;
        Ok(Self { listener, address, router, tls, front, owner, control, nightly, stop })
    }

    /// The port taken, of use when 0 was asked for.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.address.port()
    }

    /// The address taken.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// The service behind it.
    #[must_use]
    pub fn front(&self) -> Arc<Front> {
        Arc::clone(&self.front)
    }

    /// Stops the server from elsewhere by sending `true`.
    #[must_use]
    pub fn stopper(&self) -> watch::Sender<bool> {
        self.stop.clone()
    }

    /// Serves until [`Application::stopper`] says stop; open requests end first,
    /// and then the database.
    ///
    /// # Errors
    /// The listener failed.
    pub async fn run_until_stopped(self) -> Result<(), StartError> {
        let handle = Handle::new();
        let stopping = handle.clone();
        let mut stop = self.stop.subscribe();
        tokio::spawn(async move {
            if stop.wait_for(|stop| *stop).await.is_ok() {
                stopping.graceful_shutdown(Some(FAREWELL));
            }
        });
        if let Some(control) = self.control {
            tokio::spawn(control.run(Arc::clone(&self.front), self.stop.subscribe()));
        }
        if let Some(settings) = self.nightly {
            tokio::spawn(Nightly::new(Arc::clone(&self.front), settings).run(self.stop.subscribe()));
        }
        tokio::spawn(sweep::run(Arc::clone(&self.front), self.stop.subscribe()));
        let service = self.router.into_make_service_with_connect_info::<SocketAddr>();
        let served = match self.tls {
            Some(tls) => axum_server::from_tcp_rustls(self.listener, tls).handle(handle).serve(service).await,
            None => axum_server::from_tcp(self.listener).handle(handle).serve(service).await,
        };
        if self.owner {
            self.front.store.close().await;
        }
        served.map_err(StartError::Serve)
    }
}

async fn open(database: &Database, files: Files, demo: bool) -> Result<Front, StartError> {
    let store = match database {
        Database::Open(store) => store.clone(),
        Database::At(access) | Database::Folder { access, .. } => {
            Store::connect(access.clone()).await.map_err(|error| match error {
                StoreError::Newer { .. } => StartError::Newer(error),
                _ => StartError::Database(format!("{access:?}"), error),
            })?
        }
    };
    Front::new(store, files, demo).map_err(|e| StartError::Office(e.into()))
}

/// The way in for the command line: only beside a folder of this machine.
async fn control(database: &Database) -> Result<Option<Control>, StartError> {
    let Database::Folder { data, .. } = database else { return Ok(None) };
    let control = Control::open(data).await.map_err(|e| StartError::Control(data.clone(), e))?;
    Ok(Some(control))
}

async fn prepare(front: &Front) -> Result<(), StartError> {
    if front.store.is_half_restored().await.map_err(|e| StartError::Office(e.into()))? {
        return Err(StartError::HalfRestored);
    }
    let office = front.find_office().await.map_err(|e| StartError::Office(e.into()))?;
    let is_demo = office.map(|o| o.snapshot().config.office.as_ref().is_some_and(|(_, office)| office.demo));
    match (front.demo, is_demo) {
        (true, Some(false)) => Err(StartError::DemoOverOffice),
        (false, Some(true)) => Err(StartError::OfficeOverDemo),
        (true, None) => Ok(front.seed_demo().await?),
        _ => Ok(()),
    }
}

async fn read_tls(files: &Tls) -> Result<RustlsConfig, StartError> {
    // A second call in one process finds the provider installed: no harm.
    let _ = rustls::crypto::ring::default_provider().install_default();
    RustlsConfig::from_pem_file(&files.certificate, &files.key).await.map_err(StartError::Tls)
}
