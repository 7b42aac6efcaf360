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
/// - An argument called `query` or `body` is a type made by `arguments!`; every other one fills
///   the hole of its name in the path, in camel case; a `Handle` loses its `@`. Holes and arguments must match, or the
///   crate does not compile.
/// - `-> Answer` is left out where the service promises nothing.
/// - The facts, each optional, in this order: `pages: "key"`, the key of the answer that holds the
///   items of a listing; `wrapped: "key"`, the key that may wrap the answered object; `auth:
///   optional` or `none`; `class: auth` or `upload`; `again: safe`, it may be repeated.
///
/// From it follow the struct with one async method a row, the class and the TypeScript interface
/// of the same name (feature `js`), and `OPERATIONS`, its rows of `TABLE`.
macro_rules! resource {
    (
        $(#[doc = $about:literal])+
        pub struct $Resource:ident = $prefix:literal;
        $($stanzas:tt)+
    ) => {
        resource!(@rows $prefix; $($stanzas)+);
        resource!(@methods $Resource [$($about),+] $($stanzas)+);
        #[cfg(all(target_arch = "wasm32", feature = "js"))]
        resource!(@exports $Resource [$($about),+] $($stanzas)+);
    };

    // The operations as data.
    (@rows $prefix:literal; $(
        $(#[doc = $doc:literal])+
        $verb:ident $path:literal => $name:ident $(as $js:ident)?
        ($($arg:ident: $ty:ident),* $(,)?) $(-> $answer:ident)?
        $(, pages: $pages:literal)? $(, wrapped: $wrapped:literal)?
        $(, auth: $auth:ident)? $(, class: $class:ident)? $(, again: $again:ident)?;
    )+) => {
        #[allow(non_upper_case_globals)]
        pub(crate) mod specs {
            use super::*;
            use $crate::operation::{Again, Auth, Class, Method, Spec, holes_match};
            $(
                pub(crate) static $name: Spec = Spec {
                    id: concat!($prefix, ".", resource!(@js $name $($js)?)),
                    method: Method::$verb,
                    path: $path,
                    takes: &[$(resource!(@take $arg $ty)),*],
                    auth: resource!(@auth $($auth)?),
                    class: resource!(@class $verb $($class)?),
                    again: resource!(@again $verb $($again)?),
                    pages: resource!(@option $($pages)?),
                    wrapped: resource!(@option $($wrapped)?),
                };
                const _: () = assert!(
                    holes_match($path, &[$(resource!(@take $arg $ty)),*]),
                    "{}",
                    concat!("the holes of ", $path, " are not the arguments of ", stringify!($name)),
                );
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

    // The class of JavaScript.
    (@exports $Resource:ident [$($about:literal),+] $(
        $(#[doc = $doc:literal])+
        $verb:ident $path:literal => $name:ident $(as $js:ident)?
        ($($arg:ident: $ty:ident),* $(,)?) $(-> $answer:ident)?
        $(, $fact:ident: $value:tt)*;
    )+) => {
        pub(crate) const SPECS: &[&$crate::operation::Spec] = &[$(&specs::$name),+];

        #[cfg(all(target_arch = "wasm32", feature = "js"))]
        mod js {
            use super::{OPERATIONS, specs};
            use $crate::typescript::{Source, interface};
            use js_sys::Promise;
            use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

            #[wasm_bindgen(typescript_custom_section)]
            const TYPESCRIPT: &'static str = {
                const SOURCE: Source =
                    interface(stringify!($Resource), &[$($about),+], OPERATIONS);
                SOURCE.as_str()
            };

            #[wasm_bindgen(skip_typescript, js_name = $Resource)]
            pub struct Exported($crate::Client);

            #[wasm_bindgen(js_class = $Resource)]
            impl Exported { $(
                #[wasm_bindgen(skip_typescript $(, js_name = $js)?)]
                pub fn $name(&self, $($arg: JsValue,)* options: JsValue) -> Promise {
                    $crate::web::call(&self.0, &specs::$name, vec![$($arg),*], options)
                }
            )+ }

            impl From<super::$Resource> for JsValue {
                fn from(resource: super::$Resource) -> JsValue {
                    Exported(resource.client).into()
                }
            }
        }
    };

    (@js $name:ident) => { stringify!($name) };
    (@js $name:ident $js:ident) => { stringify!($js) };
    (@take query $ty:ident) => { $crate::operation::Take::Query(&$ty::FIELDS) };
    (@take body $ty:ident) => { $crate::operation::Take::Body(&$ty::FIELDS) };
    (@take $arg:ident $ty:ident) => {
        $crate::operation::Take::Path {
            name: $crate::operation::camel!(stringify!($arg)),
            handle: matches!(stringify!($ty).as_bytes(), b"Handle"),
        }
    };
    (@auth) => { Auth::Required };
    (@auth optional) => { Auth::Optional };
    (@auth none) => { Auth::None };
    (@class $verb:ident) => { Class::of(Method::$verb) };
    (@class $verb:ident auth) => { Class::Auth };
    (@class $verb:ident upload) => { Class::Upload };
    (@again $verb:ident) => { Again::of(Method::$verb) };
    (@again $verb:ident safe) => { Again::Safe };
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
