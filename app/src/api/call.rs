//! A call of the office's functions from the browser.

use std::pin::Pin;

use serde::de::DeserializeOwned;
use takar_domain::codec::from_json;

use super::Problem;
use crate::platform::http::{self, Answer};

/// Argon2 on a small office computer takes a second or two; a slow line more.
const TIME_OUT_MS: u32 = 20_000;

/// Calls the function at an address with its arguments in JSON. No answer in
/// time is no connection, and neither is one that cannot be read: a captive
/// portal answers 200 with its own page.
pub(super) async fn call<T: DeserializeOwned>(
    address: &'static str,
    arguments: String,
) -> Result<T, Problem> {
    let bytes = ask(address, arguments).await?;
    from_json(&bytes).map_err(|_| Problem::offline())
}

fn ask(address: &'static str, arguments: String) -> Pin<Box<dyn Future<Output = Result<Vec<u8>, Problem>>>> {
    Box::pin(async move {
        match http::post_json(address, &arguments, TIME_OUT_MS).await {
            Ok(answer) if answer.is_ok() => Ok(answer.bytes),
            Ok(Answer { bytes, .. }) => Err(from_json(&bytes).unwrap_or_else(|_| Problem::offline())),
            Err(_) => Err(Problem::offline()),
        }
    })
}
