//! Sign-in and passwords.

use std::net::IpAddr;

use takar_app::api::account::{SignedIn, Who};
use takar_domain::permission::Permission;
use takar_domain::record::{DeviceId, RecordId};
use uuid::Uuid;

use super::clock::now_ms;
use super::front::Front;
use super::office::Office;
use super::password::Passwords;
use super::secret::token_digest;
use super::session::{Visitor, require};
use super::throttle::rest_after;
use crate::problem::Problem;

/// A person signed in, and the token for the browser's cookie.
#[derive(Debug)]
pub struct Admitted {
    pub signed_in: SignedIn,
    pub token: String,
}

impl Front {
    /// Signs a person in beside those who already are.
    ///
    /// # Errors
    /// Wrong name or password (not telling which), too many attempts, an
    /// inactive person, no office.
    pub async fn sign_in(
        &self,
        visitor: &Visitor,
        username: &str,
        password: String,
        device: Option<DeviceId>,
    ) -> Result<Admitted, Problem> {
        let office = self.office().await?;
        let config = office.snapshot().config;
        let wanted = username.trim().to_lowercase();
        let found =
            config.people.iter().find(|(_, p)| !wanted.is_empty() && p.username.to_lowercase() == wanted);
        let person = found.map(|(id, _)| *id);
        self.check_password(&office, person, password, visitor.address).await?;
        let (Some(person), Some((_, about))) = (person, found) else { return Err(Problem::WrongPassword) };
        if !about.active {
            return Err(Problem::PersonInactive);
        }
        let device = self.device_of(&office, visitor, device).await?;
        let token = self.join_session(&office, visitor, device, person).await?;
        let (key_id, key) = office.key(person, device);
        let last_number = office.last_number(person, device).await?;
        let name = about.name.clone();
        let signed_in = SignedIn {
            person,
            name,
            device,
            key_id,
            key: key.0,
            office: office.id,
            last_number,
            time: now_ms(),
        };
        Ok(Admitted { signed_in, token })
    }

    /// Looks at a password, after the account's brake and the address's.
    pub(super) async fn check_password(
        &self,
        office: &Office,
        person: Option<RecordId>,
        password: String,
        address: IpAddr,
    ) -> Result<(), Problem> {
        let now = now_ms();
        let credential = match person {
            Some(person) => self.store.credential(office.id, person).await?,
            None => None,
        };
        let until = credential.as_ref().map_or(0, |c| c.until);
        if until > now {
            return Err(Problem::Throttled { wait: until - now });
        }
        let wait = self.addresses.wait(address, now);
        if wait > 0 {
            return Err(Problem::Throttled { wait });
        }
        let known = person.filter(|_| credential.is_some());
        if let Some(person) = known {
            let failures = self.store.count_attempt(office.id, person).await?;
            let rest = rest_after(failures);
            if rest > 0 {
                self.store.block_attempts(office.id, person, now.saturating_add(rest)).await?;
            }
        }
        if !self.passwords.verify(password, credential.map(|c| c.hash)).await? {
            self.addresses.failed(address, now);
            return Err(Problem::WrongPassword);
        }
        if let Some(person) = known {
            self.store.forgive_attempts(office.id, person).await?;
        }
        Ok(())
    }

    /// The device to work as. A browser that lost its database gets a fresh
    /// one, and the lost one is marked.
    async fn device_of(
        &self,
        office: &Office,
        visitor: &Visitor,
        device: Option<DeviceId>,
    ) -> Result<DeviceId, Problem> {
        if device.is_none()
            && let Some(lost) = visitor.device
        {
            self.store.mark_wiped(office.id, lost, now_ms()).await?;
        }
        let device = device.unwrap_or_else(|| DeviceId(Uuid::now_v7()));
        self.store.know_device(office.id, device, now_ms()).await?;
        Ok(device)
    }

    /// Who the office takes this browser for.
    ///
    /// # Errors
    /// The database fails.
    pub async fn who(&self, visitor: &Visitor, device: Option<DeviceId>) -> Result<Who, Problem> {
        let Some(office) = self.find_office().await? else { return Ok(Who::default()) };
        let persons = match self.session(visitor).await {
            Ok(session) => session.persons,
            Err(Problem::SignInNeeded) => Vec::new(),
            Err(problem) => return Err(problem),
        };
        let known = match visitor.device {
            Some(device) => self.store.device(office.id, device).await?,
            None => None,
        };
        let wiped = known.as_ref().filter(|_| device.is_none()).map(|d| u64::try_from(d.depth).unwrap_or(0));
        Ok(Who { device: visitor.device.filter(|_| known.is_some()), persons, wiped })
    }

    /// Sets another person's password and ends that person's sessions.
    ///
    /// # Errors
    /// The acting person is not signed in here or may not manage people; the
    /// person does not exist; the password is too short.
    pub async fn set_password(
        &self,
        visitor: &Visitor,
        acting: RecordId,
        person: RecordId,
        new: String,
    ) -> Result<(), Problem> {
        let session = self.session(visitor).await?;
        let office = self.office().await?;
        let snapshot = office.snapshot();
        let acting = self.worker(&snapshot, &session, Some(acting))?;
        require(&snapshot, acting, Permission::ManagePeople)?;
        self.put_password(&office, person, new).await
    }

    /// Sets a password, whoever asks: callers have checked the right.
    pub(crate) async fn put_password(
        &self,
        office: &Office,
        person: RecordId,
        new: String,
    ) -> Result<(), Problem> {
        if !office.snapshot().config.people.contains_key(&person) {
            return Err(Problem::UnknownPerson);
        }
        if !Passwords::acceptable(&new) {
            return Err(Problem::WeakPassword);
        }
        let hash = self.passwords.hash(new).await?;
        self.store.put_credential(office.id, person, hash).await?;
        self.store.revoke(person).await?;
        Ok(())
    }

    /// Changes the own password; other browsers have to sign in again.
    ///
    /// # Errors
    /// The person is not signed in here, the old password is wrong, the new one
    /// too short.
    pub async fn change_password(
        &self,
        visitor: &Visitor,
        acting: RecordId,
        old: String,
        new: String,
    ) -> Result<(), Problem> {
        let session = self.session(visitor).await?;
        let office = self.office().await?;
        let acting = self.worker(&office.snapshot(), &session, Some(acting))?;
        if !Passwords::acceptable(&new) {
            return Err(Problem::WeakPassword);
        }
        self.check_password(&office, Some(acting), old, visitor.address).await?;
        self.put_password(&office, acting, new).await?;
        let digest = token_digest(visitor.token.as_deref().unwrap_or_default());
        self.store.put_session(&digest, &session).await?;
        Ok(())
    }
}
