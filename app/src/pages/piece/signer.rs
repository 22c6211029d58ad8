//! The block of who signs a paper, with room for the signature and the stamp.

use takar_domain::procedure::sign::Signer;

use crate::view::{View, view};

/// Place and date above, if any; small words below, if any.
#[must_use]
#[inline(never)]
pub fn signer(dated: Option<String>, who: &Signer, below: Option<String>) -> View {
    let lines = dated.iter().chain(&who.title).map(|line| view! { <p>{line.clone()}</p> });
    let nip = who.nip.clone().map(|nip| view! { <p>"NIP " {nip}</p> });
    view! {
        <div class="signer">
            {lines.collect::<View>()} <p class="signer-name">{who.name.clone()}</p> {nip}
            {below.map(|below| view! { <p class="small">{below}</p> })}
        </div>
    }
}
