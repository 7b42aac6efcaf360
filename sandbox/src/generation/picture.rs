//! Draws a landscape from a prompt: a sun over hills, in colours and shapes that follow from the words.

use std::f32::consts::TAU;

use crate::error::{Error, Result};
use crate::whim::Whim;

const SKY: usize = 32;
const HILLS: usize = 5;
const INKS: usize = SKY + HILLS + 1;
const SUN: usize = INKS - 1;

/// What every pixel of a picture is an index into.
pub type Palette = [[u8; 3]; INKS];

pub struct Scene {
    pub palette: Palette,
    hills: [Hill; HILLS],
    /// Its middle and its radius, in parts of the height; it stands in the middle of the width plus `sun_aside`.
    sun_aside: f32,
    sun_height: f32,
    sun_radius: f32,
}

/// A hill's outline: two waves around a level, in parts of the height.
struct Hill {
    level: f32,
    waves: [Wave; 2],
}

struct Wave {
    height: f32,
    /// Waves in one height of the picture.
    count: f32,
    start: f32,
}

impl Scene {
    pub fn of(prompt: &str) -> Self {
        let whim = &mut Whim::of(prompt);
        let hue = whim.turn();
        let evening = hue + whim.between(0.08, 0.3);
        let mut palette = [[0; 3]; INKS];
        for (ink, nth) in palette.iter_mut().zip(0_u8..) {
            let nth = usize::from(nth);
            *ink = if nth < SKY {
                let down = nth as f32 / (SKY - 1) as f32;
                colour(hue + (evening - hue) * down, 0.55, 0.42 + 0.4 * down)
            } else if nth < SUN {
                let near = (nth - SKY) as f32 / (HILLS - 1) as f32;
                colour(hue + 0.04 * near, 0.4, 0.5 - 0.38 * near)
            } else {
                colour(evening + 0.05, 0.9, 0.9)
            };
        }
        let mut level = whim.between(0.5, 0.6);
        let hills = [(); HILLS].map(|()| {
            let at = level;
            level += whim.between(0.06, 0.12);
            let wave = |whim: &mut Whim, height: f32, count: f32| Wave {
                height: height * whim.between(0.4, 1.0),
                count: count * whim.between(0.6, 1.4),
                start: whim.turn(),
            };
            Hill { level: at, waves: [wave(whim, 0.09, 0.8), wave(whim, 0.02, 3.0)] }
        });
        Self {
            palette,
            hills,
            sun_aside: whim.between(-0.3, 0.3),
            sun_height: whim.between(0.2, 0.45),
            sun_radius: whim.between(0.07, 0.14),
        }
    }

    /// The picture's pixels, row by row, as places in the palette. From `time` 0 to 1 the hills pass by, the near ones
    /// faster, and the sun sinks a little.
    pub fn paint(&self, width: u32, height: u32, time: f32) -> Vec<u8> {
        let tall = height as f32;
        let outlines: Vec<[f32; HILLS]> =
            (0..width).map(|x| self.outline(x as f32 / tall, time).map(|top| top * tall)).collect();
        let (across, down) = (
            width as f32 / 2.0 + self.sun_aside * width as f32,
            (self.sun_height + 0.15 * time) * tall,
        );
        let reach = (self.sun_radius * tall).powi(2);
        let mut pixels = Vec::with_capacity(outlines.len() * height as usize);
        for y in 0..height {
            let y = y as f32;
            // The sky ends where the hills are sure to begin.
            let sky = ((y / tall / 0.65) * SKY as f32).min((SKY - 1) as f32) as u8;
            let sun_row = reach - (y - down).powi(2);
            for (x, tops) in (0_u16..).zip(&outlines) {
                pixels.push(match tops.iter().rposition(|top| y >= *top) {
                    Some(hill) => (SKY + hill) as u8,
                    None if (f32::from(x) - across).powi(2) <= sun_row => SUN as u8,
                    None => sky,
                });
            }
        }
        pixels
    }

    /// Where each hill begins at this place of the width, both in parts of the height.
    fn outline(&self, x: f32, time: f32) -> [f32; HILLS] {
        let mut pace = 0.0;
        self.hills.each_ref().map(|hill| {
            pace += 0.1;
            let waves = hill.waves.iter().map(|wave| {
                let turns = (x + pace * time) * wave.count + wave.start;
                wave.height * (turns * TAU).sin()
            });
            hill.level + waves.sum::<f32>()
        })
    }
}

/// From hue, saturation and lightness.
fn colour(hue: f32, saturation: f32, lightness: f32) -> [u8; 3] {
    let reach = saturation * lightness.min(1.0 - lightness);
    [0.0, 8.0, 4.0].map(|offset| {
        let place = (offset + hue * 12.0).rem_euclid(12.0);
        let part = lightness - reach * (place - 3.0).min(9.0 - place).clamp(-1.0, 1.0);
        (part * 255.0).round() as u8
    })
}

/// The scene as a PNG.
pub fn png(scene: &Scene, width: u32, height: u32) -> Result<Vec<u8>> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, width, height);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_palette(scene.palette.concat());
    encoder.set_compression(png::Compression::Fast);
    // Most neighbours are alike: their difference is nought, which is what this compression is good at.
    encoder.set_filter(png::Filter::Sub);
    let mut writer = encoder.write_header().map_err(Error::internal)?;
    writer.write_image_data(&scene.paint(width, height, 0.0)).map_err(Error::internal)?;
    writer.finish().map_err(Error::internal)?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_has_its_size_and_follows_from_the_prompt() {
        let draw = |prompt| png(&Scene::of(prompt), 120, 80).unwrap();
        let decoder = png::Decoder::new(std::io::Cursor::new(draw("A city at sunset")));
        let info = decoder.read_info().unwrap();
        assert_eq!((info.info().width, info.info().height), (120, 80));
        assert_eq!(draw("A city at sunset"), draw("A city at sunset"));
        assert_ne!(draw("A city at sunset"), draw("A city at dawn"));
    }

    #[test]
    fn every_ink_is_in_the_palette_and_the_scene_moves() {
        let scene = Scene::of("Waves");
        let (first, last) = (scene.paint(160, 90, 0.0), scene.paint(160, 90, 1.0));
        assert_eq!(first.len(), 160 * 90);
        assert!(first.iter().all(|ink| usize::from(*ink) < INKS));
        assert!(first.contains(&0) && first.contains(&(SUN as u8)), "sky and sun are seen");
        assert_ne!(first, last);
    }
}
