//! The product's executor, compiled from its own source. The rest of the app is
//! not: it would start.

#[path = "../../../app/src/platform/connection.rs"]
mod connection;
#[path = "../../../app/src/platform/database.rs"]
#[expect(dead_code, reason = "files of evidence are not in the traces")]
pub mod database;
#[path = "../../../app/src/platform/request.rs"]
mod request;

/// Where the app shows tests how durable a transaction was.
mod page {
    pub fn announce_stored(_durability: &str) {}
}
