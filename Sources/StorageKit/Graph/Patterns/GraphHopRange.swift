/// What can say how many hops an expansion has: `3`, `1...3`, `1...`, `.shortest(upTo: 6)`.
public protocol GraphHopRange: Sendable {
    /// The hops; `nil` for one relationship that is not a walk of one.
    var hops: GraphHops? { get }
}

extension GraphHops: GraphHopRange {
    /// Itself.
    public var hops: GraphHops? { self }
}

extension ClosedRange<Int>: GraphHopRange {
    /// From the lower bound to the upper one.
    public var hops: GraphHops? { GraphHops(lowerBound, upTo: upperBound) }
}

extension PartialRangeFrom<Int>: GraphHopRange {
    /// The lower bound or more.
    public var hops: GraphHops? { GraphHops(lowerBound, upTo: nil) }
}

extension Int: GraphHopRange {
    /// Exactly so many.
    public var hops: GraphHops? { GraphHops(self, upTo: self) }
}

extension GraphHopRange where Self == GraphHops {
    /// One of the shortest walks, of one hop at least, and of so many at the most.
    public static func shortest(upTo maximum: Int? = nil) -> GraphHops {
        GraphHops(1, upTo: maximum, isShortest: true)
    }
}
