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
        let mut reports = BTreeMap::new();
        for (device, known) in self.store.devices(office.id).await? {
            let depth = u64::try_from(known.depth).unwrap_or(0);
            let (reported, wiped) = (Some(known.reported), known.wiped);
            reports.insert(device, DeviceReport { device, depth, reported, wiped, missing: Vec::new() });
        }
        for (by, numbers) in self.store.all_numbers(office.id).await? {
            if numbers.missing.is_empty() {
                continue;
            }
            let device = by.device;
            let unknown = DeviceReport { device, depth: 0, reported: None, wiped: None, missing: Vec::new() };
            let report = reports.entry(device).or_insert(unknown);
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
