public import StorageKit
internal import Synchronization

/// A transaction that reads from one place and writes to another, each of which may be the wrong
/// one.
public final class BrokenGraphTransaction: GraphQuerying {
    private let writer: any GraphQuerying
    private let reader: any GraphReading
    /// Where everything goes once the transaction is over; `nil` for nowhere else.
    private let successor: (any GraphQuerying)?
    private let isOver = Mutex(false)
    private let losesUpdates: Bool

    init(
        _ writer: any GraphQuerying, reader: any GraphReading,
        successor: (any GraphQuerying)? = nil,
        losesUpdates: Bool = false
    ) {
        self.writer = writer
        self.reader = reader
        self.successor = successor
        self.losesUpdates = losesUpdates
    }

    func end() { isOver.withLock { $0 = true } }

    private var writes: any GraphQuerying {
        isOver.withLock { $0 } ? successor ?? writer : writer
    }

    private var reads: any GraphReading { isOver.withLock { $0 } ? successor ?? reader : reader }

    /// How much one call may carry.
    public var limits: GraphLimits { writer.limits }
}

// MARK: Writing

extension BrokenGraphTransaction {
    /// Makes nodes.
    public func createNodes(_ nodes: [GraphNodeDraft]) async throws(StorageError) -> [NodeID] {
        try await writes.createNodes(nodes)
    }

    /// Makes relationships.
    public func createRelationships(
        _ relationships: [GraphRelationshipDraft]
    ) async throws(StorageError) -> [RelationshipID] {
        try await writes.createRelationships(relationships)
    }

    /// Changes a node.
    public func updateNode(
        _ id: NodeID, _ update: GraphNodeUpdate
    ) async throws(StorageError) -> Bool {
        guard !losesUpdates else { return try await reads.node(id) != nil }
        return try await writes.updateNode(id, update)
    }

    /// Changes a relationship.
    public func updateRelationship(
        _ id: RelationshipID, _ update: GraphRelationshipUpdate
    ) async throws(StorageError) -> Bool {
        try await writes.updateRelationship(id, update)
    }

    /// Deletes a node.
    public func deleteNode(_ id: NodeID, detaching: Bool) async throws(StorageError) -> Bool {
        try await writes.deleteNode(id, detaching: detaching)
    }

    /// Deletes a relationship.
    public func deleteRelationship(_ id: RelationshipID) async throws(StorageError) -> Bool {
        try await writes.deleteRelationship(id)
    }
}

// MARK: Reading

extension BrokenGraphTransaction {
    /// The nodes with these ids.
    public func nodes(_ ids: [NodeID]) async throws(StorageError) -> [GraphNode?] {
        try await reads.nodes(ids)
    }

    /// The relationships with these ids.
    public func relationships(
        _ ids: [RelationshipID]
    ) async throws(StorageError) -> [GraphRelationship?] {
        try await reads.relationships(ids)
    }

    /// The next nodes of a label.
    public func nodes(
        labelled label: GraphLabel?, after id: NodeID?, limit: Int
    ) async throws(StorageError) -> [GraphNode] {
        try await reads.nodes(labelled: label, after: id, limit: limit)
    }

    /// Some of a node's neighbours.
    public func neighbours(
        of node: NodeID, _ expansion: GraphExpansion, limit: Int
    ) async throws(StorageError) -> [GraphNeighbour] {
        try await reads.neighbours(of: node, expansion, limit: limit)
    }

    /// All of a node's neighbours.
    public func neighbours(
        of node: NodeID, _ expansion: GraphExpansion
    ) -> ResultSequence<GraphNeighbour> {
        reads.neighbours(of: node, expansion)
    }

    /// How many relationships of a node there are to go along.
    public func degree(
        of node: NodeID, _ expansion: GraphExpansion
    ) async throws(StorageError) -> Int {
        try await reads.degree(of: node, expansion)
    }

    /// How many nodes have the label.
    public func nodeCount(labelled label: GraphLabel?) async throws(StorageError) -> Int {
        try await reads.nodeCount(labelled: label)
    }

    /// How many relationships have the type.
    public func relationshipCount(type: RelationshipType?) async throws(StorageError) -> Int {
        try await reads.relationshipCount(type: type)
    }
}
