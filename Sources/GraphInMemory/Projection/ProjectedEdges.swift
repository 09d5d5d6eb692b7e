internal import StorageKit

/// The relationships that a projection takes from a state, on their way into its rows.
struct ProjectedEdges {
    private let state: GraphState
    /// The types that are taken, by their symbols; `nil` for all.
    private let types: Set<TypeSymbol>?
    let nodes: ProjectedNodes
    /// The place of each node in the projection; `nil` where it is the same as in the graph.
    private let placeOfNode: [NodeIndex?]?
    private(set) var sources: [NodeIndex] = []
    private(set) var targets: [NodeIndex] = []
    private(set) var relationships: [RelationshipIndex] = []

    init(of state: GraphState, labels: [GraphLabel]?, types: [RelationshipType]?) {
        self.state = state
        self.types = types.map { Set($0.compactMap { state.types.symbol(of: $0) }) }
        let count = Int(state.nextNode.rawValue)
        if labels == nil, state.nodeCount == count {
            nodes = ProjectedNodes(all: count)
            placeOfNode = nil
        } else {
            let taken = Self.nodes(of: state, labels)
            var places = [NodeIndex?](repeating: nil, count: count)
            for (place, node) in taken.enumerated() {
                places[Int(node.rawValue)] = NodeIndex(UInt32(place))
            }
            nodes = ProjectedNodes(taken)
            placeOfNode = places
        }
    }

    private static func nodes(of state: GraphState, _ labels: [GraphLabel]?) -> [NodeIndex] {
        guard let labels else { return Array(state.nodes()) }
        let symbols = labels.compactMap { state.labels.symbol(of: $0) }
        if symbols.count == 1 { return Array(state.nodes(labelled: symbols[0])) }
        return Set(symbols.flatMap { Array(state.nodes(labelled: $0)) }).sorted()
    }

    /// Looks at all relationships of the state.
    ///
    /// - Throws: ``StorageError/Code/cancelled``.
    mutating func collect(_ pace: inout AlgorithmPace) throws(StorageError) {
        if types == nil, placeOfNode == nil { reserve(state.relationshipCount) }
        for relationship in state.relationships() {
            try pace.spend(1)
            guard let ends = state.ends(of: relationship) else { continue }
            if let types, !types.contains(ends.type) { continue }
            guard let source = place(of: ends.source), let target = place(of: ends.target)
            else { continue }
            sources.append(source)
            targets.append(target)
            relationships.append(relationship)
        }
    }

    private mutating func reserve(_ count: Int) {
        sources.reserveCapacity(count)
        targets.reserveCapacity(count)
        relationships.reserveCapacity(count)
    }

    private func place(of node: NodeIndex) -> NodeIndex? {
        guard let placeOfNode else { return node }
        return placeOfNode[Int(node.rawValue)]
    }

    /// What the relationships weigh; `nil` where each weighs 1.
    func weights(_ key: PropertyKey?, default: Double?) throws(StorageError) -> [Double]? {
        guard let key else { return nil }
        guard let symbol = state.keys.symbol(of: key) else {
            return try relationships.map { _ throws(StorageError) in
                try Self.number(nil, key, `default`)
            }
        }
        return try relationships.map { relationship throws(StorageError) in
            try Self.number(state.property(symbol, of: relationship), key, `default`)
        }
    }

    private static func number(
        _ value: GraphValue?, _ key: PropertyKey, _ absent: Double?
    ) throws(StorageError) -> Double {
        switch value {
        case .integer(let number): return Double(number)
        case .double(let number): return number
        case nil:
            if let absent { return absent }
            throw StorageError(
                code: .invalidArgument,
                message: "a relationship has no \(key) to weigh by; give a default weight",
                operation: "projection")
        default:
            throw StorageError(
                code: .wrongType, message: "\(key) of a relationship is not a number",
                operation: "projection")
        }
    }
}
