//! The words of the status pill.

use takar_domain::config::Zone;
use takar_domain::date::clock;
use takar_domain::text::sync as words;
use takar_sync::client::{State, Status};

use super::view::{SyncState, SyncView};

/// Days after which unsent work is warned of: browsers may delete it at seven.
const WARN_AFTER_DAYS: u64 = 3;
const DAY_MS: i64 = 86_400_000;

/// What the pill says. `wiped`: entries lost with the browser's wipe, if the
/// reader has not yet taken notice. `somebody`: whether anybody works here.
#[must_use]
pub fn sync_view(status: &Status, somebody: bool, wiped: Option<u64>, zone: Zone) -> SyncView {
    let (state, text) = match wiped {
        Some(lost) => (SyncState::Wiped, words::wiped(lost)),
        None if !somebody => (SyncState::Waiting, with_left(words::NOBODY, status)),
        None => pill(status, zone),
    };
    SyncView { state, text, waiting: status.waiting, attention: status.attention, drafts: status.drafts }
}

fn pill(status: &Status, zone: Zone) -> (SyncState, String) {
    match &status.state {
        State::Starting => (SyncState::Waiting, words::OPENING.into()),
        State::StoreTrouble { .. } => (SyncState::Attention, words::STORE_TROUBLE.into()),
        State::OtherOffice => (SyncState::Attention, words::OTHER_OFFICE.into()),
        State::Refused { .. } => (SyncState::Attention, words::REFUSED.into()),
        State::SignInNeeded => (SyncState::SignIn, with_left(words::SIGN_IN_NEEDED, status)),
        State::OfficeFull => (SyncState::Attention, with_left(words::OFFICE_FULL, status)),
        State::Offline => (SyncState::Offline, with_left(words::OFFLINE, status)),
        State::Sending { done, total } => (SyncState::Sending, words::sending(*done, *total)),
        State::SendingFiles { done, total } => (SyncState::Sending, words::sending_files(*done, *total)),
        State::Barred => (SyncState::Attention, with_left(words::BARRED, status)),
        State::Attention { count } => (SyncState::Attention, words::attention(*count)),
        State::Waiting => (SyncState::Waiting, left(status).unwrap_or_else(|| words::FETCHING.into())),
        State::UpToDate { at } => (SyncState::Green, words::all_sent(&clock(*at, zone))),
    }
}

/// `3 belum terkirim`, then drafts; `None` if nothing is left on the device.
fn left(status: &Status) -> Option<String> {
    if status.waiting > 0 {
        Some(words::waiting(status.waiting))
    } else if status.drafts > 0 {
        Some(words::drafts(status.drafts))
    } else if status.files.files > 0 {
        Some(words::files(status.files.files))
    } else {
        None
    }
}

fn with_left(what: &str, status: &Status) -> String {
    left(status).map_or_else(|| what.to_owned(), |left| [what, " · ", &left].concat())
}

/// Whole days since the oldest unsent work was made, from the third on.
#[must_use]
pub fn unsent_days(oldest_made_ms: Option<i64>, now_ms: i64) -> Option<u64> {
    let days = u64::try_from(now_ms.checked_sub(oldest_made_ms?)? / DAY_MS).ok()?;
    (days >= WARN_AFTER_DAYS).then_some(days)
}

#[cfg(test)]
mod tests {
    use takar_sync::client::{Gate, Transfer};

    use super::*;

    fn status(state: State, waiting: usize, drafts: usize) -> Status {
        Status { state, waiting, attention: 0, drafts, files: Transfer::default(), heard: None }
    }

    #[test]
    fn files_on_their_way_are_told_and_never_green() {
        let files = Transfer { files: 2, done: 400, total: 1_000, gate: Gate::Open };
        let sending = State::SendingFiles { done: 400, total: 1_000 };
        let cases = [
            (sending, SyncState::Sending, "Mengirim berkas 40%"),
            (State::Waiting, SyncState::Waiting, "2 berkas belum terkirim"),
            (State::Offline, SyncState::Offline, "Tanpa sambungan · 2 berkas belum terkirim"),
        ];
        for (state, shown, text) in cases {
            let status = Status { files, ..status(state, 0, 0) };
            assert_eq!(said(&status, None), (shown, text.to_owned()));
        }
    }

    fn said(status: &Status, wiped: Option<u64>) -> (SyncState, String) {
        let view = sync_view(status, true, wiped, Zone::Wib);
        (view.state, view.text)
    }

    #[test]
    fn the_pill_says_what_is_left_on_the_device() {
        let cases = [
            (status(State::Offline, 3, 1), SyncState::Offline, "Tanpa sambungan · 3 belum terkirim"),
            (status(State::Offline, 0, 0), SyncState::Offline, "Tanpa sambungan"),
            (
                status(State::OfficeFull, 3, 0),
                SyncState::Attention,
                "Penyimpanan kantor penuh, akan dicoba lagi · 3 belum terkirim",
            ),
            (status(State::Sending { done: 2, total: 3 }, 1, 0), SyncState::Sending, "Mengirim 2 dari 3"),
            (status(State::Waiting, 0, 1), SyncState::Waiting, "1 draf belum disimpan"),
            (
                status(State::UpToDate { at: 9_060_000 }, 0, 0),
                SyncState::Green,
                "Semua sudah terkirim · 09.31 WIB",
            ),
            (
                status(State::Barred, 2, 0),
                SyncState::Attention,
                "Jabatan Anda di kantor ini sudah berakhir · 2 belum terkirim",
            ),
            (status(State::Attention { count: 1 }, 0, 0), SyncState::Attention, "Perlu perhatian: 1 ditolak"),
        ];
        for (status, state, text) in cases {
            assert_eq!(said(&status, None), (state, text.to_owned()), "{status:?}");
        }
    }

    #[test]
    fn nothing_is_promised_before_anybody_signed_in() {
        let view = sync_view(&status(State::UpToDate { at: 0 }, 0, 0), false, None, Zone::Wib);
        assert_eq!((view.state, view.text.as_str()), (SyncState::Waiting, "Belum ada yang masuk"));
    }

    #[test]
    fn a_wiped_device_is_never_green() {
        let green = status(State::UpToDate { at: 0 }, 0, 0);
        let (state, text) = said(&green, Some(10));
        assert_eq!(state, SyncState::Wiped);
        assert!(text.contains("10"), "{text}");
    }

    #[test]
    fn unsent_work_is_warned_of_after_three_days() {
        assert_eq!(unsent_days(Some(0), 2 * DAY_MS), None);
        assert_eq!(unsent_days(Some(0), 3 * DAY_MS + 1), Some(3));
        assert_eq!(unsent_days(Some(DAY_MS), 0), None, "a clock that ran backwards warns of nothing");
        assert_eq!(unsent_days(None, DAY_MS), None);
    }
}
