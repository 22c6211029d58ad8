//! The app's state as signals: what pages read, and what they ask for.
//!
//! `App` is the whole surface. Reading is reactive and fine-grained (a page
//! re-reads only records and drafts that changed); writing goes through the
//! pure client engine of `takar_sync`, whose effects `driver` executes.
//!
//! [`draft`], [`view`] and [`status`] are pure and tested natively.

pub mod draft;
pub mod status;
pub mod view;

#[cfg(feature = "csr")]
mod acting;
#[cfg(feature = "csr")]
mod app;
#[cfg(feature = "csr")]
mod attention;
#[cfg(feature = "csr")]
mod core;
#[cfg(feature = "csr")]
mod drafting;
#[cfg(feature = "csr")]
mod driver;
#[cfg(feature = "csr")]
mod evidence;
#[cfg(feature = "csr")]
mod later;
#[cfg(feature = "csr")]
mod link;
#[cfg(feature = "csr")]
mod parcel;
#[cfg(feature = "csr")]
mod reading;
#[cfg(feature = "csr")]
mod saving;
#[cfg(feature = "csr")]
mod session;
#[cfg(feature = "csr")]
mod shared;
#[cfg(feature = "csr")]
mod start;
#[cfg(feature = "csr")]
mod track;
#[cfg(feature = "csr")]
mod workbook;

#[cfg(feature = "csr")]
pub use app::{App, use_app};
pub use draft::{Draft, DraftKey};
pub use takar_sync::client::{Trail, Unresolved};
pub use view::{
    AccountInfo, Blocked, Me, Notice, OpState, OutboxLine, Phase, Save, SaveError, SyncState, SyncView, Words,
};
