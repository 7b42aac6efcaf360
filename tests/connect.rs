//! Where a client may send: https, or plain http to this very machine.

#![cfg(not(target_arch = "wasm32"))]
// Clippy lets test functions fail by panic, but does not know their helpers for what they are.
#![allow(clippy::indexing_slicing)]

use imagineanything::model::Paging;
use imagineanything::{Client, Error, ErrorKind, Options, Script};

/// Connects to `base_url`, and gives the address of a call there.
fn address(base_url: &str) -> Result<String, Error> {
    let script = Script::default();
    let options = Options { base_url: base_url.into(), ..Options::default() };
    let client = Client::new(options, script.clone())?;
    script.answer(200, r#"{"posts": []}"#);
    script.run(client.posts().list(Paging::default()))?;
    Ok(script.requests()[0].url.clone())
}

#[test]
fn a_base_url_is_https_or_of_this_machine() {
    for (base_url, base) in [
        ("https://api.example.com", "https://api.example.com"),
        ("https://api.example.com/", "https://api.example.com"),
        ("https://api.example.com:8443/v1/", "https://api.example.com:8443/v1"),
        ("http://localhost:8787", "http://localhost:8787"),
        ("http://127.0.0.1:8787/", "http://127.0.0.1:8787"),
        ("http://127.9.9.9", "http://127.9.9.9"),
        ("http://127.255.255.255:80/v1/", "http://127.255.255.255:80/v1"),
        ("http://localhost", "http://localhost"),
        ("http://[::1]/v1", "http://[::1]/v1"),
        ("http://[::1]:8787", "http://[::1]:8787"),
    ] {
        assert_eq!(address(base_url).unwrap(), format!("{base}/api/posts"));
    }
}

#[test]
fn any_other_base_url_is_refused() {
    for base_url in [
        "",
        "api.example.com",
        "/api",
        "ftp://api.example.com",
        "javascript:alert(1)",
        "http://api.example.com",
        "http://localhost.example.com",
        "http://127.example.com",
        "http://127.",
        "http://127.:8787",
        "http://127",
        "http://127.1",
        "http://127.0.0",
        "http://127.0.0.",
        "http://127..0.1",
        "http://127...",
        "http://127.0.0.1.",
        "http://127.1.1.1.1",
        "http://127.0.0.256",
        "http://127.0.0.999",
        "http://127.0.0.01",
        "http://127.0.0.1e0",
        "http://127.0.0.+1",
        "http://0127.0.0.1",
        "http://2130706433",
        "http://127.0.0.1.evil.example",
        "http://127.0.0.1%2eevil.example",
        "http://127.0.0.1:80:80",
        "http://127.0.0.1:x",
        "http://localhost:x",
        "http://localhost.",
        "http://[::1",
        "http://::1",
        "http://[::1]x",
        "http://[::1].evil.example",
        "http://[::1]]",
        "http://[127.0.0.1]",
        "http://[localhost]",
        "http://10.0.0.1",
        "http://[2001:db8::1]",
        "http://0.0.0.0",
        "https://",
        "https:///api",
        "https://:443",
        "https://api.example.com?x=1",
        "https://api.example.com#x",
        "https://api.example.com\\x",
        "https://api example.com",
        "https://api.example.com\n",
        "https://localhost@evil.example.com",
        "http://localhost:80@evil.example.com",
    ] {
        let error = address(base_url).unwrap_err();
        assert_eq!((error.kind(), error.operation), (ErrorKind::InvalidArgument, "connect"));
        assert_eq!(error.issues[0].path, "options.baseUrl", "{base_url}");
    }
}

#[test]
fn a_base_url_with_a_password_is_not_repeated() {
    for base_url in ["https://ada:hush@example.com", "http://ada:hush@localhost", "ada:hush@x"] {
        let error = address(base_url).unwrap_err();
        assert!(!format!("{error} {error:?}").contains("hush"), "{error}");
    }
}
