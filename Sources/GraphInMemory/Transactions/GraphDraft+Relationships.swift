internal import StorageKit

extension GraphDraft {
    mutating func createRelationships(
        _ relationships: [GraphRelationshipDraft]
    ) throws(StorageError) -> [RelationshipID] {
        try limits.check(batchOf: relationships.count)
        for relationship in relationships {
            try limits.check(name: relationship.type.name, of: "type")
            try limits.check(relationship.properties)
        }
        var ids: [RelationshipID] = []
        ids.reserveCapacity(relationships.count)
        for relationship in relationships { ids.append(try create(relationship)) }
        return ids
    }

    private mutating func create(
        _ draft: GraphRelationshipDraft
    ) throws(StorageError) -> RelationshipID {
        guard let source = state.node(draft.source), let target = state.node(draft.target) else {
            throw StorageError(
                code: .notFound, message: "a node that the relationship is to connect is not there")
        }
        let type = try symbol(of: draft.type)
        let relationship = state.nextRelationship
        guard relationship.rawValue != .max else { throw .graphIsFull(of: "relationships") }
        let ends = RelationshipEnds(source: source, target: target, type: type)
        try apply(.createRelationship(relationship, ends))
        for (key, value) in draft.properties { try set(value, at: key, of: relationship) }
        return relationship.id
    }

    mutating func updateRelationship(
        _ id: RelationshipID, _ update: GraphRelationshipUpdate
    ) throws(StorageError) -> Bool {
        try limits.check(update.properties)
        guard let relationship = state.relationship(id) else { return false }
        let present = state.properties(of: relationship).map(\.key)
        for key in superfluous(present, update.properties) where update.replacesProperties {
            try apply(.setRelationshipProperty(relationship, key, nil))
        }
        for (key, value) in update.properties { try set(value, at: key, of: relationship) }
        return true
    }

    mutating func deleteRelationship(_ id: RelationshipID) throws(StorageError) -> Bool {
        guard let relationship = state.relationship(id) else { return false }
        try apply(.deleteRelationship(relationship))
        return true
    }

    private mutating func set(
        _ value: GraphValue?, at key: PropertyKey, of relationship: RelationshipIndex
    ) throws(StorageError) {
        if value == nil {
            guard let key = state.keys.symbol(of: key),
                state.property(key, of: relationship) != nil
            else { return }
            return try apply(.setRelationshipProperty(relationship, key, nil))
        }
        try apply(.setRelationshipProperty(relationship, symbol(of: key), value))
    }
}
