//! Writes short H.264 videos in MP4: each frame whole, its samples as they are (macroblocks of the type I_PCM).
//!
//! Uncompressed blocks are the part of H.264 that needs no codec, and every player reads them. The price is size: 1.5
//! bytes a pixel and frame, so frames are small and few.

use super::picture::{Palette, Scene};

/// A macroblock's side in pixels.
const BLOCK: usize = 16;

const FRAMES: u32 = 24;

/// Millionths of a second, so that any number of seconds divides well.
const TIMESCALE: u32 = 1_000_000;

/// The scene as it moves for so many seconds. All shapes have 144 blocks.
pub fn mp4(scene: &Scene, aspect: &str, seconds: f64) -> Vec<u8> {
    let (columns, rows) = match aspect {
        "16:9" => (16, 9),
        "1:1" => (12, 12),
        _ => (9, 16),
    };
    let (width, height) = (columns * BLOCK as u32, rows * BLOCK as u32);
    let colours = scene.palette.map(luma_and_chroma);
    let frames: Vec<Vec<u8>> = (0..FRAMES)
        .map(|nth| {
            let pixels = scene.paint(width, height, nth as f32 / FRAMES as f32);
            frame(&pixels, width as usize, &colours, nth)
        })
        .collect();
    let delta = (seconds * f64::from(TIMESCALE)) as u32 / FRAMES;
    movie(width, height, delta, &frames)
}

/// Y, Cb and Cr, in the range of television (BT.601). They are never zero, so nothing in a block looks like a mark.
fn luma_and_chroma([red, green, blue]: [u8; 3]) -> [u8; 3] {
    let [red, green, blue] = [red, green, blue].map(f32::from);
    [
        16.0 + 0.257 * red + 0.504 * green + 0.098 * blue,
        128.0 - 0.148 * red - 0.291 * green + 0.439 * blue,
        128.0 + 0.439 * red - 0.368 * green - 0.071 * blue,
    ]
    .map(|part| part.round() as u8)
}

/// Bits, the highest first.
#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    pending: u8,
    count: u32,
}

impl Bits {
    fn put(&mut self, value: u32, count: u32) {
        for place in (0..count).rev() {
            self.pending = self.pending << 1 | (value >> place & 1) as u8;
            self.count += 1;
            if self.count == 8 {
                self.bytes.push(std::mem::take(&mut self.pending));
                self.count = 0;
            }
        }
    }

    /// An Exp-Golomb code, as most numbers in H.264 are written.
    fn number(&mut self, value: u32) {
        let digits = u32::BITS - (value + 1).leading_zeros();
        self.put(0, digits - 1);
        self.put(value + 1, digits);
    }

    fn align(&mut self) {
        while self.count > 0 {
            self.put(0, 1);
        }
    }

    /// The mark that ends a unit.
    fn end(mut self) -> Vec<u8> {
        self.put(1, 1);
        self.align();
        self.bytes
    }
}

/// Sequence parameters: baseline profile, level 3, frames in the order of showing.
fn sequence(width: u32, height: u32) -> Vec<u8> {
    let mut bits = Bits::default();
    bits.bytes.extend([0x67, 66, 0xc0, 30]);
    bits.number(0); // this set's id
    bits.number(0); // 4 bits of frame number
    bits.number(2); // shown in the order of decoding
    bits.number(1); // reference frames
    bits.put(0, 1); // no gaps in frame numbers
    bits.number(width / BLOCK as u32 - 1);
    bits.number(height / BLOCK as u32 - 1);
    bits.put(0b1100, 4); // whole frames, 8x8 inference, no cropping, nothing about display
    bits.end()
}

/// Picture parameters: all at their simplest.
fn picture() -> Vec<u8> {
    let mut bits = Bits::default();
    bits.bytes.push(0x68);
    bits.number(0); // this set's id
    bits.number(0); // the sequence's
    bits.put(0, 2); // CAVLC, no field order
    bits.number(0); // one slice group
    bits.number(0);
    bits.number(0); // one reference each
    bits.put(0, 3); // no weights
    bits.number(0);
    bits.number(0);
    bits.number(0); // no offsets of the quantiser
    bits.put(0, 3);
    bits.end()
}

/// A frame that stands alone, with its length before it, as MP4 keeps it. `pixels` are places among the colours.
fn frame(pixels: &[u8], width: usize, colours: &Palette, nth: u32) -> Vec<u8> {
    let mut bits = Bits::default();
    bits.bytes.push(0x65);
    bits.number(0); // from the first block on
    bits.number(7); // all blocks stand alone
    bits.number(0); // picture parameters
    bits.put(0, 4); // frame number
    bits.number(nth % 2); // tells two such frames in a row apart
    bits.put(0, 2); // kept as any other
    bits.number(0); // quantiser
    let colour = |x: usize, y: usize| {
        let ink = pixels.get(y * width + x).copied().unwrap_or_default();
        colours.get(usize::from(ink)).copied().unwrap_or([16, 128, 128])
    };
    for top in (0..pixels.len() / width).step_by(BLOCK) {
        for left in (0..width).step_by(BLOCK) {
            bits.number(25); // I_PCM
            bits.align();
            let inside = |step: usize| {
                (0..BLOCK).step_by(step).flat_map(move |y| {
                    (0..BLOCK).step_by(step).map(move |x| colour(left + x, top + y))
                })
            };
            bits.bytes.extend(inside(1).map(|[luma, ..]| luma));
            bits.bytes.extend(inside(2).map(|[_, blue, _]| blue));
            bits.bytes.extend(inside(2).map(|[.., red]| red));
        }
    }
    let unit = bits.end();
    [&length(&unit), &unit[..]].concat()
}

fn length(bytes: &[u8]) -> [u8; 4] {
    u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_be_bytes()
}

/// A box of MP4: its size, its name, what is in it.
fn boxed(name: &str, parts: &[&[u8]]) -> Vec<u8> {
    let content = parts.concat();
    let size = u32::try_from(content.len() + 8).unwrap_or(u32::MAX);
    [&size.to_be_bytes(), name.as_bytes(), &content].concat()
}

/// Numbers of four bytes.
fn words(numbers: &[u32]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_be_bytes()).collect()
}

const MATRIX: [u32; 9] = [0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x4000_0000];

fn movie(width: u32, height: u32, delta: u32, frames: &[Vec<u8>]) -> Vec<u8> {
    let duration = delta * FRAMES;
    let sizes: Vec<u32> =
        frames.iter().map(|frame| u32::try_from(frame.len()).unwrap_or_default()).collect();
    let kind = boxed("ftyp", &[b"isom\0\0\x02\0isomavc1mp41"]);
    let head = |start: u32| {
        let table = samples(width, height, delta, &sizes, start);
        let place =
            boxed("dinf", &[&boxed("dref", &[&words(&[0, 1]), &boxed("url ", &[&words(&[1])])])]);
        let media = boxed(
            "mdia",
            &[
                &boxed("mdhd", &[&words(&[0, 0, 0, TIMESCALE, duration, 0x55c4_0000])]),
                &boxed("hdlr", &[&words(&[0, 0]), b"vide", &words(&[0, 0, 0]), b"\0"]),
                &boxed("minf", &[&boxed("vmhd", &[&words(&[1, 0, 0])]), &place, &table]),
            ],
        );
        let track = boxed(
            "tkhd",
            &[
                &words(&[7, 0, 0, 1, 0, duration, 0, 0, 0, 0]),
                &words(&MATRIX),
                &words(&[width << 16, height << 16]),
            ],
        );
        boxed(
            "moov",
            &[
                &boxed(
                    "mvhd",
                    &[
                        &words(&[0, 0, 0, TIMESCALE, duration, 0x10000, 0x0100_0000, 0, 0]),
                        &words(&MATRIX),
                        &words(&[0, 0, 0, 0, 0, 0, 2]),
                    ],
                ),
                &boxed("trak", &[&track, &media]),
            ],
        )
    };
    // The head tells where the frames start, which depends on the head's own size, but not the other way round.
    let start = kind.len() + head(0).len() + 8;
    let head = head(u32::try_from(start).unwrap_or_default());
    [kind, head, boxed("mdat", &[&frames.concat()])].concat()
}

/// The table that finds each frame: its codec, its time, its size, its place.
fn samples(width: u32, height: u32, delta: u32, sizes: &[u32], start: u32) -> Vec<u8> {
    let (sequence, picture) = (sequence(width, height), picture());
    let short = |bytes: &[u8]| u16::try_from(bytes.len()).unwrap_or_default().to_be_bytes();
    let codec = boxed(
        "avcC",
        &[
            b"\x01\x42\xc0\x1e\xff\xe1",
            &short(&sequence),
            &sequence,
            b"\x01",
            &short(&picture),
            &picture,
        ],
    );
    let entry = boxed(
        "avc1",
        &[
            &words(&[0, 1, 0, 0, 0, 0, width << 16 | height, 0x48_0000, 0x48_0000, 0]),
            b"\0\x01",
            &[0; 32],
            b"\0\x18\xff\xff",
            &codec,
        ],
    );
    boxed(
        "stbl",
        &[
            &boxed("stsd", &[&words(&[0, 1]), &entry]),
            &boxed("stts", &[&words(&[0, 1, FRAMES, delta])]),
            &boxed("stsc", &[&words(&[0, 1, 1, FRAMES, 1])]),
            &boxed("stsz", &[&words(&[0, 0, FRAMES]), &words(sizes)]),
            &boxed("stco", &[&words(&[0, 1, start])]),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sniff;

    #[test]
    fn a_video_plays_as_long_as_asked_for() {
        for (aspect, seconds) in [("9:16", 4.0), ("16:9", 60.0), ("1:1", 1.5)] {
            let file = mp4(&Scene::of("Waves"), aspect, seconds);
            assert_eq!(sniff::content_type(&file), Some("video/mp4"));
            let millis = sniff::duration(&file).unwrap() as f64;
            assert!((millis - seconds * 1000.0).abs() < 2.0, "{aspect}: {millis}");
        }
    }

    #[test]
    fn numbers_are_written_as_h264_has_them() {
        let mut bits = Bits::default();
        for value in [0, 1, 2, 3, 7, 25] {
            bits.number(value);
        }
        bits.align();
        // 1 010 011 00100 0001000 000011010
        assert_eq!(bits.bytes, [0b1010_0110, 0b0100_0001, 0b0000_0001, 0b1010_0000]);
    }

    #[test]
    fn colours_stay_clear_of_zero() {
        assert_eq!(luma_and_chroma([0, 0, 0]), [16, 128, 128]);
        assert_eq!(luma_and_chroma([255, 255, 255]), [235, 128, 128]);
        for colour in [[255, 0, 0], [0, 255, 0], [0, 0, 255], [255, 255, 0]] {
            assert!(luma_and_chroma(colour).iter().all(|part| (16..=240).contains(part)));
        }
    }
}
