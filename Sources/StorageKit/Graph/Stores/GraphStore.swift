/// A graph database: nodes and the relationships between them, both with properties.
///
/// ```swift
/// let ada = try await store.createNode(["Person"], ["name": "Ada"])
/// let charles = try await store.createNode(["Person"], ["name": "Charles"])
/// try await store.createRelationship(from: ada, "KNOWS", to: charles, ["since": 1833])
/// for try await neighbour in store.neighbours(of: ada, .outgoing("KNOWS")) { … }
/// ```
///
/// What every graph database does natively is here, in ``GraphReading`` and in ``GraphQuerying``;
/// what not all do is in refinements: ``TransactionalGraphStore``, ``IndexedGraphStore``.
public protocol GraphStore: GraphQuerying {
    /// Finishes the calls that were accepted and gives back what the store holds; later calls throw
    /// ``StorageError/Code/invalidState``.
    func close() async
}
