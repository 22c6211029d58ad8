//! What the office knows of its devices.

use std::collections::BTreeMap;

use takar_app::api::device::{DeviceReport, Missing};
use takar_domain::permission::Permission;
use takar_domain::record::RecordId;

use super::front::Front;
use super::session::{Visitor, require};
use crate::problem::Problem;

impl Front {
    /// Every device: what it still holds, and what never arrived from it.
    ///
    /// # Errors
    /// The acting person is not signed in here or may not manage people.
    pub async fn devices(&self, visitor: &Visitor, acting: RecordId) -> Result<Vec<DeviceReport>, Problem> {
        let session = self.session(visitor).await?;
        let office = self.office().await?;
        let snapshot = office.snapshot();
        let acting = self.worker(&snapshot, &session, Some(acting))?;
        require(&snapshot, acting, Permission::ManagePeople)?;
        self.reports(office.id).await
    }

    /// The devices that still hold unsent work, for who asks before figures are locked.
    ///
    /// # Errors
    /// The acting person is not signed in here or works at the office no more.
    pub async fn unsent(&self, visitor: &Visitor, acting: RecordId) -> Result<Vec<DeviceReport>, Problem> {
        let session = self.session(visitor).await?;
        let office = self.office().await?;
        self.worker(&office.snapshot(), &session, Some(acting))?;
        let mut reports = self.reports(office.id).await?;
        reports.retain(|report| report.depth > 0 || !report.missing.is_empty());
        Ok(reports)
    }

    async fn reports(&self, office: RecordId) -> Result<Vec<DeviceReport>, Problem> {
        let mut reports = BTreeMap::new();
        for (device, known) in self.store.devices(office).await? {
            let depth = u64::try_from(known.depth).unwrap_or(0);
            let (reported, wiped) = (Some(known.reported), known.wiped);
            let (missing, people) = (Vec::new(), Vec::new());
            reports.insert(device, DeviceReport { device, depth, reported, wiped, missing, people });
        }
        for (by, numbers) in self.store.all_numbers(office).await? {
            let device = by.device;
            if numbers.missing.is_empty() && !reports.contains_key(&device) {
                continue;
            }
            let (missing, people) = (Vec::new(), Vec::new());
            let unknown = DeviceReport { device, depth: 0, reported: None, wiped: None, missing, people };
            let report = reports.entry(device).or_insert(unknown);
            report.people.push(by.author);
            let missing = numbers.missing.iter();
            report.missing.extend(missing.map(|gap| Missing {
                person: by.author,
                from: gap.from,
                to: gap.to,
            }));
        }
        Ok(reports.into_values().collect())
    }
}
