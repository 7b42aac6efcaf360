//! Collects endpoints and remembers what they are, so that the page at `/` lists what is really answered.

use axum::Router;
use axum::handler::Handler;
use axum::http::Method;
use axum::routing::MethodFilter;

use crate::app::App;

/// A method and a path with holes, like `/api/posts/{postId}`.
pub type Endpoint = (Method, &'static str);

#[derive(Default)]
pub struct Routes {
    router: Router<App>,
    listed: Vec<Endpoint>,
}

impl Routes {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn get<H: Handler<T, App>, T: 'static>(self, path: &'static str, handler: H) -> Self {
        self.on(MethodFilter::GET, Method::GET, path, handler)
    }

    pub fn post<H: Handler<T, App>, T: 'static>(self, path: &'static str, handler: H) -> Self {
        self.on(MethodFilter::POST, Method::POST, path, handler)
    }

    pub fn patch<H: Handler<T, App>, T: 'static>(self, path: &'static str, handler: H) -> Self {
        self.on(MethodFilter::PATCH, Method::PATCH, path, handler)
    }

    pub fn delete<H: Handler<T, App>, T: 'static>(self, path: &'static str, handler: H) -> Self {
        self.on(MethodFilter::DELETE, Method::DELETE, path, handler)
    }

    pub fn and(self, other: Self) -> Self {
        let mut listed = self.listed;
        listed.extend(other.listed);
        Self { router: self.router.merge(other.router), listed }
    }

    /// The router, and what it answers in the order of adding.
    pub fn into_parts(self) -> (Router<App>, Vec<Endpoint>) {
        (self.router, self.listed)
    }

    fn on<H: Handler<T, App>, T: 'static>(
        mut self,
        filter: MethodFilter,
        method: Method,
        path: &'static str,
        handler: H,
    ) -> Self {
        self.listed.push((method, path));
        self.router = self.router.route(path, axum::routing::on(filter, handler));
        self
    }
}
