//! The app's own sync engine against this server: two people on two devices.

use takar_sync::client::{State, Trigger};

use crate::app::run;
use crate::office;
use crate::tab::Tab;
use crate::tus;

#[test]
fn two_people_work_offline_and_meet() {
    run(async {
        let (app, _, furniture) = office::open().await;
        let indicator = furniture.indicator;
        let mut phone = Tab::open(app.browser().sign_in("staf").await).await;
        let mut laptop = Tab::open(app.browser().sign_in("kasi").await).await;
        assert!(matches!(phone.client.status().state, State::UpToDate { .. }), "{:?}", phone.client.status());

        // Both fill the same figure without a connection; the phone mends its own.
        (phone.online, laptop.online) = (false, false);
        phone.save(indicator, 12).await;
        phone.save(indicator, 13).await;
        laptop.save(indicator, 15).await;
        assert_eq!((phone.numbers(indicator), laptop.numbers(indicator)), (vec![13], vec![15]));
        assert_eq!(phone.client.outbox().count(), 2);
        assert!(!matches!(phone.client.status().state, State::UpToDate { .. }));

        // The laptop arrives first, then the phone; then the laptop hears of it.
        laptop.online = true;
        laptop.wake(Trigger::Online).await;
        phone.online = true;
        phone.wake(Trigger::Online).await;
        laptop.wake(Trigger::Poke(app.log().await.len() as u64)).await;
        for tab in [&phone, &laptop] {
            assert_eq!(tab.numbers(indicator), [15, 13], "both stand, in order of arrival");
            assert!(matches!(tab.client.status().state, State::UpToDate { .. }), "{:?}", tab.client.status());
            assert_eq!(tab.client.outbox().count(), 0);
        }

        // The head of the unit decides; the choice reaches the phone.
        laptop.save(indicator, 15).await;
        laptop.wake(Trigger::Manual).await;
        phone.wake(Trigger::Manual).await;
        assert_eq!((phone.numbers(indicator), laptop.numbers(indicator)), (vec![15], vec![15]));
        assert_eq!(phone.client.cursor(), laptop.client.cursor());
    });
}

#[test]
fn a_photo_taken_offline_arrives_after_its_number() {
    run(async {
        let (app, _, furniture) = office::open().await;
        let mut phone = Tab::open(app.browser().sign_in("staf").await).await;
        phone.online = false;
        let (bytes, sha256) = tus::pdf(41, 900_000);
        phone.attach(furniture.indicator, &bytes, &sha256).await;
        assert_eq!((phone.client.uploads().len(), phone.files()), (1, 1));
        phone.online = true;
        phone.asked.clear();
        phone.wake(Trigger::Online).await;
        assert_eq!(phone.asked[..3], ["push", "offer", "part"], "the number first: {:?}", phone.asked);
        assert!(matches!(phone.client.status().state, State::UpToDate { .. }), "{:?}", phone.client.status());
        assert_eq!(
            (phone.client.uploads().len(), phone.files()),
            (0, 0),
            "its bytes left when the office had them"
        );
        assert_eq!(app.files.read(phone.worker.account.office, &sha256).await.unwrap(), bytes);
        let log = app.log().await;
        assert_eq!(log.last().unwrap().verdict.needs, std::slice::from_ref(&sha256));
        // Another device attaches the same file: nothing of it goes over the line.
        let mut laptop = Tab::open(app.browser().sign_in("lain").await).await;
        laptop.asked.clear();
        laptop.attach(furniture.other_indicator, &bytes, &sha256).await;
        assert_eq!(laptop.asked, ["push", "offer"]);
        assert_eq!(laptop.files(), 0);
    });
}
