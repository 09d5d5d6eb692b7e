internal import StorageKit

// Many at once: what an import and the recovery of a snapshot are made of. The effect is that of
// the changes one by one; the order is nodes, relationships, properties, labels' and types' symbols
// before all.

extension GraphState {
    /// Appends nodes that all have the same labels.
    ///
    /// - Returns: The first one; the others follow it without a gap.
    /// - Throws: ``StorageError/Code/limitExceeded`` when there would be too many.
    @discardableResult
    mutating func loadNodes(count: Int, labels: [LabelSymbol]) throws(StorageError) -> NodeIndex {
        try checkRoom(nodes: count)
        let first = nextNode
        nodeTable.load(nodeEnd..<nodeEnd + count, labels: labels)
        nodeEnd += count
        nodeCount += count
        return first
    }

    /// Appends nodes, each with its labels; `nil` leaves a gap, as a node does that was deleted.
    ///
    /// - Returns: The place of the first one.
    /// - Throws: ``StorageError/Code/limitExceeded`` when there would be too many.
    @discardableResult
    mutating func loadNodes(_ labels: [[LabelSymbol]?]) throws(StorageError) -> NodeIndex {
        try checkRoom(nodes: labels.count)
        let first = nextNode
        var start = 0
        while start < labels.count {
            let end = labels[start...].firstIndex { $0 != labels[start] } ?? labels.count
            if let labels = labels[start] {
                try loadNodes(count: end - start, labels: labels)
            } else {
                nodeEnd += end - start
            }
            start = end
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
        precondition(sources.count == targets.count)
        return try loadRelationships(count: sources.count) {
            RelationshipEnds(source: sources[$0], target: targets[$0], type: type)
        }
    }

    /// Appends relationships; `nil` leaves a gap, as one does that was deleted.
    ///
    /// - Returns: The place of the first one.
    /// - Throws: ``StorageError/Code/limitExceeded`` when there would be too many.
    @discardableResult
    mutating func loadRelationships(
        _ ends: [RelationshipEnds?]
    ) throws(StorageError) -> RelationshipIndex {
        try loadRelationships(count: ends.count) { ends[$0] ?? .absent }
    }

    private mutating func loadRelationships(
        count: Int, _ ends: (Int) -> RelationshipEnds
    ) throws(StorageError) -> RelationshipIndex {
        try checkRoom(relationships: count)
        let first = nextRelationship
        relationshipTable.load(from: relationshipEnd, count: count, ends)
        // Rows are built at once where that is less work than chaining each.
        let builds = count > 1_024 && count > relationshipCount / 4
        relationshipEnd += count
        if builds {
            countLoaded(from: first.place)
        } else {
            chainLoaded(from: first.place)
        }
        if builds { install(merged()) }
        return first
    }

    private mutating func chainLoaded(from first: Int) {
        for place in first..<relationshipEnd {
            let relationship = RelationshipIndex(UInt32(truncatingIfNeeded: place))
            guard let ends = relationshipTable.ends(of: relationship) else { continue }
            precondition(contains(ends.source) && contains(ends.target))
            relationshipTable.count(1, of: ends.type)
            relationshipCount += 1
            adjacency.insert(relationship, ends)
        }
    }

    /// Counts relationships that are chained to nothing, as a base is to be built at once.
    private mutating func countLoaded(from first: Int) {
        var counts: [Int] = []
        var loops: [RelationshipEnds] = []
        relationshipTable.rows.forEachPage(in: first..<relationshipEnd) { _, rows in
            for ends in rows where ends.isPresent {
                precondition(contains(ends.source) && contains(ends.target))
                while counts.count <= Int(ends.type.rawValue) { counts.append(0) }
                counts[Int(ends.type.rawValue)] += 1
                if ends.source == ends.target { loops.append(ends) }
            }
        }
        for (slot, count) in counts.enumerated() where count > 0 {
            let type = TypeSymbol(UInt32(truncatingIfNeeded: slot))
            relationshipTable.count(count, of: type)
            relationshipCount += count
            adjacency.countUnchained(count, of: type)
        }
        for loop in loops { adjacency.countLoop(loop) }
    }

    /// Sets a property of nodes that follow each other, are there, and do not have it yet.
    ///
    /// - Throws: ``StorageError/Code/constraintViolation`` by a unique index.
    mutating func loadProperty(
        _ key: KeySymbol, ofNodesFrom first: NodeIndex, _ values: PropertyValues
    ) throws(StorageError) {
        guard !indexes.definitions.isEmpty else {
            return nodeProperties.load(key, from: first.place, values)
        }
        for place in 0..<values.count {
            guard let value = values[place] else { continue }
            let node = NodeIndex(first.rawValue + UInt32(place))
            try apply(.setNodeProperty(node, key, value))
        }
    }

    /// Sets a property of relationships that follow each other, are there, and do not have it yet.
    mutating func loadProperty(
        _ key: KeySymbol, ofRelationshipsFrom first: RelationshipIndex, _ values: PropertyValues
    ) throws(StorageError) {
        relationshipProperties.load(key, from: first.place, values)
    }
}
