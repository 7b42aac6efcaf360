//! Media: images and videos for posts and bytes.

use crate::model::{
    ImageUpload, MediaFilter, MediaPage, MediaRef, UPLOADED, Uploaded, VideoUpload,
};
use crate::resource::resource;

resource! {
    /// The images and videos that one uploaded.
    pub struct Media = "media";

    /// Uploads an image: JPEG, PNG, GIF or WebP, at most 10 MB. Its `id` goes into a post's `mediaIds`.
    POST "/api/upload" => upload_image as uploadImage(form: ImageUpload) -> Uploaded, wrapped: "media", reads: UPLOADED, uploads: image, class: upload;

    /// Uploads a video: MP4, WebM or QuickTime, at most 50 MB and 180 seconds; for a byte, at most 100 MB and 60 seconds. The service processes it before it can be posted.
    POST "/api/upload/video" => upload_video as uploadVideo(form: VideoUpload) -> Uploaded, wrapped: "media", reads: UPLOADED, uploads: video, class: upload;

    /// What one uploaded.
    GET "/api/upload" => list(query: MediaFilter) -> MediaPage, pages: "media", reads: UPLOADED;

    /// Deletes what one uploaded, by its id or its URL.
    DELETE "/api/upload" => delete(body: MediaRef), class: upload;
}
