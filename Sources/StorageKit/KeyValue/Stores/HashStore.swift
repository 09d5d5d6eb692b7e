/// A store with hashes: fields and their values under one key, read and written one by one.
///
/// ```swift
/// try await store.hashSet("user:2", ["name": "Ben", "email": "ben@example.org"])
/// try await store.hashIncrement("user:2", field: "visits")
/// ```
///
/// Fields have no order. Every operation throws ``StorageError/Code/wrongType`` when the key holds
/// another kind of value. A hash whose last field is deleted does not exist.
public protocol HashStore: KeyValueStore {}

extension HashStore {
    /// Sets fields of a hash; others stay.
    ///
    /// One round trip.
    ///
    /// - Returns: How many of the fields are new.
    @discardableResult
    public func hashSet(
        _ key: ByteString, _ fields: [ByteString: ByteString]
    ) async throws(StorageError) -> Int {
        try await perform(commands.hashSet(key, fields))
    }

    /// The value of a field, or `nil` when there is none.
    ///
    /// One round trip.
    public func hashGet(
        _ key: ByteString, field: ByteString
    ) async throws(StorageError) -> ByteString? {
        try await perform(commands.hashGet(key, field: field))
    }

    /// The values of fields, each at the position of its field, `nil` where there is none.
    ///
    /// One round trip.
    public func hashGet(
        _ key: ByteString, fields: [ByteString]
    ) async throws(StorageError) -> [ByteString?] {
        try await perform(commands.hashGet(key, fields: fields))
    }

    /// Every field of a hash; none when it does not exist.
    ///
    /// One round trip. The whole hash is in one answer: for one that can grow large use
    /// ``hashFields(_:pageSize:)``.
    public func hashGetAll(
        _ key: ByteString
    ) async throws(StorageError) -> [ByteString: ByteString] {
        try await perform(commands.hashGetAll(key))
    }

    /// Adds to the integer in a field, from zero when there is none.
    ///
    /// One round trip. Errors as for ``AtomicCounterStore``.
    ///
    /// - Returns: The sum.
    @discardableResult
    public func hashIncrement(
        _ key: ByteString, field: ByteString, by amount: Int64 = 1
    ) async throws(StorageError) -> Int64 {
        try await perform(commands.hashIncrement(key, field: field, by: amount))
    }

    /// Adds to the number in a field, from zero when there is none.
    ///
    /// One round trip. Errors as for ``AtomicCounterStore``.
    ///
    /// - Returns: The sum.
    @discardableResult
    public func hashIncrementFloat(
        _ key: ByteString, field: ByteString, by amount: Double
    ) async throws(StorageError) -> Double {
        try await perform(commands.hashIncrementFloat(key, field: field, by: amount))
    }

    /// Deletes fields.
    ///
    /// One round trip.
    ///
    /// - Returns: How many of them there were; a field given twice counts once.
    @discardableResult
    public func hashDelete(
        _ key: ByteString, fields: [ByteString]
    ) async throws(StorageError) -> Int {
        try await perform(commands.hashDelete(key, fields: fields))
    }

    /// Whether a hash has a field.
    ///
    /// One round trip.
    public func hashExists(
        _ key: ByteString, field: ByteString
    ) async throws(StorageError) -> Bool {
        try await perform(commands.hashExists(key, field: field))
    }

    /// How many fields a hash has.
    ///
    /// One round trip.
    public func hashCount(_ key: ByteString) async throws(StorageError) -> Int {
        try await perform(commands.hashCount(key))
    }

    /// Some of the fields of a hash.
    ///
    /// One round trip. A field that is there all the while is visited at least once; `limit`, at
    /// least 1, is about how many fields to look at.
    public func hashFields(
        _ key: ByteString, after cursor: ScanCursor?, limit: Int
    ) async throws(StorageError) -> ScanPage<HashField> {
        try await perform(commands.hashFields(key, after: cursor, limit: limit))
    }
}
