//! The client engine, told as stories.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod answers;
mod barred;
mod bench;
mod first_load;
mod people;
mod restored;
mod saving;
mod sending;
mod uploads;
