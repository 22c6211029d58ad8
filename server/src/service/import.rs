//! Importing a plan file: one bulk operation through the office's writer.

use takar_domain::permission::{Permission, allows};
use takar_domain::plan_csv;
use takar_domain::plan_import::{Import, Line, plan_import};
use takar_domain::record::{RecordId, Source};
use takar_sync::operation::{Change, Part};
use takar_sync::verdict::Outcome;
use takar_sync::wire::Receipt;

use super::clock::today;
use super::front::Front;
use super::office::Office;
use super::snapshot::Snapshot;
use crate::problem::Problem;

/// What an import did.
#[derive(Debug)]
pub struct Report {
    pub import: Import,
    /// Lines that are no CSV at all.
    pub unreadable: Vec<Line>,
    /// The bulk operation's stored verdict; none if nothing was to change.
    pub receipt: Option<Receipt>,
    /// Parts that were not applied.
    pub refused: usize,
}

/// Why a plan file was not imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file as a whole is no plan; words for the reader.
    #[error("{0}")]
    File(String),
    #[error(
        "Tidak ada orang aktif yang berhak mengelola perencanaan. Beri jabatan Perencana atau Admin dahulu."
    )]
    NobodyMay,
    #[error("{}", .0.words())]
    Office(Problem),
}

impl From<Problem> for ImportError {
    fn from(problem: Problem) -> Self {
        Self::Office(problem)
    }
}

impl Front {
    /// Imports a plan file in the name of the person who manages the plan.
    /// Doing it twice changes nothing.
    ///
    /// # Errors
    /// The file is no plan, nobody may manage the plan, or the database fails.
    pub async fn import_plan(&self, bytes: &[u8]) -> Result<Report, ImportError> {
        let office = self.office().await?;
        let file = plan_csv::read(bytes).map_err(ImportError::File)?;
        let snapshot = office.snapshot();
        let import = plan_import(office.id, &file.rows, &snapshot.config);
        let mut report = Report { import, unreadable: file.unreadable, receipt: None, refused: 0 };
        if report.import.parts.is_empty() {
            return Ok(report);
        }
        let author = planner(&snapshot).ok_or(ImportError::NobodyMay)?;
        let receipt = self.write_plan(&office, &snapshot, author, &report.import).await?;
        report.refused = receipt.verdict.parts.iter().filter(|part| **part != Outcome::Applied).count();
        report.receipt = Some(receipt);
        Ok(report)
    }

    async fn write_plan(
        &self,
        office: &Office,
        snapshot: &Snapshot,
        author: RecordId,
        import: &Import,
    ) -> Result<Receipt, Problem> {
        let parts = import.parts.iter().map(|(subject, groups)| {
            let record = snapshot.records.get(&subject.record());
            let change = |(group, value): &(String, _)| Change {
                group: group.clone(),
                seen: record.map(|r| r.seen(group)).unwrap_or_default(),
                value: takar_domain::record::Value::clone(value),
            };
            Part {
                subject: subject.clone(),
                action: takar_domain::workflow::Action::Edit,
                changes: groups.iter().map(change).collect(),
                judged: Vec::new(),
            }
        });
        let operation = self.sealed(office, author, Source::Own, parts.collect());
        let receipts = office.receive(vec![operation]).await?;
        receipts.into_iter().next().ok_or_else(|| Problem::Internal("the import got no receipt".into()))
    }
}

/// The person in whose name the plan is imported: whoever may manage it, the
/// lowest id if several.
fn planner(snapshot: &Snapshot) -> Option<RecordId> {
    let date = today(&snapshot.config).to_string();
    let may = |id: &&RecordId| allows(&snapshot.config, **id, Permission::ManagePlan, None, &date);
    snapshot.config.people.keys().find(may).copied()
}
