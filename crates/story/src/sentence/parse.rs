//! What does a tag in a sentence mean? `evolution(depenses, 2019, 2024) | pourcent`, `si montant[2024] > 0`.
//!
//! The words, numbers and signs are those of expressions (`encart_table::expr`), and so is their strength; `[`, `]`, `|` and
//! `.` are signs here too. A value is a number (with its unit: `12 %`, `1200 €`), a text in quotes, a name, `name[key]` (a
//! cell: column and place), or `name(…)` (a question). English words are read too.

use std::fmt::Display;

use encart_table::expr::lexer::{Lexeme, Token, cut};
use encart_table::expr::{ExprError, Operator};
use encart_table::table::{fold, is_letter};

use super::answer::Answer;

/// What is wrong, and where in the tag.
pub(crate) fn trouble(at: usize, fr: impl Display, en: impl Display) -> ExprError {
    ExprError::new(at, format_args!("{fr}"), format_args!("{en}"))
}

/// The most operations in a row: each is a step down for whoever walks the tree.
const LONGEST: usize = 200;

/// What is asked. Positions are counted from 1.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Node {
    /// A number, with its unit where one is written.
    Number(f64, Option<String>),
    Text(usize, String),
    Name(usize, String),
    /// A column and a place in it.
    Cell(usize, String, Box<Node>),
    Call(usize, String, Vec<Node>),
    Negate(usize, Box<Node>),
    Not(usize, Box<Node>),
    Binary(usize, Operator, Box<Node>, Box<Node>),
    /// What is the same for all rows, answered once.
    Known(usize, Box<Answer>),
}

impl Node {
    /// Where it stands.
    pub(crate) fn at(&self) -> usize {
        match self {
            Node::Number(..) => 1,
            Node::Text(at, _)
            | Node::Name(at, _)
            | Node::Cell(at, ..)
            | Node::Call(at, ..)
            | Node::Negate(at, _)
            | Node::Not(at, _)
            | Node::Binary(at, ..)
            | Node::Known(at, _) => *at,
        }
    }
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

/// The words of choices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keyword {
    If,
    Else,
    End,
}

impl Keyword {
    /// The keyword that a tag begins with, whether the rest can be read or not.
    pub(crate) fn of(source: &str) -> Option<Keyword> {
        Keyword::named(source.split([' ', '\u{a0}', ',', '(']).next()?)
    }

    fn named(word: &str) -> Option<Keyword> {
        match fold(word).as_str() {
            "si" | "if" => Some(Keyword::If),
            "sinon" | "else" => Some(Keyword::Else),
            "fin" | "end" => Some(Keyword::End),
            _ => None,
        }
    }
}

/// Reads the inside of a tag.
pub(crate) fn read_tag(source: &str) -> Result<Tag, ExprError> {
    let mut parser = Parser::new(source)?;
    let tag = match parser.keyword() {
        Some(Keyword::If) => Tag::If(parser.condition()?),
        Some(Keyword::Else) => match parser.keyword() {
            Some(Keyword::If) => Tag::ElseIf(parser.condition()?),
            _ => Tag::Else,
        },
        Some(Keyword::End) => {
            // « fin si »
            _ = parser.keyword();
            Tag::End
        }
        None => {
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
pub(crate) fn read_condition(source: &str) -> Result<Node, ExprError> {
    let mut parser = Parser::new(source)?;
    let node = parser.condition()?;
    parser.finish()?;
    Ok(node)
}

/// Names of several words that stand in brackets without quotes, `population[Saint-Denis]`, with where they stand, and the
/// source with one word of the same length in their place.
fn take_names(source: &str) -> (String, Vec<(usize, String)>) {
    let mut letters: Vec<char> = source.chars().collect();
    let mut names = Vec::new();
    let (mut from, mut quote) = (None, None);
    for idx in 0..letters.len() {
        match letters.get(idx).copied().unwrap_or_default() {
            letter if Some(letter) == quote => quote = None,
            _ if quote.is_some() => {}
            '"' if from.is_none() => quote = Some('"'),
            '«' if from.is_none() => quote = Some('»'),
            '[' => from = Some(idx + 1),
            ']' => {
                let inside =
                    from.take().and_then(|from| Some((from, letters.get(from..idx)?.iter().collect::<String>())));
                let Some((from, name)) = inside.filter(|(_, name)| is_bare_name(name)) else { continue };
                letters.iter_mut().take(idx).skip(from).for_each(|letter| *letter = 'n');
                names.push((from + 1, name.trim().to_string()));
            }
            _ => {}
        }
    }
    (letters.into_iter().collect(), names)
}

/// Whether it is words joined by hyphens, apostrophes or spaces, and nothing that is computed.
fn is_bare_name(text: &str) -> bool {
    let is_joint = |letter: char| matches!(letter, ' ' | '\u{a0}' | '-' | '\'' | '’');
    let text = text.trim();
    let words: Vec<&str> = text.split(is_joint).collect();
    let is_word = |word: &&str| {
        word.chars().next().is_some_and(is_letter)
            && word.chars().all(|letter| is_letter(letter) || letter.is_ascii_digit())
    };
    words.len() > 1 && words.iter().all(is_word)
}

struct Parser {
    tokens: Vec<Token>,
    next: usize,
    depth: usize,
}

impl Parser {
    fn new(source: &str) -> Result<Parser, ExprError> {
        let (source, names) = take_names(source);
        let mut tokens = cut::<true>(&source, |letter| matches!(letter, '[' | ']' | '|' | '.'))?;
        for token in &mut tokens {
            let Lexeme::Word(word) = &token.lexeme else { continue };
            if let Some((_, name)) = names.iter().find(|(at, _)| *at == token.at) {
                token.lexeme = Lexeme::Text(name.clone());
                continue;
            }
            token.lexeme = match fold(word).as_str() {
                "et" | "and" => Lexeme::Operator(Operator::And),
                "ou" | "or" => Lexeme::Operator(Operator::Or),
                "non" | "not" => Lexeme::Not,
                _ => continue,
            };
        }
        Ok(Parser { tokens, next: 0, depth: 0 })
    }

    fn token(&self, ahead: usize) -> (usize, &Lexeme) {
        let token = self.tokens.get(self.next + ahead).or(self.tokens.last());
        token.map_or((1, &Lexeme::End), |token| (token.at, &token.lexeme))
    }

    fn at(&self) -> usize {
        self.token(0).0
    }

    fn takes(&mut self, sign: char) -> bool {
        let found = *self.token(0).1 == Lexeme::Sign(sign);
        self.next += usize::from(found);
        found
    }

    /// Takes a keyword; a name that is followed by a bracket is a question, but a condition may begin with one.
    fn keyword(&mut self) -> Option<Keyword> {
        let Lexeme::Word(word) = self.token(0).1 else { return None };
        let is_called = matches!(self.token(1).1, Lexeme::Sign('(' | '['));
        let found = Keyword::named(word).filter(|keyword| !is_called || *keyword == Keyword::If);
        self.next += usize::from(found.is_some());
        found
    }

    fn condition(&mut self) -> Result<Node, ExprError> {
        let node = self.expression(0)?;
        match *self.token(0).1 {
            Lexeme::Sign('|') => Err(trouble(
                self.at(),
                "une condition ne s’écrit pas dans la phrase : retirez « | … ».",
                "a condition is not written in the sentence: take “| …” away.",
            )),
            _ => Ok(node),
        }
    }

    fn close(&mut self, sign: char) -> Result<(), ExprError> {
        if self.takes(sign) {
            return Ok(());
        }
        Err(self.beside().unwrap_or_else(|| {
            trouble(self.at(), format!("« {sign} » est attendu ici."), format!("“{sign}” is expected here."))
        }))
    }

    /// What stands beside a number or a name where nothing may, and how it is meant to be written.
    fn beside(&self) -> Option<ExprError> {
        let before = self.next.checked_sub(1).and_then(|idx| self.tokens.get(idx)).map(|token| &token.lexeme);
        let (at, found) = self.token(0);
        match (before, found) {
            (Some(Lexeme::Number(_)), Lexeme::Number(_)) => Some(trouble(
                at,
                "un nombre s’écrit sans espace : 20000.",
                "a number is written without a space: 20000.",
            )),
            (Some(Lexeme::Number(_)), Lexeme::Sign(',')) => Some(trouble(
                at,
                "les décimales d’un nombre s’écrivent après un point : 9.5.",
                "the decimals of a number are written after a point: 9.5.",
            )),
            (Some(Lexeme::Word(first)), Lexeme::Word(word)) if Keyword::named(first).is_none() => Some(trouble(
                at,
                format!("un nom de plusieurs mots s’écrit entre guillemets : \"… {word}\"."),
                format!("a name of several words is written in quotes: \"… {word}\"."),
            )),
            _ => None,
        }
    }

    fn finish(&self) -> Result<(), ExprError> {
        match self.token(0) {
            (_, Lexeme::End) => Ok(()),
            (at, _) => Err(self.beside().unwrap_or_else(|| {
                trouble(
                    at,
                    "la phrase s’arrête ici : il manque un signe (+, >, |) ou une virgule.",
                    "the sentence ends here: a sign (+, >, |) or a comma is missing.",
                )
            })),
        }
    }

    fn filter(&mut self) -> Result<Filter, ExprError> {
        let (at, lexeme) = self.token(0);
        let Lexeme::Word(name) = lexeme else {
            return Err(trouble(
                at,
                "le nom d’une écriture est attendu après « | », par exemple pourcent.",
                "the name of a way of writing is expected after “|”, such as percent.",
            ));
        };
        let name = name.clone();
        self.next += 1;
        let arguments = if self.takes('(') { self.arguments()? } else { Vec::new() };
        Ok(Filter { at, name, arguments })
    }

    fn arguments(&mut self) -> Result<Vec<Node>, ExprError> {
        let mut arguments = Vec::new();
        while !self.takes(')') {
            if !arguments.is_empty() && !self.takes(',') {
                self.close(')')?;
                break;
            }
            arguments.push(self.expression(0)?);
        }
        Ok(arguments)
    }

    /// Precedence climbing: reads operands joined by operators stronger than `least`.
    fn expression(&mut self, least: u8) -> Result<Node, ExprError> {
        const DEEPEST: usize = 40;
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(trouble(self.at(), "trop de parenthèses emboîtées.", "too many nested brackets."));
        }
        let mut left = self.operand()?;
        let (mut is_compared, mut n_operations) = (false, 0);
        while let (at, Lexeme::Operator(operator)) = self.token(0) {
            let (operator, strength) = (*operator, operator.strength());
            if strength <= least {
                break;
            }
            if operator == Operator::Remainder {
                return Err(trouble(
                    at,
                    "« % » suit un nombre écrit en chiffres : 12 %.",
                    "“%” follows a number written in digits: 12%.",
                ));
            }
            if is_compared && strength == Operator::COMPARISON {
                return Err(trouble(
                    at,
                    "deux comparaisons se joignent par « et » : a < b et b < c.",
                    "two comparisons are joined by “and”: a < b and b < c.",
                ));
            }
            is_compared = strength == Operator::COMPARISON;
            n_operations += 1;
            if n_operations > LONGEST {
                return Err(trouble(
                    at,
                    format_args!("plus de {LONGEST} opérations à la suite : faites le calcul par une étape (steps)."),
                    format_args!("more than {LONGEST} operations in a row: compute it with a step (steps)."),
                ));
            }
            self.next += 1;
            let right = self.expression(strength)?;
            left = Node::Binary(at, operator, Box::new(left), Box::new(right));
        }
        self.depth -= 1;
        Ok(left)
    }

    fn operand(&mut self) -> Result<Node, ExprError> {
        let (at, lexeme) = self.token(0);
        let lexeme = lexeme.clone();
        self.next += 1;
        match lexeme {
            Lexeme::Number(number) => Ok(Node::Number(number, self.unit())),
            Lexeme::Text(text) => self.after_name(at, text.clone(), Node::Text(at, text)),
            Lexeme::Word(name) if self.takes('(') => Ok(Node::Call(at, name, self.arguments()?)),
            Lexeme::Word(name) | Lexeme::Column(name) => {
                let name = self.whole_name(name);
                self.after_name(at, name.clone(), Node::Name(at, name))
            }
            Lexeme::Operator(Operator::Subtract) => Ok(Node::Negate(at, Box::new(self.expression(6)?))),
            Lexeme::Not => Ok(Node::Not(at, Box::new(self.expression(3)?))),
            Lexeme::Sign('(') => {
                let inside = self.expression(0)?;
                self.close(')')?;
                Ok(inside)
            }
            _ => Err(trouble(
                at,
                "un nombre, une colonne ou une question est attendu ici, par exemple montant[2024].",
                "a number, a column or a question is expected here, such as amount[2024].",
            )),
        }
    }

    /// The unit that follows a number: `12 %`, `1200 €`.
    fn unit(&mut self) -> Option<String> {
        let unit = match self.token(0).1 {
            Lexeme::Operator(Operator::Remainder) => "%".to_string(),
            Lexeme::Word(unit) if Keyword::named(unit).is_none() => encart_table::unit::canonical(unit).to_string(),
            _ => return None,
        };
        self.next += 1;
        Some(unit)
    }

    /// `budget.depenses` is one name.
    fn whole_name(&mut self, first: String) -> String {
        let mut name = first;
        while let (Lexeme::Sign('.'), Lexeme::Word(part) | Lexeme::Column(part)) = (self.token(0).1, self.token(1).1) {
            name = [name.as_str(), ".", part].concat();
            self.next += 2;
        }
        name
    }

    fn after_name(&mut self, at: usize, name: String, alone: Node) -> Result<Node, ExprError> {
        if !self.takes('[') {
            return Ok(alone);
        }
        let key = self.expression(0)?;
        self.close(']')?;
        Ok(Node::Cell(at, name, Box::new(key)))
    }
}
