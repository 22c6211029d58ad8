//! The browser: the only place that names web-sys, IndexedDB, localStorage, the
//! service worker and locks. Everything above works with plain data.
//!
//! - `cipher`: AES-GCM
//! - [`clock`]: time, randomness, ids
//! - [`request`]: IndexedDB requests and promises as futures
//! - [`database`]: the device's store; one transaction per engine transaction
//! - [`tail`]: newest keystrokes and small flags, in localStorage
//! - [`http`]: calls to the office, and whether an answer is the office's
//! - [`files`]: what a person picks, read and cut in parts
//! - [`photo`]: pictures made smaller
//! - [`gzip`]: the browser's own unpacking
//! - [`poke`]: server-sent events
//! - [`position`]: where this device is, if a person agrees
//! - [`tabs`]: messages between the tabs of this browser
//! - [`leader`]: which tab talks to the office
//! - [`page`]: visibility, `online`, secure context, the document
//! - [`screen`]: focus and width
//! - [`share`]: a text for other programs
//! - [`worker`]: the service worker and a new version that waits

pub mod cipher;
pub mod clock;
mod connection;
pub mod database;
pub mod files;
pub mod gzip;
pub mod http;
pub mod leader;
pub mod page;
pub mod photo;
pub mod poke;
pub mod position;
pub mod request;
pub mod screen;
pub mod share;
pub mod tabs;
pub mod tail;
pub mod worker;
