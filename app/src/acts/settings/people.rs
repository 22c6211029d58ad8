//! People and the posts they hold, from a date to a date, by a letter.

use takar_domain::config::{Config, Holding, Person, Post};
use takar_domain::issue::Issue;
use takar_domain::record::{RecordId, Subject};

use super::{Settled, main_part, required, settled};
use crate::acts::Get;

/// A new or changed person.
///
/// # Errors
/// Name and username must not be empty; the username is short, without spaces,
/// and nobody else's, since people sign in with it.
pub fn save_person(config: &Config, get: Get<'_>, id: RecordId, person: &Person) -> Settled {
    let mut issues = Vec::new();
    required(&person.name, "name", &mut issues);
    let username = &person.username;
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-' | '_');
    if username.is_empty() {
        issues.push(Issue::hard("text.empty", "username"));
    } else if !(2..=64).contains(&username.len()) || !username.chars().all(allowed) {
        issues.push(Issue::hard("username.wrong", "username"));
    } else if config.people.iter().any(|(other, p)| *other != id && p.username.eq_ignore_ascii_case(username))
    {
        issues.push(Issue::hard("settings.taken", "username"));
    }
    settled(issues, vec![main_part(get, Subject::Person { id }, person)])
}

/// A post given to a person, or its changed dates.
///
/// # Errors
/// The first day is needed and cannot lie after the last; posts that lead or
/// belong to a unit name it.
pub fn save_holding(config: &Config, get: Get<'_>, id: RecordId, holding: &Holding) -> Settled {
    let mut issues = Vec::new();
    if holding.from.is_empty() {
        issues.push(Issue::hard("text.empty", "from"));
    }
    if holding.to.as_ref().is_some_and(|to| *to < holding.from) {
        issues.push(Issue::hard("date.order", "to"));
    }
    if !config.people.contains_key(&holding.person) {
        issues.push(Issue::hard("text.empty", "person"));
    }
    let of_unit = matches!(holding.post, Post::Kasi | Post::Kasubbag | Post::Pelaksana);
    if of_unit && holding.unit.is_none() {
        issues.push(Issue::hard("text.empty", "unit"));
    }
    settled(issues, vec![main_part(get, Subject::Holding { id }, holding)])
}

/// Ends a post on a day (inclusive): what was done under it stays.
///
/// # Errors
/// As [`save_holding`].
pub fn end_holding(config: &Config, get: Get<'_>, id: RecordId, to: &str) -> Settled {
    let Some(holding) = config.holdings.get(&id) else {
        return Err(vec![Issue::hard("settings.gone", "holding")]);
    };
    save_holding(config, get, id, &Holding { to: Some(to.into()), ..holding.clone() })
}
