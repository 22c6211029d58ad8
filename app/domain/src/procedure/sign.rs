//! Penandatanganan (SOP step 11): who signs, as what, and what stands of it.
//!
//! Three equal ways (domain.md §4). Whichever it is, the office seals the document
//! with its own key, and only the office can: see `sync::seal`.

use serde::{Deserialize, Serialize};
use takar_derive::Readable;

use super::state::{Phase, Round};
use super::{Progress, document};
use crate::codec::to_json;
use crate::config::{Config, Post, Tenure};
use crate::evidence::{Kind, Reference, Stored};
use crate::issue::Issue;
use crate::permission::{active, posts};
use crate::record::{Record, RecordId};
use crate::sop::Kind as Step;
use crate::text::names;

/// How a document was signed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Manner {
    /// By the signer's password and Takar's seal.
    #[default]
    Seal,
    /// On paper; the scan is attached.
    Scan,
    /// Through BSrE; the PDF is attached.
    Bsre,
}

/// A signature as it stands in the log for ever.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Readable)]
pub struct Signature {
    pub manner: Manner,
    /// [`document::FORMAT`] of what was signed.
    pub format: u16,
    /// The canonical text, kept among the office's files. Its hash is what is signed.
    pub document: Stored,
    /// The log's end when it was signed: sequence, and chain hash as hex.
    pub seq: u64,
    pub head: String,
    /// Office time, milliseconds UTC.
    pub at: i64,
    pub signer: RecordId,
    /// As it is printed: the block's lines, name and NIP.
    pub title: Vec<String>,
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nip: Option<String>,
    /// SHA-256 of the scan or the BSrE document.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<String>,
    /// Which key of the office made it, and the key to verify it with (hex).
    pub key: String,
    pub public: String,
    /// Ed25519 over [`Signature::message`], hex.
    pub value: String,
}

impl Signature {
    /// The bytes that are signed: everything here but the signature itself.
    #[must_use]
    pub fn message(&self) -> Vec<u8> {
        let unsigned = Self { value: String::new(), ..self.clone() };
        ["takar signature 1\n", &to_json(&unsigned)].concat().into_bytes()
    }
}

/// The last round of the step that signs, signed as it stands; `None` if it does not.
#[must_use]
pub fn standing(all: &[Progress]) -> Option<(&Round, &Signature)> {
    let state = step(all)?.runs.first()?.state.as_ref().filter(|state| state.phase == Phase::Done)?;
    Some((&state.round, state.round.signature.as_ref()?))
}

/// The step that signs.
#[must_use]
pub fn step(all: &[Progress]) -> Option<&Progress> {
    all.iter().find(|step| step.step.kind == Step::Sign)
}

/// Who may sign, as it is printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signer {
    pub person: RecordId,
    /// `Plt. CAMAT CONTOH`, or `a.n. CAMAT CONTOH` over `SEKRETARIS`.
    pub title: Vec<String>,
    pub name: String,
    pub nip: Option<String>,
}

impl From<&Signature> for Signer {
    fn from(signature: &Signature) -> Self {
        let Signature { signer, title, name, nip, .. } = signature.clone();
        Self { person: signer, title, name, nip }
    }
}

/// As what a person signs on a date (ISO): the Camat however the post is held,
/// else the Sekretaris in the Camat's name. `None` for everybody else.
#[must_use]
pub fn signer(config: &Config, person: RecordId, date: &str) -> Option<Signer> {
    let about = config.people.get(&person).filter(|_| active(config, person))?;
    let camat = camat(config);
    let held = |post: Post| posts(config, person, date).find(|held| held.post == post);
    let title = match (held(Post::Camat), held(Post::Sekretaris)) {
        (Some(held), _) => vec![titled(held.tenure, &camat)],
        (None, Some(held)) => {
            let own = names::post(Post::Sekretaris).to_ascii_uppercase();
            vec![["a.n. ", &camat].concat(), titled(held.tenure, &own)]
        }
        (None, None) => return None,
    };
    Some(Signer { person, title, name: about.name.clone(), nip: about.nip.clone() })
}

/// Everybody who may sign on a date (ISO), the Camat first.
#[must_use]
pub fn signers(config: &Config, date: &str) -> Vec<Signer> {
    let mut all: Vec<_> = config.people.keys().filter_map(|person| signer(config, *person, date)).collect();
    crate::sorted::sort_by_key(&mut all, |signer| signer.title.len());
    all
}

fn titled(tenure: Tenure, post: &str) -> String {
    match names::tenure(tenure) {
        "" => post.to_owned(),
        before => [before, " ", post].concat(),
    }
}

/// `CAMAT CONTOH`.
fn camat(config: &Config) -> String {
    let name = config.office.as_ref().map(|(_, office)| office.name.to_ascii_uppercase());
    let post = names::post(Post::Camat).to_ascii_uppercase();
    match name.as_deref().map(|name| name.strip_prefix("KECAMATAN ").unwrap_or(name)) {
        Some(place) => [&post, " ", place].concat(),
        None => post,
    }
}

/// Whether the step's files are what this way of signing asks for.
///
/// # Errors
/// `sign.no_scan`, `sign.no_pdf`.
pub fn evidence(manner: Manner, files: &[Reference]) -> Result<(), Issue> {
    let shown = |file: &Reference| file.file.is_some() && file.kind != Kind::Spreadsheet;
    match manner {
        Manner::Seal => Ok(()),
        Manner::Scan if files.iter().any(shown) => Ok(()),
        Manner::Scan => Err(Issue::hard("sign.no_scan", super::paper::EVIDENCE)),
        Manner::Bsre if files.iter().any(|file| file.file.is_some() && file.kind == Kind::Pdf) => Ok(()),
        Manner::Bsre => Err(Issue::hard("sign.no_pdf", super::paper::EVIDENCE)),
    }
}

/// The hashes of the attached files, sorted.
#[must_use]
pub fn hashes(files: &[Reference]) -> Vec<String> {
    let mut all: Vec<_> = files.iter().filter_map(|file| Some(file.file.as_ref()?.sha256.clone())).collect();
    crate::sorted::sort(&mut all);
    all
}

/// What is wrong with a signature that the office made: the figures may have moved
/// between its looking and its writing.
pub(super) fn issue(
    config: &Config,
    get: &dyn Fn(RecordId) -> Option<Record>,
    cycle: RecordId,
    signature: &Signature,
    files: &[Reference],
) -> Option<Issue> {
    if let Err(issue) = evidence(signature.manner, files) {
        return Some(issue);
    }
    let now =
        || document::document(config, get, cycle).map(|all| document::digest(&document::canonical(&all)));
    let stands = signature.format != document::FORMAT || now().as_ref() == Some(&signature.document.sha256);
    let attached = signature.manner == Manner::Seal || signature.files == hashes(files);
    (!(stands && attached)).then(|| Issue::hard("sign.changed", super::STATE))
}
