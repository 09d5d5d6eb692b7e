internal import StorageKit

extension GraphDraft {
    /// Adds an edge list.
    ///
    /// - Parameter journals: Whether a journal is to hear of each change. Without one the arrays go
    ///   into the tables as they are.
    mutating func load(_ list: EdgeListLoad, journals: Bool) throws(StorageError) {
        guard list.count > 0 else { return }
        try state.checkRoom(nodes: list.nodes.numbers.count, relationships: list.count)
        var labels: [LabelSymbol] = []
        for label in list.options.labels { labels.append(try symbol(of: label)) }
        labels.sort()
        let type = try symbol(of: list.options.type)
        let number = try list.options.numberKey.map { key throws(StorageError) in
            try symbol(of: key)
        }
        let weight = try list.options.weightKey.map { key throws(StorageError) in
            try symbol(of: key)
        }
        let columns = Columns(labels: labels, type: type, number: number, weight: weight)
        // An index wants to see each node's values with its labels.
        if journals || !state.indexes.definitions.isEmpty {
            try loadEach(list, columns)
        } else {
            try loadArrays(list, columns)
        }
    }

    private struct Columns {
        let labels: [LabelSymbol]
        let type: TypeSymbol
        let number: KeySymbol?
        let weight: KeySymbol?
    }

    private mutating func loadArrays(
        _ list: EdgeListLoad, _ columns: Columns
    ) throws(StorageError) {
        try bulk { state throws(StorageError) in
            let nodes = list.nodes
            let first = try state.loadNodes(count: nodes.numbers.count, labels: columns.labels)
            if let number = columns.number {
                try state.loadProperty(number, ofNodesFrom: first, list.numberColumn)
            }
            let start = first.rawValue
            let relationship = try state.loadRelationships(
                sources: nodes.sources.map { NodeIndex(start + $0) },
                targets: nodes.targets.map { NodeIndex(start + $0) }, type: columns.type)
            guard let weight = columns.weight, !list.weights.isEmpty else { return }
            try state.loadProperty(weight, ofRelationshipsFrom: relationship, list.weightColumn)
        }
    }

    private mutating func loadEach(_ list: EdgeListLoad, _ columns: Columns) throws(StorageError) {
        let start = state.nextNode.rawValue
        for value in list.nodes.numbers {
            let node = state.nextNode
            try apply(.createNode(node, labels: columns.labels))
            guard let number = columns.number else { continue }
            try apply(.setNodeProperty(node, number, .integer(Int64(value))))
        }
        for place in 0..<list.count {
            let relationship = state.nextRelationship
            let ends = RelationshipEnds(
                source: NodeIndex(start + list.nodes.sources[place]),
                target: NodeIndex(start + list.nodes.targets[place]), type: columns.type)
            try apply(.createRelationship(relationship, ends))
            guard let weight = columns.weight, let value = list.weight(place) else { continue }
            try apply(.setRelationshipProperty(relationship, weight, .double(value)))
        }
    }
}
