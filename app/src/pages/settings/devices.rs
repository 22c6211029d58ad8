//! *Perangkat*: what each device still holds, and what never arrived from it.
//! Asked of the office when the page opens: only it knows.

use takar_domain::date::date_clock;
use takar_domain::permission::Permission;
use takar_domain::text::{common, settings as words};

use super::line::{line, list};
use super::{only, page};
use crate::acts::words::person;
use crate::api::device::{DeviceReport, Missing};
use crate::signal::*;
use crate::state::{App, Words};
use crate::ui::{Button, Look, Tone, tag};
use crate::view::{View, view};

type Answer = RwSignal<Option<Result<Vec<DeviceReport>, Words>>>;

pub fn devices(app: App) -> View {
    let answer: Answer = RwSignal::new(None);
    let ask = move || {
        answer.set(None);
        spawn_local(async move { answer.set(Some(app.devices().await)) });
    };
    ask();
    let shown = move || match answer.get() {
        None => view! { <p role="status">{common::LOADING}</p> },
        Some(Err(why)) => view! {
            <section class="card stack">
                <p role="alert">{why}</p>
                <Button look=Look::Quiet press=ask>{common::RETRY}</Button>
            </section>
        },
        Some(Ok(devices)) if devices.is_empty() => view! { <p class="soft">{words::NO_DEVICES}</p> },
        Some(Ok(devices)) => list(devices.iter().map(|device| report(app, device)).collect()),
    };
    let inside = only(app, Permission::ManagePeople, move || {
        view! {
            <p class="lead">{words::DEVICES_LEAD}</p>
            {shown}
        }
    });
    page(app, words::DEVICES, Permission::ManagePeople, inside)
}

fn report(app: App, device: &DeviceReport) -> View {
    let time = |ms: i64| date_clock(ms, app.zone());
    let (tone, mark) = match (device.wiped, device.depth) {
        (Some(_), _) => (Tone::Bad, words::DEVICE_WIPED),
        (None, 0) => (Tone::Ok, words::DEVICE_CLEAR),
        (None, _) => (Tone::Wait, words::DEVICE_HOLDS),
    };
    let config = app.config();
    let gap = |gap: &Missing| words::device_gap(person(&config, gap.person), gap.from, gap.to);
    let mut detail = vec![words::device_depth(device.depth)];
    detail.extend(device.reported.map(|ms| words::device_reported(&time(ms))));
    detail.extend(device.wiped.map(|ms| words::device_wiped(&time(ms))));
    detail.extend(device.missing.iter().map(gap));
    let id = device.device.to_string();
    line(
        &words::device(id.get(id.len().saturating_sub(4)..).unwrap_or(&id)),
        detail.join(" · "),
        tag(tone, mark),
        (),
    )
}
