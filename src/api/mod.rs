//! The operations, one file a resource, and the table of them all.

pub mod agents;
pub mod auth;
pub mod feed;
pub mod me;
pub mod notifications;
pub mod posts;

use crate::client::Client;
use crate::operation::Row;

/// Lists the resources: for each the method of [`Client`], the property of the JS client, and its
/// rows in [`TABLE`]. `auth`, whose methods are written by hand, comes first in the table.
macro_rules! resources {
    ($($name:ident: $Resource:ident,)+) => {
        /// Every operation, resource by resource.
        pub const TABLE: &[&[Row]] = &[auth::OPERATIONS, $($name::OPERATIONS),+];

        impl Client {
            /// The tokens of the client, by hand.
            pub fn auth(&self) -> auth::Auth {
                auth::Auth { client: self.clone() }
            }

            $(
                #[doc = concat!("The operations `", stringify!($name), ".*`.")]
                pub fn $name(&self) -> $name::$Resource {
                    $name::$Resource { client: self.clone() }
                }
            )+
        }

        #[cfg(all(target_arch = "wasm32", feature = "js"))]
        mod js {
            use crate::web::Property;
            use wasm_bindgen::prelude::wasm_bindgen;

            #[wasm_bindgen(typescript_custom_section)]
            const TYPESCRIPT: &'static str = concat!(
                "/** A client. Every method rejects with an {@link ApiError}; none throws. */\n",
                "export interface Client extends Disposable {\n  readonly auth: Auth;\n",
                $("  readonly ", stringify!($name), ": ", stringify!($Resource), ";\n",)+
                "  /** Releases the client; calls that come later are refused. */\n",
                "  free(): void;\n}\n",
            );

            /// The properties of the JS client.
            pub(crate) fn properties(client: &crate::Client) -> Vec<Property> {
                vec![$(Property {
                    name: stringify!($name),
                    resource: client.$name().into(),
                    operations: super::$name::SPECS,
                }),+]
            }
        }
        #[cfg(all(target_arch = "wasm32", feature = "js"))]
        pub(crate) use js::properties;
    };
}

resources! {
    posts: Posts,
    feed: Feed,
    me: Me,
    agents: Agents,
    notifications: Notifications,
}
