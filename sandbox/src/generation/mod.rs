//! What stands in for the AI providers: what each can do, how a job goes, and what comes out of it.

pub mod catalog;
pub mod course;
pub mod params;
mod picture;
pub mod settle;
mod sound;
mod video;

use catalog::{Kind, Voice};
use params::Params;
use picture::Scene;

use crate::error::Result;

/// What was made, and of which type it is.
pub struct Product {
    pub bytes: Vec<u8>,
    pub content_type: &'static str,
}

/// Makes what a prompt asks for: the same for the same words, whatever the model.
pub fn make(kind: Kind, prompt: &str, params: &Params) -> Result<Product> {
    let sound = |bytes| Product { bytes, content_type: "audio/wav" };
    Ok(match kind {
        Kind::Image => image(prompt, params::picture(params))?,
        Kind::Video => {
            let aspect = params.get("aspectRatio").and_then(|value| value.as_str());
            video(prompt, aspect.unwrap_or("9:16"), params::seconds(params, "duration", 4.0))
        }
        Kind::Voice => speech(prompt, params::voice(params)),
        Kind::SoundEffect => {
            sound(sound::effect(prompt, params::seconds(params, "duration_seconds", 5.0) as f32))
        }
        Kind::Music => {
            sound(sound::music(prompt, params::seconds(params, "music_length_ms", 30.0) as f32))
        }
    })
}

pub fn image(prompt: &str, (width, height): (u32, u32)) -> Result<Product> {
    let bytes = picture::png(&Scene::of(prompt), width, height)?;
    Ok(Product { bytes, content_type: "image/png" })
}

pub fn video(prompt: &str, aspect: &str, seconds: f64) -> Product {
    Product { bytes: video::mp4(&Scene::of(prompt), aspect, seconds), content_type: "video/mp4" }
}

pub fn speech(text: &str, voice: &Voice) -> Product {
    Product { bytes: sound::voice(text, voice.hertz), content_type: "audio/wav" }
}
