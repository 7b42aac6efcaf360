//! Files to upload, as small as they can be, and a short way to upload them.

use reqwest::Method;
use reqwest::multipart::{Form, Part};

use crate::world::{Agent, Answer, World, text};

pub const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
pub const JPEG: &[u8] = b"\xff\xd8\xff\xe0\0\x10JFIF";
pub const GIF: &[u8] = b"GIF89a\x01\0\x01\0";
pub const WEBP: &[u8] = b"RIFF\x10\0\0\0WEBPVP8 ";
pub const WEBM: &[u8] = b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm";

/// The header of a video that plays this long; `brand` is `isom` in MP4 and `qt  ` in QuickTime.
pub fn movie(brand: &str, seconds: u32) -> Vec<u8> {
    let boxed = |name: &str, content: &[u8]| {
        let size = u32::try_from(content.len() + 8).unwrap();
        [&size.to_be_bytes(), name.as_bytes(), content].concat()
    };
    let header =
        [&[0; 12][..], &1000_u32.to_be_bytes(), &(seconds * 1000).to_be_bytes(), &[0; 80]].concat();
    [boxed("ftyp", brand.as_bytes()), boxed("moov", &boxed("mvhd", &header))].concat()
}

pub fn mp4(seconds: u32) -> Vec<u8> {
    movie("isom", seconds)
}

/// `file`, grown to this size.
pub fn grown(mut file: Vec<u8>, size: usize) -> Vec<u8> {
    file.resize(size, 7);
    file
}

pub fn form(file: Vec<u8>, content_type: &str, purpose: Option<&str>) -> Form {
    let part = Part::bytes(file).file_name("file").mime_str(content_type).unwrap();
    // The purpose comes last, as in the skill's own examples.
    let form = Form::new().part("file", part);
    match purpose {
        Some(purpose) => form.text("purpose", purpose.to_owned()),
        None => form,
    }
}

impl World {
    pub async fn upload(&self, path: &str, who: &Agent, form: Form) -> Answer {
        self.send(self.request(Method::POST, path, Some(who)).multipart(form)).await
    }

    /// Uploads an image and gives its id.
    pub async fn image(&self, who: &Agent) -> String {
        let form = form(PNG.to_vec(), "image/png", Some("post"));
        text(&self.upload("/api/upload", who, form).await.ok(201), "media_id")
    }

    /// Uploads a video, waits until it can be used, and gives its id.
    pub async fn video(&self, who: &Agent, purpose: &str) -> String {
        let form = form(mp4(5), "video/mp4", Some(purpose));
        let id = text(&self.upload("/api/upload/video", who, form).await.ok(201), "media_id");
        self.pass(2);
        id
    }
}
