/// A document store whose collections have indexes that the program makes.
///
/// ```swift
/// let plan = try await store.indexPlan(
///     [DocumentIndex(User.email.ascending, isUnique: true)], on: "users")
/// print(plan)
/// try await store.apply(plan)
/// ```
///
/// Nothing makes an index by itself. With an index or without, a query has the same answer; with
/// one it is found without a look at each document.
public protocol IndexedDocumentStore: DocumentStore {
    /// The indexes of a collection but that of the identifiers, which each has.
    ///
    /// One round trip. A collection that is not there has none.
    func indexes(of collection: String) async throws(StorageError) -> [DocumentIndex]

    /// Makes indexes, all or none; one that is there as it should be stays.
    ///
    /// One round trip, and work for the server in proportion to the documents. The collection is
    /// made if it is not there. No indexes ask nobody.
    ///
    /// - Throws: ``StorageError/Code/alreadyExists`` when one with the same name or the same fields
    ///   is there with other options, or when a unique one cannot be made because of the documents;
    ///   ``StorageError/Code/constraintViolation`` when one cannot hold a document;
    ///   ``StorageError/Code/limitExceeded`` when the collection would have too many; what
    ///   ``DocumentIndex/check()`` throws.
    func createIndexes(
        _ indexes: [DocumentIndex], on collection: String
    ) async throws(StorageError)

    /// Removes an index.
    ///
    /// One round trip.
    ///
    /// - Throws: ``StorageError/Code/notFound`` when there is none of the name;
    ///   ``StorageError/Code/invalidArgument`` for that of the identifiers.
    func dropIndex(named name: String, on collection: String) async throws(StorageError)
}

extension IndexedDocumentStore {
    /// What ``apply(_:droppingUnwanted:)`` would do to make a collection's indexes these; nothing
    /// is changed.
    ///
    /// One round trip.
    ///
    /// - Throws: What ``DocumentIndex/check()`` throws, and ``StorageError/Code/invalidArgument``
    ///   for two that cannot be there together.
    public func indexPlan(
        _ wanted: [DocumentIndex], on collection: String
    ) async throws(StorageError) -> DocumentIndexPlan {
        try DocumentIndex.check(wanted)
        return DocumentIndexPlan(
            collection, wanted: wanted, existing: try await indexes(of: collection))
    }

    /// Carries a plan out: what is in the way is dropped, then what is missing is made.
    ///
    /// One round trip for each index that is dropped, and one for all that are made; none when
    /// there is nothing to do. It is not one step: while an index is changed there is none, and a
    /// change whose new index the documents do not allow leaves none, as the next plan says.
    /// Applied twice, or by two programs at once, it does no more than once.
    ///
    /// - Parameters:
    ///   - plan: What is to be done.
    ///   - droppingUnwanted: Whether indexes that the plan does not want are dropped too.
    /// - Throws: What ``createIndexes(_:on:)`` throws.
    public func apply(
        _ plan: DocumentIndexPlan, droppingUnwanted: Bool = false
    ) async throws(StorageError) {
        var superfluous = plan.changed.flatMap(\.existing)
        if droppingUnwanted { superfluous += plan.unwanted }
        for index in superfluous {
            do throws(StorageError) {
                try await dropIndex(named: index.name, on: plan.collection)
            } catch {
                // Somebody else was faster.
                guard error.code == .notFound else { throw error }
            }
        }
        let made = plan.missing + plan.changed.map(\.wanted)
        if !made.isEmpty { try await createIndexes(made, on: plan.collection) }
    }
}
