internal import StorageKit

extension GraphState {
    /// Whether a change that was read from a file can be carried out: ``apply(_:)`` takes for
    /// granted that its nodes, relationships and symbols are there.
    ///
    /// A log that was written by this package never holds one that cannot; a file that somebody
    /// made may.
    func admits(_ change: GraphChange) -> Bool {
        switch change {
        case .defineLabel, .defineType, .defineKey, .createIndex, .dropIndex: true
        case .createNode(let node, let labels):
            node == nextNode && labels.allSatisfy(knows)
                && (labels.count < 2 || Set(labels).count == labels.count)
        case .addLabel(let node, let label), .removeLabel(let node, let label):
            contains(node) && knows(label)
        case .setNodeProperty(let node, let key, _): contains(node) && knows(key)
        case .deleteNode(let node): contains(node) && degree(of: node, .either) == 0
        case .createRelationship(let relationship, let ends):
            relationship == nextRelationship && contains(ends.source) && contains(ends.target)
                && knows(ends.type)
        case .setRelationshipProperty(let relationship, let key, _):
            contains(relationship) && knows(key)
        case .deleteRelationship(let relationship): contains(relationship)
        }
    }

    private func knows(_ label: LabelSymbol) -> Bool { label.rawValue < labels.names.count }
    private func knows(_ type: TypeSymbol) -> Bool { type.rawValue < types.names.count }
    private func knows(_ key: KeySymbol) -> Bool { key.rawValue < keys.names.count }

    /// Carries a change out that was read at a place of a file.
    ///
    /// - Throws: ``MalformedBytes`` for one that cannot be carried out.
    mutating func replay(_ change: GraphChange, at offset: Int) throws(MalformedBytes) {
        guard admits(change) else {
            throw MalformedBytes(offset: offset, reason: "a change does not fit the graph")
        }
        do throws(StorageError) {
            try apply(change)
        } catch {
            throw MalformedBytes(offset: offset, reason: "a unique index refuses a change")
        }
    }
}
