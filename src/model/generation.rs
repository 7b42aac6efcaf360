//! Generated content: jobs, models, voices, and what each provider can be told.

use std::collections::BTreeMap;

use super::{Json, Open, PostId, Provider, answers, arguments, ids, words};
use crate::operation::Alias;
use crate::rules::Limit::{AtLeast, Chars};
use crate::rules::{Argument, Fields, Pair, Pairs, Shape};

ids! {
    /// The id of a generation job.
    JobId;
}

words! {
    /// A kind of content.
    pub enum GenerationType {
        Image = "image",
        Video = "video",
        Voice = "voice",
        SoundEffect = "sound_effect",
        Music = "music",
    }
}

words! {
    /// How far a job is. It may fail at any stage.
    pub enum JobStatus {
        Pending = "pending",
        Generating = "generating",
        Uploading = "uploading",
        Completed = "completed",
        Failed = "failed",
    }
}

words! {
    /// The shape of a video.
    pub enum AspectRatio {
        Portrait = "9:16",
        Landscape = "16:9",
        Square = "1:1",
    }
}

words! {
    /// A provider that has voices.
    pub enum VoiceProvider {
        ElevenLabs = "ELEVENLABS",
    }
}

arguments! {
    /// What OPENAI can be told of an image.
    pub struct OpenAiImage {} optional {
        /// Its width and height. Default: `1024x1024`.
        size: String,
        /// Default: `medium`.
        quality: String,
    }
    open;
}

arguments! {
    /// What RUNWARE can be told of an image.
    pub struct RunwareImage {} optional {
        /// In pixels. Default: 1024.
        width: u32 => AtLeast(1),
        /// In pixels. Default: 1024.
        height: u32 => AtLeast(1),
    }
    open;
}

arguments! {
    /// What RUNWARE can be told of a video.
    pub struct RunwareVideo {} optional {
        /// Default: `9:16`.
        aspect_ratio: AspectRatio,
        /// In seconds.
        duration: f64,
        /// The URL of an image to go by.
        reference_image: String,
        /// How closely to keep to the prompt.
        cfg_scale as "CFGScale": f64,
    }
    open;
}

arguments! {
    /// What GOOGLE_GEMINI can be told of an image.
    pub struct GeminiImage {} optional {
        /// Default: `1:1`.
        aspect_ratio as "aspect_ratio": String,
    }
    open;
}

arguments! {
    /// What ELEVENLABS can be told of a voice.
    pub struct ElevenLabsVoice {} optional {
        /// A `voice_id` of `generation.voices`. Default: Rachel.
        voice_id as "voice_id": String,
    }
    open;
}

arguments! {
    /// What ELEVENLABS can be told of a sound effect.
    pub struct ElevenLabsSound {} optional {
        /// In seconds. Default: 5.
        duration_seconds as "duration_seconds": f64,
    }
    open;
}

arguments! {
    /// What ELEVENLABS can be told of music.
    pub struct ElevenLabsMusic {} optional {
        /// In milliseconds. Default: 30000.
        music_length_ms as "music_length_ms": u32 => AtLeast(1),
    }
    open;
}

/// What a provider is told besides the prompt.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(untagged)]
pub enum GenerationParams {
    OpenAiImage(OpenAiImage),
    RunwareImage(RunwareImage),
    RunwareVideo(RunwareVideo),
    GeminiImage(GeminiImage),
    ElevenLabsVoice(ElevenLabsVoice),
    ElevenLabsSound(ElevenLabsSound),
    ElevenLabsMusic(ElevenLabsMusic),
    /// What came to be known later.
    Other(BTreeMap<String, Json>),
}

impl Argument for GenerationParams {
    const SHAPE: Shape = Shape::Object;
}

const fn can(provider: &'static str, kind: &'static str, params: &'static Fields) -> Pair {
    Pair { one: provider, other: kind, inner: params }
}

/// What each provider can make, and what it can be told of it.
const CAPABILITIES: Pairs = Pairs {
    one: "provider",
    other: "generationType",
    inner: "params",
    allowed: &[
        can("OPENAI", "image", &OpenAiImage::FIELDS),
        can("RUNWARE", "image", &RunwareImage::FIELDS),
        can("RUNWARE", "video", &RunwareVideo::FIELDS),
        can("GOOGLE_GEMINI", "image", &GeminiImage::FIELDS),
        can("ELEVENLABS", "voice", &ElevenLabsVoice::FIELDS),
        can("ELEVENLABS", "sound_effect", &ElevenLabsSound::FIELDS),
        can("ELEVENLABS", "music", &ElevenLabsMusic::FIELDS),
    ],
};

arguments! {
    /// What to generate. Providers make: OPENAI and GOOGLE_GEMINI images, RUNWARE images and
    /// videos, ELEVENLABS voices, sound effects and music.
    pub struct NewGeneration {
        /// Who makes it. One must have connected it.
        provider: Provider,
        /// What to make, at most 1000 characters.
        prompt: String => Chars(1000),
        /// What kind of content.
        generation_type: GenerationType,
    } optional {
        /// The text of the post that comes of it, at most 500 characters.
        content: String => Chars(500),
        /// The id of a model. Default: the provider's own.
        model: String,
        /// What the provider is told besides.
        params: GenerationParams,
    }
    pairs: CAPABILITIES;
    typescript: r#"{
    /** What to make, at most 1000 characters. */
    prompt: string;
    /** The text of the post that comes of it, at most 500 characters. */
    content?: string;
    /** The id of a model. Default: the provider's own. */
    model?: string;
} & (
    | { provider: "OPENAI"; generationType: "image"; params?: OpenAiImage & Record<string, unknown> }
    | { provider: "RUNWARE"; generationType: "image"; params?: RunwareImage & Record<string, unknown> }
    | { provider: "RUNWARE"; generationType: "video"; params?: RunwareVideo & Record<string, unknown> }
    | { provider: "GOOGLE_GEMINI"; generationType: "image"; params?: GeminiImage & Record<string, unknown> }
    | { provider: "ELEVENLABS"; generationType: "voice"; params?: ElevenLabsVoice & Record<string, unknown> }
    | { provider: "ELEVENLABS"; generationType: "sound_effect"; params?: ElevenLabsSound & Record<string, unknown> }
    | { provider: "ELEVENLABS"; generationType: "music"; params?: ElevenLabsMusic & Record<string, unknown> }
)"#;
}

arguments! {
    /// Which models.
    pub struct ModelQuery {
        /// Whose.
        provider: Provider,
        /// For what kind of content.
        r#type: GenerationType,
    } optional {}
}

arguments! {
    /// Which voices.
    pub struct VoiceQuery {
        /// Whose: `ELEVENLABS` is the one provider that has any.
        provider: VoiceProvider,
    } optional {}
}

/// The text of the post comes as `postContent` or as `content`; it is handed on as `postContent`.
pub(crate) const JOB: &[Alias] = &[Alias { name: "postContent", from: "content" }];

answers! {
    /// A job that begins.
    pub struct StartedJob {
        pub job_id: JobId,
        pub status: Open<JobStatus>,
    }

    /// A job that is tried again.
    pub struct RetriedJob {
        pub job_id: JobId,
        pub status: Open<JobStatus>,
        /// How often it was tried again.
        #[serde(default)]
        pub retry_count: u32,
    }

    /// A generation job.
    pub struct Job {
        pub id: JobId,
        /// The post that came of it.
        #[serde(default)]
        pub post_id: Option<PostId>,
        #[serde(default)]
        pub provider: Option<Open<Provider>>,
        #[serde(default)]
        pub r#type: Option<Open<GenerationType>>,
        #[serde(default)]
        pub prompt: Option<String>,
        #[serde(default)]
        pub model: Option<String>,
        pub status: Open<JobStatus>,
        /// Why it failed.
        #[serde(default)]
        pub error_message: Option<String>,
        #[serde(default)]
        pub retry_count: u32,
        #[serde(default)]
        pub result_url: Option<String>,
        /// ISO 8601.
        #[serde(default)]
        pub created_at: Option<String>,
        /// ISO 8601.
        #[serde(default)]
        pub completed_at: Option<String>,
        /// The text of the post.
        #[serde(default)]
        pub post_content: Option<String>,
    }

    /// Jobs that are under way, or failed of late.
    pub struct Jobs {
        pub jobs: Vec<Job>,
    }

    /// A page of jobs.
    pub struct JobPage {
        pub jobs: Vec<Job>,
        #[serde(default)]
        pub next_cursor: Option<String>,
        #[serde(default)]
        pub has_more: Option<bool>,
    }

    /// The models of a provider.
    pub struct Models {
        pub models: Vec<Model>,
    }

    /// A model.
    pub struct Model {
        pub id: String,
        #[serde(default)]
        pub name: Option<String>,
        #[serde(default)]
        pub is_default: bool,
    }

    /// The voices of a provider.
    pub struct Voices {
        pub voices: Vec<Voice>,
    }

    /// A voice.
    pub struct Voice {
        #[serde(rename = "voice_id")]
        pub voice_id: String,
        #[serde(default)]
        pub name: Option<String>,
        #[serde(default)]
        pub category: Option<String>,
        #[serde(default)]
        pub gender: Option<String>,
        #[serde(default)]
        pub age: Option<String>,
        #[serde(default)]
        pub accent: Option<String>,
        #[serde(default, rename = "use_case")]
        pub use_case: Option<String>,
        /// Where it can be heard.
        #[serde(default, rename = "preview_url")]
        pub preview_url: Option<String>,
    }
}
