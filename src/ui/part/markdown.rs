//! Text with a little Markdown: headings, lists, bold, italics and links. Whatever else stands in it is text as it is.

use super::html::Html;

/// The text as HTML.
pub fn markdown(text: &str) -> Html {
    let mut html = Html::new();
    let mut open = Block::None;
    for line in text.lines().map(str::trim) {
        let (block, rest) = kind(line);
        if block != open || matches!(block, Block::Heading) {
            html.tag(open.end()).tag(block.start());
        } else if block == Block::Paragraph {
            html.tag("<br>");
        }
        if block.is_list() {
            html.tag("<li>");
        }
        inline(&mut html, rest);
        if block.is_list() {
            html.tag("</li>");
        }
        open = block;
    }
    html.tag(open.end());
    html
}

#[derive(Clone, Copy, PartialEq)]
enum Block {
    None,
    Paragraph,
    Heading,
    Points,
    Numbers,
}

impl Block {
    fn start(self) -> &'static str {
        match self {
            Block::None => "",
            Block::Paragraph => "<p>",
            Block::Heading => "<h3>",
            Block::Points => "<ul>",
            Block::Numbers => "<ol>",
        }
    }

    fn end(self) -> &'static str {
        match self {
            Block::None => "",
            Block::Paragraph => "</p>",
            Block::Heading => "</h3>",
            Block::Points => "</ul>",
            Block::Numbers => "</ol>",
        }
    }

    fn is_list(self) -> bool {
        matches!(self, Block::Points | Block::Numbers)
    }
}

fn kind(line: &str) -> (Block, &str) {
    if line.is_empty() {
        return (Block::None, "");
    }
    if let Some(rest) = line.strip_prefix('#') {
        return (Block::Heading, rest.trim_start_matches('#').trim_start());
    }
    if let Some(rest) = line.strip_prefix("- ").or_else(|| line.strip_prefix("* ")) {
        return (Block::Points, rest);
    }
    let digits = line.len() - line.trim_start_matches(|sign: char| sign.is_ascii_digit()).len();
    match line[digits..].strip_prefix(". ").filter(|_| digits > 0) {
        Some(rest) => (Block::Numbers, rest),
        None => (Block::Paragraph, line),
    }
}

fn inline(html: &mut Html, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.find(['*', '[']) {
        html.text(&rest[..at]);
        rest = &rest[at..];
        let strong = rest.strip_prefix("**").and_then(|after| after.split_once("**"));
        let weak = rest.strip_prefix('*').and_then(|after| after.split_once('*'));
        if let Some((within, after)) = strong.filter(|(within, _)| !within.is_empty()) {
            html.tag("<strong>");
            inline(html, within);
            html.tag("</strong>");
            rest = after;
        } else if let Some((within, after)) = weak.filter(|(within, _)| !within.is_empty()) {
            html.tag("<em>");
            inline(html, within);
            html.tag("</em>");
            rest = after;
        } else if let Some((words, address, after)) = link(rest) {
            html.tag("<a target=\"_blank\" rel=\"noopener\"")
                .attribute("href", address)
                .tag(">")
                .text(words)
                .tag("</a>");
            rest = after;
        } else {
            html.text(&rest[..1]);
            rest = &rest[1..];
        }
    }
    html.text(rest);
}

/// A link with its words, its address and what follows: `[words](https://…)`. Other addresses lead nowhere.
fn link(text: &str) -> Option<(&str, &str, &str)> {
    let (words, after) = text.strip_prefix('[')?.split_once("](")?;
    let (address, after) = after.split_once(')')?;
    is_safe(address).then_some((words, address, after))
}

/// Whether an address may be followed from a form: nothing that runs.
pub fn is_safe(address: &str) -> bool {
    ["https://", "http://", "mailto:", "tel:"].iter().any(|start| address.starts_with(start))
}
