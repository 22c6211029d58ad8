//! Everything that was not sent as one file: out of this device, and into the office.

use takar_domain::codec::from_json;
use takar_domain::imported::Imported;
use takar_domain::text::parcel as text;
use takar_sync::client::Table;
use takar_sync::parcel::{
    Header, PIECE, file_key, file_section, length, nonce, piece_section, work_sections,
};

use super::core::Core;
use super::view::Words;
use crate::api::Problem;
use crate::platform::cipher::Cipher;
use crate::platform::files::{self, Growing, Picked};
use crate::platform::{clock, http};

impl Core {
    pub async fn export(&'static self, day: &str) -> Result<Words, Words> {
        let (account, envelopes, uploads) = {
            let engine = self.engine.borrow();
            let working = engine.working();
            let account = engine.accounts().find(|a| Some(a.person) == working);
            (account.ok_or(text::FAILED)?, engine.unsent(), engine.uploads())
        };
        let operations = envelopes.len();
        let header = Header { salt: clock::random(), office: account.office, key: account.key_id }.write();
        let cipher = Cipher::new(&file_key(&account.key, &header)).await.ok_or(text::NOT_SECURE)?;
        let mut parcel = Parcel { cipher, file: Growing::new(&header), place: 0, held: None };
        for section in work_sections(envelopes) {
            parcel.add(section).await?;
        }
        let mut missing = 0;
        for upload in &uploads {
            let store = self.store().ok_or(text::FAILED)?;
            let file = store.file(Table::Files.name(), &upload.sha256).await.map_err(|_| text::FAILED)?;
            let Some(file) = file.filter(|file| file.size() == upload.size as f64) else {
                missing += 1;
                continue;
            };
            parcel.add(file_section(&upload.sha256, upload.size)).await?;
            let mut at = 0;
            while at < upload.size {
                let piece = files::slice(&file, at, at.saturating_add(PIECE)).ok_or(text::FAILED)?;
                parcel.add(piece_section(&files::bytes(&piece).await.ok_or(text::FAILED)?)).await?;
                at = at.saturating_add(PIECE);
            }
        }
        parcel.seal(true).await?;
        parcel.file.download(&text::name(day)).ok_or(text::FAILED)?;
        Ok(text::exported(operations, uploads.len() - missing, missing))
    }

    pub async fn import(&'static self, file: &Picked) -> Result<Words, Words> {
        self.uncut()?;
        let person = self.engine.borrow().working().map(|p| p.to_string());
        let offline = || Problem::offline().words;
        let answer = http::post_parcel(file.blob(), person).await.map_err(|_| offline())?;
        if !answer.is_ok() {
            let problem: Problem = from_json(&answer.bytes).map_err(|_| offline())?;
            return Err(problem.words);
        }
        let done: Imported = from_json(&answer.bytes).map_err(|_| offline())?;
        self.sync_now();
        Ok(text::imported(&done))
    }
}

/// The file while it is written.
struct Parcel {
    cipher: Cipher,
    file: Growing,
    place: u64,
    /// The section that is not known yet to be the last.
    held: Option<Vec<u8>>,
}

impl Parcel {
    async fn add(&mut self, section: Vec<u8>) -> Result<(), Words> {
        self.seal(false).await?;
        self.held = Some(section);
        Ok(())
    }

    async fn seal(&mut self, last: bool) -> Result<(), Words> {
        let Some(plain) = self.held.take() else { return Ok(()) };
        let sealed = self.cipher.seal(&nonce(self.place, last), &plain).await.ok_or(text::FAILED)?;
        self.place += 1;
        self.file.add(&length(sealed.len())).and_then(|()| self.file.add(&sealed)).ok_or(text::FAILED)?;
        Ok(())
    }
}
