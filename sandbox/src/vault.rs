//! Keeps secrets that must be read again, as API keys: encrypted with AES-256-GCM under a key that lies in a file of
//! its own beside the database.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};

use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes256Gcm, KeyInit, Nonce};

use crate::IN_MEMORY;
use crate::error::{Error, Result};

const KEY_BYTES: usize = 32;
const NONCE_BYTES: usize = 12;

pub struct Vault(Aes256Gcm);

impl Vault {
    /// The vault of this database. The key file is made at the first start; a database in memory needs none.
    pub fn of(db: &str) -> std::result::Result<Self, String> {
        let key = if db == IN_MEMORY { fresh()? } else { kept(&format!("{db}.key"))? };
        Ok(Self(Aes256Gcm::new(&key.into())))
    }

    /// Encrypts `secret` for one `place`; in another it cannot be opened.
    pub fn seal(&self, secret: &str, place: &str) -> Result<Vec<u8>> {
        let mut sealed = vec![0; NONCE_BYTES];
        getrandom::fill(&mut sealed).map_err(Error::internal)?;
        let nonce = Nonce::try_from(sealed.as_slice()).map_err(Error::internal)?;
        let payload = Payload { msg: secret.as_bytes(), aad: place.as_bytes() };
        sealed.extend(self.0.encrypt(&nonce, payload).map_err(Error::internal)?);
        Ok(sealed)
    }

    /// `None` when it was sealed with another key or for another place.
    pub fn open(&self, sealed: &[u8], place: &str) -> Option<String> {
        let (nonce, message) = sealed.split_at_checked(NONCE_BYTES)?;
        let nonce = Nonce::try_from(nonce).ok()?;
        let payload = Payload { msg: message, aad: place.as_bytes() };
        String::from_utf8(self.0.decrypt(&nonce, payload).ok()?).ok()
    }
}

fn fresh() -> std::result::Result<[u8; KEY_BYTES], String> {
    let mut key = [0; KEY_BYTES];
    getrandom::fill(&mut key).map_err(|error| format!("cannot make a key: {error}"))?;
    Ok(key)
}

/// The key in this file, which is made when missing and which only its owner may read.
fn kept(path: &str) -> std::result::Result<[u8; KEY_BYTES], String> {
    let told = |error| format!("cannot use the key file {path}: {error}");
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(mut file) => {
            let key = fresh()?;
            file.write_all(&key).and_then(|()| file.sync_all()).map_err(told)?;
            Ok(key)
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            fs::read(path).map_err(told)?.try_into().map_err(|_| {
                format!(
                    "the key file {path} is broken; remove it, then connect the providers again"
                )
            })
        }
        Err(error) => Err(told(error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_opens_where_it_was_sealed_and_nowhere_else() {
        let vault = Vault::of(IN_MEMORY).unwrap();
        let sealed = vault.seal("sk-secret", "7 OPENAI").unwrap();
        assert_eq!(vault.open(&sealed, "7 OPENAI").as_deref(), Some("sk-secret"));
        assert_ne!(sealed, vault.seal("sk-secret", "7 OPENAI").unwrap(), "no two look alike");
        assert_eq!(vault.open(&sealed, "8 OPENAI"), None);
        assert_eq!(Vault::of(IN_MEMORY).unwrap().open(&sealed, "7 OPENAI"), None);
        let mut forged = sealed;
        *forged.last_mut().unwrap() ^= 1;
        for bad in [&forged[..], b"", b"short"] {
            assert_eq!(vault.open(bad, "7 OPENAI"), None);
        }
    }
}
