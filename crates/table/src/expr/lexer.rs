//! Which words, numbers and signs is an expression made of, and where does each begin?

use super::{ExprError, Operator, error};
use crate::decimal::read_decimal;

/// A word, a number or a sign, and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Token {
    /// The position of its first letter, from 1.
    pub at: usize,
    /// What it is.
    pub lexeme: Lexeme,
}

/// What an expression is made of.
#[derive(Debug, Clone, PartialEq)]
pub enum Lexeme {
    /// `12.5`.
    Number(f64),
    /// `"école"`.
    Text(String),
    /// A name between back quotes.
    Column(String),
    /// A name.
    Word(String),
    /// `+`, `<=`, `and`.
    Operator(Operator),
    /// `not`.
    Not,
    /// A bracket or a comma.
    Sign(char),
    /// The end of the expression.
    End,
}

/// Cuts an expression. `is_sign` tells the signs that another language has beside brackets and commas; `SAYS`, whether what
/// is wrong is said in words.
///
/// # Errors
/// A sign that nothing knows, a quote that is not closed, a number that is none.
pub fn cut<const SAYS: bool>(source: &str, is_sign: fn(char) -> bool) -> Result<Vec<Token>, ExprError> {
    let letters: Vec<char> = source.chars().collect();
    let letter = |idx: usize| letters.get(idx).copied().unwrap_or('\0');
    let run = |from: usize, belongs: &dyn Fn(char) -> bool| -> String {
        letters.iter().skip(from).take_while(|letter| belongs(**letter)).collect()
    };
    let mut tokens = Vec::new();
    let mut idx = 0;
    while idx < letters.len() {
        let first = letter(idx);
        let at = idx + 1;
        let (lexeme, length) = match first {
            _ if first.is_whitespace() => {
                idx += 1;
                continue;
            }
            '0'..='9' => {
                let digits = run(idx, &|letter| letter.is_ascii_digit() || letter == '.');
                let number = read_decimal(&digits, 0).ok_or_else(|| {
                    error::<SAYS>(
                        at,
                        format_args!(
                            "« {digits} » n’est pas un nombre (décimales après un point, quinze chiffres au plus)."
                        ),
                        format_args!("“{digits}” is not a number (decimals after a point, fifteen digits at most)."),
                    )
                })?;
                (Lexeme::Number(number), digits.chars().count())
            }
            '"' | '\'' | '`' | '“' | '«' => {
                let closing = match first {
                    '“' => '”',
                    '«' => '»',
                    same => same,
                };
                let inside = run(idx + 1, &|letter| letter != closing);
                let length = inside.chars().count() + 2;
                if letter(idx + length - 1) != closing {
                    return Err(error::<SAYS>(
                        at,
                        format_args!("le guillemet {first} n’est pas refermé."),
                        format_args!("the quote {first} is not closed."),
                    ));
                }
                let inside = if first == '«' { inside.trim().to_string() } else { inside };
                (if first == '`' { Lexeme::Column(inside) } else { Lexeme::Text(inside) }, length)
            }
            '(' | ')' | ',' => (Lexeme::Sign(first), 1),
            _ if is_sign(first) => (Lexeme::Sign(first), 1),
            _ if is_word(first) => word(run(idx, &is_word)),
            _ => sign(first, letter(idx + 1)).ok_or_else(|| {
                error::<SAYS>(
                    at,
                    format_args!("le signe « {first} » n’est pas compris."),
                    format_args!("the sign “{first}” is not understood."),
                )
            })?,
        };
        tokens.push(Token { at, lexeme });
        idx += length;
    }
    tokens.push(Token { at: letters.len() + 1, lexeme: Lexeme::End });
    Ok(tokens)
}

/// Letters, digits and `_`; past ASCII, whatever is not a sign of the language (letters of all alphabets, `²`, `°`).
fn is_word(letter: char) -> bool {
    let is_sign = letter.is_whitespace()
        || letter.is_control()
        || ['≠', '≤', '≥', '−', '×', '÷', '“', '”', '«', '»'].contains(&letter);
    letter.is_ascii_alphanumeric() || letter == '_' || (!letter.is_ascii() && !is_sign)
}

fn word(word: String) -> (Lexeme, usize) {
    let length = word.chars().count();
    let lexeme = match word.as_str() {
        "and" => Lexeme::Operator(Operator::And),
        "or" => Lexeme::Operator(Operator::Or),
        "not" => Lexeme::Not,
        _ => Lexeme::Word(word),
    };
    (lexeme, length)
}

fn sign(first: char, second: char) -> Option<(Lexeme, usize)> {
    let (operator, length) = match (first, second) {
        ('<', '=') => (Operator::LessOrEqual, 2),
        ('>', '=') => (Operator::MoreOrEqual, 2),
        ('!', '=') | ('<', '>') => (Operator::Differs, 2),
        ('=', '=') => (Operator::Equal, 2),
        ('&', '&') => (Operator::And, 2),
        ('|', '|') => (Operator::Or, 2),
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
        ('%', _) => (Operator::Remainder, 1),
        ('!', _) => return Some((Lexeme::Not, 1)),
        _ => return None,
    };
    Some((Lexeme::Operator(operator), length))
}
