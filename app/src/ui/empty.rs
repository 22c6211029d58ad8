//! What a list says when it has nothing: that this is normal, and what comes next.

use crate::signal::*;

use super::{Icon, icon};
use crate::view::{View, view};

#[component]
pub fn Empty(
    #[prop(default = Icon::Check)] sign: Icon,
    #[prop(into)] title: String,
    #[prop(optional)] children: Option<View>,
) -> View {
    view! {
        <div class="empty">
            {icon(sign)} <strong>{title}</strong> {children}
        </div>
    }
}
