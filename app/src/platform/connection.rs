//! The connection to IndexedDB: opened when needed, given up when the browser
//! closes it or a newer version of the app wants the store.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{IdbDatabase, IdbFactory, IdbOpenDbRequest};

use super::database::{StoreError, failure};
use super::request::answer;

const NAME: &str = "takar";
/// 2: files of evidence.
const VERSION: u32 = 2;

/// A connection that may be lost and comes back. Cheap to clone.
#[derive(Clone)]
pub(super) struct Connection {
    live: Rc<RefCell<Option<IdbDatabase>>>,
    on_taken: Rc<dyn Fn(Taken)>,
}

/// Another tab and another version of the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// A newer one needs the store.
    ByNewer,
    /// An older one does not let it go. This one goes on by itself when it does.
    ByOlder,
}

impl Connection {
    pub fn new(on_taken: impl Fn(Taken) + 'static) -> Self {
        Self { live: Rc::default(), on_taken: Rc::new(on_taken) }
    }

    /// The living connection, or a new one.
    pub async fn open(&self, tables: &'static [&'static str]) -> Result<IdbDatabase, StoreError> {
        if let Some(live) = self.live.borrow().clone() {
            return Ok(live);
        }
        let request = factory()
            .ok_or(StoreError::Blocked)?
            .open_with_u32(NAME, VERSION)
            .map_err(|_| StoreError::Blocked)?;
        make_tables(&request, tables);
        let on_taken = self.on_taken.clone();
        let blocked = Closure::<dyn Fn()>::new(move || on_taken(Taken::ByOlder));
        request.set_onblocked(Some(blocked.as_ref().unchecked_ref()));
        let opened = answer(&request).await.map_err(|why| match failure(&why) {
            StoreError::Other(_) => StoreError::Blocked,
            known => known,
        })?;
        let live: IdbDatabase = opened.dyn_into().map_err(|_| StoreError::Blocked)?;
        self.watch(&live);
        self.live.replace(Some(live.clone()));
        Ok(live)
    }

    /// The next [`Self::open`] connects anew.
    pub fn forget(&self) {
        if let Some(live) = self.live.take() {
            live.close();
        }
    }

    /// Deletes the whole store.
    pub async fn erase(&self) {
        self.forget();
        if let Some(request) = factory().and_then(|f| f.delete_database(NAME).ok()) {
            let _ = answer(&request).await;
        }
    }

    fn watch(&self, live: &IdbDatabase) {
        let this = self.clone();
        let version = Closure::<dyn Fn(web_sys::IdbVersionChangeEvent)>::new(
            move |event: web_sys::IdbVersionChangeEvent| {
                // Deleting gives no new version: that is this app's own doing.
                this.forget();
                if event.new_version().is_some() {
                    (this.on_taken)(Taken::ByNewer);
                }
            },
        );
        live.set_onversionchange(Some(version.as_ref().unchecked_ref()));
        version.forget();
        let this = self.clone();
        let close = Closure::<dyn Fn()>::new(move || {
            this.live.take();
        });
        live.set_onclose(Some(close.as_ref().unchecked_ref()));
        close.forget();
    }
}

/// The tables that a store lacks; those that it has keep what is in them.
fn make_tables(request: &IdbOpenDbRequest, tables: &'static [&'static str]) {
    let of = request.clone();
    let upgrade = Closure::once_into_js(move || {
        let Ok(Ok(database)) = of.result().map(JsValue::dyn_into::<IdbDatabase>) else { return };
        for table in tables {
            // Fails only if the table is there.
            let _ = database.create_object_store(table);
        }
    });
    request.set_onupgradeneeded(Some(upgrade.unchecked_ref()));
}

/// The browser's IndexedDB, unless it forbids it.
fn factory() -> Option<IdbFactory> {
    web_sys::window()?.indexed_db().ok().flatten()
}
