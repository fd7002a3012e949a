//! Text of an expression to an untyped tree. Offsets are bytes of the text.

use detente_base::Exact;

use super::{Arithmetic, Comparison};
use crate::yaml::shortened;

/// An untyped expression with its bytes in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Syntax {
    /// What it is.
    pub kind: SyntaxKind,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// What an untyped expression is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SyntaxKind {
    /// A bare word.
    Name(String),
    /// A quoted word.
    Quoted(String),
    /// A number.
    Number(Exact),
    /// `not a`
    Not(Box<Syntax>),
    /// `-a`
    Negate(Box<Syntax>),
    /// `a & b`
    And(Box<Syntax>, Box<Syntax>),
    /// `a | b`
    Or(Box<Syntax>, Box<Syntax>),
    /// `a < b`
    Compare(Comparison, Box<Syntax>, Box<Syntax>),
    /// `a + b`
    Arithmetic(Arithmetic, Box<Syntax>, Box<Syntax>),
    /// `a in [b, c]`; the flag says `not in`.
    In(Box<Syntax>, Vec<Syntax>, Membership),
    /// `if c then a else b`
    If(Box<Syntax>, Box<Syntax>, Box<Syntax>),
    /// `min(a, b)`
    Call(String, Vec<Syntax>),
}

/// `in` or `not in`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Membership {
    /// `in`
    In,
    /// `not in`
    NotIn,
}

/// Why a text is no expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// The fault, lower case, fact first.
    pub message: String,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// How to repair it.
    pub help: Option<String>,
}

/// Deepest nesting that is read; far above any use, and safe for the stack.
pub const MAX_DEPTH: usize = 64;

/// Longest expression that is read, in bytes.
pub const MAX_LENGTH: usize = 16_384;

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Name(String),
    Quoted(String),
    Number(Exact),
    Symbol(&'static str),
    End,
}

/// Longest first, so that `<=` is not read as `<`.
const SYMBOLS: [&str; 21] =
    ["&&", "||", "==", "!=", "<=", ">=", "&", "|", "!", "=", "<", ">", "+", "-", "*", "/", "(", ")", "[", "]", ","];

/// Reads an expression.
///
/// # Errors
/// The first fault: one expression has one error, and a file reports that of each.
pub fn parse_expression(text: &str) -> Result<Syntax, SyntaxError> {
    if text.len() > MAX_LENGTH {
        return Err(error(
            0,
            text.len(),
            format!("the expression is {} bytes long; expected at most {MAX_LENGTH}", text.len()),
        ));
    }
    let tokens = tokenize(text)?;
    let mut parser = Parser { tokens, at: 0, depth: 0 };
    let tree = parser.disjunction()?;
    match parser.peek() {
        Token::End => Ok(tree),
        _ => Err(parser.unexpected("an operator or the end")),
    }
}

fn error(start: usize, end: usize, message: String) -> SyntaxError {
    SyntaxError { message, start, end, help: None }
}

fn tokenize(text: &str) -> Result<Vec<(Token, usize, usize)>, SyntaxError> {
    let bytes = text.as_bytes();
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        let rest = &text[at..];
        let first = rest.chars().next().expect("not at the end");
        if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        }
        if first.is_ascii_digit() {
            at += number_length(rest);
            let value = rest[..at - start].parse().map_err(|e: detente_base::ParseExactError| {
                error(start, at, format!("`{}` is not a number; {e}", shortened(&text[start..at])))
            })?;
            tokens.push((Token::Number(value), start, at));
        } else if first == '_' || first.is_alphabetic() {
            at += rest.find(|c: char| c != '_' && !c.is_alphanumeric()).unwrap_or(rest.len());
            tokens.push((Token::Name(text[start..at].to_owned()), start, at));
        } else if first == '"' || first == '\'' {
            let Some(length) = rest[1..].find(first) else {
                return Err(error(
                    start,
                    text.len(),
                    format!("the quoted name is not closed; expected another {first}"),
                ));
            };
            at += length + 2;
            tokens.push((Token::Quoted(text[start + 1..at - 1].to_owned()), start, at));
        } else if let Some(symbol) = SYMBOLS.iter().find(|s| rest.starts_with(**s)) {
            at += symbol.len();
            tokens.push((Token::Symbol(symbol), start, at));
        } else {
            let mut fault = error(
                start,
                start + first.len_utf8(),
                format!("`{first}` has no meaning in an expression; expected a name, a number or an operator"),
            );
            fault.help = match first {
                '≤' => Some("write `<=`".into()),
                '≥' => Some("write `>=`".into()),
                '≠' => Some("write `!=`".into()),
                '¬' => Some("write `not`".into()),
                '∧' => Some("write `&`".into()),
                '∨' => Some("write `|`".into()),
                _ => None,
            };
            return Err(fault);
        }
    }
    tokens.push((Token::End, text.len(), text.len()));
    Ok(tokens)
}

fn number_length(text: &str) -> usize {
    let digits = |from: usize| text[from..].find(|c: char| !c.is_ascii_digit()).map_or(text.len(), |n| from + n);
    let mut end = digits(0);
    if text[end..].starts_with('.') && text[end + 1..].starts_with(|c: char| c.is_ascii_digit()) {
        end = digits(end + 1);
    }
    if text[end..].starts_with(['e', 'E']) {
        let sign = usize::from(text[end + 1..].starts_with(['+', '-']));
        if text[end + 1 + sign..].starts_with(|c: char| c.is_ascii_digit()) {
            end = digits(end + 1 + sign);
        }
    }
    if text[end..].starts_with('%') { end + 1 } else { end }
}

struct Parser {
    tokens: Vec<(Token, usize, usize)>,
    at: usize,
    depth: usize,
}

impl Parser {
    fn peek(&self) -> &Token {
        &self.tokens[self.at].0
    }

    fn start(&self) -> usize {
        self.tokens[self.at].1
    }

    fn last_end(&self) -> usize {
        self.tokens[self.at.saturating_sub(1)].2
    }

    fn is_symbol(&self, symbols: &[&str]) -> bool {
        matches!(self.peek(), Token::Symbol(s) if symbols.contains(s))
    }

    fn is_word(&self, word: &str) -> bool {
        matches!(self.peek(), Token::Name(name) if name == word)
    }

    fn eat_symbol(&mut self, symbols: &[&str]) -> bool {
        let found = self.is_symbol(symbols);
        self.at += usize::from(found);
        found
    }

    fn eat_word(&mut self, word: &str) -> bool {
        let found = self.is_word(word);
        self.at += usize::from(found);
        found
    }

    fn unexpected(&self, expected: &str) -> SyntaxError {
        let (token, start, end) = &self.tokens[self.at];
        let found = match token {
            Token::End => "the expression ends".to_owned(),
            Token::Name(name) => format!("found `{}`", shortened(name)),
            Token::Quoted(name) => format!("found \"{}\"", shortened(name)),
            Token::Number(n) => format!("found `{n}`"),
            Token::Symbol(s) => format!("found `{s}`"),
        };
        let expected = if *token == Token::Symbol("=") { "`==`" } else { expected };
        error(*start, *end, format!("{found}; expected {expected}"))
    }

    fn expect_symbol(&mut self, symbol: &'static str) -> Result<(), SyntaxError> {
        if self.eat_symbol(&[symbol]) { Ok(()) } else { Err(self.unexpected(&format!("`{symbol}`"))) }
    }

    fn expect_word(&mut self, word: &str) -> Result<(), SyntaxError> {
        if self.eat_word(word) { Ok(()) } else { Err(self.unexpected(&format!("`{word}`"))) }
    }

    fn node(&self, start: usize, kind: SyntaxKind) -> Syntax {
        Syntax { kind, start, end: self.last_end() }
    }

    /// Guards the stack: every recursive rule passes here.
    fn nested<T>(&mut self, rule: impl FnOnce(&mut Self) -> Result<T, SyntaxError>) -> Result<T, SyntaxError> {
        if self.depth == MAX_DEPTH {
            return Err(error(
                self.start(),
                self.start(),
                format!("the expression is nested more than {MAX_DEPTH} deep; expected less"),
            ));
        }
        self.depth += 1;
        let result = rule(self);
        self.depth -= 1;
        result
    }

    fn disjunction(&mut self) -> Result<Syntax, SyntaxError> {
        self.nested(|p| {
            let start = p.start();
            let mut left = p.conjunction()?;
            while p.eat_symbol(&["|", "||"]) || p.eat_word("or") {
                let right = p.conjunction()?;
                left = p.node(start, SyntaxKind::Or(Box::new(left), Box::new(right)));
            }
            Ok(left)
        })
    }

    fn conjunction(&mut self) -> Result<Syntax, SyntaxError> {
        let start = self.start();
        let mut left = self.negation()?;
        while self.eat_symbol(&["&", "&&"]) || self.eat_word("and") {
            let right = self.negation()?;
            left = self.node(start, SyntaxKind::And(Box::new(left), Box::new(right)));
        }
        Ok(left)
    }

    fn negation(&mut self) -> Result<Syntax, SyntaxError> {
        let start = self.start();
        if self.eat_symbol(&["!"]) || self.eat_word("not") {
            let inner = self.nested(Self::negation)?;
            return Ok(self.node(start, SyntaxKind::Not(Box::new(inner))));
        }
        self.comparison()
    }

    fn comparison(&mut self) -> Result<Syntax, SyntaxError> {
        let start = self.start();
        let left = self.sum()?;
        let tree = if let Some(op) = self.comparison_operator() {
            self.at += 1;
            let right = self.sum()?;
            self.node(start, SyntaxKind::Compare(op, Box::new(left), Box::new(right)))
        } else if self.is_word("in") || (self.is_word("not") && self.tokens[self.at + 1].0 == Token::Name("in".into()))
        {
            let membership = if self.eat_word("not") { Membership::NotIn } else { Membership::In };
            self.at += 1;
            self.expect_symbol("[")?;
            let members = self.list("]")?;
            self.node(start, SyntaxKind::In(Box::new(left), members, membership))
        } else {
            return Ok(left);
        };
        if self.comparison_operator().is_some() {
            let mut fault = self.unexpected("`&`, `|` or the end, as comparisons do not chain");
            fault.help = Some("write `a < b & b < c` instead of `a < b < c`".into());
            return Err(fault);
        }
        Ok(tree)
    }

    fn comparison_operator(&self) -> Option<Comparison> {
        match self.peek() {
            Token::Symbol("==") => Some(Comparison::Equal),
            Token::Symbol("!=") => Some(Comparison::NotEqual),
            Token::Symbol("<") => Some(Comparison::Less),
            Token::Symbol("<=") => Some(Comparison::LessOrEqual),
            Token::Symbol(">") => Some(Comparison::Greater),
            Token::Symbol(">=") => Some(Comparison::GreaterOrEqual),
            _ => None,
        }
    }

    fn sum(&mut self) -> Result<Syntax, SyntaxError> {
        let start = self.start();
        let mut left = self.product()?;
        loop {
            let op = match self.peek() {
                Token::Symbol("+") => Arithmetic::Add,
                Token::Symbol("-") => Arithmetic::Subtract,
                _ => return Ok(left),
            };
            self.at += 1;
            let right = self.product()?;
            left = self.node(start, SyntaxKind::Arithmetic(op, Box::new(left), Box::new(right)));
        }
    }

    fn product(&mut self) -> Result<Syntax, SyntaxError> {
        let start = self.start();
        let mut left = self.unary()?;
        loop {
            let op = match self.peek() {
                Token::Symbol("*") => Arithmetic::Multiply,
                Token::Symbol("/") => Arithmetic::Divide,
                _ => return Ok(left),
            };
            self.at += 1;
            let right = self.unary()?;
            left = self.node(start, SyntaxKind::Arithmetic(op, Box::new(left), Box::new(right)));
        }
    }

    fn unary(&mut self) -> Result<Syntax, SyntaxError> {
        let start = self.start();
        if self.eat_symbol(&["-"]) {
            let inner = self.nested(Self::unary)?;
            return Ok(self.node(start, SyntaxKind::Negate(Box::new(inner))));
        }
        self.atom()
    }

    fn atom(&mut self) -> Result<Syntax, SyntaxError> {
        let start = self.start();
        if self.eat_symbol(&["("]) {
            let mut inner = self.disjunction()?;
            self.expect_symbol(")")?;
            (inner.start, inner.end) = (start, self.last_end());
            return Ok(inner);
        }
        if self.eat_word("if") {
            let condition = self.disjunction()?;
            self.expect_word("then")?;
            let yes = self.disjunction()?;
            self.expect_word("else")?;
            let no = self.disjunction()?;
            return Ok(self.node(start, SyntaxKind::If(Box::new(condition), Box::new(yes), Box::new(no))));
        }
        let kind = match self.peek().clone() {
            Token::Name(name) if !is_keyword(&name) => {
                self.at += 1;
                if self.eat_symbol(&["("]) {
                    let arguments = self.list(")")?;
                    SyntaxKind::Call(name, arguments)
                } else {
                    SyntaxKind::Name(name)
                }
            }
            Token::Quoted(name) => {
                self.at += 1;
                SyntaxKind::Quoted(name)
            }
            Token::Number(value) => {
                self.at += 1;
                SyntaxKind::Number(value)
            }
            _ => return Err(self.unexpected("a name, a number or `(`")),
        };
        Ok(self.node(start, kind))
    }

    /// Items up to the closing symbol, which is eaten.
    fn list(&mut self, close: &'static str) -> Result<Vec<Syntax>, SyntaxError> {
        let mut items = Vec::new();
        loop {
            if self.eat_symbol(&[close]) {
                return Ok(items);
            }
            items.push(self.disjunction()?);
            if !self.eat_symbol(&[","]) {
                self.expect_symbol(close)?;
                return Ok(items);
            }
        }
    }
}

/// Words that cannot be names.
pub fn is_keyword(word: &str) -> bool {
    matches!(word, "and" | "or" | "not" | "in" | "if" | "then" | "else")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fully parenthesised form, to see how operators bind.
    fn shape(tree: &Syntax) -> String {
        match &tree.kind {
            SyntaxKind::Name(n) => n.clone(),
            SyntaxKind::Quoted(n) => format!("'{n}'"),
            SyntaxKind::Number(n) => n.to_string(),
            SyntaxKind::Not(a) => format!("(not {})", shape(a)),
            SyntaxKind::Negate(a) => format!("(-{})", shape(a)),
            SyntaxKind::And(a, b) => format!("({} & {})", shape(a), shape(b)),
            SyntaxKind::Or(a, b) => format!("({} | {})", shape(a), shape(b)),
            SyntaxKind::Compare(op, a, b) => format!("({} {} {})", shape(a), op.symbol(), shape(b)),
            SyntaxKind::Arithmetic(op, a, b) => format!("({} {} {})", shape(a), op.symbol(), shape(b)),
            SyntaxKind::In(a, members, membership) => {
                let word = if *membership == Membership::In { "in" } else { "not in" };
                format!("({} {word} [{}])", shape(a), members.iter().map(shape).collect::<Vec<_>>().join(", "))
            }
            SyntaxKind::If(c, a, b) => format!("(if {} then {} else {})", shape(c), shape(a), shape(b)),
            SyntaxKind::Call(f, args) => format!("{f}({})", args.iter().map(shape).collect::<Vec<_>>().join(", ")),
        }
    }

    #[test]
    fn operators_bind_as_documented() {
        for (text, expected) in [
            ("a & b | c", "((a & b) | c)"),
            ("a | b & c", "(a | (b & c))"),
            ("not a == b & c", "((not (a == b)) & c)"),
            ("!a and b or c", "(((not a) & b) | c)"),
            ("1 - 2 - 3 * 4", "((1 - 2) - (3 * 4))"),
            ("-x / 2 < y", "(((-x) / 2) < y)"),
            ("a in [b, 'c d']", "(a in [b, 'c d'])"),
            ("a not in [b]", "(a not in [b])"),
            ("if a then 1 else 2 + 3", "(if a then 1 else (2 + 3))"),
            ("min(1, x + 1)", "min(1, (x + 1))"),
            ("50% * x", "(0.5 * x)"),
        ] {
            assert_eq!(parse_expression(text).map(|t| shape(&t)), Ok(expected.to_owned()), "{text}");
        }
    }

    #[test]
    fn faults_point_at_the_place() {
        for (text, start, part) in [
            ("", 0, "the expression ends"),
            ("a &", 3, "the expression ends"),
            ("a = b", 2, "found `=`"),
            ("a < b < c", 6, "do not chain"),
            ("(a", 2, "expected `)`"),
            ("a ? b", 2, "no meaning"),
            ("a b", 2, "found `b`"),
            ("'x", 0, "not closed"),
            ("if a then b", 11, "expected `else`"),
        ] {
            let fault = parse_expression(text).expect_err(text);
            assert!(fault.message.contains(part) && fault.start == start, "{text}: {fault:?}");
        }
    }

    #[test]
    fn deep_nesting_ends_in_a_fault() {
        for text in ["(".repeat(10_000), "not ".repeat(4_000), "-".repeat(10_000), "if ".repeat(5_000)] {
            assert!(parse_expression(&text).is_err());
        }
    }
}
