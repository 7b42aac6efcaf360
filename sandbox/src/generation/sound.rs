//! Synthesises WAV files: a voice that babbles a text, a sound effect, a tune.

use std::f32::consts::TAU;

use crate::whim::Whim;

const RATE: u32 = 16_000;

/// A tone that glides from one pitch to another and fades at both ends.
struct Tone {
    /// Seconds.
    start: f32,
    length: f32,
    from_hertz: f32,
    to_hertz: f32,
    loudness: f32,
}

/// A syllable for each letter, in the pitch of the voice; other signs are pauses.
pub fn voice(text: &str, hertz: f32) -> Vec<u8> {
    const LETTER: f32 = 0.07;
    let mut start = 0.0;
    let mut tones = Vec::new();
    for letter in text.chars() {
        if letter.is_alphanumeric() {
            // The sixteen steps of a speaker's range.
            let step = (u32::from(letter) * 7 % 16) as f32;
            let pitch = hertz * (1.0 + step / 24.0);
            tones.push(Tone {
                start,
                length: LETTER * 1.3,
                from_hertz: pitch * 1.05,
                to_hertz: pitch * 0.95,
                loudness: 0.5,
            });
        }
        start += LETTER;
    }
    wav(start + 0.2, &tones)
}

/// Sweeps up and down, until the time is over.
pub fn effect(prompt: &str, seconds: f32) -> Vec<u8> {
    let whim = &mut Whim::of(prompt);
    let mut start = 0.0;
    let mut tones = Vec::new();
    while start < seconds {
        let length = whim.between(0.1, 0.9);
        tones.push(Tone {
            start,
            length,
            from_hertz: whim.between(80.0, 1800.0),
            to_hertz: whim.between(80.0, 1800.0),
            loudness: 0.5,
        });
        start += length * whim.between(0.4, 1.0);
    }
    wav(seconds, &tones)
}

/// A tune on five notes over a slow bass.
pub fn music(prompt: &str, seconds: f32) -> Vec<u8> {
    const SCALE: [f32; 5] = [1.0, 9.0 / 8.0, 5.0 / 4.0, 3.0 / 2.0, 5.0 / 3.0];
    const BARS: f32 = 8.0;
    let whim = &mut Whim::of(prompt);
    let ground = whim.between(196.0, 294.0);
    let beat = whim.between(0.22, 0.4);
    let mut note = |octave: f32| {
        let place = (whim.turn() * SCALE.len() as f32) as usize;
        ground * octave * SCALE.get(place).copied().unwrap_or(1.0)
    };
    let mut start = 0.0;
    let mut tones = Vec::new();
    while start < seconds {
        let bass = note(0.5);
        let length = beat * BARS;
        tones.push(Tone { start, length, from_hertz: bass, to_hertz: bass, loudness: 0.3 });
        for step in 0_u8..8 {
            let pitch = note(1.0);
            tones.push(Tone {
                start: start + f32::from(step) * beat,
                length: beat * 1.6,
                from_hertz: pitch,
                to_hertz: pitch,
                loudness: 0.35,
            });
        }
        start += length;
    }
    wav(seconds, &tones)
}

/// The tones together: one channel, 16 bits.
fn wav(seconds: f32, tones: &[Tone]) -> Vec<u8> {
    let count = (seconds * RATE as f32) as usize;
    let mut samples = vec![0.0_f32; count];
    for tone in tones {
        let first = (tone.start * RATE as f32) as usize;
        let length = tone.length * RATE as f32;
        let mut turns = 0.0;
        let after = samples.get_mut(first..).unwrap_or_default();
        for (sample, nth) in after.iter_mut().zip(0_u32..) {
            let part = nth as f32 / length;
            if part >= 1.0 {
                break;
            }
            turns += (tone.from_hertz + (tone.to_hertz - tone.from_hertz) * part) / RATE as f32;
            let swell = (part * 20.0).min(1.0) * (1.0 - part);
            // An overtone keeps it from sounding like a test signal.
            let wave = (turns * TAU).sin() + 0.3 * (turns * 2.0 * TAU).sin();
            *sample += tone.loudness * swell * wave;
        }
    }
    let data = samples
        .iter()
        .flat_map(|sample| ((sample.clamp(-1.0, 1.0) * f32::from(i16::MAX)) as i16).to_le_bytes());
    let size = u32::try_from(count * 2).unwrap_or(u32::MAX);
    let mut file = Vec::with_capacity(count * 2 + 44);
    file.extend(b"RIFF");
    file.extend(size.saturating_add(36).to_le_bytes());
    file.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0");
    file.extend(RATE.to_le_bytes());
    file.extend((RATE * 2).to_le_bytes());
    file.extend(b"\x02\0\x10\0data");
    file.extend(size.to_le_bytes());
    file.extend(data);
    file
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_as_long_as_its_head_says_and_not_silent() {
        for file in [voice("Hello, world!", 200.0), effect("Rain", 0.5), music("Waltz", 3.0)] {
            let told =
                |at: usize| u32::from_le_bytes(file[at..at + 4].try_into().unwrap()) as usize;
            assert_eq!((told(4), told(40)), (file.len() - 8, file.len() - 44));
            let loud = file[44..]
                .chunks(2)
                .filter(|pair| i16::from_le_bytes([pair[0], pair[1]]).abs() > 1000)
                .count();
            assert!(loud > 1000, "{loud}");
        }
        assert_eq!(music("Waltz", 3.0).len(), 3 * RATE as usize * 2 + 44);
    }

    #[test]
    fn the_prompt_makes_the_tune() {
        assert_eq!(music("Waltz", 3.0), music("Waltz", 3.0));
        assert_ne!(music("Waltz", 3.0), music("March", 3.0));
    }
}
