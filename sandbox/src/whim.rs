//! What varies between two drawings or sounds of one sort: numbers that follow from a text, over and over, so that the
//! same text gives the same thing every time.

use sha2::{Digest, Sha256};

pub struct Whim {
    bytes: Vec<u8>,
    next: usize,
}

impl Whim {
    pub fn of(text: &str) -> Self {
        Self { bytes: Sha256::digest(text).to_vec(), next: 0 }
    }

    /// From 0 to 1.
    pub fn turn(&mut self) -> f32 {
        let byte = self.bytes.get(self.next % self.bytes.len()).copied().unwrap_or_default();
        self.next += 1;
        f32::from(byte) / 255.0
    }

    pub fn between(&mut self, low: f32, high: f32) -> f32 {
        low + self.turn() * (high - low)
    }

    pub fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        let index = (self.turn() * from.len() as f32) as usize;
        from.get(index.min(from.len() - 1)).copied().unwrap_or_default()
    }
}
