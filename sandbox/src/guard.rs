//! Refuses requests that pages of other sites send: a page that somebody opens here can reach this machine, too. The
//! `Host` must be a name of this machine, or DNS rebinding would make a page the service's own; the controls also refuse
//! foreign `Origin`s, since a page needs no permission to send what it cannot read the answer of.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use axum::extract::{Request, State};
use axum::http::header::{HOST, ORIGIN};
use axum::http::{HeaderMap, HeaderName, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::app::App;
use crate::error::{Error, Result};
use crate::log;

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Foreign headers are quoted in refusals up to here.
const MAX_QUOTED_CHARS: usize = 100;

/// Which hosts and origins are this service's.
pub struct Guard {
    bound: IpAddr,
    /// In lower case.
    hosts: Vec<String>,
    origins: Vec<String>,
    control: bool,
}

impl Guard {
    pub fn new(
        bound: IpAddr,
        hosts: &[String],
        origins: &[String],
        control: bool,
    ) -> std::result::Result<Self, String> {
        let hosts = hosts.iter().map(|host| named(host)).collect::<std::result::Result<_, _>>()?;
        Ok(Self { bound, hosts, origins: origins.to_vec(), control })
    }

    fn check(&self, uri: &Uri, headers: &HeaderMap) -> Result<()> {
        // A request target with an authority overrules `Host`, and then both must be right. No browser leaves `Host` out.
        let target = uri.authority().map(|authority| authority.as_str());
        let mut hosts = texts(headers, HOST).chain(target);
        if let Some(foreign) = hosts.find(|host| !self.is_ours(host)) {
            return Err(Error::misdirected(format!(
                "`Host: {}` is not a name of this machine, as when a web page reaches it by DNS rebinding. Use localhost \
                 or 127.0.0.1; `--allow-host NAME` allows another name.",
                quoted(foreign)
            )));
        }
        let path = uri.path();
        if self.control && (path == "/_sandbox" || path.starts_with("/_sandbox/")) {
            return self.check_sender(uri, headers);
        }
        Ok(())
    }

    /// The controls are for the service's own page, the origins that the flags name, and programs that are no browsers.
    fn check_sender(&self, uri: &Uri, headers: &HeaderMap) -> Result<()> {
        let mut origins = texts(headers, ORIGIN).peekable();
        let has_origin = origins.peek().is_some();
        let own = uri.authority().map(|it| it.as_str()).or_else(|| texts(headers, HOST).next());
        let mut named = has_origin;
        for origin in origins {
            if self.origins.iter().any(|allowed| allowed == origin) {
                continue;
            }
            named = false;
            if !own.is_some_and(|own| is_origin_of(origin, own)) {
                return Err(Error::forbidden(format!(
                    "`Origin: {}` may not use the controls. `--allow-origin ORIGIN` allows the pages of an origin.",
                    quoted(origin)
                )));
            }
        }
        if named {
            return Ok(());
        }
        let mut sites = texts(headers, SEC_FETCH_SITE);
        // `same-site` is a page on another port of this machine.
        match sites.find(|site| !matches!(*site, "same-origin" | "none")) {
            None => Ok(()),
            Some(site) => Err(Error::forbidden(format!(
                "`Sec-Fetch-Site: {}`: pages of other sites and ports may not use the controls. `--allow-origin ORIGIN` \
                 allows the pages of an origin, for requests with an `Origin`.",
                quoted(site)
            ))),
        }
    }

    fn is_ours(&self, authority: &str) -> bool {
        let Some((host, _)) = split(authority) else { return false };
        let host = host.to_ascii_lowercase();
        if self.hosts.contains(&host) {
            return true;
        }
        match address(&host) {
            // A browser that is at an address asked no DNS for it.
            Some(address) => {
                is_loopback(address) || address == self.bound || self.bound.is_unspecified()
            }
            None => {
                let name = host.strip_suffix('.').unwrap_or(&host);
                name == "localhost" || name.ends_with(".localhost")
            }
        }
    }
}

/// Lets requests pass that no foreign page can have sent.
pub async fn guard(State(app): State<App>, request: Request, next: Next) -> Response {
    match app.guard.check(request.uri(), request.headers()) {
        Ok(()) => next.run(request).await,
        Err(refusal) => {
            if app.log {
                log::line(format_args!("sandbox: refused: {refusal}"));
            }
            refusal.into_response()
        }
    }
}

/// An origin as browsers write it, of the flag `--allow-origin`: without a path, and neither `null`, which every
/// sandboxed page has, nor `*`.
pub fn origin(text: &str) -> std::result::Result<String, String> {
    let is_scheme = |scheme: &str| {
        scheme.starts_with(|first: char| first.is_ascii_alphabetic())
            && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b))
    };
    match text.split_once("://") {
        Some((scheme, authority)) if is_scheme(scheme) && split(authority).is_some() => {
            Ok(text.to_ascii_lowercase())
        }
        _ => Err(format!("`{text}` is not an origin, like http://localhost:5173")),
    }
}

/// A name of the flag `--allow-host`.
fn named(host: &str) -> std::result::Result<String, String> {
    match split(host) {
        Some((name, None)) => Ok(name.to_ascii_lowercase()),
        _ => Err(format!("`{host}` is not a host, like sandbox.test, without a scheme and a port")),
    }
}

/// The host and the port of `host[:port]`; `None` for anything else.
fn split(authority: &str) -> Option<(&str, Option<&str>)> {
    let (host, port) = match authority.rfind(':') {
        Some(at) if !authority.ends_with(']') => {
            let (host, port) = authority.split_at(at);
            (host, Some(port.strip_prefix(':')?))
        }
        _ => (authority, None),
    };
    let is_name = |host: &str| {
        !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._".contains(&b))
    };
    let is_port = port.is_none_or(|port| port.bytes().all(|b| b.is_ascii_digit()));
    let is_host = if host.starts_with('[') { address(host).is_some() } else { is_name(host) };
    (is_port && is_host).then_some((host, port))
}

/// The address that a host is, in the one form in which it is written in full.
fn address(host: &str) -> Option<IpAddr> {
    match host.strip_prefix('[') {
        Some(rest) => rest.strip_suffix(']')?.parse::<Ipv6Addr>().ok().map(IpAddr::V6),
        None => host.parse::<Ipv4Addr>().ok().map(IpAddr::V4),
    }
}

fn is_loopback(address: IpAddr) -> bool {
    address.to_canonical().is_loopback()
}

/// True when a page of this origin was loaded from `authority`.
fn is_origin_of(origin: &str, authority: &str) -> bool {
    let rest = |scheme: &str| Some(origin.strip_prefix(scheme)?).and_then(split);
    let (page, usual) = match (rest("http://"), rest("https://")) {
        (Some(page), _) => (page, "80"),
        (None, Some(page)) => (page, "443"),
        (None, None) => return false,
    };
    let port = |port: Option<&str>| match port {
        None | Some("") => usual.to_owned(),
        Some(port) => port.to_owned(),
    };
    split(authority)
        .is_some_and(|own| page.0.eq_ignore_ascii_case(own.0) && port(page.1) == port(own.1))
}

/// The values of a header. One that is no text is like none that is known, so it reads as an empty one.
fn texts(headers: &HeaderMap, name: HeaderName) -> impl Iterator<Item = &str> {
    headers.get_all(name).iter().map(|value| value.to_str().unwrap_or_default())
}

fn quoted(text: &str) -> String {
    text.chars().take(MAX_QUOTED_CHARS).collect()
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderValue, StatusCode};

    use super::*;

    fn told(guard: &Guard, target: &str, headers: &[(&'static str, &str)]) -> u16 {
        let headers = headers
            .iter()
            .map(|(name, value)| {
                (HeaderName::from_static(name), HeaderValue::from_str(value).unwrap())
            })
            .collect();
        match guard.check(&target.parse().unwrap(), &headers) {
            Ok(()) => StatusCode::OK.as_u16(),
            Err(error) => error.into_response().status().as_u16(),
        }
    }

    fn guard(hosts: &[&str], origins: &[&str]) -> Guard {
        let owned = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect::<Vec<_>>();
        Guard::new([127, 0, 0, 1].into(), &owned(hosts), &owned(origins), true).unwrap()
    }

    #[test]
    fn only_names_of_this_machine_are_answered() {
        let guard = guard(&["Sandbox.test", "[fd00::1]"], &[]);
        for ours in [
            "localhost",
            "LOCALHOST:4010",
            "localhost.",
            "app.localhost:80",
            "127.0.0.1",
            "127.0.0.1:4010",
            "127.255.0.9:1",
            "[::1]",
            "[::1]:4010",
            "[0:0:0:0:0:0:0:1]",
            "[::ffff:127.0.0.1]:4010",
            "sandbox.test:4010",
            "SANDBOX.TEST",
            "[fd00::1]:4010",
        ] {
            assert_eq!(told(&guard, "/api/posts", &[("host", ours)]), 200, "{ours}");
        }
        for foreign in [
            "",
            "evil.example",
            "rebound.example:4010",
            "localhost.evil.example",
            "evillocalhost",
            "127.0.0.1.evil.example",
            "127.0.0.1.nip.io:4010",
            "127.1",
            "127.0.0.01",
            "2130706433",
            "0x7f000001",
            "0.0.0.0:4010",
            "10.0.0.1",
            "128.0.0.1",
            "[::]",
            "[::2]:4010",
            "[::1",
            "[::1].evil.example",
            "::1",
            "localhost:4010@evil.example",
            "evil.example@localhost",
            "evil.example,localhost",
            "localhost:port",
            "localhost/",
            "localhost ",
            "sandbox.test.",
            "x.sandbox.test",
            "*",
        ] {
            for path in ["/", "/api/posts", "/media/x", "/_sandbox/reset", "/nothing"] {
                assert_eq!(told(&guard, path, &[("host", foreign)]), 421, "{foreign} {path}");
            }
        }
        assert_eq!(told(&guard, "/api/posts", &[]), 200, "HTTP/1.0");
        let two = [("host", "localhost"), ("host", "evil.example")];
        assert_eq!(told(&guard, "/api/posts", &two), 421);
    }

    #[test]
    fn the_authority_of_the_target_counts_as_well() {
        let guard = guard(&[], &[]);
        let host = [("host", "localhost:4010")];
        assert_eq!(told(&guard, "http://localhost:4010/api/posts", &host), 200);
        for target in ["http://evil.example/api/posts", "http://x@evil.example/", "evil.example:80"]
        {
            assert_eq!(told(&guard, target, &host), 421, "{target}");
            assert_eq!(told(&guard, target, &[]), 421, "{target}");
        }
        let foreign = [("host", "evil.example")];
        assert_eq!(told(&guard, "http://localhost:4010/api/posts", &foreign), 421);
    }

    #[test]
    fn an_address_that_was_bound_is_answered_too() {
        let at = |bound: [u8; 4]| Guard::new(bound.into(), &[], &[], false).unwrap();
        for (bound, host, status) in [
            ([10, 0, 0, 7], "10.0.0.7:4010", 200),
            ([10, 0, 0, 7], "10.0.0.8:4010", 421),
            ([0, 0, 0, 0], "10.0.0.8:4010", 200),
            ([0, 0, 0, 0], "[fd00::1]:4010", 200),
            ([0, 0, 0, 0], "rebound.example:4010", 421),
        ] {
            assert_eq!(told(&at(bound), "/api/posts", &[("host", host)]), status, "{host}");
        }
    }

    #[test]
    fn controls_are_for_the_own_page_named_origins_and_programs() {
        let guard = guard(&["sandbox.test"], &["http://localhost:5173"]);
        let control = |host, headers: &[(&'static str, &str)]| {
            told(&guard, "/_sandbox/reset", &[&[("host", host)], headers].concat())
        };
        const OWN: &str = "http://localhost:4010";
        const NAMED: &str = "http://localhost:5173";
        for (host, headers) in [
            ("localhost:4010", &[] as &[_]),
            ("localhost:4010", &[("origin", OWN)]),
            ("localhost:4010", &[("origin", OWN), ("sec-fetch-site", "same-origin")]),
            ("LOCALHOST:4010", &[("origin", OWN)]),
            ("127.0.0.1:4010", &[("origin", "http://127.0.0.1:4010")]),
            ("[::1]:4010", &[("origin", "http://[::1]:4010")]),
            ("localhost", &[("origin", "http://localhost")]),
            ("sandbox.test", &[("origin", "https://sandbox.test")]),
            ("localhost:4010", &[("sec-fetch-site", "none")]),
            ("127.0.0.1:4010", &[("origin", NAMED)]),
            ("127.0.0.1:4010", &[("origin", NAMED), ("sec-fetch-site", "cross-site")]),
            ("localhost:4010", &[("origin", NAMED), ("sec-fetch-site", "same-site")]),
        ] {
            assert_eq!(control(host, headers), 200, "{host} {headers:?}");
        }
        for headers in [
            &[("origin", "https://evil.example")] as &[_],
            &[("origin", "null")],
            &[("origin", "")],
            &[("origin", "file://")],
            &[("origin", "localhost:4010")],
            &[("origin", "http://localhost:4011")],
            &[("origin", "http://localhost")],
            &[("origin", "http://127.0.0.1:4010")],
            &[("origin", "http://localhost:4010.evil.example")],
            &[("origin", "http://localhost:4010/")],
            &[("origin", "http://localhost:5173.evil.example")],
            &[("origin", NAMED), ("origin", "https://evil.example")],
            &[("origin", OWN), ("sec-fetch-site", "cross-site")],
            &[("sec-fetch-site", "cross-site")],
            &[("sec-fetch-site", "same-site")],
            &[("sec-fetch-site", "Cross-Site")],
            &[("sec-fetch-site", "")],
        ] {
            assert_eq!(control("localhost:4010", headers), 403, "{headers:?}");
            let all = [&[("host", "localhost:4010")], headers].concat();
            assert_eq!(told(&guard, "/_sandbox", &all), 403);
            assert_eq!(told(&guard, "http://localhost:4010/_sandbox/clock", &all), 403);
            assert_eq!(told(&guard, "/api/posts", &all), 200, "the API has CORS for that");
        }
    }

    #[test]
    fn flags_that_would_allow_nothing_or_everything_are_refused() {
        for right in
            ["http://localhost:5173", "https://x.test", "tauri://localhost", "http://[::1]:1"]
        {
            assert_eq!(origin(right).as_deref(), Ok(right));
        }
        assert_eq!(origin("HTTP://Localhost:1").as_deref(), Ok("http://localhost:1"));
        for wrong in
            ["", "*", "null", "localhost:5173", "http://", "http://x/", "http://x/y", "a b://x"]
        {
            assert!(origin(wrong).unwrap_err().contains("not an origin"), "{wrong}");
        }
        for wrong in ["", "*", "http://x", "x:80", "x/", "[::1", "a b", "é"] {
            assert!(named(wrong).unwrap_err().contains("not a host"), "{wrong}");
        }
    }
}
