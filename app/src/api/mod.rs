//! Server functions: commands that only make sense online, such as signing in.
//!
//! Every function has a fixed path under `/api/fn/`, since a cached app of an
//! older version goes on calling it. Measured data never travels here: that is
//! the outbox's way (`/api/v1/push`).
//!
//! - [`account`]: who works on this device
//! - [`device`]: what each device still holds, and what never arrived from it
//! - [`document`]: signatures and letter numbers, which only the office can give
//! - [`setup`]: the first run of an office, and the demo's fresh start
//! - [`sop`]: the SOP as a file
//! - `json`: how they and their answers travel
//! - [`problem`]: the one error, as RFC 9457 problem+json
//! - [`office`]: what the server implements behind the functions

/// Names of the functions, each with the type that holds its arguments on the
/// server. There it is a server function; in the browser it is a call of its
/// address, since Leptos' client brings a second way of fetching.
macro_rules! functions {
    ($(
        $(#[$about:meta])*
        $arguments:ident at $address:literal: $name:ident($($given:ident: $kind:ty),*) -> $answer:ty;
    )*) => {$(
        $(#[$about])*
        #[cfg(feature = "ssr")]
        #[leptos::prelude::server(
            $arguments, prefix = "/api/fn", endpoint = $address, input = super::json::Json, output = super::json::Json
        )]
        pub async fn $name($($given: $kind),*) -> Result<$answer, super::Problem> {
            super::office::office()?.$name($($given),*).await
        }

        $(#[$about])*
        #[cfg(feature = "csr")]
        pub async fn $name($($given: $kind),*) -> Result<$answer, super::Problem> {
            #[derive(serde::Serialize)]
            struct Arguments {
                $($given: $kind),*
            }
            let arguments = takar_domain::codec::to_json(&Arguments { $($given),* });
            super::call::call(concat!("/api/fn/", $address), arguments).await
        }
    )*};
}

pub mod account;
#[cfg(feature = "csr")]
mod call;
pub mod device;
pub mod document;
#[cfg(not(feature = "csr"))]
pub mod json;
pub mod office;
pub mod problem;
pub mod setup;
pub mod sop;

pub use problem::Problem;
