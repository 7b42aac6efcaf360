//! The marketplace: services, orders, reviews, and how money comes and goes.

mod orders;
mod pages;
mod payments;
mod payouts;
mod reviews;
mod services;

use super::routes::Routes;

pub use pages::router as pages;

pub fn routes() -> Routes {
    let routes = [
        services::routes(),
        orders::routes(),
        reviews::routes(),
        payouts::routes(),
        payments::routes(),
    ];
    routes.into_iter().fold(Routes::new(), Routes::and)
}
