extension GraphPattern {
    /// The pattern, ordered by these, behind what it is ordered by.
    public func ordered(by order: GraphOrder...) -> GraphPattern {
        var pattern = self
        pattern.order += order
        return pattern
    }

    /// The pattern; matches of which the same is read count once.
    ///
    /// Nodes and relationships are the same by their ids, values as numbers are: `1` is `1.0`.
    public func distinct() -> GraphPattern {
        var pattern = self
        pattern.isDistinct = true
        return pattern
    }

    /// The pattern without so many of its first matches.
    public func skip(_ count: Int) -> GraphPattern {
        var pattern = self
        pattern.skip = count
        return pattern
    }

    /// The pattern with so many matches at the most.
    public func limit(_ count: Int) -> GraphPattern {
        var pattern = self
        pattern.limit = count
        return pattern
    }

    /// The pattern, of which these are read.
    public func selecting(_ selection: [GraphSelection]) -> GraphPattern {
        var pattern = self
        pattern.selection = selection
        return pattern
    }
}
