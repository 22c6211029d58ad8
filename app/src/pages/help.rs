//! *Bantuan*: short answers, readable without a connection.

use crate::signal::*;
use takar_domain::text::{common, help as words};

use crate::ui::{PageHead, Reveal};
use crate::view::{View, view};

/// The page of `/bantuan`.
#[component]
pub fn HelpPage() -> View {
    let answers = words::ANSWERS.map(|(question, answer)| {
        view! {
            <li>
                <Reveal summary=question.to_owned()>
                    <p>{answer}</p>
                </Reveal>
            </li>
        }
    });
    view! {
        <div class="stack help">
            <PageHead title=common::HELP lead=words::LEAD />
            <ul class="card questions">{answers}</ul>
            <section class="card">
                <h2>{words::WORDS_TITLE}</h2>
                {pairs(&words::WORDS)}
            </section>
            <section class="card">
                <h2>{words::KEYS_TITLE}</h2>
                {pairs(&words::KEYS)}
            </section>
        </div>
    }
}

fn pairs(list: &'static [(&'static str, &'static str)]) -> View {
    let lines = list.iter().map(|(term, meaning)| {
        view! {
            <dt>{*term}</dt>
            <dd>{*meaning}</dd>
        }
    });
    view! { <dl class="facts">{lines.collect::<View>()}</dl> }
}
