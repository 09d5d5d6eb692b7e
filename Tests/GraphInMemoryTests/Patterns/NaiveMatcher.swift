import StorageKit

@testable import GraphInMemory

/// The matches of a pattern from the definition: every way to give the variables something is
/// tried, and those of which all is true are kept.
struct NaiveMatcher {
    let graph: PlainGraph
    let pattern: GraphPattern

    /// What the variables of a match stand for.
    struct Assignment {
        var nodes: [GraphVariable: Int] = [:]
        /// By the place in the pattern.
        var walks: [[Int]] = []
        /// What a hop's condition is about.
        var hop: Int?
    }

    private let present: [Int]

    init(_ graph: PlainGraph, _ pattern: GraphPattern) {
        self.graph = graph
        self.pattern = pattern
        present = graph.nodes.indices.filter { graph.nodes[$0] != nil }
    }

    /// All matches, before distinct, order, skip and limit.
    var matches: [Assignment] {
        var all = [Assignment()]
        for node in pattern.nodes {
            all = all.flatMap { assignment in
                present.map { place in
                    var assignment = assignment
                    assignment.nodes[node.variable] = place
                    return assignment
                }
            }.filter { assignment in
                node.labels.isSubset(of: graph.nodes[assignment.nodes[node.variable]!]!.labels)
            }
        }
        for relationship in pattern.relationships {
            all = all.flatMap { assignment in
                walks(of: relationship, assignment).filter { walk in
                    Set(walk).isDisjoint(with: assignment.walks.flatMap(\.self))
                }.map { walk in
                    var assignment = assignment
                    assignment.walks.append(walk)
                    return assignment
                }
            }
        }
        return all.filter { truth(of: pattern.condition, $0) == true }
    }

    /// All trails that a relationship of the pattern can be, between the nodes of its ends.
    private func walks(of relationship: GraphRelationshipPattern, _ assignment: Assignment)
        -> [[Int]]
    {
        let (minimum, maximum) = (
            relationship.hops?.minimum ?? 1, relationship.hops.map { $0.maximum ?? .max } ?? 1
        )
        let target = assignment.nodes[relationship.target]!
        var found: [[Int]] = []
        func go(_ node: Int, _ walk: [Int]) {
            if walk.count >= minimum, node == target { found.append(walk) }
            guard walk.count < maximum else { return }
            for (place, candidate) in graph.relationships.enumerated() where !walk.contains(place) {
                guard let candidate else { continue }
                let expansion = relationship.expansion
                guard expansion.types.isEmpty || expansion.types.contains(candidate.type) else {
                    continue
                }
                var asked = assignment
                asked.hop = place
                if let condition = relationship.condition,
                    truth(of: condition.condition(on: Self.hop), asked) != true
                {
                    continue
                }
                let ways: Set<Int> =
                    switch expansion.direction {
                    case .outgoing: candidate.source == node ? [candidate.target] : []
                    case .incoming: candidate.target == node ? [candidate.source] : []
                    case .either:
                        candidate.source == node
                            ? [candidate.target]
                            : candidate.target == node ? [candidate.source] : []
                    }
                for way in ways { go(way, walk + [place]) }
            }
        }
        go(assignment.nodes[relationship.source]!, [])
        return found
    }

    private static let hop = GraphVariable("hop")

    // MARK: Values

    func values(_ assignment: Assignment) -> [GraphMatchValue] {
        pattern.columns.map { column in
            switch column {
            case .operand(let operand): .value(value(operand, assignment))
            case .id(let variable), .element(let variable): id(variable, assignment)
            }
        }
    }

    private func id(_ variable: GraphVariable, _ assignment: Assignment) -> GraphMatchValue {
        if let node = assignment.nodes[variable] { return .nodeID(NodeID(UInt64(node))) }
        if let place = pattern.relationships.firstIndex(where: { $0.variable == variable }) {
            let ids = assignment.walks[place].map { RelationshipID(UInt64($0)) }
            return pattern.relationships[place].hops == nil
                ? .relationshipID(ids[0]) : .relationshipIDs(ids)
        }
        let path = pattern.paths.first { $0.variable == variable }!
        var nodes = [assignment.nodes[path.start]!]
        let walk = path.relationships.flatMap { assignment.walks[$0] }
        for place in walk {
            let relationship = graph.relationships[place]!
            nodes.append(
                relationship.source == nodes.last! ? relationship.target : relationship.source)
        }
        return .path(
            GraphPath(
                nodes: nodes.map { NodeID(UInt64($0)) },
                relationships: walk.map { RelationshipID(UInt64($0)) }))
    }

    func value(_ operand: GraphOperand, _ assignment: Assignment) -> GraphValue? {
        switch operand {
        case .value(let value): return value
        case .property(let variable, let key):
            if let node = assignment.nodes[variable] { return graph.nodes[node]!.properties[key] }
            return relationship(variable, assignment).flatMap {
                graph.relationships[$0]!.properties[key]
            }
        case .id(let variable):
            let id = assignment.nodes[variable] ?? relationship(variable, assignment)
            return id.map { .integer(Int64($0)) }
        case .length(let variable):
            if let path = pattern.paths.first(where: { $0.variable == variable }) {
                let length = path.relationships.reduce(0) { $0 + assignment.walks[$1].count }
                return .integer(Int64(length))
            }
            let place = pattern.relationships.firstIndex { $0.variable == variable }!
            return .integer(Int64(assignment.walks[place].count))
        }
    }

    private func relationship(_ variable: GraphVariable, _ assignment: Assignment) -> Int? {
        let place = pattern.relationships.firstIndex { $0.variable == variable }
        return place.map { assignment.walks[$0][0] } ?? assignment.hop
    }

    // MARK: Conditions

    private func truth(of condition: GraphCondition, _ assignment: Assignment) -> Bool? {
        switch condition {
        case .compare(let left, let comparison, let right):
            guard let left = value(left, assignment), let right = value(right, assignment) else {
                return nil
            }
            return compare(left, comparison, right)
        case .oneOf(let operand, let values):
            return value(operand, assignment).map { value in
                values.contains { value.isEqual(to: $0) }
            }
        case .text(let operand, let test, let text):
            guard case .string(let value) = value(operand, assignment) else { return nil }
            return switch test {
            case .prefix: value.hasPrefix(text)
            case .suffix: value.hasSuffix(text)
            case .contains: text.isEmpty || value.contains(text)
            }
        case .exists(let operand): return value(operand, assignment) != nil
        case .label(let variable, let label):
            return graph.nodes[assignment.nodes[variable]!]!.labels.contains(label)
        case .related(let source, let expansion, let target):
            let one = GraphRelationshipPattern(from: source, expansion, to: target)
            return !walks(of: one, assignment).isEmpty
        case .every(let parts):
            let truths = parts.map { truth(of: $0, assignment) }
            return truths.contains(false) ? false : truths.contains(nil) ? nil : true
        case .either(let parts):
            let truths = parts.map { truth(of: $0, assignment) }
            return truths.contains(true) ? true : truths.contains(nil) ? nil : false
        case .not(let part): return truth(of: part, assignment).map { !$0 }
        }
    }

    private func compare(
        _ left: GraphValue, _ comparison: GraphComparison, _ right: GraphValue
    ) -> Bool? {
        let order = left.compared(to: right)
        let isNaN =
            [left, right].contains(.double(.nan)) || order == nil && left.isNumber && right.isNumber
        return switch comparison {
        case .equal: left.isEqual(to: right)
        case .notEqual: !left.isEqual(to: right)
        case .less: isNaN && left.isNumber && right.isNumber ? false : order.map { $0 < 0 }
        case .lessOrEqual: isNaN && left.isNumber && right.isNumber ? false : order.map { $0 <= 0 }
        case .greater: isNaN && left.isNumber && right.isNumber ? false : order.map { $0 > 0 }
        case .greaterOrEqual:
            isNaN && left.isNumber && right.isNumber ? false : order.map { $0 >= 0 }
        }
    }
}

extension GraphValue {
    fileprivate var isNumber: Bool {
        switch self {
        case .integer, .double: true
        default: false
        }
    }
}
