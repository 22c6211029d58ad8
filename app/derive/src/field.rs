//! One field: what stands in it at first, and how it is read.

use proc_macro2::{Literal, TokenStream as Tokens};
use quote::quote;
use syn::{Error, ExprPath, Ident, LitStr, Result, Type};

pub struct Field<'a> {
    ident: &'a Ident,
    ty: &'a Type,
    pub name: String,
    /// What stands there if it is missing; `None` if it must not be.
    default: Option<Tokens>,
    with: Option<ExprPath>,
}

impl<'a> Field<'a> {
    pub fn new(field: &'a syn::Field) -> Result<Self> {
        let ident =
            field.ident.as_ref().ok_or_else(|| Error::new_spanned(field, "a field without a name"))?;
        let unnamed = is_option(&field.ty).then(|| quote!(::core::option::Option::None));
        let mut this = Self { ident, ty: &field.ty, name: ident.to_string(), default: unnamed, with: None };
        for attribute in field.attrs.iter().filter(|a| a.path().is_ident("serde")) {
            attribute.parse_nested_meta(|meta| {
                let key = meta.path.get_ident().map(Ident::to_string).unwrap_or_default();
                let value = meta.value().and_then(|value| value.parse::<LitStr>());
                match (key.as_str(), value) {
                    ("default", Ok(path)) => {
                        let path: ExprPath = path.parse()?;
                        this.default = Some(quote!(#path()));
                    }
                    ("default", Err(_)) => this.default = Some(quote!(::core::default::Default::default())),
                    ("rename", Ok(name)) => this.name = name.value(),
                    ("with", Ok(path)) => this.with = Some(path.parse()?),
                    ("skip_serializing_if", Ok(_)) => {}
                    _ => return Err(meta.error("Readable does not know this")),
                }
                Ok(())
            })?;
        }
        Ok(this)
    }

    pub fn is_required(&self) -> bool {
        self.default.is_none()
    }

    /// What stands in it until it is read.
    pub fn begun(&self) -> Tokens {
        let ident = self.ident;
        match &self.default {
            Some(default) => quote!(#ident: #default),
            None => quote!(#ident: ::takar_domain::codec::fill::Blank::blank()),
        }
    }

    pub fn arm(&self, place: usize) -> Tokens {
        let (ident, ty) = (self.ident, self.ty);
        let place = Literal::usize_unsuffixed(place);
        let (by, put) = match &self.with {
            None => (quote!(), quote!(#ty)),
            Some(path) => {
                let by = quote! {
                    struct By(#ty);
                    impl<'de> ::serde::Deserialize<'de> for By {
                        fn deserialize<D: ::serde::Deserializer<'de>>(
                            deserializer: D,
                        ) -> ::core::result::Result<Self, D::Error> {
                            #path::deserialize(deserializer).map(By)
                        }
                    }
                    impl ::core::convert::From<By> for #ty {
                        fn from(by: By) -> Self {
                            by.0
                        }
                    }
                };
                (by, quote!(By))
            }
        };
        quote! {
            #place => {
                #by
                ::takar_domain::codec::fill::put::<#put, _, _>(map, &mut self.#ident)
            }
        }
    }
}

/// An `Option` may be missing without saying so, as with serde.
fn is_option(ty: &Type) -> bool {
    matches!(ty, Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "Option"))
}
