//! The service worker: keeps one versioned set of the app's files, and lets a
//! new version wait until a person presses for it.

use std::rc::Rc;

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{ServiceWorkerContainer, ServiceWorkerRegistration, ServiceWorkerState};

use super::page::{self, listen};
use super::request::member;

const PATH: &str = "/service-worker.js";
const TAKE_OVER: &str = "SKIP_WAITING";

/// Registers the worker. `waiting` is called whenever a new version is ready.
/// Where the browser gives no worker (insecure context) nothing happens.
pub fn register(waiting: Rc<dyn Fn()>) {
    let Some(container) = container() else { return };
    spawn_local(async move {
        let Ok(registered) = JsFuture::from(container.register(PATH)).await else { return };
        let Ok(registration) = registered.dyn_into::<ServiceWorkerRegistration>() else { return };
        watch(&registration, &waiting);
    });
}

/// Lets the waiting version take over and loads it. Without one, just reloads.
pub fn apply() {
    let Some(container) = container() else { return page::reload() };
    spawn_local(async move {
        let found = JsFuture::from(container.get_registration()).await;
        let waiting = found
            .ok()
            .and_then(|r| r.dyn_into::<ServiceWorkerRegistration>().ok())
            .and_then(|registration| registration.waiting());
        let Some(waiting) = waiting else { return page::reload() };
        // Reload only once the new set is in charge, so that no file of one
        // version meets a file of the other.
        listen(&container, "controllerchange", page::reload);
        let _ = waiting.post_message(&JsValue::from_str(TAKE_OVER));
    });
}

/// Looks for a new version now.
pub fn look() {
    let Some(container) = container() else { return };
    spawn_local(async move {
        let Ok(found) = JsFuture::from(container.get_registration()).await else { return };
        if let Ok(registration) = found.dyn_into::<ServiceWorkerRegistration>()
            && let Ok(update) = registration.update()
        {
            let _ = JsFuture::from(update).await;
        }
    });
}

fn watch(registration: &ServiceWorkerRegistration, waiting: &Rc<dyn Fn()>) {
    if registration.waiting().is_some() {
        waiting();
    }
    let (of, waiting) = (registration.clone(), waiting.clone());
    listen(registration, "updatefound", move || {
        let Some(worker) = of.installing() else { return };
        let (of, state, waiting) = (of.clone(), worker.clone(), waiting.clone());
        listen(&worker, "statechange", move || {
            // The very first worker has nobody to wait for.
            if state.state() == ServiceWorkerState::Installed && of.active().is_some() {
                waiting();
            }
        });
    });
}

fn container() -> Option<ServiceWorkerContainer> {
    let navigator = web_sys::window()?.navigator();
    member(&navigator, "serviceWorker")?.dyn_into().ok()
}
