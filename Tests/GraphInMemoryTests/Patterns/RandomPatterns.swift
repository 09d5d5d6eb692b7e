import StorageKit
import StorageKitTesting

/// Small graphs, and patterns of all kinds over their labels, types and properties.
struct RandomPatterns {
    var generator: SeededGenerator

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    private static let labels: [GraphLabel] = ["A", "B"]
    private static let types: [RelationshipType] = ["R", "S"]
    private static let keys: [PropertyKey] = ["x", "y"]
    private static let values: [GraphValue] = [
        1, 2, 1.0, 2.5, "a", "ab", "b", true, .double(.nan), [1, "a"], .bytes([1]), 3,
    ]

    mutating func chance(_ percent: Int) -> Bool {
        Int.random(in: 0..<100, using: &generator) < percent
    }

    mutating func one<Value>(of values: [Value]) -> Value {
        values[Int.random(in: values.indices, using: &generator)]
    }

    // MARK: Graphs

    mutating func graph() throws -> PlainGraph {
        var graph = PlainGraph()
        let count = Int.random(in: 1...5, using: &generator)
        for _ in 0..<count {
            try graph.node(Set(Self.labels.filter { _ in chance(60) }), properties())
        }
        for _ in 0..<Int.random(in: 0...6, using: &generator) {
            let (source, target) = (
                Int.random(in: 0..<count, using: &generator),
                Int.random(in: 0..<count, using: &generator)
            )
            try graph.relate(source, one(of: Self.types), target, properties())
        }
        if chance(30) { try graph.delete(Int.random(in: 0..<count, using: &generator)) }
        if chance(50) {
            try graph.index(GraphIndex(one(of: Self.labels), one(of: Self.keys)))
        }
        if chance(30) {
            try graph.index(GraphIndex(one(of: Self.labels), one(of: Self.keys), kind: .ordered))
        }
        return graph
    }

    private mutating func properties() -> [PropertyKey: GraphValue] {
        var properties: [PropertyKey: GraphValue] = [:]
        for key in Self.keys where chance(70) { properties[key] = one(of: Self.values) }
        return properties
    }

    // MARK: Patterns

    mutating func pattern() -> GraphPattern {
        let nodes = (0..<Int.random(in: 1...3, using: &generator)).map { _ in
            GraphNodePattern(GraphVariable(), labels: someLabels())
        }
        var pattern = GraphPattern(nodes: nodes)
        var end = one(of: nodes).variable
        for _ in 0..<Int.random(in: 0...3, using: &generator) {
            let source = chance(70) ? end : one(of: nodes).variable
            end = one(of: nodes).variable
            let isFirst = pattern.relationships.isEmpty
            pattern.relationships.append(relationship(from: source, to: end, isFirst))
        }
        if chance(40) { pattern.paths = [path(of: pattern)] }
        pattern.condition = .every(
            (0..<Int.random(in: 0...2, using: &generator)).map { _ in condition(pattern, depth: 2) }
        )
        pattern.selection = selection(pattern)
        return pattern
    }

    private mutating func someLabels() -> Set<GraphLabel> {
        if chance(3) { return ["Never"] }
        return Set(Self.labels.filter { _ in chance(25) })
    }

    private mutating func expansion() -> GraphExpansion {
        var types = Set(Self.types.filter { _ in chance(50) })
        if chance(3) { types = ["NEVER"] }
        return GraphExpansion(one(of: GraphDirection.allCases), types: types)
    }

    private mutating func relationship(
        from source: GraphVariable, to target: GraphVariable, _ isFirst: Bool
    ) -> GraphRelationshipPattern {
        // Several long walks would be too many for the definition.
        let least = Int.random(in: 0...(isFirst ? 2 : 1), using: &generator)
        let most = isFirst && chance(25) ? nil : least + Int.random(in: 0...1, using: &generator)
        let hops = chance(40) ? GraphHops(least, upTo: most) : nil
        let key = one(of: Self.keys)
        let condition =
            chance(20)
            ? GraphProperty<GraphValue>(key) == one(of: Self.values)
                || GraphProperty<GraphValue>(key).isMissing : nil
        return GraphRelationshipPattern(
            chance(80) ? GraphVariable() : nil, from: source, expansion(), to: target, hops: hops,
            where: condition)
    }

    private mutating func path(of pattern: GraphPattern) -> GraphPathPattern {
        let start = one(of: pattern.nodes).variable
        var (end, relationships) = (start, [Int]())
        for (place, relationship) in pattern.relationships.enumerated()
        where relationship.source == end {
            relationships.append(place)
            end = relationship.target
        }
        return GraphPathPattern(GraphVariable(), from: start, along: relationships)
    }

    private mutating func operand(_ pattern: GraphPattern) -> GraphOperand {
        let singles = pattern.relationships.filter { $0.hops == nil }.compactMap(\.variable)
        let lengths = pattern.relationships.compactMap(\.variable) + pattern.paths.map(\.variable)
        let elements = pattern.nodes.map(\.variable) + singles
        if !lengths.isEmpty, chance(15) { return .length(one(of: lengths)) }
        if chance(10) { return .id(one(of: elements)) }
        return .property(one(of: elements), chance(3) ? "never" : one(of: Self.keys))
    }

    private mutating func condition(_ pattern: GraphPattern, depth: Int) -> GraphCondition {
        let nodes = pattern.nodes.map(\.variable)
        switch Int.random(in: 0..<(depth > 0 ? 11 : 7), using: &generator) {
        case 0, 1:
            let right: GraphOperand = chance(40) ? operand(pattern) : .value(one(of: Self.values))
            let (left, comparison) = (operand(pattern), one(of: GraphComparison.allCases))
            return chance(20)
                ? .compare(right, comparison, left) : .compare(left, comparison, right)
        case 2: return .compare(operand(pattern), .equal, .value(one(of: Self.values)))
        case 3: return .oneOf(operand(pattern), (0..<2).map { _ in one(of: Self.values) })
        case 4:
            return .text(
                operand(pattern), one(of: GraphTextTest.allCases), one(of: ["", "a", "b"]))
        case 5: return .exists(operand(pattern))
        case 6:
            return chance(50)
                ? .label(one(of: nodes), one(of: Self.labels))
                : .related(one(of: nodes), expansion(), one(of: nodes))
        case 7, 8: return .not(condition(pattern, depth: depth - 1))
        case 9:
            return .either((0..<2).map { _ in condition(pattern, depth: depth - 1) })
        default:
            return .every((0..<2).map { _ in condition(pattern, depth: depth - 1) })
        }
    }

    private mutating func selection(_ pattern: GraphPattern) -> [GraphSelection] {
        var all = pattern.nodes.map { GraphSelection.id($0.variable) }
        all += pattern.relationships.compactMap(\.variable).map { .id($0) }
        all += pattern.paths.map { .element($0.variable) }
        all.append(.operand(operand(pattern)))
        return chance(60) ? all : all.filter { _ in chance(40) }
    }

    /// Distinct, an order, skip and limit, some of them.
    mutating func results(of pattern: GraphPattern) -> GraphPattern {
        var pattern = pattern
        let selected = (pattern.selection ?? []).compactMap { column in
            if case .operand(let operand) = column { operand } else { nil }
        }
        pattern.isDistinct = chance(40)
        if chance(70) {
            let operands = pattern.isDistinct ? selected : [operand(pattern), operand(pattern)]
            pattern.order = operands.map {
                GraphOrder($0, chance(50) ? .ascending : .descending)
            }
        }
        if chance(50) { pattern.skip = Int.random(in: 0...4, using: &generator) }
        if chance(60) { pattern.limit = Int.random(in: 0...6, using: &generator) }
        return pattern
    }
}
