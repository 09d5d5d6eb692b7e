extension GraphPattern {
    /// Whether the pattern means something: every variable is one of its parts, and asked only what
    /// that kind of part has.
    ///
    /// - Throws: ``StorageError/Code/invalidArgument``.
    package func check() throws(StorageError) {
        let kinds = try kindsOfVariables()
        guard !nodes.isEmpty else { throw .pattern("a pattern has a node at least") }
        guard skip >= 0, limit ?? 0 >= 0 else {
            throw .pattern("skip and limit of a pattern are not below 0")
        }
        for relationship in relationships { try check(relationship, kinds) }
        for path in paths { try check(path) }
        try check(condition, kinds)
        for column in columns { try check(column, kinds) }
        for part in order { try check(part.operand, kinds) }
        if isDistinct { try checkOrderOfDistinct() }
    }

    private enum Kind { case node, relationship, walk, path }

    private func kindsOfVariables() throws(StorageError) -> [GraphVariable: Kind] {
        var kinds: [GraphVariable: Kind] = [:]
        let all: [(GraphVariable, Kind)] =
            nodes.map { ($0.variable, .node) }
            + relationships.compactMap { relationship in
                relationship.variable.map { ($0, relationship.hops == nil ? .relationship : .walk) }
            } + paths.map { ($0.variable, .path) }
        for (variable, kind) in all where kinds.updateValue(kind, forKey: variable) != nil {
            throw .pattern("\(variable) stands for two parts of the pattern")
        }
        return kinds
    }

    private func check(
        _ relationship: GraphRelationshipPattern, _ kinds: [GraphVariable: Kind]
    ) throws(StorageError) {
        guard kinds[relationship.source] == .node, kinds[relationship.target] == .node else {
            throw .pattern(
                "a relationship goes from a node of the pattern to another; begin with match")
        }
        if let hops = relationship.hops {
            guard hops.minimum >= 0, hops.maximum ?? hops.minimum >= hops.minimum else {
                throw .pattern("\(hops) is no number of hops")
            }
            guard !hops.isShortest || hops.minimum <= 1 else {
                throw .pattern("a shortest walk has a minimum of 0 hops or of 1")
            }
        }
        try relationship.condition.map { condition throws(StorageError) in
            try check(condition.condition, [.element: .relationship])
        }
    }

    private func check(_ path: GraphPathPattern) throws(StorageError) {
        var end = path.start
        guard nodes.contains(where: { $0.variable == end }) else {
            throw .pattern("a path begins at a node of the pattern")
        }
        for place in path.relationships {
            guard relationships.indices.contains(place), relationships[place].source == end else {
                throw .pattern("a path goes along relationships that follow each other")
            }
            end = relationships[place].target
        }
    }

    private func check(
        _ condition: GraphCondition, _ kinds: [GraphVariable: Kind]
    ) throws(StorageError) {
        switch condition {
        case .compare(let left, _, let right):
            try check(left, kinds)
            try check(right, kinds)
        case .oneOf(let operand, _), .text(let operand, _, _), .exists(let operand):
            try check(operand, kinds)
        case .label(let variable, _): try check(variable, kinds, is: .node)
        case .related(let source, _, let target):
            try check(source, kinds, is: .node)
            try check(target, kinds, is: .node)
        case .every(let parts), .either(let parts):
            for part in parts { try check(part, kinds) }
        case .not(let part): try check(part, kinds)
        }
    }

    private func check(
        _ operand: GraphOperand, _ kinds: [GraphVariable: Kind]
    ) throws(StorageError) {
        switch operand {
        case .value: return
        case .property(let variable, _), .id(let variable):
            try check(variable, kinds, is: .node, .relationship)
        case .length(let variable): try check(variable, kinds, is: .relationship, .walk, .path)
        }
    }

    private func check(
        _ column: GraphSelection, _ kinds: [GraphVariable: Kind]
    ) throws(StorageError) {
        switch column {
        case .element(let variable), .id(let variable):
            try check(variable, kinds, is: .node, .relationship, .walk, .path)
        case .operand(let operand): try check(operand, kinds)
        }
    }

    private func check(
        _ variable: GraphVariable, _ kinds: [GraphVariable: Kind], is allowed: Kind...
    ) throws(StorageError) {
        guard let kind = kinds[variable] else {
            throw .pattern("\(variable) is no part of the pattern")
        }
        guard allowed.contains(kind) else {
            throw .pattern("a \(kind) as \(variable) has nothing of the kind that is asked of it")
        }
    }

    /// Of matches that count once, only what is read can be ordered by: the rest may differ.
    private func checkOrderOfDistinct() throws(StorageError) {
        let columns = Set(columns)
        for part in order {
            let variable = part.operand.variable
            let isRead =
                columns.contains(.operand(part.operand))
                || variable.map { columns.contains(.element($0)) || columns.contains(.id($0)) }
                    ?? true
            guard isRead else {
                throw .pattern("distinct matches are ordered by what is read of them only")
            }
        }
    }
}

extension StorageError {
    fileprivate static func pattern(_ message: String) -> StorageError {
        StorageError(code: .invalidArgument, message: message, operation: "matches")
    }
}
