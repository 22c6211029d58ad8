//! Faktor pendukung, kendala and tindak lanjut, and how the entry reached the
//! keyboard.

use crate::signal::*;
use takar_domain::figure::{NOTES, VALUE};
use takar_domain::record::Source;
use takar_domain::sorted::sort_by;
use takar_domain::text::{self, entry, names};

use super::form::field_id;
use super::line::Line;
use crate::acts::entry::save::{SOURCES, source, source_name};
use crate::acts::entry::typed::{ACTED_FOR, SOURCE, TEXT};
use crate::pages::piece::Select;
use crate::ui::{Field, Kind, Reveal};
use crate::view::{View, view};

/// The three notes; each merges by itself.
pub fn notes(line: Line) -> View {
    let fields = NOTES.into_iter().zip(entry::NOTES).map(|(group, label)| {
        let error = Signal::derive(move || line.live.with(|l| l.as_ref()?.error(group, "").map(text::issue)));
        let text = Signal::derive(move || line.text(group, TEXT));
        if !line.editable.get_untracked() {
            return view! {
                <div>
                    <p class="label">{label}</p>
                    <p class="pre">{text}</p>
                </div>
            };
        }
        view! {
            <Field
                id=field_id(line, group)
                label=label
                kind=Kind::Area
                optional=true
                error=error
                value=text
                on_type=Callback::from(move |text: String| line.type_text(group, TEXT, text))
            />
        }
    });
    fields.collect()
}

/// Own, from paper, WhatsApp or telephone; then for whom.
pub fn provenance(line: Line) -> View {
    let usual = line.usual_source();
    let now = Memo::new(move || line.typed.with(|t| source(t, usual)));
    let for_another = Memo::new(move || now.get().0 != Source::Own);
    let options: Vec<_> =
        SOURCES.iter().map(|(s, name)| ((*name).to_owned(), names::source(*s).to_owned())).collect();
    let options = StoredValue::new(options);
    let summary = Signal::derive(move || format!("{}: {}", entry::SOURCE, names::source(now.get().0)));
    let people = Signal::derive(move || {
        let config = line.app.config();
        let mut people: Vec<_> = config
            .people
            .iter()
            .filter(|(_, p)| p.active)
            .map(|(id, p)| (id.to_string(), p.name.clone()))
            .collect();
        sort_by(&mut people, |a, b| a.1.cmp(&b.1));
        people.insert(0, (String::new(), entry::FOR_NOBODY.to_owned()));
        people
    });
    View::live(move || {
        line.editable.get().then(|| {
            view! {
                <Reveal summary=summary>
                    <div class="stack-s">
                        <Select
                            label=entry::SOURCE
                            options=options.get_value()
                            value=Signal::derive(move || source_name(now.get().0).to_owned())
                            on_pick=Callback::from(move |name: String| line.type_text(VALUE, SOURCE, name))
                        />
                        {move || {
                            for_another
                                .get()
                                .then(|| {
                                    view! {
                                        <Select
                                            label=entry::FOR_WHOM
                                            options=people
                                            value=Signal::derive(move || {
                                                now.get().1.map(|id| id.to_string()).unwrap_or_default()
                                            })
                                            on_pick=Callback::from(move |id: String| line.type_text(VALUE, ACTED_FOR, id))
                                        />
                                    }
                                })
                        }}
                    </div>
                </Reveal>
            }
        })
    })
}
