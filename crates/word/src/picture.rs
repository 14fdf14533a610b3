//! Pictures that stand in a line.

use crate::body::Body;
use crate::parts::{DECORATIVE, DRAWING, PICTURE};
use std::rc::Rc;

/// A picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// An Enhanced Metafile.
    pub metafile: Rc<[u8]>,
    /// Its width and height in points.
    pub size: (f32, f32),
    /// What it shows, for who cannot see it; `None` marks what says nothing that words beside it do not say.
    pub alternative: Option<String>,
    /// A short name, as a word processor lists it.
    pub name: String,
    /// How many points its foot stands under the line.
    pub lowered: f32,
}

/// English Metric Units in a point.
const PER_POINT: f32 = 12_700.0;

impl Body<'_> {
    /// A picture in its place.
    pub fn picture(&mut self, picture: &Picture) {
        let link = self.media.link_to(&picture.metafile);
        self.pictures += 1;
        let id = self.pictures.to_string();
        let length = |points: f32| ((points * PER_POINT).round() as i64).max(1).to_string();
        let (width, height) = (length(picture.size.0), length(picture.size.1));
        let extent = [("cx", width.as_str()), ("cy", height.as_str())];
        let name = format!("{} {id}", picture.name);
        let alternative = picture.alternative.as_deref().unwrap_or_default();
        let xml = &mut self.xml;
        xml.within("w:drawing", &[], |xml| {
            let apart = [("distT", "0"), ("distB", "0"), ("distL", "0"), ("distR", "0")];
            xml.within("wp:inline", &apart, |xml| {
                xml.empty("wp:extent", &extent);
                let said = [("id", id.as_str()), ("name", name.as_str()), ("descr", alternative)];
                if picture.alternative.is_some() {
                    xml.empty("wp:docPr", &said);
                } else {
                    xml.within("wp:docPr", &said, |xml| {
                        xml.within("a:extLst", &[("xmlns:a", DRAWING)], |xml| {
                            let uri = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}";
                            xml.within("a:ext", &[("uri", uri)], |xml| {
                                let what = [("xmlns:adec", DECORATIVE), ("val", "1")];
                                xml.empty("adec:decorative", &what);
                            });
                        });
                    });
                }
                xml.within("wp:cNvGraphicFramePr", &[], |xml| {
                    let locked = [("xmlns:a", DRAWING), ("noChangeAspect", "1")];
                    xml.empty("a:graphicFrameLocks", &locked);
                });
                xml.within("a:graphic", &[("xmlns:a", DRAWING)], |xml| {
                    xml.within("a:graphicData", &[("uri", PICTURE)], |xml| {
                        xml.within("pic:pic", &[("xmlns:pic", PICTURE)], |xml| {
                            xml.within("pic:nvPicPr", &[], |xml| {
                                xml.empty("pic:cNvPr", &[("id", &id), ("name", &name)]);
                                xml.empty("pic:cNvPicPr", &[]);
                            });
                            xml.within("pic:blipFill", &[], |xml| {
                                xml.empty("a:blip", &[("r:embed", &link)]);
                                xml.within("a:stretch", &[], |xml| xml.empty("a:fillRect", &[]));
                            });
                            xml.within("pic:spPr", &[], |xml| {
                                xml.within("a:xfrm", &[], |xml| {
                                    xml.empty("a:off", &[("x", "0"), ("y", "0")]);
                                    xml.empty("a:ext", &extent);
                                });
                                let shape = [("prst", "rect")];
                                xml.within("a:prstGeom", &shape, |xml| xml.empty("a:avLst", &[]));
                            });
                        });
                    });
                });
            });
        });
    }
}

/// The pictures of a package, each content once.
#[derive(Default)]
pub struct Media {
    files: Vec<Rc<[u8]>>,
}

impl Media {
    /// The relationship by which the text names a picture.
    fn link_to(&mut self, file: &Rc<[u8]>) -> String {
        let known = self.files.iter().position(|known| known == file);
        let at = known.unwrap_or_else(|| {
            self.files.push(Rc::clone(file));
            self.files.len() - 1
        });
        link(at)
    }

    /// Every picture with its relationship and its name below `word/`.
    pub fn files(&self) -> impl Iterator<Item = (String, String, &[u8])> {
        self.files
            .iter()
            .enumerate()
            .map(|(at, file)| (link(at), format!("media/image{}.emf", at + 1), &file[..]))
    }
}

fn link(at: usize) -> String {
    format!("rIdImage{}", at + 1)
}
