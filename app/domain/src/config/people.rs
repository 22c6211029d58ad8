//! People and the posts they hold.

use serde::{Deserialize, Serialize};
use takar_derive::Readable;

use super::yes;
use crate::record::RecordId;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Readable)]
pub struct Person {
    pub name: String,
    /// What the person signs in with; the password lives outside the log.
    pub username: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nip: Option<String>,
    #[serde(default = "yes")]
    pub active: bool,
}

/// Jabatan that Takar knows (domain.md §4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Post {
    Camat,
    Sekretaris,
    Perencana,
    Kasubbag,
    Kasi,
    SekretarisTim,
    AnggotaTim,
    Pelaksana,
    Bendahara,
    Inspektorat,
    Admin,
}

/// How a post is held; papers print it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tenure {
    #[default]
    Definitive,
    Plt,
    Plh,
    Pj,
}

/// A post held by a person from a date to a date, by a letter. ISO dates, inclusive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Readable)]
pub struct Holding {
    pub person: RecordId,
    pub post: Post,
    /// The unit it is held in; `None` for posts of the whole office.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<RecordId>,
    #[serde(default)]
    pub tenure: Tenure,
    pub from: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    #[serde(default)]
    pub letter: String,
}
