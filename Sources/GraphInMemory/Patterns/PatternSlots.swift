internal import StorageKit

/// Which slots the variables of a pattern stand for, and what people call them.
struct PatternSlots: Sendable {
    private var slots: [GraphVariable: [PatternSlot]] = [:]
    private var names: [GraphVariable: String] = [:]

    init(_ pattern: GraphPattern) {
        for (place, node) in pattern.nodes.enumerated() {
            slots[node.variable] = [.node(place)]
            names[node.variable] = node.variable.name ?? "n\(place)"
        }
        for (place, relationship) in pattern.relationships.enumerated() {
            guard let variable = relationship.variable else { continue }
            slots[variable] = [.relationship(place)]
            names[variable] = variable.name ?? "r\(place)"
        }
        for (place, path) in pattern.paths.enumerated() {
            slots[path.variable] = path.relationships.map { .relationship($0) }
            names[path.variable] = path.variable.name ?? "p\(place)"
        }
    }

    /// The slots of a variable: one, or those of a path's relationships.
    subscript(variable: GraphVariable) -> [PatternSlot] { slots[variable] ?? [] }

    /// All that have to be known for a condition.
    func slots(of condition: GraphCondition) -> Set<PatternSlot> {
        Set(condition.variables.flatMap { self[$0] })
    }

    /// The place of a node; the pattern was checked.
    func node(_ variable: GraphVariable) -> Int {
        guard case .node(let place) = self[variable].first else { return 0 }
        return place
    }

    /// What a variable is called: its name, or its kind and place.
    func name(_ variable: GraphVariable) -> String { names[variable] ?? variable.description }
}
