//! Backups that are none: refused in words, and nothing is written.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use takar_server::service::backup::checked::Checked;
use takar_server::service::secret::hex;
use takar_server::store::export::RecordLine;
use takar_sync::codec::{from_cbor, to_cbor};

use crate::app::run;
use crate::backup::takar;
use crate::office;
use crate::program::Folder;
use crate::restored::back_up;

/// A backup to spoil.
struct Spoiled {
    _folder: Folder,
    backup: PathBuf,
}

impl Spoiled {
    async fn make() -> Self {
        let (app, _, _) = office::open().await;
        let folder = Folder::new("tampered");
        let backup = back_up(&app, &folder).await.folder;
        assert!(Checked::read(&backup).is_ok());
        Self { _folder: folder, backup }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.backup.join(name)
    }

    fn change(&self, name: &str, change: impl FnOnce(&mut Vec<u8>)) {
        let mut bytes = std::fs::read(self.file(name)).unwrap();
        change(&mut bytes);
        std::fs::write(self.file(name), bytes).unwrap();
    }

    fn manifest(&self, change: impl FnOnce(&mut Value)) {
        self.change("manifest.json", |bytes| {
            let mut manifest = serde_json::from_slice(bytes).unwrap();
            change(&mut manifest);
            *bytes = serde_json::to_vec(&manifest).unwrap();
        });
    }

    /// Makes the manifest agree with a changed file: a careful forger.
    fn sign_again(&self, name: &str) {
        let bytes = std::fs::read(self.file(name)).unwrap();
        self.manifest(|manifest| {
            manifest["files"][name]["bytes"] = json!(bytes.len());
            manifest["files"][name]["sha256"] = json!(hex(&Sha256::digest(&bytes)));
        });
    }

    /// Neither check nor restore takes it; both say why, nothing is written.
    fn expect(&self, words: &str) {
        refuse(&["verify", "backup"], &self.backup, words);
        let data = Folder::new("untouched");
        let (code, said) = takar(&["restore", path(&self.backup), "--data", path(&data.0)]);
        assert_eq!(code, 1, "{said}");
        assert!(said.contains(words), "{said}\nlacks: {words}");
        assert!(!data.0.exists(), "nothing is written");
    }
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn refuse(command: &[&str], folder: &Path, words: &str) {
    let (code, said) = takar(&[command, &[path(folder)]].concat());
    assert_eq!(code, 1, "{said}");
    assert!(said.contains(words), "{said}\nlacks: {words}");
}

#[test]
fn a_file_cut_short_a_changed_byte_and_a_missing_file_are_refused() {
    run(async {
        let spoiled = Spoiled::make().await;
        let whole = std::fs::read(spoiled.file("log.cbor")).unwrap();
        spoiled.change("log.cbor", |log| log.truncate(log.len() - 100));
        spoiled.expect("berkas log.cbor terpotong");
        std::fs::write(spoiled.file("log.cbor"), &whole).unwrap();

        spoiled.change("log.cbor", |log| {
            let middle = log.len() / 2;
            log[middle] ^= 1;
        });
        spoiled.expect("isi berkas log.cbor berubah");
        std::fs::remove_file(spoiled.file("log.cbor")).unwrap();
        spoiled.expect("berkas log.cbor tidak ada");
        std::fs::write(spoiled.file("log.cbor"), &whole).unwrap();

        for name in ["secret.cbor", "accounts.cbor", "devices.cbor", "records.cbor", "refused.cbor"] {
            let bytes = std::fs::read(spoiled.file(name)).unwrap();
            std::fs::remove_file(spoiled.file(name)).unwrap();
            spoiled.expect(&format!("berkas {name} tidak ada"));
            std::fs::write(spoiled.file(name), bytes).unwrap();
        }
        assert!(Checked::read(&spoiled.backup).is_ok(), "mended");
    });
}

#[test]
fn a_manifest_of_another_version_or_none_is_refused() {
    run(async {
        let spoiled = Spoiled::make().await;
        spoiled.manifest(|manifest| {
            manifest["format"] = json!(3);
            manifest["software"] = json!("9.9.9");
            manifest["seq"] = json!("another shape");
        });
        spoiled.expect("Pakai Takar versi 9.9.9");
        spoiled.change("manifest.json", |manifest| manifest.truncate(20));
        spoiled.expect("manifest.json rusak");
        std::fs::remove_file(spoiled.file("manifest.json")).unwrap();
        spoiled.expect("bukan cadangan Takar");
    });
}

#[test]
fn a_folder_of_backups_is_not_one_and_the_newest_is_named() {
    run(async {
        let spoiled = Spoiled::make().await;
        let name = spoiled.backup.file_name().unwrap().to_str().unwrap();
        refuse(&["verify", "backup"], spoiled.backup.parent().unwrap(), name);
    });
}

#[test]
fn a_careful_forger_is_found_by_the_chain() {
    run(async {
        let spoiled = Spoiled::make().await;
        let whole = std::fs::read(spoiled.file("log.cbor")).unwrap();
        let text =
            |log: &[u8], text: &[u8]| log.windows(text.len()).rposition(|found| found == text).unwrap();
        spoiled.change("log.cbor", |log| {
            let at = text(log, b"CAMAT");
            log[at] = b'D';
        });
        spoiled.sign_again("log.cbor");
        spoiled.expect("isi operasi berubah sejak disimpan");
        refuse(&["verify", "backup"], &spoiled.backup, "(operasi ");

        // Whole lines taken away at the end.
        let mut ends = vec![0];
        while let Some(length) = whole.get(ends[ends.len() - 1]..ends[ends.len() - 1] + 4) {
            let length = u32::from_be_bytes(length.try_into().unwrap()) as usize;
            ends.push(ends[ends.len() - 1] + 4 + length);
        }
        std::fs::write(spoiled.file("log.cbor"), &whole[..ends[ends.len() - 2]]).unwrap();
        spoiled.sign_again("log.cbor");
        spoiled.expect("ujung log tidak sama");
        // One line taken away in the middle.
        std::fs::write(spoiled.file("log.cbor"), [&whole[..ends[2]], &whole[ends[3]..]].concat()).unwrap();
        spoiled.sign_again("log.cbor");
        spoiled.expect("entri 3 tidak ada");
        // Half a line, and a line longer than any.
        std::fs::write(spoiled.file("log.cbor"), &whole[..whole.len() - 1]).unwrap();
        spoiled.sign_again("log.cbor");
        spoiled.expect("terpotong");
        std::fs::write(spoiled.file("log.cbor"), [0xff; 64]).unwrap();
        spoiled.sign_again("log.cbor");
        spoiled.expect("tidak dapat dibaca");
    });
}

#[test]
fn another_secret_or_other_states_are_found_by_reading_the_log_again() {
    run(async {
        let spoiled = Spoiled::make().await;
        let secret = std::fs::read(spoiled.file("secret.cbor")).unwrap();
        spoiled.change("secret.cbor", |secret| {
            let last = secret.len() - 1;
            secret[last] ^= 1;
        });
        spoiled.sign_again("secret.cbor");
        spoiled.expect("putusan yang tersimpan berbeda");
        std::fs::write(spoiled.file("secret.cbor"), secret).unwrap();
        spoiled.sign_again("secret.cbor");

        // The first record becomes the second one's twin.
        spoiled.change("records.cbor", |records| {
            let mut lines: Vec<RecordLine> = Vec::new();
            let mut rest = &records[..];
            while let Some((length, more)) = rest.split_at_checked(4) {
                let length = u32::from_be_bytes(length.try_into().unwrap()) as usize;
                lines.push(from_cbor(&more[..length]).unwrap());
                rest = &more[length..];
            }
            lines[0].body = lines[1].body.clone();
            let frame = |line: &RecordLine| {
                let body = to_cbor(line);
                [&u32::try_from(body.len()).unwrap().to_be_bytes()[..], &body].concat()
            };
            *records = lines.iter().flat_map(frame).collect();
        });
        spoiled.sign_again("records.cbor");
        spoiled.expect("keadaan catatan");
    });
}
