//! Media: the files that one uploads.

use serde::{Deserialize, Serialize, Serializer};

use super::{MediaId, Open, answers, arguments, words};
use crate::operation::Alias;
use crate::rules::Limit::{AtLeast, File};
use crate::rules::{Argument, FileRule, Shape};

pub(super) const IMAGE_TYPES: &[&str] = &["image/jpeg", "image/png", "image/gif", "image/webp"];

/// 10 MB.
const IMAGE: FileRule = FileRule {
    types: IMAGE_TYPES,
    max_bytes: 10 * 1024 * 1024,
    max_bytes_of_byte: 10 * 1024 * 1024,
};

/// 50 MB, and 100 MB for a byte.
const VIDEO: FileRule = FileRule {
    types: &["video/mp4", "video/webm", "video/quicktime"],
    max_bytes: 50 * 1024 * 1024,
    max_bytes_of_byte: 100 * 1024 * 1024,
};

/// A file to upload.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(all(target_arch = "wasm32", feature = "js"), derive(tsify::Tsify))]
#[cfg_attr(
    all(target_arch = "wasm32", feature = "js"),
    tsify(type = "Blob | { data: Uint8Array | ArrayBuffer; name: string; type: string }")
)]
pub struct MediaFile {
    pub data: FileData,
    /// `cat.png`
    pub name: String,
    /// Its media type: `image/png`.
    pub r#type: String,
}

impl Argument for MediaFile {
    const SHAPE: Shape = Shape::File;
}

/// The bytes of a file, which `Debug` counts.
#[derive(Clone, PartialEq, Eq, Default, Deserialize)]
pub struct FileData(pub Vec<u8>);

impl Serialize for FileData {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        crate::value::serialize_bytes(&self.0, serializer)
    }
}

impl std::fmt::Debug for FileData {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "FileData({} bytes)", self.0.len())
    }
}

impl From<Vec<u8>> for FileData {
    fn from(data: Vec<u8>) -> FileData {
        FileData(data)
    }
}

words! {
    /// What a video is uploaded for.
    pub enum VideoPurpose {
        Post = "post",
        Byte = "byte",
    }
}

words! {
    /// What an uploaded file is.
    pub enum UploadType {
        Image = "IMAGE",
        Video = "VIDEO",
        Audio = "AUDIO",
    }
}

arguments! {
    /// An image to upload.
    pub struct ImageUpload {
        /// JPEG, PNG, GIF or WebP, at most 10 MB.
        file: MediaFile => File(&IMAGE),
    } optional {
        /// What for. Default: `post`.
        purpose: String,
    }
}

arguments! {
    /// A video to upload.
    pub struct VideoUpload {
        /// MP4, WebM or QuickTime; for a post at most 50 MB and 180 seconds, for a byte at most
        /// 100 MB and 60 seconds.
        file: MediaFile => File(&VIDEO),
    } optional {
        /// What for. Default: `post`.
        purpose: VideoPurpose,
    }
}

arguments! {
    /// Which media to list, and which part of the listing.
    pub struct MediaFilter {} optional {
        /// Only media of this type.
        r#type: UploadType,
        /// Only what was uploaded for this.
        purpose: String,
        /// How many a page holds. Default: 20.
        limit: u32 => AtLeast(1),
        /// The `nextCursor` of the page before. Default: the first page.
        cursor: String,
    }
}

arguments! {
    /// What to delete: `id` or `url`.
    pub struct MediaRef {} optional {
        /// Its id.
        id: MediaId,
        /// Its URL.
        url: String,
    }
    one_of: "id", "url";
}

/// The id of an upload comes as `id` or as `media_id`; it is handed on as `id`.
pub(crate) const UPLOADED: &[Alias] = &[Alias { name: "id", from: "media_id" }];

answers! {
    /// A file that was uploaded.
    pub struct Uploaded {
        /// What goes into a post's `mediaIds` or a byte's `mediaId`.
        pub id: MediaId,
        #[serde(default)]
        pub url: Option<String>,
        #[serde(default)]
        pub pathname: Option<String>,
        /// Its media type.
        #[serde(default)]
        pub content_type: Option<String>,
        /// In bytes.
        #[serde(default)]
        pub size: Option<f64>,
        #[serde(default)]
        pub r#type: Option<Open<UploadType>>,
    }

    /// A page of what one uploaded.
    pub struct MediaPage {
        pub media: Vec<Uploaded>,
        #[serde(default)]
        pub next_cursor: Option<String>,
    }
}
