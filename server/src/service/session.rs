//! Sessions: who is signed in on a browser, and who of them is working.

use std::net::IpAddr;

use takar_domain::permission::{Permission, allows};
use takar_domain::record::{DeviceId, RecordId};

use super::clock::{now_ms, today};
use super::front::Front;
use super::office::Office;
use super::secret::{token, token_digest};
use super::snapshot::Snapshot;
use crate::problem::Problem;
use crate::store::session::Session;

/// A session ends when it was not used so long: a field trip, a vacation.
const IDLE_MS: i64 = 90 * 24 * 3_600_000;
/// How exactly the last use is kept.
const TOUCH_MS: i64 = 3_600_000;

/// A browser as its request shows it.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// Session token of the cookie.
    pub token: Option<String>,
    /// Device of the cookie.
    pub device: Option<DeviceId>,
    pub address: IpAddr,
}

impl Front {
    /// Adds a person to the browser's living session, or begins one.
    pub(super) async fn join_session(
        &self,
        office: &Office,
        visitor: &Visitor,
        device: DeviceId,
        person: RecordId,
    ) -> Result<String, Problem> {
        let living = match self.session(visitor).await {
            Ok(session) if session.device == device => {
                visitor.token.clone().map(|token| (token, session.persons))
            }
            _ => None,
        };
        let (token, mut persons) = match living {
            Some(living) => living,
            None => (token()?, Vec::new()),
        };
        if !persons.contains(&person) {
            persons.push(person);
        }
        let session = Session { office: office.id, device, persons, used: now_ms() };
        self.store.put_session(&token_digest(&token), &session).await?;
        Ok(token)
    }

    /// The visitor's living session.
    ///
    /// # Errors
    /// [`Problem::SignInNeeded`] without one.
    pub async fn session(&self, visitor: &Visitor) -> Result<Session, Problem> {
        let digest = token_digest(visitor.token.as_deref().ok_or(Problem::SignInNeeded)?);
        let office = self.find_office().await?.ok_or(Problem::SignInNeeded)?;
        let mut session = self.store.session(&digest).await?.ok_or(Problem::SignInNeeded)?;
        let idle = now_ms().saturating_sub(session.used);
        if session.office != office.id || session.persons.is_empty() || idle > IDLE_MS {
            return Err(Problem::SignInNeeded);
        }
        if idle > TOUCH_MS {
            session.used = now_ms();
            self.store.put_session(&digest, &session).await?;
        }
        Ok(session)
    }

    /// The person of a session who is working, and may read.
    ///
    /// `named` is who the app says; without it the first of the session.
    ///
    /// # Errors
    /// The person is not signed in here, inactive, or may not read.
    pub fn worker(
        &self,
        snapshot: &Snapshot,
        session: &Session,
        named: Option<RecordId>,
    ) -> Result<RecordId, Problem> {
        let person = self.carrier(snapshot, session, named)?;
        require(snapshot, person, Permission::Read)?;
        Ok(person)
    }

    /// The person of a session who is working, whatever she may do: what she
    /// saved while she had a post is taken in all the same.
    ///
    /// # Errors
    /// The person is not signed in here, or inactive.
    pub fn carrier(
        &self,
        snapshot: &Snapshot,
        session: &Session,
        named: Option<RecordId>,
    ) -> Result<RecordId, Problem> {
        let person = match named {
            Some(person) if session.persons.contains(&person) => person,
            Some(_) => return Err(Problem::SignInNeeded),
            None => session.persons.first().copied().ok_or(Problem::SignInNeeded)?,
        };
        if !snapshot.config.people.get(&person).is_some_and(|p| p.active) {
            return Err(Problem::PersonInactive);
        }
        Ok(person)
    }

    /// Ends one person's session on this browser. True if nobody is left.
    ///
    /// # Errors
    /// The database fails. Nobody being signed in is no error.
    pub async fn sign_out(&self, visitor: &Visitor, person: RecordId) -> Result<bool, Problem> {
        let mut session = match self.session(visitor).await {
            Ok(session) => session,
            Err(Problem::SignInNeeded) => return Ok(true),
            Err(problem) => return Err(problem),
        };
        let digest = token_digest(visitor.token.as_deref().unwrap_or_default());
        session.persons.retain(|p| *p != person);
        if session.persons.is_empty() {
            self.store.drop_session(&digest).await?;
            return Ok(true);
        }
        self.store.put_session(&digest, &session).await?;
        Ok(false)
    }
}

/// Whether the person may read today.
pub fn may_read(snapshot: &Snapshot, person: RecordId) -> bool {
    require(snapshot, person, Permission::Read).is_ok()
}

/// Refuses unless the person has the right over the whole office today.
pub(super) fn require(snapshot: &Snapshot, person: RecordId, permission: Permission) -> Result<(), Problem> {
    let date = today(&snapshot.config).to_string();
    if allows(&snapshot.config, person, permission, None, &date) {
        Ok(())
    } else {
        Err(Problem::PermissionDenied)
    }
}
