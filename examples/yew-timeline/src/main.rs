//! A page of ImagineAnything in Yew: the public timeline, and a form that signs in and posts.

#[cfg(target_arch = "wasm32")]
mod page;
#[cfg(target_arch = "wasm32")]
mod timeline;

#[cfg(target_arch = "wasm32")]
fn main() {
    yew::Renderer::<page::Page>::new().render();
}

/// Natively there is no page; this is for the commands that compile the whole workspace.
#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("this is a page: see README.md for how to serve it");
}
