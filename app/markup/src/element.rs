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

/// `{path::OF_A_CONSTANT}`: its words are known when the app is built.
fn constant_in(node: &Node) -> Option<Expr> {
    let Node::Block(NodeBlock::ValidBlock(block)) = node else { return None };
    match block.stmts.as_slice() {
        [Stmt::Expr(expr, None)] => constant(expr),
        _ => None,
    }
}

/// Words of a module, `words::TITLE`. Those that many views show, `common`, stand
/// once in the app.
fn constant(expr: &Expr) -> Option<Expr> {
    let Expr::Path(path) = expr else { return None };
    let segments = &path.path.segments;
    let name = segments.last()?.ident.to_string();
    let all = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    let words = segments.len() > 1 && segments.first()?.ident != "common" && name.chars().all(all);
    words.then(|| expr.clone())
}

fn is_component(name: &NodeName) -> bool {
    let NodeName::Path(path) = name else { return false };
    let last = path.path.segments.last();
    last.is_some_and(|s| s.ident.to_string().starts_with(|c: char| c.is_ascii_uppercase()))
}

fn html(element: &NodeElement<Infallible>) -> TokenStream {
    let mut made = Made::default();
    made.element(element);
    made.view()
}

// The marks that `crate::view::marks` reads.
const TAG: char = '\u{1}';
const SVG_TAG: char = '\u{2}';
const PART: char = '\u{3}';
const CHILD: char = '\u{4}';
const TEXT: char = '\u{5}';
const END: char = '\u{6}';

/// An element with all elements inside of it: what is known when the app is built
/// as one text, and a call for everything else, in the order of the source.
#[derive(Default)]
struct Made {
    /// Text and constants in turn.
    pieces: Vec<(String, Expr)>,
    /// What stands behind the last constant.
    words: String,
    in_text: bool,
    calls: Vec<TokenStream>,
}

impl Made {
    fn view(mut self) -> TokenStream {
        // What is left over belongs to the outermost element, marked or not.
        let words = self.words.trim_end_matches([PART, CHILD]).trim_end_matches(END).to_owned();
        self.words = words;
        let Self { pieces, words, calls, .. } = self;
        let made = if pieces.is_empty() {
            quote! { #words }
        } else {
            let pieces = pieces.iter().map(|(words, constant)| quote! { #words, #constant });
            quote! {{
                const __PIECES: &[&str] = &[#(#pieces,)* #words];
                const __JOINED: [u8; crate::view::length(__PIECES)] = crate::view::joined(__PIECES);
                const __MADE: &str = crate::view::text(&__JOINED);
                __MADE
            }}
        };
        quote! {
            crate::view::View::Element({
                let mut __element = crate::view::Element::new(#made);
                #(#calls)*
                __element
            })
        }
    }

    fn element(&mut self, element: &NodeElement<Infallible>) {
        let tag = element.name().to_string();
        self.mark(if SVG.contains(&tag.as_str()) { SVG_TAG } else { TAG }, &tag);
        let mut parts = Vec::new();
        for attribute in element.attributes() {
            match fixed(attribute) {
                Some((name, Fixed::Words(words))) => self.mark('\n', &[&name, "=", &words].concat()),
                Some((name, Fixed::Constant(constant))) => {
                    self.mark('\n', &[&name, "="].concat());
                    self.constant(*constant);
                }
                None => parts.push(call(attribute)),
            }
        }
        for part in parts {
            self.mark(PART, "");
            self.calls.push(part);
        }
        for node in &element.children {
            match node {
                Node::Element(inside) if !is_component(inside.name()) => {
                    self.element(inside);
                    self.mark(END, "");
                }
                Node::Text(text) if !text.value_string().contains(char::is_control) => {
                    self.text(&text.value_string());
                }
                other => match constant_in(other) {
                    Some(constant) => {
                        self.text("");
                        self.constant(constant);
                    }
                    None => {
                        let child = child(other);
                        self.mark(CHILD, "");
                        self.calls.push(quote! { __element.child(#child); });
                    }
                },
            }
        }
    }

    fn constant(&mut self, constant: Expr) {
        self.pieces.push((std::mem::take(&mut self.words), constant));
    }

    fn mark(&mut self, mark: char, words: &str) {
        self.words.push(mark);
        self.words.push_str(words);
        self.in_text = mark == TEXT;
    }

    /// Texts that follow each other are one.
    fn text(&mut self, words: &str) {
        if self.in_text {
            self.words.push_str(words);
        } else {
            self.mark(TEXT, words);
        }
    }
}

/// What an attribute has when the app is built.
enum Fixed {
    Words(String),
    Constant(Box<Expr>),
}

/// Name and value of an attribute that never changes.
fn fixed(attribute: &NodeAttribute) -> Option<(String, Fixed)> {
    let NodeAttribute::Attribute(keyed) = attribute else { return None };
    let name = keyed.key.to_string();
    if name.contains(':') || name == "node_ref" {
        return None;
    }
    let value = match keyed.value()? {
        Expr::Lit(ExprLit { lit: Lit::Str(words), .. }) if !words.value().contains(char::is_control) => {
            Fixed::Words(words.value())
        }
        other => Fixed::Constant(Box::new(constant(other)?)),
    };
    Some((name, value))
}

fn call(attribute: &NodeAttribute) -> TokenStream {
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
