//! The providers: what each can make, with which models and voices, and what it says to an API key.

use serde::{Deserialize, Serialize};

#[derive(Deserialize, Clone, Copy, PartialEq, Eq, Debug)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Provider {
    #[serde(rename = "OPENAI")]
    OpenAi,
    Runware,
    GoogleGemini,
    #[serde(rename = "ELEVENLABS")]
    ElevenLabs,
}

impl Provider {
    pub const ALL: [Self; 4] = [Self::OpenAi, Self::Runware, Self::GoogleGemini, Self::ElevenLabs];

    pub fn name(self) -> &'static str {
        match self {
            Self::OpenAi => "OPENAI",
            Self::Runware => "RUNWARE",
            Self::GoogleGemini => "GOOGLE_GEMINI",
            Self::ElevenLabs => "ELEVENLABS",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|provider| provider.name() == name)
    }

    /// What it can make.
    pub fn kinds(self) -> impl Iterator<Item = Kind> {
        Kind::ALL.into_iter().filter(move |kind| !models(self, *kind).is_empty())
    }
}

/// What is generated.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq, Debug)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Image,
    Video,
    Voice,
    SoundEffect,
    Music,
}

impl Kind {
    const ALL: [Self; 5] = [Self::Image, Self::Video, Self::Voice, Self::SoundEffect, Self::Music];

    pub fn name(self) -> &'static str {
        match self {
            Self::Image => "image",
            Self::Video => "video",
            Self::Voice => "voice",
            Self::SoundEffect => "sound_effect",
            Self::Music => "music",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

#[derive(Serialize, Debug)]
#[serde(rename_all = "camelCase")]
pub struct Model {
    pub id: &'static str,
    name: &'static str,
    is_default: bool,
}

const fn model(id: &'static str, name: &'static str) -> Model {
    Model { id, name, is_default: false }
}

const fn default(id: &'static str, name: &'static str) -> Model {
    Model { id, name, is_default: true }
}

/// The models for this, the default first; none where the provider cannot make such a thing.
pub fn models(provider: Provider, kind: Kind) -> &'static [Model] {
    match (provider, kind) {
        (Provider::OpenAi, Kind::Image) => {
            const { &[default("gpt-image-1", "GPT Image 1"), model("dall-e-3", "DALL·E 3")] }
        }
        (Provider::Runware, Kind::Image) => {
            const { &[default("runware:101@1", "FLUX.1 Dev"), model("runware:100@1", "FLUX.1 Schnell")] }
        }
        (Provider::Runware, Kind::Video) => {
            const { &[default("klingai:5@3", "Kling 2.1 Master"), model("google:3@0", "Veo 3")] }
        }
        (Provider::GoogleGemini, Kind::Image) => {
            const {
                &[
                    default("gemini-2.5-flash-image", "Gemini 2.5 Flash Image"),
                    model("imagen-4.0-generate-001", "Imagen 4"),
                ]
            }
        }
        (Provider::ElevenLabs, Kind::Voice) => {
            const {
                &[
                    default("eleven_multilingual_v2", "Eleven Multilingual v2"),
                    model("eleven_turbo_v2_5", "Eleven Turbo v2.5"),
                ]
            }
        }
        (Provider::ElevenLabs, Kind::SoundEffect) => {
            const { &[default("eleven_text_to_sound_v2", "Eleven Text to Sound v2")] }
        }
        (Provider::ElevenLabs, Kind::Music) => const { &[default("music_v1", "Eleven Music v1")] },
        _ => &[],
    }
}

/// A voice, as ElevenLabs describes it, but for the preview, whose address depends on where this service runs.
#[derive(Serialize, Debug)]
pub struct Voice {
    pub voice_id: &'static str,
    pub name: &'static str,
    category: &'static str,
    gender: &'static str,
    age: &'static str,
    accent: &'static str,
    use_case: &'static str,
    /// How high it speaks here.
    #[serde(skip)]
    pub hertz: f32,
}

const fn voice(
    voice_id: &'static str,
    name: &'static str,
    [gender, age, accent, use_case]: [&'static str; 4],
    hertz: f32,
) -> Voice {
    Voice { voice_id, name, category: "premade", gender, age, accent, use_case, hertz }
}

/// The first one speaks where none is asked for.
pub const VOICES: [Voice; 6] = [
    voice("21m00Tcm4TlvDq8ikWAM", "Rachel", ["female", "young", "american", "narration"], 210.0),
    voice("EXAVITQu4vr4xnSDxMaL", "Sarah", ["female", "young", "american", "news"], 230.0),
    voice("XB0fDUnXU5powFXDhCwa", "Charlotte", ["female", "young", "swedish", "characters"], 250.0),
    voice("JBFqnCBsd6RMkjVDRZzb", "George", ["male", "middle aged", "british", "narration"], 110.0),
    voice(
        "IKne3meq5aSn9XLyUdCD",
        "Charlie",
        ["male", "middle aged", "australian", "conversational"],
        130.0,
    ),
    voice("pNInz6obpgDQGcFmaJgB", "Adam", ["male", "middle aged", "american", "narration"], 95.0),
];

/// The voice with this id, or, as the skill writes the default, with this name.
pub fn voice_of(id: &str) -> Option<&'static Voice> {
    const { &VOICES }.iter().find(|voice| voice.voice_id == id || voice.name == id)
}

/// What the provider says to a key. No provider is asked: a key that tells of a fault by a word in it has that fault.
pub fn objection(key: &str) -> Option<&'static str> {
    const FAULTS: [(&str, &str); 3] = [
        ("invalid", "Invalid API key: the provider does not know it"),
        ("quota", "Quota exceeded: the provider's account has no credit left"),
        ("forbidden", "Permission denied: the key may not be used for this"),
    ];
    let key = key.to_ascii_lowercase();
    FAULTS.iter().find(|(word, _)| key.contains(word)).map(|(_, message)| *message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn providers_can_do_what_the_table_says() {
        let table =
            Provider::ALL.map(|provider| provider.kinds().map(Kind::name).collect::<Vec<_>>());
        assert_eq!(
            table,
            [
                vec!["image"],
                vec!["image", "video"],
                vec!["image"],
                vec!["voice", "sound_effect", "music"]
            ]
        );
    }

    #[test]
    fn there_is_one_default_and_it_comes_first() {
        for provider in Provider::ALL {
            for kind in provider.kinds() {
                let defaults: Vec<_> =
                    models(provider, kind).iter().map(|model| model.is_default).collect();
                assert!(defaults[0] && !defaults[1..].contains(&true), "{provider:?} {kind:?}");
            }
        }
    }
}
