//! The device's store in IndexedDB: rows of bytes in a few named tables.
//!
//! A [`Batch`] is one transaction: what it expects is read and compared inside
//! it, and its writes are durable (`strict`) when it is done. A connection that
//! the browser closed is opened again.

use js_sys::{Array, Function, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File, IdbDatabase, IdbTransaction};

use super::connection::Connection;
pub use super::connection::Taken;
use super::page;
use super::request::{answer, end_of, name_of, text};

/// Rows of a table: key and bytes, sorted by key.
pub type Rows = Vec<(String, Vec<u8>)>;

/// Why nothing was read or written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreError {
    /// The browser forbids storage (private mode, policy) or it is broken.
    Blocked,
    /// The device or the browser's share of it is full.
    Full,
    /// A newer version of the app in another tab took the store over.
    Outdated,
    /// Anything else, with the exception's name for the log.
    Other(String),
}

/// One transaction as data.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    /// Table, key and the bytes that must stand there (`None`: nothing).
    pub expect: Vec<(&'static str, String, Option<Vec<u8>>)>,
    pub deletes: Vec<(&'static str, String)>,
    pub puts: Vec<(&'static str, String, Vec<u8>)>,
}

/// The store. Cheap to clone.
#[derive(Clone)]
pub struct Database {
    tables: &'static [&'static str],
    connection: Connection,
}

impl Database {
    /// Opens the store, and makes its tables if it is new. `on_taken` is called
    /// when another version of the app has the store or needs it.
    ///
    /// # Errors
    /// [`StoreError::Blocked`] if the browser gives no storage.
    pub async fn open(
        tables: &'static [&'static str],
        on_taken: impl Fn(Taken) + 'static,
    ) -> Result<Self, StoreError> {
        let connection = Connection::new(on_taken);
        connection.open(tables).await?;
        Ok(Self { tables, connection })
    }

    /// Every row of every table but the last, in one transaction, in the order of
    /// the tables. The last one holds files, which are read one by one.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn load(&self) -> Result<Vec<Rows>, StoreError> {
        let transaction = self.begin("readonly").await?;
        self.read_all(&transaction).await.map_err(|e| failure(&e))
    }

    /// Runs a batch. `false`: an expectation failed and nothing was written.
    ///
    /// # Errors
    /// See [`StoreError`]; nothing was written.
    pub async fn run(&self, batch: &Batch) -> Result<bool, StoreError> {
        match self.try_run(batch).await {
            // The connection may have ended in the middle: nothing was written.
            Err(StoreError::Other(_)) => {
                self.connection.forget();
                self.try_run(batch).await
            }
            done => done,
        }
    }

    async fn try_run(&self, batch: &Batch) -> Result<bool, StoreError> {
        let transaction = self.begin("readwrite").await?;
        let end = end_of(&transaction);
        match self.write(&transaction, batch).await {
            Ok(true) => {}
            Ok(false) => {
                let _ = transaction.abort();
                let _ = JsFuture::from(end).await;
                return Ok(false);
            }
            Err(why) => {
                let _ = transaction.abort();
                let _ = JsFuture::from(end).await;
                return Err(failure(&why));
            }
        }
        JsFuture::from(end).await.map_err(|why| failure(&why))?;
        page::announce_stored(&text(&transaction, "durability"));
        Ok(true)
    }

    /// Stores a file; durable when it is done.
    ///
    /// # Errors
    /// See [`StoreError`]; nothing was written.
    pub async fn put_file(&self, table: &str, key: &str, file: &Blob) -> Result<(), StoreError> {
        let transaction = self.begin("readwrite").await?;
        let end = end_of(&transaction);
        let store = transaction.object_store(table).map_err(|why| failure(&why))?;
        store.put_with_key(file, &key.into()).map_err(|why| failure(&why))?;
        JsFuture::from(end).await.map(drop).map_err(|why| failure(&why))
    }

    /// A stored file; `None` if it is not there.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn file(&self, table: &str, key: &str) -> Result<Option<Blob>, StoreError> {
        let transaction = self.begin("readonly").await?;
        let store = transaction.object_store(table).map_err(|why| failure(&why))?;
        let request = store.get(&key.into()).map_err(|why| failure(&why))?;
        let found = answer(&request).await.map_err(|why| failure(&why))?;
        Ok(found.dyn_into().ok())
    }

    /// Whether a stored file is there and was put longer ago than `ms`.
    pub async fn is_old_file(&self, table: &str, key: &str, ms: f64) -> bool {
        let file = self.file(table, key).await.ok().flatten().and_then(|blob| blob.dyn_into::<File>().ok());
        file.is_some_and(|file| file.last_modified() < js_sys::Date::now() - ms)
    }

    /// The keys of a table.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn keys(&self, table: &str) -> Result<Vec<String>, StoreError> {
        let transaction = self.begin("readonly").await?;
        let store = transaction.object_store(table).map_err(|why| failure(&why))?;
        let request = store.get_all_keys().map_err(|why| failure(&why))?;
        let keys: Array = answer(&request).await.map_err(|why| failure(&why))?.unchecked_into();
        Ok(keys.iter().filter_map(|key| key.as_string()).collect())
    }

    /// Closes and deletes everything; the app must reload afterwards.
    pub async fn erase(&self) {
        self.connection.erase().await;
    }

    async fn write(&self, transaction: &IdbTransaction, batch: &Batch) -> Result<bool, JsValue> {
        let mut reads = Vec::with_capacity(batch.expect.len());
        for (table, key, _) in &batch.expect {
            reads.push(transaction.object_store(table)?.get(&key.into())?);
        }
        for (request, (_, _, expected)) in reads.iter().zip(&batch.expect) {
            if bytes(&answer(request).await?) != *expected {
                return Ok(false);
            }
        }
        for (table, key) in &batch.deletes {
            transaction.object_store(table)?.delete(&key.into())?;
        }
        for (table, key, value) in &batch.puts {
            let value = Uint8Array::from(value.as_slice());
            transaction.object_store(table)?.put_with_key(&value, &key.into())?;
        }
        Ok(true)
    }

    async fn read_all(&self, transaction: &IdbTransaction) -> Result<Vec<Rows>, JsValue> {
        let (_, tables) = self.tables.split_last().unwrap_or((&"", &[]));
        let mut requests = Vec::with_capacity(tables.len());
        for table in tables {
            let store = transaction.object_store(table)?;
            requests.push((store.get_all_keys()?, store.get_all()?));
        }
        let mut all = Vec::with_capacity(requests.len());
        for (keys, values) in &requests {
            let keys: Array = answer(keys).await?.unchecked_into();
            let values: Array = answer(values).await?.unchecked_into();
            let rows = keys.iter().zip(values.iter());
            all.push(rows.filter_map(|(k, v)| Some((k.as_string()?, bytes(&v)?))).collect());
        }
        Ok(all)
    }

    /// A transaction over every table. A connection that the browser closed
    /// without a word shows here, and is opened again once.
    async fn begin(&self, mode: &str) -> Result<IdbTransaction, StoreError> {
        let connection = self.connection.open(self.tables).await?;
        if let Ok(transaction) = transaction(&connection, self.tables, mode) {
            return Ok(transaction);
        }
        self.connection.forget();
        let connection = self.connection.open(self.tables).await?;
        transaction(&connection, self.tables, mode).map_err(|why| failure(&why))
    }
}

/// `db.transaction(tables, mode, {durability})`, whose options web-sys lacks.
fn transaction(connection: &IdbDatabase, tables: &[&str], mode: &str) -> Result<IdbTransaction, JsValue> {
    let names: Array = tables.iter().map(|name| JsValue::from_str(name)).collect();
    let options = Object::new();
    Reflect::set(&options, &"durability".into(), &"strict".into())?;
    let method: Function = Reflect::get(connection, &"transaction".into())?.dyn_into()?;
    method.call3(connection, &names, &mode.into(), &options)?.dyn_into()
}

/// The bytes of a stored value; `None` if nothing is stored.
fn bytes(value: &JsValue) -> Option<Vec<u8>> {
    value.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec)
}

/// What an exception means for the person.
pub(super) fn failure(exception: &JsValue) -> StoreError {
    match name_of(exception).as_str() {
        "QuotaExceededError" => StoreError::Full,
        "SecurityError" | "InvalidStateError" => StoreError::Blocked,
        "VersionError" => StoreError::Outdated,
        name => StoreError::Other(name.to_owned()),
    }
}
