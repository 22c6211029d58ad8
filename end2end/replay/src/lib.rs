//! Asks the browser's IndexedDB, through the product's own executor, what the
//! simulator's databases were asked: the same expectations hold, and every
//! reading gives the same rows, byte for byte.

#![cfg(target_family = "wasm")]

mod platform;

use platform::database::{Batch, Database, StoreError};
use takar_sync::client::Table;
use takar_sync::codec::from_cbor;
use takar_sync::sim::{Row, Traced, digest};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

/// The tables in the order of [`Table::ALL`].
static TABLES: [&str; 7] = [
    Table::ALL[0].name(),
    Table::ALL[1].name(),
    Table::ALL[2].name(),
    Table::ALL[3].name(),
    Table::ALL[4].name(),
    Table::ALL[5].name(),
    Table::ALL[6].name(),
];

/// Asks everything of `traces`, the file that takar-sync's example `traces`
/// writes. Gives the number of databases and of askings, `"275 5918"`.
///
/// # Errors
/// Words for the first answer that is another one, with the seed.
#[wasm_bindgen]
pub async fn replay(traces: Vec<u8>) -> Result<String, JsValue> {
    let databases: Vec<(u64, Vec<Traced>)> = from_cbor(&traces).map_err(|_| "unreadable traces")?;
    let mut asked = 0;
    for (place, (seed, trace)) in databases.iter().enumerate() {
        one(trace).await.map_err(|why| format!("TAKAR_SEED={seed}, database {place}: {why}"))?;
        asked += trace.len();
    }
    Ok(format!("{} {asked}", databases.len()))
}

/// Two connections, as two tabs have them, take turns.
async fn one(trace: &[Traced]) -> Result<(), String> {
    let open = async || Database::open(&TABLES, |_| ()).await.map_err(|why| words(&why));
    let tabs = [open().await?, open().await?];
    for ((at, asked), tab) in trace.iter().enumerate().zip(tabs.iter().cycle()) {
        match asked {
            Traced::Ran { held, .. } => {
                let ran = tab.run(&batch(asked)).await.map_err(|why| words(&why))?;
                if ran != *held {
                    return Err(format!("asking {at}: expectations hold: {ran}, in the simulator: {held}"));
                }
            }
            Traced::Read { digest } => {
                let read = read(tab).await?;
                if read != *digest {
                    return Err(format!("asking {at}: other rows than in the simulator"));
                }
            }
        }
    }
    tabs[0].erase().await;
    Ok(())
}

async fn read(tab: &Database) -> Result<String, String> {
    let tables = tab.load().await.map_err(|why| words(&why))?;
    let rows = TABLES
        .iter()
        .zip(&tables)
        .flat_map(|(table, rows)| rows.iter().map(|(key, value)| (*table, key.as_str(), value.as_slice())));
    Ok(digest(rows))
}

fn batch(asked: &Traced) -> Batch {
    let Traced::Ran { present, absent, deletes, puts, .. } = asked else { return Batch::default() };
    let present = present.iter().map(|row| (table(row), row.key.clone(), Some(row.value.clone())));
    let absent = absent.iter().map(|row| (table(row), row.key.clone(), None));
    Batch {
        expect: present.chain(absent).collect(),
        deletes: deletes.iter().map(|row| (table(row), row.key.clone())).collect(),
        puts: puts.iter().map(|row| (table(row), row.key.clone(), row.value.clone())).collect(),
    }
}

fn table(row: &Row) -> &'static str {
    TABLES.into_iter().find(|name| *name == row.table).unwrap_or_default()
}

fn words(why: &StoreError) -> String {
    format!("{why:?}")
}
