//! The menu shows what the role needs; rare things are behind *Lanjutan*.

use crate::signal::*;
use takar_domain::permission::Permission;
use takar_domain::text::{budget, common, notices, procedure, shell as words};

use crate::acts::decide::{asked, differences};
use crate::pages::units::units_with;
use crate::platform::screen;
use crate::state::App;
use crate::ui::{Icon, icon, nav_link};
use crate::view::{Child, View, view};

/// Places at the bottom of a phone beside *Lanjutan*.
const BOTTOM: usize = 4;

/// What a line of the menu counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Count {
    Nothing,
    Differences,
    Unsent,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Item {
    href: String,
    words: &'static str,
    sign: Icon,
    count: Count,
}

fn item(href: impl Into<String>, words: &'static str, sign: Icon) -> Item {
    Item { href: href.into(), words, sign, count: Count::Nothing }
}

/// Daily things first, then the rare ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Menu {
    daily: Vec<Item>,
    rare: Vec<Item>,
}

/// What the person who works needs; nothing while that is not known yet. Reactive.
fn menu(app: App) -> Menu {
    if app.is_fetching() {
        return Menu::default();
    }
    let enters = units_with(app, Permission::EnterFigure);
    let validates = units_with(app, Permission::ValidateFigure);
    let decides = !units_with(app, Permission::DecideDifference).is_empty();
    let resolves = !units_with(app, Permission::ResolveHeld).is_empty();
    let manages =
        [Permission::ManageOffice, Permission::ManagePeople, Permission::ManagePlan, Permission::ManageCycle];
    let manages = manages.into_iter().any(|p| app.can(p, None));
    let of_one = |base: &str, units: &[_]| match units {
        [only] => format!("{base}/{only}"),
        _ => base.to_owned(),
    };
    let recap = item("/rekap", common::RECAP, Icon::Chart);
    let outbox = Item { count: Count::Unsent, ..item("/belum-terkirim", common::OUTBOX, Icon::Outbox) };
    let mut daily = vec![item("/", common::HOME, Icon::Home)];
    let mut rare = Vec::new();
    if !enters.is_empty() {
        daily.push(item(of_one("/isi", &enters), common::ENTRY, Icon::Sheet));
    }
    if app.can(Permission::EnterBudget, None) {
        let place = if validates.is_empty() { &mut daily } else { &mut rare };
        place.push(item("/anggaran", budget::TITLE, Icon::Sheet));
    }
    if !validates.is_empty() {
        daily.push(item(of_one("/validasi", &validates), common::VALIDATE, Icon::People));
    }
    // Who only fills in sees three entries.
    let only_fills = !enters.is_empty() && validates.is_empty() && !decides && !manages;
    let steps = item("/tahapan", procedure::MENU, Icon::Steps);
    if only_fills {
        rare.push(steps)
    } else {
        daily.push(steps)
    }
    if decides {
        daily.push(Item { count: Count::Differences, ..item("/beda", common::DIFFERENCE, Icon::Fork) });
    }
    let writes = !enters.is_empty() || manages;
    if only_fills {
        rare.push(recap)
    } else {
        daily.push(recap)
    }
    if writes {
        daily.push(outbox)
    } else {
        rare.push(outbox)
    }
    if manages {
        rare.push(item("/pengaturan", common::SETTINGS, Icon::Gear));
    }
    if resolves {
        rare.push(item("/ditahan", common::HELD, Icon::Tray));
    }
    rare.insert(0, item("/pemberitahuan", notices::TITLE, Icon::Bell));
    rare.push(item("/bantuan", common::HELP, Icon::Help));
    Menu { daily, rare }
}

/// The counts beside the lines.
#[derive(Clone, Copy)]
struct Counts {
    differences: Memo<usize>,
    unsent: Memo<usize>,
}

impl Counts {
    fn new(app: App) -> Self {
        let differences = Memo::new(move || {
            let config = app.config();
            let can = |right, unit| app.can(right, unit);
            let all = differences(&config, &app.reader());
            all.iter().filter(|d| asked(&config, d, &can, app.today())).count()
        });
        let unsent = Memo::new(move || {
            let status = app.status();
            status.waiting + status.attention
        });
        Self { differences, unsent }
    }

    fn of(self, count: Count) -> usize {
        match count {
            Count::Nothing => 0,
            Count::Differences => self.differences.get(),
            Count::Unsent => self.unsent.get(),
        }
    }
}

fn line(item: Item, counts: Counts) -> View {
    let Item { href, words, sign, count } = item;
    let badge = move || {
        let n = counts.of(count);
        (n > 0).then(|| view! { <span class="count">{n}</span> })
    };
    let inside = view! {
        {icon(sign)}
        <span>{words}</span>
        {badge}
    };
    view! { <li>{nav_link(href, inside.shown())}</li> }
}

fn lines(items: Vec<Item>, counts: Counts) -> View {
    items.into_iter().map(|i| line(i, counts)).collect()
}

/// The menu of a laptop.
pub fn side(app: App) -> View {
    let menu = Memo::new(move || menu(app));
    let counts = Counts::new(app);
    let inside = move || {
        let Menu { daily, rare } = menu.get();
        if daily.is_empty() {
            return View::Nothing;
        }
        view! {
            <ul class="menu">{lines(daily, counts)}</ul>
            <details class="menu rare">
                <summary>{icon(Icon::More)} {common::MORE}</summary>
                <ul class="menu">{lines(rare, counts)}</ul>
            </details>
        }
    };
    view! { <div class="menu">{inside}</div> }
}

/// The menu of a phone: four places, the others behind *Lanjutan*.
pub fn bottom(app: App) -> View {
    let menu = Memo::new(move || menu(app));
    let counts = Counts::new(app);
    let close = move |ev: leptos::ev::FocusEvent| {
        if !screen::stays_inside(&ev) {
            screen::close_details("lanjutan");
        }
    };
    let inside = move || {
        let Menu { mut daily, rare } = menu.get();
        if daily.is_empty() {
            return View::Nothing;
        }
        let mut behind = daily.split_off(BOTTOM.min(daily.len()));
        behind.extend(rare);
        view! {
            {lines(daily, counts)}
            <li>
                <details id="lanjutan" on:focusout=close>
                    <summary>{icon(Icon::More)} {common::MORE}</summary>
                    <ul class="menu" on:click=move |_| screen::close_details("lanjutan")>
                        {lines(behind, counts)}
                    </ul>
                </details>
            </li>
        }
    };
    view! {
        <nav class="bottom" aria-label=words::MAIN_MENU>
            <ul class="bottom-list">{inside}</ul>
        </nav>
    }
}
