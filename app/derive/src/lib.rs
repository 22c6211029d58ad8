//! `#[derive(Readable)]`: serde's `Deserialize` for structs with named fields.
//!
//! Serde's own derive reads every field into an `Option`, asks at each whether it
//! was there before, and does so in code of its own for every field: a twentieth of
//! the app's bytes. This one begins with a struct of blanks, reads each value into
//! its place by one function for each type of value, and sees in one loop for all
//! structs (`takar_domain::codec::fill`) that no name comes twice and none that is
//! required is missing. What is read, and what is refused, is the same.

mod field;

use proc_macro::TokenStream;
use proc_macro2::TokenStream as Tokens;
use quote::quote;
use syn::{Data, DataStruct, DeriveInput, Error, Fields, Result, parse_macro_input};

use self::field::Field;

/// Reads serde's attributes of fields: `default`, `default = "path"`, `rename`,
/// `with`. What concerns writing is left to `Serialize`.
#[proc_macro_derive(Readable, attributes(serde))]
pub fn readable(tokens: TokenStream) -> TokenStream {
    let input = parse_macro_input!(tokens as DeriveInput);
    implementation(&input).unwrap_or_else(Error::into_compile_error).into()
}

fn implementation(input: &DeriveInput) -> Result<Tokens> {
    let Data::Struct(DataStruct { fields: Fields::Named(named), .. }) = &input.data else {
        return Err(Error::new_spanned(input, "only a struct with named fields is Readable"));
    };
    if !input.generics.params.is_empty() || input.attrs.iter().any(|a| a.path().is_ident("serde")) {
        return Err(Error::new_spanned(input, "Readable knows neither generics nor attributes of a struct"));
    }
    let fields = named.named.iter().map(Field::new).collect::<Result<Vec<_>>>()?;
    // The place behind them has a bit as well.
    if fields.len() > 63 {
        return Err(Error::new_spanned(input, "Readable knows at most 63 fields"));
    }
    let (name, text) = (&input.ident, input.ident.to_string());
    let names = fields.iter().map(|field| &field.name);
    let begun = fields.iter().map(Field::begun);
    let arms = fields.iter().enumerate().map(|(place, field)| field.arm(place));
    let required = fields.iter().enumerate().filter(|(_, field)| field.is_required());
    let required = required.fold(0_u64, |all, (place, _)| all | 1 << place);
    Ok(quote! {
        #[automatically_derived]
        impl ::takar_domain::codec::fill::Blank for #name {
            fn blank() -> Self {
                Self { #(#begun),* }
            }
        }

        #[automatically_derived]
        impl<'de, A: ::serde::de::MapAccess<'de>> ::takar_domain::codec::fill::Fill<'de, A> for #name {
            fn put(&mut self, place: usize, map: &mut A) -> ::core::result::Result<(), A::Error> {
                match place {
                    #(#arms)*
                    _ => ::takar_domain::codec::fill::pass(map),
                }
            }
        }

        #[automatically_derived]
        impl<'de> ::serde::Deserialize<'de> for #name {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                const NAMES: &[&str] = &[#(#names),*];
                struct Filled;
                impl<'de> ::serde::de::Visitor<'de> for Filled {
                    type Value = #name;

                    fn expecting(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                        f.write_str(#text)
                    }

                    fn visit_map<A: ::serde::de::MapAccess<'de>>(
                        self,
                        mut map: A,
                    ) -> ::core::result::Result<#name, A::Error> {
                        let mut it = <#name as ::takar_domain::codec::fill::Blank>::blank();
                        ::takar_domain::codec::fill::fill(&mut map, NAMES, #required, &mut it)?;
                        ::core::result::Result::Ok(it)
                    }
                }
                deserializer.deserialize_struct(#text, NAMES, Filled)
            }
        }
    })
}
