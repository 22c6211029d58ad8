//! The SOP as a file, for the app and at the console.

use takar_app::api::sop::SopFile;
use takar_domain::config::MAIN;
use takar_domain::permission::{Permission, allows};
use takar_domain::record::{RecordId, Source, Subject};
use takar_domain::sop::file;
use takar_sync::operation::{Change, Part};
use takar_sync::verdict::Outcome;

use super::clock::today;
use super::front::Front;
use super::session::{Visitor, require};
use crate::problem::Problem;

/// Why a file was not imported, in words.
pub type Refusal = Vec<String>;

impl Front {
    /// Reads a file and stores nothing.
    ///
    /// # Errors
    /// The acting person is not signed in here or may not manage the office.
    pub async fn read_sop(
        &self,
        visitor: &Visitor,
        acting: RecordId,
        text: &str,
    ) -> Result<SopFile, Problem> {
        let session = self.session(visitor).await?;
        let snapshot = self.office().await?.snapshot();
        require(&snapshot, self.worker(&snapshot, &session, Some(acting))?, Permission::ManageOffice)?;
        Ok(match file::read(text) {
            Ok(sop) => SopFile { sop: Some(sop), faults: Vec::new() },
            Err(faults) => SopFile { sop: None, faults },
        })
    }

    /// A stored version as a file.
    ///
    /// # Errors
    /// The acting person is not signed in here, or there is no such version.
    pub async fn write_sop(
        &self,
        visitor: &Visitor,
        acting: RecordId,
        sop: RecordId,
    ) -> Result<String, Problem> {
        let session = self.session(visitor).await?;
        let snapshot = self.office().await?.snapshot();
        self.worker(&snapshot, &session, Some(acting))?;
        let sop = snapshot.config.sops.get(&sop).ok_or(Problem::NotFound)?;
        file::write(sop).map_err(Problem::Internal)
    }

    /// Imports a file in the name of the person who manages the office. A version
    /// that is there already changes nothing; the answer says whether it was new.
    ///
    /// # Errors
    /// Sentences: lines of the file, nobody may, or the office refuses.
    pub async fn import_sop(&self, text: &str) -> Result<bool, Refusal> {
        let sop = file::read(text)?;
        let words = |problem: Problem| vec![problem.words()];
        let office = self.office().await.map_err(words)?;
        let snapshot = office.snapshot();
        let Some((id, sop)) = sop.next(&snapshot.config, office.id) else { return Ok(false) };
        let date = today(&snapshot.config).to_string();
        let may = |id: &&RecordId| allows(&snapshot.config, **id, Permission::ManageOffice, None, &date);
        let nobody =
            "Tidak ada orang aktif yang berhak mengatur kantor. Beri jabatan Sekretaris atau Admin dahulu.";
        let author = snapshot.config.people.keys().find(may).ok_or_else(|| vec![nobody.to_owned()])?;
        let value = takar_domain::codec::to_value(&sop);
        let part = Part {
            subject: Subject::Sop { id },
            action: takar_domain::workflow::Action::Edit,
            changes: vec![Change { group: MAIN.into(), seen: Vec::new(), value }],
            judged: Vec::new(),
        };
        let sealed = self.sealed(&office, *author, Source::Own, vec![part]);
        let receipts = office.receive(vec![sealed]).await.map_err(words)?;
        match receipts.first().and_then(|receipt| receipt.verdict.parts.first()) {
            Some(Outcome::Applied) => Ok(true),
            Some(Outcome::Rejected { issues }) => Err(issues.iter().map(takar_domain::text::issue).collect()),
            _ => Err(vec!["Kantor tidak menerima SOP ini. Coba lagi.".to_owned()]),
        }
    }
}
