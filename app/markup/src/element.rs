//! From parsed nodes to calls.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};

use rstml::node::{Infallible, KeyedAttribute, Node, NodeAttribute, NodeBlock, NodeElement, NodeName};
use syn::spanned::Spanned;
use syn::{Block, Expr, ExprLit, Lit, Stmt};

/// Tags that live in SVG's namespace.
const SVG: [&str; 9] = ["svg", "path", "g", "circle", "rect", "line", "polyline", "polygon", "text"];

/// Several nodes as one `View`.
pub fn views(nodes: &[Node]) -> TokenStream {
    match nodes {
        [] => quote! { crate::view::View::Nothing },
        [one] => {
            let child = child(one);
            quote! { crate::view::Child::shown(#child) }
        }
        many => {
            let children = many.iter().map(child);
            quote! {{
                let mut __many = ::std::vec::Vec::new();
                #(crate::view::Child::add(#children, &mut __many);)*
                crate::view::View::Many(__many)
            }}
        }
    }
}

/// One node as something that is a `Child`.
fn child(node: &Node) -> TokenStream {
    match node {
        Node::Element(element) if is_component(element.name()) => component(element),
        Node::Element(element) => html(element),
        Node::Fragment(fragment) => views(&fragment.children),
        Node::Text(text) => {
            let text = &text.value;
            quote! { #text }
        }
        Node::RawText(text) => {
            let text = text.to_string_best();
            quote! { #text }
        }
        Node::Block(NodeBlock::ValidBlock(block)) => unbraced(block),
        Node::Block(block @ NodeBlock::Invalid(_)) => quote! { #block },
        Node::Comment(_) | Node::Doctype(_) => quote! { () },
        Node::Custom(_) => quote! { () },
    }
}

/// The expression of `{expression}`, else the block.
fn unbraced(block: &Block) -> TokenStream {
    match block.stmts.as_slice() {
        [Stmt::Expr(expr, None)] => quote! { #expr },
        _ => quote! { #block },
    }
}

fn is_component(name: &NodeName) -> bool {
    let NodeName::Path(path) = name else { return false };
    let last = path.path.segments.last();
    last.is_some_and(|s| s.ident.to_string().starts_with(|c: char| c.is_ascii_uppercase()))
}

fn html(element: &NodeElement<Infallible>) -> TokenStream {
    let boxed = boxed(element);
    quote! { crate::view::View::Element(#boxed) }
}

/// An element as the `Box<Element>` that it is made as.
fn boxed(element: &NodeElement<Infallible>) -> TokenStream {
    let tag = element.name().to_string();
    let new = if SVG.contains(&tag.as_str()) { format_ident!("svg") } else { format_ident!("new") };
    let (fixed, attributes): (Vec<_>, Vec<_>) =
        element.attributes().iter().map(|a| fixed(a).ok_or(a)).partition(Result::is_ok);
    let attributes = attributes.into_iter().filter_map(Result::err).map(attribute);
    let made = fixed.into_iter().flatten().fold(tag.clone(), |made, line| made + "\n" + &line);
    let children = element.children.iter().map(|node| match node {
        Node::Element(element) if !is_component(element.name()) => {
            let inside = boxed(element);
            quote! { __element.element(#inside); }
        }
        other => {
            let child = child(other);
            quote! { __element.child(#child); }
        }
    });
    quote! {{
        let mut __element = crate::view::Element::#new(#made);
        #(#attributes)*
        #(#children)*
        __element
    }}
}

/// `name=words` of an attribute whose value is text in the source.
fn fixed(attribute: &NodeAttribute) -> Option<String> {
    let NodeAttribute::Attribute(keyed) = attribute else { return None };
    let name = keyed.key.to_string();
    match keyed.value()? {
        Expr::Lit(ExprLit { lit: Lit::Str(words), .. })
            if !name.contains(':') && !words.value().contains('\n') =>
        {
            Some([&name, "=", &words.value()].concat())
        }
        _ => None,
    }
}

fn attribute(attribute: &NodeAttribute) -> TokenStream {
    let keyed = match attribute {
        NodeAttribute::Attribute(keyed) => keyed,
        NodeAttribute::Block(block) => {
            return quote_spanned! { block.span()=> compile_error!("attributes are written one by one"); };
        }
    };
    let name = keyed.key.to_string();
    let value = value(keyed);
    match name.split_once(':') {
        Some(("class", class)) => quote! { __element.class(#class, #value); },
        Some(("prop", property)) => quote! { __element.property(#property, #value); },
        Some(("on", event)) => {
            let descriptor = format_ident!("{event}", span = keyed.key.span());
            quote! { __element.on(::leptos::ev::#descriptor, #event, #value); }
        }
        None if name == "node_ref" => quote! { __element.node_ref(#value); },
        _ => quote! { __element.attribute(#name, #value); },
    }
}

fn value(attribute: &KeyedAttribute) -> TokenStream {
    match attribute.value() {
        Some(Expr::Block(block)) if block.attrs.is_empty() => unbraced(&block.block),
        Some(value) => quote! { #value },
        None => quote! { true },
    }
}

/// A call of a Leptos component: named properties, then its children.
fn component(element: &NodeElement<Infallible>) -> TokenStream {
    let name = element.name();
    let mut bound = Vec::new();
    let mut properties = Vec::new();
    for attribute in element.attributes() {
        let NodeAttribute::Attribute(keyed) = attribute else {
            return quote_spanned! { attribute.span()=> compile_error!("properties are written one by one") };
        };
        if let Some(binding) = keyed.key.to_string().strip_prefix("let:") {
            bound.push(format_ident!("{binding}", span = keyed.key.span()));
        } else {
            let key = &keyed.key;
            let value = keyed.value().map_or_else(|| quote! { #key }, |v| quote! { #v });
            properties.push(quote! { .#key(#value) });
        }
    }
    let children = (!element.children.is_empty()).then(|| {
        let inside = views(&element.children);
        if bound.is_empty() {
            quote! { .children(crate::view::children(move || #inside)) }
        } else {
            quote! { .children(move |#(#bound),*| #inside) }
        }
    });
    quote! {
        ::leptos::component::component_view(
            &#name,
            ::leptos::component::component_props_builder(&#name)
                #(#properties)*
                #children
                .build(),
        )
    }
}
