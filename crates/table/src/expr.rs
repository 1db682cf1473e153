//! What does an author's expression mean? `montant / population`, `annee >= 2015 and type = "école"`.
//!
//! Grammar, loosest first: `or`, `and`, `not`, comparison (`=` `!=` `<` `<=` `>` `>=`), `+ -`, `* / %`, unary `-`,
//! call, value. A column is written by its name, between back quotes when the name has spaces or signs.
//! A missing operand makes a missing result: nothing is computed from what is not known.

mod eval;
pub mod lexer;
pub mod term;

use std::fmt::Arguments;

use crate::decimal::write_plain;
use crate::notice::{Notice, Place, Words};
use crate::table::{Table, nearest};
pub use eval::Outcome;
use lexer::{Lexeme, Token};

/// An expression, ready to be computed row by row.
#[derive(Debug, Clone, PartialEq)]
pub struct Expr {
    pub(crate) node: Node,
    /// As the author wrote it, for messages.
    pub source: String,
}

/// What is wrong with an expression, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExprError {
    /// The position of the first wrong letter, from 1.
    pub at: usize,
    /// What is wrong and what to do.
    pub words: Words,
}

impl ExprError {
    /// What is wrong at a position.
    pub fn new(at: usize, fr: Arguments<'_>, en: Arguments<'_>) -> ExprError {
        ExprError { at, words: Words::fill(fr, en) }
    }

    /// The error as a notice on a key of the specification.
    pub fn notice(&self, key: &str, source: &str) -> Notice {
        let Words { fr, en } = &self.words;
        Notice::error(
            "expr.syntax",
            Place::column(key),
            format_args!("expression « {source} », position {} : {fr}", self.at),
            format_args!("expression “{source}”, position {}: {en}", self.at),
        )
    }
}

/// What is wrong at a position, in words where they are wanted: the first engine leaves a specification that is wrong to the
/// data engine, and carries no words for it.
#[inline(always)]
fn error<const SAYS: bool>(at: usize, fr: Arguments<'_>, en: Arguments<'_>) -> ExprError {
    if SAYS {
        ExprError::new(at, fr, en)
    } else {
        ExprError { at, words: Words::fill(format_args!(""), format_args!("")) }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Node {
    Number(f64),
    Text(String),
    Column(String),
    Negate(Box<Node>),
    Not(Box<Node>),
    Binary(Operator, Box<Node>, Box<Node>),
    Call(Function, Vec<Node>),
}

/// What joins two operands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Operator {
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
    Remainder,
}

impl Operator {
    /// The strength of `=`, `<` and their like.
    pub const COMPARISON: u8 = 4;

    /// Binding strength; a stronger operator binds first.
    pub fn strength(self) -> u8 {
        match self {
            Operator::Or => 1,
            Operator::And => 2,
            Operator::Add | Operator::Subtract => 5,
            Operator::Multiply | Operator::Divide | Operator::Remainder => 6,
            _ => Operator::COMPARISON,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Function {
    Abs,
    Round,
    If,
    IsMissing,
    Year,
    Month,
    Lower,
    Contains,
    StartsWith,
    Departement,
    Siren,
    Number,
}

const FUNCTIONS: [(&str, Function, usize, usize); 12] = [
    ("abs", Function::Abs, 1, 1),
    ("round", Function::Round, 1, 2),
    ("if", Function::If, 3, 3),
    ("is_missing", Function::IsMissing, 1, 1),
    ("year", Function::Year, 1, 1),
    ("month", Function::Month, 1, 1),
    ("lower", Function::Lower, 1, 1),
    ("contains", Function::Contains, 2, 2),
    ("starts_with", Function::StartsWith, 2, 2),
    ("departement", Function::Departement, 1, 1),
    ("siren", Function::Siren, 1, 1),
    ("number", Function::Number, 1, 1),
];

/// Parses an expression.
///
/// ```
/// use encart_table::expr::parse;
/// assert!(parse("montant / population * 1000").is_ok());
/// let error = parse("montant / ").unwrap_err();
/// assert_eq!(error.at, 11);
/// ```
///
/// # Errors
/// The first thing that does not parse, with its position.
pub fn parse(source: &str) -> Result<Expr, ExprError> {
    read::<true>(source)
}

/// The same; what is wrong has no words where another engine says it.
pub(crate) fn read<const SAYS: bool>(source: &str) -> Result<Expr, ExprError> {
    let tokens = lexer::cut::<SAYS>(source, |_| false)?;
    let mut parser: Parser<'_, SAYS> = Parser { tokens: &tokens, next: 0, depth: 0 };
    let node = parser.expression(0)?;
    match parser.peek() {
        Token { lexeme: Lexeme::End, .. } => Ok(Expr { node, source: source.to_string() }),
        Token { at, .. } => Err(error::<SAYS>(
            *at,
            format_args!("un opérateur est attendu ici (par exemple +, =, and)."),
            format_args!("an operator is expected here (such as +, =, and)."),
        )),
    }
}

struct Parser<'a, const SAYS: bool> {
    tokens: &'a [Token],
    next: usize,
    depth: usize,
}

const END: Token = Token { at: 1, lexeme: Lexeme::End };

impl<'a, const SAYS: bool> Parser<'a, SAYS> {
    fn peek(&self) -> &'a Token {
        self.tokens.get(self.next).or(self.tokens.last()).unwrap_or(&END)
    }

    fn take(&mut self) -> &'a Token {
        let token = self.peek();
        self.next += 1;
        token
    }

    fn takes(&mut self, sign: char) -> bool {
        let found = self.peek().lexeme == Lexeme::Sign(sign);
        self.next += usize::from(found);
        found
    }

    /// Precedence climbing: reads operands joined by operators stronger than `least`.
    fn expression(&mut self, least: u8) -> Result<Node, ExprError> {
        const DEEPEST: usize = 64;
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(error::<SAYS>(
                self.peek().at,
                format_args!("trop de parenthèses emboîtées."),
                format_args!("too many nested brackets."),
            ));
        }
        let (mut left, mut n_operations) = (self.operand()?, 0);
        while let Lexeme::Operator(operator) = self.peek().lexeme {
            let strength = operator.strength();
            if strength <= least {
                break;
            }
            if matches!(operator, Operator::And | Operator::Or) {
                let mut operands = vec![left];
                while self.peek().lexeme == Lexeme::Operator(operator) {
                    self.take();
                    operands.push(self.expression(strength)?);
                }
                left = balanced(operator, operands);
                continue;
            }
            n_operations += 1;
            if n_operations > LONGEST {
                return Err(error::<SAYS>(
                    self.peek().at,
                    format_args!("plus de {LONGEST} opérations à la suite : faites le calcul en plusieurs étapes."),
                    format_args!("more than {LONGEST} operations in a row: compute it in several steps."),
                ));
            }
            self.take();
            let right = self.expression(strength)?;
            left = Node::Binary(operator, Box::new(left), Box::new(right));
        }
        self.depth -= 1;
        Ok(left)
    }

    fn operand(&mut self) -> Result<Node, ExprError> {
        let token = self.take();
        match &token.lexeme {
            Lexeme::Number(number) => Ok(Node::Number(*number)),
            Lexeme::Text(text) => Ok(Node::Text(text.clone())),
            Lexeme::Column(name) => Ok(Node::Column(name.clone())),
            Lexeme::Word(word) if self.takes('(') => self.call(word, token.at),
            Lexeme::Word(word) => Ok(Node::Column(word.clone())),
            Lexeme::Operator(Operator::Subtract) => Ok(Node::Negate(Box::new(self.expression(6)?))),
            Lexeme::Not => Ok(Node::Not(Box::new(self.expression(3)?))),
            Lexeme::Sign('(') => {
                let inside = self.expression(0)?;
                self.close(token.at)?;
                Ok(inside)
            }
            _ => Err(error::<SAYS>(
                token.at,
                format_args!("une valeur ou un nom de colonne est attendu ici."),
                format_args!("a value or a column's name is expected here."),
            )),
        }
    }

    fn call(&mut self, name: &str, at: usize) -> Result<Node, ExprError> {
        let Some((_, function, least, most)) = FUNCTIONS.iter().find(|(known, ..)| *known == name) else {
            if !SAYS {
                return Err(error::<SAYS>(at, format_args!(""), format_args!("")));
            }
            let known: Vec<&str> = FUNCTIONS.iter().map(|(known, ..)| *known).collect();
            let guess = nearest(name, &known).map_or(known.join(", "), str::to_string);
            return Err(error::<SAYS>(
                at,
                format_args!("la fonction « {name} » n’existe pas. Vouliez-vous dire {guess} ?"),
                format_args!("there is no function “{name}”. Did you mean {guess}?"),
            ));
        };
        let mut arguments = Vec::new();
        while !self.takes(')') {
            if !arguments.is_empty() && !self.takes(',') {
                return Err(error::<SAYS>(
                    self.peek().at,
                    format_args!("« , » ou « ) » est attendu ici."),
                    format_args!("“,” or “)” is expected here."),
                ));
            }
            arguments.push(self.expression(0)?);
        }
        if arguments.len() < *least || arguments.len() > *most {
            return Err(error::<SAYS>(
                at,
                format_args!("« {name} » prend {least} valeur(s), {} sont données.", arguments.len()),
                format_args!("“{name}” takes {least} value(s), {} are given.", arguments.len()),
            ));
        }
        Ok(Node::Call(*function, arguments))
    }

    fn close(&mut self, opened_at: usize) -> Result<(), ExprError> {
        if self.takes(')') {
            return Ok(());
        }
        Err(error::<SAYS>(
            self.peek().at,
            format_args!("la parenthèse ouverte en position {opened_at} n’est pas refermée."),
            format_args!("the bracket opened at position {opened_at} is not closed."),
        ))
    }
}

/// The most sums, differences, products … in a row: each is a step down for whoever walks the tree.
const LONGEST: usize = 300;

/// Operands that may be joined in any order, as a tree that is not deep: a list of thousands of codes is one.
fn balanced(operator: Operator, mut operands: Vec<Node>) -> Node {
    while operands.len() > 1 {
        let mut pairs = operands.into_iter();
        let mut joined = Vec::with_capacity(pairs.len().div_ceil(2));
        while let Some(left) = pairs.next() {
            joined.push(match pairs.next() {
                Some(right) => Node::Binary(operator, Box::new(left), Box::new(right)),
                None => left,
            });
        }
        operands = joined;
    }
    operands.pop().unwrap_or(Node::Number(0.0))
}

impl Expr {
    /// Whether it is the year of something: what it gives are years, not numbers.
    pub(crate) fn is_year(&self) -> bool {
        matches!(self.node, Node::Call(Function::Year, _))
    }
}

/// What the table cannot answer: columns that it does not have, text compared with a number.
pub fn check(expr: &Expr, table: &Table, key: &str) -> Vec<Notice> {
    let mut notices = Vec::new();
    check_node(&expr.node, table, key, &mut notices);
    notices
}

fn check_node(node: &Node, table: &Table, key: &str, notices: &mut Vec<Notice>) {
    match node {
        Node::Number(_) | Node::Text(_) => {}
        Node::Column(name) => {
            if let Some(mut notice) = unknown_column(table, name, key) {
                notice.words.fr.push_str(" Une valeur s’écrit entre guillemets.");
                notice.words.en.push_str(" A value is written in quotes.");
                notices.push(notice);
            }
        }
        Node::Negate(inner) | Node::Not(inner) => check_node(inner, table, key, notices),
        Node::Call(_, arguments) => arguments.iter().for_each(|node| check_node(node, table, key, notices)),
        Node::Binary(operator, left, right) => {
            for (one, other) in [(left, right), (right, left)] {
                check_node(one, table, key, notices);
                let (Node::Column(name), Node::Number(number)) = (&**one, &**other) else { continue };
                let is_text = table.column(name).is_some_and(|column| !column.is_number() && !column.is_period());
                if is_text && operator.strength() == Operator::COMPARISON {
                    notices.push(Notice::error(
                        "expr.text-and-number",
                        Place::column(key),
                        format_args!("« {name} » contient du texte (peut-être des codes) : il n’est jamais égal au nombre {}. Écrivez la valeur entre guillemets, telle qu’elle est dans le fichier.", write_plain(*number)),
                        format_args!("“{name}” holds text (perhaps codes): it never equals the number {}. Write the value in quotes, as it stands in the file.", write_plain(*number)),
                    ));
                }
            }
        }
    }
}

/// The notice for a column that a table does not have, naming the nearest that it has.
pub fn unknown_column(table: &Table, name: &str, key: &str) -> Option<Notice> {
    if table.column(name).is_some() {
        return None;
    }
    let names = table.names();
    let (fr, en) = match nearest(name, &names) {
        Some(near) => (format!("Vouliez-vous dire « {near} » ?"), format!("Did you mean “{near}”?")),
        None => {
            let list = names.join(", ");
            (format!("Les colonnes sont : {list}."), format!("The columns are: {list}."))
        }
    };
    Some(Notice::error(
        "column.unknown",
        Place::column(key),
        format_args!("les données n’ont pas de colonne « {name} ». {fr}"),
        format_args!("the data have no column “{name}”. {en}"),
    ))
}
