//! What stands behind the server functions, implemented by the server for one
//! request at a time and handed over as a Leptos context.

use std::future::Future;
use std::pin::Pin;
#[cfg(feature = "ssr")]
use std::sync::Arc;

use takar_domain::record::{DeviceId, RecordId};

use super::Problem;
use super::account::{SignedIn, Who};
use super::device::DeviceReport;
use super::document::Signing;
use super::setup::{FirstRunState, Founding};
use super::sop::SopFile;

/// A boxed answer that may borrow the office.
pub type Reply<'a, T> = Pin<Box<dyn Future<Output = Result<T, Problem>> + Send + 'a>>;

/// The office's side of each server function; see there for meaning and errors.
///
/// Provide it as `Arc<dyn Office>` with `provide_context`.
pub trait Office: Send + Sync {
    fn sign_in(&self, username: String, password: String, device: Option<DeviceId>) -> Reply<'_, SignedIn>;
    fn sign_out(&self, person: RecordId) -> Reply<'_, ()>;
    fn who(&self, device: Option<DeviceId>) -> Reply<'_, Who>;
    fn set_password(&self, acting: RecordId, person: RecordId, new: String) -> Reply<'_, ()>;
    fn change_password(&self, acting: RecordId, old: String, new: String) -> Reply<'_, ()>;
    fn unsent(&self, acting: RecordId) -> Reply<'_, Vec<DeviceReport>>;
    fn devices(&self, acting: RecordId) -> Reply<'_, Vec<DeviceReport>>;
    fn first_run_state(&self) -> Reply<'_, FirstRunState>;
    fn first_run(&self, founding: Founding) -> Reply<'_, ()>;
    fn reset_demo(&self) -> Reply<'_, ()>;
    fn read_sop(&self, acting: RecordId, text: String) -> Reply<'_, SopFile>;
    fn write_sop(&self, acting: RecordId, sop: RecordId) -> Reply<'_, String>;
    fn sign_document(&self, acting: RecordId, signing: Signing) -> Reply<'_, ()>;
    fn give_number(&self, acting: RecordId, cycle: RecordId, step: u16, date: String) -> Reply<'_, String>;
}

/// The office of this request. An absent one is the server's own mistake.
#[cfg(feature = "ssr")]
pub(crate) fn office() -> Result<Arc<dyn Office>, Problem> {
    leptos::prelude::use_context::<Arc<dyn Office>>().ok_or_else(|| {
        Problem::new(500, "internal", "Terjadi kesalahan di komputer kantor. Coba lagi nanti.")
    })
}
