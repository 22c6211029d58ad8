//! SurrealDB's own server, as `surreal` starts it: `… start --bind … memory`.

use std::process::ExitCode;

fn main() -> ExitCode {
    surrealdb_server::init(surrealdb_server::core::CommunityComposer())
}
