//! The server as its callers meet it: a real router, a real database, HTTP.
//!
//! - `accounts`: sign-in, brakes, sessions, passwords
//! - `first_load`: the log as one document for new devices
//! - `uploads`, `files`: evidence in and out
//! - `founding`: first run, plan import, the demo
//! - `exchange`: push, pull, pokes, reports, stored verdicts
//! - `barred`: what becomes of the work of somebody whose posts ended
//! - `devices`: what the office says of its devices
//! - `engine`: the app's own sync engine against this server
//! - `replay`: a thousand runs of the simulator against two servers on one database
//! - `older`: what released versions push and export
//! - `parcel`: unsent work as one file
//! - `permissions`: the expected table over HTTP
//! - `lean`: pages without what their reader can make
//! - `fuzz`: random bytes and operations
//! - `hostile`: what nobody should send
//! - `hostile_files`: the same for evidence
//! - `headers`: what every answer carries; the shell and its files
//! - `tls`: with a certificate
//! - `workbook`: a form as XLSX, out and back
//! - `writes`: nothing is written beside the log
//! - `backup`: backups as an admin makes and reads them; damaged ones
//! - `tampered`: backups that are none
//! - `nightly`: the backup by the clock
//! - `restored`: devices meet an office that came from a backup
//! - `procedure`: the SOP as a file, and a procedure carried out
//! - `signing`: documents signed, letters numbered, packages
//! - `commands`: the program's other commands, its options and their environment forms
//! - `program`, `wire`: the real program, and a wire to it that can be cut
//! - `shift`: devices that work, and what must be true of their log
//! - `crash`: the real program, killed while it writes
//! - `full`: the real program on a full disk
//! - `newer`: the real program on a newer one's database
//! - `instances`: two servers on one database

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
mod bucket;
mod commands;
mod corrections;
mod crash;
mod devices;
mod engine;
mod exchange;
mod files;
mod first_load;
mod founding;
mod full;
mod fuzz;
mod headers;
mod hostile;
mod hostile_files;
mod instances;
mod lean;
mod newer;
mod nightly;
mod office;
mod older;
mod parcel;
mod permissions;
mod procedure;
mod program;
mod repeated_parts;
mod replay;
mod restored;
mod rounds;
mod shift;
mod signing;
mod tab;
mod tampered;
mod tls;
mod tus;
mod uploads;
#[expect(dead_code, reason = "the cluster's tests use more of it")]
mod wire;
mod workbook;
mod writes;
// The table and its small office are the domain's own.
#[path = "../../../app/domain/tests/office/permissions.rs"]
mod table;
#[path = "../../../app/domain/tests/office/world.rs"]
#[expect(dead_code, reason = "the domain's tests use more of it")]
mod world;
