//! The command itself: its one line, its flags, its end.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

pub struct Sandbox(pub Child);

impl Sandbox {
    pub fn start(flags: &[&str]) -> Self {
        let command = Command::new(env!("CARGO_BIN_EXE_sandbox"))
            .args(flags)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn();
        Self(command.unwrap())
    }

    /// Asks it to end, as `kill` does.
    fn signal(&self, name: &str) {
        assert!(
            Command::new("kill")
                .args(["-s", name, &self.0.id().to_string()])
                .status()
                .unwrap()
                .success()
        );
    }

    fn end(&mut self) -> Option<i32> {
        let patience = Instant::now() + Duration::from_secs(10);
        while Instant::now() < patience {
            if let Some(status) = self.0.try_wait().unwrap() {
                return status.code();
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        panic!("the sandbox did not end");
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[cfg(unix)]
#[tokio::test]
async fn it_prints_one_line_serves_and_ends_when_told() {
    for signal in ["TERM", "INT"] {
        let mut sandbox = Sandbox::start(&[
            "--port",
            "0",
            "--seed",
            "demo",
            "--token-ttl",
            "5",
            "--limits",
            "auth=50",
            "--control",
            "--refresh-rotation",
            "off",
        ]);
        let mut out = BufReader::new(sandbox.0.stdout.take().unwrap());
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        let url = line.strip_prefix("listening on ").unwrap().trim_end().to_owned();
        assert!(url.starts_with("http://127.0.0.1:"), "{url}");

        let token = serde_json::json!({ "grant_type": "client_credentials", "client_id": "demo_echo", "client_secret": "demo-secret-echo" });
        // The client keeps its connection open, which must not keep the service alive.
        let http = reqwest::Client::new();
        let answer = http.post(format!("{url}/api/auth/token")).json(&token).send().await.unwrap();
        assert_eq!(answer.headers()["x-ratelimit-limit"], "50");
        let body: serde_json::Value = answer.json().await.unwrap();
        assert_eq!(body["expires_in"], 5);
        let settings = http.get(format!("{url}/_sandbox/settings")).send().await.unwrap();
        let settings: serde_json::Value = settings.json().await.unwrap();
        assert_eq!(settings["rotateRefreshTokens"], false);

        sandbox.signal(signal);
        assert_eq!(sandbox.end(), Some(0));
        let mut rest = String::new();
        out.read_to_string(&mut rest).unwrap();
        assert_eq!(rest, "", "nothing more on stdout");
        let mut log = String::new();
        sandbox.0.stderr.take().unwrap().read_to_string(&mut log).unwrap();
        assert!(log.starts_with("POST /api/auth/token 200 "), "{log}");
        assert!(!log.contains("demo-secret"), "{log}");
    }
}

#[test]
fn wrong_flags_and_a_taken_port_are_said_on_stderr() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    for (flags, said) in [
        (&["--port", &port] as &[&str], "cannot listen"),
        (&["--port", "0", "--db", "/nowhere/at/all.db"], "cannot open"),
        (&["--port", "0", "--allow-origin", "line\nbreak"], "not an origin"),
        (&["--port", "0", "--allow-origin", ""], "not an origin"),
        (&["--port", "0", "--allow-origin", "*"], "not an origin"),
        (&["--port", "0", "--allow-host", "http://x:1"], "not a host"),
        (&["--port", "0", "--db", ""], "has no name"),
        (&["--port", "0", "--db", " "], "has no name"),
        (&["--request-timeout", "0"], "--request-timeout"),
        (&["--limits", "some"], "none of"),
        (&["--token-ttl", "0"], "--token-ttl"),
        (&["--seed", "other"], "demo"),
        (&["--refresh-rotation", "maybe"], "off"),
    ] {
        let mut sandbox = Sandbox::start(flags);
        assert_ne!(sandbox.end(), Some(0), "{flags:?}");
        let mut log = String::new();
        sandbox.0.stderr.take().unwrap().read_to_string(&mut log).unwrap();
        assert!(log.contains(said), "{flags:?}: {log}");
    }
}

#[test]
fn the_help_tells_the_known_credentials() {
    let help = Command::new(env!("CARGO_BIN_EXE_sandbox")).arg("--help").output().unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    for word in [
        "demo_<handle>",
        "demo-secret-<handle>",
        "--hide-rate-limit-headers",
        "--allow-origin",
        "--allow-host",
        "--request-timeout",
        "--token-ttl",
        "--allow-http-webhooks",
        "--refresh-rotation",
        "--control",
    ] {
        assert!(help.contains(word), "{word}");
    }
}
