//! Which kinds of chart are there?

/// The kind of chart: a recipe over marks, scales and arrangements.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Bars from zero.
    Bar,
    /// Lines through points.
    Line,
    /// Lines that keep a value until the next.
    Step,
    /// Lines whose area is filled down to zero, or to the series below.
    Area,
    /// A point a value.
    Dot,
    /// A point on a thin stem from zero.
    Lollipop,
    /// The values of a category on one line, from the smallest to the largest.
    Dumbbell,
    /// Two moments, joined.
    Slope,
    /// Points of two measures, with a third as their area.
    Scatter,
    /// How many rows fall in each class of a measure.
    Histogram,
    /// Quartiles by category.
    Box,
    /// Every row as a point, by category.
    Strip,
    /// Cells coloured by their value.
    Heat,
    /// Sectors of a whole.
    Pie,
    /// The same around a hole.
    Donut,
    /// Rectangles whose areas are values.
    Treemap,
    /// A hundred squares for a whole.
    Waffle,
    /// Ages of two groups, back to back.
    Pyramid,
    /// Flows from one side to the other.
    Sankey,
    /// From one amount to another, through what adds and what takes away.
    Waterfall,
    /// Lines without axes, in a row of a table.
    Sparkline,
}

/// Every kind by its word.
pub const KINDS: [(&str, Kind); 21] = [
    ("bar", Kind::Bar),
    ("line", Kind::Line),
    ("step", Kind::Step),
    ("area", Kind::Area),
    ("dot", Kind::Dot),
    ("lollipop", Kind::Lollipop),
    ("dumbbell", Kind::Dumbbell),
    ("slope", Kind::Slope),
    ("scatter", Kind::Scatter),
    ("histogram", Kind::Histogram),
    ("box", Kind::Box),
    ("strip", Kind::Strip),
    ("heat", Kind::Heat),
    ("pie", Kind::Pie),
    ("donut", Kind::Donut),
    ("treemap", Kind::Treemap),
    ("waffle", Kind::Waffle),
    ("pyramid", Kind::Pyramid),
    ("sankey", Kind::Sankey),
    ("waterfall", Kind::Waterfall),
    ("sparkline", Kind::Sparkline),
];

pub(crate) const WORDS: [&str; KINDS.len()] = {
    let mut words = [""; KINDS.len()];
    let mut idx = 0;
    while idx < KINDS.len() {
        #[allow(clippy::indexing_slicing, reason = "at compile time, where an error is one of the compiler's")]
        {
            words[idx] = KINDS[idx].0;
        }
        idx += 1;
    }
    words
};

/// The word of a kind.
pub(crate) fn word(kind: Kind) -> &'static str {
    KINDS.iter().find(|(_, other)| *other == kind).map_or("", |(word, _)| word)
}

impl Kind {
    /// The kind that a word means.
    pub fn named(word: &str) -> Option<Kind> {
        KINDS.iter().find(|(name, _)| *name == word).map(|(_, kind)| *kind)
    }

    /// Lines and areas: values between slots mean something.
    pub fn is_line(self) -> bool {
        matches!(self, Kind::Line | Kind::Step | Kind::Area | Kind::Sparkline | Kind::Slope)
    }

    /// A length from zero says the value: the axis starts there.
    pub fn is_length(self) -> bool {
        matches!(self, Kind::Bar | Kind::Area | Kind::Lollipop | Kind::Histogram | Kind::Pyramid | Kind::Waterfall)
    }

    /// Values stand along a scale, where a line can say a value.
    pub fn has_axis(self) -> bool {
        !self.is_whole() && !matches!(self, Kind::Slope | Kind::Heat | Kind::Treemap | Kind::Sankey | Kind::Sparkline)
    }

    /// Values that are parts of one whole.
    pub fn is_whole(self) -> bool {
        matches!(self, Kind::Pie | Kind::Donut | Kind::Waffle)
    }

    /// A row of the table is a mark, not a cell of categories and series.
    pub fn is_points(self) -> bool {
        matches!(self, Kind::Scatter | Kind::Strip)
    }
}
