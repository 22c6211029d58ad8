//! *Kebijakan pengukuran*: what every capaian rests on, to read.

use takar_domain::number;
use takar_domain::permission::Permission;
use takar_domain::policy::{LowerRule, Policy};
use takar_domain::sorted::sort_by;
use takar_domain::text::{recap, settings as words};

use super::page;
use crate::state::App;
use crate::view::{View, view};

pub fn policy(app: App) -> View {
    let inside = View::live(move || {
        let config = app.config();
        let mut policies: Vec<_> = config.policies.values().collect();
        sort_by(&mut policies, |a, b| (b.effective_year, &b.version).cmp(&(a.effective_year, &a.version)));
        let default = Policy::default();
        let lead = policies.is_empty().then(|| view! { <p class="lead">{words::POLICY_DEFAULT}</p> });
        if lead.is_some() {
            policies.push(&default);
        }
        view! {
            {lead}
            {policies.into_iter().map(card).collect::<View>()}
        }
    });
    page(app, words::POLICY, Permission::ManageOffice, inside)
}

fn card(policy: &Policy) -> View {
    let cap = policy.cap.map_or_else(|| recap::NO_CAP.to_owned(), |c| number::format(c) + "%");
    let lower = match policy.lower {
        LowerRule::N1 => takar_domain::achievement::Rule::N1,
        LowerRule::N2 => takar_domain::achievement::Rule::N2,
    };
    let bands = policy.scale.iter().map(|band| {
        let bound = band.above.map_or_else(
            || words::SCALE_REST.to_owned(),
            |n| [words::SCALE_ABOVE, " ", &number::format(n), "%"].concat(),
        );
        view! {
            <dt>{band.name.clone()}</dt>
            <dd>{bound}</dd>
        }
    });
    view! {
        <section class="card stack">
            <h2>{policy.version.clone()}</h2>
            <dl class="facts">
                <dt>{words::EFFECTIVE}</dt>
                <dd>{policy.effective_year}</dd>
                <dt>{words::HIGHER_RULE}</dt>
                <dd>{takar_domain::achievement::Rule::P.formula()}</dd>
                <dt>{words::LOWER_RULE}</dt>
                <dd>{lower.formula()}</dd>
                <dt>{words::CAP}</dt>
                <dd>{cap}</dd>
                <dt>{recap::ROUNDING}</dt>
                <dd>{recap::rounding(policy.places)}</dd>
            </dl>
            <h3>{words::SCALE}</h3>
            <dl class="facts">{bands.collect::<View>()}</dl>
        </section>
    }
}
