/// Whatever a graph can be read from and written to: a store, or a transaction of one.
///
/// Write code against `some GraphQuerying`, and it works by itself and inside a transaction.
///
/// ## What must appear true
///
/// * **A call at a time.** What a call writes happens entirely or not at all.
/// * **No loose ends.** A relationship's two nodes are there for as long as it is.
/// * **Ids for good.** No id is given twice.
public protocol GraphQuerying: GraphReading {
    /// Makes nodes.
    ///
    /// One round trip; none for no nodes.
    ///
    /// - Returns: Their ids, in their order.
    /// - Throws: ``StorageError/Code/constraintViolation`` when a unique index forbids one,
    ///   ``StorageError/Code/limitExceeded`` for what is larger than ``GraphReading/limits``; none
    ///   is made then.
    func createNodes(_ nodes: [GraphNodeDraft]) async throws(StorageError) -> [NodeID]

    /// Makes relationships.
    ///
    /// One round trip; none for no relationships.
    ///
    /// - Returns: Their ids, in their order.
    /// - Throws: ``StorageError/Code/notFound`` when a node is not there,
    ///   ``StorageError/Code/limitExceeded`` for what is larger than ``GraphReading/limits``; none
    ///   is made then.
    func createRelationships(
        _ relationships: [GraphRelationshipDraft]
    ) async throws(StorageError) -> [RelationshipID]

    /// Changes a node.
    ///
    /// One round trip.
    ///
    /// - Returns: Whether there is one.
    /// - Throws: ``StorageError/Code/constraintViolation`` when a unique index forbids it.
    func updateNode(
        _ id: NodeID, _ update: GraphNodeUpdate
    ) async throws(StorageError) -> Bool

    /// Changes a relationship.
    ///
    /// One round trip.
    ///
    /// - Returns: Whether there is one.
    func updateRelationship(
        _ id: RelationshipID, _ update: GraphRelationshipUpdate
    ) async throws(StorageError) -> Bool

    /// Deletes a node.
    ///
    /// One round trip.
    ///
    /// - Parameter detaching: Whether its relationships go with it.
    /// - Returns: Whether there was one.
    /// - Throws: ``StorageError/Code/constraintViolation`` when it has relationships, and they do
    ///   not go with it.
    func deleteNode(_ id: NodeID, detaching: Bool) async throws(StorageError) -> Bool

    /// Deletes a relationship.
    ///
    /// One round trip.
    ///
    /// - Returns: Whether there was one.
    func deleteRelationship(_ id: RelationshipID) async throws(StorageError) -> Bool
}
