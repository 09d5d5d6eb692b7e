public import StorageKit
internal import Synchronization

/// A graph store with one defect.
public final class BrokenGraphStore<Base: GraphStore>: GraphStore {
    let base: Base
    let defect: GraphDefect
    private let lastDeleted = Mutex<NodeID?>(nil)
    private let madeCount = Mutex(0)

    /// Breaks a store.
    public init(_ base: Base, _ defect: GraphDefect) {
        self.base = base
        self.defect = defect
    }

    /// How much one call may carry.
    public var limits: GraphLimits { base.limits }

    /// Closes the store.
    public func close() async { if defect != .staysOpen { await base.close() } }
}

// MARK: Writing

extension BrokenGraphStore {
    /// Makes nodes.
    public func createNodes(_ nodes: [GraphNodeDraft]) async throws(StorageError) -> [NodeID] {
        let most = limits.maximumBatchSize
        switch defect {
        case .makesHalfBatches where nodes.count > 1:
            return try await base.createNodes(Array(nodes.prefix(1)))
                + base.createNodes(Array(nodes.dropFirst()))
        case .takesAnyBatch where nodes.count > most:
            return try await base.createNodes(Array(nodes.prefix(most)))
                + base.createNodes(Array(nodes.dropFirst(most)))
        case .losesSomeWrites:
            let count = madeCount.withLock { count in
                count += 1
                return count
            }
            guard count % 10 == 0 else { break }
            return [NodeID](repeating: NodeID(0), count: nodes.count)
        case .givesIDsAgain:
            if let last = lastDeleted.withLock({ $0 }) {
                _ = try await base.createNodes(nodes)
                return [last]
            }
        default: break
        }
        return try await base.createNodes(nodes.map(broken))
    }

    private func broken(_ draft: GraphNodeDraft) -> GraphNodeDraft {
        GraphNodeDraft(draft.labels, draft.properties.compactMapValues(broken))
    }

    private func broken(_ value: GraphValue) -> GraphValue? {
        switch (defect, value) {
        case (.dropsEmptyTexts, .string("")): nil
        case (.losesSigns, .double(0)): .double(0)
        default: value
        }
    }

    /// Makes relationships.
    public func createRelationships(
        _ relationships: [GraphRelationshipDraft]
    ) async throws(StorageError) -> [RelationshipID] {
        switch defect {
        case .swapsEnds:
            return try await base.createRelationships(
                relationships.map {
                    GraphRelationshipDraft(from: $0.target, $0.type, to: $0.source, $0.properties)
                })
        case .skipsMissingEnds:
            let targets = try await base.nodes(relationships.map(\.target))
            return try await base.createRelationships(
                zip(relationships, targets).filter { $0.1 != nil }.map(\.0))
        default: return try await base.createRelationships(relationships)
        }
    }

    /// Changes a node.
    public func updateNode(
        _ id: NodeID, _ update: GraphNodeUpdate
    ) async throws(StorageError) -> Bool {
        var update = update
        switch defect {
        case .forgetsOnUpdate: update.replacesProperties = true
        case .mergesReplacements: update.replacesProperties = false
        case .removesLabelsLast: update.addedLabels.subtract(update.removedLabels)
        default: break
        }
        let isThere = try await base.updateNode(id, update)
        return defect == .claimsChanges ? true : isThere
    }

    /// Changes a relationship.
    public func updateRelationship(
        _ id: RelationshipID, _ update: GraphRelationshipUpdate
    ) async throws(StorageError) -> Bool {
        var update = update
        if defect == .replacesRelationships { update.replacesProperties = true }
        return try await base.updateRelationship(id, update)
    }

    /// Deletes a node.
    public func deleteNode(_ id: NodeID, detaching: Bool) async throws(StorageError) -> Bool {
        let detaches = defect == .detachesAlways || (detaching && defect != .refusesDetaching)
        lastDeleted.withLock { $0 = id }
        return try await base.deleteNode(id, detaching: detaches)
    }

    /// Deletes a relationship.
    public func deleteRelationship(_ id: RelationshipID) async throws(StorageError) -> Bool {
        if defect == .keepsRelationships { return try await base.relationship(id) != nil }
        if defect == .deletesParallel, let one = try await base.relationship(id) {
            let others = try await base.neighbours(
                of: one.source, .outgoing(one.type), limit: limits.maximumPageSize)
            for other in others where other.node == one.target {
                _ = try await base.deleteRelationship(other.relationship)
            }
            return true
        }
        return try await base.deleteRelationship(id)
    }
}

// MARK: Reading

extension BrokenGraphStore {
    /// The nodes with these ids.
    public func nodes(_ ids: [NodeID]) async throws(StorageError) -> [GraphNode?] {
        let nodes = try await base.nodes(
            defect == .takesAnyBatch ? Array(ids.prefix(limits.maximumBatchSize)) : ids)
        guard defect == .closesGaps, ids.count > 1 else { return nodes }
        return nodes.filter { $0 != nil }
    }

    /// The relationships with these ids.
    public func relationships(
        _ ids: [RelationshipID]
    ) async throws(StorageError) -> [GraphRelationship?] {
        try await base.relationships(ids)
    }

    /// The next nodes of a label.
    public func nodes(
        labelled label: GraphLabel?, after id: NodeID?, limit: Int
    ) async throws(StorageError) -> [GraphNode] {
        var (id, limit) = (id, limit)
        if defect == .repeatsPageEnds, let last = id {
            id = last.rawValue == 0 ? nil : NodeID(last.rawValue - 1)
        }
        if defect == .cutsPages { limit = min(limit, limits.maximumPageSize) }
        return try await base.nodes(labelled: label, after: id, limit: limit)
    }

    private func broken(_ expansion: GraphExpansion) -> GraphExpansion {
        var expansion = expansion
        if defect == .ignoresDirections { expansion.direction = .either }
        if defect == .ignoresTypes { expansion.types = [] }
        return expansion
    }

    /// Some of a node's neighbours.
    public func neighbours(
        of node: NodeID, _ expansion: GraphExpansion, limit: Int
    ) async throws(StorageError) -> [GraphNeighbour] {
        var limit = limit
        if defect == .exceedsLimits, limit < limits.maximumPageSize { limit += 1 }
        if defect == .cutsPages { limit = min(limit, limits.maximumPageSize) }
        return try await base.neighbours(of: node, broken(expansion), limit: limit)
    }

    /// All of a node's neighbours.
    public func neighbours(
        of node: NodeID, _ expansion: GraphExpansion
    ) -> ResultSequence<GraphNeighbour> {
        let all = base.neighbours(of: node, broken(expansion))
        guard defect == .endsSequences else { return all }
        return ResultSequence { ShortSource(all, limit: 1_000) }
    }

    /// How many relationships of a node there are to go along.
    public func degree(
        of node: NodeID, _ expansion: GraphExpansion
    ) async throws(StorageError) -> Int {
        guard defect == .countsLoopsTwice, expansion.direction == .either else {
            return try await base.degree(of: node, broken(expansion))
        }
        let types = expansion.types
        return try await base.degree(of: node, GraphExpansion(.outgoing, types: types))
            + base.degree(of: node, GraphExpansion(.incoming, types: types))
    }

    /// How many nodes have the label.
    public func nodeCount(labelled label: GraphLabel?) async throws(StorageError) -> Int {
        try await base.nodeCount(labelled: defect == .countsEverything ? nil : label)
    }

    /// How many relationships have the type.
    public func relationshipCount(type: RelationshipType?) async throws(StorageError) -> Int {
        try await base.relationshipCount(type: defect == .countsEverything ? nil : type)
    }
}

/// The first of some results, as if there were no others.
private final class ShortSource<Element: Sendable>: ResultSource {
    private let all: ResultSequence<Element>
    private let limit: Int
    private let isRead = Mutex(false)

    init(_ all: ResultSequence<Element>, limit: Int) {
        self.all = all
        self.limit = limit
    }

    func nextBatch() async throws(StorageError) -> [Element] {
        let wasRead = isRead.withLock { isRead in
            defer { isRead = true }
            return isRead
        }
        guard !wasRead else { return [] }
        var batch: [Element] = []
        for try await element in all {
            batch.append(element)
            if batch.count == limit { break }
        }
        return batch
    }

    func close() {}
}
