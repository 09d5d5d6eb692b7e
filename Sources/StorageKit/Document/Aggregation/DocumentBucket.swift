/// Intervals, and what is made of the documents whose values lie in each.
///
/// An interval goes from a boundary, which is its `_id`, to the next one, which is not in it.
/// Intervals without documents do not come out.
public struct DocumentBucket: Hashable, Sendable {
    /// The value that lies in an interval.
    public var key: DocumentExpression
    /// The boundaries, ascending and of one type; at least two.
    public var boundaries: [DocumentValue]
    /// The `_id` of what lies in no interval; without one, such a document is
    /// ``StorageError/Code/wrongType``.
    public var `default`: DocumentValue?
    /// What is made of the documents of an interval.
    public var output: DocumentFields<DocumentAccumulator>

    /// Creates intervals.
    public init(
        by key: DocumentExpression, boundaries: [DocumentValue], default: DocumentValue? = nil,
        output: DocumentFields<DocumentAccumulator> = ["count": .count]
    ) {
        self.key = key
        self.boundaries = boundaries
        self.default = `default`
        self.output = output
    }
}
