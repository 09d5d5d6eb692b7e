/// Entities kept under their identifiers: the one protocol that every kind of store can satisfy.
///
/// It is small on purpose. What a key-value, a document, a relational and a graph store have in
/// common is that an entity can be put in, found again by its identifier, and walked in the order
/// of the identifiers. Everything else belongs to the category's own protocols, where it need not
/// be emulated.
///
/// ## What the caller guarantees
///
/// * An entity's `id` does not change while the entity is stored, and two different identifiers are
///   different in the store as well, and two that are equal are the same there (an identifier
///   survives the trip through the store unchanged).
/// * Batches and pages are no larger than ``limits`` says.
///
/// ## What must appear true
///
/// * **Whole.** A write is visible entirely or not at all, to everybody.
/// * **Read your writes.** A `get` or `scan` that begins after a write returned sees it, or a later
///   one.
/// * **Faithful.** `get` returns an entity equal to the one written.
/// * **Three writes.** ``insert(_:)`` never overwrites, ``replace(_:)`` never creates,
///   ``upsert(_:)`` does either; each decides and writes in one atomic step, one round trip.
/// * **Failed means unchanged**, unless the error's ``StorageError/mayHaveBeenApplied`` is true.
/// * **Scans** go in the store's ascending order of identifiers, a total order that never changes.
///   Following ``Page/next`` visits every entity that was there all the while exactly once.
///
/// ## What is not promised
///
/// * That a scan over several pages is one snapshot: what is written meanwhile may or may not
///   appear.
/// * That the store's order of identifiers is the order of Swift's `<`.
/// * That ``get(_:)-([ID])`` is one snapshot, unless the store says so.
/// * Order between writes that overlap in time.
///
/// ## Errors and cancellation
///
/// Every method throws ``StorageError`` and, when its task is cancelled, may throw one with the
/// code ``StorageError/Code/cancelled``: a read is then abandoned; a write has either not happened
/// or says so with `mayHaveBeenApplied`. Passing more than ``limits`` allows throws
/// ``StorageError/Code/limitExceeded`` and changes nothing.
public protocol Repository<Entity, ID>: Sendable {
    /// What is stored.
    associatedtype Entity: Identifiable & Sendable where Entity.ID == ID
    /// What it is found by.
    associatedtype ID: Hashable & Sendable

    /// How much one call may carry.
    var limits: RepositoryLimits { get }

    /// The entity with this identifier, or `nil` when there is none.
    ///
    /// One round trip.
    func get(_ id: ID) async throws(StorageError) -> Entity?

    /// The entities with these identifiers, those that exist, in no particular order.
    ///
    /// One round trip. An identifier given twice counts once. An empty array gives an empty
    /// dictionary and asks nobody.
    func get(_ ids: [ID]) async throws(StorageError) -> [ID: Entity]

    /// Stores an entity that is not there yet.
    ///
    /// One round trip.
    ///
    /// - Throws: ``StorageError/Code/alreadyExists`` when the identifier is taken; the stored
    ///   entity is untouched.
    func insert(_ entity: Entity) async throws(StorageError)

    /// Stores an entity in place of the one with its identifier.
    ///
    /// One round trip.
    ///
    /// - Throws: ``StorageError/Code/notFound`` when there is none to replace; nothing is stored.
    func replace(_ entity: Entity) async throws(StorageError)

    /// Stores an entity whether or not its identifier is taken.
    ///
    /// One round trip.
    func upsert(_ entity: Entity) async throws(StorageError)

    /// Removes the entity with this identifier.
    ///
    /// One round trip.
    ///
    /// - Returns: Whether there was one.
    @discardableResult
    func delete(_ id: ID) async throws(StorageError) -> Bool

    /// The next entities in the store's order of identifiers.
    ///
    /// One round trip, and never a table read from the start: a page costs the same however far in
    /// it lies.
    ///
    /// - Parameters:
    ///   - id: Where to go on: entities whose identifier comes after this one. `nil` for the first
    ///     page. It need not exist (any more).
    ///   - limit: How many at the most, at least 1 and no more than
    ///     ``RepositoryLimits/maximumPageSize``.
    /// - Throws: ``StorageError/Code/invalidArgument`` when `limit` is below 1.
    func scan(after id: ID?, limit: Int) async throws(StorageError) -> Page<Entity, ID>
}
