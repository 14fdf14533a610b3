//! Links from words that mention a part of the document to that part.

use crate::display::{Document, Item, MarkId, Node, NodeId, NodeKind, Shape, TextRun};

/// Words that lead to a mark wherever running text has them.
#[derive(Debug, Clone)]
pub struct Mention {
    /// The words.
    pub words: String,
    /// Where they lead.
    pub mark: MarkId,
    /// What the link does, for readers who cannot see the page.
    pub description: String,
}

impl Document {
    /// Makes every mention in running text, titles apart, a link.
    pub fn link_mentions(&mut self, mentions: &[Mention]) {
        let words: Vec<Vec<char>> = mentions.iter().map(|mention| mention.words.chars().collect()).collect();
        let mut linker = Linker { mentions, words, nodes: &mut self.nodes };
        for page in &mut self.pages {
            let items = std::mem::take(&mut page.items);
            let mut links = Vec::new();
            for item in items {
                match item {
                    Item { node: Some(node), shape: Shape::Text(run) }
                        if linker.nodes[node].kind != NodeKind::Title =>
                    {
                        linker.link_run(run, node, &mut page.items, &mut links);
                    }
                    other => page.items.push(other),
                }
            }
            page.items.extend(links);
        }
    }
}

struct Linker<'a> {
    mentions: &'a [Mention],
    /// The words of each mention.
    words: Vec<Vec<char>>,
    nodes: &'a mut Vec<Node>,
}

impl Linker<'_> {
    /// Cuts a run where it has mentions: each becomes a part of its own, with a link over it.
    fn link_run(&mut self, mut run: TextRun, node: NodeId, items: &mut Vec<Item>, links: &mut Vec<Item>) {
        while let Some((start, mention)) = self.first_mention(&run) {
            let Mention { mark, description, .. } = &self.mentions[mention];
            let link = self.nodes.len();
            self.nodes.push(Node { parent: Some(node), kind: NodeKind::Link });
            let (before, rest) = run.split(start);
            let (words, after) = rest.split(self.words[mention].len());
            let (top, bottom) = (words.y - 0.8 * words.size, words.y + 0.25 * words.size);
            let area = (words.x, top, words.x + words.width(), bottom);
            let shape = Shape::Link { area, to: *mark, description: description.clone() };
            links.push(Item { node: Some(link), shape });
            if !before.glyphs.is_empty() {
                items.push(Item { node: Some(node), shape: Shape::Text(before) });
            }
            items.push(Item { node: Some(link), shape: Shape::Text(words) });
            run = after;
        }
        if !run.glyphs.is_empty() || run.space.is_some() {
            items.push(Item { node: Some(node), shape: Shape::Text(run) });
        }
    }

    /// Where the run first has a mention, and which.
    fn first_mention(&self, run: &TextRun) -> Option<(usize, usize)> {
        let found = self.words.iter().enumerate().filter_map(|(i, words)| Some((position(run, words)?, i)));
        found.min()
    }
}

/// Where a run first has these words, not followed by a further letter.
fn position(run: &TextRun, words: &[char]) -> Option<usize> {
    let glyphs = &run.glyphs;
    let starts = 0..(glyphs.len() + 1).saturating_sub(words.len());
    starts.filter(|_| !words.is_empty()).find(|start| {
        let end = start + words.len();
        let same = glyphs[*start..end].iter().map(|glyph| glyph.text).eq(words.iter().copied());
        same && !glyphs.get(end).is_some_and(|glyph| glyph.text.is_alphanumeric())
    })
}
