//! `view!` in Leptos' notation, for `takar-app` only.
//!
//! Leptos' own macro gives every element a type made of its tag, attributes and
//! children, and compiles each type's building, updating and removing: a sixth of
//! the app's bytes. This one writes plain calls on one element type,
//! `crate::view::Element`. Components stay Leptos' components.

mod element;

use proc_macro::TokenStream;
use rstml::{Parser, ParserConfig};

/// Elements, text, `{blocks}` and `<Components/>` as one `crate::view::View`.
///
/// Attributes: `name=value`, `class:name=bool`, `prop:name=value`,
/// `on:event=handler`, `node_ref=reference`. A value is text, a number, a
/// `bool`, an `Option`, a signal, or a closure of one of these.
#[proc_macro]
pub fn view(tokens: TokenStream) -> TokenStream {
    let parser = Parser::new(ParserConfig::default().recover_block(true));
    let (nodes, errors) = parser.parse_recoverable(tokens).split_vec();
    let errors = errors.into_iter().map(|error| error.emit_as_expr_tokens());
    let view = element::views(&nodes);
    quote::quote! {{
        #[allow(unused_braces, clippy::let_and_return)]
        {
            #(#errors;)*
            #view
        }
    }}
    .into()
}
