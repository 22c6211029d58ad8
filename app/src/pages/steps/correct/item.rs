//! One correction in the list: where it stands, its history, and its presses.

use takar_domain::codec::from_value;
use takar_domain::procedure::correction::{Correction, Decided, Standing};
use takar_domain::record::Head;
use takar_domain::text::{common, correction as words, procedure};

use super::{Asking, title_of};
use crate::acts::steps::correct::Shown;
use crate::acts::words::unit_name;
use crate::acts::{change, edit};
use crate::pages::piece::attribution::trail_line;
use crate::pages::piece::{files, saved};
use crate::pages::settings::line::presses;
use crate::signal::*;
use crate::state::Save;
use crate::ui::{Look, Notice, Tone, tag, use_toast};
use crate::view::{View, view};

impl Asking {
    pub(super) fn item(self, one: &Shown, open: bool) -> View {
        let app = self.at.app;
        let tone = match one.standing {
            Standing::Open | Standing::Waits { .. } => Tone::Wait,
            Standing::Differs => Tone::Bad,
            Standing::Answered | Standing::Settled => Tone::Ok,
            Standing::Withdrawn => Tone::Plain,
        };
        let to = one.correction.to.map(|unit| unit_name(&app.config(), unit).to_owned());
        let values = one.values.as_ref().map(|(before, now)| {
            view! {
                <dl class="facts">
                    <dt>{words::BEFORE}</dt>
                    <dd>{before.clone()}</dd>
                    <dt>{words::NOW}</dt>
                    <dd>{now.clone()}</dd>
                </dl>
            }
        });
        let trail = app.history(self.at.subject().record(), &one.group).into_iter().map(|trail| {
            let said: Correction = from_value(&trail.value).unwrap_or_default();
            view! {
                <li>
                    <strong>{words::decided(said.decided)}</strong>
                    {(!said.word.is_empty()).then(|| view! { <span class="small pre">" · " {said.word}</span> })}
                    {trail_line(app, &trail)}
                </li>
            }
        });
        let trail: Vec<_> = trail.collect();
        let choice = (one.standing == Standing::Differs).then(|| self.sides(one, open));
        let presses = open.then(|| self.presses(one));
        view! {
            <li class="stack-s">
                <div class="row">
                    <strong>{one.title.clone()}</strong>
                    {tag(tone, words::standing(one.standing))}
                    <span class="small soft">{to}</span>
                </div>
                {(!one.correction.text.is_empty()).then(|| view! { <p class="pre">{one.correction.text.clone()}</p> })}
                {files(app, &one.correction.evidence)}
                {values}
                <ul class="trail">{trail}</ul>
                {choice}
                {presses}
            </li>
        }
    }

    fn presses(self, one: &Shown) -> View {
        let kinds: &[Decided] = match one.standing {
            Standing::Open => &[Decided::Returned, Decided::Settled, Decided::Withdrawn],
            Standing::Waits { .. } => &[Decided::Settled],
            _ => &[],
        };
        let may = self.at.may_reopen();
        let kinds = kinds.iter().filter(|kind| may || **kind != Decided::Returned);
        let press = |kind: &Decided| {
            let (kind, group) = (*kind, one.group.clone());
            presses(Look::Quiet, title_of(kind), &one.title, move || self.decide(&group, kind))
        };
        let all: Vec<_> = kinds.map(press).collect();
        view! { <div class="row">{all}</div> }
    }

    /// Two decisions side by side; one is taken.
    fn sides(self, one: &Shown, open: bool) -> View {
        let at = self.at;
        let toast = use_toast();
        let side = |head: &Head| {
            let said: Correction = from_value(&head.value).unwrap_or_default();
            let (group, errors) = (one.group.clone(), self.errors);
            let label = [words::decided(said.decided), " · ", &said.word].concat();
            let take = move || {
                let record = untrack(|| at.app.record(at.subject().record()));
                let part = edit(at.subject(), vec![change(record.as_ref(), &group, &said)]);
                let save = Save { parts: vec![part], ..Save::default() };
                saved(at.app, save, errors, move |_| toast.say(common::SAVED));
            };
            let press = open.then(|| presses(Look::Quiet, procedure::TAKE, &label, take));
            view! {
                <div class="row">
                    <strong>{label}</strong>
                    {press}
                </div>
            }
        };
        let sides: Vec<_> = one.heads.iter().map(side).collect();
        view! {
            <Notice tone=Tone::Wait>
                <div>{words::DIFFERS} {sides}</div>
            </Notice>
        }
    }
}
