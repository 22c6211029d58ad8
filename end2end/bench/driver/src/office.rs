//! Founding and furnishing an office through the product's own interface.

use serde_json::{Value, json};
use takar_domain::config::MAIN;
use takar_domain::record::{Made, OpId, RecordId, Source, Subject, natural};
use takar_domain::workflow::Action;
use takar_sync::client::{Account, Answer, Call};
use takar_sync::operation::{Change, Operation, Part, SCHEMA};
use takar_sync::seal;
use takar_sync::wire::Push;
use uuid::Uuid;

use crate::Failed;
use crate::http::{Http, now_ms};
use crate::work::{INDICATORS, Shape, indicator, nagari_code, unit_id};

pub const PASSWORD: &str = "rahasia-sekali";

/// Founds the office and adds what the work needs: units, nagari, indicators,
/// and one person for each device. Gives the length of the log.
pub async fn found(url: &str, code: &str, shape: &Shape) -> Result<u64, Failed> {
    let admin = Http::new(url)?;
    let founding = json!({ "founding": {
        "code": code, "office": "Kecamatan Uji", "regency": "Kabupaten Uji", "zone": "WIB",
        "admin": "Admin Uji", "username": "admin", "password": PASSWORD,
    }});
    admin.function("first_run", &founding).await?;
    let account = admin.sign_in("admin", PASSWORD).await?;
    let admin = admin.working(account.person);
    let parts = furniture(shape);
    let mut seq = 0;
    for (part, number) in parts.into_iter().zip(1..) {
        seq = write(&admin, &account, account.last_number + number, part).await?;
    }
    for device in 0..shape.devices {
        let args = json!({ "acting": account.person, "person": person(device), "new": PASSWORD });
        admin.function("set_password", &args).await?;
    }
    Ok(seq)
}

/// Who works on a device.
pub fn username(device: usize) -> String {
    format!("petugas{device}")
}

fn person(device: usize) -> RecordId {
    natural(Uuid::nil(), &username(device))
}

fn furniture(shape: &Shape) -> Vec<Part> {
    let node = natural(Uuid::nil(), "node");
    let value = json!({"level": "sub_kegiatan", "code": "7.01.01.2.01.0001", "title": "Pembinaan nagari"});
    let mut parts = vec![main(Subject::Node { id: node }, value)];
    for n in 0..shape.units() {
        parts.push(main(
            Subject::Unit { id: unit_id(n) },
            json!({"name": format!("Unit {n}"), "kind": "section"}),
        ));
    }
    for n in 0..shape.fields.saturating_sub(4) {
        let id = natural(Uuid::nil(), &format!("nagari {n}"));
        let code = nagari_code(n);
        parts.push(main(Subject::Nagari { id }, json!({"name": format!("Nagari {code}"), "code": code})));
    }
    for n in 0..INDICATORS {
        let value = json!({"node": node, "code": format!("IK-{n}"), "name": format!("Jumlah laporan {n}"),
            "measure": "Laporan", "value_type": "count", "rows": "sum",
            "variables": [{"name": "done"}, {"name": "of"}], "unit": unit_id(0)});
        parts.push(main(Subject::Indicator { id: indicator(n) }, value));
    }
    for device in 0..shape.devices {
        let (id, name) = (person(device), username(device));
        parts.push(main(Subject::Person { id }, json!({"name": name, "username": name})));
        let holding = natural(Uuid::nil(), &format!("post {device}"));
        // May type everywhere, also what is history, and choose between values.
        let value = json!({"person": id, "post": "sekretaris_tim", "from": "2016-01-01"});
        parts.push(main(Subject::Holding { id: holding }, value));
    }
    parts
}

fn main(subject: Subject, value: Value) -> Part {
    let change = Change { group: MAIN.to_owned(), seen: Vec::new(), value };
    Part { subject, action: Action::Edit, changes: vec![change], judged: Vec::new() }
}

async fn write(http: &Http, account: &Account, number: u64, part: Part) -> Result<u64, Failed> {
    let operation = Operation {
        id: OpId(Uuid::now_v7()),
        office: account.office,
        device: account.device,
        author: account.person,
        number,
        acted_for: None,
        source: Source::Own,
        schema: SCHEMA,
        made: Made { wall: now_ms(), anchor: None },
        reason: None,
        names: None,
        parts: vec![part],
    };
    let envelopes = vec![seal::seal(&operation, &account.key, &account.key_id)];
    let push = Push { device: account.device, envelopes, cursors: Vec::new(), depth: 0, room: None };
    match http.call(&Call::Push(push), None).await {
        Ok(Answer::Push(answer)) => match &answer.receipts[..] {
            [receipt] if receipt.verdict.is_applied() => Ok(receipt.seq.unwrap_or(0)),
            receipts => Err(format!("the office does not take its furniture: {receipts:?}").into()),
        },
        other => Err(format!("the office does not take its furniture: {other:?}").into()),
    }
}
