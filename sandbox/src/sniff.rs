//! Tells what a file is by its first bytes, whatever its name or its sender says.

use crate::clock::Millis;

pub const IMAGES: [&str; 4] = ["image/jpeg", "image/png", "image/gif", "image/webp"];
pub const VIDEOS: [&str; 3] = ["video/mp4", "video/webm", "video/quicktime"];

/// The type of the files that this service takes; `None` for all others.
pub fn content_type(bytes: &[u8]) -> Option<&'static str> {
    let at =
        |start: usize, mark: &[u8]| bytes.get(start..).is_some_and(|rest| rest.starts_with(mark));
    if at(0, b"\xff\xd8\xff") {
        Some("image/jpeg")
    } else if at(0, b"\x89PNG\r\n\x1a\n") {
        Some("image/png")
    } else if at(0, b"GIF87a") || at(0, b"GIF89a") {
        Some("image/gif")
    } else if at(0, b"RIFF") && at(8, b"WEBP") {
        Some("image/webp")
    } else if at(4, b"ftypqt  ") {
        Some("video/quicktime")
    } else if at(4, b"ftyp") {
        Some("video/mp4")
    } else if at(0, b"\x1a\x45\xdf\xa3") && says_webm(bytes) {
        Some("video/webm")
    } else {
        None
    }
}

/// The ending of a file of this type.
pub fn ending(content_type: &str) -> &'static str {
    match content_type {
        "image/jpeg" => "jpg",
        "image/png" => "png",
        "image/gif" => "gif",
        "image/webp" => "webp",
        "video/mp4" => "mp4",
        "video/webm" => "webm",
        "video/quicktime" => "mov",
        "audio/wav" => "wav",
        _ => "bin",
    }
}

/// Matroska files begin the same way; the document type in the header makes the difference.
fn says_webm(bytes: &[u8]) -> bool {
    const HEADER_BYTES: usize = 64;
    let header = bytes.get(..HEADER_BYTES).unwrap_or(bytes);
    header.windows(7).any(|window| window == b"\x42\x82\x84webm")
}

/// How long an MP4 or QuickTime video plays, by its movie header. A WebM, or a file that does not say, has `None`.
pub fn duration(bytes: &[u8]) -> Option<Millis> {
    let header = child(child(bytes, b"moov")?, b"mvhd")?;
    let version = header.first()?;
    let (timescale, length) = match version {
        0 => (number(header, 12, 4)?, number(header, 16, 4)?),
        1 => (number(header, 20, 4)?, number(header, 24, 8)?),
        _ => return None,
    };
    // All ones stand for "unknown".
    let unknown = if *version == 0 { u64::from(u32::MAX) } else { u64::MAX };
    if length == unknown {
        return None;
    }
    let millis = (u128::from(length) * 1000).checked_div(u128::from(timescale))?;
    Some(Millis::try_from(millis).unwrap_or(Millis::MAX))
}

/// What is in the first box with this name.
fn child<'a>(mut boxes: &'a [u8], name: &[u8; 4]) -> Option<&'a [u8]> {
    loop {
        let (size, head) = match number(boxes, 0, 4)? {
            0 => (boxes.len(), 8),
            1 => (usize::try_from(number(boxes, 8, 8)?).ok()?, 16),
            size => (usize::try_from(size).ok()?, 8),
        };
        if boxes.get(4..8)? == name {
            return boxes.get(head..size.min(boxes.len()));
        }
        // A box is never smaller than its own head: so each turn moves on.
        boxes = boxes.get(size.max(head)..)?;
    }
}

/// A big-endian number.
fn number(bytes: &[u8], start: usize, length: usize) -> Option<u64> {
    let digits = bytes.get(start..start.checked_add(length)?)?;
    Some(digits.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn boxed(name: &str, content: &[u8]) -> Vec<u8> {
        let size = u32::try_from(content.len() + 8).unwrap();
        [&size.to_be_bytes(), name.as_bytes(), content].concat()
    }

    fn video(header: &[u8]) -> Vec<u8> {
        let moov = boxed("moov", &[boxed("free", b""), boxed("mvhd", header)].concat());
        [boxed("ftyp", b"isom\0\0\0\0"), boxed("mdat", &[7; 100]), moov].concat()
    }

    #[test]
    fn files_are_known_by_their_first_bytes() {
        let known: [(&[u8], &str); 8] = [
            (b"\xff\xd8\xff\xe0", "image/jpeg"),
            (b"\x89PNG\r\n\x1a\n....", "image/png"),
            (b"GIF89a", "image/gif"),
            (b"RIFF\x10\0\0\0WEBPVP8 ", "image/webp"),
            (b"\0\0\0\x18ftypisom", "video/mp4"),
            (b"\0\0\0\x18ftypqt  ", "video/quicktime"),
            (b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm", "video/webm"),
            (b"GIF87a", "image/gif"),
        ];
        for (bytes, content_type) in known {
            assert_eq!(super::content_type(bytes), Some(content_type));
        }
        let matroska = b"\x1a\x45\xdf\xa3\x9f\x42\x82\x88matroska";
        for bytes in [&b""[..], b"\x89PN", b"<svg>", b"RIFF\x10\0\0\0WAVE", b"%PDF-1.7", matroska] {
            assert_eq!(content_type(bytes), None, "{bytes:?}");
        }
    }

    #[test]
    fn the_movie_header_says_how_long_a_video_plays() {
        let short = [&[0; 12][..], &600_u32.to_be_bytes(), &900_u32.to_be_bytes()].concat();
        assert_eq!(duration(&video(&short)), Some(1500));
        let mut long =
            [&[0; 20][..], &1000_u32.to_be_bytes(), &7_000_000_u64.to_be_bytes()].concat();
        long[0] = 1;
        assert_eq!(duration(&video(&long)), Some(7_000_000));
    }

    #[test]
    fn a_broken_header_says_nothing() {
        let unknown = [&[0; 12][..], &600_u32.to_be_bytes(), &[0xff; 4]].concat();
        let timeless = [0; 20];
        for header in [&unknown[..], &timeless, b"", b"\x02"] {
            assert_eq!(duration(&video(header)), None);
        }
        let endless = [&1_u32.to_be_bytes()[..], b"free", &u64::MAX.to_be_bytes()].concat();
        for bytes in [&b""[..], b"\0\0\0", b"\0\0\0\x02free\0\0", &endless] {
            assert_eq!(duration(bytes), None, "{bytes:?}");
        }
    }
}
