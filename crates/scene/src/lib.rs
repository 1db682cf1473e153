//! A picture as a value: shapes, colours, text widths, and the one SVG writer
