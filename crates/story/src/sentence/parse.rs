//! What does a tag in a sentence mean? `evolution(depenses, 2019, 2024) | pourcent`, `si montant[2024] > 0`.
//!
//! Grammar, loosest first: `ou`, `et`, `non`, comparison, `+ -`, `* /`, unary `-`, value. A value is a number, a text in
//! quotes, a name, `name[key]` (a cell: column and place), or `name(…)` (a question). English words are read too.

use encart_table::Words;
use encart_table::decimal::read_decimal;

/// What is wrong, and the position of it in the tag, from 1.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Trouble {
    pub(crate) at: usize,
    pub(crate) words: Words,
}

impl Trouble {
    pub(crate) fn new(at: usize, fr: impl Into<String>, en: impl Into<String>) -> Trouble {
        Trouble { at, words: Words { fr: fr.into(), en: en.into() } }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operator {
    Or,
    And,
    Equal,
    Differs,
    Less,
    LessOrEqual,
    More,
    MoreOrEqual,
    Add,
    Subtract,
    Multiply,
    Divide,
}

impl Operator {
    fn strength(self) -> u8 {
        match self {
            Operator::Or => 1,
            Operator::And => 2,
            Operator::Add | Operator::Subtract => 5,
            Operator::Multiply | Operator::Divide => 6,
            _ => 4,
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Node {
    Number(f64),
    Text(String),
    Name(String),
    /// A column and a place in it.
    Cell(String, Box<Node>),
    Call(String, Vec<Node>),
    Negate(Box<Node>),
    Not(Box<Node>),
    Binary(Operator, Box<Node>, Box<Node>),
}

/// A step of writing: its name and what it is given.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Filter {
    pub(crate) at: usize,
    pub(crate) name: String,
    pub(crate) arguments: Vec<Node>,
}

/// What is asked, and how it is written.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Asked {
    pub(crate) node: Node,
    pub(crate) filters: Vec<Filter>,
}

/// What a tag says.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Tag {
    Value(Asked),
    If(Node),
    ElseIf(Node),
    Else,
    End,
}

#[derive(Debug, Clone, PartialEq)]
enum Lexeme {
    Number(f64),
    Text(String),
    Name(String),
    Operator(Operator),
    Not,
    Sign(char),
    End,
}

/// Reads the inside of a tag.
pub(crate) fn read_tag(source: &str) -> Result<Tag, Trouble> {
    let mut parser = Parser::new(source)?;
    let tag = match parser.word().as_deref() {
        Some("si" | "if") => {
            parser.next += 1;
            Tag::If(parser.expression(0)?)
        }
        Some("sinon" | "else") => {
            parser.next += 1;
            match parser.word().as_deref() {
                Some("si" | "if") => {
                    parser.next += 1;
                    Tag::ElseIf(parser.expression(0)?)
                }
                _ => Tag::Else,
            }
        }
        Some("fin" | "end") => {
            parser.next += 1;
            Tag::End
        }
        _ => {
            let node = parser.expression(0)?;
            let mut filters = Vec::new();
            while parser.takes('|') {
                filters.push(parser.filter()?);
            }
            Tag::Value(Asked { node, filters })
        }
    };
    parser.finish()?;
    Ok(tag)
}

/// Reads a claim or a condition alone.
pub(crate) fn read_condition(source: &str) -> Result<Node, Trouble> {
    let mut parser = Parser::new(source)?;
    let node = parser.expression(0)?;
    parser.finish()?;
    Ok(node)
}

struct Parser {
    tokens: Vec<(usize, Lexeme)>,
    next: usize,
    depth: usize,
}

impl Parser {
    fn new(source: &str) -> Result<Parser, Trouble> {
        Ok(Parser { tokens: cut(source)?, next: 0, depth: 0 })
    }

    fn peek(&self) -> (usize, Lexeme) {
        self.tokens.get(self.next).or(self.tokens.last()).cloned().unwrap_or((1, Lexeme::End))
    }

    fn word(&self) -> Option<String> {
        // a name that is followed by a bracket is a question, not a word of the sentence; but a condition may begin with one
        let is_called = matches!(self.tokens.get(self.next + 1), Some((_, Lexeme::Sign('(' | '['))));
        match self.peek().1 {
            Lexeme::Name(name) if !is_called || matches!(name.as_str(), "si" | "if") => Some(name),
            _ => None,
        }
    }

    fn takes(&mut self, sign: char) -> bool {
        let found = self.peek().1 == Lexeme::Sign(sign);
        self.next += usize::from(found);
        found
    }

    fn close(&mut self, sign: char) -> Result<(), Trouble> {
        if self.takes(sign) {
            return Ok(());
        }
        let at = self.peek().0;
        Err(Trouble::new(at, format!("« {sign} » est attendu ici."), format!("“{sign}” is expected here.")))
    }

    fn finish(&mut self) -> Result<(), Trouble> {
        match self.peek() {
            (_, Lexeme::End) => Ok(()),
            (at, _) => Err(Trouble::new(
                at,
                "la phrase s’arrête ici : il manque un signe (+, >, |) ou une virgule.",
                "the sentence ends here: a sign (+, >, |) or a comma is missing.",
            )),
        }
    }

    fn filter(&mut self) -> Result<Filter, Trouble> {
        let (at, lexeme) = self.peek();
        let Lexeme::Name(name) = lexeme else {
            return Err(Trouble::new(
                at,
                "le nom d’une écriture est attendu après « | », par exemple pourcent.",
                "the name of a way of writing is expected after “|”, such as percent.",
            ));
        };
        self.next += 1;
        let arguments = if self.takes('(') { self.arguments(')')? } else { Vec::new() };
        Ok(Filter { at, name, arguments })
    }

    fn arguments(&mut self, closing: char) -> Result<Vec<Node>, Trouble> {
        let mut arguments = Vec::new();
        while !self.takes(closing) {
            if !arguments.is_empty() {
                self.close(',')?;
            }
            arguments.push(self.expression(0)?);
        }
        Ok(arguments)
    }

    fn expression(&mut self, least: u8) -> Result<Node, Trouble> {
        const DEEPEST: usize = 40;
        self.depth += 1;
        if self.depth > DEEPEST {
            let at = self.peek().0;
            return Err(Trouble::new(at, "trop de parenthèses emboîtées.", "too many nested brackets."));
        }
        let mut left = self.operand()?;
        while let (_, Lexeme::Operator(operator)) = self.peek() {
            let strength = operator.strength();
            if strength <= least {
                break;
            }
            self.next += 1;
            let right = self.expression(strength)?;
            left = Node::Binary(operator, Box::new(left), Box::new(right));
        }
        self.depth -= 1;
        Ok(left)
    }

    fn operand(&mut self) -> Result<Node, Trouble> {
        let (at, lexeme) = self.peek();
        self.next += 1;
        match lexeme {
            Lexeme::Number(number) => Ok(Node::Number(number)),
            Lexeme::Text(text) => self.after_name(text.clone(), Node::Text(text)),
            Lexeme::Name(name) if self.takes('(') => Ok(Node::Call(name, self.arguments(')')?)),
            Lexeme::Name(name) => self.after_name(name.clone(), Node::Name(name)),
            Lexeme::Operator(Operator::Subtract) => Ok(Node::Negate(Box::new(self.expression(6)?))),
            Lexeme::Not => Ok(Node::Not(Box::new(self.expression(3)?))),
            Lexeme::Sign('(') => {
                let inside = self.expression(0)?;
                self.close(')')?;
                Ok(inside)
            }
            _ => Err(Trouble::new(
                at,
                "un nombre, une colonne ou une question est attendu ici, par exemple montant[2024].",
                "a number, a column or a question is expected here, such as amount[2024].",
            )),
        }
    }

    fn after_name(&mut self, name: String, alone: Node) -> Result<Node, Trouble> {
        if !self.takes('[') {
            return Ok(alone);
        }
        let key = self.expression(0)?;
        self.close(']')?;
        Ok(Node::Cell(name, Box::new(key)))
    }
}

fn cut(source: &str) -> Result<Vec<(usize, Lexeme)>, Trouble> {
    let letters: Vec<char> = source.chars().collect();
    let letter = |idx: usize| letters.get(idx).copied().unwrap_or('\0');
    let mut tokens = Vec::new();
    let mut idx = 0;
    while idx < letters.len() {
        let (first, at) = (letter(idx), idx + 1);
        let run = |from: usize, belongs: &dyn Fn(char) -> bool| -> String {
            letters.iter().skip(from).take_while(|letter| belongs(**letter)).collect()
        };
        let (lexeme, length) = match first {
            _ if first.is_whitespace() => {
                idx += 1;
                continue;
            }
            '0'..='9' => {
                let digits = run(idx, &|letter| letter.is_ascii_digit() || letter == '.');
                let number = read_decimal(&digits, 0).ok_or_else(|| {
                    Trouble::new(at, format!("« {digits} » n’est pas un nombre."), format!("“{digits}” is no number."))
                })?;
                (Lexeme::Number(number), digits.chars().count())
            }
            '"' | '\'' | '`' | '“' | '«' | '’' => {
                let closing = match first {
                    '“' => '”',
                    '«' => '»',
                    same => same,
                };
                let inside = run(idx + 1, &|letter| letter != closing);
                let length = inside.chars().count() + 2;
                if letter(idx + length - 1) != closing {
                    return Err(Trouble::new(
                        at,
                        format!("le guillemet {first} n’est pas refermé."),
                        format!("the quote {first} is not closed."),
                    ));
                }
                let inside = inside.trim().to_string();
                (if first == '`' { Lexeme::Name(inside) } else { Lexeme::Text(inside) }, length)
            }
            '(' | ')' | ',' | '[' | ']' => (Lexeme::Sign(first), 1),
            '|' => (Lexeme::Sign('|'), 1),
            _ if is_word(first) => {
                let word = run(idx, &|letter| is_word(letter) || letter == '.');
                let length = word.chars().count();
                let lexeme = match word.as_str() {
                    "et" | "and" => Lexeme::Operator(Operator::And),
                    "ou" | "or" => Lexeme::Operator(Operator::Or),
                    "non" | "not" => Lexeme::Not,
                    _ => Lexeme::Name(word),
                };
                (lexeme, length)
            }
            _ => sign(first, letter(idx + 1)).ok_or_else(|| {
                Trouble::new(
                    at,
                    format!("le signe « {first} » n’est pas compris."),
                    format!("the sign “{first}” is not understood."),
                )
            })?,
        };
        tokens.push((at, lexeme));
        idx += length;
    }
    tokens.push((letters.len() + 1, Lexeme::End));
    Ok(tokens)
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_' || letter == '°' || letter == '²'
}

fn sign(first: char, second: char) -> Option<(Lexeme, usize)> {
    let (operator, length) = match (first, second) {
        ('<', '=') => (Operator::LessOrEqual, 2),
        ('>', '=') => (Operator::MoreOrEqual, 2),
        ('!', '=') | ('<', '>') => (Operator::Differs, 2),
        ('=', '=') => (Operator::Equal, 2),
        ('=', _) => (Operator::Equal, 1),
        ('≠', _) => (Operator::Differs, 1),
        ('<', _) => (Operator::Less, 1),
        ('>', _) => (Operator::More, 1),
        ('≤', _) => (Operator::LessOrEqual, 1),
        ('≥', _) => (Operator::MoreOrEqual, 1),
        ('+', _) => (Operator::Add, 1),
        ('-' | '−', _) => (Operator::Subtract, 1),
        ('*' | '×', _) => (Operator::Multiply, 1),
        ('/' | '÷', _) => (Operator::Divide, 1),
        _ => return None,
    };
    Some((Lexeme::Operator(operator), length))
}
