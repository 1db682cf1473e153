//! A table and a specification in, a drawing out: picture, words, table twin
