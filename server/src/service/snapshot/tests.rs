//! Catching up with another server costs what that one wrote, however large the
//! configuration is: else a server that is behind never comes to write.

use serde_json::json;
use takar_domain::record::{DeviceId, Made, OpId, Source};
use takar_sync::operation::{Envelope, Operation, SCHEMA};
use takar_sync::sim::{Setup, edit};
use uuid::Uuid;

use super::*;
use crate::service::clock::now_ms;
use crate::service::writer::tests::{found, run};

fn renamed(setup: &Setup, title: &str) -> Envelope {
    let (device, author) = (DeviceId(Uuid::nil()), setup.planner);
    let value = json!({ "level": "program", "code": "9", "title": title });
    let subject = Subject::Node { id: RecordId(Uuid::from_u128(9)) };
    let operation = Operation {
        id: OpId(Uuid::now_v7()),
        office: setup.office,
        device,
        author,
        number: 1,
        acted_for: None,
        source: Source::Own,
        schema: SCHEMA,
        made: Made { wall: now_ms(), anchor: None },
        reason: None,
        names: None,
        parts: vec![edit(subject, "main", value)],
    };
    let key_id = seal::key_id(author, device);
    seal::seal(&operation, &seal::derive_key(&setup.secret, &key_id), &key_id)
}

#[test]
fn catching_up_reads_what_changed_and_nothing_else() {
    run(async {
        let (store, office, setup) = found().await;
        let mut behind = office.snapshot();
        let _ = office.receive(vec![renamed(&setup, "Program")]).await.unwrap();
        // What another record of the configuration says cannot be read.
        let unit = setup.units[0];
        store.run_text(&format!("UPDATE record SET body = <bytes>'' WHERE record = '{unit}'")).await;
        assert!(store.config_records(setup.office).await.is_err(), "reading all of it fails");
        assert!(behind.refresh(&store).await.unwrap());
        let now = office.snapshot();
        assert_eq!((&behind.tip, &behind.config, &behind.records), (&now.tip, &now.config, &now.records));
        let node = behind.config.nodes.values().find(|node| node.code == "9");
        assert_eq!(node.map(|node| node.title.as_str()), Some("Program"));
        assert!(!behind.refresh(&store).await.unwrap());
    });
}
