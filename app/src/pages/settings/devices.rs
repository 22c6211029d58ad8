//! *Perangkat*: what each device still holds, and what never arrived from it.
//! Asked of the office when the page opens: only it knows.

use takar_domain::codec::to_value;
use takar_domain::date::date_clock;
use takar_domain::issue::Issue;
use takar_domain::permission::Permission;
use takar_domain::record::{DeviceId, RecordId, Value};
use takar_domain::sorted::Map;
use takar_domain::text::{common, settings as words};

use uuid::Uuid;

use super::form::{Act, Form};
use super::line::{line, list, presses};
use super::{only, page};
use crate::acts::settings::ask::{Ask, Kind, text};
use crate::acts::settings::name_device;
use crate::acts::words::person;
use crate::api::device::{DeviceReport, Missing};
use crate::signal::*;
use crate::state::{App, Save, Words};
use crate::ui::{Button, Dialog, Look, Tone, tag};
use crate::view::{View, view};

type Answer = RwSignal<Option<Result<Vec<DeviceReport>, Words>>>;

#[inline(never)]
pub fn devices(app: App) -> View {
    let answer: Answer = RwSignal::new(None);
    let ask = move || {
        answer.set(None);
        spawn_local(async move { answer.set(Some(app.devices().await)) });
    };
    ask();
    let naming = Naming { device: RwSignal::new(None), open: RwSignal::new(false) };
    let shown = move || match answer.get() {
        None => view! { <p role="status">{common::LOADING}</p> },
        Some(Err(why)) => view! {
            <section class="card stack">
                <p role="alert">{why}</p>
                <Button look=Look::Quiet press=ask>{common::RETRY}</Button>
            </section>
        },
        Some(Ok(devices)) if devices.is_empty() => view! { <p class="soft">{words::NO_DEVICES}</p> },
        Some(Ok(devices)) => list(devices.iter().map(|device| report(app, device, naming)).collect()),
    };
    let inside = only(app, Permission::ManagePeople, move || {
        view! {
            <p class="lead">{words::DEVICES_LEAD}</p>
            {shown}
            <Dialog open=naming.open title=words::DEVICE_NAME>
                {form(app, naming)}
            </Dialog>
        }
    });
    page(app, words::DEVICES, Permission::ManagePeople, inside)
}

/// The device that is being named.
#[derive(Clone, Copy)]
struct Naming {
    device: RwSignal<Option<DeviceId>>,
    open: RwSignal<bool>,
}

const NAME: &[Ask] =
    &[Ask::new(Kind::Text, "name", words::DEVICE_NAME).hint(words::DEVICE_NAME_HINT).optional()];

fn form(app: App, naming: Naming) -> View {
    let Some(device) = naming.device.get() else { return View::Nothing };
    let save = move |typed: &Value| {
        let config = app.config();
        let gone = || vec![Issue::hard("settings.gone", "name")];
        let (office, _) = config.office.as_ref().ok_or_else(gone)?;
        let part = name_device(&app.reader(), *office, device, text(typed, "name"));
        Ok(Save { parts: vec![part], ..Save::default() })
    };
    let act = Act::Do(StoredValue::new(Box::new(save)));
    let mut form = Form::new(app, "nama-perangkat", RecordId(Uuid::nil()), NAME, act);
    let name = untrack(|| app.config()).devices.get(&device).cloned();
    form.record = to_value(&name.map(|name| ("name", name)).into_iter().collect::<Map<_, _>>());
    form.class = "stack";
    form.then = Some(Callback::from(move || naming.open.set(false)));
    form.cancels = true;
    form.draw()
}

fn report(app: App, device: &DeviceReport, naming: Naming) -> View {
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
    let code = words::device(id.get(id.len().saturating_sub(4)..).unwrap_or(&id));
    let of = device.device;
    let name = config.devices.get(&of).map_or_else(|| code.clone(), |name| [name, " (", &code, ")"].concat());
    let ask = move || {
        naming.device.set(Some(of));
        naming.open.set(true);
    };
    let press = app
        .can(Permission::ManageOffice, None)
        .then(|| presses(Look::Quiet, words::DEVICE_NAMING, &name, ask));
    line(&name, detail.join(" · "), tag(tone, mark), press)
}
