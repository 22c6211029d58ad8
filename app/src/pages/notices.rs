//! *Pemberitahuan*: what others did, offline, with marks of what was read here.

use crate::signal::*;
use takar_domain::date::date_clock;
use takar_domain::text::{common, notices as words};

use super::home::{rounds, with_desk};
use super::piece::sharing;
use crate::acts::home::Round;
use crate::acts::notices::{Notice, notices, shared};
use crate::state::{App, use_app};
use crate::ui::{Button, Empty, Icon, Look, PageHead, Task, Tone, icon, tag};
use crate::view::{View, view};

/// How many of them were not read on this device. Reactive.
#[must_use]
pub fn unread(app: App, rounds: &[Round]) -> usize {
    let read = app.read_notices();
    let all = with_desk(app, rounds, notices).unwrap_or_default();
    all.iter().filter(|notice| !read.contains(&notice.key)).count()
}

/// The page of `/pemberitahuan`.
#[inline(never)]
pub fn notices_page() -> View {
    let app = use_app();
    let listed = Memo::new(move || with_desk(app, &rounds(app), notices).unwrap_or_default());
    let (text, open) = (RwSignal::new(String::new()), RwSignal::new(false));
    let share = move || {
        let words = untrack(|| with_desk(app, &[], |desk| shared(desk, &listed.get())));
        text.set(words.unwrap_or_default());
        open.set(true);
    };
    let read_all =
        move || app.mark_read(listed.with_untracked(|all| all.iter().map(|n| n.key.clone()).collect()));
    let inside = move || {
        let all = listed.get();
        if all.is_empty() {
            return view! {
                <Empty title=words::NONE>
                    <p>{words::NONE_LEAD}</p>
                </Empty>
            };
        }
        let read = app.read_notices();
        let keys: Vec<_> = all.iter().map(|notice| notice.key.clone()).collect();
        let lines = all.into_iter().map(|notice| line(app, notice, &read, &keys)).collect::<Vec<_>>();
        view! {
            <div class="row">
                <Button look=Look::Quiet press=read_all>
                    {words::READ_ALL}
                </Button>
                <Button look=Look::Quiet press=share>
                    {words::SHARE}
                </Button>
            </div>
            <section class="card">
                <ul class="tasks">{lines}</ul>
            </section>
        }
    };
    view! {
        <div class="stack">
            <PageHead title=words::TITLE lead=words::LEAD />
            {inside}
            {sharing(words::TITLE, text, open)}
        </div>
    }
}

fn line(app: App, notice: Notice, read: &[String], keys: &[String]) -> View {
    let Notice { key, when, who, title, detail, href, cycle } = notice;
    let fresh = !read.contains(&key);
    let when = date_clock(when, app.zone());
    let detail =
        [detail, who, when].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    let mark = if fresh { tag(Tone::Info, words::NEW) } else { View::Nothing };
    let now: Vec<_> = read.iter().filter(|key| keys.contains(key)).cloned().chain([key]).collect();
    let look = move || {
        app.mark_read(now.clone());
        if let Some(cycle) = cycle {
            app.choose_cycle(cycle);
        }
    };
    let sign = icon(if fresh { Icon::Bell } else { Icon::Check });
    view! { <Task mark=sign title=title detail=detail tag=mark href=href press=common::OPEN on_press=look /> }
}
