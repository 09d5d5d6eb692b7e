internal import StorageKit

// Many at once: what an import and the recovery of a snapshot are made of. The effect is that of the
// changes one by one; the order is nodes, relationships, properties, labels' and types' symbols
// before all.

extension GraphState {
    /// Appends nodes that all have the same labels.
    ///
    /// - Returns: The first one; the others follow it without a gap.
    /// - Throws: ``StorageError/Code/limitExceeded`` when there would be too many.
    @discardableResult
    mutating func loadNodes(count: Int, labels: [LabelSymbol]) throws(StorageError) -> NodeIndex {
        try loadNodes([[LabelSymbol]?](repeating: labels, count: count))
    }

    /// Appends nodes, each with its labels; `nil` leaves a gap, as a node does that was deleted.
    ///
    /// - Returns: The place of the first one.
    /// - Throws: ``StorageError/Code/limitExceeded`` when there would be too many.
    @discardableResult
    mutating func loadNodes(_ labels: [[LabelSymbol]?]) throws(StorageError) -> NodeIndex {
        let first = nextNode
        for labels in labels {
            let node = nextNode
            try apply(.createNode(node, labels: labels ?? []))
            if labels == nil { try apply(.deleteNode(node)) }
        }
        return first
    }

    /// Appends relationships of one type.
    ///
    /// - Parameters:
    ///   - sources: Where they begin; all are there.
    ///   - targets: Where they end, in step.
    ///   - type: Their type.
    /// - Returns: The first one; the others follow it without a gap.
    /// - Throws: ``StorageError/Code/limitExceeded`` when there would be too many.
    @discardableResult
    mutating func loadRelationships(
        sources: [NodeIndex], targets: [NodeIndex], type: TypeSymbol
    ) throws(StorageError) -> RelationshipIndex {
        try loadRelationships(
            zip(sources, targets).map { RelationshipEnds(source: $0, target: $1, type: type) })
    }

    /// Appends relationships; `nil` leaves a gap, as one does that was deleted.
    ///
    /// - Returns: The place of the first one.
    /// - Throws: ``StorageError/Code/limitExceeded`` when there would be too many.
    @discardableResult
    mutating func loadRelationships(
        _ ends: [RelationshipEnds?]
    ) throws(StorageError) -> RelationshipIndex {
        let first = nextRelationship
        for ends in ends {
            let relationship = nextRelationship
            let placeholder = NodeIndex(.max)
            try apply(
                .createRelationship(
                    relationship,
                    ends
                        ?? RelationshipEnds(
                            source: placeholder, target: placeholder, type: TypeSymbol(0))))
            if ends == nil { try apply(.deleteRelationship(relationship)) }
        }
        return first
    }

    /// Sets a property of nodes that follow each other.
    ///
    /// - Throws: ``StorageError/Code/constraintViolation`` by a unique index.
    mutating func loadProperty(
        _ key: KeySymbol, ofNodesFrom first: NodeIndex, _ values: PropertyValues
    ) throws(StorageError) {
        for place in 0..<values.count {
            guard let value = values[place] else { continue }
            let node = NodeIndex(first.rawValue + UInt32(place))
            try apply(.setNodeProperty(node, key, value))
        }
    }

    /// Sets a property of relationships that follow each other.
    mutating func loadProperty(
        _ key: KeySymbol, ofRelationshipsFrom first: RelationshipIndex, _ values: PropertyValues
    ) throws(StorageError) {
        for place in 0..<values.count {
            guard let value = values[place] else { continue }
            let relationship = RelationshipIndex(first.rawValue + UInt32(place))
            try apply(.setRelationshipProperty(relationship, key, value))
        }
    }
}
