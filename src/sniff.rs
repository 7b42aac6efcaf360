//! What a file is, by its first bytes.

use crate::error::Issue;
use crate::text::concat;

/// How many bytes of a file it takes to tell.
pub(crate) const BEGINNING: usize = 64;

/// Media types, by what their files have at a place. The first that fits tells.
const SIGNATURES: [(usize, &[u8], &str); 17] = [
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (8, b"WEBPVP8", "image/webp"),
    // What begins by `ftyp` is of the family of MP4; its brand follows.
    (4, b"ftypqt  ", "video/quicktime"),
    (4, b"ftypheic", "image/heic"),
    (4, b"ftypavif", "image/avif"),
    (4, b"ftyp", "video/mp4"),
    // QuickTime is older than brands.
    (4, b"moov", "video/quicktime"),
    (4, b"mdat", "video/quicktime"),
    (4, b"wide", "video/quicktime"),
    (0, b"%PDF-", "application/pdf"),
    (0, b"<svg", "image/svg+xml"),
    (0, b"<!DOCTYPE html", "text/html"),
    (0, b"<!doctype html", "text/html"),
    (0, b"<html", "text/html"),
];

/// What WebM and Matroska begin with.
const EBML: &[u8] = b"\x1a\x45\xdf\xa3";

/// The name of the type in their heads: its element, and its length.
const DOCTYPES: [(&[u8], &str); 2] =
    [(b"\x42\x82\x84webm", "video/webm"), (b"\x42\x82\x88matroska", "video/x-matroska")];

/// The media type of a file that begins like this, if it is known.
pub(crate) fn content_type(beginning: &[u8]) -> Option<&'static str> {
    if beginning.starts_with(EBML) {
        let has = |name: &[u8]| beginning.windows(name.len()).any(|it| it == name);
        return DOCTYPES.iter().find(|(name, _)| has(name)).map(|(_, mime)| *mime);
    }
    let has = |at: usize, bytes: &[u8]| beginning.get(at..).is_some_and(|it| it.starts_with(bytes));
    SIGNATURES.iter().find(|(at, bytes, _)| has(*at, bytes)).map(|(.., mime)| *mime)
}

/// What is wrong with the file at `path`, which claims to be of a type, when it begins like this, a
/// character for each byte.
pub(crate) fn fault(path: &str, claimed: &str, beginning: &str) -> Option<Issue> {
    let claimed = claimed.split(';').next().unwrap_or_default().trim();
    let beginning: Vec<u8> = beginning.chars().map(|c| c as u8).collect();
    let found = content_type(&beginning);
    if found.is_some_and(|found| found.eq_ignore_ascii_case(claimed)) {
        return None;
    }
    let got = match found {
        Some(found) => concat(&["content of ", found]),
        None => concat(&["content that is not ", claimed]),
    };
    Some(Issue::new(path, &concat(&["content of its type ", claimed]), &got))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FFMPEG: &[u8] = b"\x1a\x45\xdf\xa3\x01\0\0\0\0\0\0\x1f\x42\x86\x81\x01\x42\xf7\x81\x01\
        \x42\xf2\x81\x04\x42\xf3\x81\x08\x42\x82\x84webm\x42\x87\x81\x04";
    const MATROSKA: &[u8] = b"\x1a\x45\xdf\xa3\xa3\x42\x86\x81\x01\x42\x82\x88matroska";

    /// Each with the number of bytes that it takes to tell.
    const KNOWN: [(&[u8], usize, &str); 16] = [
        (b"\xff\xd8\xff\xe0\0\x10JFIF", 3, "image/jpeg"),
        (b"\xff\xd8\xff\xe1\x1f\xfeExif", 3, "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 8, "image/png"),
        (b"GIF87a\x01\0", 6, "image/gif"),
        (b"GIF89a\x01\0", 6, "image/gif"),
        (b"RIFF\x24\0\0\0WEBPVP8 ", 15, "image/webp"),
        (b"RIFF\x24\0\0\0WEBPVP8X", 15, "image/webp"),
        (b"\0\0\0\x18ftypmp42\0\0\0\0", 8, "video/mp4"),
        (b"\0\0\0\x20ftypisom\0\0\x02\0", 8, "video/mp4"),
        (b"\0\0\0\x14ftypqt  \0\0\0\0", 12, "video/quicktime"),
        (b"\0\0\0\x08wide\0\0\0\0mdat", 8, "video/quicktime"),
        (b"\0\0\0\x18ftypavif\0\0\0\0", 12, "image/avif"),
        (FFMPEG, 35, "video/webm"),
        (MATROSKA, 20, "video/x-matroska"),
        (b"%PDF-1.7", 5, "application/pdf"),
        (b"<!doctype html><title>", 14, "text/html"),
    ];

    #[test]
    fn files_are_known_by_as_many_bytes_as_it_takes() {
        for (bytes, enough, mime) in KNOWN {
            assert_eq!(content_type(bytes), Some(mime), "{bytes:?}");
            assert_eq!(content_type(&bytes[..enough]), Some(mime), "{bytes:?}");
            for cut in 0..enough {
                assert_ne!(content_type(&bytes[..cut]), Some(mime), "{cut} bytes of {bytes:?}");
            }
            assert!(bytes.len() <= BEGINNING);
        }
    }

    #[test]
    fn what_is_neither_is_not_known() {
        let unknown: [&[u8]; 6] =
            [b"", b"\x89PNG\n\x1a\n", b"RIFF\x24\0\0\0WAVEfmt ", b"webm", b"\xff\xd8", b"{}"];
        for bytes in unknown {
            assert_eq!(content_type(bytes), None, "{bytes:?}");
        }
    }

    #[test]
    fn a_fault_tells_what_the_file_claims_and_what_it_is() {
        let told = |claimed, begins| fault("file", claimed, begins).map(|it| it.to_string());
        assert_eq!(told("image/png", "\u{89}PNG\r\n\u{1a}\n"), None);
        let expected = "file: expected content of its type image/png, got content of text/html";
        assert_eq!(told("image/png", "<html>").as_deref(), Some(expected));
        let expected =
            "file: expected content of its type image/png, got content that is not image/png";
        assert_eq!(told("image/png", "\u{89}PN").as_deref(), Some(expected));
        assert_eq!(told("IMAGE/GIF ; x=y", "GIF89a"), None);
        assert!(told("video/mp4", "\0\0\0\u{14}ftypqt  \0\0\0\0").is_some());
    }
}
