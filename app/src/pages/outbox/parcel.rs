//! Unsent work as a file: out of this device, and into the office from any.

use crate::signal::*;
use takar_domain::text::parcel as words;

use crate::platform::files::picked;
use crate::state::{App, Words};
use crate::ui::{Button, FieldError, Look, unique_id};
use crate::view::{View, view};

/// Both presses, and what became of the last one.
pub fn parcel(app: App, errors: RwSignal<Vec<FieldError>>) -> View {
    let said: RwSignal<Option<String>> = RwSignal::new(None);
    let tell = move |done: Result<Words, Words>| match done {
        Ok(done) => {
            errors.set(Vec::new());
            said.set(Some(done));
        }
        Err(why) => {
            said.set(None);
            errors.set(vec![FieldError { field: String::new(), words: why }]);
        }
    };
    let export = move || spawn_local(async move { tell(app.export().await) });
    let import = move |event: web_sys::Event| {
        let Some(file) = picked(&event).into_iter().next() else { return };
        said.set(Some(words::IMPORTING.into()));
        spawn_local(async move { tell(app.import(&file).await) });
    };
    let unsent = Memo::new(move || !app.outbox().is_empty() || !app.uploads().is_empty());
    let hint = unique_id("impor");
    view! {
        <section class="stack-s">
            <h2>{words::TITLE}</h2>
            {move || {
                unsent
                    .get()
                    .then(|| {
                        view! {
                            <p>{words::LEAD}</p>
                            <div class="row">
                                <Button look=Look::Quiet press=export>
                                    {words::EXPORT}
                                </Button>
                            </div>
                        }
                    })
            }}
            <p class="hint" id=hint.clone()>
                {words::IMPORT_HINT}
            </p>
            <div class="row">
                <label class="btn quiet pick">
                    {words::IMPORT} <input type="file" class="sr" accept=".takar" aria-describedby=hint on:change=import />
                </label>
            </div>
            <p role="status">{move || said.get()}</p>
        </section>
    }
}
