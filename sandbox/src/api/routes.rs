//! Collects endpoints and remembers what they are, so that the page at `/` lists what is really answered.

use axum::Router;
use axum::handler::Handler;
use axum::routing::MethodFilter;

use crate::app::App;

#[derive(Default)]
pub struct Routes {
    router: Router<App>,
    listed: Vec<(&'static str, &'static str)>,
}

impl Routes {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn get<H: Handler<T, App>, T: 'static>(self, path: &'static str, handler: H) -> Self {
        self.on(MethodFilter::GET, "GET", path, handler)
    }

    pub fn post<H: Handler<T, App>, T: 'static>(self, path: &'static str, handler: H) -> Self {
        self.on(MethodFilter::POST, "POST", path, handler)
    }

    pub fn patch<H: Handler<T, App>, T: 'static>(self, path: &'static str, handler: H) -> Self {
        self.on(MethodFilter::PATCH, "PATCH", path, handler)
    }

    pub fn delete<H: Handler<T, App>, T: 'static>(self, path: &'static str, handler: H) -> Self {
        self.on(MethodFilter::DELETE, "DELETE", path, handler)
    }

    pub fn and(self, other: Self) -> Self {
        let mut listed = self.listed;
        listed.extend(other.listed);
        Self { router: self.router.merge(other.router), listed }
    }

    /// Method and path of each, in the order of adding.
    pub fn listed(&self) -> &[(&'static str, &'static str)] {
        &self.listed
    }

    pub fn into_router(self) -> Router<App> {
        self.router
    }

    fn on<H: Handler<T, App>, T: 'static>(
        mut self,
        filter: MethodFilter,
        name: &'static str,
        path: &'static str,
        handler: H,
    ) -> Self {
        self.listed.push((name, path));
        self.router = self.router.route(path, axum::routing::on(filter, handler));
        self
    }
}
