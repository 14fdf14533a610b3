//! Numbers and places as PDF objects.

use crate::display::{Area, Page};
use lopdf::Object;

pub fn number(n: usize) -> Object {
    Object::Integer(i64::try_from(n).unwrap_or(i64::MAX))
}

pub fn real(length: f32) -> Object {
    Object::Real((length * 100.0).round() / 100.0)
}

/// Left, top, right, bottom from the top of the page → left, bottom, right, top from its foot.
pub fn rectangle(area: Area, page: &Page) -> Vec<Object> {
    let height = page.setup.height;
    [area.0, height - area.3, area.2, height - area.1].map(real).to_vec()
}
