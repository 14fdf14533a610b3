//! From strips of content to pages: what stays together, what is repeated, where a page ends.

use crate::display::{Item, MM, MarkId, OutlineEntry, Page, PageSetup};
use std::collections::VecDeque;
use std::rc::Rc;

/// No figure leaves more of a page empty than this when it moves to the next.
pub const MOST_EMPTY: f32 = 60.0 * MM;

/// What a strip is when a figure has to move to the next page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Flow {
    /// It keeps its place among all that comes before and after: tables, signatures.
    #[default]
    Fixed,
    /// Running text, which may go up before a figure that moves.
    Text,
    /// Part of a figure.
    Figure {
        /// A page may end behind it, rather than be left empty.
        may_end: bool,
    },
}

/// A band of content that is never cut: a line of text, a table row, a signature. Items stand relative to its top left.
#[derive(Debug, Clone, Default)]
pub struct Strip {
    /// Space wanted above; between two strips the larger of both wishes counts, at the top of a page none.
    pub before: f32,
    /// Space wanted below.
    pub after: f32,
    /// Height.
    pub height: f32,
    /// Content.
    pub items: Vec<Item>,
    /// No page ends between this strip and the next.
    pub keep_next: bool,
    /// Content that is repeated above this strip when it opens a page, and its height.
    pub head: Option<Rc<RepeatedHead>>,
    /// Outline entry that starts here.
    pub bookmark: Option<Bookmark>,
    /// Drawn as well when this strip is the last of its page: the rule under a table row that goes on overleaf.
    pub close: Option<Item>,
    /// What it is when a figure has to move.
    pub flow: Flow,
}

/// What a page repeats when a table goes on.
#[derive(Debug, Clone, Default)]
pub struct RepeatedHead {
    /// Height.
    pub height: f32,
    /// Content, without parts: a repeated head is decoration.
    pub items: Vec<Item>,
}

/// An outline entry before it has a page.
#[derive(Debug, Clone)]
pub struct Bookmark {
    /// Level from 1.
    pub level: u8,
    /// Words.
    pub title: String,
    /// Mark, when links may lead here.
    pub mark: Option<MarkId>,
}

/// Fills pages of one series with strips; `first_page` is the page the series starts on, for the outline.
///
/// Strips kept together move to the next page together, unless they are taller than a page: then they are cut between
/// strips. A single strip taller than a page stands alone on one; layout never makes such a strip. Where a figure that
/// moves would leave more than [`MOST_EMPTY`] behind, the text that follows goes up before it, or else it is cut.
pub fn paginate(strips: Vec<Strip>, setup: PageSetup, first_page: usize) -> (Vec<Page>, Vec<OutlineEntry>) {
    let mut filler = Filler {
        setup,
        first_page,
        pages: Vec::new(),
        outline: Vec::new(),
        used: Used::NONE,
        empty: true,
        close: None,
    };
    filler.open();
    let mut groups = grouped(strips);
    while let Some(mut group) = groups.pop_front() {
        if !filler.empty && !filler.fits(&group) {
            if filler.left(filler.used) > MOST_EMPTY {
                if let Some(count) = filler.text_before(&group, &groups) {
                    groups.drain(..count).flatten().for_each(|strip| filler.place(strip));
                } else if let Some(end) = filler.last_end(&group) {
                    groups.push_front(group.split_off(end));
                    group.into_iter().for_each(|strip| filler.place(strip));
                    filler.open();
                    continue;
                }
            }
            filler.open();
        }
        for strip in group {
            if !filler.empty && !filler.fits(std::slice::from_ref(&strip)) {
                filler.open();
            }
            filler.place(strip);
        }
    }
    (filler.pages, filler.outline)
}

/// Strips with those they are kept with.
fn grouped(strips: Vec<Strip>) -> VecDeque<Vec<Strip>> {
    let mut groups: VecDeque<Vec<Strip>> = VecDeque::new();
    let mut goes_on = false;
    for strip in strips {
        let keeps = strip.keep_next;
        match groups.back_mut().filter(|_| goes_on) {
            Some(group) => group.push(strip),
            None => groups.push_back(vec![strip]),
        }
        goes_on = keeps;
    }
    groups
}

/// Whether a group is a figure with nothing before it but its caption.
fn is_figure(group: &[Strip]) -> bool {
    let is_part = |strip: &Strip| strip.bookmark.is_none() && strip.flow != Flow::Fixed;
    group.iter().all(is_part) && group.iter().any(|strip| strip.flow != Flow::Text)
}

/// Whether a group is running text that may change places with a figure: it opens no part of the first level.
fn is_movable(group: &[Strip]) -> bool {
    let is_free = |strip: &Strip| {
        strip.flow == Flow::Text && strip.bookmark.as_ref().is_none_or(|bookmark| bookmark.level > 1)
    };
    group.iter().all(is_free)
}

/// Height used of a page, and the space the last strip wants below it.
#[derive(Clone, Copy)]
struct Used {
    y: f32,
    after: f32,
}

impl Used {
    const NONE: Used = Used { y: 0.0, after: 0.0 };

    fn with(self, strip: &Strip) -> Self {
        Used { y: self.y + self.after.max(strip.before) + strip.height, after: strip.after }
    }
}

struct Filler {
    setup: PageSetup,
    first_page: usize,
    pages: Vec<Page>,
    outline: Vec<OutlineEntry>,
    used: Used,
    /// Nothing stands on the page yet.
    empty: bool,
    /// What is drawn if the page ends now.
    close: Option<Item>,
}

impl Filler {
    fn open(&mut self) {
        if let (Some(page), Some(close)) = (self.pages.last_mut(), self.close.take()) {
            page.items.push(close);
        }
        self.pages.push(Page { setup: self.setup, number: self.pages.len() + 1, items: Vec::new() });
        (self.used, self.empty) = (Used::NONE, true);
    }

    /// Height that is left under what is used.
    fn left(&self, used: Used) -> f32 {
        self.setup.text_height() + 0.01 - used.y
    }

    fn fits(&self, group: &[Strip]) -> bool {
        self.left(group.iter().fold(self.used, Used::with)) >= 0.0
    }

    /// How many of the next groups of text may stand before a figure, when they leave little of the page empty. The text
    /// right before a table or another figure leads up to it and stays there.
    fn text_before(&self, figure: &[Strip], next: &VecDeque<Vec<Strip>>) -> Option<usize> {
        if !is_figure(figure) {
            return None;
        }
        let (mut used, mut count) = (self.used, 0);
        for (at, group) in next.iter().enumerate() {
            let with_group = group.iter().fold(used, Used::with);
            let leads = next.get(at + 1).is_some_and(|after| after.iter().any(|s| s.flow != Flow::Text));
            if leads || !is_movable(group) || self.left(with_group) < 0.0 {
                break;
            }
            (used, count) = (with_group, at + 1);
        }
        (self.left(used) <= MOST_EMPTY).then_some(count)
    }

    /// Behind which strip of a group the page may end, the last that fits.
    fn last_end(&self, group: &[Strip]) -> Option<usize> {
        let mut used = self.used;
        let mut end = None;
        for (i, strip) in group.iter().enumerate() {
            used = used.with(strip);
            if self.left(used) < 0.0 {
                break;
            }
            if strip.flow == (Flow::Figure { may_end: true }) {
                end = Some(i + 1);
            }
        }
        end
    }

    fn place(&mut self, strip: Strip) {
        let (left, top) = (self.setup.left, self.setup.top);
        let page_index = self.first_page + self.pages.len() - 1;
        let Some(page) = self.pages.last_mut() else { return };
        let mut y = self.used.y;
        if self.empty {
            // The first page of a table carries the head itself.
            if let Some(head) = &strip.head {
                page.items.extend(head.items.iter().map(|item| item.clone().moved(left, top + y)));
                y += head.height;
            }
        } else {
            y += self.used.after.max(strip.before);
        }
        if let Some(bookmark) = strip.bookmark {
            self.outline.push(OutlineEntry {
                level: bookmark.level,
                title: bookmark.title,
                page: page_index,
                y: top + y,
                mark: bookmark.mark,
            });
        }
        page.items.extend(strip.items.into_iter().map(|item| item.moved(left, top + y)));
        self.close = strip.close.map(|item| item.moved(left, top + y));
        self.used = Used { y: y + strip.height, after: strip.after };
        self.empty = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::display::{Colour, Shape};

    const SETUP: PageSetup = PageSetup {
        width: 100.0,
        height: 120.0,
        top: 10.0,
        bottom: 10.0,
        left: 10.0,
        right: 10.0,
        number_size: 8.0,
    };

    fn strip(height: f32, keep_next: bool) -> Strip {
        let items = vec![Item::rectangle(0.0, 0.0, 5.0, height, Colour::BLACK)];
        Strip { height, keep_next, items, before: 2.0, ..Strip::default() }
    }

    fn counts(strips: Vec<Strip>) -> Vec<usize> {
        let (pages, _) = paginate(strips, SETUP, 0);
        for page in &pages {
            for item in &page.items {
                let Shape::Fill { points, .. } = &item.shape else { continue };
                assert!(points.iter().all(|(_, y)| (10.0..=110.01).contains(y)), "outside: {points:?}");
            }
        }
        pages.iter().map(|p| p.items.len()).collect()
    }

    #[test]
    fn what_is_kept_together_moves_together() {
        // 60 + 2 + 30 fill 92 of 100; a heading of 10 with its text of 20 does not fit behind 60.
        assert_eq!(counts(vec![strip(60.0, false), strip(30.0, false)]), [2]);
        assert_eq!(counts(vec![strip(60.0, false), strip(10.0, true), strip(30.0, false)]), [1, 2]);
        assert_eq!(counts(vec![strip(60.0, false), strip(10.0, false), strip(30.0, false)]), [2, 1]);
    }

    #[test]
    fn a_group_taller_than_a_page_is_cut() {
        assert_eq!(counts((0..5).map(|_| strip(40.0, true)).collect()), [2, 2, 1]);
    }

    #[test]
    fn a_head_is_repeated_on_each_page_it_opens() {
        let head = Rc::new(RepeatedHead {
            height: 10.0,
            items: vec![Item::rectangle(0.0, 0.0, 5.0, 10.0, Colour::BLACK)],
        });
        let row = || Strip { head: Some(Rc::clone(&head)), before: 0.0, ..strip(40.0, false) };
        // Own head and two rows (90), then 10 + 40 + 40 on the next page.
        assert_eq!(counts(vec![strip(10.0, true), row(), row(), row(), row()]), [3, 3]);
    }

    /// Heights of what stands on each page of 500, from top to bottom.
    fn heights(strips: Vec<Strip>) -> Vec<Vec<f32>> {
        let setup = PageSetup { height: 520.0, ..SETUP };
        let (pages, _) = paginate(strips, setup, 0);
        let height = |item: &Item| match &item.shape {
            Shape::Fill { points, .. } => points[2].1 - points[0].1,
            _ => 0.0,
        };
        pages.iter().map(|page| page.items.iter().map(height).collect()).collect()
    }

    fn text(height: f32) -> Strip {
        Strip { flow: Flow::Text, before: 0.0, ..strip(height, false) }
    }

    /// A figure of so many rows of 50 each and its key; a page may end between rows.
    fn figure(rows: usize) -> Vec<Strip> {
        let row = |i: usize| {
            let may_end = i + 1 < rows;
            Strip { flow: Flow::Figure { may_end }, before: 0.0, ..strip(50.0, true) }
        };
        let key = Strip { flow: Flow::Figure { may_end: false }, before: 0.0, ..strip(20.0, false) };
        (0..rows).map(row).chain([key]).collect()
    }

    #[test]
    fn text_goes_up_before_a_figure_that_leaves_much_empty() {
        // 300 are used and 200 left, the figure takes 220: the two lines of text that fit go before it.
        let strips = [vec![text(300.0)], figure(4), vec![text(90.0), text(80.0), text(70.0)]].concat();
        assert_eq!(heights(strips), [vec![300.0, 90.0, 80.0], vec![50.0, 50.0, 50.0, 50.0, 20.0, 70.0]]);
        // 350 are used and 150 left: little enough to stay empty.
        let strips = [vec![text(350.0)], figure(4), vec![text(90.0)]].concat();
        assert_eq!(heights(strips), [vec![350.0], vec![50.0, 50.0, 50.0, 50.0, 20.0, 90.0]]);
    }

    #[test]
    fn a_figure_is_cut_where_no_text_can_go_before_it() {
        let cut = [vec![300.0, 50.0, 50.0, 50.0, 50.0], vec![50.0, 20.0]];
        let behind = |next: Strip| [vec![text(300.0)], figure(5), vec![next]].concat();
        // The figure ends the part, or what follows keeps its place: a table, a heading of the first level.
        assert_eq!(heights([vec![text(300.0)], figure(5)].concat()), cut);
        let table = Strip { flow: Flow::Fixed, ..text(90.0) };
        assert_eq!(heights(behind(table))[0], cut[0]);
        let bookmark = |level: u8| Some(Bookmark { level, title: String::new(), mark: None });
        assert_eq!(heights(behind(Strip { bookmark: bookmark(1), ..text(90.0) }))[0], cut[0]);
        assert_eq!(heights(behind(Strip { bookmark: bookmark(2), ..text(90.0) }))[0], [300.0, 90.0]);
        // The text right before a table leads up to it.
        let lead =
            [vec![text(300.0)], figure(5), vec![text(90.0), Strip { flow: Flow::Fixed, ..text(90.0) }]];
        assert_eq!(heights(lead.concat())[0], cut[0]);
        // What may not be cut moves as a whole.
        let whole = figure(5).into_iter().map(|strip| Strip { flow: Flow::Fixed, ..strip }).collect();
        assert_eq!(heights([vec![text(300.0)], whole].concat())[0], [300.0]);
    }
}
