//! Faktor pendukung, kendala and tindak lanjut, and how the entry reached the
//! keyboard.

use crate::signal::*;
use takar_domain::figure::NOTES;
use takar_domain::record::Source;
use takar_domain::sorted::sort_by;
use takar_domain::text::{entry, names};

use super::blank::{Blank, choice};
use super::line::Line;
use crate::acts::entry::save::{SOURCES, source, source_name};
use crate::acts::entry::typed::{ACTED_FOR, SOURCE, TEXT};
use crate::ui::{Kind, Reveal};
use crate::view::{View, view};

/// The three notes; each merges by itself.
pub fn notes(line: Line) -> View {
    let fields = NOTES.into_iter().zip(entry::NOTES).map(|(group, label)| {
        if !line.editable.get_untracked() {
            let text = Signal::derive(move || line.text(group, TEXT));
            return view! {
                <div>
                    <p class="label">{label}</p>
                    <p class="pre">{text}</p>
                </div>
            };
        }
        let mut blank = Blank::of(group, Kind::Area, TEXT, label);
        blank.path = Some(String::new());
        blank.optional = true;
        blank.draw(line)
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
    let options = Signal::stored(options);
    let how = Signal::derive(move || source_name(now.get().0).to_owned());
    let whom = Signal::derive(move || now.get().1.map(|id| id.to_string()).unwrap_or_default());
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
                        {choice(line, SOURCE, entry::SOURCE, options, how)}
                        {move || {
                            for_another
                                .get()
                                .then(|| choice(line, ACTED_FOR, entry::FOR_WHOM, people, whom))
                        }}
                    </div>
                </Reveal>
            }
        })
    })
}
