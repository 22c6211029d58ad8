//! A [`View`] as a view of Leptos: mounted by it, returned by its components.

use leptos::attr::Attribute;
use leptos::attr::any_attribute::AnyAttribute;
use leptos::prelude::{AddAnyAttr, Render, RenderHtml};
use leptos::tachys::hydration::Cursor;
use leptos::tachys::view::{Position, PositionState};

use super::View;
use super::drawn::Drawn;

impl Render for View {
    type State = Drawn;

    fn build(self) -> Drawn {
        self.draw()
    }

    fn rebuild(self, state: &mut Drawn) {
        self.redraw(state);
    }
}

impl AddAnyAttr for View {
    type Output<SomeNewAttr: Attribute> = Self;

    /// Attributes are written at the element itself.
    fn add_any_attr<NewAttr: Attribute>(self, _attr: NewAttr) -> Self {
        self
    }
}

/// The app is drawn in the browser only: there is no HTML of it to write or to
/// take over.
impl RenderHtml for View {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn to_html_with_buf(
        self,
        _buf: &mut String,
        _position: &mut Position,
        _escape: bool,
        _mark_branches: bool,
        _extra_attrs: Vec<AnyAttribute>,
    ) {
    }

    fn hydrate<const FROM_SERVER: bool>(self, _cursor: &Cursor, _position: &PositionState) -> Drawn {
        self.draw()
    }

    fn into_owned(self) -> Self {
        self
    }
}
