/// Whatever runs queries that are written as text: a store, or a transaction of one.
///
/// In which language is the store's to say.
public protocol GraphQueryRunning: Sendable {
    /// The rows that a query finds.
    ///
    /// One round trip for each batch; each iteration runs the query anew.
    ///
    /// - Returns: A sequence that throws ``StorageError/Code/invalidStatement`` for a text that the
    ///   store does not understand.
    func rows(of query: GraphQuery) -> ResultSequence<GraphRow>

    /// Runs a query for what it changes; the rows that it finds are passed over.
    ///
    /// One round trip. It happens entirely or not at all.
    ///
    /// - Throws: ``StorageError/Code/invalidStatement`` for a text that the store does not
    ///   understand, ``StorageError/Code/constraintViolation`` when a constraint forbids a change.
    @discardableResult
    func run(_ query: GraphQuery) async throws(StorageError) -> GraphQuerySummary
}

extension GraphQueryRunning {
    /// The rows that a query finds, each as a tuple with a type for each column; of one column, as
    /// itself.
    ///
    /// One round trip for each batch. A row that cannot be decoded ends it with
    /// ``StorageError/Code/decodingFailed``.
    public func query<each Value: Decodable & Sendable>(
        _ query: GraphQuery, as types: repeat (each Value).Type
    ) -> ResultSequence<(repeat each Value)> {
        rows(of: query).mapped { row throws(StorageError) in
            try row.decode(as: repeat (each Value).self)
        }
    }

    /// The rows that a query finds, each as an entity whose fields are the columns.
    ///
    /// One round trip for each batch. A row that cannot be decoded ends it with
    /// ``StorageError/Code/decodingFailed``.
    public func query<Entity: Decodable & Sendable>(
        _ query: GraphQuery, columnsAs type: Entity.Type
    ) -> ResultSequence<Entity> {
        rows(of: query).mapped { row throws(StorageError) in try row.decode(columnsAs: type) }
    }
}
