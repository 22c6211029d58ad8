//! Takar in the browser: a Leptos single-page app that works without a connection.
//!
//! - [`acts`]: what a press of a button means, natively tested
//! - [`api`]: server functions, compiled into both sides
//! - `shell`, `pages`, `ui`: what a reader sees
//! - `view`: views as plain data on top of Leptos; `route`: the address in view
//! - `platform`: the only place that names browser interfaces
//! - `state`: drives the sync engine; what pages read and do
//!
//! The server links this crate with the feature `ssr`, only to register the
//! server functions; the browser build has the feature `csr`.

#[cfg(all(feature = "csr", feature = "ssr"))]
compile_error!("features `csr` and `ssr` exclude each other: build the app and the server apart");

pub mod acts;
pub mod api;
#[cfg(feature = "csr")]
mod boot;
#[cfg(feature = "csr")]
pub mod pages;
#[cfg(feature = "csr")]
pub mod platform;
#[cfg(feature = "csr")]
pub mod route;
#[cfg(feature = "csr")]
pub mod shell;
#[cfg(feature = "csr")]
pub mod signal;
pub mod state;
#[cfg(feature = "csr")]
pub mod ui;
#[cfg(feature = "csr")]
pub mod view;
