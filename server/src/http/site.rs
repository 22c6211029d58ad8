//! The built app: from a folder while developing, from inside the binary in a
//! release. Precompressed neighbours (`.br`, `.gz`) are sent where accepted.

use std::borrow::Cow;
use std::path::PathBuf;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

use super::body::text;
use crate::problem::Problem;
use crate::service::secret::hex;

/// Where the built app is.
#[derive(Clone, Debug)]
pub enum Site {
    Folder(PathBuf),
    /// Inside this binary (feature `embed`).
    #[cfg(feature = "embed")]
    Embedded,
    /// Nowhere: only the interfaces answer.
    None,
}

#[cfg(feature = "embed")]
#[derive(rust_embed::RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../target/site"]
struct Files;

impl Site {
    async fn file(&self, path: &str) -> Option<Cow<'static, [u8]>> {
        match self {
            Self::Folder(folder) => {
                let file = folder.join(path);
                tokio::fs::read(file).await.ok().map(Cow::Owned)
            }
            #[cfg(feature = "embed")]
            Self::Embedded => Files::get(path).map(|file| file.data),
            Self::None => None,
        }
    }
}

/// Answers everything that is not an interface. A page's address gets the
/// shell, but only if a page is asked for: a missing file must stay missing.
pub(super) async fn serve(
    State(site): State<Site>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    if !matches!(method, Method::GET | Method::HEAD) {
        return Problem::Method.into_response();
    }
    let Some(path) = clean(uri.path()) else { return Problem::NotFound.into_response() };
    if !path.is_empty()
        && let Some(response) = send(&site, &path, &headers).await
    {
        return response;
    }
    let page = text(&headers, header::ACCEPT).is_some_and(|accept| accept.contains("text/html"));
    let reserved =
        ["pkg", "api"].iter().any(|folder| path == *folder || path.starts_with(&format!("{folder}/")));
    if page && !reserved {
        return match send(&site, "index.html", &headers).await {
            Some(response) => response,
            None => Problem::NotFound.into_response(),
        };
    }
    Problem::NotFound.into_response()
}

/// The path inside the site, or nothing if it tries to leave it.
fn clean(path: &str) -> Option<String> {
    let path = path.trim_start_matches('/');
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/');
    // A page's address may hold any identifier; only plain names are files.
    if path.contains("..") || path.contains('\\') || path.contains('%') || path.contains("//") {
        return None;
    }
    path.chars().all(plain).then(|| path.to_owned())
}

async fn send(site: &Site, path: &str, headers: &HeaderMap) -> Option<Response> {
    if matches!(path.rsplit('.').next(), Some("br" | "gz")) {
        return None;
    }
    let accepted = text(headers, header::ACCEPT_ENCODING).unwrap_or_default();
    let mut found = None;
    for (coding, ending) in [("br", ".br"), ("gzip", ".gz")] {
        if found.is_none()
            && accepted.contains(coding)
            && let Some(bytes) = site.file(&format!("{path}{ending}")).await
        {
            found = Some((bytes, Some(coding)));
        }
    }
    let (bytes, coding) = match found {
        Some(found) => found,
        None => (site.file(path).await?, None),
    };
    let tag = format!("\"{}\"", hex(&Sha256::digest(&bytes)[..12]));
    let fresh = headers.get(header::IF_NONE_MATCH).is_some_and(|seen| seen.as_bytes() == tag.as_bytes());
    let mut response = if fresh {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        Body::from(bytes.into_owned()).into_response()
    };
    let out = response.headers_mut();
    out.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type(path)));
    out.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching(path)));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        out.insert(header::ETAG, tag);
    }
    if let Some(coding) = coding {
        out.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    Some(response)
}

fn caching(path: &str) -> &'static str {
    if path.starts_with("pkg/") && is_hashed(path) {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    }
}

/// Whether the name carries a hash of the content: then it never changes.
fn is_hashed(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    name.split(['-', '.', '_']).any(|part| {
        part.len() >= 8
            && part.bytes().all(|b| b.is_ascii_hexdigit())
            && part.bytes().any(|b| b.is_ascii_digit())
    })
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "webp" => "image/webp",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_hashed_names_are_kept_for_ever() {
        assert!(is_hashed("pkg/takar-3f9a01bc77.js"));
        assert!(is_hashed("pkg/takar_bg.3f9a01bc77d2.wasm"));
        for name in ["pkg/takar.js", "pkg/takar_bg.wasm", "pkg/snippets/inline0.js", "pkg/feedface.js"] {
            assert!(!is_hashed(name), "{name}");
        }
    }

    #[test]
    fn a_path_never_leaves_the_site() {
        for path in ["/../etc/passwd", "/%2e%2e/x", "/a\\b", "/pkg//x", "/ü"] {
            assert_eq!(clean(path), None, "{path}");
        }
        assert_eq!(clean("/isi/0190-ab/q3").as_deref(), Some("isi/0190-ab/q3"));
    }
}
