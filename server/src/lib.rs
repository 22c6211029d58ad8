//! Takar's office server.
//!
//! - [`app`]: the server as a whole
//! - [`blob`]: the bytes of evidence
//! - [`cli`]: the command line of the binary `takar`
//! - [`http`]: requests and answers
//! - [`service`]: what the office does
//! - [`store`]: the database, the only place with SurrealQL
//! - [`problem`]: the one error that callers see
//! - [`room`]: what says that a disk is full
//! - [`settings`]: what a server is started with

pub mod app;
pub mod blob;
pub mod cli;
pub mod http;
pub mod problem;
pub mod room;
pub mod service;
pub mod settings;
pub mod store;
