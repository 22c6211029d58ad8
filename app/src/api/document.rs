//! What only the office can do with a cycle's document: seal it, and give the number
//! of the letter that sends it.

use serde::Serialize;
use takar_derive::Readable;
use takar_domain::procedure::sign::Manner;
use takar_domain::record::RecordId;

/// A document to be signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Readable)]
pub struct Signing {
    pub cycle: RecordId,
    pub step: u16,
    pub manner: Manner,
    /// Who signs, or signed on paper.
    pub signer: RecordId,
    /// The signer's, for [`Manner::Seal`]; else empty.
    #[serde(default)]
    pub password: String,
    /// SHA-256 of the document as the signer's device showed it; an app that says none
    /// signs what stands at the office.
    #[serde(default)]
    pub shown: Option<String>,
    /// Waktu kerja.
    #[serde(default)]
    pub minutes: Option<u32>,
    /// ISO, if it was signed on another day.
    #[serde(default)]
    pub event_date: Option<String>,
    #[serde(default)]
    pub reason: Option<String>,
}

functions! {
    /// Seals the document of a cycle and ends its step; `acting` must be in the session.
    SignDocument at "sign_document": sign_document(acting: RecordId, signing: Signing) -> ();

    /// Gives a letter's step its number, the same one if it has one; `date` is the
    /// letter's, ISO. Answers the number as it is printed.
    GiveNumber at "give_number": give_number(acting: RecordId, cycle: RecordId, step: u16, date: String) -> String;
}
