//! Time, randomness and ids: what the pure engine gets as arguments.

use uuid::{Builder, Uuid};

/// Device wall clock in ms since 1970 UTC. Nobody trusts it.
#[must_use]
pub fn wall_ms() -> i64 {
    // Whole milliseconds far below 2^53.
    js_sys::Date::now() as i64
}

/// Milliseconds since this page started; never runs backwards.
#[must_use]
pub fn mono_ms() -> u64 {
    let performance = web_sys::window().and_then(|w| w.performance());
    performance.map_or(0, |p| p.now() as u64)
}

/// Random bytes of the browser's generator, which every context has.
#[must_use]
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    if getrandom::fill(&mut bytes).is_err() {
        // No generator at all: the clock still keeps ids of one device apart.
        let now = (js_sys::Math::random() * 9e15) as u64 ^ mono_ms();
        for (place, byte) in bytes.iter_mut().enumerate() {
            *byte = now.rotate_left((place as u32).wrapping_mul(11)) as u8;
        }
    }
    bytes
}

#[must_use]
pub fn random_u64() -> u64 {
    u64::from_le_bytes(random())
}

/// A time-ordered id.
#[must_use]
pub fn uuid_v7() -> Uuid {
    let millis = u64::try_from(wall_ms()).unwrap_or_default();
    Builder::from_unix_timestamp_millis(millis, &random()).into_uuid()
}
