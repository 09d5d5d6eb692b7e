/// Whatever documents can be read from and written to: a store, or a transaction of one.
///
/// Write code against `DocumentCollection<some DocumentQuerying, User>`, and it works by itself and
/// inside a transaction. A program works with a ``DocumentCollection``, which has the names of
/// things; this is what they come down to. Both take any `Codable` entity, and ``Document`` for
/// what has no type.
///
/// A document's identifier is its field `_id`: an entity has it by a coding key, `case id = "_id"`.
/// A document without one is given an ``ObjectID``.
///
/// ## What the caller guarantees
///
/// * An entity encodes as a document, and its `_id`, if it has one, is no array, pattern or
///   undefined.
///
/// ## What must appear true
///
/// * **A document at a time.** Each write of a document happens entirely or not at all, and nobody
///   sees a part of it. What a call writes to several documents happens one by one, unless it is
///   done in a transaction.
/// * **One meaning.** Filters, updates and orders mean the same on every store.
/// * **One of an identifier** in a collection; a second one is refused.
/// * **Faithful.** A document is read as it was written: fields in their order, values in their
///   types.
/// * **Cancelled means ended.** Cancelling a task ends its read on the server as well, and throws
///   ``StorageError/Code/cancelled``; a write has either not happened or says that it may have.
///
/// ## What is not promised
///
/// * An order, without one that was asked for.
/// * That what is read over several batches is one snapshot, outside a transaction.
public protocol DocumentQuerying: Sendable {
    /// How much one call may carry.
    var limits: DocumentLimits { get }

    /// Carries out writes.
    ///
    /// One round trip for each row of writes of the same kind, and more where the store's message
    /// would become too large. No writes ask nobody.
    ///
    /// - Parameters:
    ///   - writes: What is to be written.
    ///   - collection: The collection's name; it is made when the first document comes.
    ///   - isOrdered: Whether the writes are carried out in their order and none after the first
    ///     that is refused; otherwise all are tried, in any order.
    /// - Returns: What they did; those that were refused are in ``DocumentWriteResult/errors``.
    /// - Throws: When nothing is known about single writes, for example when the connection was
    ///   lost; ``StorageError/mayHaveBeenApplied`` says whether some may have happened.
    func write<Entity: Encodable & Sendable>(
        _ writes: [DocumentWrite<Entity>], to collection: String, isOrdered: Bool
    ) async throws(StorageError) -> DocumentWriteResult

    /// The documents that a query finds, batch by batch.
    ///
    /// One round trip for each batch; nothing is asked before the first document is.
    func find<Entity: Decodable & Sendable>(
        _ query: DocumentQuery, in collection: String, as type: Entity.Type
    ) -> ResultSequence<Entity>

    /// The first document that a query finds, or `nil`.
    ///
    /// One round trip. The query's limit is not looked at.
    func first<Entity: Decodable & Sendable>(
        _ query: DocumentQuery, in collection: String, as type: Entity.Type
    ) async throws(StorageError) -> Entity?

    /// Finds a document, changes it and gives it back, in one atomic step.
    ///
    /// One round trip.
    ///
    /// - Returns: The document in the state that was asked for; `nil` when none matched, and none
    ///   was there before an upsert.
    func modify<Entity: Codable & Sendable>(
        _ modification: DocumentModification<Entity>, in collection: String
    ) async throws(StorageError) -> Entity?

    /// How many documents match, counted one by one or in an index.
    ///
    /// One round trip, and work for the server in proportion to the count.
    func count(
        _ filter: DocumentFilter, in collection: String
    ) async throws(StorageError) -> Int

    /// The different values at a path, of the documents that match; of an array, its elements.
    ///
    /// One round trip. Numbers of the same worth are one value. The values have to fit a document;
    /// where they may not, group by the path in an aggregation.
    func distinct(
        _ path: DocumentPath, where filter: DocumentFilter, in collection: String
    ) async throws(StorageError) -> [DocumentValue]
}
