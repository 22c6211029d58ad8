//! The office with a certificate: encrypted, and browsers are told to stay so.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use reqwest::Url;
use serde_json::{Value, json};
use takar_server::app::Application;
use takar_server::http::Site;
use takar_server::settings::{Database, Settings, Tls};
use takar_server::store::Store;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};
use uuid::Uuid;

use crate::app::{TestApp, run};

/// A certificate for `localhost`, as files that go with the test.
struct Certificate {
    folder: std::path::PathBuf,
    trusted: CertificateDer<'static>,
}

impl Certificate {
    fn new() -> Self {
        let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
        let folder = std::env::temp_dir().join(format!("takar-tls-{}", Uuid::now_v7()));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("cert.pem"), made.cert.pem()).unwrap();
        std::fs::write(folder.join("key.pem"), made.signing_key.serialize_pem()).unwrap();
        Self { folder, trusted: made.cert.der().clone() }
    }

    fn files(&self) -> Tls {
        Tls { certificate: self.folder.join("cert.pem"), key: self.folder.join("key.pem") }
    }

    /// The answer to one request, head and body, by a client that trusts this
    /// certificate and no other.
    async fn ask(&self, port: u16, request: &str) -> String {
        let mut roots = RootCertStore::empty();
        roots.add(self.trusted.clone()).unwrap();
        let config = ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
        let tcp = TcpStream::connect(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await.unwrap();
        let name = ServerName::try_from("localhost").unwrap();
        let mut stream = TlsConnector::from(Arc::new(config)).connect(name, tcp).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        // A peer may end the connection without a farewell: what came counts.
        let _ = stream.read_to_end(&mut answer).await;
        String::from_utf8_lossy(&answer).into_owned()
    }
}

impl Drop for Certificate {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn request(method: &str, path: &str, body: &str) -> String {
    format!(
        "{method} {path} HTTP/1.1\r\nhost: localhost\r\norigin: https://localhost\r\n\
         content-type: application/json\r\naccept: application/json\r\ncontent-length: {}\r\n\
         connection: close\r\n\r\n{body}",
        body.len()
    )
}

#[test]
fn an_office_with_a_certificate_is_encrypted_and_says_so() {
    run(async {
        let certificate = Certificate::new();
        let store = Store::open("mem://").await.unwrap();
        let app = TestApp::with(store, Site::None, true, Some(certificate.files())).await;
        let port = app.url.parse::<Url>().unwrap().port().unwrap();

        let health = certificate.ask(port, &request("GET", "/api/v1/health", "")).await;
        assert!(health.starts_with("HTTP/1.1 200"), "{health}");
        assert!(health.contains("strict-transport-security: max-age="), "{health}");

        let state = certificate.ask(port, &request("POST", "/api/fn/first_run_state", "{}")).await;
        let state = &state[state.find('{').unwrap()..=state.rfind('}').unwrap()];
        let state: Value = serde_json::from_str(state).unwrap();
        let person = &state["people"][0];
        let body = json!({ "username": person["username"], "password": person["password"], "device": null });
        let answer = certificate.ask(port, &request("POST", "/api/fn/sign_in", &body.to_string())).await;
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        let cookies: Vec<_> = answer.lines().filter(|line| line.starts_with("set-cookie:")).collect();
        assert!(!cookies.is_empty() && cookies.iter().all(|c| c.contains("; Secure")), "{cookies:?}");

        let plain = app.browser().get("/api/v1/health").send().await;
        assert!(plain.is_err(), "without TLS nothing is answered");
    });
}

#[test]
fn a_certificate_that_cannot_be_read_names_its_options() {
    run(async {
        let certificate = Certificate::new();
        std::fs::write(certificate.folder.join("cert.pem"), "bukan sertifikat").unwrap();
        let store = Store::open("mem://").await.unwrap();
        let settings = Settings {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            demo: false,
            database: Database::Open(store),
            files: crate::app::no_files(),
            tls: Some(certificate.files()),
            site: Site::None,
            nightly: None,
        };
        let refused = Application::build(settings).await.unwrap_err().to_string();
        assert!(refused.contains("--tls-cert/--tls-key"), "{refused}");
    });
}
