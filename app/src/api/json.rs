//! The JSON of the server functions, along the app's one way of decoding.

use leptos::server_fn::codec::Post;
use leptos::server_fn::{Bytes, ContentType, Decodes, Encodes, Format, FormatType};
use serde::Serialize;
use serde::de::DeserializeOwned;
use takar_domain::codec::{Unreadable, from_json, to_json};

/// Arguments and answers as JSON in a `POST`: what `server_fn::codec::Json`
/// says on the wire, without serde_json's decoder for every type.
pub type Json = Post<Plain>;

/// The encoding of [`Json`].
pub struct Plain;

impl ContentType for Plain {
    const CONTENT_TYPE: &'static str = "application/json";
}

impl FormatType for Plain {
    const FORMAT_TYPE: Format = Format::Text;
}

impl<T: Serialize> Encodes<T> for Plain {
    type Error = Unreadable;

    fn encode(value: &T) -> Result<Bytes, Unreadable> {
        Ok(to_json(value).into())
    }
}

impl<T: DeserializeOwned> Decodes<T> for Plain {
    type Error = Unreadable;

    fn decode(json: Bytes) -> Result<T, Unreadable> {
        from_json(&json)
    }
}
