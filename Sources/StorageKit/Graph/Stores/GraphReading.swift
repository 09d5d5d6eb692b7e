/// Whatever a graph can be read from: a store, a snapshot of one, or a transaction.
///
/// ## What must appear true
///
/// * **Whole.** Every write is seen entirely or not at all.
/// * **Read your writes.** A read that begins after a write returned sees it, or a later one.
/// * **Faithful.** Nodes and relationships are read as they were written.
///
/// ## What is not promised
///
/// * An order of neighbours.
/// * That what is read by several calls, or over several batches, is one moment, outside a snapshot
///   and a transaction.
public protocol GraphReading: Sendable {
    /// How much one call may carry.
    var limits: GraphLimits { get }

    /// The nodes with these ids, each at the place of its id; `nil` where there is none.
    ///
    /// One round trip; none for no ids.
    ///
    /// - Throws: ``StorageError/Code/limitExceeded`` beyond ``GraphLimits/maximumBatchSize``.
    func nodes(_ ids: [NodeID]) async throws(StorageError) -> [GraphNode?]

    /// The relationships with these ids, each at the place of its id; `nil` where there is none.
    ///
    /// One round trip; none for no ids.
    ///
    /// - Throws: ``StorageError/Code/limitExceeded`` beyond ``GraphLimits/maximumBatchSize``.
    func relationships(
        _ ids: [RelationshipID]
    ) async throws(StorageError) -> [GraphRelationship?]

    /// The next nodes of a label in the order of their ids.
    ///
    /// One round trip. A page costs the same however far in it lies.
    ///
    /// - Parameters:
    ///   - label: The nodes' label; `nil` for nodes of any.
    ///   - id: Where to go on: nodes whose id comes after this one. It need not exist any more.
    ///   - limit: How many at the most, from 1 to ``GraphLimits/maximumPageSize``.
    func nodes(
        labelled label: GraphLabel?, after id: NodeID?, limit: Int
    ) async throws(StorageError) -> [GraphNode]

    /// Some of a node's neighbours: one for each relationship, so that a node may come twice.
    ///
    /// One round trip. A node that is not there has none.
    ///
    /// - Parameter limit: How many at the most, from 1 to ``GraphLimits/maximumPageSize``.
    func neighbours(
        of node: NodeID, _ expansion: GraphExpansion, limit: Int
    ) async throws(StorageError) -> [GraphNeighbour]

    /// All of a node's neighbours, batch by batch.
    ///
    /// One round trip for each batch; nothing is asked before the first neighbour is.
    func neighbours(
        of node: NodeID, _ expansion: GraphExpansion
    ) -> ResultSequence<GraphNeighbour>

    /// How many relationships of a node there are to go along; one from a node to itself counts
    /// once for each direction that is asked, and once for both.
    ///
    /// One round trip. A node that is not there has none.
    func degree(of node: NodeID, _ expansion: GraphExpansion) async throws(StorageError) -> Int

    /// How many nodes have the label, or how many there are: `nil`.
    ///
    /// One round trip.
    func nodeCount(labelled label: GraphLabel?) async throws(StorageError) -> Int

    /// How many relationships have the type, or how many there are: `nil`.
    ///
    /// One round trip.
    func relationshipCount(type: RelationshipType?) async throws(StorageError) -> Int
}
