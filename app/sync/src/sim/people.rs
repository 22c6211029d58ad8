//! What people do: type, send, validate, decide, adopt, change the plan.

use serde_json::json;
use takar_domain::figure::Judged;
use takar_domain::record::{OpId, Record, RecordId, Source, Subject, Value};
use takar_domain::sorted::{Map, Set};
use takar_domain::status::data_heads;
use takar_domain::workflow::Action;

use super::happening::Happening;
use super::setup::{NAGARI, PERIOD, edit, figure, main, person_value};
use super::soon::Soon;
use super::world::{Screen, World};
use crate::client::{Client, Event, SaveRequest, State, Table, Transaction};
use crate::operation::{Change, Part};

/// An act: what it changes, and the operation that it names.
struct Act {
    parts: Vec<Part>,
    names: Option<OpId>,
}

impl World<'_> {
    /// Somebody at a device does something, and will again.
    pub(super) fn person(&mut self, device: usize) {
        if self.quiet {
            return;
        }
        let again = 1 + self.random.below(self.plan.pace * 2);
        self.soon(again, Soon::Person { device });
        let Some(home) = self.devices.get(device) else { return };
        let tab = usize::try_from(self.random.below(home.tabs.len() as u64)).unwrap_or(0);
        let Some(open) = home.tabs.get(tab) else { return };
        if matches!(open.client.status().state, State::Starting) {
            return;
        }
        let boot = open.boot;
        let signed_in: Vec<_> = open.client.accounts().map(|a| a.person).collect();
        if let Some(person) = self.random.pick(&signed_in).copied()
            && self.random.chance(50)
        {
            return self.hear(device, tab, boot, Event::Use(person));
        }
        if self.random.chance(5) {
            return self.dismiss(device, tab, boot);
        }
        if let Some(act) = self.choose(device, tab) {
            self.save(device, tab, boot, act);
        }
    }

    fn client(&self, device: usize, tab: usize) -> Option<&Client> {
        Some(&self.devices.get(device)?.tabs.get(tab)?.client)
    }

    fn choose(&mut self, device: usize, tab: usize) -> Option<Act> {
        let person = self.client(device, tab)?.working()?;
        let dice = self.random.below(100);
        let own = self.setup.team.get(device) == Some(&person);
        if own && tab == 0 && dice < 50 {
            // A field that nobody else ever touches: it may never differ.
            let indicator = *self.setup.solo.get(device)?;
            let value = self.number(device, person);
            return Some(plain(edit(figure(indicator), "value", value)));
        }
        if person == self.setup.admin {
            let active = self.random.chance(60);
            self.note(Happening::RightsChange);
            let value = person_value("orang3", active);
            return Some(plain(main(Subject::Person { id: self.setup.officers[1] }, value)));
        }
        if person == self.setup.planner && dice < 40 {
            return self.plan_act(dice);
        }
        if let Some(unit) = self.setup.heads.iter().position(|head| *head == person) {
            match dice {
                0..25 => return self.validate(device, tab, unit),
                25..35 => return self.send_form(device, tab, unit),
                35..50 => return self.adopt(device, tab),
                _ => {}
            }
        }
        self.type_value(device, person)
    }

    fn number(&mut self, device: usize, person: RecordId) -> Value {
        let value = json!({"state": "value", "number": self.random.below(4).to_string()});
        self.prove(device, person, value)
    }

    fn type_value(&mut self, device: usize, person: RecordId) -> Option<Act> {
        let shared = self.setup.shared;
        let indicator = *self.random.pick(&shared)?;
        let subject = figure(indicator);
        if self.random.chance(20) {
            let text = format!("catatan {}", self.random.below(3));
            return Some(plain(edit(subject, "obstacle", text.into())));
        }
        if indicator == shared[1] {
            let code = *self.random.pick(&NAGARI)?;
            let done = self.random.chance(50);
            let row = self.prove(device, person, json!({"done": done}));
            return Some(plain(edit(subject, &format!("nagari/{code}"), row)));
        }
        let value = self.number(device, person);
        Some(plain(edit(subject, "value", value)))
    }

    fn plan_act(&mut self, dice: u64) -> Option<Act> {
        let yes = self.random.chance(65);
        if dice < 20 {
            let value = json!({"period": PERIOD.to_string(), "open": yes});
            return Some(plain(main(Subject::Cycle { id: self.setup.cycle }, value)));
        }
        let value = self.setup.shared_indicator(0, yes);
        Some(plain(main(Subject::Indicator { id: self.setup.shared[0] }, value)))
    }

    /// The figures of a unit, as this tab shows them.
    fn figures(&self, device: usize, tab: usize, unit: usize) -> Vec<(Subject, Record)> {
        let Some(client) = self.client(device, tab) else { return Vec::new() };
        let indicators = if unit == 0 { &self.setup.shared[..2] } else { &self.setup.shared[2..] };
        let shown = |i: &RecordId| Some((figure(*i), client.record(figure(*i).record())?));
        indicators.iter().filter_map(shown).collect()
    }

    /// Accepts or returns every figure of the unit in one bulk act.
    fn validate(&mut self, device: usize, tab: usize, unit: usize) -> Option<Act> {
        let accept = self.random.chance(70);
        let figures = self.figures(device, tab, unit);
        let parts: Vec<_> =
            figures.into_iter().map(|(subject, record)| decide(subject, &record, accept)).collect();
        (!parts.is_empty()).then_some(Act { parts, names: None })
    }

    fn send_form(&mut self, device: usize, tab: usize, unit: usize) -> Option<Act> {
        let judged = self.figures(device, tab, unit).iter().flat_map(|(_, r)| judged(r)).collect();
        let unit = *self.setup.units.get(unit)?;
        let subject = Subject::UnitForm { cycle: self.setup.cycle, unit };
        let mut part = edit(subject, "stage", json!({"sent": true}));
        part.action = Action::Send;
        part.judged = judged;
        Some(plain(part))
    }

    /// Takes over an operation of this device that was held or late.
    fn adopt(&mut self, device: usize, tab: usize) -> Option<Act> {
        let answered = self.client(device, tab)?.outbox().find(|o| !o.waits())?;
        let original = answered.operation.clone()?;
        let change = |c: &Change| Change { seen: Vec::new(), ..c.clone() };
        let take = |p: &Part| Part {
            action: Action::Adopt,
            changes: p.changes.iter().map(change).collect(),
            ..p.clone()
        };
        Some(Act { parts: original.parts.iter().map(take).collect(), names: Some(original.id) })
    }

    fn dismiss(&mut self, device: usize, tab: usize, boot: u64) {
        let answered = self.client(device, tab).and_then(|c| c.outbox().find(|o| !o.waits()));
        if let Some(op) = answered.map(|o| o.op) {
            self.dismissed.insert(op);
            let reason = if boot.is_multiple_of(2) { "sudah dibaca".to_owned() } else { String::new() };
            self.hear(device, tab, boot, Event::Dismiss { op, reason });
        }
    }

    fn save(&mut self, device: usize, tab: usize, boot: u64, act: Act) {
        let draft = self.random.chance(40).then(|| self.draft_key(device, &act));
        if let (Some(key), Some(home)) = (&draft, self.devices.get_mut(device)) {
            let puts = vec![(Table::Drafts, key.clone(), b"diketik".to_vec())];
            home.store.put(&Transaction { puts, ..Transaction::default() });
            self.tell_drafts(device, tab, boot);
            self.tell_tabs(device, tab);
        }
        let request = SaveRequest {
            save: 0,
            parts: act.parts,
            source: Source::Own,
            acted_for: None,
            reason: None,
            names: act.names,
            drop_drafts: draft.into_iter().collect(),
        };
        self.submit(device, tab, boot, request);
    }

    /// The record and group of what is typed, as in the app. What was typed there
    /// before on this device had the same key: to tell them apart it gets another.
    fn draft_key(&self, device: usize, act: &Act) -> String {
        let part = act.parts.first();
        let group = part.and_then(|p| p.changes.first()).map_or("", |change| &change.group);
        let record = part.map(|p| p.subject.record().to_string()).unwrap_or_default();
        let key = format!("{record}/{group}#");
        let mut others = self.screens.values().filter(|screen| screen.device == device);
        let known = others.any(|screen| screen.draft.as_ref() == Some(&key));
        if known { format!("{key}{}", self.screens.len()) } else { key }
    }

    /// A save that the browser refused: its draft is still there, and somebody
    /// presses the button once more.
    pub(super) fn save_again(&mut self, device: usize, request: SaveRequest) {
        let Some(home) = self.devices.get(device) else { return };
        let typed = |key: &String| home.store.rows.contains_key(&(Table::Drafts, key.clone()));
        if !request.drop_drafts.iter().all(typed) {
            return;
        }
        match home.tabs.first() {
            Some(tab) if tab.client.working().is_some() => self.submit(device, 0, tab.boot, request),
            _ => self.soon(500, Soon::Again { device, request: Box::new(request) }),
        }
    }

    /// Hands a save to the engine, and keeps what the screen shows at that moment.
    fn submit(&mut self, device: usize, tab: usize, boot: u64, request: SaveRequest) {
        let Some(client) = self.client(device, tab) else { return };
        let author = client.working();
        let mut seen = Vec::new();
        for part in &request.parts {
            let id = part.subject.record();
            let record = client.record(id);
            for change in &part.changes {
                let group = record.as_ref().and_then(|r| r.groups.get(&change.group));
                let heads = group.map(takar_domain::record::Group::seen).unwrap_or_default();
                let gone: Set<_> = group.map(|g| g.superseded.clone()).unwrap_or_default();
                seen.push((id, change.group.clone(), heads, gone));
            }
        }
        self.note(Happening::Edit);
        let tag = format!("simpan {}", self.screens.len());
        let draft = request.drop_drafts.first().cloned();
        self.screens.insert(tag.clone(), Screen { seen, draft, device, author });
        let request = SaveRequest { save: self.screens.len() as u64, reason: Some(tag), ..request };
        self.requests.insert(request.save, request.clone());
        self.hear(device, tab, boot, Event::Save(request));
    }
}

fn plain(part: Part) -> Act {
    Act { parts: vec![part], names: None }
}

fn judged(record: &Record) -> Vec<Judged> {
    let id = record.subject.record();
    let of = |(group, heads): (String, Vec<OpId>)| Judged { record: id, group, heads };
    data_heads(record).into_iter().map(of).collect()
}

fn decide(subject: Subject, record: &Record, accept: bool) -> Part {
    let heads: Map<_, _> = data_heads(record);
    let value = if accept {
        json!({"decision": "accept", "heads": heads})
    } else {
        json!({"decision": "return", "comment": "periksa lagi", "heads": heads})
    };
    let mut part = edit(subject, "validation", value);
    part.action = if accept { Action::Accept } else { Action::Return };
    part.judged = judged(record);
    part
}
