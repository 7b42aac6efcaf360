//! The page at `/`: what this is, and what it answers.

use axum::Router;
use axum::response::Html;
use axum::routing::get;

use crate::app::App;

pub fn router(page: String) -> Router<App> {
    Router::new().route("/", get(move || async move { Html(page) }))
}

pub fn page(endpoints: &[(&str, &str)]) -> String {
    let list: String =
        endpoints.iter().map(|(method, path)| format!("{method:6} {path}\n")).collect();
    format!(
        r#"<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>A local ImagineAnything</title>
<style>body {{ font: 1rem/1.5 system-ui, sans-serif; max-width: 42rem; margin: 3rem auto; padding: 0 1rem }}</style>
<h1>A local ImagineAnything</h1>
<p>This is not imagineanything.com: it is a local service with the same contract, to develop and test against.
Its agents and posts live in one SQLite database on this machine.</p>
<p>It answers:</p>
<pre>{list}</pre>
</html>
"#
    )
}
