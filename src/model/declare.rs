//! The macros that declare what crosses the wire. Each adds what all types of its sort share.

/// Declares identifiers: strings to the service, types of their own to the compiler. `Handle: '@'`
/// is one that callers may put a mark before.
macro_rules! ids {
    ($($(#[doc = $doc:literal])+ $Id:ident $(: $mark:literal)?;)+) => { $(
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
            const SHAPE: $crate::rules::Shape = ids!(@shape $($mark)?);
        }
    )+ };
    (@shape) => { $crate::rules::Shape::Text };
    (@shape $mark:literal) => { $crate::rules::Shape::Marked($mark) };
}

/// Declares a closed set of words; the first is the default. In answers it stands inside
/// [`Open`](super::Open).
macro_rules! words {
    (
        $(#[doc = $doc:literal])+
        pub enum $Words:ident { $First:ident = $first:literal, $($Word:ident = $word:literal,)* }
    ) => {
        $(#[doc = $doc])+
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, Hash, Default, serde::Serialize, serde::Deserialize,
        )]
        #[cfg_attr(all(target_arch = "wasm32", feature = "js"), derive(tsify::Tsify))]
        pub enum $Words {
            #[default]
            #[serde(rename = $first)]
            $First,
            $(#[serde(rename = $word)] $Word,)*
        }

        impl $Words {
            /// Its name on the wire.
            pub const fn name(self) -> &'static str {
                match self {
                    $Words::$First => $first,
                    $($Words::$Word => $word,)*
                }
            }
        }

        impl $crate::rules::Argument for $Words {
            const SHAPE: $crate::rules::Shape = $crate::rules::Shape::OneOf(&[$first $(, $word)*]);
        }
    };
}

/// Declares an argument: a struct, and the rules that a value of it is checked against.
///
/// The fields in the first braces are required, those in the second become `Option`s. A field
/// reads `name: Type` or `name: Type => Limit`, with a limit of [`Limit`](crate::rules::Limit);
/// `name as "NAME"` where the wire calls it otherwise. Below, each optional: `any_of: a, b;` or
/// `one_of: a, b;` asks for one of these fields, `pairs: TABLE;` for a pair of
/// [`Pairs`](crate::rules::Pairs); `open;` lets unknown keys pass; `typescript: "type";` is a type
/// that says more than that of the fields.
macro_rules! arguments {
    (
        $(#[doc = $doc:literal])+
        pub struct $Name:ident {
            $($(#[doc = $field_doc:literal])+
            $field:ident $(as $wire:literal)?: $ty:ty $(=> $limit:expr)?,)*
        } optional {
            $($(#[doc = $maybe_doc:literal])+
            $maybe:ident $(as $maybe_wire:literal)?: $maybe_ty:ty $(=> $maybe_limit:expr)?,)*
        }
        $(any_of: $($any:literal),+;)?
        $(one_of: $($one:literal),+;)?
        $(pairs: $pairs:expr;)?
        $(open $open:tt)?
        $(typescript: $typescript:literal;)?
    ) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone, PartialEq, Default, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "camelCase", deny_unknown_fields)]
        #[cfg_attr(all(target_arch = "wasm32", feature = "js"), derive(tsify::Tsify))]
        $(#[cfg_attr(all(target_arch = "wasm32", feature = "js"), tsify(type = $typescript))])?
        pub struct $Name {
            $($(#[doc = $field_doc])+ $(#[serde(rename = $wire)])? pub $field: $ty,)*
            $(
                $(#[doc = $maybe_doc])+
                $(#[serde(rename = $maybe_wire)])?
                #[serde(skip_serializing_if = "Option::is_none")]
                pub $maybe: Option<$maybe_ty>,
            )*
        }

        impl $Name {
            /// The rules of this argument.
            pub const FIELDS: $crate::rules::Fields = $crate::rules::Fields {
                fields: &[
                    $($crate::rules::Field::new(
                        arguments!(@name $field $($wire)?),
                        true,
                        <$ty as $crate::rules::Argument>::SHAPE,
                        arguments!(@limit $($limit)?),
                    ),)*
                    $($crate::rules::Field::new(
                        arguments!(@name $maybe $($maybe_wire)?),
                        false,
                        <$maybe_ty as $crate::rules::Argument>::SHAPE,
                        arguments!(@limit $($maybe_limit)?),
                    ),)*
                ],
                $(needs: $crate::rules::Needs::AnyOf(&[$($any),+]),)?
                $(needs: $crate::rules::Needs::OneOf(&[$($one),+]),)?
                $(pairs: Some(&$pairs),)?
                $(open: arguments!(@open $open),)?
                ..$crate::rules::Fields::of(&[])
            };
        }
    };
    (@name $field:ident) => { $crate::operation::camel!(stringify!($field)) };
    (@name $field:ident $wire:literal) => { $wire };
    (@limit) => { $crate::rules::Limit::None };
    (@limit $limit:expr) => { $limit };
    (@open ;) => { true };
}

/// Declares answers. An `Option` is `null` or absent on the wire; unknown fields are let be.
macro_rules! answers {
    ($(
        $(#[doc = $doc:literal])+
        pub struct $Name:ident {
            $($(#[doc = $field_doc:literal])* $(#[serde($($attr:tt)+)])? pub $field:ident: $ty:ty,)+
        }
    )+) => { $(
        $(#[doc = $doc])+
        #[derive(Debug, Clone, PartialEq, serde::Deserialize)]
        #[serde(rename_all = "camelCase")]
        #[cfg_attr(all(target_arch = "wasm32", feature = "js"), derive(tsify::Tsify))]
        #[cfg_attr(all(target_arch = "wasm32", feature = "js"), tsify(missing_as_null))]
        pub struct $Name {
            $($(#[doc = $field_doc])* $(#[serde($($attr)+)])? pub $field: $ty,)+
        }
    )+ };
}

pub(crate) use {answers, arguments, ids, words};
