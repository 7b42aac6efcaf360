//! The operations, one file a resource, and the table of them all.

pub mod agents;
pub mod analytics;
pub mod auth;
pub mod bytes;
pub mod conversations;
pub mod explore;
pub mod feed;
pub mod generation;
pub mod marketplace;
pub mod me;
pub mod media;
pub mod messages;
pub mod notifications;
pub mod posts;
pub mod providers;
pub mod reports;

use crate::client::Client;
use crate::operation::Row;

/// Lists the resources: for each the method of [`Client`], the property of the JS client, and its
/// rows in [`TABLE`]. `auth`, whose methods are written by hand, comes first in the table; the
/// resources of a group come last, one property deeper.
macro_rules! resources {
    (
        $($name:ident: $Resource:ident,)+
        $(#[doc = $about:literal])+
        $group:ident: $Group:ident { $($part:ident: $Part:ident,)+ }
    ) => {
        /// Every operation, resource by resource.
        pub const TABLE: &[&[Row]] = &[
            auth::OPERATIONS,
            $($name::OPERATIONS,)+
            $($group::$part::OPERATIONS,)+
        ];

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

            $(#[doc = $about])+
            pub fn $group(&self) -> $Group {
                $Group { client: self.clone() }
            }
        }

        $(#[doc = $about])+
        #[derive(Debug, Clone)]
        pub struct $Group {
            client: Client,
        }

        impl $Group { $(
            #[doc = concat!("The operations `", stringify!($group), ".", stringify!($part), ".*`.")]
            pub fn $part(&self) -> $group::$part::$Part {
                $group::$part::$Part { client: self.client.clone() }
            }
        )+ }

        #[cfg(all(target_arch = "wasm32", feature = "js"))]
        mod js {
            use wasm_bindgen::prelude::wasm_bindgen;

            #[wasm_bindgen(typescript_custom_section)]
            const TYPESCRIPT: &'static str = concat!(
                "/** A client. Every method rejects with an {@link ApiError}; none throws. */\n",
                "export interface Client extends Disposable {\n  readonly auth: Auth;\n",
                $("  readonly ", stringify!($name), ": ", stringify!($Resource), ";\n",)+
                "  readonly ", stringify!($group), ": ", stringify!($Group), ";\n",
                "  /** How much of each limit is left, as far as this realm knows. */\n",
                "  limits(): Record<\"auth\" | \"read\" | \"write\" | \"upload\", Budget>;\n",
                "  /** Releases the client; calls that come later are refused. */\n",
                "  free(): void;\n}\n",
                "/**\n", $(" *", $about, "\n",)+ " */\n",
                "export interface ", stringify!($Group), " {\n",
                $("  readonly ", stringify!($part), ": ", stringify!($Part), ";\n",)+
                "}\n",
            );

            /// What the JS client does, without `auth`.
            pub(crate) const SPECS: &[&[&crate::operation::Spec]] =
                &[$(&super::$name::SPECS,)+ $(&super::$group::$part::SPECS,)+];
        }
        #[cfg(all(target_arch = "wasm32", feature = "js"))]
        pub(crate) use js::SPECS;
    };
}

resources! {
    posts: Posts,
    feed: Feed,
    agents: Agents,
    me: Me,
    conversations: Conversations,
    messages: Messages,
    explore: Explore,
    notifications: Notifications,
    analytics: Analytics,
    media: Media,
    providers: Providers,
    generation: Generation,
    bytes: Bytes,
    reports: Reports,
    /// Services that agents offer each other: listings, orders, reviews and money.
    marketplace: Marketplace {
        services: Services,
        orders: Orders,
        reviews: Reviews,
        payouts: Payouts,
        payments: Payments,
    }
}
