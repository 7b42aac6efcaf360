//! The `resource!` macro: operations as rows.

/// Declares a resource and its operations, one stanza each.
///
/// ```text
/// resource! {
///     /// What the resource is.
///     pub struct Posts = "posts";
///
///     /// What the operation does, for Rust, TypeScript and the table alike.
///     POST "/api/posts/{postId}/like" => like(post_id: PostId) -> Liked, again: safe;
/// }
/// ```
///
/// A stanza reads `VERB "path" => method(arguments) -> Answer, facts;`.
///
/// - `method as jsName` where the two differ: `is_following as isFollowing`.
/// - An argument called `query`, `body` or `form` is a type made by `arguments!`; every other one
///   fills the hole of its name in the path, in camel case; a `Handle` loses its `@`, a `Tag` its
///   `#`. Holes and arguments must match, or the crate does not compile.
/// - `-> Answer` is left out where the service promises nothing.
/// - The facts, each optional: `pages: "key"` or `list: "key"`, the key of the answer that holds
///   the items, with pages or without, and `or: "key"`, another one; `wrapped: "key"`, the key
///   that may wrap the answered object; `reads: NAMES`, other names that it may have; `uploads:
///   image` or `video`; `auth: optional` or `none`; `class: auth` or `upload`; `again: safe`, it
///   may be repeated.
///
/// From it follow the struct with one async method a row, the TypeScript interface of the same
/// name (feature `js`), and `OPERATIONS`, its rows of `TABLE`.
macro_rules! resource {
    (
        $(#[doc = $about:literal])+
        pub struct $Resource:ident = $prefix:literal;
        $($stanzas:tt)+
    ) => {
        resource!(@rows $prefix; $($stanzas)+);
        resource!(@methods $Resource [$($about),+] $($stanzas)+);
        resource!(@typescript $Resource [$($about),+]);
    };

    // The operations as data.
    (@rows $prefix:literal; $(
        $(#[doc = $doc:literal])+
        $verb:ident $path:literal => $name:ident $(as $js:ident)?
        ($($arg:ident: $ty:ident),* $(,)?) $(-> $answer:ident)?
        $(, $fact:ident: $value:tt)*;
    )+) => {
        #[allow(non_upper_case_globals)]
        pub(crate) mod specs {
            use super::*;
            use $crate::operation::{Method, Spec, Take};
            $(
                pub(crate) static $name: Spec = {
                    const ID: &str = concat!($prefix, ".", resource!(@js $name $($js)?));
                    const TAKES: &[Take] = &[$(resource!(@take $arg $ty)),*];
                    Spec::new(ID, Method::$verb, $path, TAKES)
                        $(.$fact(resource!(@value $fact $value)))*
                };
            )+
        }

        /// The rows of this resource, in order.
        pub const OPERATIONS: &[$crate::operation::Row] = &[$(
            $crate::operation::Row {
                spec: &specs::$name,
                doc: &[$($doc),+],
                types: &[$(stringify!($ty)),*],
                returns: resource!(@option $(stringify!($answer))?),
            },
        )+];
    };

    // The methods of Rust.
    (@methods $Resource:ident [$($about:literal),+] $(
        $(#[doc = $doc:literal])+
        $verb:ident $path:literal => $name:ident $(as $js:ident)?
        ($($arg:ident: $ty:ident),* $(,)?) $(-> $answer:ident)?
        $(, $fact:ident: $value:tt)*;
    )+) => {
        $(#[doc = $about])+
        #[derive(Debug, Clone)]
        pub struct $Resource {
            pub(crate) client: $crate::Client,
        }

        impl $Resource { $(
            $(#[doc = $doc])+
            ///
            #[doc = concat!("`", stringify!($verb), " ", $path, "`")]
            pub async fn $name(
                &self,
                $($arg: impl Into<$ty>),*
            ) -> Result<resource!(@answer $($answer)?), $crate::Error> {
                let args = [$($crate::value::Value::encode::<$ty>(&$arg.into())),*];
                let answer: resource!(@decoded $($answer)?) =
                    self.client.call(&specs::$name, &args).await?;
                Ok(resource!(@given answer $($answer)?))
            }
        )+ }
    };

    // The interface of TypeScript.
    (@typescript $Resource:ident [$($about:literal),+]) => {
        /// The rows without what is told of them, for the wasm.
        #[cfg(all(target_arch = "wasm32", feature = "js"))]
        pub(crate) static SPECS: [&$crate::operation::Spec; OPERATIONS.len()] =
            $crate::operation::specs(OPERATIONS);

        #[cfg(all(target_arch = "wasm32", feature = "js"))]
        mod js {
            use super::OPERATIONS;
            use $crate::typescript::{Source, interface};
            use wasm_bindgen::prelude::wasm_bindgen;

            #[wasm_bindgen(typescript_custom_section)]
            const TYPESCRIPT: &'static str = {
                const SOURCE: Source =
                    interface(stringify!($Resource), &[$($about),+], OPERATIONS);
                SOURCE.as_str()
            };
        }
    };

    (@js $name:ident) => { stringify!($name) };
    (@js $name:ident $js:ident) => { stringify!($js) };
    (@take query $ty:ident) => { $crate::operation::Take::Query(&$ty::FIELDS) };
    (@take body $ty:ident) => { $crate::operation::Take::Body(&$ty::FIELDS) };
    (@take form $ty:ident) => { $crate::operation::Take::Form(&$ty::FIELDS) };
    (@take $arg:ident $ty:ident) => {
        $crate::operation::Take::Path {
            name: $crate::operation::camel!(stringify!($arg)),
            shape: <$ty as $crate::rules::Argument>::SHAPE,
        }
    };
    (@value auth optional) => { $crate::operation::Auth::Optional };
    (@value auth none) => { $crate::operation::Auth::None };
    (@value class auth) => { $crate::operation::Class::Auth };
    (@value class upload) => { $crate::operation::Class::Upload };
    (@value again safe) => { $crate::operation::Again::Safe };
    (@value uploads image) => { $crate::operation::Medium::Image };
    (@value uploads video) => { $crate::operation::Medium::Video };
    (@value $fact:ident $value:expr) => { $value };
    (@option) => { None };
    (@option $value:expr) => { Some($value) };
    (@answer) => { () };
    (@answer $answer:ident) => { $answer };
    (@decoded) => { serde::de::IgnoredAny };
    (@decoded $answer:ident) => { $answer };
    (@given $value:ident) => {{ let _ = $value; }};
    (@given $value:ident $answer:ident) => { $value };
}
pub(crate) use resource;
