//! The first run: an office comes to be through its own log's first operation.

use std::sync::Arc;

use takar_app::api::setup::{FirstRunState, Founding};
use takar_domain::date::date_of;
use takar_domain::record::{RecordId, Source, Subject, Value};
use takar_domain::setup::{NewOffice, found};
use takar_sync::operation::{Change, Part};
use takar_sync::verdict::Outcome;
use takar_sync::wire::Receipt;
use uuid::Uuid;

use super::clock::now_ms;
use super::front::Front;
use super::office::Office;
use super::password::Passwords;
use super::secret::{random, same};
use crate::problem::Problem;
use crate::store::StoreError;

/// Longest name of an office or person, in characters.
const MAX_NAME: usize = 120;

impl Front {
    /// Whether the office still has to be founded, and the demo's people.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn first_run_state(&self) -> Result<FirstRunState, Problem> {
        let office = self.find_office().await?;
        let people = match &office {
            Some(office) if self.demo => super::demo::people(office.id)?,
            _ => Vec::new(),
        };
        Ok(FirstRunState { needed: office.is_none(), demo: self.demo, people })
    }

    /// Founds the office and its first person.
    ///
    /// # Errors
    /// The code is wrong, an input is missing, an office exists.
    pub async fn found(&self, founding: Founding) -> Result<(), Problem> {
        if self.find_office().await?.is_some() {
            return Err(Problem::Founded);
        }
        let given: String = founding.code.trim().to_uppercase();
        if !same(given.as_bytes(), self.code.as_bytes()) {
            // Forty bits are not guessed at one try a second.
            tokio::time::sleep(std::time::Duration::from_secs(1)).await;
            return Err(Problem::WrongCode);
        }
        let new = checked(&founding)?;
        let id = RecordId(Uuid::now_v7());
        let setup =
            found(id, &new, date_of(now_ms(), new.zone)).map_err(|e| Problem::Internal(e.to_string()))?;
        let office = self.prepare_office(id).await?;
        let parts = setup.parts.into_iter().map(edit).collect();
        let operation = self.sealed(&office, setup.admin, Source::Own, parts);
        all_applied(&office.receive(vec![operation]).await?)?;
        self.put_password(&office, setup.admin, founding.password).await?;
        self.open(office, None).await
    }

    /// A new office with its secret and an empty log, not served yet.
    pub(super) async fn prepare_office(&self, id: RecordId) -> Result<Arc<Office>, Problem> {
        self.store.put_secret(id, random::<32>()?.to_vec()).await?;
        Ok(Arc::new(Office::start(self.store.clone(), id, false).await?))
    }

    /// Serves a prepared office from now on.
    pub(super) async fn open(
        &self,
        office: Arc<Office>,
        instead_of: Option<RecordId>,
    ) -> Result<(), Problem> {
        match self.store.open_office(office.id, instead_of).await {
            Ok(()) => {}
            Err(StoreError::Stale) => return Err(Problem::Founded),
            Err(error) => return Err(error.into()),
        }
        self.serve_instead(office).await;
        Ok(())
    }
}

fn checked(founding: &Founding) -> Result<NewOffice, Problem> {
    let fits = |text: &str| !text.trim().is_empty() && text.chars().count() <= MAX_NAME;
    let username = founding.username.trim().to_lowercase();
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-' | '_');
    let checks = [
        ("office", fits(&founding.office)),
        ("regency", fits(&founding.regency)),
        ("admin", fits(&founding.admin)),
        ("username", fits(&username) && username.chars().all(plain)),
    ];
    if let Some((path, _)) = checks.into_iter().find(|(_, fits)| !fits) {
        return Err(Problem::Invalid { path });
    }
    if !Passwords::acceptable(&founding.password) {
        return Err(Problem::WeakPassword);
    }
    Ok(NewOffice {
        name: founding.office.clone(),
        regency: founding.regency.clone(),
        zone: founding.zone,
        admin_name: founding.admin.clone(),
        username,
    })
}

/// A plain edit of a record that was not there before.
pub(super) fn edit((subject, groups): (Subject, Vec<(String, Value)>)) -> Part {
    let change = |(group, value)| Change { group, seen: Vec::new(), value };
    Part {
        subject,
        action: takar_domain::workflow::Action::Edit,
        changes: groups.into_iter().map(change).collect(),
        judged: Vec::new(),
    }
}

/// Our own operations must be applied; anything else is our mistake.
pub(super) fn all_applied(receipts: &[Receipt]) -> Result<(), Problem> {
    let mut outcomes = receipts.iter().flat_map(|r| &r.verdict.parts);
    match outcomes.find(|outcome| **outcome != Outcome::Applied) {
        None => Ok(()),
        Some(outcome) => Err(Problem::Internal(format!("an own operation was not applied: {outcome:?}"))),
    }
}
