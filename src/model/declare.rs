//! The macros that declare what crosses the wire. Each adds what all types of its sort share.

/// Declares identifiers: strings to the service, types of their own to the compiler.
macro_rules! ids {
    ($($(#[doc = $doc:literal])+ $Id:ident;)+) => { $(
        $(#[doc = $doc])+
        #[derive(Debug, Clone, PartialEq, Eq, Hash, Default, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(all(target_arch = "wasm32", feature = "js"), derive(tsify::Tsify))]
        pub struct $Id(pub String);

        impl From<&str> for $Id {
            fn from(id: &str) -> $Id {
                $Id(id.to_owned())
            }
        }

        impl From<String> for $Id {
            fn from(id: String) -> $Id {
                $Id(id)
            }
        }

        impl From<&$Id> for $Id {
            fn from(id: &$Id) -> $Id {
                id.clone()
            }
        }

        impl std::fmt::Display for $Id {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl $crate::rules::Argument for $Id {
            const SHAPE: $crate::rules::Shape = $crate::rules::Shape::Text;
        }
    )+ };
}

/// Declares a closed set of words. In answers it stands inside [`Open`](super::Open).
macro_rules! words {
    (
        $(#[doc = $doc:literal])+
        pub enum $Words:ident { $($(#[doc = $word_doc:literal])* $Word:ident = $word:literal,)+ }
    ) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(all(target_arch = "wasm32", feature = "js"), derive(tsify::Tsify))]
        pub enum $Words {
            $($(#[doc = $word_doc])* #[serde(rename = $word)] $Word,)+
        }

        impl $crate::rules::Argument for $Words {
            const SHAPE: $crate::rules::Shape = $crate::rules::Shape::OneOf(&[$($word),+]);
        }
    };
}

/// Declares an argument: a struct, and the rules that a value of it is checked against.
///
/// The fields in the first braces are required, those in the second become `Option`s. A field
/// reads `name: Type` or `name: Type => Limit`, with a limit of [`Limit`](crate::rules::Limit).
/// `any_of: a, b;` asks for at least one of these fields.
macro_rules! arguments {
    (
        $(#[doc = $doc:literal])+
        pub struct $Name:ident {
            $($(#[doc = $field_doc:literal])+ $field:ident: $ty:ty $(=> $limit:expr)?,)*
        } optional {
            $($(#[doc = $maybe_doc:literal])+ $maybe:ident: $maybe_ty:ty $(=> $maybe_limit:expr)?,)*
        }
        $(any_of: $($any:literal),+;)?
    ) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone, PartialEq, Default, serde::Serialize)]
        #[serde(rename_all = "camelCase")]
        #[cfg_attr(all(target_arch = "wasm32", feature = "js"), derive(tsify::Tsify))]
        pub struct $Name {
            $($(#[doc = $field_doc])+ pub $field: $ty,)*
            $(
                $(#[doc = $maybe_doc])+
                #[serde(skip_serializing_if = "Option::is_none")]
                pub $maybe: Option<$maybe_ty>,
            )*
        }

        impl $Name {
            /// The rules of this argument.
            pub const FIELDS: $crate::rules::Fields = $crate::rules::Fields {
                fields: &[
                    $(arguments!(@field true, $field: $ty $(, $limit)?),)*
                    $(arguments!(@field false, $maybe: $maybe_ty $(, $maybe_limit)?),)*
                ],
                any_of: &[$($($any),+)?],
            };
        }
    };
    (@field $required:literal, $field:ident: $ty:ty) => {
        arguments!(@field $required, $field: $ty, $crate::rules::Limit::None)
    };
    (@field $required:literal, $field:ident: $ty:ty, $limit:expr) => {
        $crate::rules::Field {
            name: $crate::operation::camel!(stringify!($field)),
            required: $required,
            shape: <$ty as $crate::rules::Argument>::SHAPE,
            limit: $limit,
        }
    };
}

/// Declares answers. An `Option` is `null` or absent on the wire; unknown fields are let be.
macro_rules! answers {
    ($(
        $(#[doc = $doc:literal])+
        $(#[serde($($container:tt)+)])?
        pub struct $Name:ident {
            $($(#[doc = $field_doc:literal])* $(#[serde($($attr:tt)+)])? pub $field:ident: $ty:ty,)+
        }
    )+) => { $(
        $(#[doc = $doc])+
        #[derive(Debug, Clone, PartialEq, serde::Deserialize)]
        #[serde(rename_all = "camelCase")]
        $(#[serde($($container)+)])?
        #[cfg_attr(all(target_arch = "wasm32", feature = "js"), derive(tsify::Tsify))]
        #[cfg_attr(all(target_arch = "wasm32", feature = "js"), tsify(missing_as_null))]
        pub struct $Name {
            $($(#[doc = $field_doc])* $(#[serde($($attr)+)])? pub $field: $ty,)+
        }
    )+ };
}

pub(crate) use {answers, arguments, ids, words};
