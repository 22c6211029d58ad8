//! A unit's form as a workbook: the office writes and reads it, this device keeps
//! nothing of it.

use takar_domain::codec::{from_cbor, to_cbor};
use takar_domain::text::workbook as words;
use takar_domain::view::workbook::{Book, Returned};

use super::core::Core;
use super::view::Words;
use crate::platform::files::{Growing, Picked};
use crate::platform::http::{self, HttpFailure};

const OUT: &str = "/api/v1/workbook";
const BACK: &str = "/api/v1/workbook/read";
/// A file of two megabytes over a slow line.
const LONG_MS: u32 = 120_000;

impl Core {
    /// Gives the workbook to the person as a download.
    pub async fn give_workbook(&self, book: &Book, name: &str) -> Result<(), Words> {
        let bytes = self.workbook(OUT, &to_cbor(book)).await?;
        Growing::new(&bytes).download(name).ok_or_else(|| words::OFFLINE.to_owned())
    }

    /// Has a picked workbook read.
    pub async fn read_workbook(&self, file: &Picked) -> Result<Returned, Words> {
        let damaged = || words::issue("sheet.damaged");
        let bytes = file.read().await.ok_or_else(damaged)?;
        from_cbor(&self.workbook(BACK, &bytes).await?).map_err(|_| damaged())
    }

    async fn workbook(&self, path: &str, body: &[u8]) -> Result<Vec<u8>, Words> {
        let person = self.engine.borrow().working().map(|p| p.to_string());
        http::post(path, body, person, LONG_MS).await.map_err(|failure| {
            let code = if let HttpFailure::Problem { code, .. } = &failure { code.as_str() } else { "" };
            match code {
                "permission.denied" => words::issue("sheet.unit"),
                code if code.starts_with("sheet.") => words::issue(code),
                _ => words::OFFLINE.to_owned(),
            }
        })
    }
}
