//! What helps to read a plot: axes, legends, labels. Ours, because French numbers and collisions are what matters.

pub(crate) mod annotation;
pub(crate) mod axis;
pub(crate) mod label;
pub(crate) mod legend;
