//! What a person picks: read whole, and cut in parts for the way to the office.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
pub use web_sys::Blob;
use web_sys::{Event, File, HtmlInputElement, Url};

use super::request::{member, text};

/// A picked file.
#[derive(Clone)]
pub struct Picked(File);

/// The files of a file input's change. The input is empty again, so that the
/// same file can be picked once more.
#[must_use]
pub fn picked(event: &Event) -> Vec<Picked> {
    let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    let Some((input, files)) = input.and_then(|input| Some((input.clone(), input.files()?))) else {
        return Vec::new();
    };
    let found = (0..files.length()).filter_map(|n| files.get(n)).map(Picked).collect();
    // The same file may be picked again, after it was mended.
    input.set_value("");
    found
}

impl Picked {
    #[must_use]
    pub fn name(&self) -> String {
        self.0.name()
    }

    /// Its bytes, as the browser holds them.
    #[must_use]
    pub fn blob(&self) -> &Blob {
        &self.0
    }

    /// Bytes; known before they are read.
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a size is whole and not negative"
    )]
    pub fn size(&self) -> u64 {
        self.0.size() as u64
    }

    /// Whether the browser takes it for a picture, by its name: a hint only.
    #[must_use]
    pub fn is_picture(&self) -> bool {
        self.0.type_().starts_with("image/")
    }

    /// All bytes; `None` if the browser cannot read them (any more).
    pub async fn read(&self) -> Option<Vec<u8>> {
        bytes(&self.0).await
    }
}

/// All bytes of a blob.
pub async fn bytes(blob: &Blob) -> Option<Vec<u8>> {
    // web-sys has no `Blob.arrayBuffer`; a response reads a blob just as well.
    let response = web_sys::Response::new_with_opt_blob(Some(blob)).ok()?;
    super::http::bytes_of(&response).await.ok()
}

/// Bytes as the browser keeps them, with the time of now.
#[must_use]
pub fn blob(bytes: &[u8]) -> Option<Blob> {
    let parts = Array::of1(&Uint8Array::from(bytes));
    File::new_with_u8_array_sequence(&parts, "").ok().map(Into::into)
}

/// A file that grows by pieces; the browser keeps it where it likes.
pub struct Growing(Array);

impl Growing {
    /// One that begins so.
    #[must_use]
    pub fn new(bytes: &[u8]) -> Self {
        Self(Array::of1(&Uint8Array::from(bytes)))
    }

    /// Adds bytes.
    pub fn add(&self, bytes: &[u8]) -> Option<()> {
        // As a blob: the bytes need not stay in this page's memory.
        let bytes = Array::of1(&Uint8Array::from(bytes));
        let piece = Blob::new_with_u8_array_sequence(&bytes).ok()?;
        self.0.push(&piece);
        Some(())
    }

    /// Gives it to the person as a download of this name.
    pub fn download(&self, name: &str) -> Option<()> {
        let file = Blob::new_with_blob_sequence(&self.0).ok()?;
        let address = web_sys::Url::create_object_url_with_blob(&file).ok()?;
        let link = web_sys::window()?.document()?.create_element("a").ok()?;
        let link: web_sys::HtmlAnchorElement = link.dyn_into().ok()?;
        link.set_href(&address);
        link.set_download(name);
        link.click();
        // The browser reads it in its own time: the address ends with the page.
        Some(())
    }
}

/// Bytes `from..to`, not read yet.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "no file is so large that a place in it is not exact")]
pub fn slice(blob: &Blob, from: u64, to: u64) -> Option<Blob> {
    blob.slice_with_f64_and_f64(from as f64, to as f64).ok()
}

/// An address that shows a file in this page, until [`forget`].
#[must_use]
pub fn address(blob: &Blob) -> Option<String> {
    Url::create_object_url_with_blob(blob).ok()
}

/// The address is not needed any more.
pub fn forget(address: &str) {
    // Another kind of address is none of ours.
    drop(Url::revoke_object_url(address));
}

/// What the browser tells of the connection (Network Information API), if it does.
fn connection() -> Option<JsValue> {
    member(&web_sys::window()?.navigator(), "connection")
}

/// Whether the browser tells Wi-Fi from a phone's line.
#[must_use]
pub fn tells_wifi() -> bool {
    connection().is_some_and(|connection| !text(&connection, "type").is_empty())
}

/// Whether the connection costs money, as far as the browser tells.
#[must_use]
pub fn is_metered() -> bool {
    let Some(connection) = connection() else { return false };
    let saves = member(&connection, "saveData").is_some_and(|saves| saves.is_truthy());
    saves || text(&connection, "type") == "cellular"
}

/// Calls `act` whenever the kind of connection changes, where the browser tells.
pub fn on_kind_of_connection(act: impl Fn() + 'static) {
    if let Some(connection) = connection() {
        super::page::listen(connection.unchecked_ref(), "change", act);
    }
}
