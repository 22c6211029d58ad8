//! Everything that was not sent as one file: out of this device, and into the office.

use takar_domain::codec::from_json;
use takar_domain::text::parcel as text;
use takar_sync::client::{Progress, Table};
use takar_sync::parcel::{
    Header, PIECE, file_key, file_section, length, nonce, piece_section, work_sections,
};

use super::core::Core;
use super::view::Words;
use crate::api::Problem;
use crate::platform::cipher::Cipher;
use crate::platform::files::{self, Blob, Growing, Picked};
use crate::platform::{clock, http, page};

impl Core {
    pub async fn export(&'static self, day: &str) -> Result<Words, Words> {
        if !page::is_secure() {
            return Err(text::NOT_SECURE.into());
        }
        self.pack(day).await.ok_or_else(|| text::FAILED.into())
    }

    /// Writes the file; gives what is in it, in words.
    async fn pack(&'static self, day: &str) -> Option<Words> {
        let (account, envelopes, uploads) = {
            let engine = self.engine.borrow();
            let working = engine.working();
            (engine.accounts().find(|a| Some(a.person) == working)?, engine.unsent(), engine.uploads())
        };
        let operations = envelopes.len();
        let header = Header { salt: clock::random(), office: account.office, key: account.key_id }.write();
        let cipher = Cipher::new(&file_key(&account.key, &header)).await?;
        let mut sections: Vec<_> = work_sections(envelopes).into_iter().map(Section::Plain).collect();
        let mut missing = 0;
        for Progress { sha256, size, .. } in &uploads {
            let file = self.store()?.file(Table::Files.name(), sha256).await.ok()?;
            let Some(file) = file.filter(|file| file.size() == *size as f64) else {
                missing += 1;
                continue;
            };
            sections.push(Section::Plain(file_section(sha256, *size)));
            let mut at = 0;
            while at < *size {
                sections.push(Section::Piece(files::slice(&file, at, at + PIECE)?));
                at += PIECE;
            }
        }
        let file = Growing::new(&header);
        let last = sections.len() - 1;
        for (place, section) in sections.into_iter().enumerate() {
            let plain = match section {
                Section::Plain(plain) => plain,
                Section::Piece(piece) => piece_section(&files::bytes(&piece).await?),
            };
            let sealed = cipher.seal(&nonce(place as u64, place == last), &plain).await?;
            file.add(&length(sealed.len()))?;
            file.add(&sealed)?;
        }
        file.download(&text::name(day))?;
        self.exported.set(true);
        Some(text::exported(operations, uploads.len() - missing, missing))
    }

    pub async fn import(&'static self, file: &Picked) -> Result<Words, Words> {
        self.uncut()?;
        let person = self.engine.borrow().working().map(|p| p.to_string());
        let offline = || Problem::offline().words;
        let answer = http::post_parcel(file.blob(), person).await.map_err(|_| offline())?;
        // The words of a success are where those of a problem are.
        let told: Problem = from_json(&answer.bytes).map_err(|_| offline())?;
        if !answer.is_ok() {
            return Err(told.words);
        }
        self.sync_now();
        Ok(told.words)
    }
}

/// A section before it is sealed.
enum Section {
    Plain(Vec<u8>),
    /// Of a file, not read yet.
    Piece(Blob),
}
