//! From strips of content to pages: what stays together, what is repeated, where a page ends.

use crate::display::{Item, MarkId, OutlineEntry, Page, PageSetup};
use std::rc::Rc;

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
/// strips. A single strip taller than a page stands alone on one; layout never makes such a strip.
pub fn paginate(strips: Vec<Strip>, setup: PageSetup, first_page: usize) -> (Vec<Page>, Vec<OutlineEntry>) {
    let mut filler = Filler {
        setup,
        first_page,
        pages: Vec::new(),
        outline: Vec::new(),
        y: 0.0,
        after: 0.0,
        empty: true,
        close: None,
    };
    filler.open();
    let mut strips = strips.into_iter().peekable();
    while let Some(strip) = strips.next() {
        let mut group = vec![strip];
        while group.last().is_some_and(|s| s.keep_next)
            && let Some(next) = strips.next()
        {
            group.push(next);
        }
        if !filler.empty && !filler.fits(&group) {
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

struct Filler {
    setup: PageSetup,
    first_page: usize,
    pages: Vec<Page>,
    outline: Vec<OutlineEntry>,
    /// Height used.
    y: f32,
    /// Space the last strip wants below it.
    after: f32,
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
        (self.y, self.after, self.empty) = (0.0, 0.0, true);
    }

    fn fits(&self, group: &[Strip]) -> bool {
        let (mut y, mut after) = (self.y, self.after);
        for strip in group {
            y += after.max(strip.before) + strip.height;
            after = strip.after;
        }
        y <= self.setup.text_height() + 0.01
    }

    fn place(&mut self, strip: Strip) {
        let (left, top) = (self.setup.left, self.setup.top);
        let page_index = self.first_page + self.pages.len() - 1;
        let Some(page) = self.pages.last_mut() else { return };
        if self.empty {
            // The first page of a table carries the head itself.
            if let Some(head) = &strip.head {
                page.items.extend(head.items.iter().map(|item| item.clone().moved(left, top + self.y)));
                self.y += head.height;
            }
        } else {
            self.y += self.after.max(strip.before);
        }
        if let Some(bookmark) = strip.bookmark {
            self.outline.push(OutlineEntry {
                level: bookmark.level,
                title: bookmark.title,
                page: page_index,
                y: top + self.y,
                mark: bookmark.mark,
            });
        }
        page.items.extend(strip.items.into_iter().map(|item| item.moved(left, top + self.y)));
        self.close = strip.close.map(|item| item.moved(left, top + self.y));
        self.y += strip.height;
        self.after = strip.after;
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
}
