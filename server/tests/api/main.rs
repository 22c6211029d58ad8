//! The server as its callers meet it: a real router, a real database, HTTP.
//!
//! - `accounts`: sign-in, brakes, sessions, passwords
//! - `first_load`: the log as one document for new devices
//! - `founding`: first run, plan import, the demo
//! - `exchange`: push, pull, pokes, reports, stored verdicts
//! - `barred`: what becomes of the work of somebody whose posts ended
//! - `devices`: what the office says of its devices
//! - `engine`: the app's own sync engine against this server
//! - `permissions`: the expected table over HTTP
//! - `fuzz`: random bytes and operations
//! - `hostile`: what nobody should send
//! - `headers`: what every answer carries; the shell and its files
//! - `tls`: with a certificate
//! - `writes`: nothing is written beside the log
//! - `backup`: backups as an admin makes and reads them; damaged ones
//! - `tampered`: backups that are none
//! - `nightly`: the backup by the clock
//! - `restored`: devices meet an office that came from a backup
//! - `crash`: the real program, killed while it writes

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

mod accounts;
mod app;
mod backup;
mod barred;
mod crash;
mod devices;
mod engine;
mod exchange;
mod first_load;
mod founding;
mod fuzz;
mod headers;
mod hostile;
mod nightly;
mod office;
mod permissions;
mod restored;
mod tab;
mod tampered;
mod tls;
mod writes;
// The table and its small office are the domain's own.
#[path = "../../../app/domain/tests/office/permissions.rs"]
mod table;
#[path = "../../../app/domain/tests/office/world.rs"]
#[expect(dead_code, reason = "the domain's tests use more of it")]
mod world;
