public import StorageKit

/// A graph store whose transactions have one defect.
public struct BrokenTransactionalGraphStore<Base: TransactionalGraphStore>: TransactionalGraphStore
{
    let base: Base
    private let defect: GraphTransactionDefect

    /// Breaks a store.
    public init(_ base: Base, _ defect: GraphTransactionDefect) {
        self.base = base
        self.defect = defect
    }

    /// How much one call may carry.
    public var limits: GraphLimits { base.limits }

    /// Closes the store.
    public func close() async { await base.close() }

    /// Runs the body on one moment of the graph, or on what it is taken for.
    public func withSnapshot<Value: Sendable>(
        _ body: @Sendable @concurrent (BrokenGraphReads) async throws -> Value
    ) async throws -> Value {
        guard defect != .snapshotsMove else { return try await body(BrokenGraphReads(base: base)) }
        return try await base.withSnapshot { try await body(BrokenGraphReads(base: $0)) }
    }

    /// Runs the body in a transaction, or in what it is taken for.
    @discardableResult
    public func withTransaction<Value: Sendable>(
        _ body: @Sendable @concurrent (BrokenGraphTransaction) async throws -> Value
    ) async throws -> Value {
        switch defect {
        case .writesThrough, .goesOn, .letsStoreIn:
            return try await body(BrokenGraphTransaction(base, reader: base))
        case .readsEarlier:
            let moment = try await base.withSnapshot { $0 }
            await Task.yield()
            return try await sound(body) { BrokenGraphTransaction($0, reader: moment) }
        case .readsBehind:
            return try await sound(body) { [base] in BrokenGraphTransaction($0, reader: base) }
        case .losesUpdates:
            return try await sound(body) {
                BrokenGraphTransaction($0, reader: $0, losesUpdates: true)
            }
        case .staysOpen:
            return try await sound(body) { [base] in
                BrokenGraphTransaction($0, reader: $0, successor: base)
            }
        case .keepsWhatFailed: return try await keeping(body)
        case .ignoresCancellation: return try await undisturbed(body)
        case .snapshotsMove: return try await sound(body) { BrokenGraphTransaction($0, reader: $0) }
        }
    }

    private func sound<Value: Sendable>(
        _ body: @Sendable @concurrent (BrokenGraphTransaction) async throws -> Value,
        _ make: @escaping @Sendable (Base.Transaction) -> BrokenGraphTransaction
    ) async throws -> Value {
        try await base.withTransaction { transaction in
            let broken = make(transaction)
            defer { broken.end() }
            return try await body(broken)
        }
    }

    /// Commits what a body has done, and throws its error behind that.
    private func keeping<Value: Sendable>(
        _ body: @Sendable @concurrent (BrokenGraphTransaction) async throws -> Value
    ) async throws -> Value {
        try await base.withTransaction { transaction -> Result<Value, any Error> in
            do {
                return .success(
                    try await body(BrokenGraphTransaction(transaction, reader: transaction)))
            } catch {
                return .failure(error)
            }
        }.get()
    }

    /// Does not hear of the caller's cancellation.
    private func undisturbed<Value: Sendable>(
        _ body: @Sendable @concurrent (BrokenGraphTransaction) async throws -> Value
    ) async throws -> Value {
        try await withoutActuallyEscaping(body) { body in
            try await Task {
                try await base.withTransaction { transaction in
                    let broken = BrokenGraphTransaction(transaction, reader: transaction)
                    return try await Task { try await body(broken) }.value
                }
            }.value
        }
    }
}

extension BrokenTransactionalGraphStore {
    /// Makes nodes.
    public func createNodes(_ nodes: [GraphNodeDraft]) async throws(StorageError) -> [NodeID] {
        try await base.createNodes(nodes)
    }

    /// Makes relationships.
    public func createRelationships(
        _ relationships: [GraphRelationshipDraft]
    ) async throws(StorageError) -> [RelationshipID] {
        try await base.createRelationships(relationships)
    }

    /// Changes a node.
    public func updateNode(
        _ id: NodeID, _ update: GraphNodeUpdate
    ) async throws(StorageError) -> Bool {
        try await base.updateNode(id, update)
    }

    /// Changes a relationship.
    public func updateRelationship(
        _ id: RelationshipID, _ update: GraphRelationshipUpdate
    ) async throws(StorageError) -> Bool {
        try await base.updateRelationship(id, update)
    }

    /// Deletes a node.
    public func deleteNode(_ id: NodeID, detaching: Bool) async throws(StorageError) -> Bool {
        try await base.deleteNode(id, detaching: detaching)
    }

    /// Deletes a relationship.
    public func deleteRelationship(_ id: RelationshipID) async throws(StorageError) -> Bool {
        try await base.deleteRelationship(id)
    }
}

extension BrokenTransactionalGraphStore {
    /// The nodes with these ids.
    public func nodes(_ ids: [NodeID]) async throws(StorageError) -> [GraphNode?] {
        try await base.nodes(ids)
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
        try await base.nodes(labelled: label, after: id, limit: limit)
    }

    /// Some of a node's neighbours.
    public func neighbours(
        of node: NodeID, _ expansion: GraphExpansion, limit: Int
    ) async throws(StorageError) -> [GraphNeighbour] {
        try await base.neighbours(of: node, expansion, limit: limit)
    }

    /// All of a node's neighbours.
    public func neighbours(
        of node: NodeID, _ expansion: GraphExpansion
    ) -> ResultSequence<GraphNeighbour> {
        base.neighbours(of: node, expansion)
    }

    /// How many relationships of a node there are to go along.
    public func degree(
        of node: NodeID, _ expansion: GraphExpansion
    ) async throws(StorageError) -> Int {
        try await base.degree(of: node, expansion)
    }

    /// How many nodes have the label.
    public func nodeCount(labelled label: GraphLabel?) async throws(StorageError) -> Int {
        try await base.nodeCount(labelled: label)
    }

    /// How many relationships have the type.
    public func relationshipCount(type: RelationshipType?) async throws(StorageError) -> Int {
        try await base.relationshipCount(type: type)
    }
}
