//! The error of every server function.

#[cfg(not(feature = "csr"))]
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::Serialize;
use takar_derive::Readable;

#[cfg(not(feature = "csr"))]
use super::json::Plain;

/// What went wrong, readable as an RFC 9457 problem+json body: the members
/// `type` and `title` that the server adds are ignored here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Readable)]
pub struct Problem {
    /// HTTP status; [`Problem::NO_ANSWER`] if no answer of ours came back.
    #[serde(default)]
    pub status: u16,
    /// Stable code, for example `sign_in.wrong`.
    #[serde(default)]
    pub code: String,
    /// Indonesian sentence for the reader: what happened and what to do.
    #[serde(default, rename = "detail")]
    pub words: String,
}

impl Problem {
    /// Status of a call that never got an answer from the office.
    pub const NO_ANSWER: u16 = 0;

    /// A problem with its status, code and words.
    #[must_use]
    pub fn new(status: u16, code: &str, words: impl Into<String>) -> Self {
        Self { status, code: code.into(), words: words.into() }
    }

    /// No connection, or somebody else's answer (captive portal).
    #[must_use]
    pub fn offline() -> Self {
        Self::new(
            Self::NO_ANSWER,
            "offline",
            "Tidak ada sambungan ke kantor. Data di perangkat ini aman. Coba lagi setelah tersambung.",
        )
    }
}

#[cfg(not(feature = "csr"))]
impl FromServerFnError for Problem {
    type Encoder = Plain;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            // An unreadable answer is not ours: a captive portal answers 200 with HTML.
            ServerFnErrorErr::Request(_) | ServerFnErrorErr::Deserialization(_) => Self::offline(),
            ServerFnErrorErr::Args(_)
            | ServerFnErrorErr::MissingArg(_)
            | ServerFnErrorErr::UnsupportedRequestMethod(_) => {
                Self::new(400, "request.malformed", "Permintaan tidak dapat dibaca. Muat ulang aplikasi.")
            }
            _ => Self::new(
                500,
                "internal",
                "Terjadi kesalahan di komputer kantor. Data di perangkat ini aman. Coba lagi nanti.",
            ),
        }
    }
}

#[cfg(not(feature = "csr"))]
impl From<ServerFnErrorErr> for Problem {
    fn from(error: ServerFnErrorErr) -> Self {
        Self::from_server_fn_error(error)
    }
}

impl From<Problem> for String {
    fn from(problem: Problem) -> Self {
        problem.words
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.words)
    }
}

impl std::error::Error for Problem {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_problem_json_body() {
        let body = r#"{"type":"about:blank","title":"Unauthorized","status":401,"code":"sign_in.wrong","detail":"Nama atau kata sandi salah."}"#;
        let problem = Problem::de(body.as_bytes().to_vec().into());
        assert_eq!(problem, Problem::new(401, "sign_in.wrong", "Nama atau kata sandi salah."));
    }

    #[test]
    fn a_foreign_page_counts_as_no_connection() {
        let problem = Problem::de(b"<html>Selamat datang di WiFi</html>".to_vec().into());
        assert_eq!(problem.status, Problem::NO_ANSWER);
    }
}
