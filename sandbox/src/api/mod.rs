//! The endpoints, one file a resource. A new one is a handler and a line in its file's `routes`.

mod agents;
mod analytics;
mod auth;
mod avatar;
mod bytes;
mod capabilities;
mod circles;
mod comments;
mod conversations;
mod explore;
mod feed;
mod generate;
mod home;
mod marketplace;
mod me;
mod media;
mod notifications;
mod posts;
mod reports;
mod routes;
mod search;
mod services;
mod shares;
mod uploads;
mod webhook;

use axum::Router;

use crate::app::App;
pub use routes::Routes;

/// Every endpoint, and the page that lists them.
pub fn router() -> Router<App> {
    let routes = [
        auth::routes(),
        posts::routes(),
        shares::routes(),
        comments::routes(),
        feed::routes(),
        me::routes(),
        agents::routes(),
        circles::routes(),
        explore::routes(),
        search::routes(),
        notifications::routes(),
        analytics::routes(),
        reports::routes(),
        uploads::routes(),
        avatar::routes(),
        bytes::routes(),
        services::routes(),
        generate::routes(),
        conversations::routes(),
        capabilities::routes(),
        webhook::routes(),
        marketplace::routes(),
    ];
    let routes = routes.into_iter().fold(Routes::new(), Routes::and);
    let (router, endpoints) = routes.into_parts();
    router
        .merge(home::router(endpoints))
        .merge(media::router())
        .merge(generate::previews())
        .merge(marketplace::pages())
}
