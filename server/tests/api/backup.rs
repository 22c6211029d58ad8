//! `takar backup`, `restore`, `verify` and `doctor` as an admin types them, on
//! a real data folder, with and without the server.

use std::path::{Path, PathBuf};
use std::process::Command;

use takar_domain::record::{RecordId, Subject};
use takar_server::service::backup::manifest::{Manifest, inside};
use takar_sync::verdict::Outcome;
use uuid::Uuid;

use crate::app::{Worker, run};
use crate::office::main;
use crate::program::{Folder, Program};

/// Runs `takar`; gives its exit code and all that it said.
pub fn takar(args: &[&str]) -> (i32, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_takar"));
    for option in ["TAKAR_DB", "TAKAR_DATA", "TAKAR_DEMO", "TAKAR_TLS_CERT", "TAKAR_TLS_KEY"] {
        command.env_remove(option);
    }
    let output = command.args(args).output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.code().unwrap(), String::from_utf8(said).unwrap())
}

/// The same where it must succeed.
fn done(args: &[&str]) -> String {
    let (code, said) = takar(args);
    assert_eq!(code, 0, "{said}");
    said
}

fn path(folder: &Folder) -> &str {
    folder.0.to_str().unwrap()
}

/// Adds programmes to the plan.
async fn write(worker: &mut Worker, count: usize) {
    for _ in 0..count {
        let node = Subject::Node { id: RecordId(Uuid::now_v7()) };
        let value = serde_json::json!({ "level": "program", "code": "7.01.02", "title": "Program" });
        assert_eq!(worker.act(vec![main(node, &value)]).await, [Outcome::Applied]);
    }
}

/// Every file below a folder with its bytes.
fn contents(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut all: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    all.sort();
    all.into_iter().map(|path| (path.clone(), std::fs::read(path).unwrap())).collect()
}

#[test]
fn an_office_is_backed_up_while_it_works_and_comes_back_after_its_disk_is_gone() {
    run(async {
        let (data, copies) = (Folder::new("office"), Folder::new("copies"));
        let program = Program::start(&data);
        program.found().await;
        let mut worker = program.browser().sign_in("admin").await;
        write(&mut worker, 5).await;

        let said = done(&["backup", path(&copies), "--data", path(&data)]);
        assert!(said.contains("rahasia") && said.contains("Kecamatan Uji"), "{said}");
        let first = inside(&copies.0).remove(0).0;
        let before = contents(&first);
        private(&copies.0, &first);

        write(&mut worker, 3).await;
        done(&["backup", path(&copies), "--data", path(&data)]);
        let all = inside(&copies.0);
        assert_eq!(all.len(), 2, "a new folder each time");
        assert_eq!(contents(&first), before, "the older one is untouched");
        let second = all.into_iter().find(|(folder, _)| *folder != first).unwrap().0;
        assert_eq!(std::fs::read_dir(&copies.0).unwrap().count(), 2, "nothing half made is left");

        let log = program.log().await;
        let said = done(&["verify", "log", "--data", path(&data)]);
        assert!(said.contains(&format!("Urutan terbaru: {}", log.len())), "{said}");
        let said = done(&["verify", "files", "--data", path(&data)]);
        assert_eq!(done(&["verify", "blobs", "--data", path(&data)]), said, "by its other name");
        assert!(done(&["doctor", "--data", path(&data)]).contains("Cadangan: terakhir"));

        // The power fails. What the killed server left behind leads nowhere.
        program.kill();
        assert!(data.0.join("takar.running").exists());
        done(&["verify", "log", "--data", path(&data)]);
        done(&["backup", path(&copies), "--data", path(&data)]);
        // Nothing is written over an office.
        let (code, said) = takar(&["restore", path_of(&second), "--data", path(&data)]);
        assert_eq!(code, 1);
        assert!(said.contains("tidak kosong"), "{said}");
        // The disk is gone.
        std::fs::remove_dir_all(&data.0).unwrap();
        let said = done(&["restore", path_of(&second), "--data", path(&data)]);
        let hash = Manifest::read(&second).unwrap().hash;
        assert!(said.contains(&hash), "{said}");
        assert!(done(&["verify", "log", "--data", path(&data)]).contains(&hash));

        let program = Program::start(&data);
        assert_eq!(program.log().await, log, "byte for byte, with the password of then");
        let mut worker = program.browser().sign_in("admin").await;
        write(&mut worker, 1).await;
        let said = done(&["doctor", "--data", path(&data)]);
        assert!(said.contains("dipulihkan") && said.contains("belum dikonfirmasi"), "{said}");
        done(&["admin", "confirm-restore", "--data", path(&data)]);
        assert!(!done(&["doctor", "--data", path(&data)]).contains("dipulihkan"), "a person confirmed it");
        assert!(done(&["admin", "confirm-restore", "--data", path(&data)]).contains("Tidak ada"));
        program.kill();
    });
}

fn path_of(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// Only the owner may read a backup.
#[cfg(unix)]
fn private(copies: &Path, backup: &Path) {
    use std::os::unix::fs::PermissionsExt;
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(copies), mode(backup)), (0o700, 0o700));
    for (file, _) in contents(backup) {
        assert_eq!(mode(&file), 0o600, "{}", file.display());
    }
}

#[cfg(not(unix))]
fn private(_: &Path, _: &Path) {}

#[test]
fn a_stranger_on_this_computer_gets_nothing_from_the_port() {
    run(async {
        use std::io::{Read, Write};
        let data = Folder::new("stranger");
        let program = Program::start(&data);
        program.found().await;
        let file = std::fs::read(data.0.join("takar.running")).unwrap();
        let door: serde_json::Value = serde_json::from_slice(&file).unwrap();
        let into = Folder::new("stolen");
        let ask = |token: &str| {
            let mut port = std::net::TcpStream::connect(door["address"].as_str().unwrap()).unwrap();
            let question = serde_json::json!({ "token": token, "ask": { "backup": { "into": into.0 } } });
            writeln!(port, "{question}").unwrap();
            let mut answer = String::new();
            port.read_to_string(&mut answer).unwrap();
            answer
        };
        assert_eq!(ask("guess"), "");
        assert_eq!(ask(""), "");
        assert!(!into.0.exists());
        assert!(ask(door["token"].as_str().unwrap()).contains("Cadangan tersimpan"), "the owner of the file");
        program.kill();
    });
}

#[test]
fn mistakes_are_answered_with_what_to_do() {
    let (data, copies) = (Folder::new("mistakes"), Folder::new("mistakes-copies"));
    let inside = data.0.join("cadangan");
    let (code, said) = takar(&["backup", path_of(&inside), "--data", path(&data)]);
    assert_eq!(code, 1);
    assert!(said.contains("di dalam --data"), "{said}");
    let (code, said) = takar(&["serve", "--backup-dir", path_of(&inside), "--data", path(&data)]);
    assert_eq!(code, 1);
    assert!(said.contains("--backup-dir"), "{said}");
    let (code, said) = takar(&["serve", "--backup-hour", "24"]);
    assert_eq!(code, 2);
    assert!(said.contains("--backup-hour"), "{said}");
    for command in [&["backup", path(&copies)][..], &["verify", "log"]] {
        let (code, said) = takar(&[command, &["--data", path(&data)]].concat());
        assert_eq!(code, 1);
        assert!(said.contains("tidak ada basis data"), "{said}");
    }
    assert!(!data.0.exists() && !copies.0.exists(), "nothing was made on the way");
    let (code, said) = takar(&["doctor", "--data", path(&data), "--tls-cert", "/none.pem"]);
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("--tls-cert tidak dapat dibaca"), "{said}");
    assert!(!data.0.exists());
}
