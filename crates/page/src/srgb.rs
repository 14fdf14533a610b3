//! The sRGB colour profile an archival file must carry, written from its definition.
//!
//! ICC.1:2010 (version 4): a display profile of three colorants and one curve. The numbers are those of IEC 61966-2-1,
//! adapted to the D50 white of the profile connection space.

/// What the profile is called, in itself and in the output intent.
pub const NAME: &str = "sRGB IEC61966-2.1";

const VERSION: u32 = 0x0430_0000;
const HEADER: usize = 128;

/// White of the connection space, D50.
const WHITE: [f64; 3] = [0.9642, 1.0, 0.8249];
/// From D65 to D50 (Bradford).
const ADAPTATION: [f64; 9] =
    [1.047_882, 0.022_919, -0.050_201, 0.029_587, 0.990_479, -0.017_059, -0.009_232, 0.015_076, 0.751_678];
const RED: [f64; 3] = [0.436_03, 0.222_44, 0.013_92];
const GREEN: [f64; 3] = [0.385_12, 0.716_94, 0.097_08];
const BLUE: [f64; 3] = [0.143_05, 0.060_62, 0.713_90];
/// ((x + 0.055) / 1.055)^2.4 from 0.04045 on, below it x / 12.92.
const CURVE: [f64; 5] = [2.4, 1.0 / 1.055, 0.055 / 1.055, 1.0 / 12.92, 0.04045];

/// The profile.
pub fn profile() -> Vec<u8> {
    let words = |text: &str| {
        let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let mut element = element(b"mluc");
        for n in [1, 12] {
            element.extend(u32::to_be_bytes(n));
        }
        element.extend(*b"enUS");
        element.extend((units.len() as u32).to_be_bytes());
        element.extend(28_u32.to_be_bytes());
        element.extend(units);
        element
    };
    let numbers = |kind: &[u8; 4], values: &[f64]| {
        let mut element = element(kind);
        element.extend(values.iter().flat_map(|v| fixed(*v)));
        element
    };
    let mut curve = element(b"para");
    curve.extend([0, 3, 0, 0]);
    curve.extend(CURVE.iter().flat_map(|v| fixed(*v)));
    let tags: [(&[&[u8; 4]], Vec<u8>); 8] = [
        (&[b"desc"], words(NAME)),
        (&[b"cprt"], words("No copyright, use freely")),
        (&[b"wtpt"], numbers(b"XYZ ", &WHITE)),
        (&[b"chad"], numbers(b"sf32", &ADAPTATION)),
        (&[b"rXYZ"], numbers(b"XYZ ", &RED)),
        (&[b"gXYZ"], numbers(b"XYZ ", &GREEN)),
        (&[b"bXYZ"], numbers(b"XYZ ", &BLUE)),
        (&[b"rTRC", b"gTRC", b"bTRC"], curve),
    ];
    let count: usize = tags.iter().map(|(names, _)| names.len()).sum();
    let mut table = (count as u32).to_be_bytes().to_vec();
    let mut data = Vec::new();
    for (names, element) in tags {
        let offset = HEADER + 4 + 12 * count + data.len();
        for name in names {
            table.extend(name.iter());
            table.extend((offset as u32).to_be_bytes());
            table.extend((element.len() as u32).to_be_bytes());
        }
        data.extend(element);
        // Elements start at whole words.
        data.resize(data.len().next_multiple_of(4), 0);
    }
    let mut profile = header((HEADER + table.len() + data.len()) as u32);
    profile.extend(table);
    profile.extend(data);
    profile
}

fn header(size: u32) -> Vec<u8> {
    let mut header = Vec::with_capacity(HEADER);
    header.extend(size.to_be_bytes());
    header.extend([0; 4]);
    header.extend(VERSION.to_be_bytes());
    header.extend(*b"mntrRGB XYZ ");
    // The day of the profile: that of the first edition of the definition's sRGB amendment; a date is obligatory.
    header.extend([2003_u16, 1, 1, 0, 0, 0].into_iter().flat_map(u16::to_be_bytes));
    header.extend(*b"acsp");
    header.extend([0; 28]);
    header.extend(WHITE.iter().flat_map(|v| fixed(*v)));
    header.resize(HEADER, 0);
    header
}

fn element(kind: &[u8; 4]) -> Vec<u8> {
    let mut element = kind.to_vec();
    element.extend([0; 4]);
    element
}

/// A signed number with 16 binary places.
fn fixed(value: f64) -> [u8; 4] {
    ((value * 65_536.0).round() as i32).to_be_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_profile_is_whole_and_its_colours_add_up_to_white() {
        let profile = profile();
        let at = |from: usize| u32::from_be_bytes(profile[from..from + 4].try_into().unwrap()) as usize;
        assert_eq!(at(0), profile.len());
        assert_eq!(&profile[36..40], b"acsp");
        for tag in 0..at(HEADER) {
            let entry = HEADER + 4 + 12 * tag;
            assert!(at(entry + 4) % 4 == 0 && at(entry + 4) + at(entry + 8) <= profile.len());
        }
        for axis in 0..3 {
            assert!((RED[axis] + GREEN[axis] + BLUE[axis] - WHITE[axis]).abs() < 0.000_2);
        }
    }
}
