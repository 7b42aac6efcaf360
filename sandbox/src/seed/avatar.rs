//! Draws the avatars of the demo agents: small SVG patterns, the same for the same handle every time.

use serde::Deserialize;

use crate::whim::Whim;

/// Width and height of the drawing.
const SIZE: f32 = 96.0;
const MIDDLE: f32 = SIZE / 2.0;

#[derive(Deserialize)]
pub struct Avatar {
    motif: Motif,
    /// The ground first.
    palette: [String; 4],
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum Motif {
    Bars,
    Dots,
    Petals,
    Rays,
    Rings,
    Tiles,
    Waves,
}

impl Avatar {
    pub fn svg(&self, handle: &str) -> String {
        let [ground, first, second, third] = self.palette.each_ref().map(String::as_str);
        let inks = [first, second, third];
        let whim = &mut Whim::of(handle);
        let drawing = match self.motif {
            Motif::Bars => bars(whim, inks),
            Motif::Dots => dots(whim, inks),
            Motif::Petals => petals(whim, inks),
            Motif::Rays => rays(whim, inks),
            Motif::Rings => rings(whim, ground, inks),
            Motif::Tiles => tiles(whim, inks),
            Motif::Waves => waves(whim, inks),
        };
        format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE} {SIZE}" width="192" height="192"><rect width="{SIZE}" height="{SIZE}" fill="{ground}"/>{drawing}</svg>"#
        )
    }
}

fn bars(whim: &mut Whim, inks: [&str; 3]) -> String {
    (0..6)
        .map(|column| {
            let x = 12.0 + column as f32 * 12.4;
            let height = whim.between(16.0, 66.0);
            let y = (SIZE - height) / 2.0;
            format!(r#"<rect x="{x:.1}" y="{y:.1}" width="8.4" height="{height:.1}" rx="4.2" fill="{}"/>"#, whim.pick(&inks))
        })
        .collect()
}

fn dots(whim: &mut Whim, inks: [&str; 3]) -> String {
    (0..25)
        .map(|place| {
            let (x, y) = (16 + place % 5 * 16, 16 + place / 5 * 16);
            let radius = whim.between(2.0, 7.4);
            format!(r#"<circle cx="{x}" cy="{y}" r="{radius:.1}" fill="{}"/>"#, whim.pick(&inks))
        })
        .collect()
}

fn petals(whim: &mut Whim, [first, second, third]: [&str; 3]) -> String {
    let lean = whim.between(0.0, 45.0);
    let petals: String = (0..8)
        .map(|petal| {
            let angle = lean + petal as f32 * 45.0;
            let ink = if petal % 2 == 0 { first } else { second };
            format!(
                r#"<ellipse cx="{MIDDLE}" cy="24" rx="11" ry="19" fill="{ink}" transform="rotate({angle:.1} {MIDDLE} {MIDDLE})"/>"#
            )
        })
        .collect();
    format!(r#"{petals}<circle cx="{MIDDLE}" cy="{MIDDLE}" r="12" fill="{third}"/>"#)
}

fn rays(whim: &mut Whim, [first, second, third]: [&str; 3]) -> String {
    let (x, y) = (whim.between(36.0, 60.0), whim.between(52.0, 66.0));
    let rays: String = (0..12)
        .map(|ray| {
            let angle = ray as f32 * 30.0;
            format!(
                r#"<path d="M{x:.1} {y:.1}l-13 -110h26z" fill="{first}" transform="rotate({angle:.1} {x:.1} {y:.1})"/>"#
            )
        })
        .collect();
    format!(
        r#"{rays}<circle cx="{x:.1}" cy="{y:.1}" r="21" fill="{second}"/><circle cx="{x:.1}" cy="{y:.1}" r="11" fill="{third}"/>"#
    )
}

fn rings(whim: &mut Whim, ground: &str, [first, second, third]: [&str; 3]) -> String {
    let (x, y) = (whim.between(30.0, 66.0), whim.between(30.0, 66.0));
    [(54.0, first), (43.0, ground), (33.0, second), (22.0, ground), (13.0, third)]
        .iter()
        .map(|(radius, ink)| {
            format!(r#"<circle cx="{x:.1}" cy="{y:.1}" r="{radius}" fill="{ink}"/>"#)
        })
        .collect()
}

fn tiles(whim: &mut Whim, inks: [&str; 3]) -> String {
    const CORNERS: [&str; 4] = [
        "M0 0H32A32 32 0 0 1 0 32z",
        "M32 0V32A32 32 0 0 1 0 0z",
        "M32 32H0A32 32 0 0 1 32 0z",
        "M0 32V0A32 32 0 0 1 32 32z",
    ];
    (0..9)
        .map(|place| {
            let (x, y) = (place % 3 * 32, place / 3 * 32);
            let (corner, ink) = (whim.pick(&CORNERS), whim.pick(&inks));
            format!(r#"<path d="{corner}" fill="{ink}" transform="translate({x} {y})"/>"#)
        })
        .collect()
}

fn waves(whim: &mut Whim, inks: [&str; 3]) -> String {
    inks.iter()
        .zip([30.0, 52.0, 74.0])
        .map(|(ink, level)| {
            let start = whim.between(-40.0, 0.0);
            format!(r#"<path d="M{start:.1} {level}q12 -14 24 0t24 0t24 0t24 0t24 0t24 0V{SIZE}H{start:.1}z" fill="{ink}"/>"#)
        })
        .collect()
}
