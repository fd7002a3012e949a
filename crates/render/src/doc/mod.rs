//! What a document is made of: headings, paragraphs, lists and tables.
//!
//! A [`Document`] is made once from an answer and then shown by [`render_text`] (for
//! terminals) or [`render_markdown`]. Text from files goes in as it is; both views
//! make it harmless.

mod markdown;
mod table;
mod text;

pub use markdown::render_markdown;
pub use text::render_text;

/// Blocks in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// The blocks.
    pub blocks: Vec<Block>,
}

/// A part of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading.
    Heading(Level, Text),
    /// A paragraph.
    Paragraph(Text),
    /// A list.
    Bullets(Vec<Item>),
    /// A table.
    Table(Table),
}

/// Rank of a heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Of the whole document.
    Title,
    /// Of a section.
    Section,
    /// Of a part of a section.
    Part,
}

/// An entry of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its text.
    pub text: Text,
    /// Entries below it.
    pub inner: Vec<Item>,
}

/// A table. Every row has one cell for each column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// Headings of the columns.
    pub columns: Vec<Column>,
    /// Cells.
    pub rows: Vec<Vec<String>>,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its heading.
    pub head: String,
    /// Side on which its cells stand.
    pub align: Align,
    /// Where its cells go when the table is too wide.
    pub place: Place,
}

/// Where the cells of a column go when the table is too wide for the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Beside the others.
    Beside,
    /// On a line of their own below the others, after the heading.
    Below,
}

/// Side on which cells stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Left, for words.
    Left,
    /// Right, for numbers.
    Right,
}

/// Running text in pieces of one style each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    pieces: Vec<(Style, String)>,
}

/// How a piece of text looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// As the rest.
    Plain,
    /// Stands out.
    Strong,
    /// Words of the file.
    Code,
}

impl Document {
    /// Adds a heading.
    pub fn heading(&mut self, level: Level, text: impl Into<Text>) {
        self.blocks.push(Block::Heading(level, text.into()));
    }

    /// Adds a paragraph.
    pub fn paragraph(&mut self, text: impl Into<Text>) {
        self.blocks.push(Block::Paragraph(text.into()));
    }

    /// Adds a list, unless it is empty.
    pub fn bullets(&mut self, items: Vec<Item>) {
        if !items.is_empty() {
            self.blocks.push(Block::Bullets(items));
        }
    }

    /// Adds a table, unless it has no rows.
    pub fn table(&mut self, table: Table) {
        if !table.rows.is_empty() {
            self.blocks.push(Block::Table(table));
        }
    }

    /// Adds all blocks of another document.
    pub fn append(&mut self, other: Document) {
        self.blocks.extend(other.blocks);
    }
}

impl Item {
    /// An entry with nothing below it.
    pub fn new(text: impl Into<Text>) -> Self {
        Self { text: text.into(), inner: Vec::new() }
    }
}

impl Table {
    /// Adds a column of words.
    pub fn left(&mut self, head: impl Into<String>) {
        self.columns.push(Column { head: head.into(), align: Align::Left, place: Place::Beside });
    }

    /// Adds a column of numbers.
    pub fn right(&mut self, head: impl Into<String>) {
        self.columns.push(Column { head: head.into(), align: Align::Right, place: Place::Beside });
    }

    /// Adds a column of words that goes below the others where there is no room.
    pub fn below(&mut self, head: impl Into<String>) {
        self.columns.push(Column { head: head.into(), align: Align::Left, place: Place::Below });
    }
}

impl Text {
    /// Adds plain text.
    #[must_use]
    pub fn plain(self, text: impl AsRef<str>) -> Self {
        self.with(Style::Plain, text.as_ref())
    }

    /// Adds text that stands out.
    #[must_use]
    pub fn strong(self, text: impl AsRef<str>) -> Self {
        self.with(Style::Strong, text.as_ref())
    }

    /// Adds words of the file.
    #[must_use]
    pub fn code(self, text: impl AsRef<str>) -> Self {
        self.with(Style::Code, text.as_ref())
    }

    /// Adds another text.
    #[must_use]
    pub fn then(mut self, other: impl Into<Text>) -> Self {
        self.pieces.extend(other.into().pieces);
        self
    }

    fn with(mut self, style: Style, text: &str) -> Self {
        if !text.is_empty() {
            self.pieces.push((style, text.chars().map(visible).collect()));
        }
        self
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// The pieces, free of line ends and control characters.
    pub fn pieces(&self) -> impl Iterator<Item = (Style, &str)> {
        self.pieces.iter().map(|(style, text)| (*style, text.as_str()))
    }

    /// The words without style.
    pub fn unstyled(&self) -> String {
        self.pieces.iter().map(|(_, text)| text.as_str()).collect()
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Text::default().plain(text)
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Text::default().plain(text)
    }
}

/// Texts in one line with something between them.
pub(crate) fn join_texts(texts: impl IntoIterator<Item = Text>, between: &str) -> Text {
    let mut out = Text::default();
    for (index, text) in texts.into_iter().enumerate() {
        out = if index > 0 { out.plain(between).then(text) } else { text };
    }
    out
}

/// The character itself, or a stand-in for one that breaks lines, steers terminals or
/// reverses the reading direction.
pub(crate) fn visible(c: char) -> char {
    match c {
        '\n' | '\r' | '\t' | '\u{85}' | '\u{2028}' | '\u{2029}' => ' ',
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        c if c.is_control() => '\u{fffd}',
        c => c,
    }
}
