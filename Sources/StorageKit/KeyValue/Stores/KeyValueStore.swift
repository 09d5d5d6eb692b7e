/// Values kept under keys: the base of the key-value family.
///
/// Keys and values are ``ByteString``s; any bytes are allowed in both. What a store can do besides
/// is said by the refinements it conforms to: ``ExpiringKeyValueStore``, ``ConditionalWriteStore``,
/// ``AtomicCounterStore``, ``HashStore``, ``SortedSetStore``, ``ListStore``, ``BlockingListStore``,
/// ``SetStore``, ``PipelinedStore``, ``AtomicBatchStore``, ``PublishSubscribeStore``.
///
/// ```swift
/// try await store.set("user:1:name", to: "Ana")
/// let name = try await store.get("user:1:name")?.string  // "Ana"
/// ```
///
/// ## What must appear true
///
/// * **One operation is atomic.** Nobody sees half of it, and operations on a key happen one after
///   the other.
/// * **Read your writes.** What begins after a write returned sees it, or a later one.
/// * **Faithful.** The bytes read are the bytes written, whatever they are.
/// * **Kinds.** A key holds a value, a hash, a sorted set, a list or a set. An operation on another
///   kind throws ``StorageError/Code/wrongType`` and changes nothing; ``set(_:to:)`` and
///   ``delete(_:)-(ByteString)`` work on every kind. A collection that becomes empty is a key that
///   does not exist.
/// * **Failed means unchanged**, unless ``StorageError/mayHaveBeenApplied`` is true.
///
/// ## What is not promised
///
/// * Durability: the store's own page says what survives a crash.
/// * That ``get(_:)-([ByteString])`` is one snapshot, unless the store says so.
/// * That a scan visits what is added or removed while it goes on, or anything only once.
///
/// ## Errors
///
/// Every method throws ``StorageError``: ``StorageError/Code/limitExceeded`` beyond ``limits``,
/// ``StorageError/Code/invalidArgument`` for what can never be right, and
/// ``StorageError/Code/cancelled`` when the task was cancelled; nothing was changed by the first
/// two.
///
/// ## For authors of stores
///
/// The one thing to write is ``perform(_:)``: a `switch` over the operations, which arrive only
/// from the refinements that the store declares; for the rest throw
/// ``StorageError/Code/internalError``. All methods here and in the refinements are made from it.
///
/// ```swift
/// func perform<Output>(
///     _ command: KeyValueCommand<MyStore, Output>
/// ) async throws(StorageError) -> Output {
///     let operation = command.operation
///     guard !Task.isCancelled else { throw .cancelled(operation: operation.name) }
///     try operation.check(against: limits)  // refuses what every store refuses
///     return try command.output(of: operation.immediateReply ?? reply(to: operation))
/// }
/// ```
///
/// ``KeyValueOperation`` says which ``KeyValueReply`` each operation has; any other throws.
/// `KeyValueLaws` of `StorageKitTesting` prove the store, a suite for each refinement.
public protocol KeyValueStore: Sendable {
    /// How much one call may carry.
    var limits: KeyValueLimits { get }

    /// Does what a command says; the methods of the protocols call it.
    ///
    /// Round trips: one, for whatever command.
    func perform<Output>(
        _ command: KeyValueCommand<Self, Output>
    ) async throws(StorageError) -> Output

    /// The value of a key, or `nil` when there is none.
    ///
    /// One round trip. It is a requirement so that a store can make the commonest call shorter.
    ///
    /// - Throws: ``StorageError/Code/wrongType`` when the key holds another kind of value.
    func get(_ key: ByteString) async throws(StorageError) -> ByteString?
}

extension KeyValueStore {
    /// The commands of this store, for pipelines and batches.
    @inlinable
    public var commands: KeyValueCommands<Self> { KeyValueCommands() }

    /// The value of a key, or `nil` when there is none.
    @inlinable
    public func get(_ key: ByteString) async throws(StorageError) -> ByteString? {
        try await perform(commands.get(key))
    }

    /// The values of keys, each at the position of its key, `nil` where there is none.
    ///
    /// One round trip. A key that holds another kind of value counts as absent.
    @inlinable
    public func get(_ keys: [ByteString]) async throws(StorageError) -> [ByteString?] {
        try await perform(commands.get(keys))
    }

    /// Writes a value, whatever the key held, and removes an expiry it had.
    ///
    /// One round trip.
    @inlinable
    public func set(_ key: ByteString, to value: ByteString) async throws(StorageError) {
        try await perform(commands.set(key, to: value))
    }

    /// Deletes a key.
    ///
    /// One round trip.
    ///
    /// - Returns: Whether there was one.
    @discardableResult
    @inlinable
    public func delete(_ key: ByteString) async throws(StorageError) -> Bool {
        try await perform(commands.delete(key))
    }

    /// Deletes keys.
    ///
    /// One round trip.
    ///
    /// - Returns: How many of them there were; a key given twice counts once.
    @discardableResult
    @inlinable
    public func delete(_ keys: [ByteString]) async throws(StorageError) -> Int {
        try await perform(commands.delete(keys))
    }

    /// Whether a key exists, with a value of any kind.
    ///
    /// One round trip.
    @inlinable
    public func exists(_ key: ByteString) async throws(StorageError) -> Bool {
        try await perform(commands.exists(key))
    }

    /// Some of the keys that begin with a prefix.
    ///
    /// One round trip.
    ///
    /// - Parameters:
    ///   - prefix: What the keys begin with; empty for all.
    ///   - cursor: Where to go on, from the page before; `nil` to begin.
    ///   - limit: About how many keys to look at, at least 1; the page may hold none, or a few
    ///     more.
    @inlinable
    public func keys(
        withPrefix prefix: ByteString, after cursor: ScanCursor?, limit: Int
    ) async throws(StorageError) -> ScanPage<ByteString> {
        try await perform(commands.keys(withPrefix: prefix, after: cursor, limit: limit))
    }
}
