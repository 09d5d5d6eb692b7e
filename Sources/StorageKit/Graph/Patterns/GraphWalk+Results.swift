extension GraphWalk {
    /// The walk, where this is true of the node that it has come to.
    public func filter(_ condition: GraphElementCondition) -> Self {
        with(pattern.filter(end.satisfies(condition)))
    }

    /// The walk; a node that several ways lead to counts once.
    public func distinct() -> Self { with(pattern.distinct()) }

    /// The walk, its nodes ordered by a property, behind what it is ordered by.
    public func ordered<Value>(
        by property: GraphProperty<Value>, _ direction: SortOrder = .ascending
    ) -> Self {
        with(pattern.ordered(by: GraphOrder(end[property].operand, direction)))
    }

    /// The walk without so many of its first nodes.
    public func skip(_ count: Int) -> Self { with(pattern.skip(count)) }

    /// The walk with so many nodes at the most.
    public func limit(_ count: Int) -> Self { with(pattern.limit(count)) }

    private func with(_ pattern: GraphPattern) -> Self { Self(reader, pattern, end: end) }
}

extension GraphWalk {
    /// The ids of the nodes: the cheapest to read.
    public var ids: ResultSequence<NodeID> { reader.matches(of: pattern, selecting: end.id) }

    /// The whole nodes.
    public var nodes: ResultSequence<GraphNode> {
        reader.matches(of: pattern.selecting([.element(end.variable)])).mapped { $0[end] }
    }

    /// The nodes as what the last step said that they are.
    public var entities: ResultSequence<Node> { reader.matches(of: pattern, selecting: end) }

    /// A property of the nodes; `nil` where it is absent.
    ///
    /// With ``distinct()``, each value comes once.
    public func values<Value>(
        of property: GraphProperty<Value>
    ) -> ResultSequence<GraphExpression<Value>.Output> {
        reader.matches(of: pattern, selecting: end[property])
    }

    /// How many nodes, or ways.
    ///
    /// One round trip.
    public func count() async throws(StorageError) -> Int {
        try await reader.count(of: pattern.selecting([.id(end.variable)]))
    }
}
