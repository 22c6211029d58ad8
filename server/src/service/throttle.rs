//! Brakes on guessing passwords: per account first, per address only softly,
//! because a whole office sits behind one router.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

/// Wrong attempts on one account before it is blocked for a while.
const FREE: i64 = 5;
/// First block; each further wrong attempt doubles it.
const FIRST_MS: i64 = 30_000;
/// Longest block.
const LONGEST_MS: i64 = 15 * 60_000;

/// How long an account rests after so many failures, in ms; 0 = not at all.
#[must_use]
pub fn rest_after(failures: i64) -> i64 {
    if failures < FREE {
        return 0;
    }
    let doublings = u32::try_from(failures - FREE).unwrap_or(u32::MAX).min(10);
    FIRST_MS.saturating_mul(1 << doublings).min(LONGEST_MS)
}

/// Wrong attempts per address within a minute.
#[derive(Debug, Default)]
pub struct Addresses {
    failures: Mutex<HashMap<IpAddr, (i64, u32)>>,
}

impl Addresses {
    const WINDOW_MS: i64 = 60_000;
    /// Soft: an office of fifty people who all mistype twice is not stopped.
    const FREE: u32 = 100;
    /// Addresses remembered at once; beyond it the table starts anew.
    const CAPACITY: usize = 10_000;

    /// How long this address should wait, in ms; 0 = go on.
    pub fn wait(&self, address: IpAddr, now: i64) -> i64 {
        let failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        match failures.get(&address) {
            Some((start, count)) if *count >= Self::FREE => (start + Self::WINDOW_MS - now).max(0),
            _ => 0,
        }
    }

    /// Takes down a wrong attempt.
    pub fn failed(&self, address: IpAddr, now: i64) {
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        if failures.len() >= Self::CAPACITY {
            failures.clear();
        }
        let entry = failures.entry(address).or_insert((now, 0));
        if now - entry.0 > Self::WINDOW_MS {
            *entry = (now, 0);
        }
        entry.1 = entry.1.saturating_add(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rest_doubles_up_to_a_quarter_of_an_hour() {
        let rests: Vec<i64> = (3..12).map(|n| rest_after(n) / 1000).collect();
        assert_eq!(rests, [0, 0, 30, 60, 120, 240, 480, 900, 900]);
    }

    #[test]
    fn an_office_behind_one_router_is_not_locked_out_by_one_of_its_people() {
        let addresses = Addresses::default();
        let router = IpAddr::from([10, 0, 0, 1]);
        for _ in 0..50 {
            addresses.failed(router, 1_000);
        }
        assert_eq!(addresses.wait(router, 1_500), 0);
        for _ in 0..50 {
            addresses.failed(router, 1_000);
        }
        assert_eq!(addresses.wait(router, 11_000), 50_000);
        assert_eq!(addresses.wait(router, 61_000), 0);
    }
}
