/// A graph store with indexes that the program makes, and with them unique constraints.
///
/// ```swift
/// let plan = try await store.indexPlan([
///     GraphIndex("Person", "email", isUnique: true),
///     GraphIndex("Person", "born", kind: .ordered),
/// ])
/// print(plan)
/// try await store.apply(plan)
/// ```
///
/// Nothing makes an index by itself. With an index or without, a query has the same answer; with
/// one it is found without a look at each node.
///
/// ## What a unique index means
///
/// * No two nodes of the label have values of the property that
///   ``GraphValue/isEqual(to:)`` takes for the same. Nodes without the property are not in it.
/// * A write that would break it is refused at once (``StorageError/Code/constraintViolation``),
///   also within a call and within a transaction.
public protocol IndexedGraphStore: GraphStore {
    /// The indexes, in the order in which they were made.
    ///
    /// One round trip.
    func indexes() async throws(StorageError) -> [GraphIndex]

    /// Makes indexes, all or none; one that is there as it should be stays.
    ///
    /// One round trip, and work in proportion to the nodes of the labels. No indexes ask nobody.
    ///
    /// - Throws: ``StorageError/Code/alreadyExists`` when one of the same label, property and kind
    ///   is there that is unique where this one is not, or the other way round;
    ///   ``StorageError/Code/constraintViolation`` when a unique one cannot be made because of the
    ///   nodes; what is thrown for names that cannot be.
    func createIndexes(_ indexes: [GraphIndex]) async throws(StorageError)

    /// Removes an index, and the constraint with it.
    ///
    /// One round trip.
    ///
    /// - Throws: ``StorageError/Code/notFound`` when it is not there.
    func dropIndex(_ index: GraphIndex) async throws(StorageError)
}

extension IndexedGraphStore {
    /// Makes an index; one that is there as it should be stays.
    ///
    /// One round trip.
    ///
    /// - Throws: What ``createIndexes(_:)`` throws.
    public func createIndex(_ index: GraphIndex) async throws(StorageError) {
        try await createIndexes([index])
    }

    /// What ``apply(_:droppingUnwanted:)`` would do to make the store's indexes these; nothing is
    /// changed.
    ///
    /// One round trip.
    ///
    /// - Throws: ``StorageError/Code/invalidArgument`` for two that cannot be there together.
    public func indexPlan(_ wanted: [GraphIndex]) async throws(StorageError) -> GraphIndexPlan {
        try GraphIndex.check(wanted)
        return GraphIndexPlan(wanted: wanted, existing: try await indexes())
    }

    /// Carries a plan out: what is in the way is dropped, then what is missing is made.
    ///
    /// One round trip for each index that is dropped, and one for all that are made; none when
    /// there is nothing to do. It is not one step: while an index is changed there is none, and a
    /// change whose new index the nodes do not allow leaves none, as the next plan says. Applied
    /// twice, or by two programs at once, it does no more than once.
    ///
    /// - Parameters:
    ///   - plan: What is to be done.
    ///   - droppingUnwanted: Whether indexes that the plan does not want are dropped too.
    /// - Throws: What ``createIndexes(_:)`` throws.
    public func apply(
        _ plan: GraphIndexPlan, droppingUnwanted: Bool = false
    ) async throws(StorageError) {
        let superfluous = plan.changed.map(\.existing) + (droppingUnwanted ? plan.unwanted : [])
        for index in superfluous {
            do throws(StorageError) {
                try await dropIndex(index)
            } catch {
                // Somebody else was faster.
                guard error.code == .notFound else { throw error }
            }
        }
        let made = plan.missing + plan.changed.map(\.wanted)
        if !made.isEmpty { try await createIndexes(made) }
    }
}
