//! How is a plain file asked for?

use super::{Asked, File, Move, Source};
use crate::origin::Origin;
use crate::request::{Answer, refused};
use crate::url::decode;

/// A file at an address. What it is, its bytes will say.
#[derive(Debug)]
pub(super) struct Plain {
    address: String,
    /// `budget.xlsx#Recettes`: the sheet of a workbook.
    sheet: Option<String>,
}

impl Plain {
    pub(super) fn new(address: String) -> Plain {
        match address.split_once('#') {
            Some((address, sheet)) => Plain { address: address.to_string(), sheet: Some(decode(sheet)) },
            None => Plain { address, sheet: None },
        }
    }
}

impl Source for Plain {
    fn start(&mut self, _: &Asked) -> Move {
        Move::Read(File { address: self.address.clone(), sheet: self.sheet.clone(), ..File::default() })
    }

    fn answer(&mut self, _: &Asked, answer: &Answer) -> Move {
        Move::Failed(refused(answer, &answer.address, None))
    }

    /// A file's date on its server is not the date of the data: a copy made today would look new.
    fn origin(&self) -> Origin {
        Origin { file: Some(self.address.clone()).filter(|address| !address.is_empty()), ..Origin::default() }
    }

    fn is_file(&self) -> bool {
        true
    }
}
