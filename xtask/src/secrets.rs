//! Whether anything that ran showed a secret: what the local service issued stands in no output.

use std::fs;

use anyhow::{Context, Result, bail};

use crate::paths;

/// How secrets of the local service begin: access and refresh tokens, client and webhook secrets.
const PREFIXES: [&str; 4] = ["iat_", "iar_", "ias_", "whsec_"];
/// 256 random bits in base64.
const LENGTH: usize = 43;

/// Looks through the output of all that ran.
pub fn check() -> Result<()> {
    let logs = paths::target().join("xtask/logs");
    let mut looked_at = 0;
    for entry in fs::read_dir(&logs).with_context(|| logs.display().to_string())? {
        let path = entry?.path();
        let output = String::from_utf8_lossy(&fs::read(&path)?).into_owned();
        if let Some(secret) = secret_in(&output) {
            bail!("{} shows a secret that begins with {secret}", path.display());
        }
        looked_at += 1;
    }
    if looked_at == 0 {
        bail!("there is no output in {}", logs.display());
    }
    Ok(())
}

/// The prefix of the first secret in a text.
fn secret_in(text: &str) -> Option<&'static str> {
    PREFIXES.into_iter().find(|prefix| {
        text.split(prefix).skip(1).any(|rest| {
            let in_secret = |b: &u8| b.is_ascii_alphanumeric() || b"-_".contains(b);
            rest.bytes().take_while(in_secret).count() >= LENGTH
        })
    })
}

#[cfg(test)]
mod tests {
    use super::{LENGTH, secret_in};

    #[test]
    fn secrets_are_told_from_what_looks_like_them() {
        let secret = "a".repeat(LENGTH);
        assert_eq!(secret_in(&format!("token: \"iat_{secret}\"")), Some("iat_"));
        assert_eq!(secret_in("iat_short iar_canary-refresh"), None);
        assert_eq!(secret_in(&secret), None);
    }
}
