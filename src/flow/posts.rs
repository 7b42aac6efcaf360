//! A post and its files: checked together, uploaded side by side, then posted.

use std::ptr;

use super::expect;
use super::upload::{READY_MS, UnderWay, all, look_into, uploaded};
use crate::answer::Answer;
use crate::api::media::specs::{upload_image, upload_video};
use crate::api::posts::{Posts, specs::create};
use crate::client::Client;
use crate::error::{Error, Issue};
use crate::host::{Local, Together};
use crate::model::{MediaFile, NewPost, Post};
use crate::operation::{Medium, Spec};
use crate::request::{Files, Parts, named};
use crate::rules::{Context, Field, Fields, Limit, Shape};
use crate::text::{concat, number};
use crate::value::Value;

/// What a plain post takes.
const PLAIN: &[Field] = NewPost::FIELDS.fields;

/// What a post with files takes.
#[allow(clippy::indexing_slicing, reason = "runs while compiling, where a wrong index is an error")]
const WITH_FILES: [Field; PLAIN.len() + 1] = {
    const FILES: Field = Field::new("media", true, Shape::List(&Shape::File), Limit::None);
    let mut fields = [FILES; PLAIN.len() + 1];
    let mut at = 0;
    while at < PLAIN.len() {
        fields[at] = PLAIN[at];
        at += 1;
    }
    fields
};

/// The id of a file that is not uploaded yet.
const TO_COME: &str = "[upload]";

impl Posts {
    /// Uploads files, at most 4 images or 1 video with those of `media_ids`, waits until a video can
    /// be posted, and publishes a post that shows them, after those of `media_ids`. Everything is
    /// checked before anything is sent. When a part fails, the error tells what was uploaded:
    /// [`uploaded_ids`](crate::Error::uploaded_ids).
    ///
    /// **Assumption:** a video is waited for until its `status` in the list of media is none of
    /// `processing`, `pending` and `uploading`; the contract says only that videos are processed.
    ///
    /// `POST /api/upload`, `POST /api/upload/video`, `POST /api/posts`
    pub async fn publish(&self, post: NewPost, files: Vec<MediaFile>) -> Result<Post, Error> {
        let files: Vec<_> = files.iter().filter_map(Value::encode).collect();
        let post = Value::encode(&post).map(|post| post.with("media", Value::list(&files)));
        self.client.call(&create, &[post]).await
    }
}

/// Whether these are the arguments of a post with files.
pub(crate) fn has_files(spec: &'static Spec, args: &[Option<Value>]) -> bool {
    ptr::eq(spec, &create) && body(args).is_some_and(|body| body.get("media").is_some())
}

fn body(args: &[Option<Value>]) -> Option<&Value> {
    args.first()?.as_ref()
}

/// The parts of a post and of its files, or all that is wrong with them.
pub(crate) fn check(args: &[Option<Value>], context: &Context) -> Result<Parts, Error> {
    let Some(body) = body(args) else { return Parts::new(&create, args, context) };
    let (mut given, mut issues) = Fields::of(&WITH_FILES).read(body, context);
    let items = |key| body.get(key).and_then(|list| list.items()).unwrap_or_default();
    let (ids, files) = (items("mediaIds"), items("media"));
    let count = files.len();
    let mut spec = &upload_image;
    if ids.iter().any(|id| context.is_video(id)) {
        spec = &upload_video;
    }
    let mut uploads = Vec::new();
    for (at, file) in files.into_iter().enumerate() {
        // What is no file was told already.
        let Some(known) = file.file() else { continue };
        let is_video = known.mime.starts_with("video/");
        let one = if is_video { &upload_video } else { &upload_image };
        if is_video {
            spec = one;
        }
        let form = Value::object(&[("file", file), ("purpose", "post".into())]);
        match Parts::new(one, &[Some(form)], context) {
            Ok(parts) => uploads.push(parts),
            Err(error) => {
                for issue in &error.issues {
                    let inside = issue.path.strip_prefix("file").unwrap_or_default();
                    let path = concat(&[&path(at), inside]);
                    issues.push(Issue::new(&path, &issue.expected, &issue.got));
                }
            }
        }
    }
    let has_video = spec.uploads == Some(Medium::Video);
    let (all, most) = (ids.len() + count, if has_video { 1 } else { 4 });
    if all > most {
        let and = if has_video { ", one of them a video" } else { "" };
        let expected = "at most 4 images or 1 video, those of mediaIds included";
        issues.push(Issue::new("media", expected, &concat(&[&number(all), and])));
    }
    if !issues.is_empty() {
        return Err(Error::invalid(create.id, issues));
    }
    given.retain(|(field, _)| field.name != "media");
    let post = Value::object(&named(given));
    if uploads.is_empty() {
        return Parts::new(&create, &[Some(post)], context);
    }
    let files = Files { post, ids, spec, uploads };
    let mut places = Vec::new();
    for _ in &files.uploads {
        places.push(TO_COME.into());
    }
    let told = files.post_with(&places);
    Ok(Parts { files: Some(Box::new(files)), ..Parts::new(&create, &[Some(told)], context)? })
}

/// Where a file lies in the argument.
fn path(at: usize) -> String {
    concat(&["media[", &number(at), "]"])
}

impl Client {
    /// Uploads the files of a post, then posts it. When one fails, the others are waited for: so all
    /// that were uploaded can be told.
    pub(crate) fn publish<'a>(
        &'a self,
        spec: &'static Spec,
        files: &'a Files,
    ) -> Local<'a, Result<Answer, Error>> {
        Box::pin(async move {
            let mut issues = Vec::new();
            for (at, parts) in files.uploads.iter().enumerate() {
                if let Some(issue) = look_into(parts, path(at)).await {
                    issues.push(issue);
                }
            }
            if !issues.is_empty() {
                return Err(Error::invalid(spec.id, issues));
            }
            let (client, together) = (self.steps(), Together::default());
            let mut under_way: Vec<UnderWay> = Vec::new();
            for parts in &files.uploads {
                under_way.push((client.send_file(files.spec, parts, &together), None));
            }
            all(&mut under_way).await;
            let (ids, failure) = ids_of(under_way);
            let posted = match failure {
                Some(error) => Err(error),
                None => self.post(spec, files, &ids).await,
            };
            posted.map_err(|error| if ids.is_empty() { error } else { uploaded(error, &ids) })
        })
    }

    /// Posts a post whose files have these ids. A video among them is the only one.
    async fn post(
        &self,
        spec: &'static Spec,
        files: &Files,
        ids: &[Value],
    ) -> Result<Answer, Error> {
        if let (Some(Medium::Video), [id]) = (files.spec.uploads, ids) {
            self.ready(id.clone(), self.ready_ms().unwrap_or(READY_MS)).await?;
        }
        let parts = self.check(spec, &[Some(files.post_with(ids))])?;
        self.deliver(spec, &parts).await
    }
}

/// The ids of what was uploaded, and the first failure.
fn ids_of(uploads: Vec<UnderWay<'_>>) -> (Vec<Value>, Option<Error>) {
    let (mut ids, mut failure) = (Vec::new(), None);
    for (_, outcome) in uploads {
        let Some(outcome) = outcome else { continue };
        match outcome.and_then(|answer| expect(&create, answer.value, "id")) {
            Ok(id) => ids.push(id),
            Err(error) => failure = failure.or(Some(error)),
        }
    }
    (ids, failure)
}

impl Files {
    /// The post with the ids of its files, after those of files that were uploaded before.
    fn post_with(&self, ids: &[Value]) -> Value {
        let mut all = Vec::new();
        for ids in [self.ids.as_slice(), ids] {
            all.extend_from_slice(ids);
        }
        self.post.clone().with("mediaIds", Value::list(&all))
    }
}
