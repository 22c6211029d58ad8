//! What stands in a required field until it is read.

use uuid::Uuid;

use crate::config::{Level, Post, UnitKind};
use crate::decimal::Decimal;
use crate::evidence::Kind;
use crate::figure::{Decision, EntryState};
use crate::issue::Severity;
use crate::period::{Period, Span};
use crate::procedure::Phase;
use crate::procedure::sign::Manner;
use crate::record::{RecordId, Subject, Value};
use crate::sorted::Map;

/// Has a value for the time before one is read. Nobody ever sees it: without a required
/// field there is no value. A struct is blank by `#[derive(Readable)]`.
pub trait Blank {
    fn blank() -> Self;
}

/// Types whose blank is an expression: `blank! { Kind = Kind::Held; }`.
#[macro_export]
macro_rules! blank {
    ($($of:ty = $blank:expr;)*) => {$(
        impl $crate::codec::fill::Blank for $of {
            fn blank() -> Self {
                $blank
            }
        }
    )*};
}

blank! {
    bool = false;
    u8 = 0;
    u16 = 0;
    u32 = 0;
    u64 = 0;
    usize = 0;
    i64 = 0;
    String = String::new();
    Value = Value::Null;
    Uuid = Uuid::nil();
    Decimal = Decimal::ZERO;
    Decision = Decision::Accept;
    EntryState = EntryState::NotFilled;
    Kind = Kind::Link;
    Level = Level::Goal;
    Manner = Manner::Seal;
    Period = Period { year: 0, span: Span::Year };
    Phase = Phase::Running;
    Post = Post::Pelaksana;
    Severity = Severity::Hard;
    Subject = Subject::Office { id: RecordId::blank() };
    UnitKind = UnitKind::Section;
}

impl<T> Blank for Option<T> {
    fn blank() -> Self {
        None
    }
}

impl<T> Blank for Vec<T> {
    fn blank() -> Self {
        Self::new()
    }
}

impl<K, V> Blank for Map<K, V> {
    fn blank() -> Self {
        Self::new()
    }
}

impl<T: Blank, const N: usize> Blank for [T; N] {
    fn blank() -> Self {
        std::array::from_fn(|_| T::blank())
    }
}
